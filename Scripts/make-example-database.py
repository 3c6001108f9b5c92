#!/usr/bin/env python3
"""Makes the database of the example company, the records and data files beside it, and the questions about them.

Everything comes from one seed and Python's standard library, so a second run gives the same content. With --check
nothing is written: the program says whether what is committed is what it would make.
"""

import argparse
import pathlib
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from example_database import files, questions, records, tables  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Examples" / "veldmark"
SCHEMA = pathlib.Path(__file__).parent / "example_database" / "schema.sql"


def make(folder):
    """Writes all files below the folder."""
    for name in ("database", "data", "records", "questions/parts"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    path = folder / "database" / "veldmark.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(SCHEMA.read_text(encoding="utf-8"))
    tables.Company(database).fill()
    database.commit()
    broken = database.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise SystemExit(f"rows that refer to nothing: {broken[:5]}")
    database.execute("VACUUM")
    database.row_factory = sqlite3.Row
    for old in (folder / "records").glob("**/*"):
        if old.is_file():
            old.unlink()
    statements = records.write(database, folder / "records")
    files.write(database, folder / "data")
    questions.write(database, statements, folder)
    database.close()


def content(path):
    """What a file says: a database's text, because the bytes carry the version of the library that wrote them."""
    if path.suffix == ".sqlite":
        database = sqlite3.connect(path)
        try:
            return "\n".join(database.iterdump())
        finally:
            database.close()
    return path.read_bytes()


def differences(made, committed):
    """The paths that are missing or not the same."""
    names = [path.relative_to(made) for path in sorted(made.rglob("*")) if path.is_file()]
    return [name for name in names
            if not (committed / name).is_file() or content(made / name) != content(committed / name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare with the committed files")
    arguments = parser.parse_args()
    if not arguments.check:
        make(ROOT)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        make(pathlib.Path(folder))
        changed = differences(pathlib.Path(folder), ROOT)
    for name in changed:
        print(f"differs: {name}")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
