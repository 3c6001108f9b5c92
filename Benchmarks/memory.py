#!/usr/bin/env python3
"""How much memory taking in much takes: the peak of `attune add` over 100,000 passages of two sources.

    python3 Benchmarks/memory.py [--attune .build/release/attune] [--passages 100000] [--limit 500]

Half of the passages are sections of Markdown files, 25 in each; half are rows of one CSV file. The peak is that of the
whole process, the embedding model's 92 MB and the program included. Ends with 1 where it is above the limit.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = "pump valve gasket order ledger crane harbour invoice tariff motor cable filter survey clerk audit depot".split()


def write(folder, passages):
    chance = random.Random(7)

    def sentence():
        return " ".join(chance.choices(WORDS, k=12)).capitalize() + f" {chance.randrange(10**6)}."

    (folder / "notes").mkdir()
    for number in range(passages // 50):
        sections = (f"## Part {number}-{part}\n\n{sentence()} {sentence()}\n" for part in range(25))
        (folder / "notes" / f"note-{number:05}.md").write_text(f"# Note {number}\n\n" + "\n".join(sections))
    with (folder / "orders.csv").open("w") as file:
        file.write("id,item,remark\n")
        for row in range(passages // 2):
            file.write(f"{row},{chance.choice(WORDS)},{sentence()}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attune", default=ROOT / ".build/release/attune", type=Path)
    parser.add_argument("--passages", default=100_000, type=int)
    parser.add_argument("--limit", default=500, type=int, help="MiB")
    arguments = parser.parse_args()
    program = arguments.attune.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, workspace = folder / "data", folder / "workspace"
        data.mkdir()
        workspace.mkdir()
        write(data, arguments.passages)
        subprocess.run([program, "init"], cwd=workspace, check=True, capture_output=True)
        began = time.monotonic()
        subprocess.run([program, "add", data], cwd=workspace, check=True, stdout=subprocess.DEVNULL)
        took = time.monotonic() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        listing = subprocess.run([program, "sources", "--json"], cwd=workspace, check=True, capture_output=True, text=True)
        passages = sum(source["passages"] for source in json.loads(listing.stdout)["sources"])
    print(f"{passages} passages in {took:.0f} s, peak {peak:.0f} MiB (at most {arguments.limit})")
    sys.exit(peak > arguments.limit)


if __name__ == "__main__":
    main()
