"""Looks up every citation of a file of answers in the original files and rows.

usage: check-citations.py <answers.jsonl> <folder of the data>

Shares nothing with Attune: Python's own readers decide what stands in a file. Prints each citation
whose quote is not in the original, and then how many were checked and how many were wrong.
"""

import csv
import html
import json
import pathlib
import re
import sqlite3
import sys

answers, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def plain(text):
    """A text without markup and blanks: what is left must be the same in file and quote."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    # Items of a list are shown with their numbers, which a page does not hold and Markdown may count anew.
    text = re.sub(r"[*_`#>]+", "", text)
    text = re.sub(r"(?m)^\s*\d{1,2}[.)]\s+", "", text)
    return re.sub(r"[\s*_`|#>\\~,-]+", "", text)


def same(value, shown):
    """Whether a shown value, with or without a readable reference behind it, is a stored one."""
    if shown == str(value) or shown.startswith(f"{value} ("):
        return True
    try:
        return float(shown.split(" (")[0]) == float(value)
    except (TypeError, ValueError):
        return shown.split() == str(value).split()


def columns_hold(record, quote):
    """Whether each `column: value` of a quote is in a record, in whatever part of it was quoted."""
    found = 0
    parts = quote.split(" | ")
    while parts:
        # A value may hold the separator itself: try the longest value first.
        for length in range(len(parts), 0, -1):
            column, separator, value = " | ".join(parts[:length]).partition(": ")
            if separator and column in record and same(record[column], value):
                found += 1
                break
        else:
            # Only the name of the table, in front, is no column.
            if found or ": " in parts[0]:
                return False
            length = 1
        parts = parts[length:]
    return found > 0


def row_of(path, table, key):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    keys = [r["name"] for r in database.execute(f'PRAGMA table_info("{table}")') if r["pk"]]
    where = " AND ".join(f'CAST("{name}" AS TEXT) = ?' for name in keys) or "rowid = ?"
    values = re.split(r"(?<!\\),", key) if len(keys) > 1 else [key]
    row = database.execute(f'SELECT * FROM "{table}" WHERE {where}', values).fetchone()
    database.close()
    return dict(row) if row else None


def referred(path, table, record):
    """The values of the rows that a row refers to, whose readable names stand beside its own values."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for key in database.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
        other, own, theirs = key[2], key[3], key[4]
        condition = f'"{theirs}"' if theirs else "rowid"
        query = f'SELECT * FROM "{other}" WHERE {condition} = ?'
        try:
            row = database.execute(query, [record[own]]).fetchone()
        except sqlite3.OperationalError:
            row = None  # the table was dropped for the test
        yield from row or []
    database.close()


def part_of(values, quote):
    """Whether a quote that names no column, as an answer in a few words, stands in one of the values."""
    return any(
        plain(quote) in plain(str(value)) or same(value, quote)
        for value in values
        if value is not None
    )


def flat(value, prefix=""):
    """The leaves of a JSON value by the names that lead to them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from flat(inner, f"{prefix}{name}.")
    elif isinstance(value, list):
        for inner in value:
            yield from flat(inner, prefix)
    elif value is not None:
        shown = json.dumps(value) if isinstance(value, bool) else str(value)
        yield prefix.rstrip("."), shown


def pointed(path, pointer):
    if path.suffix == ".jsonl":
        number, _, rest = pointer.partition("/")
        value = json.loads(path.read_text("utf-8").splitlines()[int(number) - 1])
    else:
        rest = pointer.lstrip("/")
        value = json.loads(path.read_text("utf-8"))
    for name in filter(None, rest.split("/")):
        name = name.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def stands(citation):
    quote, origin = citation["quote"], citation["location"]["origin"]
    path, _, table = citation["document"].partition("#")
    path = folder / path
    if "bytes" in origin:
        start, end = origin["bytes"]
        original = path.read_bytes()
        if not 0 <= start < end <= len(original):
            return False
        text = original[start:end].decode("utf-8")
        if path.suffix == ".html":
            text = html.unescape(re.sub(r"<[^>]*>", " ", text))
        if plain(quote) in plain(text):
            return True
        # A row of a table in a page: the values stand in the row, the columns above it.
        values = [part.partition(": ")[2] or part for part in quote.split(" | ")]
        columns = [part.partition(": ")[0] for part in quote.split(" | ")]
        whole = original.decode("utf-8")
        if path.suffix == ".html":
            whole = html.unescape(re.sub(r"<[^>]*>", " ", whole))
        return all(plain(value) in plain(text) for value in values) and all(
            # A table without a heading gets its columns numbered.
            plain(column) in plain(whole) or re.fullmatch(r"column \d+", column)
            for column in columns
        )
    if "row" in origin:
        if path.suffix in (".csv", ".tsv"):
            with open(path, newline="", encoding="utf-8-sig") as file:
                first = file.readline()
                file.seek(0)
                mark = max(",;\t", key=first.count)
                records = list(csv.DictReader(file, delimiter=mark))
            record = records[int(origin["row"]) - 1]
        else:
            record = row_of(path, origin["table"], origin["row"])
        if record is None:
            return False
        if columns_hold(record, quote) or part_of(record.values(), quote):
            return True
        return "table" in origin and path.suffix == ".sqlite" and part_of(
            referred(path, origin["table"], record), quote
        )
    words = plain(" ".join(shown for _, shown in flat(pointed(path, origin["pointer"]))))
    values = [part.partition(": ")[2] for part in re.split(r" \| |\n", quote) if ": " in part]
    return all(plain(value) in words for value in values or [quote])


checked = wrong = 0
for line in open(answers, encoding="utf-8"):
    for citation in json.loads(line)["citations"]:
        checked += 1
        if not stands(citation):
            wrong += 1
            print("not in the original:", json.dumps(citation, ensure_ascii=False))
print(f"checked {checked}, wrong {wrong}")
