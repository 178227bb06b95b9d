"""Sending a report, passing it on to the commune of the event, taking it in as a case without typing it again."""

from django.db import transaction
from django.urls import reverse

from cases.actions import intake
from cases.matching import involved_in_notice
from cases.models import Intake, Notice
from cases.reporting import above, addressees, home_of, takers
from childcare.accounts.models import Appointment
from childcare.audit import actions as audit
from childcare.children.actions.base import once
from childcare.children.actions.protection import commune_of
from childcare.inbox import actions as inbox
from childcare.lib.calendar import stamp, today
from childcare.lib.refusal import Refusal

RELATED = Intake.Related
UPWARD = "Người bị nghi có liên quan tới cán bộ xã, phường: hãy chọn gửi thẳng cấp trên."
NOBODY = "Đơn vị này chưa có người nhận tin trong phần mềm. Hãy gọi Tổng đài 111 hoặc công an xã, phường."
TAKEN = "Tin này đã có người tiếp nhận. Hãy mở lại danh sách tin báo."
TO_PASS_ON = "Người bị nghi không liên quan tới cán bộ xã, phường: hãy bấm “Chuyển cho xã, phường” (NĐ 56/2017, Điều 26.1)."
TO_KEEP = "Người bị nghi có thể liên quan tới cán bộ xã, phường: không chuyển cho xã, phường. Hãy bấm “Tiếp nhận”."


@once(Notice, author="sent_by")
def send(*, by, once, to, suspect_related, emergency=None, **told):
    """Keep a report for the ward or the unit above; it counts as received at this moment. Its takers are told at once."""
    home = home_of(by)
    if home is None or to not in addressees(by):
        raise Refusal(NOBODY)
    if suspect_related == RELATED.YES and to.kind == "commune":
        raise Refusal(UPWARD)
    notice = Notice.objects.create(
        public_id=once, sent_by=by, sent_from=home, sent_at=stamp(), addressed_to=to, unit=to, emergency=emergency,
        suspect_related=suspect_related, **told,
    )  # fmt: skip
    _steer(notice, home)
    audit.record("notice.sent", by=by)
    _tell(notice)
    return notice


def _steer(notice, place):
    """Before anybody sees it: who may be concerned never does, and where such a person sits the unit above gets it instead.

    So does a report that may concern an officer ("Chưa rõ"): it would restrict its file, and the holder stands above the ward.
    The sender's answer is the same.
    """
    barred = involved_in_notice(notice, place)
    unclear = notice.suspect_related != RELATED.NO and notice.unit.kind == "commune"
    if not barred and not unclear:
        return
    notice.barred.add(*barred)
    posts = Appointment.objects.on(today()).filter(officer__in=barred).select_related("unit")
    seats = {key for post in posts for key in (post.unit_id, commune_of(post.unit).pk)}
    if unclear:
        seats.add(notice.unit_id)
    free = [unit for unit in above(notice.unit) if unit.pk not in seats and takers(unit).exclude(pk__in=barred).exists()]
    if free and free[0].pk != notice.unit_id:
        notice.unit = notice.addressed_to = free[0]
        notice.save(update_fields=["unit", "addressed_to"])


def _tell(notice):
    """A message without a name to everybody who takes reports in where the notice lies now."""
    subject = "Tin báo khẩn cấp về trẻ em" if notice.emergency else "Tin báo mới về trẻ em"
    body = f"Số phiếu {notice.code}. Thời hạn 12 giờ tính từ lúc gửi. Hãy mở và tiếp nhận ngay."
    url = reverse("notice", args=[notice.public_id])
    for officer in takers(notice.unit, but=notice.sent_by).exclude(pk__in=notice.barred.values("pk")):
        key = f"notice:{notice.public_id}:{notice.unit_id}"
        inbox.send(officer=officer, key=key, day=today(), subject=subject, body=body, url=url)


def _waiting(notice, by):
    """The notice read anew and locked; refused when somebody was quicker."""
    row = Notice.objects.select_for_update(of=("self",)).select_related("unit", "sent_by", "sent_from").get(pk=notice.pk)
    if not Notice.objects.visible_to(by).filter(pk=row.pk).exists():
        raise Refusal(TAKEN)
    return row


@transaction.atomic
def pass_on(*, notice, by, unit, clarified=False):
    """The unit above hands an ordinary report to the commune of the event; that commune is not told who sent it.

    `clarified`: the sender did not know, and the officer has asked: nobody of the commune is concerned.
    """
    row = _waiting(notice, by)
    if clarified and row.suspect_related == RELATED.UNKNOWN:
        row.suspect_related = RELATED.NO
    if row.suspect_related != RELATED.NO:
        raise Refusal(TO_KEEP)
    if unit.kind != "commune" or not unit.is_under(row.unit) or unit.pk == row.unit_id:
        raise Refusal("Hãy chọn một xã, phường thuộc địa bàn.")
    if not takers(unit).exists():
        raise Refusal(f"{unit.name} chưa có người nhận tin trong phần mềm. Hãy gọi điện cho xã, phường rồi giao tài khoản.")
    there = Appointment.objects.on(today()).filter(unit__path__startswith=unit.path)
    if there.filter(officer__in=involved_in_notice(row, unit)).exists():
        raise Refusal(TO_KEEP)
    row.unit, row.passed_on_at, row.passed_on_by = unit, stamp(), by
    row.save(update_fields=["unit", "passed_on_at", "passed_on_by", "suspect_related"])
    audit.record("notice.passed_on", by=by, note="đã hỏi lại: không liên quan cán bộ" if clarified else "")
    _tell(row)
    return row


@transaction.atomic
def take_in(*, notice, by, suspect_related, kind=None, emergency=None, unit=None):
    """Open the case of a notice: received when it was sent, its texts taken over as they are. Exactly once.

    At the unit above it is a restricted case of the commune `unit`, held there; anything else is passed on.
    """
    row = _waiting(notice, by)
    upper = row.unit.kind != "commune"
    if upper and suspect_related == RELATED.NO:
        raise Refusal(TO_PASS_ON)
    if upper and (unit is None or not unit.is_under(row.unit) or unit.kind != "commune"):
        raise Refusal("Hãy chọn xã, phường nơi xảy ra.")
    place = unit if upper else row.unit
    case = intake.receive(
        by=by, once=row.public_id, unit=place, above=row.unit if upper else None, received_at=row.sent_at,
        channel=Intake.Channel.OFFICE, suspect_related=suspect_related, kind=kind, emergency=emergency, happened_in=place,
        **row.told(),
    )  # fmt: skip
    row.intake = case.intakes.get()
    row.save(update_fields=["intake"])
    return case
