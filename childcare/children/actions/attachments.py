"""Papers and photos of a child: keep, void. A voided paper stays and can be opened no more."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import fresh, insert, locked, once, told_of, void_row
from childcare.children.models import Attachment
from childcare.documents import files
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import harmless

MOST = 100
FULL = f"Trẻ này đã có {MOST} giấy tờ, ảnh. Hãy hủy những tệp không còn cần rồi tải lên."


@once(Attachment)
def keep(*, by, once, child, kind, name, data, title="", sensitive=False):
    """Keep a paper or photo, made harmless before. A sensitive one opens only to the team of the child's protected file."""
    child = locked(child)
    if Attachment.objects.filter(child=child, voided_at=None).count() >= MOST:
        raise Refusal(FULL)
    cover = protection.file_for(child=child, by=by) if sensitive else None
    kept, ending, content_type = harmless(data, name)
    stored = files.store(name=f"{Attachment.Kind(kind).label}.{ending}", content_type=content_type, data=kept, by=by)
    row = Attachment(
        public_id=once, child=child, kind=kind, title=title, file=stored, protected_file=cover, recorded_by=by
    )  # fmt: skip
    insert(row)
    audit.record("attachment.kept", by=by, subject=told_of(row), fields=["kind", "file"])
    return row


@transaction.atomic
def void(*, attachment, by, version, reason):
    """The paper should not be there: nobody opens it any more; the bytes stay for the archive."""
    row = void_row(fresh(attachment, version), by=by, reason=reason)
    audit.record("attachment.voided", by=by, subject=told_of(row), fields=["voided_at"])
    return row
