"""Typed figures: of other sectors, and of reports from before the system ("theo báo cáo cũ"), with source and date."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.lib.calendar import show
from childcare.lib.periods import parse, year_earlier
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital, clean_text
from reports.models import ManualFigure, Obligation

STANDS = "Chỉ tiêu này đã có số của {} cho kỳ {} – {}. Hãy hủy dòng cũ trước khi nhập số khác."


def windows_of(officer, year):
    """[(data_from, cutoff, words)]: the windows of the reports that the officer may read, and the year before (cùng kỳ).

    A typed figure is found by exactly its window, so that the form offers these and no other days. The newest first.
    """
    owed = Obligation.objects.visible_to(officer).filter(cutoff__year__gte=year - 3, cutoff__year__lte=year + 1, subject="")
    found = {}
    for first, last, period in owed.order_by().values_list("data_from", "cutoff", "period").distinct():
        found.setdefault((year_earlier(first), year_earlier(last)), parse(period).last_year().name)
    for first, last, period in owed.order_by().values_list("data_from", "cutoff", "period").distinct():
        found[first, last] = parse(period).name
    rows = [(first, last, f"{capital(words)}: {show(first)} – {show(last)}") for (first, last), words in found.items()]
    return sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)


def check(*, numerator, denominator, percentage):
    """Refuse a figure without a value, or one that says two things."""
    if numerator is None and percentage is None:
        raise Refusal("Hãy nhập tử số, hoặc tỷ lệ nếu chỉ biết tỷ lệ.")
    if percentage is not None and (numerator is not None or denominator is not None):
        raise Refusal("Đã có tử số thì tỷ lệ tự tính được: hãy để trống tỷ lệ.")
    if denominator is not None and denominator <= 0:
        raise Refusal("Mẫu số phải lớn hơn 0.")
    for value in (numerator, percentage):
        if value is not None and value < 0:
            raise Refusal("Số liệu không được âm.")


def standing(*, unit, indicator, data_from, cutoff, origin, breakdown=""):
    """The valid figure of the same unit, indicator, window and origin, or None."""
    return (
        ManualFigure.objects.valid()
        .filter(unit=unit, indicator=indicator, breakdown=breakdown, data_from=data_from, cutoff=cutoff, origin=origin)
        .first()
    )


def older(obligation):
    """(name, day of the source) of the typed figures of the owed report whose source speaks of a day before its period."""
    rows = ManualFigure.objects.valid().filter(
        unit=obligation.unit, cutoff=obligation.cutoff, data_from=obligation.data_from, source_date__lt=obligation.data_from
    )
    return list(rows.order_by("indicator__position", "breakdown").values_list("indicator__name", "source_date"))


@transaction.atomic
def enter(*, by, unit, indicator, data_from, cutoff, origin, source, source_date=None, numerator=None, denominator=None,
          percentage=None, breakdown="", note=""):  # fmt: skip
    """Write one typed figure. Numerator and denominator are summed upwards, a bare percentage is shown and never summed."""
    check(numerator=numerator, denominator=denominator, percentage=percentage)
    key = {
        "unit": unit, "indicator": indicator, "data_from": data_from, "cutoff": cutoff, "origin": origin,
        "breakdown": breakdown,
    }  # fmt: skip
    if old := standing(**key):
        raise Refusal(STANDS.format(old.unit.name, show(data_from), show(cutoff)))
    figure = ManualFigure.objects.create(
        numerator=numerator, denominator=denominator, percentage=percentage, source=clean_text(source)[:200],
        source_date=source_date, note=clean_text(note)[:300], entered_by=by, **key,
    )  # fmt: skip
    audit.record("figure.entered", subject=figure, by=by)
    return figure


@transaction.atomic
def void(*, figure, by, reason):
    """Take a figure out of every count; the row stays with the reason."""
    figure = ManualFigure.objects.select_for_update(of=("self",)).select_related("unit", "indicator").get(pk=figure.pk)
    if figure.voided_at:
        raise Refusal("Số liệu này đã được hủy trước đó.")
    if not clean_text(reason):
        raise Refusal("Hãy ghi lý do hủy.")
    figure.voided_at, figure.void_reason = timezone.now(), clean_text(reason)[:300]
    figure.save(update_fields=["voided_at", "void_reason"])
    audit.record("figure.voided", subject=figure, by=by)
    return figure
