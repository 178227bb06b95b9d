"""What the issuing units want in a report besides the product's outline: sections, chỉ tiêu bổ sung (figures that are typed).

Who issues is the unit that takes the report, or one above it. A collecting report adds up what its parts were asked for. A row
of a draft says all that is printed, so that a signed report does not change when the outline does.
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Max, Min, Q

from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital, number, parse_number
from reports.kept import NOTHING, Figures, Kept, total_of
from reports.models import ExtraItem, Obligation, Outline, OutlineSection, Regime

MARK = "BS-"
PERCENT = ("%", "phần trăm")
BIGGEST = Decimal(10) ** 15
TYPED, SUM, APART = "typed", "sum", "apart"  # typed here; added up from the parts; the parts' numbers stand side by side only


@dataclass
class Wanted:
    """The outlines that hold for a report, with their sections and items, in order."""

    outlines: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    items: list = field(default_factory=list)


def wanted(obligation):
    """What the issuing units want in the report now; three questions."""
    above = [] if obligation.to_unit is None else obligation.to_unit.ancestor_keys
    found = Outline.objects.filter(voided_at=None, issuer__in=above)
    if obligation.call_id:
        found = found.filter(call__in=_calls(obligation.call))
    else:
        regime, day = obligation.regime, obligation.cutoff
        found = found.filter(regime__code=regime.code, regime__every=regime.every, since__lte=day)
        found = found.filter(Q(until=None) | Q(until__gt=day))
    rows = list(found.select_related("issuer", "file").order_by("issuer__path", "pk"))
    if not rows:
        return Wanted()
    place = {row.pk: at for at, row in enumerate(rows)}

    def ordered(found):
        return sorted(found.filter(outline__in=rows, voided_at=None), key=lambda row: (place[row.outline_id], row.pk))

    return Wanted(rows, ordered(OutlineSection.objects), ordered(ExtraItem.objects))


def _calls(call):
    """The call itself, and the calls of higher units that it passes on."""
    found = []
    while call is not None and call.pk not in found:
        found.append(call.pk)
        call = call.answers.call if call.answers_id else None
    return found


def reports_below(unit):
    """Key → (words, regime, first cut-off, last cut-off) of the reports owed to the unit or below it that are still to come."""
    rows = Obligation.objects.filter(to_unit__path__startswith=unit.path, call=None, event=None, last_day__gte=today())
    rows = rows.order_by().values("regime__code", "regime__every", "period", "subject").annotate(
        of=Min("regime"), first=Min("cutoff"), last=Max("cutoff"), due=Min("last_day")
    )  # fmt: skip
    found = sorted(rows, key=lambda row: (row["due"], row["regime__code"]))
    regimes = Regime.objects.in_bulk({row["of"] for row in found})
    return {
        f"{row['regime__code']}|{row['regime__every']}|{row['period']}": (
            f"{capital(Obligation(period=row['period'], subject=row['subject']).words)} · {regimes[row['of']].name}",
            regimes[row["of"]], row["first"], row["last"],
        )
        for row in found
    }  # fmt: skip


@dataclass
class Before:
    """What the report of the period before had: keys of its added sections, its extra figures."""

    known: set | None = field(default_factory=set)  # None: there is no period before, so that nothing is new
    figures: Figures = field(default_factory=Figures)


def before(obligation):
    """The report of the unit for the period before by the same regime, as it was left; nothing when there is none."""
    rows = Obligation.objects.filter(unit=obligation.unit, regime__code=obligation.regime.code, call=None, event=None)
    last = rows.filter(regime__every=obligation.regime.every, cutoff__lt=obligation.cutoff).order_by("-cutoff").first()
    if obligation.call_id or obligation.event_id:
        return Before(None)
    if last is None:
        return Before()
    version = last.submissions.select_related("snapshot").order_by("-number").first()
    if version is None:
        asked = wanted(last)
        return Before({row.key for row in asked.sections} | {row.code for row in asked.items})
    text = version.snapshot.text if version.snapshot_id else version.text
    said = json.loads(text) if text else {}
    figures = {code: Kept.from_json(row) for code, row in said.get("figures", {}).items() if code.startswith(MARK)}
    known = {row["key"] for row in said.get("added", ())} | {row["code"] for row in said.get("extras", ())}
    return Before(known, Figures(figures))


def rows_of(obligation, parts=()):
    """(added sections, rows of extra figures, figures summed up) of a report as it is asked for now."""
    asked, then = wanted(obligation), before(obligation)
    sections = [{"key": row.key, "title": row.title, "hint": row.hint, "new": is_new(row.key, then)} for row in asked.sections]
    below = asked_below(parts)
    own = [row_of(item, TYPED, then) for item in asked.items if item.pk not in {row.pk for row in below}]
    collected = [row_of(item, SUM if item.summed else APART, then) for item in below]
    return sections, [*own, *collected], sums(collected, parts)


def is_new(key, then):
    """True of what the report of the period before was not asked for."""
    return then.known is not None and key not in then.known


def row_of(item, mode, then):
    """One extra figure as a draft keeps it."""
    earlier = then.figures(item.code)
    return {
        "code": item.code, "name": item.name, "measure": item.measure, "hint": item.hint, "mode": mode, "typed": "",
        "new": is_new(item.code, then), "before": earlier.count if earlier.known else "",
    }  # fmt: skip


def asked_below(parts):
    """The items asked of the parts, or told by them, in order."""
    if not parts:
        return []
    found = {item.pk: item for item in wanted(parts[0].obligation).items}
    told = {int(key.removeprefix(MARK)) for part in parts for key in part.figures.rows if key.startswith(MARK)}
    more = told - set(found)
    found |= ExtraItem.objects.in_bulk(more) if more else {}
    return [found[key] for key in sorted(found)]


def sums(rows, parts):
    """Code → Σ over the accepted parts that told the figure, with "8/10 đơn vị có số liệu" when some did not."""
    found = {}
    for row in rows:
        total, have, _all = total_of(part.figures(row["code"]) for part in parts if part.accepted)
        if row["mode"] == SUM and have:
            note = f"{have}/{len(parts)} đơn vị có số liệu" if have < len(parts) else ""
            found[row["code"]] = Kept(total.numerator, None, 1, False, note=note)
    return found


def read(row, text):
    """The typed number as a figure; nothing for an empty box. Raises Refusal with a sentence for one that is no such number."""
    if not text.strip():
        return NOTHING
    try:
        value = parse_number(text)
    except ValueError as wrong:
        raise Refusal(f"{row['name']}: {wrong}")
    if value < 0 or value > BIGGEST:
        raise Refusal(f"{row['name']}: số phải từ 0 trở lên và không quá lớn.")
    if row["measure"].strip().lower() in PERCENT and value > 100:
        raise Refusal(f"{row['name']}: tỷ lệ không được lớn hơn 100%.")
    return Kept(value, None, 1, False)


def lines(draft):
    """The extra figures of a draft for a page or a print: each row with its number, its note and what is wrong with it."""
    found = []
    for row in draft.extras:
        figure, wrong = draft.figures(row["code"]), ""
        if row["mode"] == TYPED and figure.missing and row["typed"].strip():
            try:
                read(row, row["typed"])
            except Refusal as refusal:
                wrong = str(refusal)
        note = figure.note or ("không cộng, xem bảng theo đơn vị" if row["mode"] == APART else "")
        found.append(
            row | {"now": figure.count if figure.known else "", "note": note, "wrong": wrong, "asked": row["mode"] == TYPED}
        )
    return found


def doubts(draft):
    """(sentence) of everything about the extra figures that should be looked at."""
    for row in lines(draft):
        if row["wrong"]:
            yield row["wrong"]
        elif row["asked"] and not row["now"]:
            yield f"Chỉ tiêu bổ sung “{row['name']}” chưa nhập."
        elif row["before"] and row["now"]:
            yield from _jump(row, draft.figures(row["code"]).numerator)


def _jump(row, now):
    old = parse_number(row["before"])
    if old and abs(now - old) >= max(old / 2, 10):
        word = "tăng" if now > old else "giảm"
        yield f"{row['name']} {word} mạnh so với kỳ trước: {row['before']} → {number(now)} {row['measure']}."


def changed(draft, obligation, parts=()):
    """True when the issuing unit asks for something else than the draft has, or the sums moved."""
    sections, rows, figures = rows_of(obligation, parts)
    asked = [(row["code"], row["mode"]) for row in rows]
    same = [row["key"] for row in sections] == [row["key"] for row in draft.added]
    same = same and asked == [(row["code"], row["mode"]) for row in draft.extras]
    return not same or any(not draft.figures(code).same(figure) for code, figure in figures.items())
