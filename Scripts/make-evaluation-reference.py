#!/usr/bin/env python3
"""Makes the values that room Evaluation's measures and tests are held to by the packages that the
field takes them from: SQuAD's official script, rouge-score, trec_eval, statsmodels and scipy.

The random cases are not stored: this script and the tests draw them from the same seeded stream, so
only the values stand in the fixture. SQuAD's script (evaluate-v1.1) is given as a file; it is
`metrics/squad/compute_score.py` of github.com/huggingface/evaluate.

    pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0 rouge-score==0.1.2 \
        pytrec_eval-terrier==0.5.11
    python3 Scripts/make-evaluation-reference.py compute_score.py
"""

import importlib.util
import json
import math
import pathlib
import sys

import numpy as np
import pytrec_eval
from rouge_score import rouge_scorer
from scipy import linalg, stats
from statsmodels.api import OLS
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

OUT = pathlib.Path(__file__).resolve().parent.parent / "Tests/EvaluationTests/Fixtures/reference.json"
CASES = 1000


class SplitMix:
    """The tests' generator, with their way to an index below a count."""

    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return z ^ (z >> 31)

    def below(self, count):
        return (self.next() * count) >> 64

    def text(self, pieces, most):
        return "".join(pieces[self.below(len(pieces))] for _ in range(self.below(most + 1)))


def answers(script):
    """Exact match and F1 of an answer against one to three accepted ones; half of the answers are an
    accepted one with noise around it."""
    pieces = ["the ", "The ", "a ", "An ", "an-", "tide", " ", " ", "Gauge", " mast", "É", "e\u0301", "4,200",
              ".5", "%", "'s", " of ", "\u00a0", "_", "Σ ", "ß", "“", "a\u0301", "中", "²", "\t", "x"]
    noise = ["", "", " ", "the ", " A ", ".", "!", " an", "\n", "Mast ", "-"]
    generator = SplitMix(101)
    exact, f1 = [], []
    for _ in range(CASES):
        accepted = [generator.text(pieces, 8) for _ in range(1 + generator.below(3))]
        if generator.below(2) == 0:
            answer = generator.text(pieces, 8)
        else:
            answer = accepted[generator.below(len(accepted))]
            answer = noise[generator.below(len(noise))] + answer
            answer = answer + noise[generator.below(len(noise))]
        exact.append(int(script.metric_max_over_ground_truths(script.exact_match_score, answer, accepted)))
        f1.append(script.metric_max_over_ground_truths(script.f1_score, answer, accepted))
    return {"seed": 101, "pieces": pieces, "noise": noise,
            "exact": "".join(map(str, exact)), "f1": f1}


def rouge():
    """ROUGE-L without stemming. rouge-score reads ASCII letters and digits only, so the words are
    ASCII."""
    pieces = ["tide ", "Gauge ", "mast-", "the ", "4,", "200 ", "probe. ", "x", "Y_", " \n"]
    scorer = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
    generator = SplitMix(102)
    values = []
    for _ in range(CASES):
        accepted = [generator.text(pieces, 14) for _ in range(1 + generator.below(3))]
        answer = generator.text(pieces, 14)
        values.append(scorer.score_multi(accepted, answer)["rougeL"].fmeasure)
    return {"seed": 102, "pieces": pieces, "rougeL": values}


def rankings():
    """trec_eval's nDCG, recall and reciprocal rank at a depth."""
    generator = SplitMix(103)
    rows = []
    for _ in range(CASES):
        left = list(range(24))
        ranked = [left.pop(generator.below(len(left))) for _ in range(generator.below(25))]
        top = 1 + 2 * generator.below(2)
        grades = {}
        for item in range(24):
            if generator.below(3) == 0:
                grades[item] = generator.below(top + 1)
        depth = [1, 3, 5, 10, 20][generator.below(5)]
        qrel = {"q": {f"d{item}": grade for item, grade in grades.items()}}
        run = {"q": {f"d{item}": float(100 - rank) for rank, item in enumerate(ranked[:depth])}}
        values = [0.0, 0.0, 0.0]
        if ranked and grades:
            names = [f"ndcg_cut_{depth}", f"recall_{depth}", "recip_rank"]
            found = pytrec_eval.RelevanceEvaluator(
                qrel, {f"ndcg_cut.{depth}", f"recall.{depth}", "recip_rank"}).evaluate(run)["q"]
            values = [found[name] for name in names]
        rows.append(values)
    return {"seed": 103, "depths": [1, 3, 5, 10, 20], "values": rows}


def clustered(groups, step, rng):
    """Differences of two arms over clusters of one to nine questions; `step` is the smallest
    difference of two scores, 0 where they are continuous."""
    rows = []
    for group in range(groups):
        shift = rng.normal(0.1, 0.3)
        for _ in range(rng.integers(1, 10)):
            first, second = np.clip(rng.normal(0.5 + shift, 0.4), 0, 1), rng.random()
            if step:
                first, second = np.round(first / step) * step, np.round(second / step) * step
            rows.append([f"d{group:03d}", float(first), float(second)])
    names = [row[0] for row in rows]
    member = np.unique(names, return_inverse=True)[1]
    d = np.array([row[1] - row[2] for row in rows])
    n, ones = len(d), np.ones((len(d), 1))
    fit = OLS(d, ones).fit(cov_type="cluster", cov_kwds={"groups": member}, use_t=True)
    low, high = fit.conf_int()[0]

    # CR2 by its matrices: A_g = (I − H_g)^(−1/2), V = Σ (1'A_g e_g)² / n², and Satterthwaite's degrees
    # of freedom from the clusters' terms as linear forms in independent errors.
    residual, centring = d - d.mean(), np.eye(n) - np.full((n, n), 1 / n)
    forms, variance = [], 0.0
    for group in range(groups):
        index = np.where(member == group)[0]
        block = centring[np.ix_(index, index)]
        adjusted = linalg.inv(linalg.sqrtm(block)).real.sum(axis=0) / n
        variance += float(adjusted @ residual[index]) ** 2
        forms.append(adjusted @ centring[index])
    product = np.array(forms) @ np.array(forms).T
    freedom = np.trace(product) ** 2 / (product ** 2).sum()
    t = stats.t.ppf(0.975, freedom)
    error = math.sqrt(variance)

    sums = np.array([d[member == group].sum() for group in range(groups)])
    if groups <= 16:
        flip = stats.permutation_test((sums,), lambda x, axis=-1: np.sum(x, axis=axis),
                                      permutation_type="samples", n_resamples=np.inf).pvalue
    else:
        # All 2^G patterns by whole numbers: how many have each sum.
        units = [round(s / step) for s in sums]
        counts = {0: 1}
        for unit in units:
            after = {}
            for value, count in counts.items():
                for sign in (-1, 1):
                    after[value + sign * unit] = after.get(value + sign * unit, 0) + count
            counts = after
        hits = sum(count for value, count in counts.items() if abs(value) >= abs(sum(units)))
        flip = hits / 2 ** groups
    return {"pairs": rows,
            "cluster": [float(fit.bse[0]), float(low), float(high), float(fit.pvalues[0])],
            "cr2": [error, float(freedom), float(d.mean() - t * error), float(d.mean() + t * error)],
            "signFlip": float(flip)}


def tests():
    rng = np.random.default_rng(20261123)
    paired = [clustered(groups, step, rng)
              for groups, step in [(2, 1), (3, 0), (6, 1), (11, 0), (16, 1 / 3), (16, 1), (30, 1), (70, 1)]]
    counts = [(0, 1), (3, 3), (1, 9), (8, 7), (30, 12), (200, 260), (0, 40), (1, 1000)]
    binomial = [[b, c, float(mcnemar([[5, b], [c, 5]], exact=True).pvalue)] for b, c in counts]
    shares = [(0, 1), (0, 20), (3, 20), (20, 20), (150, 250), (999, 1000)]
    wilson = [[s, n, *map(float, proportion_confint(s, n, method="wilson"))] for s, n in shares]
    holm = []
    for count in [1, 2, 3, 6, 6, 15, 28]:
        p = np.round(rng.random(count) ** 3, 4)
        holm.append([p.tolist(), multipletests(p, method="holm")[1].tolist()])
    return {"paired": paired, "mcnemar": binomial, "wilson": wilson, "holm": holm}


def main(path):
    spec = importlib.util.spec_from_file_location("squad", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    golden = {"answers": answers(script), "rouge": rouge(), "rankings": rankings(), "tests": tests()}
    OUT.write_text(json.dumps(golden, separators=(",", ":"), ensure_ascii=True) + "\n")
    print(OUT, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
