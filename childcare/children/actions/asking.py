"""A commune asks for a child that came to it. It learns nothing before the commune where the child is written answers."""

import re
import uuid

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions import transfers
from childcare.children.actions.base import fresh, insert, once, update
from childcare.children.actions.protection import commune_of
from childcare.children.codes import key_of
from childcare.children.models import Child, TransferAsk
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal

A_DAY = 20  # questions of one commune on one day: enough for work, too few for trying numbers
TOO_MANY = f"Hôm nay đơn vị đã gửi {A_DAY} yêu cầu. Hãy gửi tiếp vào ngày mai hoặc liên hệ cấp trên."
MINE = "Trẻ này đã ở trong địa bàn của anh/chị. Hãy tìm trong danh sách trẻ em."
UNREADABLE = "Hãy ghi mã trẻ in trên danh sách, hoặc số định danh cá nhân gồm 12 chữ số."


def find(number):
    """The child of a printed child code or a valid identity number, or None. Raises Refusal for neither form."""
    text = number.strip()
    if (key := key_of(text)) is not None:
        return Child.objects.filter(pk=key).first()
    digits = re.sub(r"[\s.-]", "", text)
    if re.fullmatch(r"\d{12}", digits):
        return Child.objects.filter(identity_number=digits, identity_valid=True).first()
    try:
        return Child.objects.filter(public_id=uuid.UUID(text)).first()
    except ValueError:
        raise Refusal(UNREADABLE) from None


@once(TransferAsk, author="asked_by")
def ask(*, by, once, unit, number, reason=""):
    """Ask for the child of a number on behalf of the commune. Looks alike whether or not anybody has the number."""
    mine = TransferAsk.objects.filter(unit=unit)
    if mine.filter(asked_on=today()).count() >= A_DAY:
        raise Refusal(TOO_MANY)
    child = find(number)
    if child is not None and commune_of(child.unit).pk == unit.pk and child.residing:
        raise Refusal(MINE)
    if any(row.number == number.strip() for row in mine.filter(state=TransferAsk.State.OPEN)):
        raise Refusal("Đơn vị đã hỏi số này và đang chờ trả lời.")
    row = insert(
        TransferAsk(
            public_id=once, unit=unit, number=number.strip()[:60], child=child, reason=reason[:1000], asked_by=by,
            asked_on=today(),
        )
    )  # fmt: skip
    audit.record("transfer.asked", by=by, subject=row)
    if child is not None:
        transfers.tell(commune_of(child.unit), row, "asked", f"{unit.name} xin chuyển về một trẻ đang có trong sổ của anh/chị")
    return row


@transaction.atomic
def agree(*, ask, by, version, on):
    """The commune of the child agrees: the child is sent on the day, and waits for the one that asked. Returns the transfer."""
    row = _open(ask, version)
    transfer = transfers.send(by=by, child=row.child, to=row.unit, on=on)
    _answer(row, TransferAsk.State.AGREED, by)
    audit.record("transfer.agreed", by=by, subject=row.child, note=row.audit_name)
    return transfer


@transaction.atomic
def decline(*, ask, by, version, reason):
    """The commune of the child does not agree, and says why: the reason is all that the other learns."""
    row = _open(ask, version)
    _answer(row, TransferAsk.State.DECLINED, by, reason)
    audit.record("transfer.declined", by=by, subject=row.child, note=row.audit_name)
    transfers.tell(row.unit, row, "declined", "Yêu cầu xin chuyển trẻ về đã được trả lời: không đồng ý")
    return row


@transaction.atomic
def withdraw(*, ask, by, version):
    """The commune that asked does not ask any more."""
    row = _open(ask, version)
    _answer(row, TransferAsk.State.WITHDRAWN, by)
    audit.record("transfer.ask_withdrawn", by=by, subject=row)
    return row


def _open(ask, version):
    row = fresh(ask, version)
    if row.state != TransferAsk.State.OPEN:
        raise Refusal("Yêu cầu này đã được trả lời trước đó.")
    return row


def _answer(row, state, by, answer=""):
    row.state, row.answered_by, row.answered_at, row.answer = state, by, timezone.now(), answer[:1000]
    update(row, "state", "answered_by", "answered_at", "answer")
