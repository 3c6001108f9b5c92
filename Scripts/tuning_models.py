"""The tiny models, examples and adapters that the fixtures of training are made from."""

import json

import peft
import torch
import transformers
from safetensors.torch import save_file

SEED = 20261123
RANK, ALPHA = 4, 6
SIZES = dict(
    vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0)
WIDE = dict(SIZES, hidden_size=24, head_dim=8)
BERT = dict(
    vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
    max_position_embeddings=40, type_vocab_size=2, hidden_act="gelu", layer_norm_eps=1e-12)
BERT_LINEAR = ["query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense"]


def decoders():
    """Name and configuration of each decoder; between them all that a backward pass must know."""
    t = transformers
    theta = dict(rope_type="default", rope_theta=10000.0)
    return {
        "llama": t.LlamaConfig(**SIZES, tie_word_embeddings=True),
        "qwen2": t.Qwen2Config(**SIZES, tie_word_embeddings=True),
        "phi3": t.Phi3Config(**SIZES, tie_word_embeddings=False, sliding_window=11),
        # Caps low enough to bend what these small models say.
        "gemma2": t.Gemma2Config(
            **WIDE, sliding_window=6, query_pre_attn_scalar=12, attn_logit_softcapping=4.0,
            final_logit_softcapping=5.0),
        "qwen3": t.Qwen3Config(**WIDE, tie_word_embeddings=True),
        "gemma3": t.Gemma3TextConfig(
            **WIDE, sliding_window=6, query_pre_attn_scalar=12,
            layer_types=["sliding_attention", "full_attention"],
            rope_parameters={
                "full_attention": dict(rope_type="linear", rope_theta=1000000.0, factor=8.0),
                "sliding_attention": theta}),
    }


def decoder(config, seed=SEED):
    config._attn_implementation = "eager"
    model = transformers.AutoModelForCausalLM.from_config(config).float().eval()
    randomize(model, torch.Generator().manual_seed(seed))
    config.architectures = [type(model).__name__]
    return model


def encoder(kind=transformers.BertModel, seed=SEED, **settings):
    config = transformers.BertConfig(**BERT, **settings)
    config._attn_implementation = "eager"
    model = kind(config).float().eval()
    randomize(model, torch.Generator().manual_seed(seed))
    config.architectures = [kind.__name__]
    return model


def randomize(model, generator):
    """Weights with which every part of the model matters: norms are not ones, biases not zeros."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            norm = "norm" in name.lower()
            bias = name.endswith("bias")
            center = 1.0 if norm and not bias and "gemma" not in model.config.model_type else 0.0
            spread = 0.2 if norm or bias else 0.25
            parameter.copy_(center + spread * torch.randn(parameter.shape, generator=generator))


def adapt(model, folder, trained, targets="all-linear", head=None, **settings):
    """The model with LoRA on its linear layers, saved to the folder as PEFT saves it.

    A gradient fixture wants A, B and magnitudes that are all random (`trained`); training starts with
    B at zero.
    """
    config = peft.LoraConfig(
        r=RANK, lora_alpha=ALPHA, lora_dropout=0.0, target_modules=targets, bias="none",
        modules_to_save=head, **settings)
    generator = torch.Generator().manual_seed(SEED + 1)
    adapted = peft.get_peft_model(model, config).eval()
    with torch.no_grad():
        for name, parameter in adapted.named_parameters():
            if "lora_A" in name:
                parameter.copy_(0.2 * torch.randn(parameter.shape, generator=generator))
            elif "lora_B" in name and trained:
                parameter.copy_(0.2 * torch.randn(parameter.shape, generator=generator))
            elif "lora_magnitude" in name and trained:
                parameter.mul_(1 + 0.2 * torch.rand(parameter.shape, generator=generator))
    adapted.peft_config["default"].base_model_name_or_path = ""
    # The default is a set, in an order of its own each time.
    found = adapted.peft_config["default"].target_modules
    adapted.peft_config["default"].target_modules = sorted(found)
    adapted.save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)
    return adapted


def plain_name(name):
    """A parameter's name as in a PEFT file, without its prefix."""
    name = name.removeprefix("base_model.model.").replace(".default", "").replace(".base_layer", "")
    if name.endswith("lora_magnitude_vector.weight"):
        name = name.removesuffix(".weight")
    return name.replace(".modules_to_save", "")


def learnt(model):
    """What is trained, by plain name."""
    return {plain_name(name): value for name, value in model.named_parameters() if value.requires_grad}


def save(folder, model):
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: value.clone().contiguous() for name, value in model.state_dict().items()}
    weights = {name: value for name, value in weights.items() if value.is_floating_point()}
    if getattr(model.config, "tie_word_embeddings", False):
        weights.pop("lm_head.weight", None)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(model.config.to_dict(), indent=1, sort_keys=True) + "\n")


def sequences(count, generator, vocabulary=SIZES["vocab_size"], shortest=5, longest=20):
    """Examples of different lengths: ids, and for each token whether it is learnt."""
    made = []
    for _ in range(count):
        length = int(torch.randint(shortest, longest + 1, (1,), generator=generator))
        ids = torch.randint(3, vocabulary, (length,), generator=generator).tolist()
        # A prompt, then an answer with a hole in it, as where a tool speaks between two turns.
        prompt = int(torch.randint(1, length // 2 + 1, (1,), generator=generator))
        marks = [place >= prompt and place != (prompt + length) // 2 for place in range(length)]
        made.append({"ids": ids, "learnt": marks})
    return made


def token_loss(model, examples):
    """Mean over all learnt tokens of all examples; each example is read by itself."""
    losses = []
    for example in examples:
        logits = model(torch.tensor([example["ids"]])).logits[0, :-1].float()
        marks = torch.tensor(example["learnt"][1:])
        targets = torch.tensor(example["ids"][1:])
        losses.append(torch.nn.functional.cross_entropy(logits[marks], targets[marks], reduction="none"))
    return torch.cat(losses).mean()


def triples(count, generator, vocabulary=BERT["vocab_size"]):
    """Questions, each with its passage and a hard negative, as ids."""

    def text(shortest, longest):
        length = int(torch.randint(shortest, longest + 1, (1,), generator=generator))
        return torch.randint(3, vocabulary, (length,), generator=generator).tolist()

    return [{"question": text(3, 8), "passage": text(6, 18), "negative": text(6, 18)} for _ in range(count)]


def embedding(model, ids):
    """Mean pooling and unit length, as in sentence-transformers."""
    state = model(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(0)
    return torch.nn.functional.normalize(state, dim=0)


def contrastive_loss(model, batch, scale=20.0):
    """Multiple negatives ranking: every passage and every negative stands against each question."""
    questions = torch.stack([embedding(model, item["question"]) for item in batch])
    passages = torch.stack(
        [embedding(model, item["passage"]) for item in batch]
        + [embedding(model, item["negative"]) for item in batch])
    return torch.nn.functional.cross_entropy(scale * questions @ passages.T, torch.arange(len(batch)))


def pairs(count, generator, vocabulary=BERT["vocab_size"]):
    """Question and passage in one sequence, [CLS]-like token first, with a label."""
    made = []
    for index, item in enumerate(triples(count, generator, vocabulary)):
        ids = [1, *item["question"], 2, *item["passage"], 2]
        types = [0] * (len(item["question"]) + 2) + [1] * (len(item["passage"]) + 1)
        made.append({"ids": ids, "types": types, "label": float(index % 2)})
    return made


def pair_loss(model, batch):
    """Mean binary cross-entropy of one logit."""
    logits = torch.stack([
        model(input_ids=torch.tensor([item["ids"]]), token_type_ids=torch.tensor([item["types"]])).logits[0, 0]
        for item in batch])
    labels = torch.tensor([item["label"] for item in batch])
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, labels.to(logits.dtype))
