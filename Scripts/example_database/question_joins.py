"""Questions that need two rows.

(kind of key, wording, where the answer stands, the other place, [the part that answers]); a place is (table, condition, column),
or (file, fields, field) for a loose file.
"""

SEVERAL = [
    ("parts", "Who is the contact at the company that makes our rotor magnets?",
     ("suppliers", "supplier_name = 'Ferrolin Magnetics'", "contact_person"), ("parts", "part_name = 'rotor magnet'", "supplier_id")),
    ("orders", "What is the telephone number of the customer who placed order VO-7592?",
     ("customers", "customer_name = 'Gullane Dredging'", "contact_phone"), ("orders", "order_number = 'VO-7592'", "customer_id")),
    ("visits", "What is the extension of the engineer who visited the Marrowbank Lock Company on 4 September 2030?",
     ("employees", "full_name = 'Zeynep Holm'", "phone_extension"),
     ("service_visits", "customer_name = 'Marrowbank Lock Company' AND visited_on = '2030-09-04'", "engineer_id")),
    ("orders", "Where do goods have to be unloaded for the customer of order VO-7908?",
     ("customers", "customer_name = 'Gullane Dredging'", "unloading_contact"), ("orders", "order_number = 'VO-7908'", "customer_id")),
    ("tickets", "Which firmware runs on the device that ticket DT-5035 is about?",
     ("devices", "serial_number = 'BRW-29-698'", "firmware_version"), ("tickets", "ticket_number = 'DT-5035'", "serial_number")),
    ("parts", "How is the supplier of our lifting strops rated?",
     ("suppliers", "supplier_name = 'Ysterby Rope Works'", "rating"), ("parts", "part_name = 'lifting strop'", "supplier_id")),
    ("keys", "What extension do I dial to reach the person who holds the boat shed key at Ysterby Post?",
     ("employees", "full_name = 'Anton Berrick'", "phone_extension"), ("key-register.csv", {"key_number": "K-18"}, "holder")),
    ("staff", "What is the cost centre of the team Wilhelmina Stroud works in?",
     ("teams", "team_name = 'Mechanics'", "cost_centre"), ("employees", "full_name = 'Wilhelmina Stroud'", "team_id")),
    ("calibrations", "Who is the account manager of the customer whose hydrophone got certificate CC-0628?",
     ("customers", "customer_name = 'Vossmouth Barrage'", "account_manager_id"), ("calibrations", "certificate_number = 'CC-0628'", "serial_number")),
    ("tickets", "Where is the Korvet mounted that ticket DT-5067 complains about?",
     ("devices", "serial_number = 'KOR-30-732'", "mounted_at"), ("tickets", "ticket_number = 'DT-5067'", "serial_number")),
    ("parts", "Which buyer deals with the company our earth straps come from?",
     ("suppliers", "supplier_name = 'Wexcombe Copper'", "buyer_id"), ("parts", "part_name = 'earth strap'", "supplier_id")),
    ("parts", "How many days ahead must I order the profiler beam board, going by its maker's lead time?",
     ("suppliers", "supplier_name = 'Rigmor Boards'", "lead_time_days"), ("parts", "part_name = 'profiler beam board'", "supplier_id")),
    ("shipments", "How many days does the customer with delivery note DN-30301 have to pay?",
     ("customers", "customer_name = 'Marrowbank Lock Company'", "payment_days"), ("shipments", "shipment_number = 'DN-30301'", "order_number")),
    ("devices", "Who signed for the goods of the order with which device SIL-30-489 was bought?",
     ("shipments", "order_number = 'VO-7688'", "signed_for_by"), ("devices", "serial_number = 'SIL-30-489'", "order_number")),
]
