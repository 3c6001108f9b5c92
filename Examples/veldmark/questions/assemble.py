#!/usr/bin/env python3
"""Join the question parts of the example company and give every question its split.

Reads parts/*.jsonl beside this file and writes questions.jsonl. The same parts and the same
seed give the same file, byte for byte.

How the splits are made:
- A *unit* is a document, or one row of the database. Units that hold the same fact (a row and
  the sheet generated from it) are kept together as one group.
- Some groups are set aside as *new*: every question that touches one of them is a held-out
  question, so the unit is never trained on.
- The other groups are *known*: of a fact's wordings one is held out, the others go to train.
  A group's held-out wordings all go to one side, so that test and validation lie over different
  documents. A fact asked only once is held out or trained by chance.
- Unanswerable questions are split by topic, questions that need a calculation one by one.

    python3 assemble.py [--check]     --check writes nothing and fails when the file is stale
"""

import json
import random
import sys
from collections import defaultdict
from pathlib import Path

SEED = 20310426
HERE = Path(__file__).resolve().parent
OUTPUT = HERE / "questions.jsonl"

# Shares of the groups. The rest of the groups is "known".
NEW_TEST = 0.20
NEW_VALIDATION = 0.12
# Share of the known groups whose held-out wordings go to test; the rest to validation.
KNOWN_TEST = 0.62
TOPICS = {"test": 0.50, "validation": 0.27}
CALCULATIONS = {"test": 0.50, "validation": 0.25}
# A group with more facts than this is never set aside: it would empty the training split.
LARGEST_NEW_GROUP = 8


def unit(place):
    """The document of a place, or the row when the place is in the database."""
    if "table" in place:
        return f"{place['document']}#{place['table']}/{place['key']}"
    return place["document"]


def fact_of(question):
    """The fact a question asks for; one asked in a single wording may have no name of its own."""
    return question["fact"] or question["id"]


def family(group):
    """Groups are drawn within a family, so that every kind of source is held out."""
    first = group[0]
    if "#" in first:
        return "rows"
    parts = first.split("/")
    return "/".join(parts[:2]) if parts[0] == "documents" else parts[0]


def groups_of(facts):
    """Joins units that hold the same fact. Returns unit -> group (sorted tuple of units)."""
    parent = {}

    def find(name):
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for rows in facts.values():
        units = [unit(place) for place in rows[0]["places"]]
        for name in units:
            find(name)
        if rows[0]["kind"] == "several_documents":
            continue
        for name in units[1:]:
            parent[find(name)] = find(units[0])
    members = defaultdict(list)
    for name in parent:
        members[find(name)].append(name)
    return {name: tuple(sorted(group)) for group in members.values() for name in group}


def cut(names, shares, generator):
    """Shuffles names and deals them to the splits by shares; what is left is train."""
    names = sorted(names)
    generator.shuffle(names)
    dealt, start = {}, 0
    for split, share in shares.items():
        count = max(1, round(share * len(names))) if len(names) > 2 else 0
        for name in names[start : start + count]:
            dealt[name] = split
        start += count
    for name in names[start:]:
        dealt[name] = "train"
    return dealt


def assemble(questions):
    generator = random.Random(SEED)
    facts = defaultdict(list)
    for question in questions:
        if question["places"]:
            facts[fact_of(question)].append(question)

    group_of = groups_of(facts)
    fact_count = defaultdict(int)
    for rows in facts.values():
        for group in {group_of[unit(place)] for place in rows[0]["places"]}:
            fact_count[group] += 1

    families = defaultdict(set)
    for group in group_of.values():
        families[family(group)].add(group)
    new, side = {}, {}
    for name in sorted(families):
        candidates = [g for g in families[name] if fact_count[g] <= LARGEST_NEW_GROUP]
        dealt = cut(candidates, {"test": NEW_TEST, "validation": NEW_VALIDATION}, generator)
        new.update({group: split for group, split in dealt.items() if split != "train"})
        known = [g for g in families[name] if g not in new]
        dealt = cut(known, {"test": KNOWN_TEST}, generator)
        side.update({g: "test" if s == "test" else "validation" for g, s in dealt.items()})

    for name in sorted(facts):
        rows = sorted(facts[name], key=lambda row: row["wording"])
        held = [new[g] for g in (group_of[unit(p)] for p in rows[0]["places"]) if g in new]
        if held:
            # The answer stands in the last place, so that place's side wins.
            for row in rows:
                row["split"], row["protocol"] = held[-1], "new"
            continue
        out = generator.choice(rows)
        for row in rows:
            row["split"], row["protocol"] = "train", None
        if len(rows) > 1 or generator.random() < 0.5:
            out["split"] = side[group_of[unit(rows[0]["places"][-1])]]
            out["protocol"] = "known"

    for prefix in (True, False):
        topics = {
            q["topic"] for q in questions
            if q["kind"] == "unanswerable" and q["topic"].startswith("db-") == prefix
        }
        dealt = cut(topics, TOPICS, generator)
        for question in questions:
            if question["kind"] == "unanswerable" and question["topic"] in dealt:
                question["split"], question["protocol"] = dealt[question["topic"]], None

    loose = [q["id"] for q in questions if not q["places"] and q["kind"] != "unanswerable"]
    dealt = cut(loose, CALCULATIONS, generator)
    for question in questions:
        if question["id"] in dealt:
            question["split"], question["protocol"] = dealt[question["id"]], None
    return questions


def main():
    questions = []
    for path in sorted((HERE / "parts").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            questions.extend(json.loads(line) for line in lines if line.strip())
    questions.sort(key=lambda question: question["id"])
    text = "".join(
        json.dumps(question, ensure_ascii=False) + "\n" for question in assemble(questions)
    )
    if "--check" in sys.argv[1:]:
        if not OUTPUT.exists() or OUTPUT.read_text(encoding="utf-8") != text:
            sys.exit("questions.jsonl is not what assemble.py makes of the parts; run it again")
        return
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"{len(questions)} questions written to {OUTPUT.name}")


if __name__ == "__main__":
    main()
