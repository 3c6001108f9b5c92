#!/usr/bin/env python3
"""How fast Attune embeds passages, beside sentence-transformers and ONNX Runtime.

    python3 Benchmarks/peers/embed.py --attune .build/release/attune --model FOLDER

All contestants get the same passages, from text to normalised vectors, in 32-bit floats, on the
same cores. The two peers live in processes of their own that have loaded and warmed up the model;
each uses the batch size that was fastest for it on this machine just before. Attune is a new process
each round and says itself how long the embedding took, without loading (`-v`); that claim is
checked from outside: the wall time of a large run less that of a small one. In every round all
contestants embed the whole set, one after the other, in an order that rotates.
"""

import argparse
import json
import multiprocessing
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

import passages

LIMIT = 256
BATCH_SIZES = [8, 16, 32, 64]
REQUIRED = {"sentence-transformers": 1.3, "onnxruntime": 1.15}
ROOT = Path(__file__).resolve().parent.parent.parent


class SentenceTransformers:
    def __init__(self, model, threads):
        import sentence_transformers
        import torch
        torch.set_num_threads(threads)
        self.model = sentence_transformers.SentenceTransformer(str(model), device="cpu")
        self.model.max_seq_length = LIMIT

    def embed(self, texts, setting):
        return self.model.encode(
            texts, batch_size=setting["batch"], normalize_embeddings=True, show_progress_bar=False)

    def settings(self):
        return [{"batch": b} for b in BATCH_SIZES]


class OnnxRuntime:
    """The same network exported by torch.onnx, as exported and with ONNX Runtime's own BERT fusions."""

    def __init__(self, model, threads):
        import onnxruntime
        from tokenizers import Tokenizer
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.tokenizer.enable_truncation(LIMIT)
        self.tokenizer.enable_padding()
        self.sessions = {}
        with tempfile.TemporaryDirectory() as folder:
            for name, path in self.export(model, Path(folder)).items():
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = threads
                options.inter_op_num_threads = 1
                options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
                self.sessions[name] = onnxruntime.InferenceSession(
                    str(path), options, providers=["CPUExecutionProvider"])

    def export(self, folder, out):
        import torch
        from transformers import BertModel

        class Encoder(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.bert = BertModel.from_pretrained(
                    folder, attn_implementation="eager", add_pooling_layer=False).eval()

            def forward(self, input_ids, attention_mask):
                hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
                mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
                mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
                return torch.nn.functional.normalize(mean, dim=1)

        example = torch.ones(2, 16, dtype=torch.int64)
        axes = {0: "batch", 1: "tokens"}
        plain = out / "plain.onnx"
        with torch.inference_mode():
            torch.onnx.export(
                Encoder(), (example, example), str(plain), dynamo=False, opset_version=17,
                input_names=["input_ids", "attention_mask"], output_names=["embedding"],
                dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}})
        files = {"plain": plain}
        try:
            from onnxruntime.transformers import optimizer
            configuration = json.loads((folder / "config.json").read_text())
            fused = optimizer.optimize_model(
                str(plain), model_type="bert", num_heads=configuration["num_attention_heads"],
                hidden_size=configuration["hidden_size"])
            fused.save_model_to_file(str(out / "fused.onnx"))
            files["fused"] = out / "fused.onnx"
        except ImportError as error:
            print(f"ONNX Runtime's BERT optimizer is not usable here ({error}): plain export only")
        return files

    def settings(self):
        return [{"graph": g, "batch": b} for g in self.sessions for b in BATCH_SIZES]

    def embed(self, texts, setting):
        import numpy
        session, size = self.sessions[setting["graph"]], setting["batch"]
        # Sorted by length, so that a batch holds texts of nearly one length and little padding.
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        out = numpy.empty((len(texts), 384), dtype=numpy.float32)
        for first in range(0, len(order), size):
            chosen = order[first:first + size]
            encoded = self.tokenizer.encode_batch_fast([texts[i] for i in chosen])
            out[chosen] = session.run(None, {
                "input_ids": numpy.array([e.ids for e in encoded], dtype=numpy.int64),
                "attention_mask": numpy.array([e.attention_mask for e in encoded], dtype=numpy.int64)})[0]
        return out


PEERS = {"sentence-transformers": SentenceTransformers, "onnxruntime": OnnxRuntime}


def serve(name, model, threads, pipe):
    """A peer's process: loads once, then embeds whenever it is told to."""
    # The exporter warns about every Python branch it meets; the vectors are compared below instead.
    warnings.simplefilter("ignore")
    peer = PEERS[name](model, threads)
    pipe.send(peer.settings())
    while (job := pipe.recv()) is not None:
        texts, setting = job
        begin = time.perf_counter()
        vectors = peer.embed(texts, setting)
        pipe.send((time.perf_counter() - begin, vectors))


class Peer:
    def __init__(self, name, model, threads):
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=serve, args=(name, model, threads, other), daemon=True)
        self.process.start()
        other.close()
        self.choices = self.pipe.recv()
        self.setting = self.choices[0]

    def run(self, texts, setting=None):
        self.pipe.send((texts, setting or self.setting))
        return self.pipe.recv()

    def tune(self, texts):
        """Keep the fastest setting: best of two runs each, after one to warm up."""
        self.run(texts[:8])
        tried = [(min(self.run(texts, s)[0] for _ in range(2)), i) for i, s in enumerate(self.choices)]
        self.setting = self.choices[min(tried)[1]]
        return [{**self.choices[i], "seconds": round(t, 4)} for t, i in tried]

    def stop(self):
        self.pipe.send(None)
        self.process.join(timeout=10)


class Attune:
    LINE = re.compile(r"embedded (\d+) texts, (\d+) tokens in ([0-9.]+) s")

    def __init__(self, program, model):
        self.command = [str(program), "embed", "-v", "--model", str(model)]
        self.folder = tempfile.TemporaryDirectory()

    def run(self, texts):
        """Its own seconds (None if it does not say), the process's seconds, and the vectors."""
        import numpy
        path = Path(self.folder.name) / "texts.jsonl"
        path.write_text("".join(
            json.dumps({"id": str(i), "text": t}, ensure_ascii=False) + "\n" for i, t in enumerate(texts)))
        begin = time.perf_counter()
        done = subprocess.run([*self.command, "--batch", str(path)], capture_output=True, text=True)
        wall = time.perf_counter() - begin
        if done.returncode != 0:
            sys.exit(f"{' '.join(self.command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        if [r["id"] for r in rows] != [str(i) for i in range(len(texts))]:
            sys.exit("attune embed did not return every text in order")
        said = self.LINE.search(done.stderr)
        return float(said[3]) if said else None, wall, numpy.array([r["embedding"] for r in rows], dtype="f4")


def summary(values):
    return {"median": round(statistics.median(values), 4), "min": round(min(values), 4),
            "max": round(max(values), 4)}


def cpu_name():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--attune", type=Path, default=ROOT / ".build/release/attune")
    arguments.add_argument("--peers-only", action="store_true", help="leave Attune out")
    arguments.add_argument("--model", type=Path, default=Path.home() / ".cache/attune/models/all-MiniLM-L6-v2")
    arguments.add_argument("--texts", type=Path, help="plain text, or JSON Lines with \"text\", to use instead")
    arguments.add_argument("--passages", type=int, default=256)
    arguments.add_argument("--tokens", type=int, default=180)
    arguments.add_argument("--spread", type=int, default=20)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--out", type=Path, default=ROOT / "Benchmarks/results/embed.json")
    arguments.add_argument("--check", action="store_true",
                           help="end with 1 if a median ratio is below what the project promises")
    options = arguments.parse_args()
    if not (options.model / "model.safetensors").exists():
        sys.exit(f"no model.safetensors in {options.model}: give the model's folder with --model")
    if not options.peers_only and not options.attune.exists():
        sys.exit(f"no program at {options.attune}: build it, give --attune, or --peers-only")

    import numpy
    from importlib.metadata import version
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    count = lambda text: len(tokenizer.encode(text).ids)
    how = (options.passages, options.tokens, options.spread, options.seed, count)
    texts = passages.read(options.texts, *how) if options.texts else passages.make(*how)
    lengths = [min(LIMIT, count(t)) for t in texts]
    tokens = sum(lengths)
    print(f"{len(texts)} passages, {tokens} tokens ({min(lengths)} to {max(lengths)} each, "
          f"[CLS] and [SEP] included), {options.threads} threads, {options.rounds} rounds")

    peers = {name: Peer(name, options.model, options.threads) for name in PEERS}
    tuning = {}
    for name, peer in peers.items():
        tuning[name] = peer.tune(texts[:max(64, len(texts) // 2)])
        print(f"{name}: best of {len(tuning[name])} settings: {peer.setting}")

    attune = None if options.peers_only else Attune(options.attune, options.model)
    names = [*peers] if attune is None else ["attune", *peers]
    rounds, worst = [], {}
    reference = None
    method = "the program's own line on standard error"
    overhead = None
    if attune is not None:
        attune.run(texts[:8])  # fills the disk cache
        small = texts[:len(texts) // 4]
        said, _, _ = attune.run(small)
        few = min(attune.run(small)[1] for _ in range(3))
        walls, claims = zip(*[(w, s) for s, w, _ in (attune.run(texts) for _ in range(3))])
        per_text = (min(walls) - few) / (len(texts) - len(small))
        overhead = max(0.0, min(walls) - per_text * len(texts))
        if said is None:
            method = "wall time of the process less its start, from the difference of two set sizes"
            print("attune does not say how long it embedded: " + method)
        else:
            # The program must not flatter itself: seen from outside it should take as long.
            print(f"attune says {min(claims):.3f} s; by the difference of two set sizes "
                  f"{per_text * len(texts):.3f} s; start and output {overhead:.3f} s")
    for number in range(options.rounds):
        order = names[number % len(names):] + names[:number % len(names)]
        entry = {"order": order, "seconds": {}}
        for name in order:
            if name == "attune":
                said, wall, vectors = attune.run(texts)
                entry["attune_wall"] = round(wall, 4)
                seconds = said if said is not None else wall - overhead
            else:
                seconds, vectors = peers[name].run(texts)
            entry["seconds"][name] = round(seconds, 4)
            if name == "sentence-transformers":
                reference = vectors
            entry.setdefault("vectors", {})[name] = vectors
        for name, vectors in entry.pop("vectors").items():
            cosine = (vectors * reference).sum(1) / numpy.linalg.norm(vectors, axis=1)
            worst[name] = min(worst.get(name, 1.0), float(cosine.min()))
        rounds.append(entry)
        print(f"round {number + 1}: " + ", ".join(
            f"{n} {tokens / entry['seconds'][n]:,.0f} tokens/s" for n in names), flush=True)
    for peer in peers.values():
        peer.stop()

    rates = {n: summary([tokens / r["seconds"][n] for r in rounds]) for n in names}
    ratios = {} if attune is None else {
        n: summary([r["seconds"][n] / r["seconds"]["attune"] for r in rounds]) for n in peers}
    for name in names:
        print(f"{name}: median {rates[name]['median']:,.0f} tokens/s ({rates[name]['min']:,.0f} to "
              f"{rates[name]['max']:,.0f}), lowest cosine to sentence-transformers {worst[name]:.7f}")
    for name, ratio in ratios.items():
        print(f"attune / {name}: median {ratio['median']:.2f} (min {ratio['min']:.2f}, max {ratio['max']:.2f}), "
              f"promised {REQUIRED[name]}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps({
        "what": "embedding speed, tokens per second, text to normalised vector, f32",
        "machine": {"cpu": cpu_name(), "cores": os.cpu_count(), "system": platform.system()},
        "versions": {"python": platform.python_version(), **{p: version(p) for p in (
            "torch", "transformers", "sentence-transformers", "onnxruntime", "tokenizers")}},
        "passages": len(texts), "tokens": tokens, "shortest": min(lengths), "longest": max(lengths),
        "source": options.texts.name if options.texts else f"generator, seed {options.seed}",
        "threads": options.threads,
        "attune_timing": None if attune is None else method,
        "attune_seconds_by_difference": None if attune is None else round(per_text * len(texts), 4),
        "settings": {n: p.setting for n, p in peers.items()}, "tuning": tuning,
        "tokens_per_second": rates, "ratio_attune_to_peer": ratios,
        "lowest_cosine_to_sentence_transformers": {n: round(c, 7) for n, c in worst.items()},
        "rounds": rounds,
    }, indent=2) + "\n")
    print(f"written to {options.out}")
    wrong = [n for n, c in worst.items() if c < 0.9999]
    slow = [n for n, r in ratios.items() if r["median"] < REQUIRED[n]]
    if wrong:
        sys.exit(f"not the same vectors: {', '.join(wrong)}")
    if options.check and slow:
        sys.exit(f"slower than promised beside {', '.join(slow)}")


if __name__ == "__main__":
    main()
