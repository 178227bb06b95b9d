"""The draft of a report: begin, save what the officer writes, refresh figures without losing it, confirm zeros, present."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import nfc
from reports import drafts, states
from reports.models import Obligation, Submission, ZeroConfirmation


def locked(submission):
    """The row as it is now, held until the transaction ends."""
    return Submission.objects.select_for_update().select_related("obligation__unit", "obligation__regime").get(pk=submission.pk)


def bump(submission, *fields):
    """Save the named fields and count the version up."""
    submission.version += 1
    submission.save(update_fields=[*fields, "version"])


@transaction.atomic
def begin(*, obligation, by):
    """The current version of an owed report; a first draft with text proposed from the figures when there is none."""
    obligation = Obligation.objects.select_for_update().get(pk=obligation.pk)
    current = obligation.submissions.current().first()
    if current:
        return current
    submission = Submission(obligation=obligation, created_by=by)
    drafts.propose(submission)
    submission.save()
    audit.record("report.begun", subject=submission, by=by)
    return submission


@transaction.atomic
def save_text(*, submission, by, version, texts, estimates, as_office):
    """Keep the officer's words. `texts`: section id → text; a text equal to the proposal is not an edit.

    Refuses when another officer saved meanwhile, so that nothing is overwritten; the typed text stays in the form.
    """
    submission = locked(submission)
    if submission.state != Submission.State.DRAFT:
        raise Refusal(f"Báo cáo đã chuyển sang trạng thái “{submission.get_state_display()}” nên không sửa được nữa.")
    if submission.version != version:
        raise Refusal("Báo cáo vừa được người khác lưu. Hãy chép lại phần mình vừa gõ, tải lại trang rồi ghép vào.")
    draft = drafts.load(submission)
    changed = draft.edit({key: nfc(text).replace("\r\n", "\n").strip() for key, text in texts.items()})
    submission.text = draft.dump()
    submission.estimates = estimates
    submission.as_office = as_office
    bump(submission, "text", "estimates", "as_office")
    audit.record("report.saved", subject=submission, by=by, fields=changed)
    return submission


@transaction.atomic
def refresh(*, submission, by):
    """Count again and propose the text anew; what the officer wrote stays. Returns the list of changed figures."""
    submission = locked(submission)
    if submission.state != Submission.State.DRAFT:
        raise Refusal("Chỉ bản dự thảo mới cập nhật số liệu được.")
    changes = drafts.propose(submission)
    bump(submission, "text", "figures_at")
    audit.record("report.refreshed", subject=submission, by=by)
    return changes


@transaction.atomic
def confirm_zero(*, submission, codes, checked_with, by):
    """Xác nhận không phát sinh: who, when, checked with whom. Only then the zero of a sensitive count is printed."""
    obligation = submission.obligation
    if not checked_with.strip():
        raise Refusal("Hãy ghi đã đối chiếu với ai, ví dụ: Công an phường, Trạm y tế.")
    for code in codes:
        ZeroConfirmation.objects.get_or_create(
            unit=obligation.unit,
            code=code,
            data_from=obligation.data_from,
            cutoff=obligation.cutoff,
            defaults={"checked_with": checked_with.strip()[:200], "confirmed_by": by},
        )
    audit.record("report.zero_confirmed", subject=submission, by=by, fields=codes, note=f"đối chiếu với {checked_with.strip()[:200]}")


@transaction.atomic
def present(*, submission, by):
    """Trình ký. The figures are counted once more, so that what is signed is what was presented."""
    submission = locked(submission)
    states.move(submission, "present")
    submission.presented_at, submission.presented_by = timezone.now(), by
    bump(submission, "state", "presented_at", "presented_by")
    audit.record("report.presented", subject=submission, by=by)
    return submission


@transaction.atomic
def withdraw(*, submission, by):
    """Rút về dự thảo, before it is signed."""
    submission = locked(submission)
    states.move(submission, "withdraw")
    bump(submission, "state")
    audit.record("report.withdrawn", subject=submission, by=by)
    return submission


@transaction.atomic
def new_version(*, submission, by):
    """The next version of a returned report, beginning with the returned one's words and fresh figures."""
    old = locked(submission)
    states.move(old, "replace")
    old.current = False
    bump(old, "state", "current")
    new = Submission(
        obligation=old.obligation, number=old.number + 1, created_by=by, text=old.text, estimates=old.estimates, as_office=old.as_office
    )
    drafts.propose(new)
    new.save()
    audit.record("report.version_begun", subject=new, by=by, note=f"thay cho bản {old.number}")
    return new


