#!/usr/bin/env python3
"""Writes Tests/TokenizersTests/Fixtures/token-hashes.json: what the `tokenizers` package makes of
random Unicode strings, as hashes.

Usage: pip install tokenizers sentencepiece protobuf; python3 Scripts/make-token-hashes.py SHARED_DATA

SHARED_DATA holds the folder tokenizers with the public vocabularies that the tests use. The strings
are not kept: RandomTexts.swift makes the same ones from the same seed, from the parts in
random-texts.json. A hash covers 50 strings: of each the ids, the places and the decoded text.

The tokenizers of Qwen2.5 and Llama 3 are made of their tiktoken ranks: each token is merged of the
two parts that tiktoken would merge last.
"""

import base64
import json
import pathlib
import sys

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors

FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/TokenizersTests/Fixtures"
PARTS = json.loads((FIXTURES / "random-texts.json").read_text("utf-8"))
MASK = (1 << 64) - 1
COUNT, BLOCK = 10_000, 50

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LLAMA3 = CONTRACTIONS + (
    r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
O200K = "|".join([
    r"[^\r\n\p{L}\p{N}]?" + UPPER + "*" + LOWER + "+" + CONTRACTIONS + "?",
    r"[^\r\n\p{L}\p{N}]?" + UPPER + "+" + LOWER + "*" + CONTRACTIONS + "?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+",
])


class SplitMix:
    """The generator of the same name in TestSupport."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        value = self.state
        value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & MASK
        value = ((value ^ value >> 27) * 0x94D049BB133111EB) & MASK
        return value ^ value >> 31

    def below(self, bound):
        return self.next() % bound

    def pick(self, items):
        return items[self.below(len(items))]


def scalars(rng, block, count):
    low, high = block
    values = [low + rng.below(high - low + 1) for _ in range(count)]
    return "".join(chr(v) for v in values if not 0xD800 <= v <= 0xDFFF)


def text(rng, special):
    parts = []
    for _ in range(1 + rng.below(4)):
        kind = rng.below(100)
        if kind < 30:
            parts.append(" ".join(rng.pick(PARTS["words"]) for _ in range(1 + rng.below(5))))
        elif kind < 48:
            count = 1 + rng.below(9)
            parts.append("".join(scalars(rng, rng.pick(PARTS["blocks"]), 1) for _ in range(count)))
        elif kind < 60:
            block = rng.pick(PARTS["blocks"])
            parts.append(scalars(rng, block, 2 + rng.below(9)))
        elif kind < 70:
            base = rng.pick(PARTS["bases"])
            parts.append(base + "".join(rng.pick(PARTS["marks"]) for _ in range(1 + rng.below(5))))
        elif kind < 82:
            parts.append("".join(rng.pick(PARTS["spaces"]) for _ in range(1 + rng.below(5))))
        elif kind < 90:
            parts.append(rng.pick(special) if special else "")
        elif kind < 98:
            parts.append(scalars(rng, [0x20, 0x7E], 2 + rng.below(23)))
        else:
            parts.append(rng.pick(PARTS["repeated"]) * (20 + rng.below(150)))
    return rng.pick(["", "", " "]).join(parts)


def hashes(tokenizer, seed, count, special, places=True):
    tokenizer.no_truncation()
    tokenizer.no_padding()
    hidden = {i for i, t in tokenizer.get_added_tokens_decoder().items() if t.special}
    rng, out = SplitMix(seed), []
    for start in range(0, count, BLOCK):
        value = 0xCBF29CE484222325
        for _ in range(BLOCK):
            encoding = tokenizer.encode(text(rng, special))
            # Left out here and not by the package, which does not know special tokens that it
            # looks for in normalized text.
            shown = [i for i in encoding.ids if i not in hidden]
            decoded = tokenizer.decode(shown, skip_special_tokens=False)
            numbers = list(encoding.ids) + [0xFFFFFFFF]
            if places:
                numbers += [n for pair in encoding.offsets for n in pair]
            numbers += [0xFFFFFFFF] + [ord(c) for c in decoded] + [0xFFFFFFFF]
            for number in numbers:
                value = ((value ^ number) * 0x100000001B3) & MASK
        out.append(f"{value:016x}")
    return out


def ranks(path):
    lines = (line.split() for line in path.read_bytes().splitlines() if line.strip())
    return {base64.b64decode(token): int(rank) for token, rank in lines}


def letters():
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [b for b in range(256) if b not in printable]
    table = {b: chr(b) for b in printable}
    table.update({b: chr(0x100 + i) for i, b in enumerate(rest)})
    return table


def last_merge(token, rank, all_ranks):
    parts = [bytes([b]) for b in token]
    while len(parts) > 2:
        best = None
        for i in range(len(parts) - 1):
            found = all_ranks.get(parts[i] + parts[i + 1], rank)
            if found < rank and (best is None or found < best[0]):
                best = (found, i)
        if best is None:
            return None
        i = best[1]
        parts[i:i + 2] = [parts[i] + parts[i + 1]]
    return parts


def from_ranks(path, pattern, added, ignores_merges, composes, prefix=None):
    table = letters()
    spelled = lambda token: "".join(table[b] for b in token)
    all_ranks = ranks(path)
    merges = []
    for token, rank in sorted(all_ranks.items(), key=lambda item: item[1]):
        if len(token) > 1 and (pair := last_merge(token, rank, all_ranks)):
            merges.append((spelled(pair[0]), spelled(pair[1])))
    vocabulary = {spelled(token): rank for token, rank in all_ranks.items()}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges, ignore_merges=ignores_merges))
    if composes:
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(pattern), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    for content, special in added:
        token = AddedToken(content, normalized=False, special=special)
        (tokenizer.add_special_tokens if special else tokenizer.add_tokens)([token])
    if prefix:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{prefix} $A", special_tokens=[(prefix, tokenizer.token_to_id(prefix))]
        )
    return tokenizer


def llama3(folder):
    named = ["<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>",
             "<|reserved_special_token_1|>", "<|finetune_right_pad_id|>", "<|step_id|>",
             "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>",
             "<|python_tag|>"]
    added = named + [f"<|reserved_special_token_{i}|>" for i in range(2, 247)]
    path = folder / "llama3/llama3/tokenizer.model"
    return from_ranks(path, LLAMA3, [(t, True) for t in added], True, False, named[0])


def qwen2(folder):
    settings = json.loads((folder / "huggingface/qwen2.5/tokenizer_config.json").read_text())
    added = [(t["content"], t["special"]) for t in settings["added_tokens_decoder"].values()]
    return from_ranks(folder / "qwen/qwen.tiktoken", QWEN2, added, False, True)


def shared(folder):
    """Name, file, tokenizer, special strings, and whether places are compared."""
    read = lambda path: (path, Tokenizer.from_file(str(folder / path)))
    llama = ["<s>", "</s>", "<unk>", "<0x0A>", "▁", "<s"]
    yield "gpt2", *read("golden-multilingual/Vocabs/gpt2_tokenizer.json"), \
        ["<|endoftext|>", "<|endoftext", "Ġ"], True
    yield "roberta", *read("huggingface/tokenizer/roberta-base/tokenizer.json"), \
        ["<s>", "</s>", " <mask>", "<mask> ", "<pad>", "<mask"], True
    yield "llama", *read("golden-multilingual/Vocabs/llama_tokenizer.json"), llama, True
    yield "phi3", *read("huggingface/phi-3-mini/tokenizer.json"), \
        [*llama, "<|user|>", "<|end|> ", "<|assistant|>\n", "</s>  "], True
    # A character that its map removes from the front shifts all places in the package.
    yield "t5", *read("huggingface/tokenizer/t5-small/tokenizer.json"), \
        ["</s>", "<extra_id_0>", " <extra_id_99> ", "<unk>", "▁"], False
    yield "llama3", "llama3/llama3/tokenizer.model", llama3(folder), \
        ["<|begin_of_text|>", "<|eot_id|>", "<|start_header_id|>", "<|eot_id"], True
    yield "qwen2", "qwen/qwen.tiktoken", qwen2(folder), \
        ["<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>", "<|im_end"], True


def normalizing(value):
    """A tokenizer that decodes to the text its normalizer makes."""
    vocabulary = {f"<0x{b:02X}>": b for b in range(256)}
    return {
        "normalizer": value, "pre_tokenizer": None, "post_processor": None, "added_tokens": [],
        "model": {"type": "BPE", "vocab": vocabulary, "merges": [], "byte_fallback": True},
        "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},
    }


def splitting(value):
    """A tokenizer whose tokens are the words of its pre-tokenizer."""
    return {
        "normalizer": None, "pre_tokenizer": value, "post_processor": None, "added_tokens": [],
        "decoder": {"type": "Fuse"},
        "model": {"type": "BPE", "vocab": {"?": 0}, "merges": [], "unk_token": "?",
                  "fuse_unk": True},
    }


def small():
    """Tokenizers for one component each; they need no vocabulary."""
    for form in ["NFC", "NFD", "NFKC", "NFKD"]:
        yield form, normalizing({"type": form})
    regex = {"type": "Replace", "pattern": {"Regex": r"\s{2,}|[^\w\s]+?\d"}, "content": "·"}
    literal = {"type": "Replace", "pattern": {"String": "e"}, "content": "é!"}
    strip = {"type": "Strip", "strip_left": True, "strip_right": True}
    yield "chain", normalizing({"type": "Sequence", "normalizers": [
        strip, {"type": "NFD"}, {"type": "StripAccents"}, regex, literal,
        {"type": "Prepend", "prepend": "▁x"},
    ]})
    split = lambda pattern, behavior, invert: {
        "type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": invert,
    }
    yield "gpt2", splitting(split(
        r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
        "Isolated", False))
    for name, pattern in [("llama3", LLAMA3), ("qwen2", QWEN2), ("o200k", O200K)]:
        yield name, splitting(split(pattern, "Isolated", False))
    for behavior in ["Removed", "MergedWithPrevious", "MergedWithNext", "Contiguous"]:
        yield behavior, splitting(split(r"\p{P}|[a-fA-F\-x]", behavior, False))
        yield behavior + " inverted", splitting(split(r"\w+", behavior, True))
    yield "operators", splitting(split(
        r"(?<=\d)(?:st|nd|rd|th)|(?<!\w)[\p{L}\p{M}]{2,4}?(?=\P{L})|(?>a+b?)|\x{41}[\u0042-Z]*|\S\s?$",
        "Isolated", False))
    yield "deepseek", splitting({"type": "Sequence", "pretokenizers": [
        split("[\r\n]", "Isolated", False), split(r"\s?\p{L}+", "Isolated", False),
        split(r"\s?\p{P}+", "Isolated", False), split("[一-龥ࠀ-一가-퟿]+", "Isolated", False),
        {"type": "Digits", "individual_digits": True},
    ]})
    yield "digits", splitting({"type": "Digits", "individual_digits": False})
    yield "whitespace", splitting({"type": "Whitespace"})
    yield "whitespace split", splitting({"type": "WhitespaceSplit"})
    yield "punctuation", splitting({"type": "Punctuation", "behavior": "MergedWithPrevious"})
    for scheme in ["always", "first", "never"]:
        yield "metaspace " + scheme, splitting({
            "type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": True})


def sentencepiece_models(folder):
    """The same vocabularies as SentencePiece itself uses them."""
    kinds = sentencepiece_model_pb2.ModelProto.SentencePiece.Type
    path = "golden-multilingual/Vocabs/llama_tokenizer.json"
    vocabulary = json.loads((folder / path).read_text("utf-8"))["model"]["vocab"]
    proto = sentencepiece_model_pb2.ModelProto()
    for token, number in sorted(vocabulary.items(), key=lambda item: item[1]):
        kind = kinds.UNKNOWN if number == 0 else kinds.CONTROL if number < 3 else \
            kinds.BYTE if number < 259 else kinds.NORMAL
        score = 259.0 - number if number >= 259 else 0.0
        proto.pieces.add(piece=token, score=score, type=kind)
    proto.trainer_spec.model_type = 2
    proto.trainer_spec.byte_fallback = True
    proto.normalizer_spec.name = "identity"
    proto.normalizer_spec.remove_extra_whitespaces = False
    yield "llama", path, proto

    path = "huggingface/tokenizer/t5-small/tokenizer.json"
    document = json.loads((folder / path).read_text("utf-8"))
    proto = sentencepiece_model_pb2.ModelProto()
    for number, (token, score) in enumerate(document["model"]["vocab"][:32_000]):
        kind = kinds.UNKNOWN if number == 2 else kinds.CONTROL if number < 2 else kinds.NORMAL
        proto.pieces.add(piece=token, score=score, type=kind)
    spec = proto.trainer_spec
    spec.model_type, spec.unk_id, spec.bos_id, spec.eos_id, spec.pad_id = 1, 2, -1, 1, 0
    charsmap = document["normalizer"]["precompiled_charsmap"]
    proto.normalizer_spec.precompiled_charsmap = base64.b64decode(charsmap)
    yield "t5", path, proto


def sentencepiece_hashes(proto, seed):
    processor = sentencepiece.SentencePieceProcessor()
    processor.LoadFromSerializedProto(proto.SerializeToString())
    rng, out = SplitMix(seed), []
    for start in range(0, COUNT, BLOCK):
        value = 0xCBF29CE484222325
        for _ in range(BLOCK):
            for number in processor.encode(text(rng, [])) + [0xFFFFFFFF]:
                value = ((value ^ number) * 0x100000001B3) & MASK
        out.append(f"{value:016x}")
    return out


def main(folder):
    fixture = {"block": BLOCK, "shared": [], "sentencepiece": [], "small": []}
    for number, (name, path, tokenizer, special, places) in enumerate(shared(folder)):
        fixture["shared"].append({
            "name": name, "path": path, "seed": 1_000 + number, "special": special,
            "places": places, "hashes": hashes(tokenizer, 1_000 + number, COUNT, special, places),
        })
    for number, (name, path, proto) in enumerate(sentencepiece_models(folder)):
        fixture["sentencepiece"].append({
            "name": name, "path": path, "seed": 2_000 + number,
            "hashes": sentencepiece_hashes(proto, 2_000 + number),
        })
    for number, (name, document) in enumerate(small()):
        tokenizer = Tokenizer.from_str(json.dumps({"version": "1.0", "truncation": None,
                                                   "padding": None, **document}))
        fixture["small"].append({
            "name": name, "tokenizer": document, "seed": number,
            "hashes": hashes(tokenizer, number, 1_000, []),
        })
    lines = json.dumps(fixture, ensure_ascii=False, indent=1)
    (FIXTURES / "token-hashes.json").write_text(lines + "\n", "utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) / "tokenizers")
