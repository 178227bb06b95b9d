"""Loading the clocks and the lines of the assessment forms from CSV; running it again changes nothing."""

from pathlib import Path

from django.db import transaction

from cases.models import AssessmentItem, ClockRule, SecrecyRule
from childcare.children.loading import day, read

DATA = Path(__file__).parent / "data"
MEASURES = {"giờ": "hours", "ngày làm việc": "working_days", "ngày": "days", "tháng": "months"}
CONFIGURABLE = {"no": "no", "yes": "yes", "shorter only": "shorter"}


@transaction.atomic
def load_cases():
    """Load the lists. Returns their lengths. A rule of secrecy that the administrator changed stays as he set it."""
    clocks, items = read("clocks", DATA), read("assessment_items", DATA)
    for row in clocks:
        ClockRule.objects.update_or_create(
            code=row["code"],
            valid_from=day(row["valid_from"]),
            defaults={
                "name": row["name_vi"],
                "starts_at": row["starts_at"],
                "amount": int(row["amount"]) if row["amount"] else None,
                "measure": MEASURES[row["unit"]],
                "actor": row["actor"],
                "legal_basis": row["legal_basis"],
                "evidence": row["evidence"],
                "configurable": CONFIGURABLE[row["configurable"]],
                "valid_to": day(row["valid_to"], plus=1),
                "note": row["note"],
            },
        )
    for position, row in enumerate(items):
        AssessmentItem.objects.update_or_create(
            code=row["code"],
            defaults={
                "form": row["form"],
                "part": row["part"],
                "name": row["name_vi"],
                "high": row["high_vi"],
                "medium": row["medium_vi"],
                "low": row["low_vi"],
                "evidence": row["evidence"],
                "position": position,
            },
        )
    rules = load_secrecy_rules()
    return {"secrecy_rules": rules, "clocks": len(clocks), "assessment_items": len(items)}


def load_secrecy_rules():
    """Who holds restricted files, as long as no rule stands yet for that kind of unit."""
    rows = read("secrecy_rules", DATA)
    for row in rows:
        if not SecrecyRule.objects.filter(unit_kind=row["unit_kind"]).exists():
            SecrecyRule.objects.create(
                unit_kind=row["unit_kind"], holds=row["holds"] == "yes", decider=row["decider"], basis=row["basis"],
                verified=row["verified"] == "yes", valid_from=day(row["valid_from"]), valid_to=day(row["valid_to"], plus=1),
            )  # fmt: skip
    return len(rows)
