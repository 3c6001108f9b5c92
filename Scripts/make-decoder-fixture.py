"""Makes the tiny decoder models and their expected logits for Tests/LanguageModelsTests/Fixtures.

One folder per model family under Fixtures/decoders: random weights from a fixed seed, the
config.json that transformers writes, and expected.json with the logits of transformers' own model in
32-bit floats on the CPU, for whole prompts. For some families the same weights as GGUF, written with
the gguf package. Needs torch, transformers, safetensors and gguf.

    python3 Scripts/make-decoder-fixture.py
"""

import json
import pathlib

import gguf
import torch
import transformers
from safetensors.torch import save_file

SEED = 20261123
LENGTH = 24
SIZES = dict(
    vocab_size=50, hidden_size=24, intermediate_size=40, num_hidden_layers=2,
    num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64,
    bos_token_id=1, eos_token_id=2, pad_token_id=0)
WIDE = dict(SIZES, head_dim=8)


def rope(kind, theta=10000.0, **rest):
    return dict(rope_type=kind, rope_theta=theta, **rest)


def models():
    """Name, configuration, type of the stored weights, and whether a GGUF is made too."""
    t = transformers
    long = dict(
        short_factor=[1.0, 1.1, 1.3], long_factor=[1.2, 2.5, 4.0], original_max_position_embeddings=16)
    return [
        ("llama", t.LlamaConfig(**SIZES, tie_word_embeddings=False), torch.float32, True),
        ("llama-biased", t.LlamaConfig(**WIDE, attention_bias=True, mlp_bias=True), torch.float16, False),
        ("llama3", t.LlamaConfig(**WIDE, tie_word_embeddings=True, rope_parameters=rope(
            "llama3", 500.0, factor=4.0, low_freq_factor=1.0, high_freq_factor=4.0,
            original_max_position_embeddings=32)), torch.float16, True),
        ("llama-linear", t.LlamaConfig(**SIZES, rope_parameters=rope("linear", factor=2.5)), torch.float16, False),
        ("llama-yarn", t.LlamaConfig(**WIDE, rope_parameters=rope(
            "yarn", factor=4.0, original_max_position_embeddings=16)), torch.float16, False),
        ("mistral", t.MistralConfig(**WIDE, sliding_window=9), torch.bfloat16, False),
        ("qwen2", t.Qwen2Config(**SIZES, tie_word_embeddings=True), torch.float16, True),
        ("qwen2-sliding", t.Qwen2Config(
            **SIZES, use_sliding_window=True, sliding_window=7, max_window_layers=1), torch.float16, False),
        ("qwen3", t.Qwen3Config(**WIDE), torch.float16, True),
        ("phi3", t.Phi3Config(**SIZES, sliding_window=11), torch.float16, True),
        ("phi4-mini", t.Phi3Config(**dict(SIZES, hidden_size=32), tie_word_embeddings=True,
            original_max_position_embeddings=16, rope_parameters=dict(
                rope("longrope"), partial_rotary_factor=0.75, **long)), torch.float16, True),
        ("gemma2", t.Gemma2Config(**WIDE, sliding_window=6, query_pre_attn_scalar=8), torch.float16, True),
        ("gemma3", t.Gemma3TextConfig(
            **dict(WIDE, num_hidden_layers=3), sliding_window=6, query_pre_attn_scalar=8,
            layer_types=["sliding_attention", "sliding_attention", "full_attention"],
            rope_parameters={
                "full_attention": rope("linear", 1000000.0, factor=8.0),
                "sliding_attention": rope("default")}), torch.float16, True),
    ]


def randomize(model, generator, steps):
    """Weights that 16-bit floats hold exactly, so that every stored form has the same values."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            center = 0.0
            if "norm" in name:
                center = 0.0 if "gemma" in model.config.model_type else 1.0
            spread = 0.2 if "norm" in name or name.endswith("bias") else 0.3
            values = center + spread * torch.randn(parameter.shape, generator=generator)
            parameter.copy_((values * steps).round().clamp(-1.9 * steps, 1.9 * steps) / steps)


def logits(model, ids):
    with torch.no_grad():
        return model(torch.tensor([ids])).logits[0]


def check_steps(model, ids):
    """The cached forward pass of transformers says the same as the whole prompt."""
    whole, cache = logits(model, ids), None
    with torch.no_grad():
        for position, token in enumerate(ids):
            out = model(torch.tensor([[token]]), past_key_values=cache, use_cache=True)
            cache = out.past_key_values
            assert (out.logits[0, 0] - whole[position]).abs().max() < 5e-5


def interleaved(rows, heads):
    """Query and key rows in the order of GGUF's Llama: pairs side by side in place of halves."""
    shape = rows.shape
    return rows.reshape(heads, 2, shape[0] // heads // 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


def write_gguf(model, path):
    config = model.config
    kind = config.model_type.replace("gemma3_text", "gemma3").replace("mistral", "llama")
    arch = {value: key for key, value in gguf.MODEL_ARCH_NAMES.items()}[kind]
    names = gguf.get_tensor_name_map(arch, config.num_hidden_layers)
    writer = gguf.GGUFWriter(path, kind)
    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    full = config.rope_parameters.get("full_attention", config.rope_parameters)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(full["rope_theta"])
    writer.add_rope_dimension_count(int(head * (full.get("partial_rotary_factor") or 1.0)))
    if getattr(config, "sliding_window", None):
        writer.add_sliding_window(config.sliding_window)
    if kind == "gemma3":
        writer.add_sliding_window_pattern(config.layer_types.index("full_attention") + 1)
    if kind == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)
    if full["rope_type"] == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(full["factor"])
    if full["rope_type"] == "longrope":
        size, original = config.max_position_embeddings, full["original_max_position_embeddings"]
        writer.add_rope_scaling_orig_ctx_len(original)
        scale = (1 + torch.log(torch.tensor(size / original)) / torch.log(torch.tensor(original))) ** 0.5
        writer.add_rope_scaling_attn_factors(float(scale))
        for which in ("long", "short"):
            writer.add_tensor(
                f"rope_factors_{which}.weight", torch.tensor(full[which + "_factor"]).numpy())
    if full["rope_type"] == "llama3":
        plain = full["rope_theta"] ** -(torch.arange(0, head, 2).float() / head)
        used = model.model.rotary_emb.inv_freq
        writer.add_tensor("rope_freqs.weight", (plain / used).numpy())
    writer.add_tokenizer_model("none")
    writer.add_token_list([f"t{index}" for index in range(config.vocab_size)])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    for name, value in model.state_dict().items():
        if name == "lm_head.weight" and config.tie_word_embeddings:
            continue
        value = value.float()
        if kind == "llama" and "q_proj" in name:
            value = interleaved(value, config.num_attention_heads)
        if kind == "llama" and "k_proj" in name:
            value = interleaved(value, config.num_key_value_heads)
        if kind.startswith("gemma") and "norm" in name:
            value = value + 1
        half = value.ndim > 1 and model.stored != torch.float32
        writer.add_tensor(
            names.get_name(name, try_suffixes=(".weight", ".bias")),
            value.numpy().astype("float16" if half else "float32"))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


# Bytes of a block, and where its 16-bit scales stand with their sizes in units of the first.
BLOCKS = {
    "Q4_0": (18, {0: 1.0}), "Q4_1": (20, {0: 1.0, 2: -7.5}),
    "Q5_1": (24, {0: 1.0, 2: -15.5}), "Q8_0": (34, {0: 1.0}),
    "Q4_K": (144, {0: 1.0, 2: 7.5}), "Q5_K": (176, {0: 1.0, 2: 15.5}), "Q6_K": (210, {208: 1.0})}


def random_blocks(kind, shape, generator):
    """Random codes under scales that give weights of about the usual size."""
    quant = gguf.GGMLQuantizationType[kind]
    size, scales = BLOCKS[kind]
    values = gguf.GGML_QUANT_SIZES[quant][0]
    count = shape[0] * shape[1] // values
    blocks = torch.randint(0, 256, (count, size), generator=generator, dtype=torch.uint8).numpy()
    spread = (1 + torch.rand(count, generator=generator)).numpy()
    for trial in (1.0, None):
        if trial is None:
            trial = 0.06 / float(gguf.quants.dequantize(blocks, quant).std())
        for place, factor in scales.items():
            scale = (trial * factor * spread).astype("float16")
            blocks[:, place:place + 2] = scale.view("uint8").reshape(count, 2)
    rows = blocks.reshape(shape[0], -1)
    return rows, quant, torch.tensor(gguf.quants.dequantize(rows, quant))


def mixed(root, generator):
    """A Llama as people share them: a GGUF whose tensors are quantised in different ways."""
    folder = root / "mixed"
    folder.mkdir(parents=True, exist_ok=True)
    config = transformers.LlamaConfig(**dict(SIZES, hidden_size=256, intermediate_size=256, num_hidden_layers=1))
    config._attn_implementation = "eager"
    model = transformers.LlamaForCausalLM(config).float().eval()
    kinds = dict(
        q_proj="Q4_K", k_proj="Q4_K", v_proj="Q4_K", o_proj="Q5_K", gate_proj="Q4_0", up_proj="Q4_1",
        down_proj="Q5_1", embed_tokens="Q8_0", lm_head="Q6_K")
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, 1)
    writer = gguf.GGUFWriter(folder / "model.gguf", "llama")
    writer.add_context_length(64)
    writer.add_embedding_length(256)
    writer.add_block_count(1)
    writer.add_feed_forward_length(256)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            stored = names.get_name(name, try_suffixes=(".weight",))
            if "norm" in name:
                parameter.copy_(1 + 0.2 * torch.randn(parameter.shape, generator=generator))
                writer.add_tensor(stored, parameter.numpy())
                continue
            kind = kinds[name.split(".")[-2]]
            rows, quant, values = random_blocks(kind, parameter.shape, generator)
            heads = {"q_proj": 4, "k_proj": 2}.get(name.split(".")[-2])
            if heads:
                # The file's order back to that of transformers.
                values = values.reshape(heads, -1, 2, 256).swapaxes(1, 2).reshape(values.shape)
            parameter.copy_(values)
            writer.add_tensor(stored, rows, raw_dtype=quant)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    ids = torch.randint(0, config.vocab_size, (LENGTH,), generator=generator).tolist()
    runs = [{"ids": ids, "logits": [[round(x, 6) for x in row] for row in logits(model, ids).tolist()]}]
    (folder / "expected.json").write_text(json.dumps(runs, separators=(",", ":")) + "\n")


def main():
    root = pathlib.Path(__file__).parent.parent / "Tests/LanguageModelsTests/Fixtures/decoders"
    generator = torch.Generator().manual_seed(SEED)
    for name, config, stored, wants_gguf in models():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        config._attn_implementation = "eager"
        model = transformers.AutoModelForCausalLM.from_config(config).float().eval()
        model.stored = stored
        randomize(model, generator, steps=64 if stored == torch.bfloat16 else 512)
        weights = {key: value.to(stored).contiguous() for key, value in model.state_dict().items()}
        if config.tie_word_embeddings:
            weights.pop("lm_head.weight", None)
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
        config.architectures = [type(model).__name__]
        settings = config.to_dict()
        (folder / "config.json").write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n")
        ids = torch.randint(0, config.vocab_size, (LENGTH,), generator=generator).tolist()
        lengths = [12, LENGTH] if name == "phi4-mini" else [LENGTH]
        if name != "phi4-mini":
            check_steps(model, ids)
        runs = [
            {"ids": ids[:n], "logits": [[round(x, 6) for x in row] for row in logits(model, ids[:n]).tolist()]}
            for n in lengths]
        (folder / "expected.json").write_text(json.dumps(runs, separators=(",", ":")) + "\n")
        if wants_gguf:
            write_gguf(model, folder / "model.gguf")
        print(name, sum(value.numel() for value in weights.values()))
    mixed(root, generator)


main()
