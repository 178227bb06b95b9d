"""The sample of a returned list with its expected result, in the codes that our registry gives to the children before it."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
from django.utils import timezone

from childcare.accounts.models import Appointment, Officer
from childcare.children.importing.values import ethnic_codes, from_iso
from childcare.children.models import Child, ChildRevision, Residence
from childcare.children.records import birth_fields, name_fields
from childcare.units.models import Unit

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples"
SEX = {"nam": "m", "nữ": "f"}
AFTER = timezone.make_aware(datetime(2026, 11, 3, 9))


def commune(expected):
    """Xã Cẩm Vân with its hamlets."""
    code = expected["unit"]["code"]
    ward = Unit.objects.filter(code=code, valid_to=None).first() or Unit.objects.create(
        code=code, kind="commune", name=expected["unit"]["name"], valid_from=date(2025, 7, 1)
    )
    ward.path = ward.path or f".{ward.pk}."
    ward.save(update_fields=["path"])
    for number, name in enumerate(expected["hamlets"], 1):
        row = Unit.objects.create(
            code=f"{code}-T{number:02d}", kind="hamlet", name=name, parent=ward, valid_from=ward.valid_from
        )
        row.path = f"{ward.path}{row.pk}."
        row.save(update_fields=["path"])
    return ward


def officer(ward):
    """Who may import into the commune."""
    person = Officer.objects.create(username="camvan", full_name="Bùi Thị Lựu", password="!")
    Appointment.objects.create(officer=person, unit=ward, role="commune", started_on=date(2026, 1, 1))
    return person


def registry(expected, ward, by):
    """The children before the import: code of the sample → child."""
    hamlets = {unit.name: unit for unit in Unit.objects.filter(parent=ward)}
    found = {}
    for told in expected["registry_before"]:
        born = from_iso(told["birth_date"], told["birth_precision"])
        child = Child.objects.create(
            **name_fields(told["full_name"]), **birth_fields(born), sex=SEX[told["sex"]],
            ethnic=ethnic_codes()[told["ethnic"]], identity_number=told["identity_number"],
            identity_valid=told["identity_status"] == "ok", mother_name=told["mother_name"], unit=hamlets[told["hamlet"]],
        )  # fmt: skip
        Residence.objects.create(child=child, unit=child.unit)
        if field := told.get("changed_after_export"):
            row = ChildRevision.objects.create(child=child, field=field, old="", new=getattr(child, field), by=by, version=1)
            ChildRevision.objects.filter(pk=row.pk).update(at=AFTER)
        found[told["child_code"]] = child
    return found


def in_our_codes(expected, children):
    """(bytes of the workbook, expected result), both with our codes in place of those of the sample."""
    ours = {code: child.code for code, child in children.items()}
    ours["TEOO0267"] = ours["TE000267"].replace("TE00", "TEOO", 1)
    book = openpyxl.load_workbook(SAMPLES / expected["file"])
    for sheet in book:
        for row in sheet.iter_rows(min_col=2, max_col=2):
            if row[0].value in ours:
                row[0].value = ours[row[0].value]
    buffer = io.BytesIO()
    book.save(buffer)
    text = json.dumps(expected)
    for code, our in ours.items():
        text = text.replace(f'"{code}"', f'"{our}"')
    return buffer.getvalue(), json.loads(text)
