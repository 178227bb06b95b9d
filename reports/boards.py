"""What the boards of a ward and of a district show: figures, what needs checking, who has reported. No HTTP here."""

from collections import Counter

from django.db.models import Count, Max, Min
from django.db.models.functions import Coalesce

from childcare.children.models import Child
from childcare.children.querysets import in_units
from childcare.units.models import Unit
from reports import standing, windows
from reports.models import Obligation, Submission
from reports.obligations import days_late, sent_on

FOUR = (
    ("DS-01", "trẻ em dưới 16 tuổi"),
    ("HC-01", "có hoàn cảnh đặc biệt"),
    ("HC-03", "được trợ giúp"),
    ("HC-05", "có nguy cơ rơi vào hoàn cảnh đặc biệt"),
)
S = Submission.State


def counted(unit, on):
    """The `Standing` figures of a unit at the end of the day, counted once for the whole board."""
    return standing.counted([unit], windows.running(unit, on))


def four_figures(table, unit):
    """Children, in special circumstances, helped, at risk: each as (Figure, label)."""
    return [(table.figure(code, unit), label) for code, label in FOUR]


# Value of the filter "cần kiểm tra" of the child list, the question of the query set, the words of the column.
CHECKS = (
    ("none", "number_missing", "Chưa có số định danh"),
    ("bad", "number_bad", "Số định danh sai định dạng"),
    ("basic", "basic_missing", "Thiếu thông tin cơ bản"),
)


def checks_by_hamlet(officer, unit):
    """Per hamlet of the unit how many present children lack a number, have a malformed one, or lack basic facts.

    Only children whom the officer sees; a fixed number of grouped queries. Rows: {"unit", "children", and one count per check}.
    """
    children = Child.objects.visible_to(officer).filter(in_units("unit", [unit])).residing()
    found = {row: {"unit": row, "children": count} for row, count in by_unit(children).items()}
    for key, question, _ in CHECKS:
        counts = by_unit(getattr(children, question)())
        for row in found:
            found[row][key] = counts.get(row, 0)
    units = Unit.objects.in_bulk(found)
    rows = [{**row, "unit": units[row["unit"]]} for row in found.values()]
    return sorted(rows, key=lambda row: (row["unit"].kind != "hamlet", natural(row["unit"].name)))


def by_unit(children):
    """Unit key → how many of the children live there now."""
    return dict(children.order_by().values_list("unit").annotate(Count("pk")))


def natural(name):
    """A sort key that puts "Tổ dân phố 2" before "Tổ dân phố 10"."""
    head = name.rstrip("0123456789")
    return head, int(name[len(head) :] or 0)


def state_of(obligation, submission, on):
    """(key, word) of an owed report on the day: chưa gửi, chờ ký, đã gửi, tiếp nhận, yêu cầu chỉnh sửa."""
    if submission is None or submission.state == S.DRAFT:
        return "unsent", "Chưa gửi"
    return {
        S.TO_SIGN: ("to_sign", "Chờ ký"),
        S.SIGNED: ("to_sign", "Đã ký, chưa gửi"),
        S.SENT: ("sent", "Đã gửi"),
        S.ACCEPTED: ("accepted", "Đã tiếp nhận"),
        S.RETURNED: ("returned", "Yêu cầu chỉnh sửa"),
    }[submission.state]


def periods_owed_to(unit):
    """Reports that lower units owe to the unit, newest last day first: (regime, period, last_day, what it tells of)."""
    rows = Obligation.objects.owed_to(unit).filter(regime__active=True, event=None).exclude(regime__code="RG17")
    first = rows.values_list("regime", "period").annotate(first=Min(Coalesce("extended_from", "last_day")), said=Max("subject"))
    return [(*row[:3], Obligation(period=row[1], subject=row[3]).words) for row in first.order_by("-first", "regime")]


def nearest(owed, on):
    """Of (regime, period, last_day) the one whose last day is next, else the last one that is past."""
    coming = [row for row in owed if row[2] >= on]
    return min(coming, key=lambda row: row[2]) if coming else (owed[0] if owed else None)


def reporting(unit, regime, period, on):
    """Every owed report of the lower units: rows of unit, state, day of sending, days late; and how many in each state."""
    owed = Obligation.objects.owed_to(unit).filter(regime=regime, period=period).select_related("unit").order_by("unit__code")
    current = {row.obligation_id: row for row in Submission.objects.filter(obligation__in=owed, current=True)}
    first = first_sent(owed)
    rows = []
    for row in owed:
        submission = current.get(row.pk)
        key, word = state_of(row, submission, on)
        sent = first.get(row.pk)
        late = days_late(row, sent, on)
        rows.append({
            "obligation": row, "unit": row.unit, "key": key, "word": word, "sent_on": sent, "late": late,
            "late_word": f"gửi chậm {late} ngày" if sent else f"chậm {late} ngày",
            "on_behalf": bool(submission and submission.on_behalf),
        })  # fmt: skip
    counts = Counter(row["key"] for row in rows)
    counts["late"] = sum(row["late"] > 0 for row in rows)
    return rows, counts


def first_sent(owed):
    """Obligation → Vietnamese day of its first sending."""
    found = {}
    for row in Submission.objects.filter(obligation__in=owed, sent_at__isnull=False).order_by("number"):
        found.setdefault(row.obligation_id, sent_on(row))
    return found


def units_below(unit, day):
    """The units next below that held on the day, in the order of their codes."""
    return list(Unit.objects.on(day).filter(parent=unit).exclude(kind__in=["hamlet", "school"]).order_by("code"))
