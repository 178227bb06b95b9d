"""Đề cương của cấp nhận: attach the file, add sections and chỉ tiêu bổ sung, take them out again. No programming."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.documents.files import store
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import harmless
from childcare.lib.vietnamese import clean_text
from reports.models import ExtraItem, Outline, OutlineSection

MOST = 60  # sections or items of one outline: a form that is longer is another form


@transaction.atomic
def issue(*, issuer, by, title, regime=None, call=None, since=None, until=None, file=None, file_name=""):
    """An outline for reports of a regime whose data end from `since` to before `until`, or for a call (one for each)."""
    if call is not None and (known := Outline.objects.filter(call=call).first()):
        return known
    since = since or call.cutoff
    kept = _kept(file, file_name, by) if file else None
    row = Outline.objects.create(
        issuer=issuer, regime=regime, call=call, title=clean_text(title)[:300], since=since, file=kept, created_by=by,
        until=until,
    )  # fmt: skip
    audit.record("outline.issued", subject=row, by=by)
    return row


def _kept(data, name, by):
    bytes_, ending, content_type = harmless(data, name)
    return store(name=f"de-cuong.{ending}", content_type=content_type, data=bytes_, by=by)


@transaction.atomic
def attach(*, outline, by, file, file_name):
    """Put the file of the outline, or another in its place."""
    outline = _held(outline)
    outline.file = _kept(file, file_name, by)
    outline.save(update_fields=["file"])
    audit.record("outline.changed", subject=outline, by=by, note="tệp đề cương")
    return outline


def _held(outline):
    """The outline as it is now, held until the transaction ends. Refuses one that is no longer used."""
    outline = Outline.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=outline.pk)
    if outline.voided_at:
        raise Refusal("Đề cương này đã thôi dùng.")
    return outline


@transaction.atomic
def add_section(*, outline, by, title, hint=""):
    """One more section. The same title twice is one section: a double click adds nothing."""
    outline, title = _held(outline), clean_text(title)[:200]
    found = outline.sections.filter(voided_at=None)
    if same := found.filter(title__iexact=title).first():
        return same
    _room(found)
    row = OutlineSection.objects.create(outline=outline, title=title, hint=clean_text(hint)[:500])
    audit.record("outline.changed", subject=outline, by=by, note=f"thêm mục: {title}")
    return row


@transaction.atomic
def add_item(*, outline, by, name, measure, summed, hint=""):
    """One more chỉ tiêu bổ sung. The same name twice is refused when it says something else, else it is the same."""
    outline, name, measure = _held(outline), clean_text(name)[:200], clean_text(measure)[:40]
    found = outline.items.filter(voided_at=None)
    if same := found.filter(name__iexact=name).first():
        if (same.measure, same.summed) != (measure, summed):
            raise Refusal("Đã có chỉ tiêu cùng tên trong đề cương. Hãy bỏ chỉ tiêu cũ trước, hoặc đặt tên khác.")
        return same
    _room(found)
    row = ExtraItem.objects.create(outline=outline, name=name, measure=measure, summed=summed, hint=clean_text(hint)[:500])
    audit.record("outline.changed", subject=outline, by=by, note=f"thêm chỉ tiêu: {name} ({measure})")
    return row


def _room(found):
    if found.count() >= MOST:
        raise Refusal(f"Đề cương đã có {MOST} dòng. Hãy bỏ bớt trước khi thêm.")


@transaction.atomic
def drop(*, row, by):
    """Bỏ a section or an item: reports not signed yet are asked for it no longer, signed ones keep what they say."""
    outline = _held(row.outline)
    if row.voided_at is None:
        row.voided_at = stamp()
        row.save(update_fields=["voided_at"])
        audit.record("outline.changed", subject=outline, by=by, note=f"bỏ: {row}")
    return row


@transaction.atomic
def stop(*, outline, by):
    """Thôi dùng the whole outline."""
    outline = Outline.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=outline.pk)
    if outline.voided_at is None:
        outline.voided_at = stamp()
        outline.save(update_fields=["voided_at"])
        audit.record("outline.stopped", subject=outline, by=by)
    return outline
