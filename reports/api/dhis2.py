"""Accepted figures as a DHIS2 dataValueSet. Which figure is which data element is data (data/dhis2.csv); units by codes."""

import csv
import re
from functools import cache
from pathlib import Path

from reports.measures.catalogue import is_masked_kind
from reports.measures.masking import FEW
from reports.models import SnapshotFigure, Submission

DATA = Path(__file__).resolve().parent.parent / "data" / "dhis2.csv"
HALF = re.compile(r"(\d{4})-H([12])")


@cache
def mapping():
    """(code, breakdown) → [(part, data element, category option combo)]."""
    found = {}
    with open(DATA, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            target = row["part"], row["data_element"], row["category_option_combo"]
            found.setdefault((row["code"], row["breakdown"]), []).append(target)
    return found


def period(code):
    """Our period as DHIS2 writes it: 2024-H1 → 2024S1, 2024-Q3 → 2024Q3, 2024-03 → 202403, 2024 → 2024."""
    half = HALF.fullmatch(code)
    return f"{half[1]}S{half[2]}" if half else code.replace("-", "")


def value_set(unit, code):
    """The dataValueSet of the unit and those below for a period: of accepted reports, small sensitive figures left out."""
    frozen = SnapshotFigure.objects.filter(
        snapshot__submission__state=Submission.State.ACCEPTED, snapshot__submission__current=True, missing=False, unit=None,
        snapshot__unit__path__startswith=unit.path, snapshot__submission__obligation__period=code,
        code__in={code for code, _ in mapping()},
    )  # fmt: skip
    fields = ("code", "breakdown", "numerator", "denominator", "snapshot__unit__code", "snapshot__submission__sent_at")
    rows = frozen.order_by("snapshot__unit__code", "pk").values_list(*fields)
    schemes = dict.fromkeys(("dataElementIdScheme", "orgUnitIdScheme", "categoryOptionComboIdScheme"), "CODE")
    return {**schemes, "dataValues": [value for row in rows for value in _values(*row, code)]}


def _values(code, breakdown, top, below, unit, sent_at, when):
    parts = {"numerator": top, "denominator": below}
    if is_masked_kind(code, breakdown) and any(part is not None and 0 < part < FEW for part in parts.values()):
        return
    for part, element, combo in mapping().get((code, breakdown), ()):
        if parts[part] is not None:
            yield {
                "dataElement": element, "period": period(when), "orgUnit": unit, "categoryOptionCombo": combo,
                "value": f"{parts[part].normalize():f}", "lastUpdated": sent_at.isoformat() if sent_at else None,
            }  # fmt: skip
