#!/usr/bin/env python3
"""Retrieval figures from well-known parts, to check Attune's own against.

    python3 Scripts/reference-retrieval.py --data .attune-experiments/retrieval --model FOLDER

Over the pool of prepare-retrieval-data.py: exact dense search with sentence-transformers, BM25
(k1 = 1.2, b = 0.75) in plain numpy, BM25 of SQLite's FTS5 with its porter tokenizer, and fusions of
dense and lexical. Prints a Markdown report: nDCG@10 and recall@10 with 95% intervals and paired
differences, from a bootstrap that draws whole articles. Fusion settings are chosen on validation.
"""

import argparse
import json
import math
import os
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy

DEPTH = 100  # candidates each retriever hands to a fusion
WINDOW, STRIDE = 200, 150  # tokens, for documents longer than the model reads


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_qrels(path):
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {query: document for query, document, _ in rows}


# Retrievers: each returns, for every query, (document numbers, scores), best first.

def embed(model, texts, cache, known=None):
    """Vectors of the texts, kept in the file `cache`; `known` maps texts to vectors made before."""
    if cache.exists():
        return numpy.load(cache)
    known = dict(known or {})
    new = [t for t in dict.fromkeys(texts) if t not in known]
    known.update(zip(new, model.encode(
        new, batch_size=16, normalize_embeddings=True, show_progress_bar=False)))
    vectors = numpy.stack([known[t] for t in texts])
    numpy.save(cache, vectors)
    return vectors


def windows(tokenizer, title, text):
    """The text in overlapping pieces that fit the model, each with the title in front."""
    spans = tokenizer.encode(text, add_special_tokens=False).offsets
    if len(spans) + len(tokenizer.encode(title, add_special_tokens=False).ids) <= 254:
        return [f"{title}\n{text}"]
    pieces = []
    for first in range(0, max(1, len(spans) - (WINDOW - STRIDE)), STRIDE):
        last = min(first + WINDOW, len(spans)) - 1
        pieces.append(f"{title}\n{text[spans[first][0]:spans[last][1]]}")
    return pieces


def best(scores):
    scores = numpy.asarray(scores, dtype=numpy.float64)
    top = numpy.argsort(-scores, kind="stable")[:DEPTH]
    return top, scores[top]


def dense(queries, vectors, owner, count):
    """The lists, and the score of every document for every query."""
    every = numpy.full((len(queries), count), -1.0, dtype=numpy.float32)
    for scores, row in zip(every, queries @ vectors.T):
        numpy.maximum.at(scores, owner, row)
    return [best(scores) for scores in every], every


class BM25:
    def __init__(self, texts, k1=1.2, b=0.75):
        counts = [Counter(self.words(t)) for t in texts]
        lengths = numpy.array([sum(c.values()) for c in counts], dtype=float)
        norm = k1 * (1 - b + b * lengths / lengths.mean())
        postings = defaultdict(list)
        for document, count in enumerate(counts):
            for word, n in count.items():
                postings[word].append((document, n))
        self.count = len(texts)
        self.postings = {}
        for word, entries in postings.items():
            documents = numpy.array([d for d, _ in entries])
            n = numpy.array([c for _, c in entries], dtype=float)
            idf = math.log(1 + (len(texts) - len(entries) + 0.5) / (len(entries) + 0.5))
            self.postings[word] = documents, idf * n * (k1 + 1) / (n + norm[documents])

    @staticmethod
    def words(text):
        return re.findall(r"\w+", text.lower())

    def search(self, query):
        scores = numpy.zeros(self.count)
        for word in self.words(query):
            if word in self.postings:
                documents, weights = self.postings[word]
                scores[documents] += weights
        top, values = best(scores)
        return top[values > 0], values[values > 0]


class FTS5:
    def __init__(self, corpus, columns):
        self.database = sqlite3.connect(":memory:")
        names = ", ".join(columns)
        self.database.execute(
            f"CREATE VIRTUAL TABLE pool USING fts5({names}, tokenize = 'porter unicode61 remove_diacritics 2')")
        self.database.executemany(
            f"INSERT INTO pool(rowid, {names}) VALUES (?, {', '.join('?' * len(columns))})",
            [(i, *(make(d) for make in columns.values())) for i, d in enumerate(corpus)])

    def search(self, query):
        words = dict.fromkeys(BM25.words(query))
        if not words:
            return numpy.array([], dtype=int), numpy.array([])
        rows = self.database.execute(
            "SELECT rowid, -bm25(pool) FROM pool WHERE pool MATCH ? ORDER BY bm25(pool), rowid LIMIT ?",
            (" OR ".join(f'"{w}"' for w in words), DEPTH)).fetchall()
        return numpy.array([r for r, _ in rows], dtype=int), numpy.array([s for _, s in rows])


# Fusions

def reciprocal_rank(a, b, k, weight=0.5):
    fused = defaultdict(float)
    for share, (documents, _) in ((weight, a), (1 - weight, b)):
        for rank, document in enumerate(documents):
            fused[int(document)] += share / (k + rank + 1)
    ordered = sorted(fused.items(), key=lambda item: (-item[1], item[0]))[:DEPTH]
    return numpy.array([d for d, _ in ordered]), numpy.array([s for _, s in ordered])


def convex(a, b, weight):
    """weight * dense + (1 - weight) * lexical, each scaled to 0...1 over its own candidates."""
    fused = defaultdict(float)
    for share, (documents, scores) in ((weight, a), (1 - weight, b)):
        if len(scores) == 0:
            continue
        low, high = scores.min(), scores.max()
        for document, score in zip(documents, scores):
            fused[int(document)] += share * (score - low) / ((high - low) or 1)
    ordered = sorted(fused.items(), key=lambda item: (-item[1], item[0]))[:DEPTH]
    return numpy.array([d for d, _ in ordered]), numpy.array([s for _, s in ordered])


def by_score(every, a, b, weight):
    """cosine + weight * lexical / best lexical, over the candidates of both lists.

    The cosine is exact for each candidate; one that only dense search found gets the last lexical
    score of the list. The size of the scores stays, so that a question whose words are found
    together counts more on the lexical side than one whose words are not.
    """
    (close, _), (documents, scores) = a, b
    candidates = numpy.union1d(close, documents).astype(int)
    fused = every[candidates].astype(numpy.float64)
    if len(scores):
        lexical = dict(zip(documents.tolist(), scores))
        fused += weight / scores[0] * numpy.array([lexical.get(c, scores[-1]) for c in candidates.tolist()])
    order = numpy.argsort(-fused, kind="stable")[:DEPTH]
    return candidates[order], fused[order]


# Measures: one relevant document a query

def measures(results, relevant):
    ndcg, recall = [], []
    for (documents, _), wanted in zip(results, relevant):
        places = numpy.nonzero(documents[:10] == wanted)[0]
        recall.append(float(len(places) > 0))
        ndcg.append(1 / math.log2(places[0] + 2) if len(places) else 0.0)
    return numpy.array(ndcg), numpy.array(recall)


def interval(values, clusters, rng, rounds=2000):
    """95% interval of the mean when whole articles are drawn again."""
    _, groups = numpy.unique(clusters, return_inverse=True)
    sums = numpy.bincount(groups, weights=values)
    sizes = numpy.bincount(groups)
    draws = rng.integers(0, len(sums), size=(rounds, len(sums)))
    means = sums[draws].sum(1) / sizes[draws].sum(1)
    return numpy.percentile(means, [2.5, 97.5])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).resolve().parent.parent
    arguments.add_argument("--data", type=Path, default=root / ".attune-experiments/retrieval")
    arguments.add_argument("--model", type=Path, default=Path.home() / ".cache/attune/models/all-MiniLM-L6-v2")
    options = arguments.parse_args()
    if not (options.data / "corpus.jsonl").exists():
        sys.exit(f"no corpus.jsonl in {options.data}: run Scripts/prepare-retrieval-data.py first")

    import sentence_transformers
    import tokenizers
    model = sentence_transformers.SentenceTransformer(str(options.model), device="cpu")
    model.max_seq_length = 256

    corpus = read_lines(options.data / "corpus.jsonl")
    queries = read_lines(options.data / "queries.jsonl")
    number = {d["_id"]: i for i, d in enumerate(corpus)}
    splits = ["validation", "test", "test-clapnq"]
    qrels = {s: read_qrels(options.data / f"qrels/{s}.tsv") for s in splits}
    relevant = [number[qrels[q["split"]][q["_id"]]] for q in queries]
    clusters = numpy.array([q["cluster"] for q in queries])
    at = {s: numpy.array([i for i, q in enumerate(queries) if q["split"] == s]) for s in splits}

    cache = options.data / "reference"
    cache.mkdir(exist_ok=True)
    asked = embed(model, [q["text"] for q in queries], cache / "queries.npy")
    texts = [f"{d['title']}\n{d['text']}" for d in corpus]
    whole = embed(model, texts, cache / "title-text.npy")
    # The model's own tokenizer file asks for truncation and padding.
    tokenizer = tokenizers.Tokenizer.from_file(str(options.model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces, owner = [], []
    for i, d in enumerate(corpus):
        found = windows(tokenizer, d["title"], d["text"])
        pieces += found
        owner += [i] * len(found)
    cut = embed(model, pieces, cache / "windows.npy", dict(zip(texts, whole)))

    everyone = numpy.arange(len(corpus))
    numpy_bm25 = BM25(texts)
    bare_bm25 = BM25([d["text"] for d in corpus])
    one_column = FTS5(corpus, {"body": lambda d: f"{d['title']}\n{d['text']}"})
    bare_column = FTS5(corpus, {"body": lambda d: d["text"]})
    ask = [q["text"] for q in queries]
    best_window = f"dense, title + text, windows of {WINDOW} tokens, best window"
    d, every = dense(asked, cut, numpy.array(owner), len(corpus))
    results = {
        "dense, title + text, first 256 tokens": dense(asked, whole, everyone, len(corpus))[0],
        best_window: d,
        "BM25 (numpy, no stemming), text only": [bare_bm25.search(q) for q in ask],
        "BM25 (numpy, no stemming), title + text": [numpy_bm25.search(q) for q in ask],
        "BM25 (FTS5 porter), text only": [bare_column.search(q) for q in ask],
        "BM25 (FTS5 porter), title + text": [one_column.search(q) for q in ask],
    }
    fused = {}
    for lexical, label in [("BM25 (numpy, no stemming), title + text", "numpy"),
                           ("BM25 (FTS5 porter), title + text", "FTS5")]:
        b = results[lexical]
        results[f"RRF k=60, dense windows + {label}"] = [reciprocal_rank(x, y, 60) for x, y in zip(d, b)]
        for name, make, grid in [
            ("weighted RRF", lambda i, k, w: reciprocal_rank(d[i], b[i], k, w),
             [(k, w) for k in (1, 2, 5, 10, 20, 60) for w in (0.8, 0.7, 0.6, 0.5, 0.4, 0.3)]),
            ("min-max", lambda i, w: convex(d[i], b[i], w), [(w / 20,) for w in range(20, -1, -1)]),
            ("scores", lambda i, w: by_score(every[i], d[i], b[i], w),
             [(w,) for w in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8, 1.0)]),
        ]:
            chosen = at["validation"]
            tried = []
            for setting in grid:
                values = measures([make(i, *setting) for i in chosen], [relevant[i] for i in chosen])[0]
                tried.append((values.mean(), values.std() / math.sqrt(len(values)), setting))
            fused[f"{name}, {label}"] = [(round(float(v), 4), g) for v, _, g in tried]
            top = max(tried, key=lambda t: t[0])
            picks = {"best on validation": top[2]}
            if len(grid[0]) == 1:
                # The grids run from dense to lexical; the last setting within one standard error of
                # the best is the most even mix that validation cannot tell from it.
                picks["one-standard-error rule"] = [g for v, _, g in tried if v >= top[0] - top[1]][-1]
            for rule, setting in picks.items():
                results[f"{name} {setting}, {rule}, dense windows + {label}"] = [
                    make(i, *setting) for i in range(len(queries))]

    rng = numpy.random.default_rng(1)
    print("# Reference retrieval figures\n")
    print(f"Pool of {len(corpus)} paragraphs, {len(pieces)} windows; "
          + ", ".join(f"{s} {len(at[s])} queries in {len(set(clusters[at[s]]))} articles" for s in splits)
          + f". sentence-transformers {sentence_transformers.__version__}, SQLite {sqlite3.sqlite_version}.\n")
    scores = {name: measures(found, relevant) for name, found in results.items()}
    for split in splits:
        print(f"## {split}\n\n| retriever | nDCG@10 | 95% | recall@10 | 95% |\n|---|---|---|---|---|")
        for name, pair in scores.items():
            cells = []
            for values in pair:
                low, high = interval(values[at[split]], clusters[at[split]], rng)
                cells += [f"{values[at[split]].mean():.4f}", f"{low:.4f} to {high:.4f}"]
            print(f"| {name} | " + " | ".join(cells) + " |")
        print("\n| difference | nDCG@10 | 95% | recall@10 | 95% |\n|---|---|---|---|---|")
        for name in [n for n in scores if "+ numpy" in n or "+ FTS5" in n]:
            lexical = next(n for n in scores if n.startswith("BM25") and n.endswith("title + text")
                           and ("FTS5" in n) == ("FTS5" in name))
            for part in (best_window, lexical):
                cells = []
                for mine, theirs in zip(scores[name], scores[part]):
                    values = (mine - theirs)[at[split]]
                    low, high = interval(values, clusters[at[split]], rng)
                    cells += [f"{values.mean():+.4f}", f"{low:+.4f} to {high:+.4f}"]
                print(f"| {name} − {part} | " + " | ".join(cells) + " |")
        print()
    print("## Settings tried on validation (nDCG@10)\n")
    for name, tried in fused.items():
        print(f"- {name}: " + "; ".join(f"{g if len(g) > 1 else g[0]} {s}" for s, g in tried))


if __name__ == "__main__":
    main()
