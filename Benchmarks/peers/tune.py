#!/usr/bin/env python3
"""How fast Attune tunes a small language model with LoRA, beside PEFT on PyTorch.

    python3 Benchmarks/peers/tune.py --attune .build/release/attune

Every contestant trains the same adapter (rank 16 on all linear layers) on the same model, with the shape
of SmolLM2-135M and random weights, from the same first values, on the same tokens with the same mask, with
AdamW. Each is a process of its own, loaded and warm, and they take turns. It is started with the folder of
the model, of the adapter, and the file of batches, and then answers lines of JSON:

    {"train": 4}       four more steps, from where it was in the file: {"seconds": …, "tokens": …, "losses": […]}
    {"validate": true} the mean loss of the learnt tokens of the validation batches: {"loss": …}

It says {"ready": true} first, and ends when its input ends. A line that does not begin with a brace is
passed over. The file of batches is JSON: {"settings": {…}, "train": [batch, …], "validation": [batch, …]},
where a batch is a list of {"ids": […], "learnt": […]}.
"""

import argparse
import json
import os
import platform
import random
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIRED = {"attune f32": 1.3, "attune int8": 2.0}
MEMORY_LIMIT = 0.4
LOSS_TOLERANCE = 0.01
RANK, ALPHA = 16, 32
SETTINGS = dict(learning_rate=1e-3, weight_decay=0.01, clip=1.0, beta1=0.9, beta2=0.999, epsilon=1e-8)
SHAPE = dict(
    hidden_size=576, num_hidden_layers=30, num_attention_heads=9, num_key_value_heads=3, intermediate_size=1536,
    vocab_size=49152, max_position_embeddings=2048, rope_theta=100000.0, rms_norm_eps=1e-5,
    tie_word_embeddings=True, bos_token_id=1, eos_token_id=2)


def write_model(folder, attention):
    """Writes the model and the adapter before its first step, as transformers and PEFT save them."""
    import peft
    import torch
    import transformers

    transformers.utils.logging.disable_progress_bar()
    torch.manual_seed(7)
    config = transformers.LlamaConfig(**SHAPE)
    config._attn_implementation = attention
    model = transformers.LlamaForCausalLM(config).float()
    model.save_pretrained(folder / "model")
    settings = peft.LoraConfig(
        r=RANK, lora_alpha=ALPHA, lora_dropout=0.0, target_modules="all-linear", bias="none", task_type="CAUSAL_LM")
    peft.get_peft_model(model, settings).save_pretrained(folder / "adapter")


def write_batches(path, arguments):
    """Tokens of a language that can be learnt: after each word one of a few others."""
    numbers = random.Random(7)
    words = numbers.sample(range(3, SHAPE["vocab_size"]), 2000)
    follows = {word: numbers.sample(words, 4) for word in words}

    def sequence():
        ids = [numbers.choice(words)]
        while len(ids) < arguments.length:
            ids.append(numbers.choice(follows[ids[-1]]))
        first = round(arguments.length * (1 - arguments.learnt))
        return {"ids": ids, "learnt": [place >= max(first, 1) for place in range(arguments.length)]}

    path.write_text(json.dumps({
        "settings": SETTINGS,
        "train": [[sequence() for _ in range(arguments.batch)] for _ in range(64)],
        "validation": [[sequence() for _ in range(arguments.batch)] for _ in range(4)],
    }))


def serve(arguments):
    """The contestant PEFT: answers as described above."""
    import peft
    import torch
    import transformers

    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(os.cpu_count() or 1)
    data = json.loads(Path(arguments.batches).read_text())
    model = transformers.LlamaForCausalLM.from_pretrained(
        arguments.model, dtype=torch.float32, attn_implementation=arguments.attention)
    model.config.use_cache = False
    model = peft.PeftModel.from_pretrained(model, arguments.adapter, is_trainable=True)
    if arguments.checkpointing:
        model.enable_input_require_grads()
        model.gradient_checkpointing_enable()
    model.train()
    trained = [value for value in model.parameters() if value.requires_grad]
    settings = data["settings"]
    optimizer = torch.optim.AdamW(
        trained, lr=settings["learning_rate"], betas=(settings["beta1"], settings["beta2"]), eps=settings["epsilon"],
        weight_decay=settings["weight_decay"])

    def loss(batch):
        ids = torch.tensor([item["ids"] for item in batch])
        marks = torch.tensor([item["learnt"] for item in batch])
        return model(input_ids=ids, labels=ids.masked_fill(~marks, -100)).loss

    def train(steps):
        nonlocal done
        start, losses = time.perf_counter(), []
        for _ in range(steps):
            batch = data["train"][done % len(data["train"])]
            value = loss(batch)
            value.backward()
            torch.nn.utils.clip_grad_norm_(trained, settings["clip"])
            optimizer.step()
            optimizer.zero_grad()
            losses.append(value.item())
            done += 1
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "tokens": steps * sum(len(item["ids"]) for item in batch), "losses": losses}

    def validate():
        with torch.no_grad():
            return {"loss": statistics.fmean(loss(batch).item() for batch in data["validation"])}

    done = 0
    print(json.dumps({"ready": True, "version": peft.__version__}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(train(asked["train"]) if "train" in asked else validate()), flush=True)


class Contestant:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.command = command
        self.read()

    def read(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        sys.exit(f"{' '.join(map(str, self.command))} ended with {self.process.wait()}")

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return self.read()

    def peak_memory(self):
        """Bytes at most so far, as the kernel counts them."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) << 10

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attune", default=str(ROOT / ".build/release/attune"))
    parser.add_argument(
        "--command", default="{attune} tune benchmark --model {model} --adapter {adapter} --batches {batches} "
        "--frozen {frozen}", help="how a contestant of ours is started")
    parser.add_argument("--without", nargs="*", default=[], help="contestants that are left out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=2, help="of a round")
    parser.add_argument("--batch", type=int, default=1, help="sequences of a step")
    parser.add_argument("--length", type=int, default=512, help="tokens of a sequence")
    parser.add_argument("--learnt", type=float, default=1.0, help="share of the tokens that are learnt")
    parser.add_argument("--attention", default="sdpa", help="of the peer: sdpa or eager")
    parser.add_argument("--checkpointing", action="store_true", help="the peer computes activations again")
    parser.add_argument("--output", default=str(ROOT / "Benchmarks/results/tune.json"))
    parser.add_argument("--check", action="store_true", help="end with 1 below the promise")
    parser.add_argument("--prepare", metavar="FOLDER", help="only write the model, the adapter and the batches")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    for path in ("model", "adapter", "batches"):
        parser.add_argument("--" + path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        return serve(arguments)
    if arguments.prepare:
        folder = Path(arguments.prepare)
        write_model(folder, arguments.attention)
        return write_batches(folder / "batches.json", arguments)

    with tempfile.TemporaryDirectory() as folder:
        print("Writing the model ...", flush=True)
        # In a process of its own, so that this one stays small.
        subprocess.run([sys.executable, __file__, "--prepare", folder, "--batch", str(arguments.batch),
                        "--length", str(arguments.length), "--learnt", str(arguments.learnt)], check=True)
        paths = {"model": f"{folder}/model", "adapter": f"{folder}/adapter", "batches": f"{folder}/batches.json"}
        commands = {"peft": [
            sys.executable, __file__, "--serve", "--attention", arguments.attention,
            *(["--checkpointing"] if arguments.checkpointing else []),
            *(part for name, path in paths.items() for part in ("--" + name, path))]}
        for frozen in ("f32", "int8"):
            commands["attune " + frozen] = shlex.split(
                arguments.command.format(attune=shlex.quote(arguments.attune), frozen=frozen, **paths))
        contestants = {
            name: Contestant(command) for name, command in commands.items() if name not in arguments.without}
        names = list(contestants)
        first = {name: contestants[name].ask(train=1)["losses"] for name in names}
        rounds = []
        for number in range(arguments.rounds):
            figures = {}
            for place in range(len(names)):
                name = names[(place + number) % len(names)]
                answer = contestants[name].ask(train=arguments.steps)
                figures[name] = {"tokens_per_second": answer["tokens"] / answer["seconds"], "losses": answer["losses"]}
            rounds.append(figures)
            print(f"round {number + 1}: " + "; ".join(
                f"{name} {figures[name]['tokens_per_second']:.0f} tokens/s, loss {figures[name]['losses'][-1]:.4f}"
                for name in names), flush=True)
        # Before validation, which is no part of training.
        peaks = {name: contestant.peak_memory() for name, contestant in contestants.items()}
        validation = {name: contestant.ask(validate=True)["loss"] for name, contestant in contestants.items()}
        for contestant in contestants.values():
            contestant.end()

    summary, failed = {}, False
    print(f"\n{arguments.batch} x {arguments.length} tokens a step, {arguments.learnt:.0%} learnt, "
          f"{os.cpu_count()} threads, medians")
    for name in names:
        speed = statistics.median(figures[name]["tokens_per_second"] for figures in rounds)
        row = {"tokens_per_second": speed, "peak_bytes": peaks[name], "validation_loss": validation[name],
               "first_loss": first[name][0]}
        text = f"  {name:12} {speed:7.1f} tokens/s, peak {peaks[name] / 1e6:.0f} MB, validation {validation[name]:.4f}"
        if name != "peft" and "peft" in contestants:
            ratios = [figures[name]["tokens_per_second"] / figures["peft"]["tokens_per_second"] for figures in rounds]
            row |= {"ratio": statistics.median(ratios), "lowest": min(ratios), "highest": max(ratios),
                    "promised": REQUIRED[name], "memory_ratio": peaks[name] / peaks["peft"],
                    "validation_ratio": validation[name] / validation["peft"]}
            text += (f"; ratio {row['ratio']:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), promised {REQUIRED[name]}; "
                     f"memory {row['memory_ratio']:.2f}, promised {MEMORY_LIMIT}; "
                     f"validation loss {row['validation_ratio'] - 1:+.2%}")
            failed = (failed or row["ratio"] < REQUIRED[name] or row["memory_ratio"] > MEMORY_LIMIT
                      or abs(row["validation_ratio"] - 1) > LOSS_TOLERANCE)
        summary[name] = row
        print(text)
    Path(arguments.output).write_text(json.dumps({
        "machine": {"processor": platform.processor() or platform.machine(), "threads": os.cpu_count()},
        "settings": {"batch": arguments.batch, "length": arguments.length, "learnt": arguments.learnt, "rank": RANK,
                     "attention": arguments.attention, "checkpointing": arguments.checkpointing, **SETTINGS},
        "summary": summary, "rounds": rounds,
    }, indent=1) + "\n")
    sys.exit(1 if arguments.check and failed else 0)


if __name__ == "__main__":
    main()
