"""The 54 ethnic groups by their own keys; two official code lists exist, so that no official code is stored."""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "ethnic_groups.csv"


@cache
def names():
    """Key → name, in the order of the list: E01 → Kinh."""
    with open(DATA, encoding="utf-8", newline="") as file:
        return {row["key"]: row["name_vi"] for row in csv.DictReader(file)}


@cache
def codes(year):
    """Key → code in the official list of a year ("1979" or "2008"); groups that the list does not know are not there."""
    with open(DATA, encoding="utf-8", newline="") as file:
        return {row["key"]: row[f"code_{year}"] for row in csv.DictReader(file) if row[f"code_{year}"]}
