#!/usr/bin/env python3
"""Questions of the example company as examples to tune a reranker on, and how deep one should read.

    WORK=.attune-experiments/example   # a workspace with documents, records, data and database of the example
    python3 Scripts/reranking-depth.py examples $WORK OUT
    attune tune reranker --data OUT/examples.jsonl --hard-negatives 3 --passage-tokens 96 --steps 90 --name order
    attune search --batch OUT/test.jsonl --json --limit 100 > found.jsonl
    python3 Scripts/reranking-depth.py measure OUT found.jsonl --weight 0.75

`examples` writes examples.jsonl, each question once for every place with its answer, in attune's own format,
and test.jsonl, the questions on facts that none of the training questions are about. `measure` prints nDCG@10
of what was found, what a perfect reranker of so many hits could make of it, and, where hits have the scores of
a reranker that was in use with the given weight, what other depths and weights make of it. Standard library only.
"""

import argparse
import json
import math
import re
import sqlite3
from collections import defaultdict
from pathlib import Path

QUESTIONS = Path("Examples/veldmark/questions/questions.jsonl")
ORDER = ["train", "validation", "test"]
DEPTHS = [10, 20, 30, 50, 100]
WEIGHTS = [0.1, 0.2, 0.35, 0.5, 0.75, 1, 2]


def plain(text):
    return " ".join(re.sub(r"<[^>]*>", " ", text.lower()).split())


def passages(workspace):
    """The texts of each document, or of each row of a database."""
    database = sqlite3.connect(f"file:{workspace}/.attune/knowledge.sqlite?mode=ro", uri=True)
    texts = defaultdict(list)
    for text, path, source, kind, key in database.execute(
        "SELECT p.text, d.path, s.name, p.origin_kind, p.origin_b FROM passages p "
        "JOIN documents d ON d.id = p.document JOIN sources s ON s.id = d.source WHERE p.kind = 0"
    ):
        row = f"@{key}" if "#" in path and kind == 1 else ""
        texts[f"{source}/{path}{row}"].append(text)
    return texts


def holding(place, texts):
    """The passage of a place that has its quote, or most of its words."""
    key = place["document"]
    if key.endswith(".sqlite") and place.get("table") and place.get("key"):
        key += f"#{place['table']}@{place['key']}"
    quote = plain(place.get("quote") or "")
    words = set(quote.split())
    found = [text for text in texts[key] if quote and quote in plain(text)]
    return found[0] if found else max(
        texts[key], key=lambda text: len(words & set(plain(text).split())), default=None
    )


def examples(workspace, out):
    texts = passages(workspace)
    rows = []
    for line in QUESTIONS.read_text().splitlines():
        question = json.loads(line)
        if not question["answers"] or question["kind"] == "unanswerable":
            continue
        for text in dict.fromkeys(holding(place, texts) for place in question["places"]):
            if text is not None:
                rows.append((question, text))
    # A fact goes where the earliest of its questions is.
    parts = defaultdict(set)
    for question, _ in rows:
        parts[question["fact"] or question["id"]].add(question["split"])
    out.mkdir(parents=True, exist_ok=True)
    asked = {}
    with open(out / "examples.jsonl", "w") as file:
        for question, text in rows:
            fact = question["fact"] or question["id"]
            part = min(parts[fact], key=ORDER.index)
            example = {
                "messages": [
                    {"role": "user", "content": question["question"]},
                    {"role": "assistant", "content": question["answers"][0]},
                ],
                "origin": "imported",
                "passage": text,
                "source": {"place": fact, "document": fact},
                "split": part,
            }
            file.write(json.dumps(example, ensure_ascii=False) + "\n")
            if part == "test":
                asked.setdefault(question["question"], []).append(text)
    with open(out / "test.jsonl", "w") as file:
        for number, (question, texts) in enumerate(asked.items()):
            item = {"id": str(number), "question": question, "passages": texts}
            file.write(json.dumps(item, ensure_ascii=False) + "\n")


def ndcg(relevant, count):
    gain = sum(is_right / math.log2(rank + 2) for rank, is_right in enumerate(relevant[:10]))
    return gain / sum(1 / math.log2(rank + 2) for rank in range(min(count, 10)))


def measure(out, found, weight):
    asked = [json.loads(line) for line in open(out / "test.jsonl")]
    results = {line["id"]: line["results"] for line in map(json.loads, open(found))}
    asked = [item for item in asked if item["id"] in results]

    def mean(order):
        """nDCG@10 over the questions; each hit is (score without, probability or None, right)."""
        total = 0
        for item in asked:
            hits = []
            for hit in results[item["id"]]:
                probability = hit["scores"].get("reranker")
                score = hit["score"] - weight * (probability or 0)
                hits.append((score, probability, hit["text"] in item["passages"]))
            hits.sort(key=lambda hit: -hit[0])
            total += ndcg([int(hit[2]) for hit in order(hits)], len(item["passages"]))
        return total / len(asked)

    print(f"{len(asked)} questions, as found: {mean(lambda hits: hits):.4f}")
    for depth in DEPTHS:
        best = mean(lambda hits: sorted(hits[:depth], key=lambda hit: -hit[2]) + hits[depth:])
        print(f"the best {depth} in perfect order: {best:.4f}")
    read = min(sum(hit["scores"].get("reranker") is not None for hit in hits) for hits in results.values())
    for depth in [depth for depth in DEPTHS if depth <= read]:
        for other in WEIGHTS:
            value = mean(
                lambda hits: sorted(hits[:depth], key=lambda hit: -(hit[0] + other * hit[1]))
                + hits[depth:]
            )
            print(f"the best {depth} reranked with weight {other}: {value:.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("examples")
    making.add_argument("workspace", type=Path)
    making.add_argument("out", type=Path)
    measuring = commands.add_parser("measure")
    measuring.add_argument("out", type=Path)
    measuring.add_argument("found", type=Path)
    measuring.add_argument("--weight", type=float, default=0, help="of the reranker that was in use")
    arguments = parser.parse_args()
    if arguments.command == "examples":
        examples(arguments.workspace, arguments.out)
    else:
        measure(arguments.out, arguments.found, arguments.weight)
