"""The register of carers (NĐ 56/2017 Điều 39–42) and that of shelters, trusted addresses and facilities."""

from django.db import transaction

from cases.models import Carer, CarerAnswer, Shelter
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, once, update
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal

OWN = (
    "kind", "name", "birth", "identity_number", "phone", "address", "job", "family", "wishes", "capacity", "short_term",
    "applied_on", "health_paper_on",
)  # fmt: skip
PLACE = ("kind", "name", "address", "contact", "phone", "capacity", "takes", "basis", "fee", "note", "closed_on")
LEFT = "Không còn nguyện vọng khi được hỏi lại"
NOT_YOURS = "Danh sách này do công chức được giao của xã, phường lập. Đề nghị liên hệ người phụ trách."


@once(Carer, author="created_by")
def register(*, by, once, unit, child=None, protected_file=None, **values):
    """A registration (Mẫu 08) or a relative's notice about one child, which lies under the file of that child's care."""
    if not (by.can_in(Permission.PROTECTED_VIEW, unit) or protected_file is not None):
        raise Refusal(NOT_YOURS)
    row = Carer(public_id=once, unit=unit, child=child, protected_file=protected_file, created_by=by, **values)
    insert(row)
    _log("carer.registered", row, by, sorted(values))
    return row


@transaction.atomic
def change(*, carer, by, version, **values):
    """Put right what was written down about a carer."""
    row = fresh(carer, version)
    for name in OWN:
        if name in values:
            setattr(row, name, values[name])
    if row.decided_on and row.applied_on > row.decided_on:
        raise Refusal(f"Ngày nhận đơn ở sau ngày kết luận ({show(row.decided_on)}). Hãy xem lại ngày.")
    update(row, *OWN, "changed_at")
    _log("carer.changed", row, by, sorted(values))
    return row


@transaction.atomic
def ask(*, by, unit, asked_on, answers, how=""):
    """What people of the register answered when asked (Điều 40.1): each (carer, still wishes?, words) is written down alone.

    Whoever no longer wishes leaves the register. Nobody else is thereby up to date.
    """
    for carer, stays, words in answers:
        if asked_on < carer.applied_on:
            raise Refusal(f"{carer.name} nộp đơn ngày {show(carer.applied_on)}, sau ngày hỏi. Hãy xem lại ngày.")
        if stays:
            told = {"how": how, "words": words, "recorded_by": by}
            CarerAnswer.objects.get_or_create(carer=carer, asked_on=asked_on, defaults=told)
        else:
            withdraw(carer=carer, by=by, version=None, on=asked_on, reason=words or LEFT)
    audit.record("carer.register_reviewed", by=by, subject=unit)


@transaction.atomic
def conclude(*, carer, by, version, accepted, assessed_on, decided_on, conditions, assessment="", decision_reason=""):
    """What the worker verified (Mẫu 11), and whether the carer meets the conditions. May be done again when things change."""
    row = fresh(carer, version)
    if row.state == Carer.State.WITHDRAWN:
        raise Refusal("Người này đã thôi đăng ký. Hãy ghi đăng ký mới.")
    if decided_on < max(row.applied_on, assessed_on or row.applied_on):
        raise Refusal("Ngày kết luận ở trước ngày nhận đơn hoặc ngày xác minh. Hãy xem lại ngày.")
    if accepted and "no" in conditions.values():
        raise Refusal("Có điều kiện ghi “Không đủ”: không thể kết luận đủ điều kiện (Luật Trẻ em Điều 63.2).")
    if not accepted and not decision_reason.strip():
        raise Refusal("Không đủ điều kiện thì phải trả lời bằng văn bản: hãy ghi lý do.")
    row.state = Carer.State.ACCEPTED if accepted else Carer.State.REFUSED
    row.assessed_on, row.decided_on, row.decided_by = assessed_on, decided_on, by
    row.conditions, row.assessment, row.decision_reason = conditions, assessment, decision_reason
    update(
        row, "state", "assessed_on", "decided_on", "decided_by", "conditions", "assessment", "decision_reason", "changed_at"
    )  # fmt: skip
    _log("carer.decided", row, by, ["state", "decided_on"])
    return row


@transaction.atomic
def withdraw(*, carer, by, version, on, reason):
    """The carer does not want to take a child any more. Refused while a child whom the officer may see is there."""
    row = fresh(carer, version)
    if row.state == Carer.State.WITHDRAWN:
        raise Refusal("Người này đã thôi đăng ký trước đó.")
    if on < row.applied_on:
        raise Refusal("Ngày thôi đăng ký ở trước ngày nhận đơn. Hãy xem lại ngày.")
    if row.placements.visible_to(by).caring().exists():
        raise Refusal(f"{row.name} đang chăm sóc trẻ. Hãy chấm dứt việc chăm sóc trước.")
    row.state, row.decided_on, row.decided_by, row.decision_reason = Carer.State.WITHDRAWN, on, by, reason
    update(row, "state", "decided_on", "decided_by", "decision_reason", "changed_at")
    _log("carer.withdrawn", row, by, ["state"])
    return row


@once(Shelter, author="created_by")
def add_shelter(*, by, once, unit, **values):
    """A place that takes children in, kept by the unit of the officer."""
    row = Shelter(public_id=once, unit=unit, created_by=by, **values)
    insert(row)
    audit.record("shelter.added", by=by, subject=row, fields=sorted(values))
    return row


@transaction.atomic
def change_shelter(*, shelter, by, version, **values):
    """Put right what is written about a place, or write that it takes no more children."""
    row = fresh(shelter, version)
    for name in PLACE:
        if name in values:
            setattr(row, name, values[name])
    update(row, *[name for name in PLACE if name in values])
    audit.record("shelter.changed", by=by, subject=row, fields=sorted(values))
    return row


def _log(action, row, by, fields):
    audit.record(action, by=by, subject=row.protected_file or row, fields=fields)
