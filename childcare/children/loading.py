"""Loading the code lists of the registry from CSV; running it again changes nothing."""

import csv
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from childcare.children import codelist
from childcare.children.models import (
    AllowanceCase,
    AllowanceRate,
    CircumstanceKind,
    DataRule,
    Purpose,
    SupportKind,
    TransferTerm,
)
from childcare.children.models.transfer_terms import FIRST

DATA = Path(__file__).parent / "data"
COMPUTED = {"R10", "R11", "R32"}


def read(name, folder=DATA):
    """The rows of one list."""
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text, plus=0):
    """A day of the file, or None."""
    return date.fromisoformat(text) + timedelta(days=plus) if text else None


def load_circumstances():
    """Groups and sub-groups of the law and local groups."""
    rows = read("circumstances")
    for position, row in enumerate(rows):
        parent = CircumstanceKind.objects.filter(code=row["parent"]).first() if row["parent"] else None
        CircumstanceKind.objects.update_or_create(
            code=row["code"],
            defaults={
                "family": row["code"][0],
                "parent": parent,
                "name": row["name_vi"],
                "sensitive": row["sensitive"] == "yes",
                "legal_basis": row["article"],
                "evidence": row["evidence"],
                "active": row["active"] == "yes",
                "maps_to": row["maps_to"],
                "valid_from": day(row["valid_from"]),
                "valid_to": day(row["valid_to"], plus=1),
                "note": row["note"],
                "position": position,
            },
        )
    return len(rows)


def load_risks():
    """Risks of a child, a household, a hamlet."""
    rows = read("risks")
    for position, row in enumerate(rows, 500):
        CircumstanceKind.objects.update_or_create(
            code=row["code"],
            defaults={
                "family": "R",
                "name": row["name_vi"],
                "applies_to": row["applies_to"],
                "computed": row["code"] in COMPUTED,
                "sensitive": row["sensitive"] == "yes",
                "legal_basis": row["basis"],
                "evidence": row["evidence"],
                "note": row["note"],
                "position": position,
            },
        )
    codelist.forget()
    return len(rows)


def load_supports():
    """Kinds of help."""
    rows = read("supports")
    for position, row in enumerate(rows):
        SupportKind.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name_vi"],
                "kind": row["kind"],
                "recurrence": row["recurrence"],
                "unit_of_count": row["unit_of_count"],
                "legal_basis": row["legal_basis"],
                "evidence": row["evidence"],
                "note": row["note"],
                "position": position,
            },
        )
    return len(rows)


def load_purposes():
    """Purposes of processing personal data with their legal ground."""
    rows = read("purposes")
    for position, row in enumerate(rows):
        Purpose.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name_vi"],
                "ground": row["ground_vi"],
                "needs_consent": row["needs_consent"] == "yes",
                "data": row["data_vi"],
                "recipients": row["recipients_vi"],
                "legal_basis": row["legal_basis"],
                "evidence": row["evidence"],
                "position": position,
            },
        )
    return len(rows)


def load_data_rules():
    """Clocks of requests about data and times of keeping."""
    rows = read("data_rules")
    for position, row in enumerate(rows):
        DataRule.objects.update_or_create(
            code=row["code"],
            defaults={
                "kind": row["kind"],
                "about": row["about_vi"],
                "amount": int(row["amount"]) if row["amount"] else None,
                "measure": row["measure"],
                "starts": row["starts_vi"],
                "then": row["then_vi"],
                "legal_basis": row["legal_basis"],
                "evidence": row["evidence"],
                "position": position,
            },
        )
    return len(rows)


def load_allowances():
    """National rates of the monthly allowance. A row that an administrator compared with the text stays as he wrote it."""
    rows = read("allowances")
    for row in rows:
        key = {"code": row["beneficiary_code"], "valid_from": day(row["valid_from"]), "unit": None}
        if AllowanceRate.objects.filter(**key, verified_on__isnull=False).exists():
            continue
        AllowanceRate.objects.update_or_create(
            **key,
            defaults={
                "name": row["name_vi"],
                "valid_to": day(row["valid_to"], plus=1),
                "base": row["base_amount_vnd"],
                "coefficient": row["coefficient"],
                "amount": row["amount_vnd"],
                "age_rule": row["age_rule"],
                "paid_to": row["paid_to"],
                "legal_basis": row["legal_basis"],
                "evidence": row["evidence"],
                "note": row["note"],
            },
        )
    return len(rows)


def load_allowance_cases():
    """Cases of Điều 5 and the circumstance groups near to them."""
    rows = read("allowance_cases")
    for position, row in enumerate(rows):
        AllowanceCase.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["case_vi"],
                "groups": row["near_circumstance"].replace(";", ""),
                "clause": row["code"].split("-")[1][1:2],
                "legal_basis": row["legal_basis"],
                "evidence": row["evidence"],
                "note": row["note"],
                "position": position,
            },
        )
    return len(rows)


def load_transfer_terms():
    """The first term of transfers; what an administrator made of it stays."""
    TransferTerm.objects.get_or_create(valid_from=None, defaults=FIRST)
    return TransferTerm.objects.count()


@transaction.atomic
def load_kinds():
    """Load the code lists. Returns their lengths."""
    return {
        "circumstances": load_circumstances(), "risks": load_risks(), "supports": load_supports(),
        "purposes": load_purposes(), "data_rules": load_data_rules(),
        "allowances": load_allowances(), "allowance_cases": load_allowance_cases(),
        "transfer_terms": load_transfer_terms(),
    }  # fmt: skip
