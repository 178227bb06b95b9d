"""PL3 help, PL4 abuse, PL5 injuries, as a report keeps them; what the police counted stands beside PL4, never added.

A cell is a whole number, a text, or None for what nobody counted.
"""

from childcare.children.models import Incident, IncidentChild
from childcare.lib.calendar import show
from childcare.lib.vietnamese import number
from reports.measures import flows
from reports.measures.window import year_earlier
from reports.models import ManualFigure

AGES = ("age=0-5", "age=6-10", "age=11-15")
PL4 = (
    ("XH-03", ""), ("XH-01", ""), ("XH-01", "sex=m"), ("XH-01", "sex=f"), *(("XH-01", age) for age in AGES), ("HS-10", ""),
    ("HS-07", ""), ("HS-08", ""), ("HS-09", ""),
)  # fmt: skip
PL5 = (("TN-01", ""), ("TN-03", ""), ("TN-01", "sex=m"), ("TN-01", "sex=f"))
FORMS = tuple((f"form={form.value}", form.label) for form in IncidentChild.Form)
CAUSES = tuple((f"cause={cause.value}", cause.label) for cause in Incident.Cause)
SETTINGS = tuple((f"setting={place.value}", place.label) for place in Incident.Setting)
BY = ("form", "cause", "setting")
POLICE = (("XH-03", "vụ xâm hại trẻ em"), ("XH-01", "trẻ em bị xâm hại"), ("XH-07", "trẻ em bị xâm hại tình dục"))


def within(part, own):
    """ "form=sexual&sex=f"."""
    return "&".join(filter(None, (part, own)))


def _keys(columns, parts):
    return [(code, within(part, own)) for part, _ in parts for code, own in columns]


# Everything beside the plain totals that the two tables need, now and a year earlier.
BREAKDOWNS = tuple(
    pair
    for pair in dict.fromkeys((*_keys(PL4, (("", ""), *FORMS, *SETTINGS)), *_keys(PL5, (("", ""), *CAUSES, *SETTINGS))))
    if pair[1]
)
TOTALS = tuple(dict.fromkeys(code for code, _ in (*PL4, *PL5)))
EARLIER = (*(("XH-01", part) for part, _ in FORMS), *(("TN-01", part) for part, _ in CAUSES))


def cell(figure):
    """The number, or None; of a rate its numerator."""
    return None if figure.missing or figure.numerator is None else int(figure.numerator)


def _row(name, part, columns, lead, now, earlier, **more):
    values = [cell(now(code, within(part, own))) for code, own in columns]
    return {"name": name, "values": values, "earlier": cell(earlier(lead, part)), **more}


def _table(columns, lead, parts, now, earlier):
    """The rows of the parts, the total, then where it happened; nothing when nobody counted or nothing happened."""
    total = _row("Tổng số (không trùng)", "", columns, lead, now, earlier, total=True)
    rows = [_row(name, part, columns, lead, now, earlier) for part, name in parts]
    places = [_row(f"Nơi, môi trường: {name}", part, columns, lead, now, earlier) for part, name in SETTINGS]
    for row in places:
        row["earlier"] = None
    return {"rows": [*rows, total, *(row for row in places if row["values"][0] or row["values"][1])], "notes": []}


def abuse(now, earlier):
    """PL4, for internal use: by form, each child once in the total."""
    return _table(PL4, "XH-01", FORMS, now, earlier) | {"sensitive": True}


def injuries(now, earlier):
    """PL5: by cause."""
    return _table(PL5, "TN-01", CAUSES, now, earlier)


def known(table):
    """True when somebody counted something in a table."""
    return any(value is not None for row in table["rows"] for value in row["values"])


def help_given(unit, window):
    """PL3 from the register: times, children, money and sources of each kind of help."""
    now, before = flows.help_given(unit, window), flows.help_given(unit, year_earlier(window))
    rows = [_help(help.name, help, before.get(code)) for code, help in now.items() if code]
    return {"rows": [*rows, _help("Tổng cộng", now[None], before.get(None), total=True)] if None in now else [], "notes": []}


def _help(name, help, before, **more):
    values = [help.times, len(help.children), int(help.money), "; ".join(sorted(help.sources))]
    return {"name": name, "values": values, "earlier": before.times if before else None, **more}


def police(unit, window, now):
    """Sentences: what another body counted of the unit in exactly this window beside ours, the difference, its explanation."""
    rows = ManualFigure.objects.valid().filter(
        unit=unit, data_from=window.data_from, cutoff=window.cutoff, origin=ManualFigure.Origin.SECTOR, breakdown="",
        indicator__code__in=[code for code, _ in POLICE], numerator__isnull=False,
    )  # fmt: skip
    found = {row.indicator.code: row for row in rows.select_related("indicator")}
    return [_beside(found[code], words, now(code)) for code, words in POLICE if code in found]


def _beside(row, words, ours):
    """ "Theo Công an quận (15/05/2024): 3 vụ …; báo cáo này: 2. Chênh lệch: 1. Giải thích: …"."""
    day = f" ({show(row.source_date)})" if row.source_date else ""
    first = f"Theo {row.source}{day}: {number(row.numerator)} {words}; báo cáo này: {ours.count}."
    if ours.missing or ours.numerator is None or ours.numerator == row.numerator:
        return f"{first} Hai số bằng nhau." if ours.known and ours.numerator == row.numerator else first
    why = f" Giải thích: {row.note}." if row.note else " Chưa có giải thích chênh lệch."
    return f"{first} Chênh lệch: {number(abs(row.numerator - ours.numerator))}.{why}"
