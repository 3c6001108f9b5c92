"""Trains the answer model, or the span head beside it, on JSON Lines files (see data.py).

    python3 Scripts/answer-model/train.py --base <all-MiniLM-L6-v2> --data qed.jsonl --out <folder>

AdamW with a linear warm-up and a linear fall to zero; a step holds `--tokens` columns at most.
"""

import argparse
import json
import pathlib
import random
import time

import torch

import data
import measure
from span import SpanModel
from twin import AnswerModel


def groups(model, rate, decay, heads):
    """Parameters for AdamW: no decay on biases, norms and single vectors; the heads' rate may be larger."""
    found = {}
    for name, parameter in model.named_parameters():
        key = (parameter.dim() > 1, name.startswith("encoder."))
        found.setdefault(key, []).append(parameter)
    return [{"params": parameters, "lr": rate * (1 if inner else heads), "weight_decay": decay if matrix else 0.0}
            for (matrix, inner), parameters in found.items()]


def train(model, examples, options, log):
    """One pass per epoch over the examples; returns the mean loss of the last tenth."""
    order = [group for epoch in range(options.epochs)
             for group in data.batches(examples, options.tokens, options.seed + epoch)]
    if options.steps:
        order = order[:options.steps]
    optimizer = torch.optim.AdamW(groups(model, options.rate, options.decay, options.heads), betas=(0.9, 0.999))
    warm = max(1, int(options.warm * len(order)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (len(order) - step) / max(1, len(order) - warm)))
    begun, seen, losses = time.time(), 0, []
    for step, group in enumerate(order):
        chosen = [examples[index] for index in group]
        batch = data.collate(chosen)
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
            if isinstance(model, SpanModel):
                loss = model.loss(chosen, batch)
            else:
                loss = -model.log_likelihood(batch).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        seen += sum(example.length for example in chosen)
        losses.append(loss.item())
        if step % 20 == 19 or step + 1 == len(order):
            log("step %d/%d loss %.4f tokens/s %.0f" % (
                step + 1, len(order), sum(losses[-20:]) / len(losses[-20:]), seen / (time.time() - begun)))
    tail = losses[-max(1, len(losses) // 10):]
    return sum(tail) / len(tail)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--from", dest="begin", type=pathlib.Path, help="a trained folder to go on from")
    parser.add_argument("--measure", type=pathlib.Path, help="questions to measure on at the end")
    parser.add_argument("--span", action="store_true", help="train the span head instead")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--heads", type=float, default=1.0, help="the heads' rate is so many times larger")
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--warm", type=float, default=0.1)
    parser.add_argument("--tokens", type=int, default=4096)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bf16", action="store_true")
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    tokens = data.tokenizer(options.base)
    lines = [line for path in options.data for line in data.read(path)]
    examples = [example for example in (data.encode(line, tokens) for line in lines) if example is not None]
    random.Random(options.seed).shuffle(examples)
    if options.span:
        model = SpanModel(options.base)
        if options.begin:
            model.load_state_dict(torch.load(options.begin / "span.pt"), strict=False)
    else:
        model = AnswerModel.load(options.begin, options.base) if options.begin else AnswerModel.start(options.base)
    print(json.dumps(vars(options), default=str), len(examples), "examples", flush=True)
    loss = train(model, examples, options, lambda text: print(text, flush=True))
    print("loss of the last tenth %.4f" % loss, flush=True)
    model.eval()
    if options.out and options.span:
        options.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), options.out / "span.pt")
    elif options.out:
        model.save(options.out, options.base)
    if options.measure:
        questions = data.read(options.measure)
        with torch.inference_mode():
            given = (measure.span_answers if options.span else measure.answers)(model, questions, tokens)
        print("questions %d, EM %.2f, F1 %.2f" % (len(questions), *measure.scores(given, questions)), flush=True)
        if options.out:
            (options.out / "given.json").write_text(json.dumps(given, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
