"""SQuAD's exact match and F1 of the answer model, or of the span head, on a JSON Lines file.

    python3 Scripts/answer-model/measure.py --base <all-MiniLM-L6-v2> --model <folder> --data <file>

Lines are examples as in data.py; `answers` may list all accepted answers.
"""

import argparse
import collections
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


def window(line, tokens, longest=512, answer=32):
    """The prefix of a question with its passage cut at the window's end, and the passage's offsets."""
    question = tokens.encode(line["question"], add_special_tokens=False).ids
    offsets = tokens.encode(line["passage"], add_special_tokens=False).offsets
    room = longest - answer - len(question) - 3
    passage = line["passage"][:offsets[min(room, len(offsets)) - 1][1]]
    return data.encode({"question": line["question"], "passage": passage}, tokens), offsets


def span_answers(model, lines, tokens):
    """The span head's answers."""
    found = []
    for line in lines:
        example, offsets = window(line, tokens)
        first, last = model.read([example])[0]
        begin = example.copyable[0]
        found.append(line["passage"][offsets[first - begin][0]:offsets[last - begin][1]])
    return found


def answers(model, lines, tokens, beam=4):
    """The answer model's best hypotheses that are answers."""
    decoder, found = Decoder(model, tokens, beam), []
    for line in lines:
        example, offsets = window(line, tokens)
        reading = decoder.read(example, line["passage"], offsets)
        found.append(reading.hypotheses[0].text if reading.hypotheses else "")
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
