"""The criteria of Ngôi nhà an toàn from CSV: our own words, not held against the text. What was corrected stays."""

import csv
from pathlib import Path

from plans.models import SafeHomeCriterion

DATA = Path(__file__).parent / "data" / "safe_home_criteria.csv"


def load_criteria(path=DATA):
    """Create the criteria that are missing. Returns how many there are in the file."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        SafeHomeCriterion.objects.get_or_create(
            code=row["code"], defaults={"position": int(row["position"]), "text": row["text"]}
        )
    return len(rows)
