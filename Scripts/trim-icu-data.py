#!/usr/bin/env python3
"""Makes an object file of ICU's data without the texts of languages that Attune never speaks.

    Scripts/trim-icu-data.py lib_FoundationICU.a OBJECT

Half of the 34 MB of ICU's data are names of countries, currencies, units and time zones in some hundred languages,
which a program that prints English never looks up. All that says how text is (properties, normalisation, converters,
word boundaries, time zones, the root collation) stays. Prints what the linker needs to use it: the object, whose symbol
wraps the library's own. That is then not used, and left out as every section is that nothing refers to.

Format: an ICU common data package, https://unicode-org.github.io/icu/userguide/icu_data/ — a header, a table of names
and offsets in the order of the names, the names, the items.
"""

import re
import struct
import subprocess
import sys
from pathlib import Path

MEMBER = "icu_packaged_data.cpp.o"
KEPT_LOCALES = {"en", "en_001", "en_US"}
LOCALE = re.compile(r"([a-z]{2,3})(_[A-Za-z0-9_]+)?\.res")


def package(member):
    """The symbol's name and the data package within an object file."""
    symbol = re.search(rb"icudt\d+_dat", member)
    # The data's format stands eight bytes behind the size of its own description.
    place = re.search(rb"\xda\x27\x14\x00\x00\x00\x00\x00\x02\x00CmnD", member)
    if symbol is None or place is None:
        sys.exit(f"{MEMBER} holds no ICU data that this script knows")
    return symbol.group().decode(), member[place.start() - 2:]


def items(data):
    """The package's header, and its items by name in their order. The last ends where the package does."""
    header, = struct.unpack_from("<H", data, 0)
    count, = struct.unpack_from("<I", data, header)
    table = [struct.unpack_from("<II", data, header + 4 + 8 * index) for index in range(count)]
    found = {}
    for index, (name, start) in enumerate(table):
        end = table[index + 1][1] if index + 1 < count else None
        text = data[header + name:data.index(b"\0", header + name)].decode()
        found[text] = data[header + start:header + end if end else None]
    return data[:header], found


def is_kept(name):
    match = LOCALE.fullmatch(name.rsplit("/", 1)[-1])
    return match is None or name.rsplit("/", 1)[-1].removesuffix(".res") in KEPT_LOCALES


def aligned(size):
    return (size + 15) // 16 * 16


def packed(header, kept):
    names = b"".join(name.encode() + b"\0" for name in kept)
    name_at = 4 + 8 * len(kept)
    data_at = aligned(name_at + len(names))
    table, body = struct.pack("<I", len(kept)), b""
    for name, item in kept.items():
        table += struct.pack("<II", name_at, data_at + len(body))
        name_at += len(name.encode()) + 1
        body += item + bytes(aligned(len(item)) - len(item))
    return header + (table + names).ljust(data_at, b"\0") + body


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    library, output = map(Path, sys.argv[1:])
    member = subprocess.run(["ar", "p", library, MEMBER], check=True, capture_output=True).stdout
    symbol, data = package(member)
    header, found = items(data)
    # The last item would take along what follows the data in the object file.
    last = list(found)[-1]
    if LOCALE.fullmatch(last.rsplit("/", 1)[-1]) is None:
        sys.exit(f"the last item of ICU's data is {last}, whose end is not known")
    kept = {name: item for name, item in found.items() if is_kept(name)}
    trimmed = packed(header, kept)
    output.parent.mkdir(parents=True, exist_ok=True)
    bytes_file, source = output.with_suffix(".dat"), output.with_suffix(".s")
    bytes_file.write_bytes(trimmed)
    wrapper = "__wrap_" + symbol
    source.write_text(
        f".section .rodata.icu\n.global {wrapper}\n.type {wrapper}, @object\n.balign 16\n{wrapper}:\n"
        f'.incbin "{bytes_file.resolve()}"\n.size {wrapper}, . - {wrapper}\n'
        '.section .note.GNU-stack, "", @progbits\n')
    subprocess.run(["clang", "-c", source, "-o", output], check=True)
    for made in [bytes_file, source]:
        made.unlink()
    total = sum(map(len, found.values()))
    print(f"ICU's data: {len(found)} items in {total // 1000} kB, kept {len(kept)} in {len(trimmed) // 1000} kB", file=sys.stderr)
    print(f"-Xlinker --wrap={symbol} -Xlinker {output}")


if __name__ == "__main__":
    main()
