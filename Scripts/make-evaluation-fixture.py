#!/usr/bin/env python3
"""Makes the golden values that the tests of room Evaluation are held to.

Everything is computed here by other means than in Swift: scipy's distributions, tests and
optimisers, or the plainest formula over all cases. Needs Python 3.11, numpy 2 and scipy 1.17.

    python3 Scripts/make-evaluation-fixture.py
"""

import json
import math
import pathlib
import random
import re
import string

import numpy as np
from scipy import optimize, special, stats

OUT = pathlib.Path(__file__).resolve().parent.parent / "Tests/EvaluationTests/Fixtures/golden.json"
rng = random.Random(20261123)


def numerics():
    dfs = [1, 2, 3, 4.5, 9, 19, 39, 100, 1000, 1e5]
    ps = [1e-6, 0.001, 0.025, 0.05, 0.3, 0.5, 0.8, 0.95, 0.975, 0.995, 0.9999]
    return {
        "tQuantile": [[p, df, float(stats.t.ppf(p, df))] for df in dfs for p in ps],
        "tTwoSided": [[t, df, float(2 * stats.t.sf(t, df))]
                      for df in dfs for t in [0, 1e-4, 0.3, 1, 1.96, 4, 12, 60]],
        "normalQuantile": [[p, float(special.ndtri(p))] for p in [1e-12, 1e-5] + ps],
        "logGamma": [[x, float(special.gammaln(x))] for x in [1e-3, 0.1, 0.5, 1.5, 3, 10, 171, 1e5]],
        "incompleteBeta": [[x, a, b, float(special.betainc(a, b, x))]
                           for x in [1e-6, 0.01, 0.3, 0.5, 0.77, 0.999]
                           for a, b in [(0.5, 0.5), (1, 1), (2, 5), (19.5, 0.5), (300, 200), (5e4, 0.5)]],
    }


def ranking_case():
    items = [f"d{i}" for i in range(30)]
    ranked = rng.sample(items, rng.randint(0, 25))
    top = rng.choice([1, 3])
    grades = {d: rng.randint(-1 if top > 1 else 0, top) for d in rng.sample(items, rng.randint(1, 15))}
    k = rng.choice([1, 3, 5, 10, 20])
    gain = [max(0, grades.get(d, 0)) for d in ranked]
    relevant = [g for g in grades.values() if g > 0]

    def dcg(values):
        return sum(g / math.log2(i + 2) for i, g in enumerate(values[:k]))

    ideal = dcg(sorted(relevant, reverse=True))
    precisions = [sum(g > 0 for g in gain[: i + 1]) / (i + 1) for i, g in enumerate(gain) if g > 0]
    first = next((i + 1 for i, g in enumerate(gain[:k]) if g > 0), None)
    return {
        "ranked": ranked, "grades": grades, "k": k,
        "nDCG": dcg(gain) / ideal if ideal else 0.0,
        "recall": sum(g > 0 for g in gain[:k]) / len(relevant) if relevant else 0.0,
        "precision": sum(g > 0 for g in gain[:k]) / k,
        "reciprocalRank": 1 / first if first else 0.0,
        "averagePrecision": sum(precisions) / len(relevant) if relevant else 0.0,
    }


def squad_words(text):
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def bag_f1(a, b):
    common = sum(min(a.count(w), b.count(w)) for w in set(a))
    return 2 * common / (len(a) + len(b)) if common else 0.0


def lcs(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


def answers():
    alphabet = list("aAnNtThHeE  ..,,'-_%$()\t\n") + [
        "the", "The", "an", "a", "Å", "é", "e\u0301", "a\u0301", "Σ", "Α", "ß", "İ", "…", "“", "€",
        "中", "文", "²", "½", "\u00a0", "\u2009", "\u200d", "\x1c", "а", "Ж", "9", "10", "अ", "ि"]
    fixed = ["The  Cat's an-a hat!", "", "a an the", "ΟΔΟΣ ΣΑΣ Σ", "the\u0301 x", "1,000.50", "AN_a",
             "ΑΣ\u0301 ΑΣ.Β"]
    texts = fixed + ["".join(rng.choices(alphabet, k=rng.randint(1, 20))) for _ in range(400)]
    normalized = [[t, " ".join(squad_words(t))] for t in texts]
    words = ["the", "tide", "gauge", "a", "mast", "of", "Silla", "probe", "four"]
    pairs = []
    for _ in range(100):
        a = rng.choices(words, k=rng.randint(0, 9))
        b = rng.choices(words, k=rng.randint(0, 9))
        length = lcs([w.lower() for w in a], [w.lower() for w in b])
        sa, sb = squad_words(" ".join(a)), squad_words(" ".join(b))
        pairs.append({
            "answer": " ".join(a), "accepted": " ".join(b), "exact": sa == sb, "f1": bag_f1(sa, sb),
            "rougeL": 2 * length / (len(a) + len(b)) if length else 0.0})
    return {"normalized": normalized, "pairs": pairs}


def outcome_case(ties):
    n = rng.randint(8, 60)
    confidence = [rng.randint(0, 10) / 10 if ties else rng.random() for _ in range(n)]
    correct = [int(rng.random() < 0.2 + 0.6 * c) for c in confidence]
    correct[:2] = [0, 1]
    c, y = np.array(confidence), np.array(correct)
    u = stats.mannwhitneyu(c[y == 1], c[y == 0]).statistic
    # The mean over many orders of the ties, each measured by the definition.
    areas = []
    for seed in range(4000 if ties else 1):
        noise = np.random.default_rng(seed).random(n)
        order = np.lexsort((noise, -c))
        areas.append(np.mean(np.cumsum(1 - y[order]) / np.arange(1, n + 1)))
    ece = 0.0
    for i in range(10):
        held = (np.ceil(c * 10).clip(1, 10) - 1) == i
        if held.any():
            ece += held.mean() * abs(y[held].mean() - c[held].mean())
    iso = optimize.isotonic_regression(
        [y[c == v].mean() for v in np.unique(c)], weights=[(c == v).sum() for v in np.unique(c)])
    thresholds = []
    for v in np.unique(c):
        given = c >= v
        thresholds.append((float(given.mean()), float((1 - y)[given].sum() / given.sum()),
                           0.5 * (y[given].sum() / y.sum() + (1 - y)[~given].sum() / (1 - y).sum())))
    allowed = [t for t in thresholds if t[1] <= 0.3]
    return {
        "confidence": confidence, "correct": [bool(v) for v in correct],
        "auroc": float(u / (y.sum() * (1 - y).sum())), "ece": float(ece),
        "aurc": float(np.mean(areas)), "aurcTolerance": 4e-3 if ties else 1e-12,
        "isotonicAt": [float(v) for v in np.unique(c)], "isotonic": [float(v) for v in iso.x],
        "coverageAtRisk03": max((t[0] for t in allowed), default=0.0),
        "bestBalancedAccuracy": float(max(t[2] for t in thresholds)),
    }


class SplitMix:
    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed

    def below(self, count):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return ((z ^ (z >> 31)) * count) >> 64


def paired_case(clusters):
    pairs = []
    for g in range(clusters):
        shift = rng.gauss(0.1, 0.3)
        for _ in range(rng.randint(1, 6)):
            second = rng.random()
            pairs.append([f"doc-{g:03d}", round(second + shift + rng.gauss(0, 0.2), 6), round(second, 6)])
    names = sorted({p[0] for p in pairs})
    d = np.array([p[1] - p[2] for p in pairs])
    member = np.array([names.index(p[0]) for p in pairs])
    n, g, mean = len(d), len(names), d.mean()
    sums = np.array([d[member == i].sum() for i in range(g)])
    counts = np.array([(member == i).sum() for i in range(g)])
    residual = np.array([(d - mean)[member == i].sum() for i in range(g)])
    se = math.sqrt(g / (g - 1) * (residual ** 2).sum()) / n
    t = stats.t.ppf(0.975, g - 1)
    generator = SplitMix(7)
    means = []
    for _ in range(2000):
        drawn = [generator.below(g) for _ in range(g)]
        means.append(sums[drawn].sum() / counts[drawn].sum())
    case = {
        "pairs": pairs, "mean": float(mean), "se": float(se),
        "interval": [float(mean - t * se), float(mean + t * se)],
        "p": float(2 * stats.t.sf(abs(mean / se), g - 1)),
        "bootstrap": [float(v) for v in np.quantile(means, [0.025, 0.975])],
    }
    if g <= 14:
        test = stats.permutation_test((sums,), lambda x, axis=-1: np.sum(x, axis=axis),
                                      permutation_type="samples", n_resamples=np.inf)
        case["signFlip"] = float(test.pvalue)
    return case


def paired():
    singles = [[f"q{i:02d}", rng.random(), rng.random()] for i in range(15)]
    test = stats.ttest_rel([s[1] for s in singles], [s[2] for s in singles])
    return {"cases": [paired_case(g) for g in [2, 5, 9, 12, 14, 35]],
            "unclustered": {"pairs": singles, "t": float(test.statistic), "p": float(test.pvalue)}}


def proportions():
    wilson, mcnemar = [], []
    for successes, n in [(0, 1), (0, 20), (3, 20), (20, 20), (150, 250), (999, 1000)]:
        ci = stats.binomtest(successes, n).proportion_ci(0.95, method="wilson")
        wilson.append([successes, n, float(ci.low), float(ci.high)])
    for b, c in [(0, 1), (0, 5), (1, 9), (7, 7), (8, 7), (30, 12), (200, 260), (0, 40)]:
        mcnemar.append([b, c, float(stats.binomtest(b, b + c).pvalue)])
    ps = [0.012, 0.2, 0.001, 0.04, 0.04, 0.9]
    order = np.argsort(ps, kind="stable")
    adjusted, running = [0.0] * len(ps), 0.0
    for step, i in enumerate(order):
        running = max(running, min(1, ps[i] * (len(ps) - step)))
        adjusted[i] = running
    return {"wilson": wilson, "mcnemar": mcnemar, "holm": [ps, adjusted]}


def logistic_case(rows, width, penalty, separable=False):
    x = np.array([[rng.gauss(3 * j, 1 + j) for j in range(width)] for _ in range(rows)])
    x[:, -1] = 4.25 if width > 2 else x[:, -1]
    score = (x[:, 0] - x[:, 0].mean()) * 1.3 + (0.4 if not separable else 0)
    y = (score > 0) if separable else np.array([rng.random() < special.expit(s) for s in score])
    scale = x.std(axis=0)
    scale[scale == 0] = 1
    z = (x - x.mean(axis=0)) / scale

    def loss(w):
        s = (w[0] + z @ w[1:]) * np.where(y, 1, -1)
        return np.logaddexp(0, -s).sum() + penalty / 2 * (w[1:] ** 2).sum()

    def slope(w):
        r = special.expit(w[0] + z @ w[1:]) - y
        return np.concatenate([[r.sum()], z.T @ r + penalty * w[1:]])

    fit = optimize.minimize(loss, np.zeros(width + 1), jac=slope, method="BFGS",
                            options={"gtol": 1e-10, "maxiter": 5000})
    return {"features": x.tolist(), "labels": [bool(v) for v in y], "penalty": penalty,
            "bias": float(fit.x[0]), "weights": fit.x[1:].tolist()}


golden = {
    "numerics": numerics(),
    "rankings": [ranking_case() for _ in range(60)],
    "answers": answers(),
    "outcomes": [outcome_case(ties) for ties in [False, True] for _ in range(6)],
    "paired": paired(),
    "proportions": proportions(),
    "logistic": [logistic_case(60, 2, 1.0), logistic_case(120, 3, 0.1),
                 logistic_case(40, 1, 0.5, separable=True)],
}
OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text(json.dumps(golden, indent=None, separators=(",", ":"), ensure_ascii=True) + "\n")
print(OUT, OUT.stat().st_size, "bytes")
