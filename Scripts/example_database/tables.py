"""Fills the tables. Each table draws from a generator of its own, so that a change in one leaves the others alone."""

import datetime
import random

from . import names

FIRST_DAY = datetime.date(2029, 1, 8)
LAST_DAY = datetime.date(2031, 4, 11)


def generator(table):
    return random.Random(f"veldmark/{table}")


def working_day(rng, first, last):
    """A day between the two, never a Saturday or Sunday."""
    while True:
        day = first + datetime.timedelta(days=rng.randint(0, (last - first).days))
        if day.weekday() < 5:
            return day


def after(rng, day, fewest, most):
    later = day + datetime.timedelta(days=rng.randint(fewest, most))
    while later.weekday() > 4:
        later += datetime.timedelta(days=1)
    return later


class Company:
    """Writes one table after the other into an empty database that has the schema."""

    def __init__(self, database):
        self.database = database
        self.employee = {}
        self.supplier = {}
        self.prices = {row[0]: row[3] for row in names.PRODUCTS}
        self.prefixes = {row[0]: row[5] for row in names.PRODUCTS}
        self.order_rows = []
        self.line_rows = []
        self.device_rows = []
        self.ticket_rows = []

    def insert(self, table, rows):
        marks = ", ".join("?" * len(rows[0]))
        self.database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def fill(self):
        self.fill_people()
        self.fill_goods()
        self.fill_customers()
        self.fill_orders()
        self.fill_shipments()
        self.fill_devices()
        self.fill_stock()
        self.fill_tickets()
        self.fill_visits()
        self.fill_calibrations()

    def fill_people(self):
        rng = generator("employees")
        self.insert("sites", names.SITES)
        centres = rng.sample(range(1104, 8890, 7), len(names.TEAMS))
        teams = [(i + 1, name, site, centres[i]) for i, (name, site) in enumerate(names.TEAMS)]
        self.insert("teams", teams)
        team_ids = {name: number for number, name, _, _ in teams}
        people = [line.split(" — ") for line in names.PEOPLE.strip().splitlines()]
        extensions = rng.sample(range(211, 989), len(people))
        lockers = rng.sample(range(3, 260), len(people))
        rows = []
        for i, (name, role, team, room) in enumerate(people):
            started = working_day(rng, datetime.date(2004, 2, 2), datetime.date(2028, 12, 1))
            if name == "Gunnar Ilves":  # The water safety policy knows him in 2019.
                started = started.replace(year=2013)
            locker = lockers[i] if room[0] in "KSGY" or rng.random() < 0.3 else None
            first_aider = "yes" if rng.random() < 0.24 else "no"
            self.employee[name] = i + 101
            rows.append((i + 101, name, role, team_ids[team], room, str(extensions[i]), str(started), locker, first_aider))
        self.insert("employees", rows)

    def fill_goods(self):
        rng = generator("goods")
        self.insert("products", [
            (code, name, text, price, self.employee.get(owner), f"9026.{rng.randint(10, 99)}.{rng.randint(10, 99)}"
             if rng.random() < 0.8 else None)
            for code, name, text, price, owner, _ in names.PRODUCTS])
        rows = []
        for i, (name, supplies, town, contact, buyer, notes) in enumerate(names.SUPPLIERS):
            self.supplier[name] = i + 1
            rating = None if name == "Sundrift Solar" else round(rng.uniform(5.1, 9.7), 1)
            minimum = None if name == "Tallow Freight" else float(rng.randrange(150, 2600, 35))
            rows.append((i + 1, name, supplies, town, contact, 1 if name == "Tallow Freight" else rng.randint(9, 88),
                         rating, minimum, self.employee[buyer], notes))
        self.insert("suppliers", rows)
        parts = []
        part_numbers = {}
        numbers = iter(sorted(rng.sample(range(2010, 6990), 80)))
        for supplier, kinds in names.PARTS.items():
            for name, cheapest, dearest, lightest, heaviest in kinds:
                bought = working_day(rng, datetime.date(2030, 2, 1), LAST_DAY) if rng.random() < 0.85 else None
                weight = rng.randint(lightest, heaviest) if rng.random() < 0.85 else None
                part_numbers[name] = f"P-{next(numbers)}"
                parts.append((part_numbers[name], name, self.supplier[supplier], rng.randint(cheapest, dearest) / 100,
                              rng.choice([1, 2, 5, 10, 12, 25, 50]) if dearest < 5000 else rng.choice([1, 1, 2, 4, 6]), weight,
                              f"{rng.choice('ABCDEF')}{rng.randint(1, 9)}-{rng.randint(1, 40):02d}",
                              bought and str(bought)))
        self.insert("parts", parts)
        uses = []
        for code, built_from in names.BUILT_FROM.items():
            for name in built_from:
                single = "board" in name or "horn" in name or "body" in name or "half" in name
                count = 2 if code == "LB-16" and name.startswith("channel") else 1 if single else rng.choice([1, 1, 2, 2, 3, 4, 6])
                uses.append((code, part_numbers[name], count))
        self.insert("product_parts", uses)

    def fill_customers(self):
        rng = generator("customers")
        rows = []
        for i, (name, contact, street, manager, unloading, notes) in enumerate(names.CUSTOMERS):
            phone = f"0{rng.randint(31, 98)} {rng.randint(200, 989)} {rng.randint(10, 99)} {rng.randint(10, 99)}"
            rows.append((i + 501, name, contact, phone if rng.random() < 0.88 else None, street, self.employee[manager],
                         rng.randint(1989, 2028), float(rng.randrange(12, 180) * 500) if rng.random() < 0.85 else None,
                         rng.choice([14, 21, 30, 30, 45, 60]), unloading, notes))
        self.insert("customers", rows)
        self.customers = rows

    def fill_orders(self):
        rng = generator("orders")
        days = sorted(working_day(rng, FIRST_DAY, LAST_DAY) for _ in range(190))
        weights = [rng.choice([1, 2, 2, 3, 4, 5]) for _ in self.customers]
        goods = [code for code in self.prices]
        likely = [14, 8, 10, 6, 13, 12, 0.4, 5, 5, 4, 9, 6, 7, 6, 6, 5, 9, 8, 7, 6, 7, 6, 1.5, 3]
        remarks = [
            "Goods wanted in one parcel.", "Customer collects with own van.", "Ring the berth office a day ahead.",
            "Partial delivery agreed.", "Delivery note without prices.", "Replaces an order sent by fax and lost.",
            "Pack the cables on top, please.", "Only after the crane is repaired.", "Second address: repair barge.",
            "Serial numbers to be mailed in advance.", "Crate to be returned.", "Needed before the regatta.",
        ]
        number = 7004
        for day in days:
            number += rng.randint(1, 9)
            customer = rng.choices(self.customers, weights)[0]
            taken_by = customer[5] if rng.random() < 0.7 else self.employee[rng.choice(
                ["Torvald Ekemans", "Lotte Vantongeren", "Nadia Prewitt", "Emeka Strand"])]
            if day < datetime.date(2031, 2, 10):
                status = rng.choices(["delivered", "cancelled"], [94, 6])[0]
            else:
                status = rng.choice(["delivered", "in assembly", "in assembly", "shipped", "amber hold"])
            promised = after(rng, day, 9, 70) if rng.random() < 0.92 else None
            reference = f"{rng.choice(['PO', 'REQ', 'B', 'HM', 'Z'])}-{rng.randint(1009, 98999)}" if rng.random() < 0.8 else None
            order = (f"VO-{number}", customer[0], str(day), reference, taken_by,
                     rng.choices(["KQ", "GD", "YP"], [5, 4, 2])[0], promised and str(promised), status,
                     round(rng.uniform(9.0, 210.0), 2), rng.choice(remarks) if rng.random() < 0.4 else None)
            self.order_rows.append(order)
            chosen = []
            for _ in range(rng.choices([1, 2, 3, 4], [40, 33, 19, 8])[0]):
                code = rng.choices(goods, likely)[0]
                if code not in chosen:
                    chosen.append(code)
            for i, code in enumerate(chosen):
                price = self.prices[code]
                quantity = 1 if price > 5000 else rng.randint(1, 4) if price > 600 else rng.randint(1, 24)
                self.line_rows.append((order[0], i + 1, code, quantity, price,
                                       rng.choices([0.0, 2.5, 4.0, 6.5, 11.0], [58, 12, 14, 10, 6])[0]))
        self.apply_terms_of_2031()
        self.insert("orders", self.order_rows)
        self.insert("order_lines", self.line_rows)

    def apply_terms_of_2031(self):
        """The delivery terms and the discount table valid from January 2031 bind the orders placed since then."""
        rng = generator("freight")
        recent = {order[0] for order in self.order_rows if order[2] >= "2031"}
        undiscounted = ("HG-5", "VM-4402", "VM-4409", "VM-3310")
        self.line_rows = [line[:5] + (0.0,) if line[0] in recent and line[2] in undiscounted else line
                          for line in self.line_rows]
        for i, order in enumerate(self.order_rows):
            if order[0] in recent:
                total = sum(line[3] * line[4] for line in self.line_rows if line[0] == order[0])
                freight = 0.0 if total > 9000 else rng.choice([26.0, 54.0, round(rng.uniform(61, 190), 2)])
                self.order_rows[i] = order[:8] + (freight,) + order[9:]

    def fill_shipments(self):
        rng = generator("shipments")
        rows = []
        number = 30118
        for order in self.order_rows:
            if order[7] not in ("delivered", "shipped"):
                continue
            number += rng.randint(1, 6)
            shipped = after(rng, datetime.date.fromisoformat(order[2]), 4, 48)
            shipped = min(shipped, datetime.date(2031, 4, 17))
            carrier = rng.choices(["Tallow Freight", "own van", "customer's own collection"], [78, 14, 8])[0]
            delivered = after(rng, shipped, 1, 6) if order[7] == "delivered" else None
            rows.append((f"DN-{number}", order[0], carrier, str(shipped), delivered and str(delivered), rng.randint(1, 7),
                         round(rng.uniform(0.9, 142.0), 1),
                         rng.choice(names.SIGNERS) if delivered and rng.random() < 0.9 else None,
                         f"TF{rng.randint(10**7, 10**8 - 1)}" if carrier == "Tallow Freight" else None))
        self.insert("shipments", rows)

    def fill_devices(self):
        rng = generator("devices")
        status = {row[0]: row for row in self.order_rows}
        used, places = set(), set()

        def serial(prefix, year):
            while True:
                text = f"{prefix}-{year % 100:02d}-{rng.randint(100, 999)}"
                if text not in used:
                    used.add(text)
                    return text

        def place(customer):
            while True:
                text = rng.choice(names.MOUNTINGS)
                if (customer, text) not in places:
                    places.add((customer, text))
                    return text

        def firmware():
            return f"{rng.randint(2, 6)}.{rng.randint(0, 14)}.{rng.randint(0, 9)}" if rng.random() < 0.9 else None

        for order_number, _, code, _, _, _ in self.line_rows:
            order = status[order_number]
            if not self.prefixes[code] or order[7] != "delivered" or rng.random() < 0.3:
                continue
            ordered = datetime.date.fromisoformat(order[2])
            installed = min(after(rng, ordered, 55, 150), LAST_DAY)
            known = rng.random() < 0.9 and ordered < datetime.date(2030, 12, 1)
            self.device_rows.append((serial(self.prefixes[code], ordered.year), code, order[1], order_number,
                                     str(installed) if known else None, place(order[1]), firmware()))
        for _ in range(32):
            code = rng.choice([code for code, prefix in self.prefixes.items() if prefix])
            day = working_day(rng, datetime.date(2019, 3, 1), datetime.date(2028, 11, 30))
            if code in ("TW-400", "TW-410", "HN-21"):  # Not sold before 2028.
                day = max(day, day.replace(year=2028, day=min(day.day, 28)))
            customer = rng.choice(self.customers)[0]
            self.device_rows.append((serial(self.prefixes[code], day.year), code, customer, None, str(day),
                                     place(customer), firmware()))
        self.device_rows.sort()
        self.insert("devices", self.device_rows)
        # Whoever has an old device has been a customer at least as long.
        self.database.execute("""
            UPDATE customers SET customer_since = min(customer_since, coalesce((SELECT CAST(substr(min(installed_on), 1, 4) AS INTEGER)
            FROM devices WHERE devices.customer_id = customers.customer_id), customer_since))""")

    def fill_stock(self):
        rng = generator("stock")
        counters = {"KQ": ["Osman Tiderick", "Cosima Vell"], "GD": ["Signe Halloran", "Ruben Castellane"],
                    "YP": ["Freya Mossgrave", "Anton Berrick"]}
        rows = []
        for site, people in counters.items():
            for code in self.prices:
                if code == "HG-5" or (site == "YP" and rng.random() < 0.45) or rng.random() < 0.08:
                    continue
                counted = working_day(rng, datetime.date(2031, 1, 13), LAST_DAY)
                quantity = rng.randint(0, 5) if self.prices[code] > 5000 else rng.randint(0, 190 if self.prices[code] < 300 else 41)
                rows.append((site, code, quantity, rng.randint(0, max(0, quantity // 3)),
                             f"{'ABCDEFGH'[rng.randrange(8)]}{rng.randint(1, 30)}.{rng.randint(1, 6)}", str(counted),
                             self.employee[rng.choice(people)] if rng.random() < 0.9 else None))
        self.insert("stock_levels", rows)

    def fill_tickets(self):
        rng = generator("tickets")
        subjects = [
            ("Password for the harbour screen forgotten", "New password handed over by telephone."),
            ("Invoice shows the wrong berth", "Passed to Finance, credit note sent."),
            ("Gauge and tide table differ", "Table was in summer time, gauge in winter time."),
            ("Device is warm to the touch", "Harmless: the cabinet faces south and has no shade."),
            ("Where can the old battery go?", "Collected with the next service visit."),
            ("Manual wanted in the harbour's own language", "Short sheet translated and mailed."),
            ("Alarm text is misspelt", "Text corrected together with the customer."),
            ("Values missing after the power cut", "Records fetched from the logger by cable."),
            ("Crane driver sees another value than the office", "Screen in the cabin had not been refreshed."),
            ("Birds", "Bird wire ordered."), ("Request for a quieter beeper", "Beeper taped over, customer content."),
            ("Lost key to the cabinet", "Copy sent by registered mail."),
            ("Cable trodden flat by visitors", "Cable exchanged and covered with a ramp."),
            ("Two devices carry the same name", "Renamed the newer one."),
            ("Certificate cannot be found", "Copy sent the same day."), ("Water inside the lid", "Visit arranged."),
        ]
        handlers = ["Kofi Lindgaard", "Mirela Dast", "Yannick Poole", "Rosalind Achterberg"]
        days = sorted(working_day(rng, datetime.date(2030, 1, 7), LAST_DAY) for _ in range(85))
        for i, opened in enumerate(days):
            installed = [row for row in self.device_rows if (row[4] or "9999") < str(opened)]
            device = rng.choice(installed) if rng.random() < 0.7 else None
            customer = device[2] if device else rng.choice(self.customers)[0]
            subject, solution = rng.choice(subjects)
            closed = after(rng, opened, 0, 26)
            is_open = closed > LAST_DAY or rng.random() < 0.07
            self.ticket_rows.append((f"DT-{5001 + i}", customer, device and device[0], str(opened),
                                     None if is_open else str(closed),
                                     self.employee[rng.choices(handlers, [5, 5, 4, 2])[0]],
                                     rng.choice(["telephone", "mail", "mail", "web form", "letter"]),
                                     rng.randint(6, 340), subject, None if is_open else solution))
        self.insert("tickets", self.ticket_rows)

    def fill_visits(self):
        rng = generator("visits")
        rows = []
        by_serial = {row[2]: row for row in self.ticket_rows if row[2] and row[4]}
        days = sorted(working_day(rng, datetime.date(2029, 8, 6), LAST_DAY) for _ in range(115))
        taken = set()
        number = 880
        for day in days:
            number += rng.randint(1, 3)
            candidates = [row for row in self.device_rows
                          if (row[4] or "9999") < str(day - datetime.timedelta(days=20)) and row[1] in names.FAULTS]
            device = rng.choice(candidates)
            # Two visits to one customer on one day could not be told apart by a question.
            while (device[2], day) in taken:
                device = rng.choice(candidates)
            taken.add((device[2], day))
            ticket = by_serial.get(device[0])
            ticket = ticket[0] if ticket and ticket[3] <= str(day) else None
            symptom, cause, remedy = rng.choice(names.FAULTS[device[1]])
            outcome = rng.choice(names.OUTCOMES)
            if outcome == "no fault found":
                findings = f"{symptom} On site nothing of the kind could be seen. {rng.choice(names.AFTERTHOUGHTS)}"
            elif outcome in ("needs a second visit", "sent to Grenmouth Depot"):
                findings = f"{symptom} {cause}, but that does not explain all of it. {rng.choice(names.AFTERTHOUGHTS)}"
            else:
                findings = f"{symptom} {cause}. Done: {remedy}. {rng.choice(names.AFTERTHOUGHTS)}"
            engineer = rng.choices(["Freya Mossgrave", "Anton Berrick", "Zeynep Holm", "Gunnar Ilves"], [6, 5, 6, 1])[0]
            rows.append((number, device[0], device[2], self.employee[engineer], str(day), ticket, rng.randint(2, 30) / 4,
                         rng.randint(8, 640), round(rng.uniform(3.2, 890.0), 2) if rng.random() < 0.62 else None,
                         findings, outcome))
        self.insert("service_visits", rows)

    def outside_dry_week(self, day):
        """In the second full week of January the basin is empty and nothing can be calibrated."""
        first = datetime.date(day.year, 1, 1)
        start = first + datetime.timedelta(days=(7 - first.weekday()) % 7 + 7)
        return day + datetime.timedelta(days=7) if start <= day < start + datetime.timedelta(days=7) else day

    def fill_calibrations(self):
        rng = generator("calibrations")
        rows = []
        days = sorted(self.outside_dry_week(working_day(rng, datetime.date(2029, 5, 7), LAST_DAY)) for _ in range(95))
        remarks = ["Feet of the device filed level first.", "Second run after the water had settled.",
                   "Label renewed.", "Came in with a bent bracket.", "Done between two firmware trials.",
                   "Customer asked for the figures by telephone as well.", "Growth scraped off before immersion.",
                   "Run repeated because the door of the hall stood open."]
        calibrated = ("TW-400", "TW-410", "SL-120", "OE-30", "QN-9", "SM-3", "BW-6", "HN-21")
        number = 416
        for day in days:
            number += rng.randint(1, 5)
            device = rng.choice([row for row in self.device_rows
                                 if row[1] in calibrated and (row[4] or "9999") < str(day)])
            result = rng.choices(["within tolerance", "within tolerance after adjustment", "outside tolerance"], [70, 22, 8])[0]
            reviewer = None
            if result.endswith("adjustment"):
                reviewer = self.employee[rng.choice(["Maartje Quill", "Leopold Anse"])]
            technician = rng.choices(["Edvin Rask", "Tuuli Hargreave", "Maartje Quill"], [10, 9, 2])[0]
            if reviewer == self.employee[technician]:
                reviewer = self.employee["Leopold Anse"]
            rows.append((f"CC-{number:04d}", device[0], device[2], self.employee[technician], str(day),
                         round(rng.uniform(0.02, 1.9), 3), round(rng.uniform(6.5, 19.5), 1), rng.randint(35, 290), result,
                         reviewer, rng.choice(remarks) if rng.random() < 0.5 else None))
        self.insert("calibrations", rows)
