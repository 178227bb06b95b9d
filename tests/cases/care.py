"""A placement at any of its steps, a carer, a place: made through the actions."""

import uuid
from datetime import date

from cases.actions import carers, commitments, placing
from cases.models import SignedDecision
from tests import people
from tests.cases import casework

DAY = date(2024, 3, 4)  # a Monday


def carer(by=None, accepted=True, **values):
    """A family of Nam Sơn who registered on 04/03/2024; verified, unless said otherwise."""
    by = by or people.an()
    values = {"kind": "family", "name": "Đỗ Văn Hiền", "address": "12 Hoàng Thiết Tâm", "applied_on": DAY, **values}
    row = carers.register(by=by, once=uuid.uuid4(), unit=people.unit(people.NAM_SON), **values)
    if accepted:
        carers.conclude(
            carer=row, by=by, version=row.version, accepted=True, assessed_on=date(2024, 3, 11), decided_on=date(2024, 3, 12),
            conditions={"housing": "yes"},
        )  # fmt: skip
    row.refresh_from_db()
    return row


def shelter(by=None, **values):
    """A trusted address of Nam Sơn."""
    values = {"kind": "trusted", "name": "Địa chỉ tin cậy số 2", "address": "ngõ 7 Đồng Hoà", "capacity": 2, **values}
    return carers.add_shelter(by=by or people.an(), once=uuid.uuid4(), unit=people.unit(people.NAM_SON), **values)


def opened(by=None, form="family", **values):
    """Just begun, for a child of nine."""
    values = {"opened_on": DAY, "consent": "guardian", "child_view": "muốn ở với cô Hiền", **values}
    if "case" not in values:
        values.setdefault("child", casework.child())
    return placing.open_placement(by=by or people.an(), once=uuid.uuid4(), form=form, **values)


def proposed(by=None, form="family", **values):
    """A carer, or a place, was chosen."""
    by = by or people.an()
    row = opened(by, form, **values)
    if form in placing.PLACES:
        kinds = {"shelter": "trusted", "facility": "facility", "day_care": "day_care"}
        taker = {"shelter": shelter(by, kind=kinds[form])}
    elif form == "relative":
        taker = {"carer": carer(by, kind="relative", child=row.child, protected_file=row.protected_file)}
    else:
        taker = {"carer": carer(by, short_term=True)}
    return placing.propose(
        placement=row, by=by, version=row.version, reason="gần trường của trẻ", on=date(2024, 3, 14), **taker
    )


def decided(by=None, form="family", **values):
    """Decided on Friday 15/03/2024."""
    row = proposed(by, form, **values)
    until = {"planned_until": date(2024, 12, 31)} if form == "timed" else {}
    return placing.decide(
        placement=row, by=by or people.an(), version=row.version, decision_number=f"{12 + _signed()}/QĐ-UBND", decision_on=date(2024, 3, 15),
        decision_signer="Phạm Thị Lan", **until,
    )  # fmt: skip


def _signed():
    """How many decisions were signed before: each has a number of its own."""
    return SignedDecision.objects.filter(form="mau-12").count()


def caring(by=None, form="family", started_on=date(2024, 3, 20), **values):
    """The child is there since 20/03/2024."""
    row = (proposed if form in ("shelter", "day_care") else decided)(by, form, **values)
    return placing.begin_care(
        placement=row, by=by or people.an(), version=row.version, started_on=started_on, meetings_held=2, minutes="đã giao"
    )


def ended(by=None, form="family", reason="reunited", last_day=date(2024, 4, 30), **values):
    """Ended; the last day there was 30/04/2024."""
    row = caring(by, form, **values)
    paper = {
        "end_decision_number": f"{30 + _signed()}/QĐ-UBND",
        "end_decision_on": date(2024, 4, 29),
        "end_signer": "Phạm Thị Lan",
    }
    return placing.end(
        placement=row, by=by or people.an(), version=row.version, last_day=last_day, end_reason=reason, next="home", **paper
    )


def promise(by=None, **values):
    """A family's promise."""
    values = {
        "subject": "school",
        "text": "cho cháu đi học lại",
        "signed_by": "Trương Văn Bảo, cha",
        "signed_on": DAY,
        **values,
    }
    if "case" not in values:
        values.setdefault("child", casework.child())
    return commitments.record(by=by or people.an(), once=uuid.uuid4(), **values)
