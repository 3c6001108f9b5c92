"""Makes the training runs for Tests/FineTuningTests/Fixtures/training.

20 steps of AdamW on the tiny models, in a given order of examples. One folder per run: the model, for
LoRA the adapter before the first step (B is zero), expected.json with the settings, the batch of each
step, the learning rate, loss and gradient norm of each step, and expected.safetensors with all that
was trained as it is after the last step. The loss is the mean over the learnt tokens of the batch, or
over its questions. The schedule is that of transformers (step k of w warm-up steps has the rate k / w,
so the first step changes nothing), clipping and AdamW are those of torch, and weight decay applies to
matrices only. Needs torch, transformers and peft.

    python3 Scripts/make-training-fixture.py
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from transformers import get_cosine_schedule_with_warmup

from tuning_models import (
    BERT_LINEAR, SEED, adapt, contrastive_loss, decoder, decoders, encoder, learnt, save, sequences, token_loss, triples)

ROOT = pathlib.Path(__file__).parent.parent / "Tests/FineTuningTests/Fixtures/training"
SETTINGS = dict(
    steps=20, batch=2, learning_rate=2e-3, weight_decay=0.01, clip=3.5, warmup_steps=4, beta1=0.9, beta2=0.999,
    epsilon=1e-8)


def record(name, model, loss, examples, settings, adapter=True, targets="all-linear"):
    """Trains, and writes one folder."""
    folder = ROOT / name
    save(folder, model)
    if adapter:
        model = adapt(model, folder / "adapter", False, targets)
    trained = learnt(model)
    decayed = [value for value in trained.values() if value.ndim > 1]
    others = [value for value in trained.values() if value.ndim < 2]
    optimizer = torch.optim.AdamW(
        [dict(params=decayed, weight_decay=settings["weight_decay"]), dict(params=others, weight_decay=0.0)],
        lr=settings["learning_rate"], betas=(settings["beta1"], settings["beta2"]), eps=settings["epsilon"])
    schedule = get_cosine_schedule_with_warmup(optimizer, settings["warmup_steps"], settings["steps"])
    generator = torch.Generator().manual_seed(SEED + 2)
    order, steps = [], []
    for _ in range(settings["steps"]):
        while len(order) < settings["batch"]:
            order += torch.randperm(len(examples), generator=generator).tolist()
        batch, order = order[:settings["batch"]], order[settings["batch"]:]
        optimizer.zero_grad()
        value = loss(model, [examples[index] for index in batch])
        value.backward()
        norm = torch.nn.utils.clip_grad_norm_(trained.values(), settings["clip"])
        steps.append(dict(
            examples=batch, learning_rate=schedule.get_last_lr()[0], loss=value.item(), gradient_norm=norm.item()))
        optimizer.step()
        schedule.step()
    save_file({key: value.detach().clone().contiguous() for key, value in trained.items()},
              folder / "expected.safetensors")
    for path in folder.rglob("*.safetensors"):
        path.chmod(0o644)
    with torch.no_grad():
        final = loss(model, examples).item()
    (folder / "expected.json").write_text(json.dumps(
        {"settings": settings, "examples": examples, "steps": steps, "final_loss": final},
        separators=(",", ":")) + "\n")
    clipped = sum(step["gradient_norm"] > settings["clip"] for step in steps)
    print(f"{name}: loss {steps[0]['loss']:.4f} to {steps[-1]['loss']:.4f}, {clipped} steps clipped")


def main():
    torch.set_num_threads(1)
    examples = sequences(8, torch.Generator().manual_seed(SEED))
    record("llama-lora", decoder(decoders()["llama"]), token_loss, examples, dict(SETTINGS, learning_rate=1e-2))
    record("llama-full", decoder(decoders()["llama"]), token_loss, examples, dict(SETTINGS, clip=6.0), adapter=False)
    record(
        "bert-lora", encoder(), contrastive_loss, triples(8, torch.Generator().manual_seed(SEED)),
        dict(SETTINGS, batch=4), targets=BERT_LINEAR)


main()
