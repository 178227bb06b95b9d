"""Numbers of outgoing documents: given by the application without gap or double, or typed as the paper book gave them.

A number is given inside the transaction that uses it, while the row of its series is held: who comes second waits, and a
transaction that fails gives its number back. What was given and is not needed is cancelled with a reason, and never used again.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.documents.books import KINDS
from childcare.documents.models import IssuedDocument, NumberingRule, NumberSeries, OutgoingEntry
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text

NOT_TYPED = "Hãy gõ số do văn thư cấp. Đơn vị chưa bật cấp số bằng phần mềm cho loại văn bản này."
NOT_RESERVED = (
    "Loại văn bản này do phần mềm cấp số: hãy để trống ô số, hoặc gõ một số đã lấy trước trong Sổ văn bản đi mà chưa dùng."
)
TAKEN = "Số {}/{} năm {} đã dùng cho văn bản khác. Hãy hỏi lại văn thư."
CANCELLED = "Số {}/{} năm {} đã hủy ngày {}, không dùng lại. Hãy lấy số khác."
MOVED = "Số tiếp theo vừa được cấp cho văn bản khác. Hãy bấm lại."
ON_PAPER = "Số này đã ghi trên văn bản đã ký nên không hủy được. Văn bản sai thì ban hành văn bản thay thế hoặc đính chính."


class Moved(Refusal):
    """The proposed number went to somebody else meanwhile: propose again."""


def by_application(series):
    """True when the application gives the numbers of the series."""
    return NumberingRule.objects.filter(**series.keys, on=True).exists()


def plain(number):
    """A number as it is kept: "5" → "05"."""
    number = clean_text(str(number)).lower()
    return number.zfill(2) if number.isdigit() else number


def proposed(series, year, typed=""):
    """The number that a document would bear: the typed one, else the next of the series. Raises Refusal without either."""
    if typed:
        return plain(typed)
    if not by_application(series):
        raise Refusal(NOT_TYPED)
    kept = NumberSeries.objects.filter(**series.keys, year=year).first()
    return plain((kept.last if kept else _highest(series, year)) + 1)


def _highest(series, year):
    return OutgoingEntry.objects.in_book(**series.keys, year=year).aggregate(top=Max("order"))["top"] or 0


def held(series, year):
    """The row of the series, held until the transaction ends; the first use makes it, going on after the typed numbers."""
    row, _ = NumberSeries.objects.get_or_create(**series.keys, year=year, defaults={"last": _highest(series, year)})
    return NumberSeries.objects.select_for_update().get(pk=row.pk)


def require_free(series, number, notation, year):
    """Refused when the number stands in the book already, cancelled or not, or on a document from before the book."""
    number = plain(number)
    row = OutgoingEntry.objects.in_book(**series.keys, year=year).filter(number=number).first()
    if row is not None and row.cancelled_at:
        raise Refusal(CANCELLED.format(number, row.notation, year, show(row.cancelled_at.date())))
    others = IssuedDocument.objects.filter(unit=series.unit, entry=None, notation=notation, number=number)
    if row is not None or others.filter(issued_on__year=year).exists():
        raise Refusal(TAKEN.format(number, notation, year))


def may_bear(series, number, notation, year):
    """Asked before anything is made: refused when a typed number cannot be the document's."""
    if not by_application(series):
        require_free(series, number, notation, year)
    elif _reserved(series, plain(number), year) is None:
        raise Refusal(NOT_RESERVED)


def _reserved(series, number, year):
    rows = OutgoingEntry.objects.in_book(**series.keys, year=year).holding()
    return rows.filter(number=number, given=True, document=None).first()


def enter(series, *, by, number, notation, issued_on, subject, typed=False, **facts):
    """Write a document into the book under the number it was made with. Part of the larger action. Returns the row.

    `typed`: an officer typed the number. Raises Moved when a proposed one is no longer the next.
    """
    number, year = plain(number), issued_on.year
    values = {"notation": notation, "issued_on": issued_on, "subject": subject[:500], "kind": series.kind, **facts}
    row = held(series, year)
    given = by_application(series)
    if given and not typed:
        if number != plain(row.last + 1):
            raise Moved(MOVED)
        row.last += 1
        row.save(update_fields=["last"])
    elif given:
        reserved = _reserved(series, number, year)
        if reserved is None:
            raise Refusal(NOT_RESERVED)
        for name, value in values.items():
            setattr(reserved, name, value)
        reserved.version += 1
        reserved.save()
        return reserved
    else:
        require_free(series, number, notation, year)
        if number.isdigit():  # the series goes on after what the paper book gave
            row.last = max(row.last, int(number))
            row.save(update_fields=["last"])
    return OutgoingEntry.objects.create(**series.keys, year=year, number=number, given=given, created_by=by, **values)


@transaction.atomic
def take(series, *, by, issued_on, subject, number="", notation="", **facts):
    """Write down an outgoing document that was made elsewhere: the next number, or the typed one. Returns the row."""
    held(series, issued_on.year)  # the next number is read behind the lock: nobody takes it meanwhile
    asked = proposed(series, issued_on.year, number)
    notation = notation or series.notation
    if number and by_application(series):
        raise Refusal("Loại văn bản này do phần mềm cấp số: hãy để trống ô số.")
    row = enter(
        series, by=by, number=asked, notation=notation, issued_on=issued_on, subject=clean_text(subject),
        typed=bool(number), **facts,
    )  # fmt: skip
    audit.record("number.given", subject=row, by=by)
    return row


@transaction.atomic
def cancel(*, entry, by, reason):
    """Give up a number that is not needed: it stays in the book with the reason and is never given again."""
    entry = OutgoingEntry.objects.select_for_update().get(pk=entry.pk)
    reason = clean_text(reason)
    if entry.cancelled_at:
        raise Refusal("Số này đã được hủy.")
    if entry.document_id:
        raise Refusal(ON_PAPER)
    if not reason:
        raise Refusal("Hãy ghi lý do hủy số.")
    entry.cancelled_at, entry.cancelled_by, entry.cancel_reason = timezone.now(), by, reason[:300]
    entry.version += 1
    entry.save()
    audit.record("number.cancelled", subject=entry, by=by)
    return entry


@transaction.atomic
def describe(*, entry, by, version, **facts):
    """Recipients, keeper, copies, day of sending, remark of a row: what the clerk adds; number, day and kind stay."""
    entry = OutgoingEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.version != version:
        raise Refusal("Dòng sổ này vừa được người khác lưu. Hãy tải lại trang rồi sửa.")
    for name, value in facts.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.save()
    audit.record("number.described", subject=entry, by=by, fields=list(facts))
    return entry


@transaction.atomic
def switch(series, *, by, on, year, first=None):
    """Let the application number a series from now on, or no longer; `first` is the next number of the year.

    Refused for a `first` that the book has passed: a number is never given twice.
    """
    row = held(series, year)
    if on and first is not None:
        highest = _highest(series, year)
        if first <= highest:
            kind = KINDS.get(series.code, series.code)
            raise Refusal(f"{kind} năm {year} đã dùng đến số {highest}. Số tiếp theo phải từ {highest + 1} trở lên.")
        row.first, row.last = first, first - 1
        row.save(update_fields=["first", "last"])
    rule, made = NumberingRule.objects.get_or_create(**series.keys, defaults={"on": on, "changed_by": by})
    if not made and rule.on != on:
        rule.on, rule.changed_by = on, by
        rule.save()
    audit.record("number.switched", subject=series.unit, by=by, note=f"{series.code} {'bật' if on else 'tắt'}")
    return row
