"""The answer model in PyTorch: the same function as Attune's own, and what its tests compare with.

A BERT encoder reads `[CLS] question [SEP] passage [SEP]` in both directions and writes the answer behind it,
token by token (prefix-LM mask as in UniLM, arXiv 1905.03197). Each token is written from the vocabulary or
copied from a position of the passage (pointer-generator, arXiv 1704.04368). Word, position and type
embeddings and their LayerNorm are the base's own and never change.

Shapes: B examples, L columns (prefix, then answer rows, then padding), R answer rows in all examples
together, D the hidden size, V the vocabulary.
"""

import hashlib
import json
import math
import pathlib

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

START, END, NONE, SEPARATOR, PAD = 101, 102, 2, 102, 0
QUESTION, PASSAGE, ANSWER = 0, 1, 2


class Attention(nn.Module):
    """Self-attention of one layer, with its output projection and LayerNorm."""

    def __init__(self, hidden, heads, epsilon):
        super().__init__()
        self.heads = heads
        self.self = nn.ModuleDict({name: nn.Linear(hidden, hidden) for name in ("query", "key", "value")})
        self.output = nn.ModuleDict({"dense": nn.Linear(hidden, hidden), "LayerNorm": nn.LayerNorm(hidden, eps=epsilon)})

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x, mask, past=None):
        """x [B, N, D], mask [B, 1, N, M] true where seen; past holds earlier keys and values [B, heads, M - N, ·]."""
        query, key, value = (self.split(self.self[name](x)) for name in ("query", "key", "value"))
        if past is not None:
            key, value = torch.cat([past[0], key], 2), torch.cat([past[1], value], 2)
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(x.shape)
        return self.output["LayerNorm"](self.output["dense"](mixed) + x), (key, value)


class Layer(nn.Module):
    """One BERT layer, with BERT's own names of the weights."""

    def __init__(self, hidden, heads, intermediate, epsilon):
        super().__init__()
        self.attention = Attention(hidden, heads, epsilon)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(hidden, intermediate)})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(intermediate, hidden), "LayerNorm": nn.LayerNorm(hidden, eps=epsilon)})

    def forward(self, x, mask, past=None):
        x, kept = self.attention(x, mask, past)
        wide = F.gelu(self.intermediate["dense"](x))
        return self.output["LayerNorm"](self.output["dense"](wide) + x), kept


class Encoder(nn.Module):
    """The base's embeddings (frozen) and its layers (trained)."""

    def __init__(self, config):
        super().__init__()
        hidden, self.epsilon = config["hidden_size"], config["layer_norm_eps"]
        self.layer = nn.ModuleList(
            Layer(hidden, config["num_attention_heads"], config["intermediate_size"], self.epsilon)
            for _ in range(config["num_hidden_layers"]))
        for name, shape in (("word", (config["vocab_size"], hidden)), ("segment", (2, hidden)),
                            ("position", (config["max_position_embeddings"], hidden)),
                            ("scale", (hidden,)), ("shift", (hidden,))):
            self.register_buffer(name, torch.zeros(shape), persistent=False)

    def load(self, tensors):
        """Takes the weights of a plain BertModel checkpoint, whose names may begin with `bert.`."""
        tensors = {name.removeprefix("bert."): value.float() for name, value in tensors.items()}
        for mine, theirs in (("word", "word_embeddings.weight"), ("position", "position_embeddings.weight"),
                             ("segment", "token_type_embeddings.weight"), ("scale", "LayerNorm.weight"),
                             ("shift", "LayerNorm.bias")):
            getattr(self, mine).copy_(tensors["embeddings." + theirs])
        layers = {name.removeprefix("encoder."): value for name, value in tensors.items() if name.startswith("encoder.")}
        self.load_state_dict(layers)

    def embed(self, ids, kinds, positions, answer=None):
        """Embeddings [B, N, D]; `answer` is the vector added to answer rows."""
        x = self.word[ids] + self.position[positions] + self.segment[(kinds == PASSAGE).long()]
        if answer is not None:
            x = x + (kinds == ANSWER).unsqueeze(-1) * answer
        return F.layer_norm(x, x.shape[-1:], self.scale, self.shift, self.epsilon)

    def forward(self, x, mask, past=None):
        """Last hidden states [B, N, D], and the keys and values of each layer."""
        kept = []
        for index, layer in enumerate(self.layer):
            x, pair = layer(x, mask, None if past is None else past[index])
            kept.append(pair)
        return x, kept


class Copy(nn.Module):
    """Where to copy from, and whether to copy."""

    def __init__(self, hidden):
        super().__init__()
        self.query, self.key = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden, bias=False)
        self.carry, self.gate = nn.Linear(hidden, hidden, bias=False), nn.Linear(hidden, 1)
        self.next = nn.Parameter(torch.tensor([2.0]))


class Vocabulary(nn.Module):
    """Logits over the vocabulary, tied to the frozen word embeddings."""

    def __init__(self, hidden, size):
        super().__init__()
        self.transform, self.norm = nn.Linear(hidden, hidden), nn.LayerNorm(hidden, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(size))

    def forward(self, z, words):
        return F.linear(self.norm(F.gelu(self.transform(z))), words, self.bias)


class Mark(nn.Module):
    """The vector that marks answer rows. It is saved as `type`, a name that PyTorch's modules use for a method."""

    def __init__(self, hidden):
        super().__init__()
        self._parameters["type"] = nn.Parameter(torch.zeros(hidden))

    @property
    def vector(self):
        return self._parameters["type"]


class AnswerModel(nn.Module):
    """The answer model. `state_dict` has exactly the tensors that are shipped."""

    def __init__(self, config):
        super().__init__()
        hidden = config["hidden_size"]
        self.config, self.hidden = config, hidden
        self.encoder = Encoder(config)
        self.answer = Mark(hidden)
        self.copy, self.vocabulary = Copy(hidden), Vocabulary(hidden, config["vocab_size"])
        reach = 0.02 * math.sqrt(3)  # of a uniform distribution with standard deviation 0.02
        for matrix in (self.copy.query, self.copy.key, self.vocabulary.transform):
            nn.init.uniform_(matrix.weight, -reach, reach)
        for tensor in (self.copy.query.bias, self.vocabulary.transform.bias, self.copy.carry.weight,
                       self.copy.gate.weight, self.copy.gate.bias):
            nn.init.zeros_(tensor)

    @classmethod
    def start(cls, base):
        """A model to train: the base's layers, and heads drawn with PyTorch's current seed."""
        base = pathlib.Path(base)
        model = cls(json.loads((base / "config.json").read_text()))
        model.encoder.load(load_file(base / "model.safetensors"))
        return model

    @classmethod
    def load(cls, folder, base):
        """A trained model from `model.safetensors` (16 or 32 bits) in a folder, over its base."""
        model = cls.start(base)
        weights = load_file(pathlib.Path(folder) / "model.safetensors")
        model.load_state_dict({name: value.float() for name, value in weights.items()})
        return model

    def save(self, folder, base, kind=torch.float16, calibration=None):
        """Writes `model.safetensors` and `config.json`."""
        folder, base = pathlib.Path(folder), pathlib.Path(base)
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {name: value.detach().to(kind).contiguous() for name, value in self.state_dict().items()}
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        digest = hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest()
        config = {"model_type": "attune-answer", "base": base.name, "base_sha256": digest,
                  "hidden_size": self.hidden, "version": 1, "calibration": calibration or {}}
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")

    def states(self, batch):
        """Last hidden states [B, L, D] of prefix and answer rows."""
        positions = torch.arange(batch.ids.shape[1]).expand_as(batch.ids)
        x = self.encoder.embed(batch.ids, batch.kinds, positions, self.answer.vector)
        return self.encoder(x, batch.mask())[0]

    def scores(self, z, states, keys, previous, copyable):
        """What a row may write: log of 1 - g [R], of g [R], of the vocabulary [R, V] and of each position [R, L].

        z [R, D]; keys [R, L, D]; previous [R], the position the row's own token was copied from or -1;
        copyable [R, L]. Without a copyable position g is 0 and its logarithm minus infinity.
        """
        words = F.log_softmax(self.vocabulary(z, self.encoder.word).float(), -1)
        query = self.copy.query(z)
        copies = torch.einsum("rd,rld->rl", query, keys).float() / math.sqrt(self.hidden)
        following = torch.arange(keys.shape[1]) == (previous + 1).unsqueeze(1)
        following = following & (previous >= 0).unsqueeze(1)
        copies = copies + self.copy.next * following
        open_book = copyable.any(1)
        copies = copies.masked_fill(~copyable, -torch.inf).masked_fill(~open_book.unsqueeze(1), 0.0)
        copies = F.log_softmax(copies, -1)
        gate = self.copy.gate(z).squeeze(-1).float()
        never = torch.full_like(gate, -torch.inf)
        log_write = torch.where(open_book, F.logsigmoid(-gate), torch.zeros_like(gate))
        log_copy = torch.where(open_book, F.logsigmoid(gate), never)
        return log_write, log_copy, words, copies

    def carried(self, rows, states, previous):
        """z [R, D]: the row's state, and what is carried from the position its token was copied from."""
        taken = states.gather(1, previous.clamp(min=0).view(-1, 1, 1).expand(-1, 1, self.hidden)).squeeze(1)
        return rows + self.copy.carry(taken) * (previous >= 0).unsqueeze(1)

    def rows(self, batch):
        """`scores` of every answer row of the batch."""
        states = self.states(batch)
        example, column = batch.rows[:, 0], batch.rows[:, 1]
        z = self.carried(states[example, column], states[example], batch.previous)
        keys = self.copy.key(states)
        return self.scores(z, states, keys[example], batch.previous, batch.copyable[example])

    def log_likelihood(self, batch):
        """log P of each row's target [R]."""
        log_write, log_copy, words, copies = self.rows(batch)
        written = log_write + words.gather(1, batch.targets.unsqueeze(1)).squeeze(1)
        some = batch.aligned.any(1) & torch.isfinite(log_copy)
        # Rows without an aligned position take no part below: finite stand-ins keep their gradients zero.
        inside = torch.where(batch.aligned, copies, torch.full_like(copies, -torch.inf))
        inside = torch.where(some.unsqueeze(1), inside, torch.zeros_like(inside))
        copied = torch.where(some, log_copy, torch.zeros_like(log_copy)) + torch.logsumexp(inside, 1)
        return torch.where(some, torch.logaddexp(written, copied), written)

    def distribution(self, batch):
        """P(y) of each row over the vocabulary [R, V], copies added over all copyable positions."""
        log_write, log_copy, words, copies = self.rows(batch)
        tokens = batch.ids[batch.rows[:, 0]]
        copied = log_copy.exp().unsqueeze(1) * copies.exp() * batch.copyable[batch.rows[:, 0]]
        return (log_write.unsqueeze(1) + words).exp().scatter_add(1, tokens, copied)
