"""Passages of about 180 tokens from a seeded generator, or from a text file that is handed in."""

import json
import random
import re

SUBJECTS = """the harbour office|our oldest workshop|the maintenance crew|a visiting inspector|the planning group|
every second delivery|the new coating line|Ms. Haugland|the regional depot|the training department|a careful customer|
the insurance desk|the returns counter|one of the founders|the laboratory in Narvik|the weekend shift""".replace("\n", "").split("|")
VERBS = """approves|postpones|documents|replaces|measures|questions|forwards|packs|calibrates|overlooks|rejects|compares|
reserves|schedules|repaints|describes|estimates|unloads""".replace("\n", "").split("|")
OBJECTS = """the quarterly price list|a crate of stainless couplings|the temperature log|two hundred brass fittings|
the warranty agreement|an incomplete drawing|the hydraulic test bench|the supplier's certificate|a shipment of insulated panels|
the spare compressor|the travel expenses|a revised safety sheet|the customs declaration|the apprentices' timetable|
the old serial numbers|a sample of corroded bolts""".replace("\n", "").split("|")
ENDINGS = """before the end of the month|within fourteen working days|unless the foreman objects|at a pressure of 6.5 bar|
although the budget was cut by 12%|because the ferry was delayed|according to section 4.2 of the handbook|
in the presence of two witnesses|when the outdoor temperature drops below -15 degrees|for a fee of 340 euros|
without informing the warehouse|as agreed in March 2021|using the form on the intranet|so that nobody has to wait""".replace("\n", "").split("|")
JOINERS = ["; meanwhile,", ", and afterwards", ", while", ". In addition,", ", which is why", ". By contrast,", ". Later,"]


def sentence(rng):
    def clause():
        return f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)}"
    text = f"{clause()} {rng.choice(ENDINGS)}"
    if rng.random() < 0.5:
        text += f"{rng.choice(JOINERS)} {clause()} {rng.choice(ENDINGS)}"
    return text[0].upper() + text[1:] + "."


def fit(words, tokens, count):
    """The longest beginning of `words` that is at most `tokens` tokens."""
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if count(" ".join(words[:middle])) <= tokens:
            low = middle
        else:
            high = middle - 1
    return " ".join(words[:low])


def make(number, tokens, spread, seed, count):
    """`number` passages of `tokens` +- `spread` tokens, evenly distributed; `count` counts tokens."""
    rng = random.Random(seed)
    passages = []
    for _ in range(number):
        goal = rng.randint(tokens - spread, tokens + spread)
        words = []
        while len(words) < goal:
            words += sentence(rng).split()
        passages.append(fit(words, goal, count))
    return passages


def read(path, number, tokens, spread, seed, count):
    """`number` passages cut from a plain text file, or the texts of a JSON Lines file with "text"."""
    with open(path, encoding="utf-8") as file:
        content = file.read()
    if path.suffix == ".jsonl":
        texts = [json.loads(line)["text"] for line in content.splitlines() if line.strip()]
        return [texts[i % len(texts)] for i in range(number)]
    rng = random.Random(seed)
    words = re.findall(r"\S+", content)
    passages, at = [], 0
    while len(passages) < number:
        goal = rng.randint(tokens - spread, tokens + spread)
        piece = fit(words[at:at + goal], goal, count)
        passages.append(piece)
        at += len(piece.split())
        if at + goal > len(words):
            at = 0
    return passages
