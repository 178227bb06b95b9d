"""Loading the reporting regimes from CSV; running it again changes nothing."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from reports.models import Regime

DATA = Path(__file__).parent / "data" / "regimes.csv"
# The regimes that this release carries out; the others are shown as data and create no duty.
CARRIED_OUT = {
    "RG01", "RG02", "RG03", "RG04", "RG05", "RG06", "RG16", "RG17", "RG18", "RG19", "RG23", "RG24", "RG25", "RG26", "RG27",
}  # fmt: skip
CONFIRMED = "Đã xác nhận theo văn bản"  # an administrator read the document: his word stays
KINDS = {"xã": "commune", "huyện": "district", "tỉnh": "province", "thôn": "hamlet", "trường": "school"}


EVERY = {
    "PERIODIC_M": "month", "PERIODIC_Q": "quarter", "PERIODIC_9M": "nine", "CAMPAIGN": "campaign", "EVENT": "event",
    "REQUEST": "request",
}  # fmt: skip
HOLDING = ["commune", "district"]  # who may hold what a report is owed after


def parts(row):
    """One regime of the file is one row, but a half-yearly and yearly one (RG16: "10;10", "5;11") is two."""
    days, months = row["due_day"].split(";"), row["due_month"].split(";")
    for index, (due_day, due_month) in enumerate(zip(days, months, strict=True)):
        half = row["report_kind"] == "PERIODIC_6M" and index == 0
        every = "half" if half else EVERY.get(row["report_kind"], "year")
        if within := re.fullmatch(r"within (\d+) days", row["due_rule"]):
            due_day = within[1]
        yield every, int(due_day) if due_day else None, int(due_month) if due_month else None


def kinds_of(row):
    """The levels that report, as far as the system knows them."""
    return [KINDS[kind.strip()] for kind in row["from_kind"].split(";") if kind.strip() in KINDS]


@transaction.atomic
def load_regimes(path=DATA):
    """Create or refresh every regime of the file. Returns how many rows there are."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    count = 0
    for row in rows:
        for every, due_day, due_month in parts(row):
            count += 1
            if Regime.objects.filter(code=row["code"], every=every, scope=None, note__startswith=CONFIRMED).exists():
                continue
            Regime.objects.update_or_create(
                code=row["code"],
                every=every,
                scope=None,
                defaults={
                    "name": row["name_vi"],
                    "report_kind": row["report_kind"],
                    "from_kinds": kinds_of(row) if every != "event" else HOLDING,
                    "by_office": row["code"] in ("RG03", "RG04"),
                    "to_kind": KINDS.get(row["to_kind"], row["to_kind"]),
                    "due_rule": row["due_rule"],
                    "due_day": due_day,
                    "due_month": due_month,
                    "due_year_offset": int(row["due_year_offset"] or 0),
                    "period_start": row["period_start"] if every == "campaign" else "",
                    "period_end": row["period_end"] if every == "campaign" else "",
                    "reminder_days": [int(number) for number in row["reminder_days"].split(";") if number],
                    "legal_basis": row["legal_basis"],
                    "evidence": row["evidence"],
                    "active": row["code"] in CARRIED_OUT,
                    "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                    "valid_to": date.fromisoformat(row["valid_to"]) + timedelta(days=1) if row["valid_to"] else None,
                    "note": row["note"],
                },
            )
    return count
