"""Makes Tests/FineTuningTests/Fixtures/story-tuning: the stories260k model tuned with PEFT on recipes.

The recipes come from a grammar with a seed. expected.json holds them as text and as tokens, the settings, the
order of the examples, and the mean validation loss of a token before and after, for several seeds of the
adapter's first values; those of the first seed are in the folder `adapter`. An example is the token that begins a text, the text, and the token that ends one;
all but the first are learnt. The loss of a step is the mean over the learnt tokens of its batch; schedule,
clipping and AdamW as in make-training-fixture.py. Needs torch, transformers, tokenizers and peft, and the
model in Hugging Face's form:

    python3 Scripts/make-story-tuning-reference.py path/to/stories260k/huggingface
"""

import json
import math
import pathlib
import random
import sys

import peft
import torch
import transformers
from tokenizers import Tokenizer

SEED = 20261123
COUNTS = {"train": 200, "validation": 50}
SETTINGS = dict(
    rank=8, alpha=16, epochs=2, batch=8, learning_rate=2e-3, weight_decay=0.01, clip=1.0, warmup_steps=5,
    beta1=0.9, beta2=0.999, epsilon=1e-8)

ROOTS = ["carrots", "onions", "potatoes", "leeks", "beets", "turnips", "beans", "peas", "apples", "pears", "plums"]
GRAINS = ["rice", "barley", "oats", "lentils", "corn", "noodles"]
FATS = ["butter", "oil", "cream", "milk"]
TASTES = ["salt", "pepper", "thyme", "mint", "lemon juice", "honey", "garlic", "ginger", "vinegar"]
CUTS = ["thin slices", "small cubes", "long strips", "thick rings", "rough pieces"]
DISHES = ["soup", "stew", "pie", "salad", "bake", "pot"]
COOKS = ["Boil", "Simmer", "Stew", "Steam"]
VESSELS = ["a deep pan", "a heavy pot", "a wide bowl", "an iron pan"]
SIDES = ["dark bread", "a green salad", "cold milk", "warm rolls", "sour cream"]


def recipe(pick):
    root, other = pick.sample(ROOTS, 2)
    grain, fat, vessel = pick.choice(GRAINS), pick.choice(FATS), pick.choice(VESSELS)
    first, second = pick.sample(TASTES, 2)
    people, minutes = pick.choice(["two", "three", "four", "six"]), pick.choice([5, 8, 10, 15, 20, 30, 45])
    steps = [
        pick.choice([
            f"Wash {pick.choice([200, 300, 500])} grams of {root} and cut them into {pick.choice(CUTS)}.",
            f"Peel the {root} and the {other}, then cut both into {pick.choice(CUTS)}."]),
        pick.choice([
            f"Heat {pick.choice(['one spoon', 'two spoons'])} of {fat} in {vessel}.",
            f"Melt the {fat} in {vessel} over a low fire."]),
        f"{pick.choice(COOKS)} the {root} with one cup of {grain} for {minutes} minutes.",
        pick.choice([
            f"Stir in the {other} and season with {first} and {second}.",
            f"Add {first}, a little {second} and the {other}."]),
        pick.choice([
            f"Cover and let it rest for {pick.choice([2, 3, 5, 10])} minutes.",
            f"Do not stir while it cools.", f"Taste, and add more {first} if needed."]),
        pick.choice([f"Serve hot with {pick.choice(SIDES)}.", f"Serve cold with {pick.choice(SIDES)}."]),
    ]
    if pick.random() < 0.4:
        del steps[4]
    numbered = " ".join(f"Step {place}: {step}" for place, step in enumerate(steps, 1))
    return f"{root.capitalize()} and {grain} {pick.choice(DISHES)}. Serves {people}. {numbered}"


def recipes(count, pick):
    found = []
    while len(found) < count:
        text = recipe(pick)
        if text not in found:
            found.append(text)
    return found


def losses(model, batch):
    """The loss of every learnt token."""
    length = max(map(len, batch))
    ids = torch.tensor([tokens + [0] * (length - len(tokens)) for tokens in batch])
    real = torch.tensor([[1] * len(tokens) + [0] * (length - len(tokens)) for tokens in batch])
    logits = model(input_ids=ids, attention_mask=real).logits[:, :-1]
    targets = ids[:, 1:].masked_fill(real[:, 1:] == 0, -100)
    found = torch.nn.functional.cross_entropy(logits.transpose(1, 2), targets, reduction="none")
    return found[targets >= 0]


def mean_loss(model, examples):
    with torch.no_grad():
        return torch.cat([losses(model, [tokens]).double() for tokens in examples]).mean().item()


def tune(folder, seed, examples, order, settings, first=None):
    torch.manual_seed(seed)
    model = transformers.LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    model = peft.get_peft_model(model, peft.LoraConfig(
        r=settings["rank"], lora_alpha=settings["alpha"], lora_dropout=0.0, target_modules="all-linear")).eval()
    if first:
        model.peft_config["default"].base_model_name_or_path = ""
        model.peft_config["default"].target_modules = sorted(model.peft_config["default"].target_modules)
        model.save_pretrained(first)
        (first / "README.md").unlink(missing_ok=True)
        (first / "adapter_model.safetensors").chmod(0o644)
    trained = [value for value in model.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(
        trained, lr=settings["learning_rate"], betas=(settings["beta1"], settings["beta2"]),
        eps=settings["epsilon"], weight_decay=settings["weight_decay"])
    schedule = transformers.get_cosine_schedule_with_warmup(optimizer, settings["warmup_steps"], len(order))
    before, steps = mean_loss(model, examples["validation"]), []
    for batch in order:
        optimizer.zero_grad()
        loss = losses(model, [examples["train"][index] for index in batch]).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, settings["clip"])
        optimizer.step()
        schedule.step()
        steps.append(round(loss.item(), 6))
    after = mean_loss(model, examples["validation"])
    print(f"seed {seed}: {before:.4f} before, {after:.4f} after {len(order)} steps", flush=True)
    return {"seed": seed, "before": before, "after": after, "train": steps}


def main():
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    folder = pathlib.Path(sys.argv[1])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pick = random.Random(SEED)
    texts = recipes(sum(COUNTS.values()), pick)
    splits = {"train": texts[:COUNTS["train"]], "validation": texts[COUNTS["train"]:]}
    examples = {
        split: [[1, *tokenizer.encode(text, add_special_tokens=False).ids, 2] for text in part]
        for split, part in splits.items()}
    size, order = SETTINGS["batch"], []
    for _ in range(SETTINGS["epochs"]):
        places = list(range(COUNTS["train"]))
        pick.shuffle(places)
        order += [places[start:start + size] for start in range(0, len(places), size)]
    root = pathlib.Path(__file__).parent.parent / "Tests/FineTuningTests/Fixtures/story-tuning"
    runs = [
        tune(folder, seed, examples, order, SETTINGS, root / "adapter" if seed == 1 else None) for seed in (1, 2, 3)]
    lengths = list(map(len, examples["train"]))
    print(f"{min(lengths)} to {max(lengths)} tokens; "
          f"after: spread {max(r['after'] for r in runs) / min(r['after'] for r in runs) - 1:.2%}")
    assert math.isclose(runs[0]["before"], runs[1]["before"])
    (root / "expected.json").write_text(json.dumps(
        {"settings": SETTINGS, "texts": splits, "examples": examples, "order": order, "runs": runs},
        separators=(",", ":")) + "\n")


main()
