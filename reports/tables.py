"""The tables that a report keeps, made from figures: PL1 population by part of the unit, PL2 the fourteen groups.

A cell is a whole number, a text, or None for what nobody counted.
"""

from childcare.children.models import CircumstanceKind
from reports import incident_tables, moves
from reports.kept import key_of
from reports.measures.catalogue import LAW_GROUPS, LOCAL_GROUPS, MASKED_GROUPS
from reports.measures.flows import FUND_GROUPS

BY = ("sex", "age", "minority", "group", "reason", *incident_tables.BY)
POPULATION = (
    ("DS-01", ""), ("DS-05", ""), ("DS-06", ""), ("DS-03", ""), ("DS-01", "age=6-10"), ("DS-01", "age=11-15"), ("DS-07", ""),
    ("DS-08", ""), ("DS-09", ""),
)  # fmt: skip
FLOWS = ("start", "in", "out", "end")
INSIDE = ("sex=f", "age=0-5", "minority")
GROUPS = (*LAW_GROUPS, LOCAL_GROUPS)


def within(group, part=""):
    """ "group=N04&sex=f"; without a group "sex=f"."""
    return "&".join(filter(None, (f"group={group}" if group else "", part)))


def of_group(group):
    """(code, breakdown) of every figure in the row of a group; "" = the children, each once."""
    flows = [("HC-32", within(group, f"flow={flow}")) for flow in FLOWS]
    return [*flows, *(("HC-01", within(group, part)) for part in ("", *INSIDE)), ("HC-03", within(group))]


GROUPED = tuple(("HC-01", within(group)) for group in GROUPS)
BREAKDOWNS = tuple(
    dict.fromkeys(
        (
            *((code, key) for code, key in POPULATION if key),
            *(pair for group in (*GROUPS, "") for pair in of_group(group)),
            *moves.pairs("HC-32"),
            *incident_tables.BREAKDOWNS,
            *(("NL-06", f"for={group}") for group in FUND_GROUPS),
        )
    )
)


# The first number of a row, and the numbers that stand beside it and must be of the same units.
ROWS = (
    (POPULATION[0], POPULATION[1:]),
    *(
        (("HC-01", within(group)), tuple(pair for pair in of_group(group) if pair != ("HC-01", within(group))))
        for group in (*GROUPS, "")
    ),
)


def consistent(sums, parts):
    """The sums without the numbers that fewer parts told than the first number of their row: no row that does not add up.

    `parts` = figures of each part. A report on paper may tell a total alone.
    """
    kept = dict(sums.rows)
    for lead, others in ROWS:
        told = [figures for figures in parts if figures(*lead).known]
        for pair in others:
            if any(figures(*pair).missing for figures in told):
                kept.pop(key_of(*pair), None)
    return type(sums)(kept)


def totals_alone(parts):
    """Names of the parts that told a total and not what it is made of. `parts` = (name, figures)."""
    return [
        name
        for name, figures in parts
        if any(figures(*lead).known and figures(*others[0]).missing for lead, others in ROWS[:1] + ROWS[-1:])
    ]


def cell(figure):
    """The number of a figure, or None."""
    if figure.missing or figure.numerator is None:
        return None
    return int(figure.numerator)


def population_row(figures):
    return [cell(figures(code, breakdown)) for code, breakdown in POPULATION]


def population(parts, whole, earlier, word):
    """PL1: `parts` = (name, figures) of each part; `word` heads their column: "Tổ dân phố", "Phường"."""
    rows = [{"name": name, "values": population_row(figures)} for name, figures in parts]
    return {"word": word, "rows": rows, "total": population_row(whole), "earlier": population_row(earlier), "notes": []}


def groups(now, earlier, names):
    """PL2: a row for each group of the law, the local ones together, then the children, each once."""
    rows = [group_row(group, group, names.get(group, group), now, earlier) for group in LAW_GROUPS]
    total = group_row("", "", "Tổng số trẻ em (không trùng)", now, earlier) | {"total": True}
    local = group_row(LOCAL_GROUPS, "Khác", "Nhóm khác của địa phương", now, earlier)
    hidden = any(row["values"][3] for row in rows if row["mark"] in MASKED_GROUPS)
    return {"rows": [*rows, total, local], "sensitive": hidden, "notes": []}


def group_row(group, mark, name, now, earlier):
    flows = [cell(now("HC-32", within(group, f"flow={flow}"))) for flow in FLOWS]
    end = now("HC-01", within(group))
    if flows[3] is None or end.known:
        flows[3] = cell(end)
    inside = [cell(now("HC-01", within(group, part))) for part in INSIDE]
    helped = now("HC-03", within(group))
    return {
        "mark": mark,
        "name": name,
        "values": [*flows, *inside, cell(helped), rate(helped, end), cell(earlier("HC-01", within(group)))],
    }


def rate(part, whole):
    """ "96,8%" of two counts; "" without children."""
    if part.missing or whole.missing or not whole.numerator:
        return ""
    return type(part)(part.numerator, whole.numerator, 100, missing=False).share


def group_names():
    """Code → name of each head group."""
    groups = CircumstanceKind.objects.filter(parent=None).exclude(family="R").order_by("position")
    return dict(groups.values_list("code", "name"))


def needed(codes):
    """Every key that a report keeps of these codes, breakdowns included."""
    return [
        *codes,
        *(code for code in incident_tables.TOTALS if code not in codes),
        *(key_of(code, breakdown) for code, breakdown in (*BREAKDOWNS, *moves.pairs("DS-01"))),
    ]
