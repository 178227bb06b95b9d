"""A paper edited outside and signed: its figures held against the snapshot, or corrected with a reason and a new one."""

from hashlib import sha256

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from reports import collecting, drafts, freezing, signed_papers
from reports.actions import signing
from reports.actions.base import bump, locked
from reports.actions.drafting import clean
from reports.models import FigureCorrection, SignedWords, SnapshotKeys, Submission

REASON = 1000


def check_waiting(submission):
    """Only what waits for its signature."""
    if submission.state != Submission.State.TO_SIGN:
        raise Refusal("Chỉ báo cáo đang chờ ký mới nhận bản ký có lời khác. Hãy tải lại trang.")


def sign(*, submission, by, version, ticked, scan, **values):
    """Ghi nhận ký with the words of the paper. Every table is ticked as equal and the scan is there, else refused."""
    if scan is None:
        raise Refusal("Hãy chọn bản quét: lời của bản ký là lời chính thức.")
    signing.kind_of_scan(scan)
    wanted = signed_papers.sheets(submission)
    missing = [sheet.title for sheet in wanted if sheet.key not in ticked]
    if missing:
        raise Refusal(f"Chưa đối chiếu: {'; '.join(missing)}. Nếu có số khác, hãy bấm “Có số khác bản ký”.")
    confirm(submission=submission, by=by, version=version, scan=scan, titles=[sheet.title for sheet in wanted])
    return signing.sign(submission=submission, by=by, version=version, scan=scan, **values)


@transaction.atomic
def confirm(*, submission, by, version, scan, titles):
    """Write who held which tables against which scan. It says something of that scan alone, so it may be written again."""
    submission = locked(submission)
    if submission.state == Submission.State.SIGNED and submission.words_by_paper:
        return
    check_waiting(submission)
    if submission.version != version:
        raise Refusal("Báo cáo vừa được rút về hoặc trình lại. Hãy tải lại trang.")
    digest = sha256(scan).hexdigest()
    said = {"scan_sha256": digest, "tables": titles, "confirmed_by": by}
    SignedWords.objects.update_or_create(submission=submission, defaults=said)
    audit.record("report.words_confirmed", subject=submission, by=by, note=f"{len(titles)} bảng")


@transaction.atomic
def correct(*, submission, by, version, reason, figures, parts=(), helped=(), multipliers=None):
    """The signed paper says other figures: a new snapshot with them, the reason and the old one kept. Words stay."""
    submission, reason = locked(submission), " ".join(clean(reason).split())[:REASON]
    check_waiting(submission)
    if submission.version != version:
        raise Refusal("Báo cáo vừa được rút về hoặc sửa theo bản ký. Hãy tải lại trang.")
    if not reason:
        raise Refusal("Hãy ghi vì sao số trên bản ký khác số trong hệ thống.")
    owed, draft = submission.obligation, drafts.load(submission)
    changed = signed_papers.differing(draft, figures)
    new = signed_papers.corrected(draft, owed, changed, parts, helped)
    if new.dump() == draft.dump():
        raise Refusal("Chưa có số nào khác. Hãy gõ số của bản ký vào ô tương ứng.")
    old = submission.snapshot
    keys = SnapshotKeys.objects.filter(snapshot=old).exclude(code__in=[key.partition("|")[0] for key in changed])
    submission.snapshot = freezing.take(obligation=owed, draft=new, by=by, keys=keys.values_list("code", "keys"))
    bump(submission, "snapshot")
    FigureCorrection.objects.create(
        submission=submission, before=old, reason=reason, made_by=by, figures=told(draft, new, changed)
    )
    audit.record(
        "report.figures_corrected", subject=submission, by=by, fields=sorted({key.partition("|")[0] for key in changed})
    )
    return submission


def told(old, new, changed):
    """[{key, name, before, after}] of the figures that the paper says otherwise."""
    names, rows = collecting.names(), []
    for key in changed:
        code, _, breakdown = key.partition("|")
        before, after = old.figures(code, breakdown), new.figures(code, breakdown)
        rows.append({"key": key, "name": names.get(code, code), "before": before.text, "after": after.text})
    return rows
