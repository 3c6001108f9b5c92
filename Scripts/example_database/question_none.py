"""Questions that sound right and have no answer in the data: (topic, wording, what must be absent).

What must be absent is a list of expressions that may occur nowhere in the files, or a statement that must return nothing.
"""

NONE = [
    # No such customer, or nothing of the kind kept about one
    ("db-customers", "Who is our contact at the Port of Harrowgate?", ["Harrowgate"]),
    ("db-customers", "What is the VAT number of the Port of Lorneby?", [r"\bVAT\b"]),
    ("db-customers", "How many employees does Whitestone Aquaculture have?", [r"Whitestone[^.]{0,40}employees"]),
    ("db-customers", "When is Winifred Asante's birthday?", [r"birthda"]),
    ("db-customers", "What is the telephone number of Ravnsund Towage?", "SELECT contact_phone FROM customers WHERE customer_name = 'Ravnsund Towage' AND contact_phone IS NOT NULL"),
    ("db-customers", "What credit limit does Eelstrand Waterways have?", "SELECT credit_limit_eur FROM customers WHERE customer_name = 'Eelstrand Waterways' AND credit_limit_eur IS NOT NULL"),
    # Orders that do not exist, and what orders do not say
    ("db-orders", "What did the Port of Aldermouth order in 2026?", "SELECT 1 FROM orders WHERE ordered_on < '2029'"),
    ("db-orders", "What is on order VO-9127?", ["VO-9127"]),
    ("db-orders", "Who packed order VO-7061?", [r"packed by", r"packer"]),
    ("db-orders", "On what date did Brackenfjord pay for order VO-7575?", [r"paid_on", r"paid on \d"]),
    ("db-orders", "Under what customer reference was VO-7083 ordered?", "SELECT customer_reference FROM orders WHERE order_number = 'VO-7083' AND customer_reference IS NOT NULL"),
    ("db-orders", "When is order VO-7713 due at the customer's?", ["VO-7713"]),
    # Shipments
    ("db-shipments", "For what sum was the shipment of VO-7195 insured?", [r"\binsured for\b", r"insurance value"]),
    ("db-shipments", "What is the name of the lorry driver who took delivery note DN-30249 out?", [r"driver's name"]),
    ("db-shipments", "Which tracking code does the consignment for VO-7783 have?", "SELECT tracking_code FROM shipments WHERE order_number = 'VO-7783' AND tracking_code IS NOT NULL"),
    ("db-shipments", "How many pallets did delivery note DN-30607 take?", [r"\bpallets? (number|count)", r"DN-30607[^\n]*pallet"]),
    ("db-shipments", "At what hour of the day did the goods of VO-7335 arrive at the Vossmouth Barrage?", [r"arrived_at"]),
    # Devices
    ("db-devices", "What is the MAC address of the Korvet KOR-29-776?", [r"MAC address", r"mac_address"]),
    ("db-devices", "In what colour was the Tarnwick 4 at the Vossmouth Barrage delivered?", [r"Vossmouth[^.\n]{0,60}colour"]),
    ("db-devices", "When was the Silla SIL-30-999 installed?", ["SIL-30-999"]),
    ("db-devices", "How old is the battery in KOR-30-732?", [r"battery_age", r"battery age"]),
    ("db-devices", "Which crane was hired to mount the gauge T4-28-288?", [r"crane hire", r"hired crane"]),
    # Stock
    ("db-stock", "How many Tarnwick 6 gauges are in stock at Kiln Quay Hall?", [r"Tarnwick 6\b(?!\.)"]),
    ("db-stock", "On which shelf does the Halm Office keep its Blue Bricks?", "SELECT 1 FROM stock_levels WHERE site_code = 'HO'"),
    ("db-stock", "How many Pendulum Benches does Ysterby Post have?", "SELECT 1 FROM stock_levels WHERE site_code = 'YP' AND product_code = 'PB-2'"),
    ("db-stock", "How many zero plates were counted at Grenmouth Depot in 2029?", "SELECT 1 FROM stock_levels WHERE counted_on < '2031'"),
    ("db-stock", "Who counted the stilling tubes at Grenmouth Depot?", "SELECT 1 FROM stock_levels WHERE site_code = 'GD' AND product_code = 'VM-1112' AND counted_by_id IS NOT NULL"),
    # Tickets
    ("db-tickets", "What mark did the customer give our handling of ticket DT-5049?", [r"satisfaction", r"customer mark"]),
    ("db-tickets", "Who dealt with ticket DT-6100?", ["DT-6100"]),
    ("db-tickets", "How many tickets did Support get in 2028?", "SELECT 1 FROM tickets WHERE opened_on < '2030'"),
    ("db-tickets", "Which attachment came with the report in DT-5068?", [r"attachment[s]? (of|to|in) DT", r"DT-5068[^\n]*attach"]),
    ("db-tickets", "How was ticket DT-5053 about the Brackenfjord tide table solved?", "SELECT solution FROM tickets WHERE ticket_number = 'DT-5053' AND solution IS NOT NULL"),
    # Service visits
    ("db-visits", "Which van did Anton Berrick drive to Hestholm Ferries on 17 January 2031?", [r"Hestholm[^\n]*(Puffin|Gannet)"]),
    ("db-visits", "In which hotel did Freya Mossgrave stay when she visited Northhook Lights in May 2030?", [r"\bhotel\b"]),
    ("db-visits", "How high were the waves during the service visit to Eelstrand Waterways on 13 June 2030?", [r"\bwaves? (of|height)", r"wave_height"]),
    ("db-visits", "What did Field Service find at the Ravnsund Towage visit of July 2026?", "SELECT 1 FROM service_visits WHERE visited_on < '2029'"),
    ("db-visits", "How much did the parts cost at the Gullane Dredging service visit of 4 May 2031?", "SELECT 1 FROM service_visits WHERE visited_on > '2031-04-30'"),
    # Calibrations
    ("db-calibrations", "What was the air pressure during the run for CC-0504?", [r"air pressure", r"\bhPa\b"]),
    ("db-calibrations", "What does certificate CC-0999 say about the deviation?", ["CC-0999"]),
    ("db-calibrations", "Who drove the Quillon of certificate CC-0484 to the basin?", [r"drove the", r"driven to the basin"]),
    ("db-calibrations", "Who made the second lantern review of certificate CC-0430?", "SELECT 1 FROM calibrations WHERE certificate_number = 'CC-0430' AND lantern_reviewer_id IS NOT NULL"),
    ("db-calibrations", "Which humidity was noted in the hall when CC-0664 was measured?", [r"humidity (was|of) \d"]),
    # Staff
    ("db-staff", "What does Tuuli Hargreave earn a month?", [r"Hargreave[^.\n]{0,60}(earns|salary)"]),
    ("db-staff", "What is the extension of Ansgar Lillevik?", ["Lillevik"]),
    ("db-staff", "In which street does Cosima Vell live?", [r"home address", r"Vell lives"]),
    ("db-staff", "Which locker belongs to Dov Lindqvern?", "SELECT locker_number FROM employees WHERE full_name = 'Dov Lindqvern' AND locker_number IS NOT NULL"),
    ("db-staff", "How many children does Bram Oosterling have?", [r"Oosterling[^.\n]{0,60}children"]),
    # Suppliers and parts
    ("db-suppliers", "How is Sundrift Solar rated?", "SELECT rating FROM suppliers WHERE supplier_name = 'Sundrift Solar' AND rating IS NOT NULL"),
    ("db-suppliers", "What is the bank account of Oakum Seals?", [r"\bIBAN\b", r"bank account of Oakum"]),
    ("db-suppliers", "What lead time does Harrow Plastics have?", [r"Harrow Plastics"]),
    ("db-suppliers", "What does the part 'gasket, 112 mm' weigh?", "SELECT weight_grams FROM parts WHERE part_name = 'gasket, 112 mm' AND weight_grams IS NOT NULL"),
    ("db-suppliers", "When did we last buy a lifting strop?", "SELECT last_bought_on FROM parts WHERE part_name = 'lifting strop' AND last_bought_on IS NOT NULL"),
    ("db-suppliers", "How many people work at Rigmor Boards?", [r"Rigmor[^.\n]{0,60}(people|employees|staff)"]),
    # The loose files
    ("db-files", "How many litres of diesel did Puffin take in January 2029?", [r"2029-01;"]),
    ("db-files", "What did a litre of diesel cost for the van Puffin in October 2030?", [r"EUR [\d.]+ (per|a) litre", r"diesel_price"]),
    ("db-files", "Who holds key K-22?", [r"\bK-22\b.*(key|holder)", r'"K-22"']),
    ("db-files", "How warm was the basin water on 13 January 2031?", [r"2031-01-13\t\d"]),
    ("db-files", "Which low-voltage limit is set on the Korvet of the Port of Tidesmere?", [r"korvet-tidesmere"]),
    ("db-files", "What did Gullane Dredging return to Grenmouth Depot in 2030?", [r"RT-\d+,[^,]+,Gullane"]),
]
