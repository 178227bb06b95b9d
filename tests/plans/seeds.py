"""The five plans of the domain folder, for the tests that hold ours against them."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from childcare.units.models import Unit
from plans.loading import load_plan, read

SHARED = Path(__file__).parents[3] / "shared" / "domain"
beside = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the checkout")
CODES = {"000": "15160", "001": "307", "002": "35", "003": "19948-S01", "004": "34"}


def items_by_seed():
    """The paragraphs of each plan, in print order."""
    found = defaultdict(list)
    with (SHARED / "plan_items_in_seeds.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["seed"]].append(row)
    return found


def load(seed):
    """The plan of a seed in the database."""
    items, targets = read(SHARED / "plan_items_in_seeds.csv"), read(SHARED / "targets_in_seeds.csv")
    unit = Unit.objects.filter(code=CODES[seed]).order_by("valid_from").first()
    return load_plan(unit=unit, items=items, targets=targets, seed=seed)[0]
