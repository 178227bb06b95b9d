"""What a report is made from: figures of now and of the year before, tables, targets judged, what was done, zeros confirmed.

A ward counts its register; a district or province sums up the reports that it has accepted (`consolidation`).
"""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from childcare.accounts.roles import Permission
from childcare.children import schools
from childcare.indicators.models import Indicator
from childcare.lib import periods
from childcare.lib.calendar import TZ, show
from childcare.lib.vietnamese import capital, small
from childcare.units.models import Unit
from plans.models import Activity, Plan
from reports import (
    consolidation,
    extras,
    gifts,
    incident_tables,
    issuing,
    measures,
    moves,
    outlines,
    sectors,
    sources,
    tables,
)
from reports.facts import Facts
from reports.kept import Figures, Kept, key_of
from reports.measures import pupils
from reports.measures.catalogue import LAW_GROUPS, MASKED_GROUPS
from reports.measures.reduction import against_base, counted_breakdown, counted_code
from reports.models import ZeroConfirmation
from reports.progress import target_rows

POPULATION = tuple(code for code, key in tables.POPULATION if not key)
AGED = tuple((code, key) for code, key in tables.POPULATION if key)
TOLD = ("TR-04", "TR-02", "TG-05", "TG-06", "TG-04", "TG-08", "NL-05")  # what was done is named in the text
COLLECTING = ("district", "province")
CLASS = "Lớp"  # what a school's PL1 is divided into
MOVING = ("commune", "hamlet")  # where it is told who came and who left
FROM_REGISTER = "Đếm từ sổ của các đơn vị vào ngày lập báo cáo."


@dataclass
class Counted:
    """Everything that a draft keeps."""

    facts: Facts
    now: Figures
    earlier: Figures
    tables: dict
    targets: list
    zeros: list
    parts: dict
    form: str = ""
    added: list = field(default_factory=list)
    extras: list = field(default_factory=list)


def window_of(obligation):
    """Số liệu từ … đến of what is owed."""
    return measures.Window.of(obligation)


def names():
    """Code → name of every indicator and of every group of special circumstances."""
    return dict(Indicator.objects.order_by("position").values_list("code", "name")) | tables.group_names()


def plan_of(unit, year):
    """The plan of the unit in the year, or None."""
    found = Plan.objects.in_force().filter(unit=unit).of_year(year)
    return found.order_by("-first_year", "pk").first()


def codes_of(plan, form=""):
    """The codes of the outline and of the plan's targets."""
    own = plan.targets.exclude(indicator=None).order_by("position").values_list("indicator__code", flat=True) if plan else ()
    return list(dict.fromkeys((*outlines.codes(form), *own)))


def kept(table, unit, codes, breakdowns=()):
    """The figures of a unit from a table of measures, as a report keeps them."""
    rows = {code: Kept.of(table.figure(code, unit)) for code in codes}
    for code, breakdown in breakdowns:
        rows[key_of(code, breakdown)] = Kept.of(table.figure(code, unit, breakdown))
    return Figures(rows)


def figures_now(obligation):
    """The figures of the outline as they would be now; one count."""
    if obligation.unit.kind in COLLECTING:
        return consolidation.figures_now(obligation)
    codes = outlines.codes(outlines.form_of(obligation.regime))
    table = measures.count(units=[obligation.unit], window=window_of(obligation), codes=list(codes))
    return Figures(kept(table, obligation.unit, codes).rows | summed_below(obligation, table, codes))


def collect(obligation):
    """Count everything for a draft."""
    year = periods.parse(obligation.period).year
    plan, form = plan_of(obligation.unit, year), outlines.form_of(obligation.regime)
    judged = plan if outlines.judges_targets(form) else None
    codes = codes_of(judged, form)
    if obligation.unit.kind in COLLECTING:
        now, earlier, found, parts = consolidation.collect(obligation, codes)
        found |= incidents_of(obligation.unit, window_of(obligation), now, earlier)
        found["PL3"]["notes"] = [FROM_REGISTER]
    else:
        now, earlier, found, parts = *counted(obligation, codes), {}
    targets = target_rows(judged, figures_for_targets(obligation, now, earlier), obligation.cutoff, helped(now))
    facts = facts_of(obligation, plan, now, earlier, found, targets, parts)
    found = {key: table for key, table in found.items() if key in outlines.annexes(form)}
    below = parts_of(obligation)
    added, rows, sums = extras.rows_of(obligation, below)
    now = Figures(now.rows | sums)
    if parts and (table := consolidation.extra_rows(below, rows, now, len(parts["names"])))["rows"]:
        parts = parts | {"sections": [*parts["sections"], table]}
    return Counted(facts, now, earlier, found, targets, confirmed(obligation), parts, form, added, rows)


def parts_of(obligation):
    """The reports below whose chỉ tiêu bổ sung a report adds up."""
    return consolidation.parts_of(obligation)


def helped(now):
    """How many of the abused children were helped, in time or not."""
    return replace(now("HS-10"), denominator=now("XH-01").numerator)


def figures_for_targets(obligation, now, earlier):
    """target → (now, a year earlier); a target that names its kinds of help is counted with just those."""
    unit, window, tables_of = obligation.unit, window_of(obligation), {}

    def figures(target):
        code, kinds, part = counted_code(target), tuple(target.counted_kinds), counted_breakdown(target, unit)
        if not part and (not kinds or not code or unit.kind in COLLECTING):
            return against_base(target, now(code)), against_base(target, earlier(code))
        if kinds not in tables_of:
            tables_of[kinds] = [
                measures.count([unit], when, counted_kinds=list(kinds) or None, boundaries=window.cutoff)
                for when in (window, measures.year_earlier(window))
            ]
        return [Kept.of(table.figure(code, unit, part)) for table in tables_of[kinds]]

    return figures


def figures_for_paper(now):
    """target → (what the paper says, nothing of the year before); a target that names its kinds of help is not told by it."""

    def figures(target):
        told = Kept() if target.counted_kinds else against_base(target, now(counted_code(target)))
        return told, Kept()

    return figures


def counted(obligation, codes):
    """(now, earlier, tables) of a unit from its own register."""
    unit, window = obligation.unit, window_of(obligation)
    parts = sorted(Unit.objects.hamlets_of(unit, obligation.cutoff), key=natural)
    table = measures.count(units=[unit, *parts], window=window, codes=codes, by=tables.BY)
    earlier = measures.year_earlier(window)
    codes = list(dict.fromkeys((*codes, *incident_tables.TOTALS)))
    before = measures.count([unit], earlier, codes=codes, by=("group", "age", *incident_tables.BY), boundaries=window.cutoff)
    pairs = (*tables.BREAKDOWNS, *(moves.pairs("DS-01") if unit.kind in MOVING else ()))
    now = Figures(kept(table, unit, codes, pairs).rows | summed_below(obligation, table, codes))
    earlier = kept(before, unit, codes, (*tables.GROUPED, *AGED, *incident_tables.EARLIER))
    below = [(part.name, kept(table, part, POPULATION, AGED)) for part in parts]
    word = capital(unit.hamlet_word if unit.kind == "commune" else "Đơn vị")
    if unit.kind == "school":
        below, word = classes(unit, window.cutoff), CLASS
    found = {"PL1": tables.population(below, now, earlier, word), "PL2": tables.groups(now, earlier, tables.group_names())}
    return now, earlier, found | incidents_of(unit, window, now, earlier)


def summed_below(obligation, table, codes):
    """Code → figure of what the unit decided to add up from hamlets and schools; nothing while it decided nothing."""
    modes = sources.modes_of(obligation)
    wanted = [code for code in codes if modes.get(code) == sources.SUM]
    if not wanted:
        return {}
    found = consolidation.add_up(parts_of(obligation), wanted)
    return sources.applied(obligation, table, found, Figures(), wanted)


def classes(school, day):
    """(name, figures) of each class of a school for its PL1: pupils of any age, boys, girls, of a minority."""
    columns = (("DS-01", "pupils"), ("DS-05", "boys"), ("DS-06", "girls"), ("DS-07", "minority"))
    rows = sorted(pupils.by_class(school, day), key=lambda row: schools.class_key(row["class_name"]))
    return [
        (row["class_name"], Figures({code: Kept(Decimal(row[name]), None, 1, missing=False) for code, name in columns}))
        for row in rows
    ]


def incidents_of(unit, window, now, earlier):
    """PL3 to PL5 and PL7 of a unit, what the police counted beside PL4."""
    abuse = incident_tables.abuse(now, earlier)
    abuse["notes"] = incident_tables.police(unit, window, now)
    return {
        "PL3": incident_tables.help_given(unit, window), "PL4": abuse, "PL5": incident_tables.injuries(now, earlier),
        "PL7": sectors.table(unit, window),
    }  # fmt: skip


def natural(unit):
    """Order of names that end in a number: "Tổ dân phố 2" before "Tổ dân phố 10"."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", unit.name)]


def facts_of(obligation, plan, now, earlier, found, targets, parts):
    """The facts that the sentences are made of."""
    unit = obligation.unit
    whole = next((row for row in found.get("PL2", {}).get("rows", ()) if row.get("total")), None)
    period = periods.parse(obligation.period)
    return Facts(
        where=unit.kind_word,
        parts=unit.hamlet_word if unit.kind == "commune" else "phường, xã",
        year=period.year,
        period=period,
        cutoff=obligation.cutoff,
        now=now,
        earlier=earlier,
        names=names(),
        groups=LAW_GROUPS,
        hidden=MASKED_GROUPS,
        titles=titles(obligation),
        plan=quoted(plan),
        targets=tuple(targets),
        above=issuing.addressees(obligation)[0] if obligation.to_unit else "",
        notes=tuple(parts.get("notes", ())),
        moves=tuple(whole["values"][1:3]) if whole else (None, None),
        gifts=() if unit.kind in COLLECTING else gifts.lines(unit, window_of(obligation)),
        school=unit.kind == "school",
        classes=tuple(row["name"] for row in found["PL1"]["rows"]) if unit.kind == "school" else (),
    )


def quoted(plan):
    """ "Kế hoạch số 12/KH-UBND ngày 15/03/2024 về …" with what the plan has."""
    if plan is None:
        return ""
    number = f" số {plan.number}" if plan.number and not plan.number.startswith("/") else ""
    day = f" ngày {show(plan.issued_on)}" if plan.issued_on else ""
    return f"Kế hoạch{number}{day} về {small(plan.subject.removeprefix('Kế hoạch ').strip())}"


def titles(obligation):
    """Code → one line for each activity counted, in order of days: "Ngày 12/03/2024: Truyền thông … (120 lượt trẻ em)".

    A collecting level names its own; those of its parts are in the parts' reports.
    """
    found, behind = {}, measures.Behind(obligation.unit, window_of(obligation))
    for code in TOLD:
        rows = behind.rows(code, "from=activity" if code == "NL-05" else "")
        if rows is not None and rows.model is Activity:
            rows = rows.filter(unit=obligation.unit) if obligation.unit.kind in COLLECTING else rows
            found[code] = [line_of(row) for row in rows.order_by("held_on", "pk")[:20]]
    return found


def line_of(activity):
    who = f" ({activity.children} lượt trẻ em)" if activity.children else ""
    return f"Ngày {show(activity.held_on)}: {activity.title.rstrip('.')}{who}"


def confirmations(obligation):
    """Zero confirmations of the unit for exactly this window."""
    found = ZeroConfirmation.objects.filter(
        unit=obligation.unit, data_from=obligation.data_from, cutoff=obligation.cutoff
    )  # fmt: skip
    return found.select_related("confirmed_by").order_by("code")


def confirmed(obligation):
    """Confirmations as a draft keeps them: name, who, when, checked with whom."""
    known = names()
    return [
        {
            "code": row.code,
            "name": known.get(row.code, row.code),
            "by": row.confirmed_by.full_name,
            "at": f"{row.confirmed_at.astimezone(TZ):%H:%M %d/%m/%Y}",
            "with": row.checked_with,
        }
        for row in confirmations(obligation)
    ]


def unconfirmed(obligation):
    """Sensitive counts of the outline whose zero nobody has confirmed: rows of code and name."""
    if obligation.unit.kind in COLLECTING:
        return []
    wanted = [code for code in outlines.codes(outlines.form_of(obligation.regime)) if code in measures.SENSITIVE]
    table = measures.count(units=[obligation.unit], window=window_of(obligation), codes=wanted)
    done, known = {row.code for row in confirmations(obligation)}, names()
    empty = [code for code in wanted if not table.figure(code, obligation.unit).numerator]
    return [{"code": code, "name": known.get(code, code)} for code in empty if code not in done]


def keys_of(obligation):
    """(code, primary keys of the rows counted) of every figure of the outline that has rows."""
    if obligation.unit.kind in COLLECTING:
        return []
    unit, found = obligation.unit, []
    behind = measures.Behind(unit, window_of(obligation))  # one count for every figure
    cells = behind.cells
    for code in (code for code in outlines.codes(outlines.form_of(obligation.regime)) if code in measures.MEASURED):
        name = (measures.MEASURED[code].numerator, "")
        if name in cells.rows:
            found.append((code, sorted(set(cells.rows[name].get(unit.pk, {}).values()))))
        elif (rows := behind.rows(code)) is not None:
            found.append((code, list(rows.order_by("pk").values_list("pk", flat=True))))
    return found


def openable(officer, code, obligation):
    """True when the officer may see every row behind the figure of the owed report."""
    if not officer.can_in(Permission.CHILD_VIEW, obligation.unit):
        return False
    return measures.openable(officer, code, obligation.unit, window_of(obligation)) is not None
