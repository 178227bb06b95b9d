"""Đưa vào báo cáo: sentences of the reports below go into the collecting report, with where each came from."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from reports import drafts, gathered
from reports.actions.base import STALE, Conflict, bump, locked
from reports.actions.drafting import LONGEST, check_draft


@transaction.atomic
def take(*, submission, by, version, boxes):
    """Append the chosen sentences to their sections of the draft; one that stands there already only adds its source.

    Returns (the submission, how many sentences are new). Refuses a page that is older than the draft or than a report below.
    """
    submission = locked(submission)
    check_draft(submission)
    if submission.version != version:
        raise Conflict(STALE)
    draft = drafts.Draft.parse(submission.text)
    offered = gathered.every_line(submission.obligation, draft)
    if set(boxes) - set(offered):
        raise Refusal("Một báo cáo cấp dưới vừa thay đổi. Hãy tải lại trang rồi chọn lại.")
    if not boxes:
        raise Refusal("Hãy đánh dấu ít nhất một câu để đưa vào báo cáo.")
    chosen = [line for box, line in offered.items() if box in set(boxes)]
    new = sum(add(draft, line) for line in chosen)
    submission.text = draft.dump()
    bump(submission, "text")
    audit.record("report.gathered", subject=submission, by=by, fields=sorted({line.key for line in chosen}), note=f"{new} câu")
    return submission, new


def add(draft, line):
    """Write one sentence and its source into the draft; True when it was not there."""
    kept = draft.sources.setdefault(line.key, [])
    if line.source not in kept:
        kept.append(line.source)
    text = draft.text(line.key)
    if line.text in gathered.standing_of(text):
        return False
    whole = f"{text}\n{line.text}".strip()
    if len(whole) > LONGEST:
        raise Refusal("Mục này đã quá dài để đưa thêm câu. Hãy rút gọn trước.")
    draft.edit({line.key: whole})
    return True
