"""Loading the clocks, their reminders, the lines of the assessment forms and their rule, the forms themselves from CSV.

Running it again changes nothing, and what an administrator has put right stays as he left it.
"""

from pathlib import Path

from django.db import transaction

from cases.models import AssessmentItem, AssessmentRule, ClockReminder, ClockRule, SecrecyRule, StatutoryForm
from childcare.children.loading import day, read

DATA = Path(__file__).parent / "data"
MEASURES = {"giờ": "hours", "ngày làm việc": "working_days", "ngày": "days", "tháng": "months"}
CONFIGURABLE = {"no": "no", "yes": "yes", "shorter only": "shorter"}


@transaction.atomic
def load_cases():
    """Load every list. Returns their lengths."""
    clocks, items = load_clocks(), load_items()
    reminders, rules = read("clock_reminders", DATA), read("assessment_rules", DATA)
    for row in reminders:
        ClockReminder.objects.get_or_create(
            code=row["code"], measure=row["measure"], goes_to=row["goes_to"], offset=int(row["offset"])
        )
    if not AssessmentRule.objects.exists():
        for row in rules:
            days = {name: day(row[name]) for name in ("valid_from", "valid_to")}
            AssessmentRule.objects.create(**{**row, **days})
    return {
        "clocks": clocks, "assessment_items": items, "clock_reminders": len(reminders), "assessment_rules": len(rules),
        "secrecy_rules": load_secrecy_rules(), "forms": load_forms(),
    }  # fmt: skip


def load_clocks():
    """The time limits; those of a code that somebody corrected are left alone."""
    rows = read("clocks", DATA)
    corrected = set(ClockRule.objects.exclude(corrected_at=None).values_list("code", flat=True))
    for row in (row for row in rows if row["code"] not in corrected):
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
    return len(rows)


def load_items():
    """The lines of the forms; a corrected one is another row, which this leaves alone."""
    rows = read("assessment_items", DATA)
    for position, row in enumerate(rows):
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
    return len(rows)


def load_secrecy_rules():
    """Who holds restricted files, as long as no rule stands yet for that kind of unit."""
    rows = read("secrecy_rules", DATA)
    for row in rows:
        if not SecrecyRule.objects.filter(unit_kind=row["unit_kind"]).exists():
            SecrecyRule.objects.create(
                unit_kind=row["unit_kind"], holds=row["holds"] == "yes", decider=row["decider"], post=row["post"],
                basis=row["basis"],
                verified=row["verified"] == "yes", valid_from=day(row["valid_from"]), valid_to=day(row["valid_to"], plus=1),
            )  # fmt: skip
    return len(rows)


def load_forms():
    """The statutory forms; a row that an administrator has put right stays as he left it."""
    rows = read("forms", DATA)
    for position, row in enumerate(rows):
        key = {"code": row["code"], "valid_from": day(row["valid_from"])}
        if StatutoryForm.objects.filter(**key, version__gt=1).exists():
            continue
        told = {name: row[name] for name in ("used_for", "bases", "evidence", "to_check")}
        values = {**told, "name": row["name_vi"], "valid_to": day(row["valid_to"], plus=1), "position": position}
        StatutoryForm.objects.update_or_create(**key, defaults=values)
    return len(rows)
