"""Remembering and forgetting, per commune, how columns and hamlets of its lists are understood. The list is then read again."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.importing import batches, writing
from childcare.children.models import ImportHamlet, ImportMapping
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit


def tables_of(reading):
    """The tables of a file, each with its columns and sheets; sheets with the same headings are one table."""
    tables = {}
    for sheet in reading.sheets:
        told = sheet["mapping"]
        if told is not None:
            table = tables.setdefault(told["key"], {**told, "sheets": []})
            table["sheets"].append({"name": sheet["name"], "hidden": told["hidden"], "used": sheet["role"] == "children"})
            for column, other in zip(table["columns"], told["columns"], strict=False):
                column["samples"] = column["samples"] or other["samples"]
    return list(tables.values())


@transaction.atomic
def remember(*, batch, by, chosen, left_out):
    """Keep what the officer said of the tables of a batch (key → fields in order) and read the file again by it.

    A table that is understood as the headings suggest needs no memory.
    """
    writing.require_right(by, batch.unit)
    guesses = {table["key"]: [column["guess"] for column in table["columns"]] for table in tables_of(batches.reading_of(batch))}
    for key, fields in chosen.items():
        if fields == guesses[key]:
            ImportMapping.objects.filter(unit=batch.unit, key=key).delete()
        else:
            ImportMapping.objects.update_or_create(unit=batch.unit, key=key, defaults={"fields": fields, "changed_by": by})
    audit.record("import.mapped", by=by, subject=batch, note=f"tables={len(chosen)}")
    return batches.read_again(batch=batch, by=by, left_out=left_out)


@transaction.atomic
def forget(*, batch, by):
    """Forget what was said of the tables of a batch and read the file again as the headings suggest."""
    writing.require_right(by, batch.unit)
    keys = [table["key"] for table in tables_of(batches.reading_of(batch))]
    ImportMapping.objects.filter(unit=batch.unit, key__in=keys).delete()
    audit.record("import.mapping_forgotten", by=by, subject=batch)
    return batches.read_again(batch=batch, by=by, left_out=batch.left_out)


def remembered(batch, reading):
    """The memory that this reading used, the latest first."""
    keys = [sheet["mapping"]["key"] for sheet in reading.sheets if sheet["mapping"] and sheet["mapping"]["remembered"]]
    found = ImportMapping.objects.filter(unit=batch.unit, key__in=keys) if keys else ImportMapping.objects.none()
    return found.select_related("changed_by").order_by("-changed_at")


@transaction.atomic
def remember_hamlets(*, batch, by, chosen):
    """Keep which hamlet each spelling means (key → (spelling, Unit or None: none of them)) and read the list again."""
    writing.require_right(by, batch.unit)
    own = set(Unit.objects.hamlets_of(batch.unit, batch.on).values_list("pk", flat=True))
    for key, (spelling, hamlet) in chosen.items():
        if hamlet is None:
            ImportHamlet.objects.filter(unit=batch.unit, key=key).delete()
            continue
        if hamlet.pk not in own:
            raise Refusal(f"{hamlet.name} không thuộc {batch.unit.name}. Hãy mở lại trang rồi chọn lại.")
        told = {"spelling": spelling[:200], "hamlet": hamlet, "changed_by": by}
        ImportHamlet.objects.update_or_create(unit=batch.unit, key=key, defaults=told)
    audit.record("import.hamlets_chosen", by=by, subject=batch, note=f"spellings={len(chosen)}")
    return batches.read_again(batch=batch, by=by, left_out=batch.left_out)
