#!/usr/bin/env python3
"""How fast a folder of files becomes searchable, beside pipelines of Haystack and LlamaIndex.

    python3 Benchmarks/peers/ingest.py --attune .build/release/attune --model FOLDER --files FOLDER…

All contestants read the same files (Markdown, PDF, Word, HTML), cut them into passages that the same embedding model
takes whole, embed them in 32-bit floats on the same cores, and leave an index on disk. The peers live in processes of
their own that have loaded and warmed up the model, with the batch size that was fastest for them on a part of the
files just before: their time counts reading, cutting, embedding, storing. Attune is a new process each round, and its
whole time counts, loading included; it also makes summaries and a word index, which the peers do not. In every round
all contestants work one after the other, in an order that rotates.
"""

import argparse
import json
import multiprocessing
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

ROOT = Path(__file__).resolve().parent.parent.parent
SUFFIXES = {".md", ".pdf", ".docx", ".html"}
BATCH_SIZES = [16, 32, 64]
LIMIT = 256  # tokens that the model reads
FRAME = 2  # of them stand at the ends of every text
REQUIRED = 2.0


class LlamaIndex:
    """SimpleDirectoryReader, SentenceSplitter by the model's own tokens, a vector index that is kept on disk."""

    def __init__(self, model, threads):
        import torch
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from transformers import AutoTokenizer
        torch.set_num_threads(threads)
        self.embedding = HuggingFaceEmbedding(model_name=str(model), device="cpu", max_length=LIMIT)
        self.tokenizer = AutoTokenizer.from_pretrained(str(model))

    def take_in(self, files, batch, folder):
        from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        self.embedding.embed_batch_size = batch
        documents = SimpleDirectoryReader(input_files=files).load_data()
        splitter = SentenceSplitter(
            chunk_size=LIMIT - FRAME, chunk_overlap=0, include_metadata=False,
            tokenizer=lambda text: self.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])
        nodes = splitter.get_nodes_from_documents(documents)
        for node in nodes:
            # The default puts the file's path and dates in front of every text that is embedded.
            node.excluded_embed_metadata_keys = list(node.metadata)
        index = VectorStoreIndex(nodes, embed_model=self.embedding)
        index.storage_context.persist(folder)
        return len(nodes)


class Haystack:
    """MultiFileConverter, DocumentSplitter by words, SentenceTransformersDocumentEmbedder, a store saved to disk."""

    def __init__(self, model, threads):
        import torch
        from haystack.components.converters import HTMLToDocument, MultiFileConverter  # noqa: F401
        torch.set_num_threads(threads)
        self.model = str(model)
        self.embedders = {}

    def embedder(self, batch):
        from haystack.utils import ComponentDevice
        from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersDocumentEmbedder
        if batch not in self.embedders:
            embedder = SentenceTransformersDocumentEmbedder(
                model=self.model, device=ComponentDevice.from_str("cpu"), batch_size=batch, progress_bar=False)
            embedder.warm_up()
            self.embedders[batch] = embedder
        return self.embedders[batch]

    def take_in(self, files, batch, folder):
        from haystack.components.converters import MultiFileConverter
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        documents = MultiFileConverter().run(sources=files)["documents"]
        # 160 words are 256 tokens at most for nearly all passages of these files; the model cuts the rest.
        splitter = DocumentSplitter(split_by="word", split_length=160)
        splitter.warm_up()
        passages = splitter.run(documents=documents)["documents"]
        passages = self.embedder(batch).run(documents=passages)["documents"]
        store = InMemoryDocumentStore()
        store.write_documents(passages)
        store.save_to_disk(str(Path(folder) / "store.json"))
        return len(passages)


def serve(kind, model, threads, pipe):
    try:
        contestant = {"LlamaIndex": LlamaIndex, "Haystack": Haystack}[kind](model, threads)
        pipe.send("ready")
        while (order := pipe.recv()) is not None:
            files, batch = order
            with tempfile.TemporaryDirectory() as folder:
                began = time.perf_counter()
                passages = contestant.take_in(files, batch, folder)
                pipe.send((time.perf_counter() - began, passages))
    except Exception as error:  # noqa: BLE001 – said where the round is run
        pipe.send(error)


class Peer:
    def __init__(self, kind, model, threads):
        context = multiprocessing.get_context("spawn")
        self.name, self.batch = kind, BATCH_SIZES[0]
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=serve, args=(kind, model, threads, other), daemon=True)
        self.process.start()
        self.receive()

    def receive(self):
        answer = self.pipe.recv()
        if isinstance(answer, Exception):
            sys.exit(f"{self.name}: {answer!r}")
        return answer

    def take_in(self, files, batch=None):
        self.pipe.send(([str(file) for file in files], batch or self.batch))
        return self.receive()

    def choose_batch(self, files):
        self.take_in(files, BATCH_SIZES[0])  # warms up
        times = {batch: self.take_in(files, batch)[0] for batch in BATCH_SIZES}
        self.batch = min(times, key=times.get)


class Attune:
    name = "Attune"

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def take_in(self, _):
        with tempfile.TemporaryDirectory() as workspace:
            began = time.perf_counter()
            subprocess.run([self.program, "init"], cwd=workspace, check=True, capture_output=True)
            added = subprocess.run(
                [self.program, "add", "--json", str(self.folder)], cwd=workspace, check=False, capture_output=True, text=True)
            took = time.perf_counter() - began
            if added.returncode > 1:
                sys.exit(added.stderr)
            sources = subprocess.run(
                [self.program, "sources", "--json"], cwd=workspace, check=True, capture_output=True, text=True)
            return took, sum(source["passages"] for source in json.loads(sources.stdout)["sources"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attune", default=ROOT / ".build/release/attune", type=Path)
    parser.add_argument("--model", required=True, type=Path, help="the embedding model's folder")
    parser.add_argument("--files", required=True, nargs="+", type=Path, help="folders; their Markdown, PDF, Word and HTML files")
    parser.add_argument("--rounds", default=3, type=int)
    parser.add_argument("--threads", default=os.cpu_count(), type=int)
    parser.add_argument("--output", default=ROOT / "Benchmarks/results/ingest.json", type=Path)
    parser.add_argument("--check", action="store_true", help=f"end with 1 where a ratio is below {REQUIRED}")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, place in enumerate(arguments.files):
            for path in sorted(path for path in place.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()):
                target = Path(folder) / str(number) / path.relative_to(place)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
                files.append(target)
        size = sum(file.stat().st_size for file in files)
        print(f"{len(files)} files, {size / 1e6:.1f} MB")
        peers = [Peer(kind, arguments.model, arguments.threads) for kind in ["Haystack", "LlamaIndex"]]
        for peer in peers:
            peer.choose_batch(files[:: max(1, len(files) // 24)])
            print(f"{peer.name}: batches of {peer.batch}")
        contestants = [Attune(arguments.attune.resolve(), folder), *peers]
        rounds = []
        for number in range(arguments.rounds):
            order = contestants[number % 3:] + contestants[: number % 3]
            seconds, passages = {}, {}
            for contestant in order:
                seconds[contestant.name], passages[contestant.name] = contestant.take_in(files)
            rounds.append(seconds)
            print("  ".join(f"{name} {value:.1f} s ({passages[name]} passages)" for name, value in seconds.items()), flush=True)

    ratios = {}
    for peer in peers:
        values = [seconds[peer.name] / seconds["Attune"] for seconds in rounds]
        ratios[peer.name] = statistics.median(values)
        print(f"{peer.name}/Attune: {ratios[peer.name]:.2f} ({min(values):.2f} to {max(values):.2f}), at least {REQUIRED}")
    from importlib.metadata import version
    result = {
        "files": len(files), "bytes": size, "passages": passages, "seconds": rounds, "ratios": ratios,
        "batches": {peer.name: peer.batch for peer in peers}, "threads": arguments.threads,
        "machine": platform.processor() or platform.machine(), "python": platform.python_version(),
        "versions": {name: version(name) for name in ["haystack-ai", "llama-index-core", "sentence-transformers", "torch", "pypdf"]},
    }
    arguments.output.write_text(json.dumps(result, indent=2) + "\n")
    if arguments.check and min(ratios.values()) < REQUIRED:
        sys.exit(1)


if __name__ == "__main__":
    main()
