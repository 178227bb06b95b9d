"""What the page of a child shows of its papers, consents and resting data: three lists of lines in words."""

from childcare.children.actions.consents import missing
from childcare.children.history import when
from childcare.children.models import Attachment, Consent, ProcessingRestriction
from childcare.lib.calendar import show
from childcare.lib.vietnamese import number


def of_child(child, *, officer):
    """Papers that the officer may open, consents, and the restriction in force or None."""
    papers = Attachment.objects.visible_to(officer).filter(child=child, voided_at=None).select_related("file")
    agreed = Consent.objects.visible_to(officer).filter(child=child, voided_at=None).select_related("purpose", "child")
    rests = ProcessingRestriction.objects.visible_to(officer).filter(child=child, voided_at=None, ended_on=None).first()
    return {
        "papers": [_paper(row) for row in papers.order_by("kind", "-pk")],
        "consents": [_consent(row) for row in agreed.order_by("ended_on", "-pk")],
        "restriction": rests,
    }


def _paper(row):
    size = max(1, round(row.file.size / 1024))
    ending = row.file.name.rpartition(".")[2].upper()
    return {
        "public_id": row.public_id, "text": row.get_kind_display(), "title": row.title,
        "protected": bool(row.protected_file_id),
        "about": f"{ending}, {number(size)} KB, lưu ngày {show(row.recorded_at.date())}",
    }  # fmt: skip


def _consent(row):
    who = " ".join(filter(None, [row.giver, f"({row.relation})" if row.relation else ""]))
    agreed = [who and f"người đại diện: {who}", "trẻ đã đồng ý" if row.child_agreed else "", row.proof]
    lacks = missing(row) if row.ended_on is None else ""
    return {
        "public_id": row.public_id, "text": row.purpose.name, "note": " · ".join(filter(None, agreed)), "lacks": lacks,
        "open": row.ended_on is None, "when": when(row) if row.ended_on is None else f"đã rút ngày {show(row.ended_on)}",
    }  # fmt: skip
