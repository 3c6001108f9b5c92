"""Dates and numbers as people write them."""

import datetime
import re

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def long_date(iso):
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def money(value):
    return f"EUR {value:,.2f}"


def number(value):
    """2.0 is written 2, 2.50 is written 2.5."""
    return f"{value:,.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def variants(value, is_money=False):
    """The value as it stands in the row, then the other ways to write it."""
    if isinstance(value, str):
        if not ISO_DATE.fullmatch(value):
            return [value]
        day = datetime.date.fromisoformat(value)
        return [value, long_date(value), f"{day:%B} {day.day}, {day.year}"]
    forms = [str(value), number(value), number(value).replace(",", "")]
    if isinstance(value, float):
        forms += [f"{value:,.2f}", f"{value:.2f}"] if round(value, 2) == value else []
        if value == int(value):
            forms += [f"{int(value):,}", str(int(value))]
    if is_money:
        forms += [f"EUR {number(value)}", money(float(value)), f"€{number(value)}", f"€{value:,.2f}"]
    return list(dict.fromkeys(forms))
