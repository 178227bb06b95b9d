"""A check from its announcement to the last kiến nghị mended."""

from django.db import transaction
from django.db.models import Max

from childcare.audit import actions as audit
from childcare.lib.calendar import stamp, today
from childcare.lib.refusal import Refusal
from plans.actions.held import check_version, saved
from plans.models import Inspection, Recommendation

MOST = 60
TOO_SOON = "Hạn khắc phục phải sau ngày kiểm tra."


def _check(unit, by_unit, starts_on, ends_on, team, decision):
    if not unit.is_under(by_unit):
        raise Refusal(f"{by_unit.name} không kiểm tra {unit.name}: không phải đơn vị cấp dưới.")
    if ends_on < starts_on:
        raise Refusal("Ngày kết thúc không được trước ngày bắt đầu.")
    if team and not decision:
        raise Refusal("Đoàn kiểm tra thì ghi số quyết định thành lập đoàn.")


@transaction.atomic
def plan(*, by, unit, by_unit, starts_on, ends_on, scope, team="", decision=""):
    """Write down a check. A unit that checks itself is both."""
    _check(unit, by_unit, starts_on, ends_on, team, decision)
    row = Inspection.objects.create(
        unit=unit, by_unit=by_unit, starts_on=starts_on, ends_on=ends_on, scope=scope, team=team, decision=decision,
        recorded_by=by,
    )  # fmt: skip
    audit.record("inspection.planned", subject=row, by=by)
    return row


def _locked(inspection, version, *states):
    row = Inspection.objects.select_for_update(of=("self",)).select_related("unit", "by_unit").get(pk=inspection.pk)
    if version is not None:
        check_version(row, version, "Cuộc kiểm tra")
    if row.voided_at:
        raise Refusal("Cuộc kiểm tra này đã được hủy.")
    if row.state not in states:
        raise Refusal(f"Cuộc kiểm tra {row.get_state_display().lower()}, không làm việc này được nữa.")
    return row


@transaction.atomic
def add_recommendation(*, inspection, by, text, due_on=None):
    """One kiến nghị more, before the conclusion."""
    row = _locked(inspection, None, Inspection.State.PLANNED)
    if due_on and due_on < row.starts_on:
        raise Refusal(TOO_SOON)
    last = row.recommendations.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refusal(f"Cuộc kiểm tra này đã có {MOST} kiến nghị.")
    made = Recommendation.objects.create(inspection=row, position=last + 1, text=text, due_on=due_on)
    audit.record("inspection.recommended", subject=made, by=by)
    return made


def _draft(recommendation, version):
    """A kiến nghị that nobody was told yet, locked."""
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    row.inspection = _locked(row.inspection, None, Inspection.State.PLANNED)
    check_version(row, version, "Kiến nghị")
    return row


@transaction.atomic
def correct_recommendation(*, recommendation, by, version, text, due_on=None):
    """Other words or another day for a kiến nghị, before the conclusion."""
    row = _draft(recommendation, version)
    if due_on and due_on < row.inspection.starts_on:
        raise Refusal(TOO_SOON)
    row.text, row.due_on = text, due_on
    audit.record("inspection.recommendation_corrected", subject=row, by=by, fields=["text", "due_on"])
    return saved(row, "text", "due_on")


@transaction.atomic
def drop_recommendation(*, recommendation, by, version):
    """Take a kiến nghị out before the conclusion: nobody was told of it, so nothing of it stays. The rest moves up."""
    row = _draft(recommendation, version)
    audit.record("inspection.recommendation_dropped", subject=row, by=by)
    later = row.inspection.recommendations.filter(position__gt=row.position).order_by("position")
    row.delete()
    for other in later:
        other.position -= 1
        other.save(update_fields=["position"])


@transaction.atomic
def void(*, inspection, by, version, reason):
    """The check was written down by mistake: it is read and reminded of no more; who, when and why stay."""
    row = _locked(inspection, version, *Inspection.State)
    if not reason.strip():
        raise Refusal("Hãy ghi lý do hủy.")
    row.voided_at, row.voided_by, row.void_reason = stamp(), by, reason.strip()[:300]
    audit.record("inspection.voided", subject=row, by=by)
    return saved(row, "voided_at", "voided_by", "void_reason")


@transaction.atomic
def conclude(*, inspection, by, version, findings, concluded_on):
    """What was found; from now on the unit reads it and its kiến nghị run."""
    row = _locked(inspection, version, Inspection.State.PLANNED)
    if concluded_on < row.starts_on or concluded_on > today():
        raise Refusal("Ngày kết luận phải từ ngày bắt đầu kiểm tra đến hôm nay.")
    row.findings, row.concluded_on, row.state = findings, concluded_on, Inspection.State.CONCLUDED
    audit.record("inspection.concluded", subject=row, by=by)
    return saved(row, "findings", "concluded_on", "state")


@transaction.atomic
def answer(*, inspection, by, version, answer):
    """What the unit says to the conclusion."""
    row = _locked(inspection, version, Inspection.State.CONCLUDED)
    row.answer, row.answered_at, row.answered_by = answer, stamp(), by
    audit.record("inspection.answered", subject=row, by=by)
    return saved(row, "answer", "answered_at", "answered_by")


@transaction.atomic
def mend(*, recommendation, by, version, result, done_on):
    """What was done about a kiến nghị; it ends the reminders."""
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("inspection__unit")
    row = found.get(pk=recommendation.pk)
    check_version(row, version, "Kiến nghị")
    if not row.inspection.concluded or row.inspection.voided_at:
        raise Refusal("Cuộc kiểm tra chưa kết luận hoặc đã được hủy.")
    if done_on < row.inspection.starts_on or done_on > today():
        raise Refusal("Ngày khắc phục phải từ ngày kiểm tra đến hôm nay.")
    row.result, row.done_on, row.done_by, row.version = result, done_on, by, row.version + 1
    row.save(update_fields=["result", "done_on", "done_by", "version"])
    audit.record("inspection.mended", subject=row, by=by)
    return row
