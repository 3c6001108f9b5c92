#!/usr/bin/env python3
"""Turn the public question sets of ../shared/data/qa into one retrieval pool, in BEIR's layout.

    python3 Scripts/prepare-retrieval-data.py --shared ../shared --out .attune-experiments/retrieval

The pool holds every distinct paragraph of XQuAD (English), QED and CLAPnq. Nothing of it belongs in
the repository: the output folder must lie outside it or be ignored by git. Standard library only.

    corpus.jsonl            {"_id", "title", "text"}
    queries.jsonl           {"_id", "text", "cluster", "split"}; cluster = the article it came from,
                            for statistics that resample whole articles
    qrels/validation.tsv    QED train questions, to choose settings on
    qrels/test.tsv          XQuAD questions
    qrels/test-clapnq.tsv   CLAPnq dev questions that have an answer, a second test set
    qa/xquad-200.jsonl      {"id", "question", "answers", "document", "cluster", "starts", "answerable"};
                            starts = offset of each answer in the document's text, in Unicode scalars
    qa/qed-calibration.jsonl  {"id", "question", "answers", "document", "cluster", "answerable"}
    qa/calibration-excluded.txt  ids of the documents to leave out of the pool for the calibration:
                            every paragraph of the articles that hold the unanswerable questions' answers
"""

import argparse
import json
import random
import re
import sys
import urllib.parse
from collections import defaultdict
from pathlib import Path

SEED = 7
VALIDATION = 1000
CALIBRATION = 300  # of each sort: answerable and not
XQUAD_ANSWERS = 200
NEAR = 0.8  # share of common word triples from which two paragraphs of one article are the same one


# QED and CLAPnq give Natural Questions text as tokens with blanks between them.
RULES = [
    (re.compile(p), r)
    for p, r in [
        (r"\s+", " "),
        (r"`` ?", '"'),
        (r" ?''", '"'),
        (r"(?<=\w\.) \.(?=\s|$)", ""),
        (r" ([,;?!%)\]}])", r"\1"),
        (r" \.(?=[\s\"')\]]|$)", "."),
        (r"([(\[{]) ", r"\1"),
        (r"(?<=[0-9]) : (?=[0-9])", ":"),
        (r" :(?=\s|$)", ":"),
        (r" (['’])(s|m|re|ve|d|ll)\b", r"\1\2"),
        (r" n(['’])t\b", r"n\1t"),
        (r"(?<=s) '(?= )", "'"),
        (r"([$£€#]) (?=[0-9])", r"\1"),
        (r"(?<=[0-9]) -- (?=[0-9])", "–"),
        (r" -- ", " – "),
        (r"(?<=\w) - (?=\w)", "-"),
        (r" ([°′″])", r"\1"),
    ]
]


def detokenise(text):
    text = text.strip()
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text.strip()


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def words_of(text):
    return re.findall(r"\w+", text.lower())


def triples(text):
    words = words_of(text)
    return {tuple(words[i:i + 3]) for i in range(max(1, len(words) - 2))}


class Pool:
    """The distinct paragraphs, in the order they were first met."""

    def __init__(self):
        self.documents = []
        self.exact = {}
        self.by_title = defaultdict(list)
        self.merged = 0

    def add(self, source, title, text):
        """The id under which this paragraph stands in the pool."""
        key = " ".join(words_of(text))
        found = self.exact.get(key)
        if found is None:
            own = triples(text)
            for other, theirs in self.by_title[title.lower()]:
                if len(own & theirs) >= NEAR * len(own | theirs):
                    found = other
                    break
        if found is not None:
            self.merged += 1
            self.exact[key] = found
            return found
        identifier = f"{source}-{len(self.documents):05d}"
        self.documents.append({"_id": identifier, "title": title, "text": text, "source": source})
        self.exact[key] = identifier
        self.by_title[title.lower()].append((identifier, own))
        return identifier


def qed_answers(example):
    if "answer_text" in example:
        return example["answer_text"]
    return sorted({span["string"] for answer in example["original_nq_answers"] for span in answer})


def write_lines(path, records):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_qrels(path, pairs):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write("query-id\tcorpus-id\tscore\n")
        for query, document in pairs:
            file.write(f"{query}\t{document}\t1\n")


def xquad_questions(qa, pool):
    articles = json.loads((qa / "xquad/xquad.en.json").read_text(encoding="utf-8"))["data"]
    questions = []
    for article in articles:
        title = urllib.parse.unquote(article["title"]).replace("_", " ")
        for paragraph in article["paragraphs"]:
            document = pool.add("xquad", title, paragraph["context"])
            for entry in paragraph["qas"]:
                questions.append({
                    "id": f"xquad-{entry['id']}", "question": entry["question"].strip(),
                    "answers": [a["text"] for a in entry["answers"]], "document": document,
                    "cluster": title, "starts": [a["answer_start"] for a in entry["answers"]],
                    "answerable": True})
    return questions


def qed_questions(qa, pool):
    train, seen = [], set()
    folder = qa / "qed/first-release"
    for name in sorted(p.name for p in folder.glob("nq-train-*.jsonlines")):
        for example in read_lines(folder / name):
            title = detokenise(example["title_text"])
            document = pool.add("qed", title, detokenise(example["paragraph_text"]))
            question = example["question_text"].strip()
            if question.lower() in seen:
                continue
            seen.add(question.lower())
            train.append({
                "id": f"qed-{example['example_id']}", "question": question,
                "answers": [detokenise(a) for a in qed_answers(example)],
                "document": document, "cluster": title})
    # The development paragraphs fill the pool; their questions are not used.
    for path in [*sorted(folder.glob("nq-dev-*.jsonlines")), qa / "qed/qed-dev.jsonlines"]:
        for example in read_lines(path):
            pool.add("qed", detokenise(example["title_text"]), detokenise(example["paragraph_text"]))
    return train


def clapnq_questions(qa, pool):
    questions = []
    for name, answerable in [("answerable", True), ("unanswerable", False)]:
        for example in read_lines(qa / f"clapnq/annotated_data/dev/clapnq_dev_{name}.jsonl"):
            for passage in example["passages"]:
                title = detokenise(passage["title"])
                document = pool.add("clapnq", title, detokenise(passage["text"]))
            if answerable:
                questions.append({
                    "id": f"clapnq-{example['id']}", "question": example["input"].strip(),
                    "document": document, "cluster": title})
    return questions


def spread(rng, questions, count):
    """`count` questions, as evenly over the articles as they allow."""
    by_cluster = defaultdict(list)
    for question in questions:
        by_cluster[question["cluster"]].append(question)
    for group in by_cluster.values():
        rng.shuffle(group)
    chosen = []
    while len(chosen) < count and any(by_cluster.values()):
        for cluster in sorted(by_cluster):
            if by_cluster[cluster] and len(chosen) < count:
                chosen.append(by_cluster[cluster].pop())
    return chosen


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).resolve().parent.parent
    arguments.add_argument("--shared", type=Path, default=root.parent / "shared")
    arguments.add_argument("--out", type=Path, default=root / ".attune-experiments/retrieval")
    options = arguments.parse_args()
    qa, out = options.shared / "data/qa", options.out
    if not (qa / "xquad/xquad.en.json").exists():
        sys.exit(f"no data/qa/xquad in {options.shared}: give the folder that holds data/ with --shared")

    pool = Pool()
    xquad = xquad_questions(qa, pool)
    qed = qed_questions(qa, pool)
    clapnq = clapnq_questions(qa, pool)
    text_of = {d["_id"]: d["text"] for d in pool.documents}

    # Settings must not be chosen on articles that they are then shown on.
    tested = {q["cluster"].lower() for q in xquad + clapnq}
    tested_documents = {q["document"] for q in xquad + clapnq}
    rng = random.Random(SEED)
    free = [q for q in qed
            if q["cluster"].lower() not in tested and q["document"] not in tested_documents]
    rng.shuffle(free)
    validation, rest = free[:VALIDATION], free[VALIDATION:]

    # Unanswerable: the whole article goes from the pool, and with it everything that may answer.
    stands = [q for q in rest if any(a and a in text_of[q["document"]] for a in q["answers"])]
    unanswerable = stands[:CALIBRATION]
    gone = {q["cluster"].lower() for q in unanswerable}
    excluded = sorted(d["_id"] for d in pool.documents if d["title"].lower() in gone)
    gone_documents = set(excluded)
    answerable = [q for q in stands[CALIBRATION:]
                  if q["cluster"].lower() not in gone and q["document"] not in gone_documents][:CALIBRATION]
    calibration = [{**q, "answerable": True} for q in answerable] \
        + [{**q, "answerable": False} for q in unanswerable]
    rng.shuffle(calibration)

    write_lines(out / "corpus.jsonl",
                [{k: d[k] for k in ("_id", "title", "text")} for d in pool.documents])
    write_lines(out / "queries.jsonl", [
        {"_id": q["id"], "text": q["question"], "cluster": q["cluster"], "split": split}
        for split, group in [("validation", validation), ("test", xquad), ("test-clapnq", clapnq)]
        for q in group])
    for name, group in [("validation", validation), ("test", xquad), ("test-clapnq", clapnq)]:
        write_qrels(out / f"qrels/{name}.tsv", [(q["id"], q["document"]) for q in group])
    write_lines(out / "qa/xquad-200.jsonl", spread(rng, xquad, XQUAD_ANSWERS))
    write_lines(out / "qa/qed-calibration.jsonl", calibration)
    (out / "qa/calibration-excluded.txt").write_text("".join(f"{i}\n" for i in excluded))

    for question in xquad:
        for answer, start in zip(question["answers"], question["starts"]):
            # A paragraph merged with another edition could move its answers.
            if text_of[question["document"]][start:start + len(answer)] != answer:
                sys.exit(f"answer of {question['id']} is not where it should be")
    sources = defaultdict(int)
    for document in pool.documents:
        sources[document["source"]] += 1
    stated = sum(any(a in text_of[q["document"]] for a in q["answers"]) for q in qed)
    print(f"{len(pool.documents)} paragraphs {dict(sources)}, {pool.merged} repeats merged")
    print(f"queries: validation {len(validation)}, test {len(xquad)}, test-clapnq {len(clapnq)}")
    print(f"QED answers found in the detokenised paragraph: {stated} of {len(qed)}")
    print(f"calibration: {len(answerable)} answerable, {len(unanswerable)} not "
          f"({len(excluded)} paragraphs to leave out)")


if __name__ == "__main__":
    main()
