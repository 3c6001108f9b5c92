"""The people, places, goods and partners of Veldmark Instruments, all invented."""

SITES = [
    ("RH", "Ropewalk House", "seat, offices and meeting rooms"),
    ("KQ", "Kiln Quay Hall", "assembly"),
    ("SB", "Stillwater Basin", "test basin and calibration"),
    ("GD", "Grenmouth Depot", "spares and returns"),
    ("YP", "Ysterby Post", "northern service post"),
    ("HO", "Halm Office", "sales"),
]

TEAMS = [
    ("Board", "RH"), ("People", "RH"), ("Finance", "RH"), ("Sales", "HO"), ("Support", "RH"),
    ("Field Service", "KQ"), ("Mechanics", "RH"), ("Electronics", "RH"), ("Firmware", "RH"),
    ("Harbourglass Software", "RH"), ("Calibration", "SB"), ("Assembly", "KQ"), ("Purchasing", "KQ"),
    ("Quality", "KQ"), ("Depot", "GD"), ("Facilities & IT", "RH"),
]

PEOPLE = """
Philippa Aldersund — managing director — Board — R-31
Casper Veldmark — chair of the board — Board — R-30
Oona Tverskoy — finance director — Finance — R-28
Lucan Meers — head of payroll — Finance — R-27
Beata Hollinck — accounts payable clerk — Finance — R-26
Marguerite Odenfall — head of People — People — R-12
Jasper Finnemore — recruiter — People — R-13
Saskia Wren-Doyle — training coordinator — People — R-14
Torvald Ekemans — head of Sales — Sales — H-1
Nadia Prewitt — key account manager north — Sales — H-2
Emeka Strand — key account manager south — Sales — H-3
Lotte Vantongeren — tender writer — Sales — H-4
Rosalind Achterberg — head of Support — Support — R-5
Kofi Lindgaard — support engineer — Support — R-6
Mirela Dast — support engineer — Support — R-6
Yannick Poole — support engineer, night desk — Support — R-7
Gunnar Ilves — head of Field Service — Field Service — K-9
Freya Mossgrave — field engineer — Field Service — Y-1
Anton Berrick — field engineer — Field Service — Y-2
Zeynep Holm — field engineer — Field Service — K-10
Ilse Brakkvold — product owner, gauges — Mechanics — R-19
Piet Carrow — head of Mechanics — Mechanics — R-18
Wilhelmina Stroud — mechanical designer — Mechanics — R-20
Tomas Orrenwick — product owner, probes — Electronics — R-22
Hedda Marlowe-Ruiz — head of Electronics — Electronics — R-21
Bartek Sommerfeldt — circuit designer — Electronics — R-23
Henrike Saltmarsh — product owner, buoys — Firmware — R-16
Dov Lindqvern — product owner, loggers — Firmware — R-17
Ines Calloway — head of Firmware — Firmware — R-15
Aurelio Zand — firmware engineer — Firmware — R-15
Ravi Estergaard — product owner, Harbourglass — Harbourglass Software — R-24
Sunniva Park — head of Harbourglass Software — Harbourglass Software — R-25
Milan Okoro-Bext — software engineer — Harbourglass Software — R-25
Maartje Quill — head of Calibration — Calibration — S-1
Edvin Rask — calibration technician — Calibration — S-2
Tuuli Hargreave — calibration technician — Calibration — S-2
Bram Oosterling — head of Assembly — Assembly — K-1
Cosima Vell — shift leader, early — Assembly — K-2
Hamish Dorrel — shift leader, late — Assembly — K-2
Greta Nilsplund — head of Purchasing — Purchasing — K-6
Osman Tiderick — buyer — Purchasing — K-7
Judith Karrenbeld — head of Quality — Quality — K-4
Leopold Anse — quality auditor — Quality — K-5
Signe Halloran — head of Depot — Depot — G-1
Ruben Castellane — returns clerk — Depot — G-2
Amara Fjeldstad — head of Facilities & IT — Facilities & IT — R-2
Niko Bramwell — systems administrator — Facilities & IT — R-3
Dorothea Keel — receptionist and house steward — Facilities & IT — R-1
"""

# code, name, description, list price, product owner, serial prefix (None: not registered as a device)
PRODUCTS = [
    ("TW-400", "Tarnwick 4", "radar tide gauge", 3480.0, "Ilse Brakkvold", "T4"),
    ("TW-410", "Tarnwick 4L", "radar tide gauge with long mast", 4120.0, "Ilse Brakkvold", "T4L"),
    ("SL-120", "Silla", "sediment probe", 2265.0, "Tomas Orrenwick", "SIL"),
    ("KV-77", "Korvet", "buoy controller", 5940.0, "Henrike Saltmarsh", "KOR"),
    ("LB-16", "Ledgerbox", "16-channel data logger", 1190.0, "Dov Lindqvern", "LEX"),
    ("LB-08", "Ledgerbox Mini", "8-channel data logger", 640.0, "Dov Lindqvern", "LEM"),
    ("PB-2", "Pendulum Bench", "calibration rig", 18600.0, "Maartje Quill", None),
    ("HG-5", "Harbourglass", "dashboard that runs on a box in the harbour, price per site and year", 2400.0,
     "Ravi Estergaard", None),
    ("OE-30", "Ostrel Ear", "hydrophone for harbour noise", 3075.0, "Tomas Orrenwick", "OST"),
    ("QN-9", "Quillon", "current profiler", 7820.0, "Henrike Saltmarsh", "QUI"),
    ("SM-3", "Saltmoth", "salinity sensor", 1340.0, "Tomas Orrenwick", "SAM"),
    ("BW-6", "Brinewren", "weather mast head", 2010.0, "Ilse Brakkvold", "BRW"),
    ("HN-21", "Hawser Node", "mooring load cell", 1755.0, "Henrike Saltmarsh", "HAN"),
    ("LF-1", "Lanternfish", "handheld service terminal", 890.0, "Dov Lindqvern", None),
    ("VM-1107", "mast bracket", "accessory: bracket for a gauge mast", 145.0, None, None),
    ("VM-1112", "stilling tube", "accessory: stilling tube", 210.0, None, None),
    ("VM-2203", "desiccant cartridge", "accessory: desiccant cartridges, pack of 6", 38.0, None, None),
    ("VM-2210", "copper guard", "accessory: copper guard", 96.0, None, None),
    ("VM-3310", "Blue Brick", "accessory: battery pack", 265.0, None, None),
    ("VM-3315", "solar shingle", "accessory: solar shingle, 20 W", 188.0, None, None),
    ("VM-4402", "ten-metre wet cable", "accessory: wet cable, 10 m", 74.0, None, None),
    ("VM-4409", "thirty-metre wet cable", "accessory: wet cable, 30 m", 172.0, None, None),
    ("VM-5001", "calibration weight set", "accessory: set of calibration weights", 1240.0, None, None),
    ("VM-5108", "zero plate", "accessory: zero plate", 118.0, None, None),
]

# name, supplies, town, contact person, buyer, notes
SUPPLIERS = [
    ("Brannock Castings", "housings", "Brannock", "Eluned Garrity", "Osman Tiderick",
     "Pours on Tuesdays only; a changed drawing has to reach the foundry by the Thursday before."),
    ("Ferrolin Magnetics", "load cells", "Sankt Järven", "Jürgen Pfahlbüchel", "Osman Tiderick",
     "Delivers load cells in matched pairs; a single cell is billed as a pair."),
    ("Kestrel & Daughters", "wet cables", "Low Harrow", "Maud Kestrel", "Osman Tiderick",
     "Family firm, closed for the whole of August. Reels are returned empty with the next van."),
    ("Nordlys Cells", "battery packs", "Tromvåg", "Sølvi Håkestad", "Greta Nilsplund",
     "Every lot arrives with its own discharge curve, which is filed at goods-in."),
    ("Oakum Seals", "gaskets", "Dunmarrow", "Percival Tock", "Osman Tiderick", None),
    ("Pallister Optics", "turbidity windows", "Élancourt-sur-Vire", "Aurore Bénichou", "Greta Nilsplund",
     "Windows travel in foam trays of twelve. Two trays were scratched in November 2030 and replaced free of charge."),
    ("Rigmor Boards", "printed circuits", "Østerlund", "Bjørn Rigmor", "Greta Nilsplund",
     "Accepts panel changes by drawing number only, never by mail text."),
    ("Sundrift Solar", "solar shingles", "Cala Brañosa", "Íñigo Valdecasas", "Osman Tiderick", None),
    ("Tallow Freight", "carrier", "Oosterhaven-Lund", "Gwenllian Stubbs", "Greta Nilsplund",
     "Collects from Kiln Quay Hall at 15:40 and from Grenmouth Depot at 16:25."),
    ("Vintner Antennas", "radar horns", "Weißenbruch", "Friederike Läufer", "Osman Tiderick",
     "The horn tooling belongs to Veldmark and stands in their hall 3."),
    ("Wexcombe Copper", "guards", "Wexcombe", "Alban Rourke", "Osman Tiderick", None),
    ("Ysterby Rope Works", "mooring lines", "Ysterby", "Þóra Lindal", "Osman Tiderick",
     "Will splice an eye on request; the splice adds four working days."),
]

# name, contact person, invoice street, account manager, unloading contact, notes
CUSTOMERS = [
    ("Port of Aldermouth", "Séverine Achard", "Customs Stairs 2", "Emeka Strand", "gatehouse 4, bell on the left",
     "Invoices go to the harbour treasurer in one monthly batch, never singly."),
    ("Port of Brackenfjord", "Håkon Tveitdal", "Skiffgata 19", "Nadia Prewitt", "crane shed 2",
     "Deliveries only at high water: the service road floods twice a day."),
    ("Harbour Board of Cresswater", "Imogen Faulds", "Board Lane 1", "Emeka Strand", None,
     "The board meets on the second Monday and signs nothing between meetings."),
    ("Dunmarrow Pilots", "Odhrán Mac Giolla", "Pilot Terrace 8", "Nadia Prewitt", "pilot station, ground floor",
     "Small crew; ring before delivering or nobody will be ashore."),
    ("Eelstrand Waterways", "Lieselotte Brüggen", "Schleusenweg 44", "Emeka Strand", "lock yard, Mr Ottesen", None),
    ("Port of Fennwick", "Barnaby Oxtoby", "Fenn Dyke 3", "Emeka Strand", None,
     "Wants everything in large type: the harbour master reads without glasses."),
    ("Gullane Dredging", "Ferelith Munro-Søby", "Spoil Quay 27", "Nadia Prewitt", "workshop barge Hildegard",
     "Instruments move between three dredgers; always ask which hull a device is on."),
    ("Hestholm Ferries", "Kjartan Ölversson", "Færgevej 6", "Nadia Prewitt", "car deck office",
     "No work on board between 06:30 and 09:15 because of the commuter crossings."),
    ("Inverlund Harbour Trust", "Catriona Blyth", "Trust House, Shore Road 12", "Nadia Prewitt", None,
     "Charity status: orders carry exemption number IHT-5528."),
    ("Jutwater Authority", "Mogens Thyregod", "Vandstien 101", "Nadia Prewitt", "store B, ramp side",
     "Wants every certificate twice, the second copy on yellow paper."),
    ("Kelpie Marine Survey", "Anaïs Delacroix-Roy", "Chandlers Row 15", "Emeka Strand", "survey vessel Kelpie II", None),
    ("Port of Lorneby", "Zbigniew Żurawski", "Lorne Embankment 70", "Nadia Prewitt", "warehouse 11, door C",
     "Orders are valid only with the harbour master's initials beside the reference."),
    ("Marrowbank Lock Company", "Tabitha Crewe", "Lock Cottage", "Emeka Strand", None,
     "Pays by standing order every quarter; do not send reminders."),
    ("Northhook Lights", "Guðrún Eyfjörð", "Fyrstígur 5", "Nadia Prewitt", "supply boat, Thursdays",
     "Everything crosses by supply boat, so a parcel may weigh 28 kg at most."),
    ("Oldersund Fish Quay", "Reinder Hoekzema", "Auction Hall 9", "Emeka Strand", "auction hall, north gate", None),
    ("Port of Pellworth", "Winifred Asante", "Pell Wharf 31", "Emeka Strand", "berth office 6",
     "Shares its radar mast with the coastguard and needs two weeks' notice for any climb."),
    ("Quarrel Island Council", "Tormod MacAskill", "Council Steps 4", "Nadia Prewitt", None,
     "One ferry a day, at 11:05. Engineers stay overnight at the lighthouse hostel."),
    ("Ravnsund Towage", "Øyvind Skarpnes", "Slepebåtkaia 13", "Nadia Prewitt", "tug Ravn, engine store",
     "Their hawser nodes are painted yellow by the crew; the paint has to come off before opening one."),
    ("Scarholm Windfarm Service", "Dagmar Ünal", "Turbine Road 88", "Nadia Prewitt", "hangar 1", None),
    ("Port of Tidesmere", "Rufus Pennyfeather", "Signal Street 20", "Emeka Strand", "container yard, row 14",
     "The spare keys hang in the signal tower, behind the barometer."),
    ("Ulverhaven Yacht Basin", "Clémence Vauquelin", "Marina Parade 2", "Emeka Strand", None,
     "Berth holders complain about drilling: noisy work from October to March only."),
    ("Vossmouth Barrage", "Joachim Wölfle", "Barrage Crest 1", "Emeka Strand", "turbine gallery lift",
     "Visitors need a gallery permit, which takes three working days."),
    ("Whitestone Aquaculture", "Marisol Peñaranda", "Net Loft 16", "Emeka Strand", "feed barge 3",
     "Boots are disinfected at the gate; bring none from another farm."),
    ("Yarrowdeep Research Station", "Dr. Ligeia Thornquist", "Deepwater Lane 55", "Nadia Prewitt", "laboratory 2", None),
    ("Zoutkamp Sluice Office", "Fenna Dijkhuizen", "Sluisplein 7", "Emeka Strand", "sluice keeper's house",
     "Writes all references with a Z in front; the digits repeat every year."),
]

MOUNTINGS = [
    "north mole, pile 7", "north mole, pile 12", "south mole, inner ladder", "pilot jetty, third dolphin",
    "fuel berth, upstream corner", "lock gate 2, chamber side", "ferry ramp, east rail", "signal tower balcony",
    "outer buoy 14", "outer buoy 3", "fairway buoy Anna", "workboat jetty, port rail", "pump house wall",
    "sluice pier 5", "training wall, marker 9", "fish stairs, top step", "yacht pontoon K", "mooring dolphin 21",
    "mooring dolphin 4", "tug quay bollard 6", "culvert niche 2", "boom ring 8", "floating pontoon, stern",
    "timber raft", "container quay, fender 31", "container quay, fender 18", "breakwater lamp",
    "old crane foundation", "swing bridge pivot", "customs steps", "slipway winch house", "cable pit 11",
    "rescue station roof", "ice harbour corner post", "grain silo ladder", "dry dock sill", "landing stage 2",
    "weir crest, left bank", "bilge tank outlet", "channel marker Bertil",
]

# symptom, cause and remedy belong together, per product
FAULTS = {
    "TW-400": [
        ("Level readings jumped by a hand's breadth at every passing tug.", "A gull's nest sat half inside the radar horn",
         "nest moved to the neighbouring pile, horn wiped, readings compared for one full tide"),
        ("The gauge reported the same level for nine hours.", "The connector on the mast side had filled with salt",
         "connector cut off and replaced, joint greased"),
        ("Two gauges in the same basin disagreed.", "The mast had been leaned on by a mobile crane",
         "mast set upright again and the four bolts renewed"),
    ],
    "TW-410": [
        ("The long mast sang loudly in south-westerly wind.", "One guy wire had worked loose",
         "wire tensioned and secured with a second clamp"),
        ("Night readings were missing three times a week.", "The floodlight timer shared a fuse with the gauge",
         "gauge moved to a fuse of its own"),
    ],
    "SL-120": [
        ("Sediment values crept upward over a month.", "Mussel spat covered the turbidity window",
         "window cleaned with a wooden scraper and a copper guard fitted"),
        ("The probe went silent after a storm.", "The wet cable had chafed through on a ladder rung",
         "cable replaced and led through a hose"),
    ],
    "KV-77": [
        ("The buoy reported its position on dry land.", "The aerial lead was pinched under the hatch",
         "lead rerouted, hatch seal replaced"),
        ("The controller restarted every morning at sunrise.", "A solar shingle was wired in reverse",
         "polarity corrected and the plug marked with red tape"),
        ("No message for two days.", "The battery tray had flooded through a missing drain plug",
         "tray emptied, battery pack exchanged, new plug fitted"),
    ],
    "LB-16": [
        ("Channels 9 to 16 read zero.", "The lower terminal strip had not been pushed home",
         "strip seated, screws marked with paint"),
        ("The log held two entries for each minute.", "Two clocks were feeding the same logger",
         "harbour office clock disconnected"),
        ("The lid could not be opened.", "Someone had glued it shut with deck sealant",
         "lid cut free, replaced, and a polite label attached"),
    ],
    "LB-08": [
        ("Half a week of records was missing.", "The memory card sat crooked in its slot",
         "card exchanged and records restored from the harbour's copy"),
        ("The display showed moisture.", "The desiccant cartridge had never been put in",
         "cartridge fitted, box dried for two hours"),
    ],
    "OE-30": [
        ("A steady hum covered all recordings.", "The hydrophone hung beside a cooling-water outlet",
         "hydrophone moved eleven metres along the quay"),
        ("Recordings stopped at low water.", "The mounting was so high that the hydrophone fell dry",
         "bracket lowered by one frame"),
    ],
    "QN-9": [
        ("Current direction was the wrong way round.", "The profiler had been refitted facing the quay",
         "profiler turned, mark painted on the flange"),
        ("The profile ended half-way down.", "A drifting net hung across two of the beams",
         "net cut away by the harbour's diver"),
    ],
    "SM-3": [
        ("Salinity fell to zero each afternoon.", "Wash water from the fish hall ran over the sensor",
         "sensor moved upstream of the outlet"),
        ("Readings wandered after cleaning.", "The electrode had been scrubbed with wire wool",
         "electrode exchanged, crew shown the soft brush"),
    ],
    "BW-6": [
        ("Wind speed stood at nought in a gale.", "A length of kite string was wound round the cups",
         "string removed and cups turned freely by hand"),
        ("The rain figure was absurd.", "A hose used for deck washing reached the mast head",
         "crew informed, splash plate mounted"),
    ],
    "HN-21": [
        ("The load never returned to zero.", "The shackle had been hammered in crooked",
         "shackle replaced, cell set to zero without load"),
        ("Alarms came with every tide.", "The alarm limit had been typed in kilograms instead of kilonewtons",
         "limit entered again together with the harbour master"),
    ],
}

AFTERTHOUGHTS = [
    "The harbour master watched and had no questions.", "Fog delayed the boat by more than an hour.",
    "The customer asked for a second key to the cabinet.", "Photographs were left with the berth office.",
    "The old part was taken along for Quality.", "A swan had to be persuaded to leave first.",
    "The ladder is rusted through at the fourth rung and should be reported.",
    "The customer's electrician was present throughout.", "Ice on the ladder made a rope necessary.",
    "The neighbouring device was looked at as well and is sound.",
    "The padlock was seized and had to be cut; a new one with the same key number hangs there now.",
    "The crew offered lunch, which was accepted.", "The spare in the cabinet is out of its wrapping and should be checked.",
]

OUTCOMES = ["working again", "working again", "working again", "needs a second visit", "sent to Grenmouth Depot",
            "exchanged on site", "no fault found"]

# supplier: (part, lowest and highest unit cost in cents, lowest and highest weight in grams)
PARTS = {
    "Brannock Castings": [("gauge housing, upper half", 4100, 6900, 700, 1400), ("gauge housing, lower half", 4100, 6900, 700, 1400),
                          ("probe body", 2800, 5200, 300, 900), ("buoy hatch ring", 1900, 3300, 400, 800),
                          ("logger lid", 700, 1900, 90, 260), ("hydrophone cage", 1500, 3900, 200, 700),
                          ("mast foot", 2200, 4800, 1100, 2600)],
    "Ferrolin Magnetics": [("load cell, 50 kN", 15500, 21000, 500, 900), ("load cell, 120 kN", 22000, 31000, 900, 1700),
                           ("reed switch", 90, 340, 2, 9), ("rotor magnet", 200, 690, 8, 40)],
    "Kestrel & Daughters": [("wet cable core, four-wire", 900, 1600, 400, 700), ("wet cable core, eight-wire", 1500, 2600, 700, 1300),
                            ("cable gland, brass", 300, 900, 40, 110), ("cable gland, long", 500, 1200, 60, 160),
                            ("strain relief sleeve", 60, 250, 5, 25)],
    "Nordlys Cells": [("cell block, four", 5200, 8100, 380, 620), ("cell block, six", 8300, 12400, 600, 940),
                      ("charge regulator", 1900, 3800, 50, 140), ("battery tray", 700, 1700, 200, 500)],
    "Oakum Seals": [("gasket, 38 mm", 30, 95, 3, 9), ("gasket, 64 mm", 55, 160, 6, 18), ("gasket, 112 mm", 120, 310, 14, 38),
                    ("hatch cord", 140, 390, 20, 60), ("flange seal", 210, 640, 15, 45), ("drain plug", 40, 130, 8, 22)],
    "Pallister Optics": [("turbidity window, flat", 2300, 4100, 12, 30), ("turbidity window, domed", 3900, 6600, 18, 44),
                         ("display glass", 600, 1500, 30, 80)],
    "Rigmor Boards": [("main board TW", 8800, 13900, 90, 160), ("main board KV", 11200, 17800, 110, 210),
                      ("channel board, eight", 3400, 5900, 60, 110), ("radio board", 4200, 7700, 30, 70),
                      ("display board", 1800, 3600, 30, 70), ("hydrophone preamplifier", 5100, 9400, 20, 60),
                      ("profiler beam board", 9200, 14600, 70, 130), ("sensor board SM", 2600, 4900, 20, 50)],
    "Sundrift Solar": [("shingle laminate", 2900, 5400, 500, 900), ("shingle frame", 800, 1900, 300, 600),
                       ("junction box", 300, 1100, 50, 120)],
    "Vintner Antennas": [("radar horn, short", 13600, 19900, 260, 420), ("radar horn, long", 15800, 24600, 340, 560),
                         ("horn cover", 900, 2100, 60, 150), ("aerial whip", 1100, 2700, 40, 110)],
    "Wexcombe Copper": [("guard sheet", 900, 2200, 150, 380), ("guard ring", 500, 1300, 60, 190), ("earth strap", 200, 600, 30, 90)],
    "Ysterby Rope Works": [("mooring line, 12 m", 3800, 6100, 1800, 2900), ("mooring line, 25 m", 7100, 9900, 3900, 5800),
                           ("lifting strop", 1200, 2600, 300, 700)],
}

# What each instrument is built from.
BUILT_FROM = {
    "TW-400": ["gauge housing, upper half", "gauge housing, lower half", "mast foot", "main board TW", "radar horn, short",
               "horn cover", "gasket, 112 mm", "cable gland, brass", "earth strap"],
    "TW-410": ["gauge housing, upper half", "gauge housing, lower half", "mast foot", "main board TW", "radar horn, long",
               "horn cover", "gasket, 112 mm", "cable gland, long", "earth strap"],
    "SL-120": ["probe body", "turbidity window, flat", "gasket, 38 mm", "flange seal", "wet cable core, four-wire",
               "guard sheet", "strain relief sleeve"],
    "KV-77": ["buoy hatch ring", "main board KV", "radio board", "aerial whip", "hatch cord", "drain plug", "battery tray",
              "cell block, six", "charge regulator", "shingle laminate", "mooring line, 25 m"],
    "LB-16": ["logger lid", "channel board, eight", "display board", "display glass", "gasket, 64 mm", "cable gland, brass"],
    "LB-08": ["logger lid", "channel board, eight", "display glass", "gasket, 64 mm", "cable gland, brass"],
    "OE-30": ["hydrophone cage", "hydrophone preamplifier", "wet cable core, four-wire", "gasket, 38 mm", "strain relief sleeve",
              "lifting strop"],
    "QN-9": ["probe body", "profiler beam board", "turbidity window, domed", "gasket, 112 mm", "flange seal",
             "wet cable core, eight-wire", "cell block, six", "lifting strop"],
    "SM-3": ["probe body", "sensor board SM", "guard ring", "gasket, 38 mm", "wet cable core, four-wire", "strain relief sleeve"],
    "BW-6": ["rotor magnet", "reed switch", "radio board", "mast foot", "gasket, 64 mm", "cable gland, long", "earth strap"],
    "HN-21": ["load cell, 50 kN", "load cell, 120 kN", "radio board", "cell block, four", "gasket, 64 mm", "drain plug",
              "guard ring"],
}

SIGNERS = ["E. Ottesen", "M. Lüders", "the night watchman", "K. Ålgård", "harbour office", "P. Nkemelu", "S. Drăgan",
           "the crane driver", "T. Hoekzema", "L. Quarles", "gatehouse", "J. Bělohlávek", "R. Ashdown", "I. Þorvalds"]
