#!/usr/bin/env python3
"""Reads damaged copies of public test files with `attune read`, under a ceiling for its memory.

    Scripts/check-damaged.py [--attune PROGRAM] [--data FOLDER] [--only FORMAT ...] [--memory MIB]

Each file is cut off at 20 places and changed at 20 random bytes 20 times. One process reads the 40 copies of a
file; it may end with 0 or 1, not by a signal, within 10 seconds, with no more memory than the ceiling. Prints
for each format how many copies were read, the slowest file and the highest peak. Ends with 1 where one fails.
Python's standard library is all it needs.
"""

import argparse
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["parsers-docling", "parsers-markitdown"]
FORMATS = ["html", "csv", "md", "json", "yaml", "xml", "txt", "itxt", "eml", "msg", "rtf"]
TURNS = 20
SECONDS = 10


def damaged(whole, seed):
    """Yields the damaged copies of a file's bytes."""
    source = random.Random(seed)
    for turn in range(1, TURNS + 1):
        yield whole[: len(whole) * turn // (TURNS + 1)]
        changed = bytearray(whole)
        for _ in range(20):
            changed[source.randrange(len(changed))] = source.randrange(256)
        yield bytes(changed)


def read(program, paths, ceiling):
    """The exit status, seconds and peak memory in KiB of reading the files."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))

    start = time.monotonic()
    child = subprocess.Popen(
        [program, "read", "--json", *paths], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit
    )
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        seconds = time.monotonic() - start
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, seconds, usage.ru_maxrss
        if seconds > 3 * SECONDS:
            child.kill()
        time.sleep(0.002)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attune", default=str(ROOT / ".build/release/attune"))
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared/data/documents")
    parser.add_argument("--only", nargs="*", default=FORMATS, help="formats, such as html csv")
    parser.add_argument("--memory", type=int, default=1024, help="the ceiling for the address space, in MiB")
    options = parser.parse_args()

    rows, failed = {}, []
    files = [path for folder in FOLDERS for path in sorted((options.data / folder).rglob("*")) if path.is_file()]
    for number, file in enumerate(files):
        kind = file.suffix[1:].lower()
        whole = file.read_bytes()
        if kind not in options.only or not whole:
            continue
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for turn, copy in enumerate(damaged(whole, number)):
                paths.append(os.path.join(folder, f"{turn}{file.suffix}"))
                pathlib.Path(paths[-1]).write_bytes(copy)
            status, seconds, peak = read(options.attune, paths, options.memory << 20)
        if status not in (0, 1) or seconds > SECONDS:
            failed.append(f"{file.name}: status {status}, {seconds:.1f} s, {peak >> 10} MiB")
        row = rows.setdefault(kind, [0, 0.0, "", 0])
        row[0] += len(paths)
        row[1], row[2] = max((row[1], row[2]), (seconds, file.name))
        row[3] = max(row[3], peak)

    if not rows:
        print(f"nothing to read below {options.data}", file=sys.stderr)
        return 2
    print(f"format  copies  slowest file, all {2 * TURNS} copies    peak MiB")
    for kind, (count, seconds, name, peak) in sorted(rows.items()):
        print(f"{kind:<7} {count:>6}  {seconds:5.2f} s {name:<24.24} {peak >> 10:>6}")
    for line in failed:
        print(line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
