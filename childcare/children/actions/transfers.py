"""A child goes to another commune: sent, acknowledged or returned; nobody is counted twice and nobody is lost between two."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission
from childcare.audit import actions as audit
from childcare.children.actions import households, protection, residence
from childcare.children.actions.base import fresh, insert, locked, once, update, void_row
from childcare.children.actions.copies import write_copies
from childcare.children.models import Child, Membership, Residence, Transfer
from childcare.inbox import actions as inbox
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal

ANSWERED = "Lượt chuyển này đã được trả lời trước đó. Hãy mở lại trang để xem."
MOVED_ON = "Sau khi chuyển đến, cư trú của trẻ đã được ghi thêm nên không trả lại được. Hãy ghi “Chuyển nơi ở” nếu trẻ đi tiếp."
STILL_OPEN = "Trẻ này đang chờ {} tiếp nhận. Hãy tiếp nhận hoặc trả lại trước khi chuyển tiếp."


@once(Transfer, author="sent_by")
def send(*, by, once, child, to, on, kind=Residence.Kind.PERMANENT, note=""):
    """Send the child to another commune (or one of its hamlets) since the day. Rights move at once; the commune is told."""
    child, begun = locked(child), timezone.now()
    refuse_open(child)
    source, goal = protection.commune_of(child.unit), protection.commune_of(to)
    if goal.kind != "commune" or goal.pk == source.pk:
        raise Refusal("Hãy chọn một xã, phường khác. Chuyển trong xã, phường thì không cần tiếp nhận.")
    home = child.household
    if child.residing:
        left, arrived = residence.move_row(child=child, unit=to, by=by, on=on, kind=kind)
    else:
        left, arrived = None, residence.arrive_row(child=child, unit=to, by=by, since=on, kind=kind)
    row = insert(
        Transfer(
            public_id=once, child=child, from_unit=source, to_unit=goal, moved_on=on, left=left, arrived=arrived,
            household=home, note=note[:1000], sent_by=by, sent_on=today(), sent_at=begun,
        )
    )  # fmt: skip
    audit.record("transfer.sent", by=by, subject=child, fields=["unit"], note=row.audit_name)
    tell(goal, row, "sent", f"Trẻ chuyển đến chờ tiếp nhận, từ {source.name}")
    return row


def refuse_open(child):
    """Refuse while the child waits to be acknowledged: one open transfer a child."""
    waiting = Transfer.objects.waiting().filter(child=child).select_related("to_unit").first()
    if waiting is not None:
        raise Refusal(STILL_OPEN.format(waiting.to_unit.name))


@transaction.atomic
def receive(*, transfer, by, version, unit, head_name="", address=""):
    """The commune acknowledges: the child lives in this hamlet (or the commune, "chưa rõ"), in this household when named."""
    row, child = _waiting(transfer, version)
    if child.residing and child.unit.is_under(row.to_unit):
        _settle(row, child, unit, head_name, address, by)
    _answer(row, Transfer.State.RECEIVED, by)
    audit.record("transfer.received", by=by, subject=child, fields=["state", "unit"], note=row.audit_name)
    tell(row.from_unit, row, "received", f"{row.to_unit.name} đã tiếp nhận trẻ chuyển đến từ {row.from_unit.name}")
    return row


def _settle(row, child, unit, head_name, address, by):
    here, home = residence.open_residence(child), child.household
    if unit.pk != here.unit_id:
        _choose_place(child, here, unit, by)
    if head_name and (home is None or (home.head_name, home.address) != (head_name, address)):
        home = households.find_or_make(unit=child.unit, head_name=head_name, address=address, phone=child.phone)
        if home.pk != child.household_id:
            households.join_row(child=child, household=home, since=row.moved_on, by=by)
            write_copies(child)


def _choose_place(child, here, unit, by):
    """The hamlet is known only now: the row of the commune is voided and one of the hamlet put in its place."""
    void_row(here, by=by, reason="Tiếp nhận: đã rõ thôn, tổ dân phố")
    residence.open_row(
        child=child, unit=unit, since=here.started_on, reason=here.start_reason, kind=here.kind, by=by, replaces=here
    )
    home = child.household
    if home is not None and home.unit_id == here.unit_id:
        households.relocate_row(household=home, unit=unit, since=here.started_on, by=by)
    write_copies(child)


@transaction.atomic
def give_back(*, transfer, by, version, reason):
    """The child does not live in the receiving commune: it is where it was before, and no flow of either counts the way."""
    row, child = _waiting(transfer, version)
    _take_back(row, child, Transfer.State.RETURNED, by, reason)
    audit.record("transfer.returned", by=by, subject=child, fields=["state", "unit"], note=row.audit_name)
    tell(row.from_unit, row, "returned", f"{row.to_unit.name} trả lại trẻ chuyển đi từ {row.from_unit.name}")
    return row


@transaction.atomic
def withdraw(*, transfer, by, version, reason):
    """The commune that sent the child takes it back before anybody acknowledged."""
    row, child = _waiting(transfer, version)
    _take_back(row, child, Transfer.State.WITHDRAWN, by, reason)
    audit.record("transfer.withdrawn", by=by, subject=child, fields=["state", "unit"], note=row.audit_name)
    tell(row.to_unit, row, "withdrawn", f"{row.from_unit.name} đã rút lại một trẻ chuyển đến chờ tiếp nhận")
    return row


def _waiting(transfer, version):
    """(transfer, its child), both locked, the child first as everywhere."""
    child = locked(Child(pk=transfer.child_id))
    row = fresh(transfer, version)
    if row.state != Transfer.State.WAITING:
        raise Refusal(ANSWERED)
    return row, child


def _answer(row, state, by, answer=""):
    row.state, row.answered_by, row.answered_at, row.answer = state, by, timezone.now(), answer[:1000]
    update(row, "state", "answered_by", "answered_at", "answer")


def _take_back(row, child, state, by, reason):
    """Void what the transfer opened, open what it ended, with the rights of before."""
    here = residence.open_residence(child)
    if here.pk != row.arrived_id:
        raise Refusal(MOVED_ON)
    void_row(here, by=by, reason=reason)
    place = row.left.unit if row.left_id else row.from_unit
    if row.left_id:
        residence.reopen_row(row.left, by=by, reason=reason)
    _home_again(row, child, place, by, reason)
    write_copies(child)
    protection.follow(child=child, old=row.to_unit, new=child.unit, by=by)
    _answer(row, state, by, reason)


def _home_again(row, child, place, by, reason):
    """The household of before: it comes back with the child, or the child comes back into it."""
    home = row.household
    if home is None:
        return
    if child.household_id == home.pk:
        if home.unit.is_under(row.to_unit) and not _others_there(home, child, row.to_unit):
            households.relocate_row(household=home, unit=place, since=row.moved_on, by=by)
        return
    members = Membership.objects.filter(child=child, voided_at=None)
    for member in members.filter(recorded_at__gte=row.sent_at, ended_on=None):
        void_row(member, by=by, reason=reason)
    old = members.filter(household=home).order_by("-pk").first()
    if old is not None and old.ended_on is not None:
        void_row(old, by=by, reason=reason)
        insert(
            Membership(
                child=child, household=home, started_on=old.started_on, relation_to_head=old.relation_to_head, replaces=old,
                recorded_by=by,
            )
        )  # fmt: skip


def _others_there(home, child, unit):
    """True while another child of the household lives in the receiving commune: the household stays with it."""
    return Child.objects.filter(household=home, residing=True, unit__path__startswith=unit.path).exclude(pk=child.pk).exists()


def tell(unit, row, what, subject):
    """A message to everybody who may change children in the unit: which units, never which child."""
    posts = Appointment.objects.on(today()).holding(Permission.CHILD_EDIT, GRANTS).filter(unit=unit, officer__is_active=True)
    for post in posts.select_related("officer").order_by("pk"):
        inbox.send(
            officer=post.officer, key=f"transfer:{row.public_id}:{what}", day=today(), subject=subject,
            url=reverse("transfer-list"),
        )  # fmt: skip
