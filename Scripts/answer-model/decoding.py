"""Reading an answer from the model: beam search in which a copied run is contiguous.

After a token copied from position p comes position p + 1, or the run ends and a token is generated. A run begins
and ends at whole words, and a new run begins only at the start or after a generated token.
"""

import dataclasses
import math

import torch

from twin import ANSWER, END, NONE, START


@dataclasses.dataclass
class Hypothesis:
    """Pieces are (first, last) offsets of the passage for a copied run, or token ids that were generated."""

    pieces: list
    text: str
    log_probability: float


@dataclasses.dataclass
class Reading:
    hypotheses: list
    log_probability_of_none: float


@dataclasses.dataclass
class Path:
    """A hypothesis under way: its tokens, and where each was copied from (-1: generated)."""

    tokens: list
    sources: list
    score: float


class Decoder:
    """Beam search over one prefix."""

    def __init__(self, model, tokens, beam=4, longest=24, margin=3.0):
        self.model, self.tokens, self.beam, self.longest, self.margin = model, tokens, beam, longest, margin
        self.begins = torch.tensor([not (tokens.id_to_token(i) or "").startswith("##")
                                    for i in range(model.config["vocab_size"])])

    def step(self, paths, prefix, past):
        """Log probabilities of the next token of each path: generated [N, V] and copied [N, L]."""
        model, count = self.model, len(paths)
        ids = torch.tensor([[path.tokens[-1] if path.tokens else START] for path in paths])
        written = len(paths[0].tokens)
        place = torch.full((count, 1), prefix.states.shape[1] + written)
        x = model.encoder.embed(ids, torch.full_like(ids, ANSWER), place, model.answer.vector)
        length = prefix.states.shape[1] + written + 1
        states, kept = model.encoder(x, torch.ones(count, 1, 1, length, dtype=torch.bool), past)
        previous = torch.tensor([path.sources[-1] if path.sources else -1 for path in paths])
        every = prefix.states.expand(count, -1, -1)
        z = model.carried(states[:, 0], every, previous)
        log_write, log_copy, words, copies = model.scores(
            z, every, prefix.keys.expand(count, -1, -1), previous, prefix.copyable.expand(count, -1))
        return log_write.unsqueeze(1) + words, log_copy.unsqueeze(1) + copies, kept

    def options(self, index, path, written, copied, prefix):
        """How a path may go on: (score, path, token, source), the source -1 for a generated token."""
        source = path.sources[-1] if path.sources else -1
        found = []
        if source < 0 or prefix.stops[source]:
            if path.tokens:
                found.append((path.score + written[END].item(), index, END, -1))
            words = written.clone()
            words[[END, NONE]] = -torch.inf
            for value, token in zip(*(x.tolist() for x in words.topk(self.beam))):
                found.append((path.score + value, index, token, -1))
        if source < 0:
            allowed = prefix.copyable[0] & prefix.starts
        else:
            allowed = prefix.copyable[0] & (torch.arange(len(prefix.starts)) == source + 1)
        places = copied.masked_fill(~allowed, -torch.inf)
        for value, place in zip(*(x.tolist() for x in places.topk(min(self.beam, len(places))))):
            if value > -math.inf:
                found.append((path.score + value, index, prefix.ids[place].item(), place))
        return found

    def read(self, example, passage, offsets):
        """The best answers to an example whose prefix is given; `offsets` are those of the passage's tokens."""
        prefix = Prefix(self.model, example, self.begins)
        paths, past, done, none = [Path([], [], 0.0)], prefix.past, [], -math.inf
        for _ in range(self.longest):
            written, copied, kept = self.step(paths, prefix, past)
            if not paths[0].tokens:
                none = written[0, NONE].item()
            found = [option for index, path in enumerate(paths)
                     for option in self.options(index, path, written[index], copied[index], prefix)]
            paths_taken, chosen = [], []
            for score, index, token, source in sorted(found, key=lambda option: -option[0])[:self.beam]:
                path = paths[index]
                if token == END and source < 0:
                    done.append(Path(path.tokens, path.sources, score))
                else:
                    paths_taken.append(Path([*path.tokens, token], [*path.sources, source], score))
                    chosen.append(index)
            # Scores only fall: what is below the best answer cannot pass it, but may still be second.
            best = max((path.score for path in done), default=-math.inf)
            keep = [i for i, path in enumerate(paths_taken) if path.score > best - self.margin]
            if not keep or (len(done) >= self.beam and paths_taken[keep[0]].score < best):
                break
            paths, chosen = [paths_taken[i] for i in keep], torch.tensor([chosen[i] for i in keep])
            past = [(key[chosen], value[chosen]) for key, value in kept]
        return Reading(self.merged(done, example, passage, offsets), none)

    def merged(self, paths, example, passage, offsets):
        """Hypotheses, best first; equal token sequences count together and show their best path."""
        found = {}
        for path in sorted(paths, key=lambda path: -path.score):
            key = tuple(path.tokens)
            if key in found:
                found[key].log_probability = torch.logaddexp(
                    torch.tensor(found[key].log_probability), torch.tensor(path.score)).item()
            else:
                text, pieces = self.text(path, example, passage, offsets)
                found[key] = Hypothesis(pieces, text, path.score)
        return sorted(found.values(), key=lambda hypothesis: -hypothesis.log_probability)

    def text(self, path, example, passage, offsets):
        """The text of a path, copied runs in the passage's own characters, and its pieces."""
        pieces = []
        for token, source in zip(path.tokens, path.sources):
            if source < 0:
                if pieces and pieces[-1][0] == "generated":
                    pieces[-1][1].append(token)
                else:
                    pieces.append(("generated", [token]))
            else:
                first, last = offsets[source - example.copyable[0]]
                if pieces and pieces[-1][0] == "copied":
                    pieces[-1][1][1] = last
                else:
                    pieces.append(("copied", [first, last]))
        shown = [self.tokens.decode(piece) if kind == "generated" else passage[piece[0]:piece[1]]
                 for kind, piece in pieces]
        return " ".join(shown), pieces


class Prefix:
    """What is computed once for a question and its passage."""

    def __init__(self, model, example, begins):
        self.ids = torch.tensor(example.prefix)
        ids, kinds = self.ids.unsqueeze(0), torch.tensor([example.kinds])
        width = ids.shape[1]
        x = model.encoder.embed(ids, kinds, torch.arange(width).unsqueeze(0))
        self.states, self.past = model.encoder(x, torch.ones(1, 1, width, width, dtype=torch.bool))
        self.keys = model.copy.key(self.states)
        column = torch.arange(width)
        self.copyable = ((column >= example.copyable[0]) & (column < example.copyable[1])).unsqueeze(0)
        # A run starts where a column begins a word, and stops where the next one does.
        self.starts = begins[self.ids]
        self.stops = torch.cat([self.starts[1:], torch.ones(1, dtype=torch.bool)])
