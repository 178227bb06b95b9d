"""The class of many households in a year, from one decision, in one action."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.models import Household, PovertyStatus
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal

WHY = "Ghi lại loại hộ của năm"


@transaction.atomic
def roll_over(*, by, unit, year, levels, decision, decided_on):
    """Write the class of the year of every household in `levels` (household → level). Returns how many rows are new.

    A household that has another class of the year gets a new row and its old one is voided; the same changes nothing, so
    that a second post writes nothing.
    """
    if not 1990 <= year <= today().year + 1:
        raise Refusal(f"Năm {year} không hợp lệ. Hãy chọn năm của danh sách hộ nghèo, hộ cận nghèo.")
    if not levels:
        raise Refusal("Chưa chọn loại hộ cho hộ nào. Hãy chọn ít nhất một hộ rồi ghi.")
    paper = f"{decision} ngày {show(decided_on)}"[:120]
    keys = sorted(house.pk for house in levels)
    list(Household.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    old = {row.household_id: row for row in PovertyStatus.objects.valid().filter(household__in=keys, year=year)}
    new = [
        PovertyStatus(
            household=house, year=year, level=level, decision=paper, recorded_by=by, replaces=old.get(house.pk)
        )  # fmt: skip
        for house, level in levels.items()
        if house.pk not in old or (old[house.pk].level, old[house.pk].decision) != (level, paper)
    ]
    replaced = [row.replaces_id for row in new if row.replaces_id]
    PovertyStatus.objects.filter(pk__in=replaced).update(voided_at=timezone.now(), voided_by=by, void_reason=WHY)
    PovertyStatus.objects.bulk_create(new, batch_size=500)
    if new:
        shown = sorted(str(row.household.public_id) for row in new)
        audit.record(
            "poverty.rolled_over", by=by, subject=unit, fields=["level"], shown=shown, note=f"năm {year}, {len(new)} hộ"
        )
    return len(new)
