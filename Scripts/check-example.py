#!/usr/bin/env python3
"""Check the example company under Examples/veldmark: counts, quotes, answers, splits, editions.

    python3 Scripts/check-example.py [folder]

Prints what it counted. Exits with 1 and a list of faults when something does not hold.
Standard library only.
"""

import html
import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

KINDS = {
    "lookup", "number", "procedure", "term", "row", "several_documents", "count_sum",
    "unanswerable",
}
SPLITS = {"train", "validation", "test"}
LARGEST_OVERLAP = 0.6  # Jaccard of the chosen words of two wordings of one fact
INLINE = re.compile(r"</?(?:strong|em|b|i|a|code|span)\b[^>]*>", re.IGNORECASE)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
# Words that carry no content when two wordings are compared.
STOP = set(
    """the a an of is are was were be to in on at for and or what which who whom whose how when
    where why do does did i my we our us it its that this there much many long with by from must
    may can will would should have has had if as any one so not no up out after before until""".split()
)

faults = []


def fault(message):
    faults.append(message)


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def content_words(text):
    """The words that a speaker could choose otherwise: no function words, names, codes, numbers."""
    tokens = re.findall(r"[\w'-]+", text)
    chosen = [token for place, token in enumerate(tokens) if place == 0 or token.islower()]
    return {token.lower() for token in chosen if not re.search(r"\d", token)} - STOP


def holds(text, answer):
    """Whether the text contains the answer as whole words, in any case."""
    pattern = r"(?<!\w)" + re.escape(squeeze(answer).lower()) + r"(?!\w)"
    return re.search(pattern, squeeze(text).lower()) is not None


def read_lines(path):
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except ValueError as error:
            fault(f"{path.name}:{number}: not JSON ({error})")
    return rows


class Company:
    """The documents and the database, read once each."""

    def __init__(self, root):
        self.root = root
        self.texts = {}
        self.databases = {}

    def text(self, document, below="."):
        key = (below, document)
        if key not in self.texts:
            path = self.root / below / document
            if not path.is_file():
                self.texts[key] = None
            else:
                raw = path.read_text(encoding="utf-8")
                if path.suffix == ".html":
                    raw = INLINE.sub("", HIDDEN.sub(" ", raw))
                    raw = html.unescape(re.sub(r"<[^>]+>", " ", raw))
                self.texts[key] = squeeze(raw)
        return self.texts[key]

    def cells(self, place):
        """The cells of the row that a place names, or None when there is no such row."""
        document = place["document"]
        if document not in self.databases:
            path = self.root / document
            self.databases[document] = (
                sqlite3.connect(f"file:{path}?mode=ro", uri=True) if path.is_file() else None
            )
        database = self.databases[document]
        if database is None or not re.fullmatch(r"\w+", place["table"]):
            return None
        info = database.execute(f"PRAGMA table_info({place['table']})").fetchall()
        keys = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
        if not keys:
            return None
        # A key of several columns is written with a slash, comma, semicolon or bar between them.
        values = re.split(r"\s*[/,;|]\s*", str(place["key"])) if len(keys) > 1 else [str(place["key"])]
        if len(values) != len(keys):
            return None
        where = " AND ".join(f"CAST({key} AS TEXT) = ?" for key in keys)
        column = place.get("column")
        if column is not None and column not in {row[1] for row in info}:
            return None
        row = database.execute(f"SELECT * FROM {place['table']} WHERE {where}", values).fetchone()
        if row is None:
            return None
        named = {field[1]: cell for field, cell in zip(info, row) if cell is not None}
        cells = [str(cell) for name, cell in named.items() if column in (None, name)]
        # A cell that refers to another row may be quoted by that row's readable name.
        for _, _, table, source, target, *_ in database.execute(
            f"PRAGMA foreign_key_list({place['table']})"
        ).fetchall():
            if source in named and column in (None, source):
                other = database.execute(
                    f"SELECT * FROM {table} WHERE {target} = ?", (named[source],)
                ).fetchone()
                cells += [str(cell) for cell in other or () if cell is not None]
        return cells


def check_place(company, question, place):
    quote = squeeze(place.get("quote", ""))
    name = question["id"]
    if not quote:
        fault(f"{name}: empty quote")
    elif "table" in place:
        cells = company.cells(place)
        if cells is None:
            fault(f"{name}: no row {place['key']} in {place['document']} {place['table']}")
        elif not any(quote in squeeze(cell) for cell in cells):
            fault(f"{name}: quote not in row {place['key']} of {place['table']}: {quote}")
    else:
        text = company.text(place["document"])
        if text is None:
            fault(f"{name}: no document {place['document']}")
        elif quote not in text:
            fault(f"{name}: quote not in {place['document']}: {quote}")


def check_question(company, question):
    name = question.get("id", "?")
    missing = {
        "id", "question", "answers", "kind", "fact", "wording", "topic", "places", "split",
        "protocol",
    } - question.keys()
    if missing:
        fault(f"{name}: fields missing: {', '.join(sorted(missing))}")
        return
    kind = question["kind"]
    if kind not in KINDS:
        fault(f"{name}: unknown kind {kind}")
    if question["split"] not in SPLITS:
        fault(f"{name}: unknown split {question['split']}")
    if question["protocol"] not in {"known", "new", None}:
        fault(f"{name}: unknown protocol {question['protocol']}")
    if kind == "unanswerable":
        if question["answers"] or question["places"] or question["fact"]:
            fault(f"{name}: unanswerable, but has an answer, a place or a fact")
        return
    if kind == "count_sum":
        if not question.get("table"):
            fault(f"{name}: count_sum without a table")
        return
    if not question["answers"] or not question["places"]:
        fault(f"{name}: no answer or place")
        return
    for place in question["places"]:
        check_place(company, question, place)
    quotes = [place["quote"] for place in question["places"]]
    if not any(holds(quote, question["answers"][0]) for quote in quotes):
        fault(f"{name}: first answer is in none of its quotes: {question['answers'][0]}")
    if any(len(answer) > 90 for answer in question["answers"]):
        fault(f"{name}: an accepted answer is longer than 90 characters")


def unit(place):
    if "table" in place:
        return f"{place['document']}#{place['table']}/{place['key']}"
    return place["document"]


def check_facts(questions):
    facts = defaultdict(list)
    for question in questions:
        if question["places"]:
            facts[question["fact"] or question["id"]].append(question)
    overlaps = []
    three = 0
    for name, rows in sorted(facts.items()):
        if sorted(row["wording"] for row in rows) != list(range(1, len(rows) + 1)):
            fault(f"{name}: wordings are not numbered from 1")
        if len({json.dumps([row["answers"], row["places"], row["kind"]]) for row in rows}) > 1:
            fault(f"{name}: wordings differ in answers, places or kind")
        three += len(rows) >= 3
        for one, other in combinations(rows, 2):
            left, right = content_words(one["question"]), content_words(other["question"])
            overlap = len(left & right) / max(1, len(left | right))
            overlaps.append(overlap)
            if overlap >= LARGEST_OVERLAP:
                fault(f"{name}: wordings {one['id']} and {other['id']} overlap by {overlap:.2f}")
        held = [row for row in rows if row["split"] != "train"]
        if any(row["protocol"] == "new" for row in rows):
            if len(held) != len(rows) or {row["protocol"] for row in rows} != {"new"}:
                fault(f"{name}: new, but some wording is in train")
            if len({row["split"] for row in rows}) > 1:
                fault(f"{name}: new, but its wordings lie in several splits")
        elif len(rows) > 1 and (len(held) != 1 or held[0]["protocol"] != "known"):
            fault(f"{name}: known, but not exactly one wording is held out")
    trained = {
        unit(place) for question in questions if question["split"] == "train"
        for place in question["places"]
    }
    own = {
        unit(question["places"][-1]) for question in questions
        if question["protocol"] == "new" and question["kind"] != "several_documents"
    }
    for name in sorted(own & trained):
        fault(f"{name}: a place of a new question, and of a question in train")
    return facts, three, overlaps


def check_editions(company, questions):
    folder = company.root / "editions"
    changes = read_lines(folder / "changes.jsonl")
    by_id = {question["id"]: question for question in questions}
    files = {
        str(path.relative_to(folder)) for path in folder.rglob("*")
        if path.is_file() and path.name != "changes.jsonl"
    }
    for name in sorted(files):
        if company.text(name) is None:
            fault(f"editions/{name}: the company has no such document")
        elif company.text(name) == company.text(name, "editions"):
            fault(f"editions/{name}: does not differ from the document")
    for name in sorted(files - {change["document"] for change in changes}):
        fault(f"editions/{name}: no change listed")
    for change in changes:
        name = change["document"]
        label = f"change of {change['fact']} in {name}"
        if name not in files:
            fault(f"{label}: no such edition")
            continue
        new, old = company.text(name, "editions"), company.text(name)
        if squeeze(change["new_quote"]) not in new:
            fault(f"{label}: new quote not in the edition")
        if squeeze(change["old_quote"]) not in old:
            fault(f"{label}: old quote not in the document")
        if squeeze(change["old_quote"]) in new:
            fault(f"{label}: old quote still in the edition")
        proof = [change["new_quote"]] + [place["quote"] for place in change.get("new_places", [])]
        if not any(holds(quote, change["new_answers"][0]) for quote in proof):
            fault(f"{label}: new answer not in the new quote")
        if holds(change["new_quote"], change["old_answers"][0]):
            fault(f"{label}: old answer still in the new quote")
        for identifier in change["questions"]:
            question = by_id.get(identifier)
            if question is None:
                fault(f"{label}: no question {identifier}")
            elif question["answers"] != change["old_answers"]:
                fault(f"{label}: old answers are not those of {identifier}")
    listed = {(change["document"], change["fact"]) for change in changes}
    for question in questions:
        for place in question["places"]:
            name = place["document"]
            if name in files and (name, question["fact"]) not in listed:
                new = company.text(name, "editions")
                if squeeze(place["quote"]) not in new and not holds(new, question["answers"][0]):
                    fault(f"{question['id']}: changed by the edition of {name}, but not listed")
    return files, changes


def main():
    here = Path(__file__).resolve().parent.parent
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "Examples" / "veldmark"
    company = Company(root)
    questions = read_lines(root / "questions" / "questions.jsonl")
    for question in questions:
        check_question(company, question)
    if faults:
        report()
    facts, three, overlaps = check_facts(questions)

    for field in ("id", "question"):
        key = (lambda q: squeeze(re.sub(r"\W", " ", q["question"])).lower()) if field == "question" else (
            lambda q: q["id"])
        for value, count in Counter(map(key, questions)).items():
            if count > 1:
                fault(f"{field} used {count} times: {value}")

    topics = defaultdict(set)
    for question in questions:
        if question["kind"] == "unanswerable":
            topics[question["topic"]].add(question["split"])
    for topic, splits in sorted(topics.items()):
        if len(splits) > 1:
            fault(f"unanswerable topic {topic} lies in several splits")

    kinds = Counter(question["kind"] for question in questions)
    splits = Counter(question["split"] for question in questions)
    documents = {
        split: {
            place["document"] for question in questions if question["split"] == split
            for place in question["places"]
        }
        for split in sorted(SPLITS)
    }
    prose = [p for p in (root / "documents").rglob("*") if p.is_file()]
    generated = [
        p for folder in ("records", "data") for p in (root / folder).rglob("*") if p.is_file()
    ]
    tables = 0
    for path in root.glob("database/*.sqlite"):
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables += database.execute(query).fetchone()[0]
    for path in prose:
        words = len(path.read_text(encoding="utf-8").split())
        if path.suffix in {".md", ".txt"} and not 150 <= words <= 700:
            fault(f"{path.relative_to(root)}: {words} words, not 150 to 700")
    editions, changes = check_editions(company, questions)
    stale = subprocess.run(
        [sys.executable, str(root / "questions" / "assemble.py"), "--check"],
        capture_output=True, text=True, check=False,
    )
    if stale.returncode:
        fault(stale.stderr.strip())

    counts = [
        ("documents", len(prose) + len(generated), 100),
        ("documents of written prose", len(prose), 75),
        ("tables of the database", tables, 6),
        ("questions", len(questions), 750),
        ("facts", len(facts), 200),
        ("facts in three wordings", three, 200),
        ("unanswerable questions", kinds["unanswerable"], 120),
        ("topics of unanswerable questions", len(topics), 20),
        ("questions over several documents", kinds["several_documents"], 25),
        ("questions that need a calculation", kinds["count_sum"], 40),
        ("questions in test", splits["test"], 250),
        ("documents of the test questions", len(documents["test"]), 40),
        ("questions in validation", splits["validation"], 150),
        ("documents with a later edition", len(editions), 30),
        ("facts changed by the editions", len(changes), 30),
    ]
    for name, count, least in counts:
        print(f"{count:6}  {name} (at least {least})")
        if count < least:
            fault(f"{name}: {count}, not at least {least}")
    for kind in sorted(KINDS):
        spread = Counter(q["split"] for q in questions if q["kind"] == kind)
        parts = ", ".join(f"{spread[split]} {split}" for split in ("train", "validation", "test"))
        print(f"{kinds[kind]:6}  {kind}: {parts}")
        if not kinds[kind]:
            fault(f"no question of kind {kind}")
    for protocol in ("known", "new"):
        spread = Counter(q["split"] for q in questions if q["protocol"] == protocol)
        print(f"{sum(spread.values()):6}  {protocol}: {spread['validation']} validation, {spread['test']} test")
    shared = documents["test"] & documents["validation"]
    print(f"{len(shared):6}  documents asked about in both test and validation")
    mean = sum(overlaps) / max(1, len(overlaps))
    print(f"{mean:6.3f}  mean overlap of wordings (largest {max(overlaps, default=0):.3f})")
    report()


def report():
    if faults:
        print(f"{len(faults)} faults:", file=sys.stderr)
        for message in faults:
            print(f"  {message}", file=sys.stderr)
        sys.exit(1)
    print("no faults")


if __name__ == "__main__":
    main()
