"""Writing down a decided monthly allowance in one step, and keeping the table of rates."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from childcare.audit import actions as audit
from childcare.children.actions import protection, supports
from childcare.children.actions.base import fresh, insert, once, update
from childcare.children.allowances import ALLOWANCE, HIV, Rates, running
from childcare.children.models import AllowanceRate, HardArea, Support, SupportKind
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal

STATE_BUDGET = "Ngân sách nhà nước"


@once(Support)
def grant(*, by, once, child, code, started_on, decision, decision_on, amount=None, sensitive=False, note=""):
    """The decision on a child's monthly allowance: one running Support with its row, coefficient, base and amount.

    What ran before ends the day before. A row that tells of HIV always lies under the child's protected file.
    """
    rate = Rates().at(code, started_on, child.unit.path if child.unit else "")
    if rate is None:
        raise Refusal(f"Bảng mức trợ cấp chưa có mức này vào ngày {show(started_on)}. Hãy xem lại ngày, hoặc báo quản trị.")
    if rate.paid_to == AllowanceRate.PaidTo.CHILD:
        _end_before(child, by, started_on)
    return supports.record(
        by=by, once=once, child=child, kind=SupportKind.objects.get(code=ALLOWANCE), unit=protection.commune_of(child.unit),
        running=True, per=Support.Per.MONTH, started_on=started_on, amount=rate.amount if amount is None else amount,
        source=STATE_BUDGET, decision=decision[:120], decision_on=decision_on, note=note, sensitive=sensitive or code in HIV,
        allowance_code=rate.code, coefficient=rate.coefficient, base_amount=rate.base,
    )  # fmt: skip


def _end_before(child, by, started_on):
    for row in running(by, today()).filter(child=child, running=True).exclude(allowance_code__startswith="C"):
        if row.allowance_code == "A6":
            continue
        if row.started_on and row.started_on >= started_on:
            raise Refusal(f"Đã ghi trợ cấp từ {show(row.started_on)}. Hãy đính chính dòng đó, hoặc ghi ngày sau ngày ấy.")
        supports.end(support=row, by=by, version=row.version, last_day=started_on - timedelta(days=1))


@transaction.atomic
def change_rate(*, rate, by, version, base_amount, coefficient, valid_from, last_day, legal_basis, verified, note=""):
    """Put a row of the table right; `verified`: compared with the text of the law today by this officer."""
    row = fresh(rate, version)
    row.base, row.coefficient, row.amount = base_amount, coefficient, base_amount * coefficient
    row.valid_from, row.valid_to = valid_from, last_day + timedelta(days=1) if last_day else None
    row.legal_basis, row.note = legal_basis, note
    row.verified_on, row.verified_by = (row.verified_on or today(), row.verified_by or by) if verified else (None, None)
    update(
        row, "base", "coefficient", "amount", "valid_from", "valid_to", "legal_basis", "note", "verified_on", "verified_by"
    )  # fmt: skip
    audit.record("allowance.rate_changed", by=by, subject=row, fields=["base", "coefficient", "valid_from", "valid_to"])
    return row


@transaction.atomic
def add_period(*, by, valid_from, base, legal_basis, unit=None):
    """A new base from a day: every row that held the day before is carried on with it, the national ones end.

    With a unit it is that province's own, higher base. Nobody has compared the rows yet. Returns how many.
    """
    before = Rates().codes_on(valid_from - timedelta(days=1))
    if not before:
        raise Refusal("Trước ngày này chưa có mức nào trong bảng để chuyển tiếp.")
    if AllowanceRate.objects.filter(valid_from=valid_from, unit=unit).exists():
        raise Refusal(f"Bảng đã có mức từ ngày {show(valid_from)}. Hãy sửa các dòng đó.")
    later = AllowanceRate.objects.filter(valid_from__gt=valid_from, unit=unit).order_by("valid_from").first()
    for old in before:
        if unit is not None and base < old.base:
            raise Refusal("Mức chuẩn của tỉnh không được thấp hơn mức chuẩn chung (NĐ 20/2021 Điều 4.3).")
        if unit is None and old.unit is None:
            old.valid_to = valid_from
            update(old, "valid_to")
        insert(
            AllowanceRate(
                code=old.code,
                name=old.name,
                valid_from=valid_from,
                valid_to=later and later.valid_from,
                base=base,
                coefficient=old.coefficient,
                amount=base * old.coefficient,
                age_rule=old.age_rule,
                paid_to=old.paid_to,
                unit=unit,
                legal_basis=legal_basis,
                evidence="unverified",
            )  # fmt: skip
        )
    audit.record("allowance.rate_added", by=by, note=f"{show(valid_from)}: {base}")
    return len(before)


@transaction.atomic
def add_area(*, by, unit, valid_from, legal_basis, last_day=None):
    """A commune or hamlet that is especially hard from a day on, by the decision named (NĐ 20/2021 Điều 5.7)."""
    over = last_day + timedelta(days=1) if last_day else None
    if HardArea.objects.filter(unit=unit).filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).exists():
        raise Refusal(f"{unit.name} đã ghi là vùng đặc biệt khó khăn. Hãy ghi ngày hết của dòng cũ trước.")
    made = insert(HardArea(unit=unit, valid_from=valid_from, valid_to=over, legal_basis=legal_basis, recorded_by=by))
    audit.record("allowance.area_added", by=by, subject=made, note=show(valid_from))
    return made


@transaction.atomic
def end_area(*, area, by, last_day):
    """It is no longer so after a day."""
    if last_day < area.valid_from:
        raise Refusal("Ngày cuối ở trước ngày bắt đầu.")
    area.valid_to = last_day + timedelta(days=1)
    area.save(update_fields=["valid_to"])
    audit.record("allowance.area_ended", by=by, subject=area, note=show(last_day))
    return area
