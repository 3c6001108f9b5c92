#!/usr/bin/env python3
"""Writes Sources/Tokenizers/Unicode/UnicodeTables+Data.swift and UnicodeCategories+Data.swift.

BERT tokenization depends on which characters count as control characters, punctuation and
combining marks. The `tokenizers` package carries tables of its own for that, from several old
Unicode versions, and Swift's standard library follows whatever Unicode version the system has.
So that ids are equal everywhere and always, every scalar is asked of the package itself once, and
the answers are kept as tables. The same holds for the categories that patterns such as \\p{L} name,
and for composition.

Usage: pip install tokenizers; python3 Scripts/make-unicode-tables.py
"""

import pathlib
import textwrap
import unicodedata

import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

SCALARS = [c for c in range(0x80, 0x110000) if not 0xD800 <= c <= 0xDFFF]
FOLDER = pathlib.Path(__file__).parent.parent / "Sources/Tokenizers/Unicode"
CATEGORIES = (
    "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co Cs"
).split()


def bert(clean=False, chinese=False, strip=False, lower=False):
    return normalizers.BertNormalizer(
        clean_text=clean, handle_chinese_chars=chinese, strip_accents=strip, lowercase=lower
    ).normalize_str


def hexadecimal(value):
    return format(value, "X")


def ranges(scalars):
    """Consecutive scalars as `first-last`, single ones as `first`."""
    runs = []
    for scalar in scalars:
        if runs and runs[-1][1] == scalar - 1:
            runs[-1][1] = scalar
        else:
            runs.append([scalar, scalar])
    return [hexadecimal(a) if a == b else f"{a:X}-{b:X}" for a, b in runs]


def runs_with_values(mapping):
    """Consecutive keys as `first=value,value,…`, a value of several scalars joined by `+`."""
    out, last = [], None
    for key in sorted(mapping):
        value = "+".join(hexadecimal(ord(c)) for c in mapping[key])
        if last is not None and key == last + 1:
            out[-1] += "," + value
        else:
            out.append(f"{hexadecimal(key)}={value}")
        last = key
    return out


def ranges_with_class(mapping):
    """Consecutive keys of one combining class as `first-last=class`."""
    runs = []
    for key in sorted(mapping):
        if runs and runs[-1][1] == key - 1 and runs[-1][2] == mapping[key]:
            runs[-1][1] = key
        else:
            runs.append([key, key, mapping[key]])
    return [f"{a:X}-{b:X}={c:X}" for a, b, c in runs]


def literal(name, summary, words):
    lines = []
    for word in words:
        # A long run is broken after a comma; the reader ignores line ends.
        while len(word) > 90:
            cut = word.rfind(",", 0, 90) + 1
            lines.append(word[:cut])
            first, word = word[:cut], word[cut:]
            # A continued run says again which scalar it goes on with.
            key, values = first.split("=")
            word = f"{int(key, 16) + values.count(','):X}={word}"
            lines[-1] = first.rstrip(",")
        lines.append(word)
    text = textwrap.wrap(" ".join(lines), 96, break_long_words=False, break_on_hyphens=False)
    body = "\n".join("    " + line for line in text)
    return f'  /// {summary}\n  static let {name} = """\n{body}\n    """\n'


def members(pattern):
    """The scalars that a pattern for one character matches."""
    everything = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    split = pre_tokenizers.Split(Regex(pattern), "removed", invert=True)
    pieces = split.pre_tokenize_str("".join(map(chr, everything)))
    return {everything[i] for _, (start, end) in pieces for i in range(start, end)}


def category_tables():
    category = {}
    for number, name in enumerate(CATEGORIES):
        if name in ("Cn", "Cs"):
            continue
        for scalar in members(r"\p{%s}" % name):
            category[scalar] = number
    plain = [i for i, name in enumerate(CATEGORIES) if name[0] in "LM" or name in ("Nd", "Pc")]
    word = members(r"\w")
    extra = sorted(c for c in word if category.get(c, 0) not in plain)
    composed = normalizers.NFC().normalize_str
    canonical = normalizers.NFD().normalize_str
    compatible = normalizers.NFKD().normalize_str
    stripped = normalizers.StripAccents().normalize_str
    accents = [c for c in SCALARS if stripped(chr(c)) == ""]
    excluded, compatibility = [], {}
    for scalar in SCALARS:
        character = chr(scalar)
        if canonical(character) != character and composed(character) != character:
            excluded.append(scalar)
        if compatible(character) != canonical(character):
            compatibility[scalar] = compatible(character)
    return [
        literal("categories", "General categories, numbered as in `GeneralCategory`; Cn is left out.",
                ranges_with_class(category)),
        literal("wordExtras", "What the class w has beside L, M, Nd and Pc.", ranges(extra)),
        literal("compositionExclusions", "Scalars that decompose and do not compose again.",
                ranges(excluded)),
        literal("accents", "Marks that stripping accents removes.", ranges(accents)),
        literal("compatibility", "Full compatibility decompositions that are not canonical.",
                runs_with_values(compatibility)),
    ]


def write(name, type_name, parts, last):
    header = (
        "// Written by Scripts/make-unicode-tables.py from the `tokenizers` package "
        f"{tokenizers.__version__}; not edited by\n"
        "// hand. Numbers are hexadecimal. Derived from the Unicode Character Database\n"
        f"// (https://www.unicode.org/license.txt). {last}\n\n"
    )
    (FOLDER / name).write_text(header + f"extension {type_name} {{\n" + "\n".join(parts) + "}\n")


def main():
    clean, strip, lower = bert(clean=True), bert(strip=True), bert(lower=True)
    chinese, canonical = bert(chinese=True), normalizers.NFD().normalize_str
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str

    removed, marks, punctuation, spaced, whitespace = [], [], [], [], []
    decompositions, lowercase, classes = {}, {}, {0x345: 240}
    for scalar in SCALARS:
        character = chr(scalar)
        if clean(character) == "":
            removed.append(scalar)
        decomposed = canonical(character)
        if decomposed != character:
            # Hangul syllables decompose by arithmetic.
            if not 0xAC00 <= scalar <= 0xD7A3:
                decompositions[scalar] = decomposed
        else:
            if strip(character) == "":
                marks.append(scalar)
            # U+0345 has the highest combining class, so any other mark moves in front of it.
            if canonical("\u0345" + character)[0] != "\u0345":
                classes[scalar] = unicodedata.combining(character)
        lowered = lower(character)
        if lowered != character:
            lowercase[scalar] = lowered
        pieces = len(split("a" + character + "a"))
        if pieces == 3:
            punctuation.append(scalar)
        elif pieces == 2:
            whitespace.append(scalar)
        if chinese(character) != character:
            spaced.append(scalar)

    parts = [
        literal("removed", "Scalars that cleaning removes: control, format, private use, U+FFFD.",
                ranges(removed)),
        literal("whitespace", "Scalars with the property White_Space.", ranges(whitespace)),
        literal("punctuation", "Scalars of the general categories P*.", ranges(punctuation)),
        literal("marks", "Nonspacing marks (Mn) that do not decompose.", ranges(marks)),
        literal("ideographs", "Scalars that BERT sets between spaces.", ranges(spaced)),
        literal("combiningClasses", "Canonical combining classes other than 0.",
                ranges_with_class(classes)),
        literal("decompositions", "Full canonical decompositions, without Hangul syllables.",
                runs_with_values(decompositions)),
        literal("lowercase", "Lower-case mappings, one scalar at a time, without context.",
                runs_with_values(lowercase)),
    ]
    write("UnicodeTables+Data.swift", "UnicodeTables", parts, "Scalars below 80 are not listed.")
    write("UnicodeCategories+Data.swift", "UnicodeCategories", category_tables(),
          "Categories include ASCII.")


if __name__ == "__main__":
    main()
