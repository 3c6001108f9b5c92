#!/usr/bin/env python3
"""Takes in real folders and databases, and asks where the answers to written questions stand.

    Scripts/check-real-folders.py [--attune PROGRAM] [--data FOLDER]

Each folder is one `attune add` in a workspace of its own that is gone afterwards. A question counts where the
document that holds its answer is among the five first documents found. Ends with 1 where fewer than 90% count.
"""

import argparse
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
AIM = 0.9
FOUND = 5
SOURCES = {
    "handbook": "documents/18f-handbook",
    "contoso": "documents/contoso-hr",
    "ntsb": "documents/ntsb-reports",
    "chinook": "sql/chinook/Chinook_Sqlite.sqlite",
    "northwind": "sql/northwind/src/create.sql",
}


def place(path, folder):
    """The path, or the database that a script of SQL makes."""
    if path.suffix != ".sql":
        return path
    made = pathlib.Path(folder) / (path.parent.parent.name + ".sqlite")
    database = sqlite3.connect(made)
    database.executescript(path.read_text())
    database.close()
    return made


def run(arguments, folder, text=""):
    result = subprocess.run(arguments, cwd=folder, input=text, capture_output=True, text=True)
    if result.returncode > 1:
        sys.exit(f"{' '.join(map(str, arguments))}\n{result.stderr}")
    return result.stdout


def documents(results):
    """The documents found, best first, each once. A part counts as itself."""
    names = []
    for hit in results:
        name = f"{hit['source']}/{hit['document']}"
        if name not in names:
            names.append(name)
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attune", default=ROOT / ".build/release/attune", type=pathlib.Path)
    parser.add_argument("--data", default=ROOT.parent / "shared/data", type=pathlib.Path)
    options = parser.parse_args()
    attune, data = options.attune.resolve(), options.data.resolve()
    if not data.is_dir():
        sys.exit(f"the public data are not at {data}: nothing to check")
    lines = (ROOT / "Experiments/questions/real-folders.jsonl").read_text().splitlines()
    questions = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as made:
        run([attune, "init"], folder)
        for name, path in SOURCES.items():
            report = json.loads(run([attune, "add", "--json", "--name", name, place(data / path, made)], folder))
            source = report["sources"][0]
            print(
                f"{name}: {source['added']} documents, {source['passages']} passages,"
                f" {len(source['failures'])} failed, {len(source['skipped'])} skipped,"
                f" {source['seconds']:.1f} s"
            )
            for failure in source["failures"]:
                print(f"  failed: {failure['error']['message']}")
        batch = "\n".join(json.dumps({"id": q["id"], "question": q["question"]}) for q in questions)
        output = run([attune, "search", "--json", "--batch", "-", "--limit", "60"], folder, batch)
        found = {line["id"]: line["results"] for line in map(json.loads, output.splitlines())}
    right = 0
    for question in questions:
        names = documents(found[question["id"]])
        wanted = question["document"]
        hits = [rank for rank, name in enumerate(names, 1) if name == wanted]
        rank = hits[0] if hits else None
        if rank and rank <= FOUND:
            right += 1
        else:
            seen = f"rank {rank}" if rank else "not found"
            print(f"{question['id']}: {seen}: {question['question']} ({wanted}; first: {names[0]})")
    share = right / len(questions)
    print(f"{right} of {len(questions)} among the first {FOUND} documents: {share:.1%}")
    sys.exit(0 if share >= AIM else 1)


if __name__ == "__main__":
    main()
