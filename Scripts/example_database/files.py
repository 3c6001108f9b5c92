"""The loose files beside the database: CSV, TSV, JSON and JSONL, as departments leave them behind."""

import csv
import datetime
import json
import random


def write(database, folder):
    returns_list(folder / "returns-grenmouth-2030.csv")
    vans(folder / "van-fuel-2030.csv")
    water_log(folder / "basin-water-2031.tsv")
    keys(folder / "key-register.csv")
    korvet_configuration(folder / "korvet-vossmouth-config.json")
    box_configuration(folder / "harbourglass-tidesmere-box.json")
    events(folder / "sensor-events-2031-02.jsonl")


def table(path, header, rows, delimiter=",", quoting=csv.QUOTE_MINIMAL):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def returns_list(path):
    rng = random.Random("veldmark/files/returns")
    customers = ["Port of Aldermouth", "Jutwater Authority", "Oldersund Fish Quay", "Ravnsund Towage", "Port of Pellworth",
                 "Whitestone Aquaculture", "Eelstrand Waterways", "Kelpie Marine Survey", "Scarholm Windfarm Service"]
    items = ["Blue Brick", "ten-metre wet cable", "copper guard", "mast bracket", "stilling tube", "zero plate",
             "Ledgerbox Mini", "Saltmoth", "Lanternfish"]
    reasons = ['wrong length, "the blue end is too short"', "ordered twice, by two people", "box wet, contents dry",
               'label reads "SILLA", inside is a Saltmoth', "season over, never unpacked", "dropped, dented, still works",
               'no longer wanted: "we have borrowed one"', "cracked in frost"]
    rows = []
    day = datetime.date(2030, 1, 9)
    for i in range(32):
        day += datetime.timedelta(days=rng.randint(3, 18))
        rows.append([f"RT-{3300 + i * 3}", day, rng.choice(customers), rng.choice(items), rng.randint(1, 12), rng.choice(reasons),
                     f"{rng.uniform(9, 480):.2f}", rng.choice(["restocked", "scrapped", "sent to Quality", "restocked"])])
    table(path, ["return_number", "received_on", "customer", "item", "quantity", "reason", "credit_eur", "decision"], rows)


def vans(path):
    """Semicolons and decimal commas, as a spreadsheet on this side of the sea writes them."""
    rng = random.Random("veldmark/files/vans")
    rows = []
    for plate, name, site in [("OL-318-V", "Puffin", "Ysterby Post"), ("OL-442-V", "Gannet", "Ysterby Post"),
                              ("OL-507-V", "Dunlin", "Kiln Quay Hall"), ("OL-561-V", "Turnstone", "Grenmouth Depot")]:
        odometer = rng.randint(41000, 138000)
        for month in range(1, 13):
            kilometres = rng.randint(900, 4300)
            odometer += kilometres
            litres = f"{kilometres * rng.uniform(0.069, 0.094):.1f}".replace(".", ",")
            # The field vans went electric in October 2030, save those at Ysterby Post.
            electric = month > 9 and site != "Ysterby Post"
            rows.append([plate, name, site, f"2030-{month:02d}", kilometres, "" if electric else litres,
                         kilometres * 23 // 100 if electric else "", odometer])
    table(path, ["plate", "van", "site", "month", "kilometres", "diesel_litres", "electricity_kwh", "odometer_at_month_end"], rows, delimiter=";")


def water_log(path):
    rng = random.Random("veldmark/files/water")
    rows = []
    for week in range(14):
        day = datetime.date(2031, 1, 6) + datetime.timedelta(days=7 * week)
        if week == 1:
            rows.append([day, "", "", "", "basin empty"])
            continue
        rows.append([day, f"{6.1 + week * 0.45 + rng.uniform(-0.4, 0.4):.1f}", f"{rng.uniform(28.6, 33.9):.2f}",
                     rng.randint(371, 402), rng.choice(["", "", "", "pump 2 noisy", "filter rinsed", "film on surface"])])
    table(path, ["read_on", "water_temperature_c", "salinity_psu", "depth_cm", "remark"], rows, delimiter="\t")


def keys(path):
    rows = [
        ["K-04", "Stillwater Basin, pump room", "Tuuli Hargreave", "2030-02-11", "brass, stamped 4"],
        ["K-07", "Kiln Quay Hall, paint store", "Hamish Dorrel", "2029-10-02", ""],
        ["K-11", "Grenmouth Depot, cage \"B\"", "Ruben Castellane", "2030-06-24", "two copies, one bent"],
        ["K-12", "Grenmouth Depot, roller door", "Signe Halloran", "2028-03-30", ""],
        ["K-15", "Ropewalk House, attic", "Dorothea Keel", "2026-09-14", "the long one"],
        ["K-18", "Ysterby Post, boat shed", "Anton Berrick", "2030-11-05", "float on ring"],
        ["K-19", "Ysterby Post, fuel locker", "Freya Mossgrave", "2030-11-05", ""],
        ["K-23", "Ropewalk House, roof hatch", "Amara Fjeldstad", "2027-01-18", "do not lend"],
        ["K-26", "Halm Office, archive", "Lotte Vantongeren", "2029-05-21", "green tag"],
        ["K-31", "Stillwater Basin, gantry", "Edvin Rask", "2031-01-20", ""],
        ["K-34", "Kiln Quay Hall, compressor", "Cosima Vell", "2030-08-19", "replaces K-33, lost in the basin"],
        ["K-40", "Ropewalk House, server cellar", "Niko Bramwell", "2030-04-03", "needs a turn to the left first"],
    ]
    table(path, ["key_number", "opens", "holder", "handed_out_on", "remark"], rows, quoting=csv.QUOTE_ALL)


def korvet_configuration(path):
    path.write_text(json.dumps({
        "device": {"product": "Korvet", "code": "KV-77", "customer": "Vossmouth Barrage", "call_sign": "VOSS-EAST"},
        "position": {"latitude": 57.31842, "longitude": 9.77016, "watch_circle_m": 46},
        "reporting": {"interval_s": 420, "storm_interval_s": 75, "storm_wind_m_s": 17.5, "channel": 11},
        "lamp": {"flash_code": "Fl(3)Y.14s", "on_below_lux": 62},
        "sensors": [
            {"slot": 1, "type": "Saltmoth", "depth_m": 2.4, "offset_psu": -0.07},
            {"slot": 2, "type": "Quillon", "depth_m": 6.8, "cells": 23},
            {"slot": 3, "type": "Brinewren", "height_m": 3.1},
            {"slot": 4, "type": None},
        ],
        "power": {"battery_packs": 5, "shingles": 7, "low_voltage_v": 11.35},
        "written_by": "Aurelio Zand", "written_on": "2030-11-26",
    }, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def box_configuration(path):
    path.write_text(json.dumps({
        "box": {"name": "tidesmere-signal-tower", "customer": "Port of Tidesmere", "cabinet": "signal tower, second landing"},
        "network": {"address": "10.77.4.18", "time_source": "harbour master's radio clock", "printer": "none"},
        "display": {"language": "en", "units": "metric", "night_colours_from": "21:40", "start_page": "north quay"},
        "retention": {"raw_days": 410, "summary_years": 12},
        "alarms": [
            {"name": "quay overtopping", "level_m": 5.85, "notify": ["harbour master", "crane foreman"]},
            {"name": "low water at the sill", "level_m": 0.92, "notify": ["lock crew"]},
            {"name": "gale", "wind_m_s": 22.6, "notify": ["harbour master"]},
        ],
        "written_by": "Milan Okoro-Bext", "written_on": "2031-01-15",
    }, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def events(path):
    rng = random.Random("veldmark/files/events")
    stations = {"Pellworth roads": "Quillon", "Hestholm slip": "Tarnwick 4", "Zoutkamp sill": "Silla",
                "Oldersund auction quay": "Saltmoth", "Scarholm hangar jetty": "Brinewren", "Eelstrand lock": "Ledgerbox"}
    kinds = [("restart", "came back after a power dip"), ("sensor_fault", "cable resistance out of range"),
             ("door_open", "cabinet door stood open"), ("battery_low", "pack under its limit"),
             ("flood_alarm", "level over the quay mark"), ("clock_drift", "clock set back")]
    moment = datetime.datetime(2031, 2, 1, 3, 12)
    lines = []
    for i in range(52):
        moment += datetime.timedelta(minutes=rng.randint(95, 1390))
        station, product = rng.choice(sorted(stations.items()))
        kind, text = rng.choice(kinds)
        entry = {"event": 61200 + i * 7, "at": f"{moment:%Y-%m-%dT%H:%M}", "station": station, "product": product, "kind": kind,
                 "text": text, "lasted_min": rng.randint(1, 240)}
        if kind == "battery_low":
            entry["volts"] = round(rng.uniform(10.4, 11.6), 2)
        if kind == "flood_alarm":
            entry["level_m"] = round(rng.uniform(4.1, 6.4), 2)
        lines.append(json.dumps(entry, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
