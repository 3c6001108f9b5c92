"""Makes the tiny BERT model and its expected results for Tests/LanguageModelsTests/Fixtures.

Random weights from a fixed seed; the expected values are those of transformers' BertModel in
32-bit floats on the CPU. Needs torch, transformers and safetensors.

    python3 Scripts/make-encoder-fixture.py
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

SEED = 20240719
WORDS = ["alpha", "beta", "gamma", "delta", "pump", "valve", "##s", "##ing", ".", ",", "a", "the"]


def main():
    folder = pathlib.Path(__file__).parent.parent / "Tests/LanguageModelsTests/Fixtures/tiny-bert"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + WORDS
    vocabulary += [word for word in letters + ["##" + letter for letter in letters] if word not in WORDS]
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=72, max_position_embeddings=64, type_vocab_size=2, hidden_act="gelu",
        layer_norm_eps=1e-12, initializer_range=0.3)
    model = BertModel(config, add_pooling_layer=False).eval()
    # Scales, shifts and biases start at ones and zeros, which would hide mistakes.
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "LayerNorm" in name or name.endswith("bias"):
                parameter += 0.2 * torch.randn_like(parameter)
    weights = {name: value.contiguous() for name, value in model.state_dict().items() if value.is_floating_point()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})

    generator = torch.Generator().manual_seed(SEED)
    sequences = [
        torch.randint(0, len(vocabulary), (length,), generator=generator).tolist()
        for length in (1, 2, 7, 25, 64)]
    expected = []
    with torch.no_grad():
        for ids in sequences:
            state = model(torch.tensor([ids])).last_hidden_state[0]
            expected.append({"ids": ids, "last_hidden_state": [[round(x, 7) for x in row] for row in state.tolist()]})

    def write(name, value):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, indent=1) + "\n")

    write("config.json", {
        "model_type": "bert", "hidden_act": "gelu", "hidden_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 4, "intermediate_size": 72, "vocab_size": len(vocabulary),
        "max_position_embeddings": 64, "type_vocab_size": 2, "layer_norm_eps": 1e-12})
    write("modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}])
    write("1_Pooling/config.json", {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False})
    write("sentence_bert_config.json", {"max_seq_length": 24, "do_lower_case": False})
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")


main()
