"""Loading the catalogue from CSV; running it again changes nothing."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from childcare.indicators.models import Indicator

DATA = Path(__file__).parent / "data" / "indicators.csv"


@transaction.atomic
def load_indicators(path=DATA):
    """Create or refresh every indicator of the file. Returns how many."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for position, row in enumerate(rows):
        Indicator.objects.update_or_create(
            code=row["code"],
            defaults={
                "tt13_code": row["tt13_code"],
                "tt13_code_evidence": row["tt13_code_evidence"],
                "name": row["name_vi"],
                "numerator": row["numerator"],
                "denominator": row["denominator"],
                "multiplier": int(row["multiplier"] or 1),
                "unit": row["unit"],
                "direction": row["direction"],
                "source_class": row["source_class"],
                "crosscheck_source": row["crosscheck_source"],
                "disaggregations": row["disaggregations"],
                "used_in": row["used_in"],
                "evidence": row["evidence"],
                "formula_evidence": row["formula_evidence"],
                "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                "note": row["note"],
                "position": position,
            },
        )
    return len(rows)
