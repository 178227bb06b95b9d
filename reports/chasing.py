"""Who has sent a report and who has not, over a year and for one report; what was told to whom. No HTTP here."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max, Min
from django.db.models.functions import Coalesce
from django.urls import reverse

from childcare.accounts.models import Appointment
from childcare.inbox.models import Message
from childcare.lib.calendar import show
from childcare.lib.periods import parse
from childcare.lib.vietnamese import capital, join_list, small
from reports import boards
from reports.models import Obligation, Regime
from reports.obligations import LATE_FOR_GOOD, days_late, unsent

SENT = frozenset({"sent", "accepted", "returned"})
FIRST_LAST_DAY = Coalesce("extended_from", "last_day")  # before somebody was given more time
IN_TIME, LATE, UNSENT, COMING = "Đúng hạn", "Gửi chậm", "Chưa gửi", "Chưa đến hạn"


@dataclass(frozen=True)
class Asked:
    """One report that the units below owe: what it is, by when, and how each unit stands on the day."""

    unit: object
    regime: Regime
    period: str
    subject: str
    last_day: object
    on: object
    rows: list
    counts: Counter

    @property
    def key(self):
        """How a page names it: regime and period."""
        return f"{self.regime.pk}:{self.period}"

    @property
    def title(self):
        """ "Báo cáo kết quả công tác trẻ em 6 tháng đầu năm 2024"; of a report of another kind its own name."""
        if self.subject:
            return f"Báo cáo {small(self.subject)}"
        if self.regime.report_kind.startswith("PERIODIC"):
            return f"Báo cáo kết quả công tác trẻ em {parse(self.period).name}"
        return f"{self.regime.name.partition(' (')[0]} năm {self.period[:4]}"

    @property
    def unsent(self):
        """Rows of the units that have never sent it."""
        return [row for row in self.rows if row["sent_on"] is None]

    @property
    def in_time(self):
        """How many sent it by the last permitted day."""
        return sum(row["sent_on"] is not None and not row["late"] for row in self.rows)

    @property
    def sent_late(self):
        """How many sent it after that day."""
        return sum(row["sent_on"] is not None and row["late"] > 0 for row in self.rows)


def asked(unit, key, on):
    """The report named by "regime:period" that is owed to the unit, as it stands on the day; None when nobody owes it."""
    regime, _, period = key.partition(":")
    owed = Obligation.objects.owed_to(unit).filter(period=period, regime__active=True).select_related("regime")
    first = owed.filter(regime=regime).order_by(FIRST_LAST_DAY).first() if regime.isdigit() else None
    if first is None:
        return None
    rows, counts = boards.reporting(unit, first.regime_id, period, on)
    return Asked(unit, first.regime, period, first.subject, first.extended_from or first.last_day, on, rows, counts)


def choices(unit):
    """(key, words) of every report that lower units owe to the unit, the newest last day first."""
    owed = Obligation.objects.owed_to(unit).filter(regime__active=True)
    rows = owed.values_list("regime", "period", "regime__name").annotate(first=Min(FIRST_LAST_DAY), said=Max("subject"))
    return [
        (f"{regime}:{period}", f"{capital(said or parse(period).name)}, hạn {show(day)} · {name}")
        for regime, period, name, day, said in rows.order_by("-first", "regime")
    ]


def nearest(unit, on):
    """The key of the report to look at first: the last one that is overdue and not sent by all, else the next, else the last.

    "" when nothing is owed.
    """
    every = Obligation.objects.owed_to(unit).filter(regime__active=True).order_by("last_day", "regime")
    owed = every.filter(event=None)  # a report on an event is of one unit alone: it comes last
    late = unsent(owed.filter(last_day__lt=on, last_day__gte=on - timedelta(days=LATE_FOR_GOOD))).last()
    row = late or owed.filter(last_day__gte=on).first() or owed.last() or every.last()
    return f"{row.regime_id}:{row.period}" if row else ""


def officers_of(units):
    """Everybody who ever held a post in one of the units: whom a message about its report may have reached."""
    return Appointment.objects.filter(unit__in=units).values("officer")


def told(obligations):
    """Every message that went to an officer of the owing units about these reports, the newest first."""
    addresses = [reverse("report", args=[row.public_id]) for row in obligations]
    found = Message.objects.filter(officer__in=officers_of({row.unit_id for row in obligations}), url__in=addresses)
    return found.select_related("officer", "digest").order_by("-pk")


def units_by_address(asked):
    """Address of a report's page → the unit that owes it."""
    return {reverse("report", args=[row["obligation"].public_id]): row["unit"] for row in asked.rows}


def last_told(asked):
    """Every row with the day of the last message about the report and on how many days one went out; one query."""
    units, found = units_by_address(asked), {}
    messages = Message.objects.filter(officer__in=officers_of(units.values()), url__in=units)
    for url, day, count in messages.order_by().values_list("url").annotate(Max("day"), Count("day", distinct=True)):
        found[units[url].pk] = (day, count)
    return [(row, *found.get(row["unit"].pk, (None, 0))) for row in asked.rows]


def plain_text(asked):
    """Text to copy into a chat group: the report, its last day, the names of units. Never a child, never a person."""
    names = join_list(row["unit"].name for row in asked.unsent)
    due = f"{asked.title}: chậm nhất {show(asked.last_day)}."
    if not names:
        return f"{due}\nĐến {show(asked.on)} tất cả {len(asked.rows)} đơn vị đã gửi."
    return f"{due}\nĐến {show(asked.on)} còn {len(asked.unsent)} đơn vị chưa gửi: {names}.\nĐề nghị các đơn vị gửi sớm."


@dataclass(frozen=True)
class YearCell:
    """How one report of the year stands: its word, the days late, whether it counts yet."""

    word: str
    late: int
    due: bool
    tone: str

    @property
    def text(self):
        """ "Đúng hạn", "Gửi chậm 2 ngày", "Chưa gửi, chậm 2 ngày"."""
        if not self.late:
            return self.word
        return f"{self.word} {self.late} ngày" if self.word == LATE else f"{self.word}, chậm {self.late} ngày"


def cell(obligation, sent_on, on):
    """The cell of an owed report; one whose last day has not passed and that is not sent is not counted yet."""
    late = days_late(obligation, sent_on, on)
    if sent_on:
        return YearCell(LATE, late, True, "late") if late else YearCell(IN_TIME, 0, True, "done")
    return YearCell(UNSENT, late, True, "late") if late else YearCell(COMING, 0, False, "")


def of_year(unit, year, on):
    """(columns with their `head`, rows) of a year: per unit what it owed, sent (đầy đủ), in time (đúng hạn); three queries.

    A row: {"unit", "cells", "due", "sent", "in_time"}; `due` counts reports that were sent or whose last day has passed.
    """
    owed = list(
        Obligation.objects.owed_to(unit)
        .filter(period__startswith=str(year), regime__active=True)
        .select_related("unit", "regime")
        .order_by("last_day", "regime", "unit__code")
    )
    first = boards.first_sent(Obligation.objects.filter(pk__in=[row.pk for row in owed]))
    columns, table = {}, {}
    for row in owed:
        key = (row.regime_id, "" if row.event_id else row.period)  # every unit holds its own events: they share a column
        columns.setdefault(key, row)
        table.setdefault(row.unit, {}).setdefault(key, []).append(cell(row, first.get(row.pk), on))
    rows = [year_row(owing, cells, columns) for owing, cells in table.items()]
    for row in columns.values():
        row.head = heading(row, columns.values())
    return list(columns.values()), sorted(rows, key=lambda row: row["unit"].code)


def worst(cells):
    """Of several reports in one column the one to look at: unsent before late, the longest late first."""
    return max(cells, key=lambda cell: (cell.due and cell.word == UNSENT, cell.late))


def heading(row, others):
    """The head of a column: the report and its last day, its regime too where two have the same title; of events their kind."""
    if row.event_id:
        return row.regime.name
    same = sum(other.title == row.title for other in others) > 1
    return f"{row.title}{f' · {row.regime.name}' if same else ''} (hạn {show(row.last_day)})"


def year_row(unit, cells, columns):
    """A unit's year. `cells`: column → the cells of the reports in it."""
    counted = [cell for found in cells.values() for cell in found if cell.due]
    return {
        "unit": unit,
        "cells": [worst(cells[key]) if key in cells else None for key in columns],
        "due": len(counted),
        "sent": sum(cell.word != UNSENT for cell in counted),
        "in_time": sum(cell.word == IN_TIME for cell in counted),
    }


def years(unit):
    """The years in which units below owed the unit reports, the newest first."""
    codes = Obligation.objects.owed_to(unit).order_by().values_list("period", flat=True).distinct()
    return sorted({int(code[:4]) for code in codes}, reverse=True)
