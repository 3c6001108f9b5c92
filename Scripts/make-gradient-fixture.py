"""Makes the tiny models, adapters and gradients for Tests/FineTuningTests/Fixtures/gradients.

One folder per model: config.json and model.safetensors as transformers writes them, PEFT adapters with
random values, expected.json with the examples and the losses, and expected.safetensors with the
gradient of every trained tensor, named by the variant: `full/<parameter>` without an adapter,
`adapter/<parameter>` with the one in the folder `adapter`, and so on; gradients that are zero but for
rounding are left out. The learnt mark of a token says whether the model learns to write it. All in 32-bit floats on the CPU,
without dropout. Needs torch, transformers, peft and sentence-transformers.

    python3 Scripts/make-gradient-fixture.py
"""

import copy
import json
import pathlib

import torch
import transformers
from safetensors.torch import save_file

from tuning_models import (
    BERT_LINEAR, SEED, adapt, contrastive_loss, decoder, decoders, embedding, encoder, learnt, pair_loss, pairs,
    save, sequences, token_loss, triples)

ROOT = pathlib.Path(__file__).parent.parent / "Tests/FineTuningTests/Fixtures/gradients"


def gradients(model, loss, examples):
    """The loss and the gradient of everything that is trained."""
    for parameter in model.parameters():
        parameter.grad = None
    value = loss(model, examples)
    value.backward()
    found = {name: p.grad.clone() for name, p in learnt(model).items() if p.grad is not None}
    return value.item(), found


def checked(model, loss, examples, found):
    """The gradients that are more than rounding, and how far they are from those in 64-bit floats.

    A key's bias moves all scores of a row alike: its gradient is zero, and what comes out is noise.
    """
    torch.set_default_dtype(torch.float64)
    _, exact = gradients(copy.deepcopy(model).double(), loss, examples)
    torch.set_default_dtype(torch.float32)
    least = 1e-6 * max(value.norm() for value in exact.values())
    kept = {name: value for name, value in found.items() if exact[name].norm() > least}
    for name in found.keys() - kept.keys():
        assert name.endswith("key.bias"), name
    return kept, max(((value.double() - exact[name]).norm() / exact[name].norm()).item() for name, value in kept.items())


def record(name, model, loss, examples, variants, targets="all-linear", head=None):
    """Writes one folder: the model, its adapters, losses and gradients."""
    folder = ROOT / name
    save(folder, model)
    losses, tensors = {}, {}
    every = {"full": None, **variants}
    for variant, settings in every.items():
        trained = copy.deepcopy(model)
        if settings is not None:
            trained = adapt(trained, folder / variant, True, targets, head, **settings)
        losses[variant], found = gradients(trained, loss, examples)
        found, noise = checked(trained, loss, examples, found)
        tensors |= {f"{variant}/{key}": value.contiguous() for key, value in found.items()}
        print(f"{name} {variant}: loss {losses[variant]:.4f}, {len(found)} tensors, noise {noise:.1e}")
    save_file(tensors, folder / "expected.safetensors")
    for path in folder.rglob("*.safetensors"):
        path.chmod(0o644)
    (folder / "expected.json").write_text(
        json.dumps({"examples": examples, "loss": losses}, separators=(",", ":")) + "\n")


def check_contrastive(model, batch):
    """Our few lines say the same as sentence-transformers."""
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    with torch.no_grad():
        parts = [torch.stack([embedding(model, item[key]) for item in batch])
                 for key in ("question", "passage", "negative")]
        theirs = MultipleNegativesRankingLoss(None).compute_loss_from_embeddings(parts, None)
        assert abs(theirs - contrastive_loss(model, batch)) < 1e-5


def main():
    torch.set_num_threads(1)
    for name, config in decoders().items():
        examples = sequences(3, torch.Generator().manual_seed(SEED))
        variants = {"adapter": {}}
        if name == "llama":
            variants |= {"rslora": dict(use_rslora=True), "dora": dict(use_dora=True)}
        record(name, decoder(config), token_loss, examples, variants)
    model = encoder()
    examples = triples(4, torch.Generator().manual_seed(SEED))
    check_contrastive(model, examples)
    record("bert-embedder", model, contrastive_loss, examples, {"adapter": {}}, targets=BERT_LINEAR)
    record(
        "bert-reranker", encoder(transformers.BertForSequenceClassification, num_labels=1), pair_loss,
        pairs(4, torch.Generator().manual_seed(SEED)), {"adapter": {}},
        targets=[*BERT_LINEAR, "pooler.dense"], head=["classifier"])


main()
