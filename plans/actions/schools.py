"""Schools of a commune: a unit of its own, with a code of ours (11437-S01), whose officers keep the list of its pupils."""

import re

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold
from childcare.units.models import Unit


def next_code(commune):
    """The code of the next school of a commune, over all times."""
    codes = Unit.objects.filter(code__startswith=f"{commune.code}-S").values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := re.fullmatch(r".*-S(\d+)", code))]
    return f"{commune.code}-S{max(numbers, default=0) + 1:02d}"


@transaction.atomic
def add(*, commune, name, by):
    """A school that has been there as long as the commune. Returns it; refused for a name that another school bears."""
    commune, name = Unit.objects.select_for_update().get(pk=commune.pk), clean_text(name)[:200]
    others = Unit.objects.filter(parent=commune, kind="school", valid_to=commune.valid_to).values_list("name", flat=True)
    if any(fold(other) == fold(name) for other in others):
        raise Refusal(f"{commune.name} đã có {name}. Hãy dùng trường đã có hoặc ghi tên khác.")
    school = Unit.objects.create(
        code=next_code(commune), kind="school", name=name, parent=commune, valid_from=commune.valid_from,
        valid_to=commune.valid_to, evidence="local",
    )  # fmt: skip
    school.path = f"{commune.path}{school.pk}."
    school.save(update_fields=["path"])
    audit.record("school.added", subject=school, by=by)
    return school
