"""An extractive span head on the same encoder: what the answer model is measured against."""

import torch
from torch import nn

from data import collate
from twin import AnswerModel


class SpanModel(nn.Module):
    """Scores of each copyable position as start and end of the answer; column 0 stands for "none"."""

    def __init__(self, base):
        super().__init__()
        self.encoder = AnswerModel.start(base).encoder
        self.head = nn.Linear(self.encoder.word.shape[1], 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, batch):
        """Log probabilities [2, B, L]."""
        columns = torch.arange(batch.ids.shape[1])
        positions = columns.expand_as(batch.ids)
        seen = columns < batch.prefix.view(-1, 1)
        states, _ = self.encoder(self.encoder.embed(batch.ids, batch.kinds, positions), seen[:, None, None])
        allowed = batch.copyable.clone()
        allowed[:, 0] = True
        scores = self.head(states).float().permute(2, 0, 1).masked_fill(~allowed, -torch.inf)
        return torch.log_softmax(scores, -1)

    def loss(self, examples, batch):
        """Mean over examples of -log P(start) - log P(end), over all aligned occurrences."""
        logs = self(batch)
        wanted = torch.zeros_like(logs, dtype=torch.bool)
        for index, example in enumerate(examples):
            if len(example.targets) == 1:
                wanted[:, index, 0] = True
            else:
                wanted[0, index, example.aligned[0]] = True
                wanted[1, index, example.aligned[-2]] = True
        return -torch.logsumexp(logs.masked_fill(~wanted, -torch.inf), -1).sum(0).mean()

    def read(self, example, longest=30):
        """Log probability, first and last column of an example's best span, never "none"."""
        logs = self(collate([example]))[:, 0]
        logs[:, 0] = -torch.inf
        ones = torch.ones(logs.shape[1], logs.shape[1], dtype=torch.bool)
        pair = (logs[0].unsqueeze(1) + logs[1]).masked_fill(~(ones.triu() & ~ones.triu(longest)), -torch.inf)
        best = pair.argmax().item()
        return pair.flatten()[best].item(), *divmod(best, pair.shape[1])
