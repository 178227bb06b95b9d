"""Handing a case over to the commune where the child lives: sent, acknowledged, turned down (Luật Điều 52.2, NĐ 56 Điều 26.1).

The plan goes over, the emergency steps stay with the commune of the event.
"""

from django.db import transaction
from django.urls import reverse

from cases.actions import secrecy
from cases.actions.base import begin, finish, require_no_isolation
from cases.models import Case, CaseEvent, Handover, Intake
from cases.reporting import takers
from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.models import ProtectedFile
from childcare.inbox import actions as inbox
from childcare.lib.calendar import stamp, today
from childcare.lib.refusal import Refusal

RESTRICTED = "Hồ sơ hạn chế tiếp cận do cấp trên giữ và xử lý, không chuyển cho xã, phường khác."
STOPPED = "Hồ sơ chuyển sang hạn chế tiếp cận: cấp trên giữ và xử lý, không gửi đi nữa."
PENDING = "Hồ sơ này đã gửi đi và đang chờ trả lời."
SAME = "Hãy chọn xã, phường khác nơi đang giữ hồ sơ."
NOBODY = "{} chưa có người nhận trong phần mềm. Hãy gọi điện, gửi công văn kèm hồ sơ giấy cho nơi đó."
ANSWERED = "Hồ sơ chuyển đến này đã được trả lời. Hãy mở lại danh sách."
UNDONE = (
    "Chưa ghi việc khẩn cấp nào. Hãy ghi việc đã làm, hoặc đánh giá là không cần can thiệp khẩn cấp, rồi kết thúc phần việc."
)
UNOPENED = "Hãy bấm “Xác nhận đã nhận” để đọc nội dung, rồi tiếp nhận hoặc trả lời không nhận."
COMING = "Hồ sơ can thiệp chuyển đến chờ tiếp nhận"
STILL = "Trẻ em cư trú tại đơn vị. Thời hạn vẫn tính từ giờ nhận tin đầu tiên."
COPIED = ("happened_in", "suspect_related")


@transaction.atomic
def send(*, case, by, version, to, reason):
    """Ask the commune where the child lives to take the case; until it acknowledges everything stays as it is."""
    row = begin(case, "sent_over", version=version)
    if row.protected_file.restricted:
        raise Refusal(RESTRICTED)
    if to.kind != "commune" or to.pk == protection.commune_of(row.unit).pk:
        raise Refusal(SAME)
    if not takers(to).exists():  # whoever is excluded counts here: the answer must not tell that somebody is
        raise Refusal(NOBODY.format(to.name))
    if row.handovers.filter(answered_at=None).exists():
        raise Refusal(PENDING)
    handover = Handover.objects.create(case=row, to_unit=to, reason=reason, sent_at=stamp(), sent_by=by)
    finish(row, "sent_over", by=by, note=f"Tới {to.name}")
    secrecy.match(case=row, by=by)  # before anybody there may read whom it is about
    if ProtectedFile.objects.filter(pk=row.protected_file_id, restricted=True).exists():
        return _stopped(handover, by)
    key, url = f"handover:{handover.public_id}", reverse("handed", args=[handover.public_id])
    for officer in takers(to, but=by).exclude(pk__in=secrecy.excluded_from(row.protected_file).values("officer")):
        inbox.send(officer=officer, key=key, day=today(), subject=COMING, body=STILL, url=url)
    return handover


def _stopped(handover, by):
    """Somebody whom the case may concern works where it was sent: the unit above holds it from now on."""
    handover.answered_at, handover.answered_by, handover.refusal = handover.sent_at, by, STOPPED
    handover.save(update_fields=["answered_at", "answered_by", "refusal"])
    return handover


def _waiting(handover, by):
    """The hand-over read anew and locked, refused when it was answered."""
    row = Handover.objects.select_for_update(of=("self",)).select_related("to_unit").get(pk=handover.pk)
    if not Handover.objects.coming_to(by).filter(pk=row.pk).exists():
        raise Refusal(ANSWERED)
    return row


@transaction.atomic
def open_sent(*, handover, by):
    """Somebody of the receiving commune says that it has come; from now on its takers read whom it is about."""
    row = _waiting(handover, by)
    if row.opened_at is None:
        row.opened_at, row.opened_by = stamp(), by
        row.save(update_fields=["opened_at", "opened_by"])
        audit.record("case.handover_opened", by=by, subject=row.case.protected_file)
    return row


def _opened(handover, by):
    row = _waiting(handover, by)
    if row.opened_at is None:
        raise Refusal(UNOPENED)
    return row


@transaction.atomic
def acknowledge(*, handover, by):
    """Take the case over: a case of one's own, its clocks since the first report; the sender's ends but for what is urgent."""
    row = _opened(handover, by)
    protection.require_team(unit=row.to_unit, by=by)
    old = begin(row.case, "transferred")
    if old.protected_file.restricted:
        raise Refusal(ANSWERED)
    new = _new_case(old, row.to_unit, by)
    row.answered_at, row.answered_by, row.new_case = stamp(), by, new
    row.save(update_fields=["answered_at", "answered_by", "new_case"])
    finish(old, "transferred", by=by, note=row.to_unit.name, closed_on=today() if duty_done(old) else None)
    secrecy.match(case=new, by=by)
    return new


def _new_case(old, unit, by):
    """The case at the commune where the child lives, with what was told and who is suspected; not who told it."""
    file = ProtectedFile.objects.create(child=old.child)
    new = Case.objects.create(
        unit=unit, child=old.child, protected_file=file, kind=old.kind, level=old.level, emergency=False,
        opened_at=old.opened_at, worker=None, created_by=by,
    )  # fmt: skip
    secrecy.keep_out(old.protected_file, new=file)
    secrecy.open_to_communes(new, by=by)
    for row in old.intakes.order_by("pk"):
        kept = {name: getattr(row, name) for name in COPIED}
        channel = Intake.Channel.OFFICE
        Intake.objects.create(case=new, channel=channel, received_at=row.received_at, received_by=by, **kept, **row.told())
    for suspect in old.suspects.filter(voided_at=None).order_by("pk"):
        secrecy.copy_suspect(suspect, case=new)
    CaseEvent.objects.create(case=new, at=stamp(), by=by, what="came", state=new.state, note=f"Từ {old.unit.name}")
    audit.record("case.came", by=by, subject=file)
    return new


def duty_done(case):
    """True when what was urgent is written down, or was judged not to be needed, and no isolation runs."""
    steps = case.emergency_steps
    running = steps.filter(kind="isolation", ended_on=None).exists()
    return not running and (case.emergency is False or steps.exists())


@transaction.atomic
def turn_down(*, handover, by, reason):
    """The child does not live here: the case stays where it is, and the sender is told why."""
    row = _opened(handover, by)
    case = begin(row.case, "handover_refused")
    row.answered_at, row.answered_by, row.refusal = stamp(), by, reason
    row.save(update_fields=["answered_at", "answered_by", "refusal"])
    finish(case, "handover_refused", by=by, note=f"{row.to_unit.name}: {reason}")
    inbox.send(
        officer=row.sent_by, key=f"handover-refused:{row.public_id}", day=today(),
        subject=f"{row.to_unit.name} không nhận hồ sơ chuyển đến", url=reverse("case", args=[case.public_id]),
    )  # fmt: skip
    return row


@transaction.atomic
def end_duty(*, case, by, version):
    """The commune of the event has done what was urgent: its part of a case that went over is finished."""
    row = begin(case, "duty_done", version=version)
    if row.closed_on is not None:
        return row
    require_no_isolation(row)
    if not duty_done(row):
        raise Refusal(UNDONE)
    return finish(row, "duty_done", by=by, closed_on=today())
