"""Alternative care in its four stages: before, hand-over, care, end (Luật Trẻ em 2016 Điều 60–69; NĐ 56/2017 Điều 38–48)."""

import uuid
from datetime import timedelta

from django.db import transaction

from cases.actions.care_base import begin, finish, start
from cases.actions.freezing import freeze
from cases.actions.numbers import require_free
from cases.models import Carer, CarerNotice, CareVisit, Placement, Shelter
from childcare.children.actions import protection
from childcare.children.actions.base import insert, locked, once, update
from childcare.children.models import Caregiver, Support, SupportKind
from childcare.lib.calendar import age_on, show, today
from childcare.lib.refusal import Refusal

Form, State = Placement.Form, Placement.State
# The kind of help that each form of care is counted as.
COUNTED_AS = {
    Form.RELATIVE: "S24", Form.FAMILY: "S25", Form.TIMED: "S26", Form.FACILITY: "S28", Form.SHELTER: "S22",
    Form.DAY_CARE: "S29",
}  # fmt: skip
PLACES = {
    Form.FACILITY: {Shelter.Kind.FACILITY}, Form.DAY_CARE: {Shelter.Kind.DAY_CARE, Shelter.Kind.FACILITY},
    Form.SHELTER: {Shelter.Kind.TRUSTED, Shelter.Kind.SHELTER, Shelter.Kind.FACILITY},
}  # fmt: skip
CAREGIVER = {Form.RELATIVE: "relative", Form.FAMILY: "other", Form.TIMED: "other"}
ASKED_FROM = 7  # Luật Trẻ em Điều 60.3: from seven years the child must be asked
MEETINGS = 2  # TT 14/2020/TT-BLĐTBXH Điều 10.4
NO_DECISION = {Placement.EndReason.DIED, Placement.EndReason.ADOPTED, Placement.EndReason.GROWN}
PAPER = "Hãy ghi số quyết định, ngày và người ký."


@once(Placement, author="created_by")
def open_placement(*, by, once, form, opened_on, child=None, case=None, sensitive=False, **values):
    """Begin: from a case, under its file; or from the child's page, with a file only when it is sensitive.

    A shelter always lies under a file. `values` are fields of the first stage.
    """
    child = case.child if case else child
    if child is None:
        raise Refusal("Hồ sơ chưa nối với trẻ em trong sổ. Hãy nối rồi lập chăm sóc thay thế.")
    child = locked(child)
    unit = case.unit if case else protection.commune_of(child.unit)
    if case is None:
        protection.require_team(unit=child.unit, by=by)
    _refuse_two(child, form, by)
    file = case.protected_file if case else None
    if file is None and (sensitive or form == Form.SHELTER):
        file = protection.file_for(child=child, by=by)
    row = Placement(
        public_id=once, unit=unit, child=child, case=case, protected_file=file, form=form, opened_on=opened_on, created_by=by,
        **values,
    )  # fmt: skip
    insert(row)
    return start(row, by=by, note=row.get_form_display())


def _refuse_two(child, form, by):
    """One care at a time, as far as the officer may know; day care goes beside anything."""
    others = Placement.objects.visible_to(by).open().filter(child=child).exclude(form=Form.DAY_CARE)
    if form != Form.DAY_CARE and others.caring().exists():
        raise Refusal(
            "Trẻ đang được chăm sóc thay thế. Hãy chấm dứt việc đó trước, hoặc chuyển sang hình thức khác ở trang đó."
        )


@transaction.atomic
def describe(*, placement, by, version, **values):
    """Write down or change what is known before the child goes to anybody."""
    return finish(begin(placement, "described", version=version), "described", by=by, **values)


@transaction.atomic
def propose(*, placement, by, version, carer=None, shelter=None, reason, on=None):
    """A person chooses who takes the child, and says why; the register only shows who could."""
    row = begin(placement, "proposed", version=version)
    if row.form in PLACES:
        _refuse_place(row, shelter)
    else:
        _refuse_carer(row, carer, by)
    changes = {"carer": carer, "shelter": shelter, "proposed_on": on or today(), "match_reason": reason}
    return finish(row, "proposed", by=by, **changes)


def _refuse_place(row, shelter):
    if shelter is None or shelter.kind not in PLACES[row.form]:
        raise Refusal("Hãy chọn một nơi phù hợp với hình thức này.")
    if shelter.closed_on:
        raise Refusal("Nơi này đã thôi nhận trẻ em. Hãy chọn nơi khác.")


def _refuse_carer(row, carer, by):
    if carer is None:
        raise Refusal("Hãy chọn người nhận.")
    if row.form == Form.RELATIVE and (carer.kind != Carer.Kind.RELATIVE or carer.child_id != row.child_id):
        raise Refusal("Hãy ghi người thân thích nhận chính trẻ em này.")
    if row.form != Form.RELATIVE and carer.kind == Carer.Kind.RELATIVE:
        raise Refusal("Người này là người thân thích: hãy chọn hình thức “Người thân thích”.")
    if carer.state != Carer.State.ACCEPTED:
        raise Refusal("Người này chưa được kết luận đủ điều kiện (Luật Trẻ em Điều 63.2). Hãy xác minh trước.")


@transaction.atomic
def decide(*, placement, by, version, decision_number, decision_on, decision_signer, guardian=False, planned_until=None):
    """The decision of the chairman (Mẫu 12), by its number, day and signer. The child's word and the consent come before it."""
    row = begin(placement, "decided", version=version)
    if not (decision_number.strip() and decision_on and decision_signer.strip()):
        raise Refusal(PAPER)
    if decision_on < (row.proposed_on or row.opened_on):
        raise Refusal(f"Ngày quyết định ở trước ngày đề xuất người nhận ({show(row.proposed_on)}). Hãy xem lại ngày.")
    if not row.consent:
        raise Refusal("Chưa ghi sự đồng ý của người giám hộ hoặc cha, mẹ (Luật Trẻ em Điều 63.1). Hãy ghi ở bước trước.")
    asked = row.child.birth_latest is None or age_on(row.child.birth_latest, decision_on) < ASKED_FROM or row.child_view.strip()
    if not asked:
        raise Refusal("Trẻ từ đủ 07 tuổi phải được hỏi ý kiến (Luật Trẻ em Điều 60.3). Hãy ghi ý kiến của trẻ ở bước trước.")
    if row.form == Form.TIMED and planned_until is None:
        raise Refusal("Nhận nuôi có thời hạn: hãy ghi đến hết ngày nào.")
    require_free(decision_number, decision_on, owner=row, by=by)
    finish(
        row, "decided", by=by, note=decision_number, decision_number=decision_number[:60], decision_on=decision_on,
        decision_signer=decision_signer[:120], guardian=guardian, planned_until=planned_until,
    )  # fmt: skip
    freeze(row, "mau-12", owner=row, by=by, on=decision_on, number=decision_number)
    return row


@transaction.atomic
def begin_care(*, placement, by, version, started_on, minutes="", minutes_people="", meetings="", meetings_held=None, fee=None):
    """The child is handed over; from this day the care is counted, as one Support of the registry under the same file."""
    row = begin(placement, "begun", version=version)
    held = row.meetings_held if meetings_held is None else meetings_held
    _refuse_hand_over(row, started_on, held, by)
    changes = {
        "started_on": started_on, "minutes": minutes, "minutes_people": minutes_people, "meetings": meetings,
        "meetings_held": held, "fee": fee, "support": _support(row, started_on, by),
    }  # fmt: skip
    if row.protected_file_id is None and row.carer_id and row.form in CAREGIVER:
        insert(
            Caregiver(
                child=row.child,
                name=row.carer.name[:120],
                relation=CAREGIVER[row.form],
                phone=row.carer.phone[:30],
                started_on=started_on,
                recorded_by=by,
            )  # fmt: skip
        )
    return finish(row, "begun", by=by, **changes)


def _refuse_hand_over(row, started_on, held, by):
    if row.needs_decision and started_on < row.decision_on:
        raise Refusal(f"Ngày giao nhận ở trước ngày quyết định ({show(row.decision_on)}). Hãy xem lại ngày.")
    if row.needs_decision is False and row.shelter_id is None:
        raise Refusal("Hãy chọn nơi nhận trẻ trước.")
    if row.child.birth_earliest and started_on < row.child.birth_earliest:
        raise Refusal("Ngày này trước ngày sinh của trẻ.")
    if row.form in (Form.FAMILY, Form.TIMED) and held < MEETINGS:
        raise Refusal(
            f"Trẻ phải gặp người nhận ít nhất {MEETINGS:02d} lần trước khi giao (TT 14/2020 Điều 10.4). Hãy ghi số lần."
        )
    _refuse_two(row.child, row.form, by)


def _support(row, started_on, by):
    if not row.unit.valid_on(started_on):
        raise Refusal(f"{row.unit.name} không có hiệu lực vào ngày này. Hãy xem lại ngày.")
    decision = {"decision": row.decision_number, "decision_on": row.decision_on} if row.decision_on else {}
    return insert(
        Support(
            child=row.child,
            kind=SupportKind.objects.get(code=COUNTED_AS[row.form]),
            unit=row.unit,
            running=True,
            started_on=started_on,
            protected_file=row.protected_file,
            recorded_by=by,
            **decision,
        )  # fmt: skip
    )


@transaction.atomic
def visit(*, placement, by, version, once=None, visited_on, **values):
    """A visit to the child; with `report` also the report of Mẫu 13."""
    if once and (made := CareVisit.objects.filter(public_id=once, placement=placement).first()):
        return made
    row = begin(placement, "visited", version=version)
    if visited_on < row.started_on:
        raise Refusal(f"Ngày thăm ở trước ngày giao nhận ({show(row.started_on)}). Hãy xem lại ngày.")
    made = CareVisit.objects.create(
        public_id=once or uuid.uuid4(), placement=row, visited_on=visited_on, recorded_by=by, **values
    )  # fmt: skip
    finish(row, "visited", by=by, note=f"{show(visited_on)}: {made.get_outcome_display().lower()}")
    return made


@transaction.atomic
def told(*, placement, by, version, once=None, told_on, text):
    """The carer told the commune of the child (Luật Trẻ em Điều 64.1.b); stops the clock of six months, then of a year."""
    if once and (made := CarerNotice.objects.filter(public_id=once, placement=placement).first()):
        return made
    row = begin(placement, "told", version=version)
    if told_on < row.started_on:
        raise Refusal(f"Ngày thông báo ở trước ngày giao nhận ({show(row.started_on)}). Hãy xem lại ngày.")
    made = CarerNotice.objects.create(public_id=once or uuid.uuid4(), placement=row, told_on=told_on, text=text, recorded_by=by)
    finish(row, "told", by=by, note=show(told_on))
    return made


@transaction.atomic
def ask_to_end(*, placement, by, version, request_on, request_by, request_reason):
    """Somebody asks that the care end (Mẫu 15, TTHC 1.004944): fifteen working days begin."""
    row = begin(placement, "asked_to_end", version=version)
    if request_on < row.started_on:
        raise Refusal(f"Ngày đề nghị ở trước ngày giao nhận ({show(row.started_on)}). Hãy xem lại ngày.")
    changes = {"request_on": request_on, "request_by": request_by, "request_reason": request_reason}
    return finish(row, "asked_to_end", by=by, **changes)


@transaction.atomic
def end(
    *,
    placement,
    by,
    version,
    last_day,
    end_reason,
    next,
    end_decision_number="",
    end_decision_on=None,
    end_signer="",
    end_note="",
):
    """The child was there for the last time on `last_day`. Who decided the care decides its end (Luật Điều 69.4, Mẫu 16)."""
    row = begin(placement, "ended", version=version)
    if last_day < row.started_on:
        raise Refusal(f"Ngày cuối cùng ở trước ngày giao nhận ({show(row.started_on)}). Hãy xem lại ngày.")
    paper = end_decision_number.strip() and end_decision_on and end_signer.strip()
    if row.needs_decision and end_reason not in NO_DECISION and not paper:
        raise Refusal(PAPER)
    if paper:
        require_free(end_decision_number, end_decision_on, owner=row, by=by)
    over = last_day + timedelta(days=1)
    _end_counted(row, over)
    finish(
        row, "ended", by=by, note=Placement.EndReason(end_reason).label, ended_on=over, end_reason=end_reason, next=next,
        end_decision_number=end_decision_number[:60], end_decision_on=end_decision_on, end_signer=end_signer[:120],
        end_note=end_note,
    )  # fmt: skip
    if paper:
        freeze(row, "mau-16", owner=row, by=by, on=end_decision_on, number=end_decision_number)
    return row


def counted(placement):
    """The valid Support that counts a placement: its own, or the one that replaced it in a correction or merge; or None."""
    row = placement.support
    while row is not None and row.voided_at:
        row = Support.objects.filter(replaces=row).first()
    return row


def _end_counted(row, over):
    support = counted(row)
    if support is not None and support.running:
        support.running, support.ended_on = False, max(over, support.started_on or over)
        update(support, "running", "ended_on")
    for carer in caregivers(row):
        carer.ended_on = over
        update(carer, "ended_on")


def caregivers(row):
    """The open carer rows of the child that the hand-over wrote."""
    if row.protected_file_id is not None or row.carer_id is None:
        return []
    rows = Caregiver.objects.filter(child=row.child, voided_at=None, ended_on=None, started_on=row.started_on)
    return list(rows.filter(name=row.carer.name[:120]))


@transaction.atomic
def cancel(*, placement, by, version, reason):
    """It does not come to the hand-over: why."""
    return finish(begin(placement, "cancelled", version=version), "cancelled", by=by, note=reason)
