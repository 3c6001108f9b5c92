#!/usr/bin/env python3
"""Turn MedQuAD, in ../shared/data/qa, into questions with passages to train on and to be measured on.

    python3 Scripts/prepare-medquad.py --shared ../shared --out .attune-experiments/medquad

An answer is a passage: its text behind the name of what it is about, as a document's title stands in
front of its passages. Documents about the same thing (same name, a synonym, or the same question) form a
cluster, and a cluster is on one side of the split only. Nothing of the data belongs in the repository: the
output folder must lie outside it or be ignored by git. Standard library only.

    corpus.jsonl          {"_id", "title", "text", "cluster", "document"}, every distinct passage
    queries.jsonl         {"_id", "text", "cluster", "split"}, every distinct question
    qrels/SPLIT.tsv       which passages answer a question: all that any document gives for it
    train.jsonl           {"question", "title", "passage", "document", "cluster", "type"} of the train split
"""

import argparse
import json
import random
import re
import tarfile
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

SEED = 7
HELD_OUT = {"test": 1200, "validation": 400}  # questions, about
LOOSE = 60  # a cluster of more pairs is a chain of loose synonyms: it is trained on


def plain(text):
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def tidy(text):
    return re.sub(r"\s+", " ", text or "").strip()


def read(path):
    """The pairs that have an answer, in the order of the documents' names."""
    pairs = []
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            if not member.name.endswith(".xml"):
                continue
            root = ElementTree.parse(archive.extractfile(member)).getroot()
            names = [tidy(root.findtext("Focus"))] + [tidy(item.text) for item in root.iter("Synonym")]
            for pair in root.iter("QAPair"):
                question, answer = tidy(pair.findtext("Question")), tidy(pair.findtext("Answer"))
                if question and answer:
                    pairs.append({
                        "document": member.name.removeprefix("./").removesuffix(".xml"), "names": names,
                        "question": question, "title": names[0], "passage": answer,
                        "type": pair.find("Question").get("qtype", "")})
    return pairs


def cluster(pairs):
    parents = {}

    def root(node):
        parents.setdefault(node, node)
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for pair in pairs:
        shared = [("question", plain(pair["question"]))] + [("name", plain(name)) for name in pair["names"] if name]
        for node in shared:
            parents[root(node)] = root(("document", pair["document"]))
    first = {}
    for pair in pairs:
        pair["cluster"] = first.setdefault(root(("document", pair["document"])), pair["document"])


def split(pairs):
    members = defaultdict(list)
    for pair in pairs:
        members[pair["cluster"]].append(pair)
    names = sorted(members)
    random.Random(SEED).shuffle(names)
    left = dict(HELD_OUT)
    for name in names:
        open_parts = [part for part, count in left.items() if count > 0]
        part = open_parts[0] if open_parts and len(members[name]) <= LOOSE else "train"
        if part in left:
            left[part] -= len({plain(pair["question"]) for pair in members[name]})
        for pair in members[name]:
            pair["split"] = part


def write_lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--out", default=".attune-experiments/medquad")
    arguments = parser.parse_args()
    out = Path(arguments.out)
    pairs = read(Path(arguments.shared) / "data/qa/medquad/medquad.tar.gz")
    cluster(pairs)
    split(pairs)

    passages, queries, relevant = {}, {}, defaultdict(set)
    for pair in pairs:
        key = (pair["title"], pair["passage"])
        passage = passages.setdefault(key, {
            "_id": f"p{len(passages)}", "title": pair["title"], "text": pair["passage"],
            "cluster": pair["cluster"], "document": pair["document"]})
        query = queries.setdefault(plain(pair["question"]), {
            "_id": f"q{len(queries)}", "text": pair["question"], "cluster": pair["cluster"], "split": pair["split"]})
        relevant[query["_id"]].add(passage["_id"])
    write_lines(out / "corpus.jsonl", passages.values())
    write_lines(out / "queries.jsonl", queries.values())
    for part in ("train", *HELD_OUT):
        path = out / "qrels" / f"{part}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [
            f"{query['_id']}\t{passage}\t1" for query in queries.values() if query["split"] == part
            for passage in sorted(relevant[query["_id"]], key=lambda name: int(name[1:]))]
        path.write_text("query-id\tcorpus-id\tscore\n" + "".join(row + "\n" for row in rows))
    wanted = ("question", "title", "passage", "document", "cluster", "type")
    write_lines(out / "train.jsonl", ({key: pair[key] for key in wanted} for pair in pairs if pair["split"] == "train"))
    counts = {part: sum(query["split"] == part for query in queries.values()) for part in ("train", *HELD_OUT)}
    clusters = {part: len({pair["cluster"] for pair in pairs if pair["split"] == part}) for part in counts}
    print(f"{len(pairs)} pairs, {len(passages)} passages, questions {counts}, clusters {clusters}")


if __name__ == "__main__":
    main()
