"""Documents made from rows: visit reports, certificates, account sheets, delivery notes and supplier sheets.

Each sentence remembers which cells it states, so that a question about a cell also knows the sentences that answer it.
"""

import random
import string

from .wording import long_date, money, number

VISITS = 18
CERTIFICATES = 14
DELIVERIES = 12
ACCOUNTS = ["Port of Brackenfjord", "Dunmarrow Pilots", "Gullane Dredging", "Hestholm Ferries", "Inverlund Harbour Trust",
            "Marrowbank Lock Company", "Northhook Lights", "Port of Pellworth", "Quarrel Island Council",
            "Ulverhaven Yacht Basin", "Vossmouth Barrage"]
SUPPLIERS = ["Ferrolin Magnetics", "Kestrel & Daughters", "Nordlys Cells", "Pallister Optics", "Rigmor Boards",
             "Vintner Antennas"]


class Record:
    """One document under way. `table` and `key` name the row it is about."""

    def __init__(self, name, title, row, table, key, statements):
        self.name, self.row, self.table, self.key, self.statements = name, row, table, key, statements
        self.rng = random.Random(f"veldmark/records/{name}")
        self.paragraphs = [[f"# {title}" if name.endswith(".md") else title.upper()]]

    def paragraph(self):
        self.paragraphs.append([])

    def say(self, *templates, **values):
        """One of the sentences. Each field that is a column of the row counts as stated by the sentence."""
        template = self.rng.choice(templates)
        fields = [name for _, name, _, _ in string.Formatter().parse(template) if name]
        shown = {field: values.get(field, self.row[field]) if field in self.row.keys() else values[field]
                 for field in fields}
        sentence = template.format(**shown)
        self.paragraphs[-1].append(sentence)
        for field in fields:
            self.statements.setdefault((self.table, self.key, field), []).append((f"records/{self.name}", sentence))

    def also(self, table, key, column):
        """The sentence said last states a cell of another row, too."""
        self.statements.setdefault((table, key, column), []).append((f"records/{self.name}", self.paragraphs[-1][-1]))

    def save(self, folder):
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(" ".join(sentences) for sentences in self.paragraphs if sentences) + "\n", encoding="utf-8")


def spread(rows, count):
    """That many rows at even distances."""
    return [rows[(2 * i + 1) * len(rows) // (2 * count)] for i in range(count)]


def write(database, folder):
    """Writes all records; returns (table, key, column) -> [(document, sentence)]."""
    statements = {}
    for make in (visits, certificates, accounts, deliveries, suppliers):
        for record in make(database, statements):
            record.save(folder)
    return statements


def visits(database, statements):
    rows = database.execute("""
        SELECT v.*, e.full_name, d.mounted_at, d.firmware_version, p.product_name, c.customer_name, c.contact_person
        FROM service_visits v JOIN employees e ON e.employee_id = v.engineer_id JOIN devices d USING (serial_number)
        JOIN products p USING (product_code) JOIN customers c ON c.customer_id = v.customer_id ORDER BY visit_number""").fetchall()
    for row in spread(rows, VISITS):
        day = long_date(row["visited_on"])
        record = Record(f"service-visits/visit-{row['visit_number']:04d}.md", f"Service visit {row['visit_number']}: "
                        f"{row['customer_name']}, {day}", row, "service_visits", str(row["visit_number"]), statements)
        common = {"engineer_id": row["full_name"], "visited_on": day}
        record.paragraph()
        record.say("{engineer_id} called on {customer_name} on {visited_on} to look at the {product_name} with serial number {serial_number}.",
                   "On {visited_on} {engineer_id} travelled to {customer_name} because of the {product_name} {serial_number}.",
                   "The {product_name} {serial_number} of {customer_name} was visited by {engineer_id} on {visited_on}.", **common)
        record.say("The device is mounted at this place: {mounted_at}.", "It hangs where it was installed ({mounted_at}).",
                   "Place of the device: {mounted_at}.")
        record.also("devices", row["serial_number"], "mounted_at")
        if row["ticket_number"]:
            record.say("The visit goes back to ticket {ticket_number}.", "Support had opened ticket {ticket_number} for it.")
        record.paragraph()
        record.say("{findings}")
        record.paragraph()
        record.say("The work on site took {hours_on_site} hours.", "{hours_on_site} hours were spent on site.",
                   "Time on site came to {hours_on_site} hours.", hours_on_site=number(row["hours_on_site"]))
        record.say("The van covered {kilometres_driven} kilometres for it.", "{kilometres_driven} kilometres were driven.",
                   "The journey there and back was {kilometres_driven} kilometres.")
        if row["parts_cost_eur"] is None:
            record.say("No parts were charged.", "Nothing was taken from the van's stock.")
        else:
            record.say("Parts worth {parts_cost_eur} were fitted.", "The parts used cost {parts_cost_eur}.",
                       "Parts were charged at {parts_cost_eur}.", parts_cost_eur=money(row["parts_cost_eur"]))
        record.paragraph()
        record.say("Result of the visit: {outcome}.", "The report was closed with the entry “{outcome}”.",
                   "{contact_person} was told the result: {outcome}.")
        yield record


def certificates(database, statements):
    rows = database.execute("""
        SELECT k.*, t.full_name AS technician, r.full_name AS reviewer, p.product_name, c.customer_name
        FROM calibrations k JOIN employees t ON t.employee_id = k.technician_id
        LEFT JOIN employees r ON r.employee_id = k.lantern_reviewer_id JOIN devices d USING (serial_number)
        JOIN products p USING (product_code) JOIN customers c ON c.customer_id = k.customer_id ORDER BY certificate_number""").fetchall()
    for row in spread(rows, CERTIFICATES):
        record = Record(f"calibrations/{row['certificate_number']}.txt", f"Calibration certificate {row['certificate_number']}",
                        row, "calibrations", row["certificate_number"], statements)
        record.paragraph()
        record.say("This certificate is about the {product_name} {serial_number}, which belongs to {customer_name}.",
                   "Device: {product_name}, serial number {serial_number}, owner {customer_name}.",
                   "{customer_name} sent in the {product_name} with serial number {serial_number}.")
        record.say("It was calibrated on {calibrated_on} by {technician_id}.",
                   "{technician_id} carried out the calibration on {calibrated_on}.",
                   "The calibration was done by {technician_id} on {calibrated_on}.",
                   technician_id=row["technician"], calibrated_on=long_date(row["calibrated_on"]))
        record.paragraph()
        record.say("The largest deviation found was {largest_deviation_percent} per cent.",
                   "No reading was further from the reference than {largest_deviation_percent} per cent.",
                   "Largest deviation: {largest_deviation_percent} per cent of the reading.")
        record.say("The water stood at {water_temperature_c} °C.", "Water temperature during the run was {water_temperature_c} °C.",
                   "All readings were taken in water of {water_temperature_c} °C.")
        record.say("The device spent {minutes_on_bench} minutes on the bench.", "The run lasted {minutes_on_bench} minutes.",
                   "Bench time was {minutes_on_bench} minutes.")
        record.paragraph()
        record.say("Result: {result}.", "The device was found to be {result}.", "It leaves the basin with the verdict “{result}”.")
        if row["reviewer"]:
            record.say("The second lantern review was made by {lantern_reviewer_id}.",
                       "{lantern_reviewer_id} made the second lantern review of the new constants.",
                       lantern_reviewer_id=row["reviewer"])
        if row["remarks"]:
            record.say("Remark of the technician: {remarks}", "Noted on the bench sheet: {remarks}")
        yield record


def accounts(database, statements):
    for name in ACCOUNTS:
        row = database.execute("""SELECT c.*, e.full_name AS manager FROM customers c JOIN employees e
            ON e.employee_id = c.account_manager_id WHERE customer_name = ?""", (name,)).fetchone()
        slug = name.lower().replace(" ", "-")
        record = Record(f"accounts/{slug}.md", f"Account sheet: {name}", row, "customers", str(row["customer_id"]), statements)
        record.paragraph()
        record.say("{customer_name} has bought from Veldmark since {customer_since}.",
                   "The account of {customer_name} was opened in {customer_since}.",
                   "{customer_since} was the year in which {customer_name} became a customer.")
        record.say("{account_manager_id} looks after the account.", "The account manager is {account_manager_id}.",
                   "In Sales the account is in the hands of {account_manager_id}.", account_manager_id=row["manager"])
        record.paragraph()
        record.say("Our contact there is {contact_person}.", "Letters are addressed to {contact_person}.",
                   "The person to speak to is {contact_person}.")
        if row["contact_phone"]:
            record.say("The telephone number is {contact_phone}.", "Telephone: {contact_phone}.", "Calls reach the office under {contact_phone}.")
        else:
            record.say("No telephone number is on file.", "They do not give out a telephone number.")
        record.say("Invoices are sent to {invoice_street}.", "The invoice address is {invoice_street}.")
        if row["unloading_contact"]:
            record.say("Goods are unloaded here: {unloading_contact}.", "Drivers report at this point: {unloading_contact}.")
        record.paragraph()
        if row["credit_limit_eur"] is None:
            record.say("No credit limit has been set.", "The account has no credit limit.")
        else:
            record.say("The credit limit is {credit_limit_eur}.", "Open invoices may reach {credit_limit_eur} in all.",
                       "Finance has set a credit limit of {credit_limit_eur}.", credit_limit_eur=money(row["credit_limit_eur"]))
        record.say("Invoices are due after {payment_days} days.", "Payment is agreed within {payment_days} days.",
                   "They have {payment_days} days to pay.")
        if row["notes"]:
            record.paragraph()
            record.say("Note on the account: {notes}", "Good to know: {notes}")
        yield record


def deliveries(database, statements):
    rows = database.execute("""SELECT s.*, o.customer_id, c.customer_name, w.site_name FROM shipments s JOIN orders o USING (order_number)
        JOIN customers c USING (customer_id) JOIN sites w ON w.site_code = o.ships_from WHERE s.delivered_on IS NOT NULL
        ORDER BY shipment_number""").fetchall()
    for i, row in enumerate(spread(rows, DELIVERIES)):
        name = f"delivery-notes/{row['shipment_number']}.{'txt' if i % 2 else 'md'}"
        record = Record(name, f"Delivery note {row['shipment_number']}", row, "shipments", row["shipment_number"], statements)
        record.paragraph()
        record.say("This consignment for {customer_name} belongs to order {order_number}.",
                   "To {customer_name}, in fulfilment of order {order_number}.",
                   "With this note {customer_name} receives goods from order {order_number}.")
        record.say("It left {site_name} on {shipped_on}.", "The goods were sent off from {site_name} on {shipped_on}.",
                   "Dispatched from {site_name}: {shipped_on}.", shipped_on=long_date(row["shipped_on"]))
        record.also("orders", row["order_number"], "ships_from")
        record.say("Carrier: {carrier}.", "Carried by: {carrier}.")
        record.say("There are {parcels} parcels with a gross weight of {gross_weight_kg} kg." if row["parcels"] > 1 else
                   "There is {parcels} parcel with a gross weight of {gross_weight_kg} kg.")
        if row["tracking_code"]:
            record.say("The tracking code is {tracking_code}.", "It can be followed under {tracking_code}.")
        record.paragraph()
        for line in database.execute("""SELECT l.*, p.product_name FROM order_lines l JOIN products p USING (product_code)
                WHERE order_number = ? ORDER BY line_number""", (row["order_number"],)):
            record.say("Item {line}: {amount} × {product} ({code}).", line=line["line_number"], amount=line["quantity"],
                       product=line["product_name"], code=line["product_code"])
            record.also("order_lines", f"{line['order_number']},{line['line_number']}", "quantity")
            record.also("order_lines", f"{line['order_number']},{line['line_number']}", "product_code")
        record.paragraph()
        record.say("The goods arrived on {delivered_on}.", "Handed over on {delivered_on}.",
                   "Delivery was confirmed on {delivered_on}.", delivered_on=long_date(row["delivered_on"]))
        if row["signed_for_by"]:
            record.say("Signed for by {signed_for_by}.", "The signature is that of {signed_for_by}.")
        else:
            record.say("Nobody signed.", "The line for the signature was left empty.")
        yield record


def suppliers(database, statements):
    for name in SUPPLIERS:
        row = database.execute("""SELECT s.*, e.full_name FROM suppliers s JOIN employees e ON e.employee_id = s.buyer_id
            WHERE supplier_name = ?""", (name,)).fetchone()
        slug = name.lower().replace(" & ", "-and-").replace(" ", "-")
        record = Record(f"suppliers/{slug}.md", f"Supplier sheet: {name}", row, "suppliers", str(row["supplier_id"]), statements)
        record.paragraph()
        record.say("{supplier_name} in {town} supplies us with {supplies}.", "From {town} come the {supplies} of {supplier_name}.")
        record.say("The contact is {contact_person}.", "We speak to {contact_person}.", "Orders are discussed with {contact_person}.")
        record.say("On our side {buyer_id} buys there.", "Buyer on our side: {buyer_id}.", buyer_id=row["full_name"])
        record.paragraph()
        record.say("The lead time is {lead_time_days} days.", "Goods arrive {lead_time_days} days after the order.",
                   "Between order and goods-in we count on {lead_time_days} days.")
        record.say("The last rating was {rating} out of 10.", "At the yearly rating the supplier reached {rating} of 10 points.")
        record.say("An order has to reach {minimum_order_eur}.", "The smallest order they accept is {minimum_order_eur}.",
                   minimum_order_eur=money(row["minimum_order_eur"]))
        if row["notes"]:
            record.paragraph()
            record.say("{notes}")
        record.paragraph()
        for part in database.execute("SELECT * FROM parts WHERE supplier_id = ? ORDER BY part_number", (row["supplier_id"],)):
            record.say("Part {part_number}, {part_name}, costs {cost} and lies on shelf {part_shelf}.",
                       "We take {part_name} ({part_number}) at {cost} a piece; its shelf is {part_shelf}.",
                       part_number=part["part_number"], part_name=part["part_name"], cost=money(part["unit_cost_eur"]),
                       part_shelf=part["shelf"])
            record.also("parts", part["part_number"], "unit_cost_eur")
            record.also("parts", part["part_number"], "shelf")
        yield record
