"""The draft of a report: begin, save what the officer writes, refresh figures without losing it, confirm zeros, present."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import nfc
from reports import collecting, drafts, extras, freezing, refreshing, states
from reports.actions.base import STALE, Conflict, bump, locked
from reports.models import Obligation, Submission, ZeroConfirmation

LONGEST = 20_000
REASON = 500  # letters of the reason for one warning


@transaction.atomic
def begin(*, obligation, by):
    """The current version of an owed report; a first draft with text proposed from the figures when there is none."""
    obligation = (
        Obligation.objects.select_for_update(of=("self",)).select_related("unit__parent", "regime").get(pk=obligation.pk)
    )
    current = obligation.submissions.current().first()
    if current:
        return current
    last = obligation.submissions.order_by("-number").first()
    submission = Submission(obligation=obligation, created_by=by, number=last.number + 1 if last else 1)
    submission.as_office = obligation.office_id is not None
    drafts.propose(submission)
    submission.save()
    refreshing.keep_keys(submission)
    audit.record("report.begun", subject=submission, by=by)
    return submission


def clean(text):
    """A typed text as it is kept: composed, one kind of line break, ends trimmed."""
    return nfc(text).replace("\r\n", "\n").strip()[:LONGEST]


@transaction.atomic
def save_text(*, submission, by, version, texts=None, estimates=None, as_office=None, numbers=None, page="", quiet=False):
    """Keep the officer's words. `texts`: section key → text; a text equal to the proposal is no edit.

    Raises Conflict when another officer or another window (`page`) saved meanwhile, so that nothing is overwritten.
    `quiet` is the saving by itself: it never counts as handed in.
    """
    submission = locked(submission)
    check_draft(submission)
    draft = drafts.Draft.parse(submission.text)
    if submission.version != version and not (page and draft.saved.get("page") == page):
        raise Conflict(STALE)
    changed = draft.edit({key: clean(text) for key, text in (texts or {}).items()})
    changed += draft.type_in({code: " ".join(clean(text).split())[:40] for code, text in (numbers or {}).items()})
    if estimates is not None and estimates != submission.estimates:
        submission.estimates = estimates
        changed.append("estimates")
    if as_office is not None and as_office != submission.as_office:
        submission.as_office = as_office and submission.obligation.office_id is not None
        changed.append("as_office")
    if not changed:
        return submission
    draft.saved = {"page": page, "at": stamp().isoformat(), "by": by.full_name}
    submission.text = draft.dump()
    bump(submission, "text", "estimates", "as_office")
    audit.record("report.autosaved" if quiet else "report.saved", subject=submission, by=by, fields=changed)
    return submission


def check_draft(submission):
    """Refuse unless the report is a draft."""
    if submission.state != Submission.State.DRAFT:
        now = f"Báo cáo đã chuyển sang trạng thái “{submission.get_state_display()}” nên không sửa được nữa."
        raise Refusal(" ".join(part for part in (now, states.told(submission)) if part))


@transaction.atomic
def settle(*, submission, key, by, keep):
    """Of a section whose figures moved under the officer's words: `keep` them as they are, or take the new proposal."""
    submission = locked(submission)
    check_draft(submission)
    draft = drafts.Draft.parse(submission.text)
    if key not in draft.sections:
        raise Refusal("Báo cáo không có mục này.")
    draft.seen(key)
    if not keep:
        draft.sections[key]["text"] = None
    submission.text = draft.dump()
    bump(submission, "text")
    audit.record("report.saved", subject=submission, by=by, fields=[key])
    return submission


@transaction.atomic
def refresh(*, submission, by):
    """Count again and propose the text anew; what the officer wrote stays. Returns the list of changed figures."""
    submission = locked(submission)
    check_draft(submission)
    changes = drafts.propose(submission)
    bump(submission, "text", "figures_at")
    refreshing.keep_keys(submission)
    audit.record("report.refreshed", subject=submission, by=by, fields=[row["code"] for row in changes])
    return changes


@transaction.atomic
def confirm_zero(*, submission, codes, checked_with, by):
    """Xác nhận không phát sinh: who, when, checked with whom. Only then the zero of a sensitive count is printed."""
    submission = locked(submission)
    check_draft(submission)
    checked_with = nfc(checked_with).strip()[:200]
    if not codes:
        raise Refusal("Hãy đánh dấu ít nhất một nội dung không phát sinh.")
    if not checked_with:
        raise Refusal("Hãy ghi đã đối chiếu với ai, ví dụ: Công an phường, Trạm y tế.")
    obligation = submission.obligation
    wrong = set(codes) - {row["code"] for row in collecting.unconfirmed(obligation)}
    if wrong:
        raise Refusal("Số liệu vừa thay đổi: nội dung đã chọn không còn bằng 0 hoặc đã được xác nhận. Hãy tải lại trang.")
    window = {"unit": obligation.unit, "data_from": obligation.data_from, "cutoff": obligation.cutoff}
    rows = [ZeroConfirmation(code=code, checked_with=checked_with, confirmed_by=by, **window) for code in codes]
    ZeroConfirmation.objects.bulk_create(rows, ignore_conflicts=True)
    ZeroConfirmation.objects.filter(code__in=codes, confirmed_by=by, **window).update(confirmed_at=stamp())
    audit.record("report.zero_confirmed", subject=submission, by=by, fields=codes, note=f"đối chiếu với {checked_with}")
    drafts.propose(submission)
    bump(submission, "text", "figures_at")
    refreshing.keep_keys(submission)
    return submission


@transaction.atomic
def explain(*, submission, by, version, reasons):
    """Keep why the officer lets figures stand that a check doubts. `reasons`: sentence of a warning → words, "" takes it back.

    They are frozen with the report and stand on the phiếu trình ký. Refuses a page that is older than the draft.
    """
    submission = locked(submission)
    if states.repeated(submission, "present", by):
        return submission
    check_draft(submission)
    if submission.version != version:
        raise Refusal("Báo cáo vừa được lưu lại. Hãy tải lại trang, đọc lại rồi trình ký.")
    draft = drafts.Draft.parse(submission.text)
    before = {sentence: row["reason"] for sentence, row in draft.explained.items()}
    typed = {sentence: " ".join(clean(text).split())[:REASON] for sentence, text in reasons.items()}
    changed = {sentence for sentence, text in typed.items() if text != before.get(sentence, "")}
    if not changed:
        return submission
    for sentence in changed:
        draft.explained.pop(sentence, None)
        if typed[sentence]:
            draft.explained[sentence] = {"reason": typed[sentence], "by": by.full_name, "at": stamp().isoformat()}
    submission.text = draft.dump()
    bump(submission, "text")
    audit.record("report.explained", subject=submission, by=by, note=f"{len(changed)} cảnh báo")
    return submission


@transaction.atomic
def present(*, submission, by, version):
    """Trình ký: what the officer has read is frozen, so that the paper that is signed and the figures kept are one.

    Refuses when figures moved since they were last taken: nobody signs a text that speaks of other figures.
    """
    submission = locked(submission)
    if states.repeated(submission, "present", by):
        return submission
    states.move(submission, "present")
    if submission.version != version:
        raise Refusal("Báo cáo vừa được lưu lại. Hãy tải lại trang, đọc lại rồi trình ký.")
    changed = drafts.changed_since(submission)
    if changed:
        raise Refusal(
            f"{len(changed)} số liệu đã thay đổi từ lần cập nhật trước. Hãy bấm “Cập nhật số liệu”, đọc lại rồi trình ký."
        )
    draft = drafts.Draft.parse(submission.text)
    if wrong := next((row["wrong"] for row in extras.lines(draft) if row["wrong"]), ""):
        raise Refusal(f"Hãy sửa chỉ tiêu bổ sung trước khi trình ký. {wrong}")
    keys = collecting.keys_of(submission.obligation)
    submission.snapshot = freezing.take(obligation=submission.obligation, draft=draft, by=by, keys=keys)
    submission.presented_at, submission.presented_by = stamp(), by
    submission.opinion, submission.opinion_agrees = "", None  # a word on an earlier text says nothing of this one
    submission.opinion_at = submission.opinion_by = None
    opinion = ("opinion", "opinion_agrees", "opinion_at", "opinion_by")
    bump(submission, "state", "snapshot", "presented_at", "presented_by", *opinion)
    audit.record("report.presented", subject=submission, by=by)
    return submission


@transaction.atomic
def withdraw(*, submission, by):
    """Rút về dự thảo, before it is signed: what was frozen for signing is let go."""
    submission = locked(submission)
    states.move(submission, "withdraw")
    snapshot, submission.snapshot = submission.snapshot, None
    bump(submission, "state", "snapshot")
    let_go(submission, snapshot)
    audit.record("report.withdrawn", subject=submission, by=by)
    return submission


def let_go(submission, snapshot):
    """Delete what was frozen for a signature that was not given, and what was corrected in it."""
    before = [row.before for row in submission.corrections.select_related("before")]
    submission.corrections.all().delete()
    for row in [*before, snapshot] if snapshot else before:
        row.delete()


@transaction.atomic
def new_version(*, submission, by):
    """The next version of a returned report, beginning with the returned one's words and fresh figures."""
    old = locked(submission)
    if old.state == Submission.State.REPLACED:
        return old.obligation.submissions.current().get()
    states.move(old, "replace")
    old.current = False
    bump(old, "state", "current")
    new = Submission(
        obligation=old.obligation, number=old.number + 1, created_by=by, text=old.snapshot.text, estimates=old.estimates,
        as_office=old.as_office,
    )  # fmt: skip
    drafts.propose(new)
    new.save()
    refreshing.keep_keys(new)
    audit.record("report.version_begun", subject=new, by=by, note=f"thay cho bản {old.number}")
    return new
