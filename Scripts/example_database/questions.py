"""Writes the questions: looks every answer up, names every place that holds it, and refuses what does not hold."""

import csv
import io
import json
import re
import sqlite3

from .question_counts import COUNTS
from .question_files import FILES
from .question_joins import SEVERAL
from .question_none import NONE
from .question_rows import NUMBERS, ROWS
from .wording import variants

DATABASE = "database/veldmark.sqlite"

# table: (tables to look a row up in, the columns of its key, what a reader sees for a column that refers to another table)
VIEWS = {
    "customers": ("customers JOIN employees ON employee_id = account_manager_id", "customer_id", {"account_manager_id": "full_name"}),
    "employees": ("employees JOIN teams USING (team_id)", "employee_id", {"team_id": "team_name"}),
    "teams": ("teams JOIN sites USING (site_code)", "team_id", {"site_code": "site_name"}),
    "suppliers": ("suppliers JOIN employees ON employee_id = buyer_id", "supplier_id", {"buyer_id": "full_name"}),
    "parts": ("parts JOIN suppliers USING (supplier_id)", "part_number", {"supplier_id": "supplier_name"}),
    "products": ("products LEFT JOIN employees ON employee_id = product_owner_id", "product_code", {"product_owner_id": "full_name"}),
    "product_parts": ("product_parts JOIN products USING (product_code) JOIN parts USING (part_number)",
                      "product_code part_number", {}),
    "orders": ("orders JOIN customers USING (customer_id) JOIN employees ON employee_id = taken_by_id JOIN sites ON site_code = ships_from",
               "order_number", {"taken_by_id": "full_name", "ships_from": "site_name", "customer_id": "customer_name"}),
    "order_lines": ("order_lines JOIN products USING (product_code)", "order_number line_number", {}),
    "shipments": ("shipments JOIN orders USING (order_number)", "shipment_number", {}),
    "devices": ("devices JOIN products USING (product_code) JOIN customers USING (customer_id)", "serial_number", {}),
    "stock_levels": ("stock_levels JOIN products USING (product_code) JOIN sites USING (site_code) LEFT JOIN employees ON employee_id = counted_by_id",
                     "site_code product_code", {"counted_by_id": "full_name"}),
    "tickets": ("tickets JOIN employees ON employee_id = handled_by_id", "ticket_number", {"handled_by_id": "full_name"}),
    "service_visits": ("service_visits JOIN customers USING (customer_id) JOIN employees ON employee_id = engineer_id",
                       "visit_number", {"engineer_id": "full_name"}),
    "calibrations": ("""calibrations JOIN customers USING (customer_id)
        JOIN employees t ON t.employee_id = technician_id LEFT JOIN employees r ON r.employee_id = lantern_reviewer_id""",
                     "certificate_number", {"technician_id": "t.full_name", "lantern_reviewer_id": "r.full_name"}),
}


class Questions:
    def __init__(self, database, statements, folder):
        self.database, self.statements, self.folder = database, statements, folder
        self.lines, self.facts, self.wordings = [], 0, set()

    def refuse(self, reason, question):
        raise SystemExit(f"{reason}: {question}")

    def add(self, wordings, answers, kind, topic, places, table=None):
        """One line per wording. Facts asked in several wordings get a number."""
        fact = None
        if len(wordings) > 1:
            self.facts += 1
            fact = f"fd-{self.facts:04d}"
        for place in places:
            if kind != "several_documents" and not any(a.casefold() in place["quote"].casefold() for a in answers):
                self.refuse(f"{place} does not hold {answers}", wordings[0])
        for i, wording in enumerate(wordings):
            if wording.casefold() in self.wordings:
                self.refuse("asked twice", wording)
            self.wordings.add(wording.casefold())
            line = {"id": f"d-{len(self.lines) + 1:04d}", "question": wording, "answers": answers, "kind": kind, "fact": fact,
                    "wording": i + 1, "topic": topic, "places": places, "split": None, "protocol": None}
            if table:
                line["table"] = table
            self.lines.append(line)

    def cell(self, table, condition, column, question):
        """The key of the one row that fits, the cell as a reader sees it, and the place."""
        source, key, readable = VIEWS[table]
        shown = readable.get(column, f"{table}.{column}")
        key = " || ',' || ".join(f"{table}.{name}" for name in key.split())
        rows = self.database.execute(f"SELECT {key}, {shown}, CAST({shown} AS TEXT) FROM {source} "
                                     f"WHERE {self.qualified(table, condition)}").fetchall()
        if len(rows) != 1 or rows[0][1] is None:
            self.refuse(f"{len(rows)} rows of {table}", question)
        key, value, text = str(rows[0][0]), rows[0][1], rows[0][2]
        return key, value, {"document": DATABASE, "table": table, "key": key, "column": column, "quote": text}

    def qualified(self, table, condition):
        """Columns of the table itself get its name in front, because a joined table may have one of the same name."""
        columns = {row[1] for row in self.database.execute(f"PRAGMA table_info({table})")}
        parts = re.split(r"('(?:[^']|'')*')", condition)
        return "".join(part if part.startswith("'") else
                       re.sub(r"\b[a-z_]+\b", lambda m: f"{table}.{m[0]}" if m[0] in columns else m[0], part) for part in parts)

    def everywhere(self, table, key, column, place):
        """The row, then every sentence of the records that states the cell."""
        return [place] + [{"document": document, "quote": sentence}
                          for document, sentence in self.statements.get((table, key, column), [])]

    def rows(self, kind, entries):
        for topic, table, condition, column, wordings, *rest in entries:
            part = rest[0] if rest else None
            key, value, place = self.cell(table, condition, column, wordings[0])
            # A number that names something (a year, a cost centre) is never written with a separator.
            label = column in ("customer_since", "cost_centre", "locker_number")
            answers = [part] if part else [str(value)] if label else variants(value, column.endswith("_eur"))
            if len(rest) > 1:
                answers += rest[1]
            if column == "discount_percent" or column == "largest_deviation_percent":
                answers += [f"{answers[0]} %", f"{answers[0]} per cent"]
            self.add(wordings, answers, kind, topic, self.everywhere(table, key, column, place))

    def file_place(self, name, where, field, question):
        """The value in a loose file and its place there."""
        text = (self.folder / "data" / name).read_text(encoding="utf-8")
        if name.endswith(".json"):
            value = json.loads(text)
            for step in where.strip("/").split("/"):
                value = value[int(step)] if isinstance(value, list) else value[step]
            return value, {"document": f"data/{name}", "key": where, "quote": str(value)}
        if name.endswith(".jsonl"):
            records = [json.loads(line) for line in text.splitlines()]
        else:
            delimiter = "\t" if name.endswith(".tsv") else ";" if ";" in text.splitlines()[0] else ","
            records = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
        hits = [(i + 1, record) for i, record in enumerate(records) if all(record[k] == v for k, v in where.items())]
        if len(hits) != 1:
            self.refuse(f"{len(hits)} records of {name}", question)
        return hits[0][1][field], {"document": f"data/{name}", "key": str(hits[0][0]), "column": field, "quote": str(hits[0][1][field])}

    def file_questions(self):
        for kind, topic, name, where, field, wordings, *rest in FILES:
            value, place = self.file_place(name, where, field, wordings[0])
            answers = [rest[0]] if rest else variants(value)
            if isinstance(value, str) and re.fullmatch(r"\d+,\d", value):
                answers.append(value.replace(",", "."))
            if isinstance(value, str) and value.isdigit() and len(value) > 3:
                answers.append(f"{int(value):,}")
            self.add(wordings, answers, kind, topic, [place])

    def several(self):
        for topic, wording, answer, support in SEVERAL:
            key, value, place = self.cell(*answer, wording)
            if isinstance(support[1], dict):
                other = self.file_place(*support, wording)[1]
            else:
                other = self.cell(*support, wording)[2]
            places = self.everywhere(answer[0], key, answer[2], place) + [other]
            self.add([wording], variants(value, answer[2].endswith("_eur")), "several_documents", topic, places)

    def counts(self):
        for topic, table, wording, statement, *unit in COUNTS:
            rows = self.database.execute(statement).fetchall()
            if "LIMIT 2" in statement and (len(rows) < 2 or rows[0][1] == rows[1][1]):
                self.refuse("a tie", wording)
            if rows[0][0] in (None, 0):
                self.refuse("nothing to count", wording)
            self.add([wording], variants(rows[0][0], bool(unit)), "count_sum", topic, [], table)

    def unanswerable(self):
        texts = ["\n".join(self.database.iterdump())]
        texts += [path.read_text(encoding="utf-8") for name in ("records", "data")
                  for path in sorted((self.folder / name).rglob("*")) if path.is_file()]
        for topic, wording, absent in NONE:
            if isinstance(absent, str):
                found = self.database.execute(absent).fetchone()
            else:
                found = next((e for e in absent for text in texts if re.search(e, text, re.IGNORECASE)), None)
            if found:
                self.refuse(f"can be answered ({tuple(found) if isinstance(found, sqlite3.Row) else found})", wording)
            self.add([wording], [], "unanswerable", topic, [])


def write(database, statements, folder):
    questions = Questions(database, statements, folder)
    questions.rows("row", ROWS)
    questions.rows("number", NUMBERS)
    questions.file_questions()
    questions.several()
    questions.counts()
    questions.unanswerable()
    path = folder / "questions" / "parts" / "database.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in questions.lines), encoding="utf-8")
