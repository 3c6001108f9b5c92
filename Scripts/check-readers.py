#!/usr/bin/env python3
"""Measures how much of the text that other parsers found in public test files Attune's readers find.

For every file that has an expected text, the score is the length of the longest common subsequence of
words, divided by the number of expected words: the share of the expected words found, in order. The
table shows the mean and the minimum of each format and the files below .9; the exit code is 1 where a
format's mean is below its aim, and 2 where there was nothing to measure.

    Scripts/check-readers.py
    Scripts/check-readers.py --command '.build/debug/attune read --json' --only pdf --verbose

Expected texts: docling (<format>/groundtruth/X.md), markitdown (expected_outputs/X.md), and for mail, which
has none there, ours (Scripts/expected-readings/X.md).
Python's standard library is all it needs.
"""

import argparse
import html
import json
import pathlib
import re
import shlex
import subprocess
import sys
import unicodedata

AIMS = {
    "docx": 0.95, "pptx": 0.95, "xlsx": 0.95, "html": 0.95, "eml": 0.95, "csv": 0.95, "md": 0.95,
    "pdf": 0.90,
}
SAME_FORMAT = {"xlsm": "xlsx", "htm": "html", "markdown": "md"}
LOW = 0.9


def pairs(data):
    """Yields each file with its expected text, in the order of paths."""
    for expected in sorted((data / "parsers-docling").glob("*/groundtruth/*.md")):
        sources = expected.parent.parent / "sources"
        # office/groundtruth/a.docx.md belongs to a.docx, pdf/groundtruth/a.md to a.pdf.
        for name in (expected.stem, expected.stem + "." + expected.parent.parent.name):
            if (sources / name).is_file():
                yield sources / name, expected
                break
    for expected in sorted((data / "parsers-markitdown").glob("**/expected_outputs/*.md")):
        folder = expected.parent.parent
        candidates = [folder / (expected.stem + ".pdf")] + sorted(folder.glob(expected.stem + ".*"))
        source = next((path for path in candidates if path.is_file()), None)
        if source:
            yield source, expected
    for expected in sorted((pathlib.Path(__file__).resolve().parent / "expected-readings").glob("*.md")):
        source = next(data.glob("parsers-*/**/" + expected.stem), None)
        if source:
            yield source, expected


def strip_marks(text):
    """Markdown without its marks: what a reader of the page would see."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.S)
    # LaTeX commands are marks of a formula, its letters and figures are its words.
    text = re.sub(r"\$[^$]*\$", lambda m: re.sub(r"\\[A-Za-z]+", " ", m.group()), text)
    text = re.sub(r"^\s*```.*$", " ", text, flags=re.M)
    text = re.sub(r"^(\s*(?:[-*+]|\d+[.)])\s+)\[[ xX]\]", r"\1", text, flags=re.M)
    # Twice, as a link's text may be an image.
    for _ in range(2):
        text = re.sub(r"!?\[((?:[^\[\]\\]|\\.)*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)", r"\1 ", text)
    text = re.sub(r"<((?:https?|mailto|ftp):[^>\s]*)>", r"\1", text)
    text = re.sub(r"</?[A-Za-z][^<>]*>", " ", text)
    text = html.unescape(html.unescape(text))
    text = re.sub(r"\\(?=[^\w\s])", "", text)
    # Emphasis may end inside a word.
    return re.sub(r"\*+", "", text)


# Scripts without spaces count each sign as a word.
WORD = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")


def words(text):
    text = unicodedata.normalize("NFKC", text).lower()
    text = text.replace("\u00ad", "")
    # A word divided at the end of a line is one word.
    text = re.sub(r"(?<=[^\W\d_])[-\u2010]\s+(?=[^\W\d_])", "", text)
    # Marks of vowels and accents that stand apart from their letter are not words of their own.
    text = "".join(c for c in text if not unicodedata.combining(c))
    return WORD.findall(text)


def common(expected, found):
    """The length of the longest common subsequence, a row of bits at a time (Hyyro 2004)."""
    places = {}
    for index, word in enumerate(expected):
        places[word] = places.get(word, 0) | 1 << index
    full = (1 << len(expected)) - 1
    row = full
    for word in found:
        hits = row & places.get(word, 0)
        row = (row + hits | row - hits) & full
    return len(expected) - bin(row).count("1")


def joined(reading):
    """The text of a document and of all that lies inside it."""
    texts = [reading.get("text") or ""]
    for part in reading.get("parts") or []:
        texts.append(joined(part))
    return "\n\n".join(texts)


def read(command, file, seconds):
    """The text that the command finds in a file, and what went wrong."""
    try:
        done = subprocess.run(
            command + [str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds
        )
        reading = json.loads(done.stdout.decode("utf-8", "replace"))
    except subprocess.TimeoutExpired:
        return "", f"took more than {seconds} s"
    except ValueError:
        note = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return "", f"exit code {done.returncode}: " + (note[-1] if note else "no JSON")
    if isinstance(reading, list):
        reading = {"parts": reading}
    return joined(reading), reading.get("error") or ""


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--command", default=f"{shlex.quote(str(root))}/.build/release/attune read --json",
        help="prints a file's reading as JSON with text and parts; the file's path goes at its end",
    )
    parser.add_argument("--data", type=pathlib.Path, default=root.parent / "shared/data/documents")
    parser.add_argument("--only", help="one format, such as pdf")
    parser.add_argument("--seconds", type=float, default=60, help="how long one file may take")
    parser.add_argument("--verbose", action="store_true", help="show every file")
    parser.add_argument("--missing", action="store_true", help="show the words not found")
    options = parser.parse_args()

    command = shlex.split(options.command)
    scores = {}
    for source, expected_file in pairs(options.data.resolve()):
        kind = source.suffix[1:].lower()
        kind = SAME_FORMAT.get(kind, kind)
        if options.only and kind != options.only:
            continue
        expected = words(strip_marks(expected_file.read_text(encoding="utf-8")))
        if not expected:
            continue
        text, fault = read(command, source, options.seconds)
        found = words(text)
        score = common(expected, found) / len(expected)
        scores.setdefault(kind, []).append((score, source.name, fault))
        if options.verbose:
            print(f"{score:.3f}  {source.name}  {len(found)}/{len(expected)} words  {fault}", flush=True)
        if options.missing:
            import difflib
            matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes():
                if tag != "equal":
                    print("   -", " ".join(expected[i1:i2])[:160], " +", " ".join(found[j1:j2])[:160])

    if not scores:
        print(f"nothing to measure below {options.data}", file=sys.stderr)
        return 2
    failed = False
    print("format  files   mean    min    aim  files below .9")
    for kind, rows in sorted(scores.items()):
        mean = sum(score for score, _, _ in rows) / len(rows)
        aim = AIMS.get(kind)
        failed |= aim is not None and mean < aim
        low = ", ".join(f"{name} {score:.2f}" + (f" ({fault[:90]})" if fault else "")
                        for score, name, fault in sorted(rows) if score < LOW)
        mark = "" if aim is None else f"{aim:.2f}" + (" !" if mean < aim else "  ")
        print(f"{kind:<7} {len(rows):>5}  {mean:.3f}  {min(rows)[0]:.3f}  {mark:<6} {low}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
