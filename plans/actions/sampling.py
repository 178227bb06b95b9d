"""A random sample of files for an inspector: drawn once, by a seed that says again which files they were.

Each file's place is SHA-256 of the seed and its public id; the smallest come first. Files with restricted access, files from
which the inspector is excluded and facts under a protected file are in no sample, and no count of them is shown.
"""

import hashlib
import secrets

from django.db import transaction

from cases.models import Case
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.models import Child, Circumstance
from childcare.children.querysets import barred_files
from childcare.lib.refusal import Refusal
from plans.models import InspectionSample, SampleRow

FEW = 5  # a pool of fewer case files is not opened: its size alone would tell
MOST = 20
TOO_FEW = "Đơn vị này có quá ít hồ sơ loại này để chọn ngẫu nhiên. Hãy kiểm tra theo hồ sơ giấy tại chỗ."


def posts_of(officer):
    """The posts by which the officer inspects, as they hold today."""
    mine = {unit.pk for unit in officer.units_for(Permission.INSPECT)}
    return [row for row in officer.current_appointments if row.role == "inspector" and row.unit_id in mine]


def plain_circumstances(unit):
    """Circumstances of the law, open and under no protected file, of children who live in the unit."""
    return Circumstance.objects.filter(
        child__unit__path__startswith=unit.path, child__removed_at=None, child__residing=True, voided_at=None, ended_on=None,
        protected_file=None, kind__code__startswith="N",
    )  # fmt: skip


def pool(kind, unit, officer):
    """The files that may be drawn."""
    if kind == InspectionSample.Kind.CHILDREN:
        return Child.objects.filter(pk__in=plain_circumstances(unit).values("child"))
    cases = Case.objects.filter(unit__path__startswith=unit.path, protected_file__restricted=False)
    return cases.exclude(protected_file__in=barred_files(officer))


def ranked(seed, keys):
    """The public ids in the order that the seed gives them."""
    return sorted(map(str, keys), key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())


@transaction.atomic
def draw(*, by, unit, kind, size):
    """Draw the sample of a commune, once a post, unit and kind: who draws again and again would see everything."""
    post = next((row for row in posts_of(by) if unit.is_under(row.unit)), None)
    if post is None or unit.kind != "commune":
        raise Refusal("Chỉ chọn mẫu ở xã, phường mà quyết định giao kiểm tra.")
    if InspectionSample.objects.filter(appointment=post, unit=unit, kind=kind).exists():
        raise Refusal("Đã chọn mẫu loại này ở đơn vị này. Mỗi đợt kiểm tra chỉ chọn một lần.")
    if not 1 <= size <= MOST:
        raise Refusal(f"Chọn từ 1 đến {MOST} hồ sơ.")
    found = {str(key): pk for pk, key in pool(kind, unit, by).values_list("pk", "public_id")}
    if len(found) < (FEW if kind == InspectionSample.Kind.CASES else 1):
        raise Refusal(TOO_FEW)
    sample = InspectionSample.objects.create(appointment=post, unit=unit, kind=kind, size=size, seed=secrets.token_hex(8))
    name = "case_id" if kind == InspectionSample.Kind.CASES else "child_id"
    chosen = ranked(sample.seed, found)[:size]
    SampleRow.objects.bulk_create(
        SampleRow(sample=sample, position=place, **{name: found[key]}) for place, key in enumerate(chosen, 1)
    )
    audit.record("inspection.sample_drawn", subject=sample, by=by, note=f"{sample.get_kind_display()}, số {sample.seed}")
    return sample


def samples_of(officer):
    """Samples whose post holds today: the rights end with it."""
    return InspectionSample.objects.filter(appointment__in=[row.pk for row in posts_of(officer)]).select_related(
        "unit", "appointment"
    )


def rows_of(sample, officer):
    """The files of a sample that may still be opened: one that became restricted, moved or was removed is gone."""
    name = "case" if sample.kind == InspectionSample.Kind.CASES else "child"
    still = pool(sample.kind, sample.unit, officer).values("pk")
    return sample.rows.filter(**{f"{name}__in": still}).select_related("child__unit", "case__unit")
