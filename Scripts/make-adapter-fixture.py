"""Makes adapters and what models compute with them for Tests/LanguageModelsTests/Fixtures/adapters.

Each adapter is put by PEFT onto one of the tiny models of make-decoder-fixture.py or
make-encoder-fixture.py, given random values from a fixed seed, and saved by PEFT; expected.json has
the logits (decoders) or the last hidden state (BERT) of that model in 32-bit floats on the CPU. Needs
torch, transformers and peft.

    python3 Scripts/make-adapter-fixture.py
"""

import json
import pathlib
import shutil

import peft
import torch
import transformers

SEED = 41
LENGTH = 16
FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/LanguageModelsTests/Fixtures"
LINEAR = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def adapters():
    """Name, folder of the base model, and PEFT's settings."""
    lora = lambda **rest: peft.LoraConfig(lora_alpha=6, r=4, **rest)
    return [
        ("llama-lora", "decoders/llama", lora(target_modules=LINEAR)),
        ("llama-biased-dora", "decoders/llama-biased", lora(target_modules=LINEAR, use_dora=True)),
        ("mistral-some", "decoders/mistral", lora(target_modules=["v_proj", "down_proj"])),
        ("qwen2-rslora", "decoders/qwen2", lora(target_modules="all-linear", use_rslora=True)),
        ("qwen3-dora", "decoders/qwen3", lora(target_modules=["q_proj", "up_proj", "o_proj"], use_dora=True)),
        ("phi3-patterns", "decoders/phi3", lora(
            target_modules=["qkv_proj", "o_proj", "gate_up_proj", "down_proj"],
            rank_pattern={"qkv_proj": 7, "model.layers.1.mlp.down_proj": 2},
            alpha_pattern={r"layers\.\d+\.mlp\.(gate_up|down)_proj": 3, "^model.layers.0.self_attn.o_proj": 11})),
        ("gemma2-lora", "decoders/gemma2", lora(target_modules=LINEAR, layers_to_transform=[1])),
        ("gemma3-dora", "decoders/gemma3", lora(
            target_modules=LINEAR, use_dora=True, use_rslora=True, rank_pattern={"k_proj": 2})),
        ("llama-output", "decoders/llama", lora(target_modules=["lm_head", "q_proj"])),
        ("bert-lora", "tiny-bert", lora(target_modules=["query", "key", "value", "dense"])),
        ("bert-dora", "tiny-bert", lora(target_modules=["query", "value", "output.dense"], use_dora=True)),
    ]


def randomize(model, generator):
    """Values that 16-bit floats hold exactly; magnitudes near those of the weights."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_" not in name:
                continue
            values = torch.randn(parameter.shape, generator=generator)
            if "magnitude" in name:
                parameter.copy_(parameter * (1 + 0.2 * values))
            else:
                parameter.copy_((values * 0.3 * 512).round().clamp(-900, 900) / 512)


def main():
    generator = torch.Generator().manual_seed(SEED)
    for name, base, settings in adapters():
        source = FIXTURES / base
        is_bert = base == "tiny-bert"
        kind = transformers.AutoModel if is_bert else transformers.AutoModelForCausalLM
        settings.task_type = "FEATURE_EXTRACTION" if is_bert else "CAUSAL_LM"
        model = kind.from_pretrained(source, dtype=torch.float32, attn_implementation="eager").eval()
        model = peft.get_peft_model(model, settings).eval()
        randomize(model, generator)
        folder = FIXTURES / "adapters" / name
        shutil.rmtree(folder, ignore_errors=True)
        model.base_model.peft_config["default"].base_model_name_or_path = "tiny/" + source.name
        model.peft_config["default"].base_model_name_or_path = "tiny/" + source.name
        model.save_pretrained(folder)
        (folder / "README.md").unlink(missing_ok=True)
        size = model.config.vocab_size
        ids = torch.randint(0, size, (LENGTH,), generator=generator).tolist()
        with torch.no_grad():
            out = model(input_ids=torch.tensor([ids]))
            values = out.last_hidden_state[0] if is_bert else out.logits[0]
            with model.disable_adapter():
                plain = model(input_ids=torch.tensor([ids]))
                plain = plain.last_hidden_state[0] if is_bert else plain.logits[0]
        assert (values - plain).abs().max() > 0.1, name
        rows = [[round(x, 6) for x in row] for row in values.tolist()]
        (folder / "expected.json").write_text(json.dumps(
            {"base": base, "ids": ids, "rows": rows}, separators=(",", ":")) + "\n")
        print(name, sorted(p.name for p in folder.iterdir()), float((values - plain).abs().max()))


main()
