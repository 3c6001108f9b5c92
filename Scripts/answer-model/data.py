"""Examples of the answer model: from JSON Lines to token ids, and from these to batches.

A line has `question`, and where there are such `passage`, `answer` and `start` (in Unicode scalars). Without an
answer the target is "not in the data"; without a passage the book is closed.
"""

import dataclasses
import json
import random

import torch
from tokenizers import Tokenizer

from twin import ANSWER, END, NONE, PAD, PASSAGE, QUESTION, SEPARATOR, START


@dataclasses.dataclass
class Example:
    """One example in token ids. `aligned[t]` lists the columns that hold target t, in ascending order."""

    prefix: list
    kinds: list
    copyable: tuple  # (first column, column after the last) of the passage, or (0, 0)
    targets: list
    aligned: list

    @property
    def length(self):
        return len(self.prefix) + len(self.targets)


@dataclasses.dataclass
class Batch:
    """Padded examples; see twin.py for the shapes."""

    ids: torch.Tensor  # [B, L]
    kinds: torch.Tensor  # [B, L]
    prefix: torch.Tensor  # [B] lengths
    copyable: torch.Tensor  # [B, L]
    rows: torch.Tensor  # [R, 2] example and column
    previous: torch.Tensor  # [R]
    targets: torch.Tensor  # [R]
    aligned: torch.Tensor  # [R, L]

    def mask(self):
        """[B, 1, L, L]: everyone sees the prefix, answer rows also see the rows before them and themselves."""
        column = torch.arange(self.ids.shape[1])
        inside = column < self.prefix.view(-1, 1, 1)
        later = (column.view(1, -1, 1) >= self.prefix.view(-1, 1, 1)) & (column.view(1, 1, -1) <= column.view(1, -1, 1))
        return (inside | later).unsqueeze(1)


def tokenizer(base):
    """The base's tokenizer without truncation, padding or special tokens."""
    tokens = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokens.no_truncation()
    tokens.no_padding()
    return tokens


def occurrences(run, tokens):
    """Where a run of tokens begins in a list of tokens."""
    return [i for i in range(len(tokens) - len(run) + 1) if tokens[i:i + len(run)] == run]


def prefix_of(question, passage):
    """An `Example` that only has a prefix, from token ids; `passage` is None for a closed book."""
    ids, kinds, copyable = [START, *question, SEPARATOR], [QUESTION] * (len(question) + 2), (0, 0)
    if passage is not None:
        copyable = (len(ids), len(ids) + len(passage))
        ids, kinds = [*ids, *passage, SEPARATOR], kinds + [PASSAGE] * (len(passage) + 1)
    return Example(ids, kinds, copyable, [], [])


def encode(line, tokens, longest=512):
    """An `Example` from one line, or None where the answer's range does not hold whole tokens or it is too long."""
    question = tokens.encode(line["question"], add_special_tokens=False).ids
    body = None if line.get("passage") is None else tokens.encode(line["passage"], add_special_tokens=False)
    example = prefix_of(question, None if body is None else body.ids)
    if line.get("answer") is None:
        example.targets, example.aligned = [NONE], [[]]
    else:
        answer = tokens.encode(line["answer"], add_special_tokens=False).ids
        example.targets, places = [*answer, END], []
        if body is not None and line.get("start") is not None:
            first, last = line["start"], line["start"] + len(line["answer"])
            inside = [i for i, (a, b) in enumerate(body.offsets) if a >= first and b <= last]
            if not inside or [body.ids[i] for i in inside] != answer:
                return None
            places = [inside[0], *(i for i in occurrences(answer, body.ids) if i != inside[0])]
        begin = example.copyable[0]
        example.aligned = [sorted(begin + place + t for place in places) for t in range(len(answer))] + [[]]
    return example if example.length <= longest else None


def collate(examples):
    """A `Batch` of examples."""
    width = max(example.length for example in examples)
    count = len(examples)
    ids, kinds = torch.full((count, width), PAD), torch.zeros((count, width), dtype=torch.long)
    copyable = torch.zeros((count, width), dtype=torch.bool)
    rows, previous, targets, aligned = [], [], [], []
    for index, example in enumerate(examples):
        written = [START, *example.targets][:-1]
        ids[index, :example.length] = torch.tensor(example.prefix + written)
        kinds[index, :example.length] = torch.tensor(example.kinds + [ANSWER] * len(written))
        copyable[index, example.copyable[0]:example.copyable[1]] = True
        for t, target in enumerate(example.targets):
            rows.append((index, len(example.prefix) + t))
            before = example.aligned[t - 1] if t > 0 else []
            previous.append(before[0] if before else -1)
            targets.append(target)
            aligned.append([(len(aligned), column) for column in example.aligned[t]])
    found = torch.zeros((len(rows), width), dtype=torch.bool)
    for row, column in (pair for pairs in aligned for pair in pairs):
        found[row, column] = True
    return Batch(ids, kinds, torch.tensor([len(example.prefix) for example in examples]), copyable,
                 torch.tensor(rows), torch.tensor(previous), torch.tensor(targets), found)


def read(path):
    """The lines of a JSON Lines file."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def batches(examples, size, seed):
    """Batches of at most `size` columns, padding included, alike in length, in an order drawn with the seed."""
    draw = random.Random(seed)
    order = sorted(range(len(examples)), key=lambda i: examples[i].length + draw.random() * 24)
    groups, group = [], []
    for index in order:
        longest = max([examples[index].length, *(examples[i].length for i in group)])
        if group and longest * (len(group) + 1) > size:
            groups.append(group)
            group = []
        group.append(index)
    groups += [group] if group else []
    draw.shuffle(groups)
    return groups
