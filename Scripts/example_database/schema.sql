-- The database of Veldmark Instruments, a fictional maker of water and harbour measuring instruments.
PRAGMA foreign_keys = ON;

CREATE TABLE sites (
    site_code TEXT PRIMARY KEY,
    site_name TEXT NOT NULL,
    purpose TEXT NOT NULL
);

CREATE TABLE teams (
    team_id INTEGER PRIMARY KEY,
    team_name TEXT NOT NULL UNIQUE,
    site_code TEXT NOT NULL REFERENCES sites (site_code),
    cost_centre INTEGER NOT NULL
);

CREATE TABLE employees (
    employee_id INTEGER PRIMARY KEY,
    full_name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    team_id INTEGER NOT NULL REFERENCES teams (team_id),
    room TEXT NOT NULL,
    phone_extension TEXT NOT NULL,
    started_on TEXT NOT NULL,
    locker_number INTEGER,
    first_aider TEXT NOT NULL CHECK (first_aider IN ('yes', 'no'))
);

CREATE TABLE products (
    product_code TEXT PRIMARY KEY,
    product_name TEXT NOT NULL,
    description TEXT NOT NULL,
    list_price_eur REAL NOT NULL,
    product_owner_id INTEGER REFERENCES employees (employee_id),
    customs_number TEXT
);

CREATE TABLE suppliers (
    supplier_id INTEGER PRIMARY KEY,
    supplier_name TEXT NOT NULL UNIQUE,
    supplies TEXT NOT NULL,
    town TEXT NOT NULL,
    contact_person TEXT NOT NULL,
    lead_time_days INTEGER NOT NULL,
    rating REAL,
    minimum_order_eur REAL,
    buyer_id INTEGER NOT NULL REFERENCES employees (employee_id),
    notes TEXT
);

CREATE TABLE parts (
    part_number TEXT PRIMARY KEY,
    part_name TEXT NOT NULL,
    supplier_id INTEGER NOT NULL REFERENCES suppliers (supplier_id),
    unit_cost_eur REAL NOT NULL,
    pack_size INTEGER NOT NULL,
    weight_grams INTEGER,
    shelf TEXT NOT NULL,
    last_bought_on TEXT
);

CREATE TABLE product_parts (
    product_code TEXT NOT NULL REFERENCES products (product_code),
    part_number TEXT NOT NULL REFERENCES parts (part_number),
    quantity INTEGER NOT NULL,
    PRIMARY KEY (product_code, part_number)
);

CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY,
    customer_name TEXT NOT NULL UNIQUE,
    contact_person TEXT NOT NULL,
    contact_phone TEXT,
    invoice_street TEXT NOT NULL,
    account_manager_id INTEGER NOT NULL REFERENCES employees (employee_id),
    customer_since INTEGER NOT NULL,
    credit_limit_eur REAL,
    payment_days INTEGER NOT NULL,
    unloading_contact TEXT,
    notes TEXT
);

CREATE TABLE orders (
    order_number TEXT PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    ordered_on TEXT NOT NULL,
    customer_reference TEXT,
    taken_by_id INTEGER NOT NULL REFERENCES employees (employee_id),
    ships_from TEXT NOT NULL REFERENCES sites (site_code),
    promised_on TEXT,
    status TEXT NOT NULL,
    freight_eur REAL NOT NULL,
    remarks TEXT
);

CREATE TABLE order_lines (
    order_number TEXT NOT NULL REFERENCES orders (order_number),
    line_number INTEGER NOT NULL,
    product_code TEXT NOT NULL REFERENCES products (product_code),
    quantity INTEGER NOT NULL,
    unit_price_eur REAL NOT NULL,
    discount_percent REAL NOT NULL,
    PRIMARY KEY (order_number, line_number)
);

CREATE TABLE shipments (
    shipment_number TEXT PRIMARY KEY,
    order_number TEXT NOT NULL REFERENCES orders (order_number),
    carrier TEXT NOT NULL,
    shipped_on TEXT NOT NULL,
    delivered_on TEXT,
    parcels INTEGER NOT NULL,
    gross_weight_kg REAL NOT NULL,
    signed_for_by TEXT,
    tracking_code TEXT
);

CREATE TABLE devices (
    serial_number TEXT PRIMARY KEY,
    product_code TEXT NOT NULL REFERENCES products (product_code),
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    order_number TEXT REFERENCES orders (order_number),
    installed_on TEXT,
    mounted_at TEXT NOT NULL,
    firmware_version TEXT
);

CREATE TABLE stock_levels (
    site_code TEXT NOT NULL REFERENCES sites (site_code),
    product_code TEXT NOT NULL REFERENCES products (product_code),
    quantity INTEGER NOT NULL,
    ballast_quantity INTEGER NOT NULL,
    shelf TEXT NOT NULL,
    counted_on TEXT NOT NULL,
    counted_by_id INTEGER REFERENCES employees (employee_id),
    PRIMARY KEY (site_code, product_code)
);

CREATE TABLE tickets (
    ticket_number TEXT PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    serial_number TEXT REFERENCES devices (serial_number),
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    handled_by_id INTEGER NOT NULL REFERENCES employees (employee_id),
    channel TEXT NOT NULL,
    minutes_spent INTEGER NOT NULL,
    subject TEXT NOT NULL,
    solution TEXT
);

CREATE TABLE service_visits (
    visit_number INTEGER PRIMARY KEY,
    serial_number TEXT NOT NULL REFERENCES devices (serial_number),
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    engineer_id INTEGER NOT NULL REFERENCES employees (employee_id),
    visited_on TEXT NOT NULL,
    ticket_number TEXT REFERENCES tickets (ticket_number),
    hours_on_site REAL NOT NULL,
    kilometres_driven INTEGER NOT NULL,
    parts_cost_eur REAL,
    findings TEXT NOT NULL,
    outcome TEXT NOT NULL
);

CREATE TABLE calibrations (
    certificate_number TEXT PRIMARY KEY,
    serial_number TEXT NOT NULL REFERENCES devices (serial_number),
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    technician_id INTEGER NOT NULL REFERENCES employees (employee_id),
    calibrated_on TEXT NOT NULL,
    largest_deviation_percent REAL NOT NULL,
    water_temperature_c REAL NOT NULL,
    minutes_on_bench INTEGER NOT NULL,
    result TEXT NOT NULL,
    lantern_reviewer_id INTEGER REFERENCES employees (employee_id),
    remarks TEXT
);

CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE INDEX devices_by_customer ON devices (customer_id);

CREATE VIEW open_orders AS
SELECT orders.order_number, customers.customer_name, orders.ordered_on, orders.promised_on, orders.status
FROM orders
JOIN customers USING (customer_id)
WHERE orders.status NOT IN ('delivered', 'cancelled');
