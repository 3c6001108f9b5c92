#!/usr/bin/env python3
"""Writes the fixtures of TokenizersTests: random Unicode strings as the `tokenizers` package
encodes them.

Usage: pip install tokenizers; python3 Scripts/make-tokenizer-fixture.py MODEL_FOLDER

MODEL_FOLDER holds the tokenizer.json and vocab.txt of all-MiniLM-L6-v2. The same seed gives the
same files. A line of a fixture is [text, ids, places], or [variant, text, ids, places, decoded];
places holds two numbers for each token: how far it begins behind the end of the token before it,
and how many scalars of the text it takes.
"""

import json
import pathlib
import random
import shutil
import sys

from tokenizers import Tokenizer

FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/TokenizersTests/Fixtures"
SEED = 20260
BLOCKS = [
    (0x00, 0x7F), (0x80, 0xFF), (0x100, 0x24F), (0x250, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF),
    (0x400, 0x52F), (0x530, 0x5FF), (0x600, 0x6FF), (0x700, 0x8FF), (0x900, 0xDFF),
    (0xE00, 0xFFF), (0x1000, 0x139F), (0x13A0, 0x18FF), (0x1900, 0x1CFF), (0x1D00, 0x1FFF),
    (0x2000, 0x206F), (0x2070, 0x2BFF), (0x2C00, 0x2FFF), (0x3000, 0x33FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xA000, 0xABFF), (0xAC00, 0xD7FF), (0xE000, 0xF8FF), (0xF900, 0xFAFF),
    (0xFB00, 0xFFFF), (0x10000, 0x10FFF), (0x11000, 0x11FFF), (0x12000, 0x16FFF),
    (0x17000, 0x1CFFF), (0x1D000, 0x1DFFF), (0x1E000, 0x1EFFF), (0x1F000, 0x1FAFF),
    (0x20000, 0x2FFFF), (0x30000, 0x3FFFF), (0xE0000, 0xE01FF), (0xF0000, 0x10FFFF),
]
SPACES = " \t\n\r\v\f\u0085\u00a0\u1680\u2003\u2009\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
MARKS = "\u0300\u0301\u0307\u0308\u0315\u0316\u031b\u0323\u0327\u0328\u0344\u0345\u0483\u05b4" \
    "\u064b\u0651\u093c\u094d\u0e38\u0f71\u0f72\u0f73\u0f74\u0f75\u302a\u302e\u3099\U0001d165" \
    "\U0001d16d\U00016ff0\u1a17\ua953\U00011f41\u20dd"
SPECIAL = ["[CLS]", "[SEP]", "[PAD]", "[MASK]", "[UNK]", "[cls]", "[SEP", "SEP]", "[[SEP]]"]
WORDS = (
    "the of and to in is was price invoice customer delivery unbelievable tokenization café "
    "naïve İstanbul ΟΔΟΣ Straße Ångström ﬁne ÀÉÎ Việt Nội русский Ёлка ελληνικά עברית العربية "
    "हिन्दी ไทย 日本語 漢字 かな 한국어 각 don't it's e-mail 3.14 1,000 C++ #42 @me foo_bar "
    "don't 👍🏽 👩‍👩‍👧 🇩🇪 ½ ² ™ … “quoted” «x» ¿qué? ##ing ##s # ## a b c"
).split()


def scalar(rng):
    while True:
        low, high = rng.choice(BLOCKS)
        value = rng.randint(low, high)
        if not 0xD800 <= value <= 0xDFFF:
            return chr(value)


def text(rng, extra=()):
    parts = []
    for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
        kind = rng.random()
        if kind < 0.28:
            parts.append(" ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 4))))
        elif kind < 0.50:
            parts.append("".join(scalar(rng) for _ in range(rng.randint(1, 9))))
        elif kind < 0.62:
            low, high = rng.choice([b for b in BLOCKS if b[0] != 0xD800])
            inside = [c for c in (rng.randint(low, high) for _ in range(rng.randint(2, 10)))
                      if not 0xD800 <= c <= 0xDFFF]
            parts.append("".join(map(chr, inside)))
        elif kind < 0.74:
            base = rng.choice("aeioAEIsK가각가あかएक" + "éǖậÅΰё")
            parts.append(base + "".join(rng.choice(MARKS) for _ in range(rng.randint(1, 5))))
        elif kind < 0.84:
            parts.append("".join(rng.choice(SPACES) for _ in range(rng.randint(1, 4))))
        elif kind < 0.95:
            parts.append(rng.choice(list(extra) * 4 + SPECIAL))
        elif kind < 0.985:
            parts.append("".join(chr(rng.randint(0x20, 0x7E)) for _ in range(rng.randint(2, 24))))
        else:
            letter = rng.choice(["a", "z", "é", "я", "0", "ก", "ab"])
            parts.append(letter * rng.choice([48, 50, 51, 99, 100, 101, 150]))
    return rng.choice(["", "", " "]).join(parts)


def places(offsets):
    out, last = [], 0
    for start, end in offsets:
        out += [start - last, end - start]
        last = end
    return out


def variants(document):
    """The same tokenizer with other flags; the third value is words to use often."""

    def variant(name, words=(), added=(), **flags):
        copy = json.loads(json.dumps(document))
        copy["normalizer"].update(flags)
        copy["added_tokens"] += [
            {"id": 30522 + i, "special": False, "single_word": False, "lstrip": False,
             "rstrip": False, "normalized": False, **token}
            for i, token in enumerate(added)
        ]
        return name, copy, words

    added = [
        {"content": "ATTUNE", "single_word": True},
        {"content": "<left>", "lstrip": True, "special": True},
        {"content": "<right>", "rstrip": True},
        {"content": "<both>", "lstrip": True, "rstrip": True},
        {"content": "Café Ünion", "normalized": True},
        {"content": "new york", "normalized": True, "single_word": True},
        {"content": "<r", "normalized": False},
        {"content": "of the", "normalized": True, "rstrip": True, "lstrip": True},
    ]
    words = ["ATTUNE", "ATTUNE's", "xATTUNE", " <left>", "  <left>", "<right>  ", " <both> ",
             "<right> <left>", "Café Ünion", "cafe union", "CAFE\u0301 UNION", "New York",
             "new yorker", "of the", "<r", "<rig", " OF THE of the "]
    return [
        variant("cased", lowercase=False),
        variant("accents kept", strip_accents=False),
        variant("accents stripped, case kept", strip_accents=True, lowercase=False),
        variant("not cleaned", clean_text=False),
        variant("ideographs kept", handle_chinese_chars=False),
        variant("added tokens", words, added),
    ]


def without_limits(document):
    document["truncation"] = document["padding"] = None
    return document


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(folder):
    document = without_limits(json.loads((folder / "tokenizer.json").read_text("utf-8")))
    FIXTURES.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "vocab.txt", FIXTURES / "vocab.txt")

    rng = random.Random(SEED)
    tokenizer = Tokenizer.from_str(json.dumps(document))
    with open(FIXTURES / "unicode-strings.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for _ in range(10_000):
            string = text(rng)
            encoding = tokenizer.encode(string, add_special_tokens=False)
            out.write(compact([string, encoding.ids, places(encoding.offsets)]) + "\n")

    descriptions = []
    with open(FIXTURES / "variant-strings.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for number, (name, copy, words) in enumerate(variants(document)):
            tokenizer = Tokenizer.from_str(json.dumps(copy))
            for _ in range(1_000 if words else 250):
                string = text(rng, words)
                encoding = tokenizer.encode(string, add_special_tokens=True)
                decoded = tokenizer.decode(encoding.ids, skip_special_tokens=True)
                line = [number, string, encoding.ids, places(encoding.offsets), decoded]
                out.write(compact(line) + "\n")
            # The vocabulary is in vocab.txt; the test puts it in.
            copy["model"]["vocab"] = {}
            descriptions.append({"name": name, "tokenizer": copy})
    (FIXTURES / "variants.json").write_text(
        json.dumps(descriptions, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
