"""SQuAD's exact match and F1 of the answer model, or of the span head, on a JSON Lines file.

    python3 Scripts/answer-model/measure.py --base <all-MiniLM-L6-v2> --model <folder> --data <file>

Lines are examples as in data.py; `answers` may list all accepted answers.
"""

import argparse
import collections
import math
import pathlib
import re
import string

import torch

import data
from decoding import Decoder
from twin import AnswerModel


def normal(text):
    """SQuAD's normal form: lower case, without punctuation and articles."""
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def exact(given, wanted):
    return float(normal(given) == normal(wanted))


def f1(given, wanted):
    given, wanted = normal(given).split(), normal(wanted).split()
    if not given or not wanted:
        return float(given == wanted)
    same = sum((collections.Counter(given) & collections.Counter(wanted)).values())
    return 2 * same / (len(given) + len(wanted))


def scores(given, lines):
    """Exact match and F1 in percent, the best over the accepted answers."""
    pairs = [(text, line.get("answers") or [line["answer"]]) for text, line in zip(given, lines)]
    return tuple(100 * sum(max(measure(text, one) for one in wanted) for text, wanted in pairs) / len(pairs)
                 for measure in (exact, f1))


def windows(line, tokens, longest=512, answer=32, overlap=128):
    """The windows a passage is read in: pairs of the example without an answer and its tokens' offsets."""
    question = tokens.encode(line["question"], add_special_tokens=False).ids
    body = tokens.encode(line["passage"], add_special_tokens=False)
    room, first, found = longest - answer - len(question) - 3, 0, []
    while True:
        last = min(first + room, len(body.ids))
        found.append((data.prefix_of(question, body.ids[first:last]), body.offsets[first:last]))
        if last == len(body.ids):
            return found
        first = last - overlap


def span_answers(model, lines, tokens):
    """The span head's answers."""
    found = []
    for line in lines:
        best = (-math.inf, "")
        for example, offsets in windows(line, tokens):
            score, first, last = model.read(example)
            begin = example.copyable[0]
            best = max(best, (score, line["passage"][offsets[first - begin][0]:offsets[last - begin][1]]))
        found.append(best[1])
    return found


def answers(model, lines, tokens, beam=4):
    """The answer model's best hypotheses, the best window's if there are several."""
    decoder, found = Decoder(model, tokens, beam), []
    for line in lines:
        readings = [decoder.read(example, line["passage"], offsets) for example, offsets in windows(line, tokens)]
        best = [reading.hypotheses[0] for reading in readings if reading.hypotheses]
        found.append(max(best, key=lambda hypothesis: hypothesis.log_probability).text if best else "")
    return found


def main():
    parser = argparse.ArgumentParser()
    for name in ("base", "model", "data"):
        parser.add_argument("--" + name, type=pathlib.Path, required=True)
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    lines = data.read(options.data)
    model = AnswerModel.load(options.model, options.base).eval()
    with torch.inference_mode():
        given = answers(model, lines, data.tokenizer(options.base), options.beam)
    print("questions %d, EM %.2f, F1 %.2f" % (len(lines), *scores(given, lines)))


if __name__ == "__main__":
    main()
