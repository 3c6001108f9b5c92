"""Makes Tests/FineTuningTests/Fixtures/answer-model: a tiny answer model, examples, their loss and gradients.

`base/` is a plain BertModel checkpoint as transformers writes it; `model.safetensors` holds answer weights, all
random. `expected.json` has the examples in token ids and the loss; `expected.safetensors` the log probability of
every target, P(y) of every row, and the gradient of the summed loss, named `gradient/<tensor>`. 32-bit floats on
the CPU, checked against 64-bit floats and against transformers' own BertModel under the same mask.

    python3 Scripts/answer-model/make-fixtures.py
"""

import copy
import json
import pathlib

import torch
import transformers
from safetensors.torch import save_file

import data
from twin import END, NONE, PASSAGE, SEPARATOR, START, AnswerModel

ROOT = pathlib.Path(__file__).parents[2] / "Tests/FineTuningTests/Fixtures/answer-model"
SEED = 20261123
BERT = dict(vocab_size=120, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
            max_position_embeddings=64, type_vocab_size=2, hidden_act="gelu", layer_norm_eps=1e-12)


def example(question, passage, targets, places):
    """`places[t]` are positions within the passage that hold target t."""
    found = data.prefix_of(question, passage or None)
    found.targets = targets
    found.aligned = [[found.copyable[0] + place for place in each] for each in places]
    for target, columns in zip(targets, found.aligned):
        assert all(found.prefix[column] == target for column in columns)
    return found


def examples():
    """Copied; two occurrences after a generated token; closed book; not in the data. Their lengths differ."""
    return {
        "copied": example([20, 21, 22], [30, 31, 32, 33, 34, 35, 36, 31], [32, 33, 34, END], [[2], [3], [4], []]),
        "two occurrences": example(
            [23, 24, 25, 26, 27], [50, 51, 52, 53, 54, 51, 52, 55, 56, 57, 58, 50], [40, 51, 52, END],
            [[], [1, 5], [2, 6], []]),
        "closed book": example([28, 29, 30], [], [60, 61, END], [[], [], []]),
        "none": example([21, 37], [70, 71, 72, 73, 70], [NONE], [[]]),
    }


def randomize(model, generator):
    """Weights with which every part of the model matters: norms are not ones, biases not zeros."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            norm = "norm" in name.lower()
            bias = name.endswith("bias")
            center = 1.0 if norm and not bias else 0.0
            spread = 0.2 if norm or bias or parameter.dim() == 1 else 0.25
            parameter.copy_(center + spread * torch.randn(parameter.shape, generator=generator))


def base():
    """Writes the base checkpoint."""
    config = transformers.BertConfig(**BERT)
    config._attn_implementation = "eager"
    model = transformers.BertModel(config, add_pooling_layer=False).float().eval()
    randomize(model, torch.Generator().manual_seed(SEED))
    config.architectures = ["BertModel"]
    (ROOT / "base").mkdir(parents=True, exist_ok=True)
    weights = {name: value.clone().contiguous() for name, value in model.state_dict().items()}
    weights = {name: value for name, value in weights.items() if value.is_floating_point()}
    save_file(weights, ROOT / "base/model.safetensors", metadata={"format": "pt"})
    (ROOT / "base/config.json").write_text(json.dumps(config.to_dict(), indent=1, sort_keys=True) + "\n")
    return model


def same_as_transformers(bert, batch):
    """How far the layers are from BertModel under the same three-dimensional mask, with its own weights."""
    model = AnswerModel.start(ROOT / "base")
    kinds = (batch.kinds == PASSAGE).long()
    mask = torch.where(batch.mask(), 0.0, torch.finfo(torch.float32).min)  # as BertModel's eager attention adds it
    with torch.no_grad():
        theirs = bert(input_ids=batch.ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        mine = model.states(batch)
    kept = torch.arange(batch.ids.shape[1]) < batch.prefix.view(-1, 1)
    rows = torch.zeros_like(kept)
    rows[batch.rows[:, 0], batch.rows[:, 1]] = True
    return (theirs - mine)[kept | rows].abs().max().item()


def gradients(model, batch):
    """Log probabilities of the targets, and the gradient of the summed loss of every trained tensor."""
    model.zero_grad()
    logs = model.log_likelihood(batch)
    (-logs.sum()).backward()
    return logs.detach(), {name: parameter.grad.clone() for name, parameter in model.named_parameters()}


def main():
    torch.set_num_threads(1)
    bert = base()
    given = examples()
    batch = data.collate(list(given.values()))
    apart = same_as_transformers(bert, batch)
    assert apart < 1e-5, apart

    model = AnswerModel.start(ROOT / "base")
    randomize(model, torch.Generator().manual_seed(SEED + 1))
    with torch.no_grad():
        model.copy.next.fill_(1.7)
    model.save(ROOT, ROOT / "base", torch.float32)
    loaded = AnswerModel.load(ROOT, ROOT / "base")
    logs, found = gradients(loaded, batch)

    torch.set_default_dtype(torch.float64)
    exact = copy.deepcopy(loaded).double()
    exact_logs, exact_found = gradients(exact, batch)
    torch.set_default_dtype(torch.float32)
    worst = max(((found[name].double() - value).norm() / value.norm()).item()
                for name, value in exact_found.items() if value.norm() > 1e-6)
    with torch.no_grad():
        distribution = loaded.distribution(batch)
    assert (distribution.sum(1) - 1).abs().max() < 1e-5
    # With every occurrence aligned, P(target) of the distribution is at least that of the loss.
    assert (distribution.gather(1, batch.targets.unsqueeze(1)).squeeze(1).log() > logs - 1e-5).all()

    written = [{
        "name": name, "ids": each.prefix, "types": each.kinds, "copyable": list(each.copyable),
        "targets": each.targets, "aligned": each.aligned,
        "inputs": [START, *each.targets[:-1]],
        "previous": batch.previous[batch.rows[:, 0] == index].tolist(),
        "logProbabilities": logs[batch.rows[:, 0] == index].tolist(),
    } for index, (name, each) in enumerate(given.items())]
    expected = {"specialIds": {"start": START, "end": END, "none": NONE, "separator": SEPARATOR},
                "loss": -logs.sum().item(), "targets": len(logs), "examples": written}
    (ROOT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    tensors = {"logProbabilities": logs, "distribution": distribution}
    tensors |= {"gradient/" + name: value for name, value in found.items()}
    save_file(tensors, ROOT / "expected.safetensors", metadata={"format": "pt"})
    print("loss", expected["loss"], "rows", len(logs), "largest difference from BertModel", apart,
          "from 64 bits: logs", (logs - exact_logs).abs().max().item(), "gradients", worst)
    zero = [name for name, value in exact_found.items() if value.norm() < 1e-6]
    print("gradients that are zero but for rounding:", zero)


if __name__ == "__main__":
    main()
