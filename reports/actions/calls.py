"""Báo cáo đột xuất: a unit asks units below for one report, takes the request back."""

from django.db import transaction
from django.urls import reverse

from childcare.accounts.posts import holders
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.inbox import actions as inbox
from childcare.lib.calendar import show, stamp, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, small
from childcare.units.models import Unit
from reports.models import Obligation, Regime, ReportCall

BELOW = {"province": ("district", "commune"), "district": ("commune",), "commune": ("hamlet", "school")}


def units_below(issuer, on):
    """The units directly below that a unit may ask: with a district in between the wards are asked by the district."""
    kinds = BELOW.get(issuer.kind, ())
    return Unit.objects.on(on).filter(parent=issuer, kind__in=kinds).order_by("path")


@transaction.atomic
def ask(*, issuer, by, key, subject, document, data_from, cutoff, last_day, units, answers=None):
    """Every unit named owes the report once, by the day named; the officers who write there are told. Returns the call.

    `key` was made with the form: a form sent twice finds the call of the first time.
    """
    call, made = ReportCall.objects.get_or_create(public_id=key, defaults={
        "issuer": issuer, "subject": clean_text(subject), "document": clean_text(document), "data_from": data_from,
        "cutoff": cutoff, "last_day": last_day, "answers": answers, "created_by": by,
    })  # fmt: skip
    if not made:
        return call
    if last_day < today():
        raise Refusal("Hạn gửi báo cáo đã qua. Hãy chọn hôm nay hoặc một ngày sau hôm nay.")
    allowed = {unit.pk for unit in units_below(issuer, today())}
    if not units or any(unit.pk not in allowed for unit in units):
        raise Refusal("Hãy chọn ít nhất một đơn vị trực tiếp cấp dưới.")
    regime = Regime.objects.filter(every=Regime.Every.REQUEST, active=True, scope=None).first()
    if regime is None:
        raise Refusal("Chế độ báo cáo đột xuất chưa được bật. Hãy nhờ quản trị hệ thống bật trong mục Chế độ báo cáo.")
    rows = [
        Obligation(
            regime=regime, unit=unit, to_unit=issuer, call=call, period=f"{last_day.year}-X{call.pk}", subject=call.subject,
            data_from=data_from, cutoff=cutoff, last_day=last_day,
        )
        for unit in units
    ]  # fmt: skip
    Obligation.objects.bulk_create(rows, ignore_conflicts=True)
    _tell(call, f"{issuer.name} yêu cầu báo cáo {small(call.subject)}, chậm nhất {show(last_day)}")
    audit.record("call.asked", subject=call, by=by, note=f"{len(rows)} đơn vị, hạn {show(last_day)}")
    return call


def _tell(call, words):
    """One message to each officer who writes reports in a unit that owes this one."""
    rows = list(call.obligations.select_related("unit"))
    people = holders({row.unit_id for row in rows}, today())
    for row in rows:
        for person in people.get((row.unit_id, Permission.REPORT_WRITE), []):
            url = reverse("report", args=[row.public_id])
            inbox.send(officer=person, key=f"call:{row.public_id}", day=today(), subject=words, url=url)


@transaction.atomic
def take_back(*, call, by, reason):
    """Thu hồi: what nobody has begun is no longer owed. Refused once a report was sent."""
    call = ReportCall.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=call.pk)
    if call.voided_at:
        return call
    if not clean_text(reason):
        raise Refusal("Hãy ghi lý do thu hồi.")
    if call.obligations.filter(submissions__sent_at__isnull=False).exists():
        raise Refusal("Đã có đơn vị gửi báo cáo này nên không thu hồi được.")
    if call.obligations.exclude(submissions=None, requests=None).exists():
        raise Refusal("Đã có đơn vị soạn báo cáo này hoặc xin gia hạn. Hãy gọi điện thống nhất; báo cáo vẫn được giữ.")
    call.obligations.all().delete()
    call.voided_at, call.void_reason = stamp(), clean_text(reason)[:300]
    call.save(update_fields=["voided_at", "void_reason"])
    audit.record("call.taken_back", subject=call, by=by, note=call.void_reason)
    return call
