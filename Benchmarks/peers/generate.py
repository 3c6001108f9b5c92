#!/usr/bin/env python3
"""How fast Attune reads and writes with a small language model, beside llama.cpp.

    python3 Benchmarks/peers/generate.py --attune .build/release/attune

Both run the same GGUF file with the shape of SmolLM2-135M and random weights in Q8_0; Attune after
`attune models import`. In every round both read a prompt of 1,024 tokens, and write behind a prompt of
one token and of 1,024, one after the other, in an order that turns. llama.cpp is loaded and warm in this
process and is only timed in `eval`; it neither samples nor makes text. Attune is a new process each
time and says itself how long reading and writing took (`-v`), sampling and text included.
"""

import argparse
import ctypes
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIRED = {"prefill": 3.0, "decode at 1": 1.5, "decode at 1024": 2.0}
MEMORY_LIMIT = 1.3
LAYERS, WIDTH, HEADS, KEY_HEADS, INNER, WORDS = 30, 576, 9, 3, 1536, 49152
CONTEXT = 1024
WRITTEN = 64


def byte_tokens():
    """The 256 tokens of byte-level BPE that stand for one byte each."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    signs = dict(zip(plain, plain)) | {byte: 256 + i for i, byte in enumerate(others)}
    return [chr(signs[byte]) for byte in range(256)]


def write_model(path):
    """Writes the GGUF file. Its text tokens are bytes, so that a text has as many tokens as bytes."""
    import gguf

    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("random-135m")
    writer.add_context_length(2048)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEY_HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(100000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(WORDS)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    tokens = byte_tokens()
    tokens += ["zz"] + [f"<fill{index}>" for index in range(WORDS - 257)]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.NORMAL] * len(tokens))
    writer.add_token_merges(["z z"])
    writer.add_eos_token_id(WORDS - 1)
    writer.add_bos_token_id(WORDS - 1)
    writer.add_add_bos_token(False)

    def add(name, *shape):
        values = random.standard_normal(shape, dtype=np.float32) * 0.04
        # A row of zeros never has the highest logit, so nothing ends early.
        if name.startswith("token_embd"):
            values[WORDS - 1] = 0
        kind = gguf.GGMLQuantizationType.Q8_0
        writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)

    def ones(name):
        writer.add_tensor(name, np.ones(WIDTH, dtype=np.float32))

    add("token_embd.weight", WORDS, WIDTH)
    key_width = WIDTH // HEADS * KEY_HEADS
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        ones(block + "attn_norm.weight")
        ones(block + "ffn_norm.weight")
        add(block + "attn_q.weight", WIDTH, WIDTH)
        add(block + "attn_k.weight", key_width, WIDTH)
        add(block + "attn_v.weight", key_width, WIDTH)
        add(block + "attn_output.weight", WIDTH, WIDTH)
        add(block + "ffn_gate.weight", INNER, WIDTH)
        add(block + "ffn_up.weight", INNER, WIDTH)
        add(block + "ffn_down.weight", WIDTH, INNER)
    ones("output_norm.weight")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


class Attune:
    def __init__(self, program, model, cache):
        self.program = program
        self.environment = {**os.environ, "ATTUNE_CACHE": str(cache)}
        subprocess.run(
            [program, "models", "import", str(model), "--name", "random-135m"],
            env=self.environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        self.packed = (cache / "models/random-135m/model.attune").stat().st_size
        self.peak = 0

    def run(self, prompt, written):
        process = subprocess.Popen(
            [self.program, "generate", "-v", "--raw", "--model", "random-135m", "--json",
             "--max-tokens", str(written + 1), "a" * prompt],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        output, errors = process.communicate()
        if process.returncode:
            sys.exit(f"attune generate failed: {errors}")
        figures = re.search(r"read (\d+) tokens in ([\d.]+) s, wrote (\d+) more in ([\d.]+) s", errors)
        result = json.loads(output)
        assert int(figures[1]) == prompt and int(figures[3]) == written, errors
        assert result["usage"]["completion_tokens"] == written + 1
        return int(figures[1]) / float(figures[2]), int(figures[3]) / float(figures[4])

    def peak_memory(self):
        """Bytes at most, of one process that reads and writes, as the kernel counts them."""
        process = subprocess.Popen(
            [self.program, "generate", "--raw", "--model", "random-135m", "--max-tokens",
             str(WRITTEN), "a" * CONTEXT],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        peak = 0
        # What wait4 tells counts this program's own memory too, from before the new one began.
        while process.poll() is None:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text()
            except OSError:
                break
            peak = max([peak] + [int(kib) << 10 for kib in re.findall(r"VmHWM:\s+(\d+)", status)])
            time.sleep(0.002)
        assert process.wait() == 0
        return peak


class LlamaCpp:
    def __init__(self, model, threads):
        import llama_cpp

        self.version = llama_cpp.__version__
        self.llama = llama_cpp.Llama(
            str(model), n_ctx=2048, n_batch=512, n_threads=threads, n_threads_batch=threads,
            verbose=False,
        )
        self.run(64, 4)

    def run(self, prompt, written):
        self.llama.reset()
        start = time.perf_counter()
        self.llama.eval([97] * prompt)
        middle = time.perf_counter()
        for step in range(written):
            self.llama.eval([97 + step % 20])
        end = time.perf_counter()
        return prompt / (middle - start), written / (end - middle)


def bandwidth(threads):
    """Bytes a second that all threads together read from memory, with the C library's own loop."""
    library = ctypes.CDLL(None)
    library.memchr.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
    arrays = [np.ones(1 << 28, dtype=np.int8) for _ in range(threads)]
    best = 0.0
    for _ in range(5):
        workers = [
            threading.Thread(target=library.memchr, args=(array.ctypes.data, 0, array.nbytes))
            for array in arrays
        ]
        start = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        best = max(best, sum(array.nbytes for array in arrays) / (time.perf_counter() - start))
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attune", default=str(ROOT / ".build/release/attune"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", default=str(ROOT / "Benchmarks/results/generate.json"))
    parser.add_argument("--check", action="store_true", help="end with 1 below the promise")
    arguments = parser.parse_args()
    threads = os.cpu_count() or 1

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "random-135m-q8_0.gguf"
        print("Writing the model ...", flush=True)
        write_model(model)
        attune = Attune(arguments.attune, model, Path(folder) / "cache")
        peer = LlamaCpp(model, threads)
        tasks = {"prefill": (CONTEXT, 1, 0), "decode at 1": (1, WRITTEN, 1),
                 "decode at 1024": (CONTEXT, WRITTEN, 1)}
        rounds = []
        for number in range(arguments.rounds):
            figures = {}
            for task, (prompt, written, which) in tasks.items():
                contestants = [("attune", attune), ("llama.cpp", peer)]
                for name, contestant in contestants[:: 1 if number % 2 else -1]:
                    figures.setdefault(task, {})[name] = contestant.run(prompt, written)[which]
            rounds.append(figures)
            print(f"round {number + 1}: " + "; ".join(
                f"{task} {value['attune']:.0f} and {value['llama.cpp']:.0f} tokens/s"
                for task, value in figures.items()), flush=True)
        read = bandwidth(threads)
        peak = attune.peak_memory()

    cache = 2 * LAYERS * (WIDTH // HEADS * KEY_HEADS) * (CONTEXT + WRITTEN) * 2
    memory = peak / (attune.packed + cache)
    summary = {}
    failed = memory > MEMORY_LIMIT
    print(f"\nattune beside llama-cpp-python {peer.version}, {threads} threads, medians")
    for task in tasks:
        ratios = [figures[task]["attune"] / figures[task]["llama.cpp"] for figures in rounds]
        ours = statistics.median(figures[task]["attune"] for figures in rounds)
        theirs = statistics.median(figures[task]["llama.cpp"] for figures in rounds)
        summary[task] = {"attune": ours, "llama.cpp": theirs, "ratio": statistics.median(ratios),
                         "lowest": min(ratios), "highest": max(ratios), "promised": REQUIRED[task]}
        failed = failed or summary[task]["ratio"] < REQUIRED[task]
        print(f"  {task:15} {ours:7.0f} {theirs:7.0f} tokens/s, ratio {summary[task]['ratio']:.2f} "
              f"({min(ratios):.2f} to {max(ratios):.2f}), promised {REQUIRED[task]}")
    share = summary["decode at 1"]["attune"] * attune.packed / read
    print(f"  decode at 1 reads {share:.0%} of the memory bandwidth ({read / 1e9:.0f} GB/s by memchr)")
    print(f"  peak memory {peak / 1e6:.0f} MB, {memory:.2f} of weights and cache, promised {MEMORY_LIMIT}")
    Path(arguments.output).write_text(json.dumps({
        "machine": {"processor": platform.processor() or platform.machine(), "threads": threads},
        "versions": {"llama-cpp-python": peer.version, "python": platform.python_version()},
        "summary": summary, "bandwidth_share": share, "peak_bytes": peak, "memory_ratio": memory,
        "rounds": rounds,
    }, indent=1) + "\n")
    sys.exit(1 if arguments.check and failed else 0)


if __name__ == "__main__":
    main()
