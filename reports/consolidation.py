"""A level that collects: the sum of the reports it has accepted, beside its register of today; who is missing, who was late.

Σ numerator / Σ denominator, never a mean of rates; what was done by the unit itself is added from its own rows.
"""

from dataclasses import dataclass, replace
from datetime import date

from childcare.indicators.models import Indicator
from childcare.lib.calendar import today
from childcare.lib.vietnamese import join_list, number
from childcare.units.models import Unit
from reports import freezing, incident_tables, measures, outlines, sources, tables
from reports.kept import Figures, Kept, key_of, total_of
from reports.measures.catalogue import MASKED_CODES
from reports.measures.organisation import NOT_SUMMED
from reports.measures.tables import ABOVE
from reports.models import Obligation, Submission
from reports.obligations import days_late, sent_on

# What a collecting unit does itself, beside what its parts report.
HELD = ("XH-", "HS-", "VP-", "HC-", "LD-")  # figures of which something may be held under a restriction above the parts
KINSHIP = dict.fromkeys(("month", "quarter", "half", "nine", "year"), "PERIODIC") | {
    "campaign": "CAMPAIGN", "event": "none", "request": "REQUEST",
}  # fmt: skip
OWN = ("TR-02", "TR-03", "TR-04", "TG-04", "TG-05", "TG-06", "TG-08", "NL-05")


@dataclass
class Part:
    """A unit that owes its report to the collecting unit."""

    obligation: Obligation
    submission: Submission | None
    first_sent: date | None
    figures: Figures

    @property
    def name(self):
        return self.obligation.unit.bare_name

    @property
    def accepted(self):
        return self.submission is not None and self.submission.state == Submission.State.ACCEPTED

    @property
    def state(self):
        """What the list says: "Chưa gửi", "Đã gửi", "Nhập thay" …"""
        if self.submission is None or self.submission.state in ("draft", "to_sign", "signed"):
            return "Chưa gửi" if self.first_sent is None else "Đang chỉnh sửa"
        return "Nhập thay" if self.submission.on_behalf and self.accepted else self.submission.get_state_display()

    @property
    def late(self):
        """Days past the last day, 0 when in time."""
        return days_late(self.obligation, self.first_sent, today())


def owed_for(obligation):
    """What is owed to the unit for the same period and of the same kind: a periodic report has only periodic parts.

    A report on an event has none: every unit tells of its own. One on request has those that were asked for its sake.
    """
    if obligation.call_id:
        return Obligation.objects.filter(call__answers=obligation, call__voided_at=None)
    owed = Obligation.objects.filter(to_unit=obligation.unit, period=obligation.period)
    return owed.filter(regime__every=obligation.regime.every, regime__report_kind__startswith=KINSHIP[obligation.regime.every])


def parts_of(obligation):
    """The reports owed to the unit of a collecting report for the same period, in order of the units' codes."""
    return parts_for(owed_for(obligation))


def parts_for(owed):
    """The reports owed, each with its current version, the day of its first sending and its accepted figures."""
    owed = list(owed.select_related("unit", "regime", "to_unit", "call").order_by("unit__code", "regime__code"))
    found = {}
    for row in Submission.objects.filter(obligation__in=owed).select_related("snapshot").order_by("number"):
        found.setdefault(row.obligation_id, []).append(row)
    current = {pk: next((row for row in rows if row.current), None) for pk, rows in found.items()}
    snapshots = [row.snapshot for row in current.values() if row and row.state == Submission.State.ACCEPTED and row.snapshot]
    figures = freezing.figures_of(snapshots)
    parts = []
    for row in owed:
        sent = sorted(day for day in map(sent_on, found.get(row.pk, ())) if day)
        submission = current.get(row.pk)
        kept = figures.get(submission.snapshot_id) if submission else None
        parts.append(Part(row, submission, sent[0] if sent else None, of_today(kept or Figures())))
    return parts


def of_today(figures):
    """A report frozen before HS-10 was told apart kept who was helped, in time or not, as XH-04: it says nothing of in time."""
    if any(key.startswith("HS-10") for key in figures.rows):
        return figures
    told = {key: row for key, row in figures.rows.items() if not key.startswith("XH-04")}
    for key, row in figures.rows.items():
        if key.startswith("XH-04"):
            told[key.replace("XH-04", "HS-10")] = replace(row, denominator=None, multiplier=1)
    return Figures(told)


def add_up(parts, keys):
    """Key → Σ over the accepted reports, where any has it, with "8/10 đơn vị có số liệu" as its note when some lack it."""
    found = {}
    accepted = [part for part in parts if part.accepted]
    for key in keys:
        code, _, breakdown = key.partition("|")
        total, have, _all = total_of(part.figures(code, breakdown) for part in accepted)
        if have:
            note = f"{have}/{len(parts)} đơn vị có số liệu" if have < len(parts) else ""
            found[key] = Kept(total.numerator, total.denominator, total.multiplier, False, note=note)
    return found


def held_above(table, unit, communes, keys):
    """Key → what the unit itself holds under a restriction and none of its parts counts: "Cấp trên trực tiếp quản lý"."""
    found = {}
    for code, _, breakdown in (key.partition("|") for key in keys):
        if code.startswith(HELD) and measures.is_measured(code) and code != "XH-09":
            rest = table.rest_of(code, unit, communes, breakdown)
            if rest.numerator or rest.denominator:
                found[key_of(code, breakdown)] = Kept.of(rest)
    return Figures(found)


def live(unit, window, codes, by=(), boundaries=None):
    """The figures of the unit by its register as it is known today: (whole, own rows of the unit itself)."""
    below = Unit.objects.under(unit, boundaries or window.cutoff).filter(parent=unit)
    communes = list(below.exclude(pk=unit.pk).order_by("code"))
    table = measures.count(units=[unit, *communes], window=window, codes=codes, by=by, boundaries=boundaries)
    whole = {code: Kept.of(table.figure(code, unit)) for code in codes}
    own = {}
    for code in OWN:
        if code in whole and whole[code].known and whole[code].numerator is not None:
            below = sum(table.figure(code, commune).numerator or 0 for commune in communes)
            own[code] = Kept(whole[code].numerator - below, None, 1, False)
    return Figures(whole), Figures(own), table, communes


def figures_of(obligation, parts, codes, keys):
    """The figures of a collecting report: sums of accepted reports, own activities added, else what the unit typed itself.

    (told, the register's of the whole, what is held above the parts, the counted table of all of them)
    """
    window = measures.Window.of(obligation)
    by = tables.BY if any("|" in key for key in keys) else ()
    whole, own, table, communes = live(obligation.unit, window, codes, by=by)
    found = add_up(parts, keys)
    above = held_above(table, obligation.unit, communes, keys)
    for key, rest in above.rows.items():
        found[key] = both(found.get(key), rest)
    for code in OWN:
        mine = own(code)
        if mine.known and mine.numerator:
            base = found.get(code)
            found[code] = Kept((base.numerator if base else 0) + mine.numerator, None, 1, False, note=base.note if base else "")
    found |= sources.applied(obligation, table, found, whole, codes)
    for code in NOT_SUMMED:
        if whole(code).known:
            found[code] = whole(code)
    return Figures(found), whole, above, table


def both(base, rest):
    """A sum of reports and what is held above them."""
    if base is None or base.numerator is None:
        return rest
    below = None if base.denominator is None else base.denominator + (rest.denominator or 0)
    return Kept(base.numerator + (rest.numerator or 0), below, base.multiplier, False, note=base.note)


def figures_now(obligation):
    """The figures of the outline as the accepted reports give them now."""
    codes = outlines.codes(outlines.form_of(obligation.regime))
    figures, *_ = figures_of(obligation, parts_of(obligation), list(codes), list(codes))
    return figures


def collect(obligation, codes):
    """(now, earlier, tables, parts) of a collecting report."""
    parts = parts_of(obligation)
    keys = tables.needed(codes)
    now, _, above, _ = figures_of(obligation, parts, codes, keys)
    window = measures.year_earlier(measures.Window.of(obligation))
    before, _, table, _ = live(
        obligation.unit, window, [*codes, *incident_tables.TOTALS], by=("group", "age", *incident_tables.BY),
        boundaries=obligation.cutoff,
    )  # fmt: skip
    earlier = Figures(before.rows | {
        key_of(code, key): Kept.of(table.figure(code, obligation.unit, key))
        for code, key in (*tables.GROUPED, *incident_tables.EARLIER, *((code, key) for code, key in tables.POPULATION if key))
    })  # fmt: skip
    names = dict(Indicator.objects.order_by("position").values_list("code", "name"))
    accepted = [(part.obligation.unit.name, part.figures) for part in parts if part.accepted]
    whole = tables.consistent(now, [figures for _, figures in accepted])
    word = parts[0].obligation.unit.kind_word.capitalize() if parts else "Đơn vị"
    found = {
        "PL1": tables.population(accepted, whole, earlier, word),
        "PL2": tables.groups(whole, earlier, tables.group_names()),
    }
    alone = tables.totals_alone([(part.name, part.figures) for part in parts if part.accepted])
    details = [f"Chỉ có tổng số, không có số chi tiết: {join_list(alone)}."] if alone else []
    found["PL1"]["notes"], found["PL2"]["notes"] = [*notes(parts), *details], details
    return now, earlier, found, collected_table(parts, now, names, above, outlines.form_of(obligation.regime))


def collected_table(parts, now, names, above, form=""):
    """The table that goes before: a row for each figure of the outline; columns: each part, what is held above, the whole."""
    held = bool(above.rows)
    sections = []
    for section in outlines.base(form):
        rows = [
            {
                "name": title(code, names),
                "cells": [shown(part, code) for part in parts] + [short(code, above(code))] * held,
                "total": short(code, now(code)),
            }
            for code in section.codes
            if now(code).known or any(part.figures(code).known for part in parts)
        ]
        if rows:
            sections.append({"title": section.heading, "rows": rows})
    hidden = held or any(part.figures(code).numerator for part in parts for code in MASKED_CODES)
    return {
        "names": [part.name for part in parts] + [ABOVE] * held,
        "sections": sections,
        "notes": notes(parts),
        "sensitive": hidden,
    }


def extra_rows(parts, rows, now, width):
    """The part of the collected table with the chỉ tiêu bổ sung: each unit's number, the sum where they are added up."""
    found = [
        {
            "name": f"{row['name']} ({row['measure']})",
            "cells": [shown(part, row["code"]) for part in parts] + [""] * (width - len(parts)),
            "total": short(row["code"], now(row["code"])),
        }
        for row in rows
        if row["mode"] != "typed"
    ]
    return {"title": "Chỉ tiêu bổ sung", "rows": found}


MILLION = ("NL-05",)  # money is told in millions, so that a column stays narrow
DASH = "–"


def title(code, names):
    return f"{names.get(code, code)} (triệu đồng)" if code in MILLION else names.get(code, code)


def short(code, figure):
    """A figure in a narrow cell: "–" when nobody counted, "0/0" when there was no case, money in millions."""
    if figure.missing:
        return DASH
    if figure.denominator == 0:
        return "0/0"
    return number(figure.numerator / 1_000_000, 1) if code in MILLION and figure.numerator is not None else figure.text


def shown(part, code):
    """A cell of a part: its figure, "–" when its report is not there."""
    return short(code, part.figures(code)) if part.accepted else DASH


def notes(parts):
    """Who is missing and who was late, by name."""
    missing = [part.name for part in parts if not part.accepted]
    late = [f"{part.name} ({part.late} ngày)" for part in parts if part.accepted and part.late]
    typed = [part.name for part in parts if part.accepted and part.submission.on_behalf]
    lines = [f"Tổng hợp từ {len(parts) - len(missing)}/{len(parts)} đơn vị đã được tiếp nhận báo cáo."]
    lines += [f"Chưa có báo cáo: {join_list(missing)}."] if missing else []
    lines += [f"Gửi chậm: {join_list(late)}."] if late else []
    lines += [f"Nhập từ báo cáo giấy: {join_list(typed)}."] if typed else []
    return lines
