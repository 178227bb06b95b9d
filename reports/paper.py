"""A report that came on paper, whole: which figures and table rows can be typed, and the draft that is made of them.

What the paper does not have stays empty and is missing; nothing unknown blocks. A cell is typed once: what stands among the
figures is not asked for again in the total of a table.
"""

from dataclasses import dataclass
from decimal import Decimal

from childcare.children.models import SupportKind
from childcare.indicators.models import Indicator
from childcare.lib import periods
from childcare.lib.vietnamese import capital
from childcare.units.models import Unit
from reports import collecting, incident_tables, outlines, tables
from reports.drafts import Draft
from reports.kept import Figures, Kept, key_of
from reports.measures.catalogue import LAW_GROUPS, LOCAL_GROUPS, is_measured
from reports.outline import CODES, SECTIONS, THIN
from reports.progress import target_rows

# What follows from two typed figures: code → (figure whose count is the numerator, figure whose count is the denominator).
FOLLOWS = {"HC-02": ("HC-01", "DS-01"), "HC-06": ("HC-05", "DS-01"), "XH-02": ("XH-01", "DS-01")}
POPULATION = "DS-02"  # only the population is typed: the children are DS-01
WORDS = ("II", "N", "V", "VI", "VII")  # sections whose words are worth copying, as far as the report has them
OTHER_FAMILIES = ("YT-", "GD-", "VP-", "TN-", "VH-", "TH-", "LD-")
PL1 = ("Tổng số", "Nam", "Nữ", "Dưới 6", "6 - dưới 11", "11 - dưới 16", "Dân tộc thiểu số", "Hộ nghèo", "Hộ cận nghèo")
PL2 = ("Đầu kỳ", "Tăng", "Giảm", "Cuối kỳ", "Nữ", "Dưới 6", "Dân tộc thiểu số", "Được trợ giúp")
PL3 = ("Số lượt", "Số trẻ em", "Kinh phí (đồng)")
PL4 = ("Số vụ", "Số trẻ em", "Nam", "Nữ", "Dưới 6", "6 - dưới 11", "11 - dưới 16", "Đã can thiệp", "Chuyển cơ quan",
       "Xử lý hình sự", "Xử lý hành chính")  # fmt: skip
PL5 = ("Số mắc", "Tử vong", "Nam", "Nữ")


@dataclass(frozen=True)
class Line:
    """One figure to type: its count, and what it is a part of when it is a rate."""

    code: str
    what: str
    whole: str = ""  # label of the denominator
    count: bool = True


@dataclass(frozen=True)
class Grid:
    """A table to type: rows of (label, keys); a key is a figure's, "" where the cell stands among the figures already."""

    name: str
    title: str
    columns: tuple
    rows: tuple
    own: bool = False  # cells of parts or of kinds of help, which are no figures of the unit

    def cells(self):
        """(name of the box, row, column, key) of every cell that is typed."""
        for row, (_, keys) in enumerate(self.rows):
            for column, key in enumerate(keys):
                if key:
                    yield f"g_{self.name}_{row}_{column}", row, column, key


def lines(names, indicators):
    """(section, [Line]) of every figure of the outline that is typed, the main ones apart; then the other sectors'."""
    thin = {code: (what, whole) for code, what, whole in THIN}
    found = []
    for section in SECTIONS:
        rows = [_line(code, names, indicators) for code in section.codes if code not in thin and code not in FOLLOWS]
        if rows:
            found.append((section.heading, rows))
    others = [row.code for row in indicators.values() if row.code.startswith(OTHER_FAMILIES) and row.code not in CODES]
    rows = [_line(code, names, indicators) for code in others if not is_measured(code)]
    return [*_once(found), ("Số liệu ngành khác (PL7)", rows)]


def _once(sections):
    seen = set()
    for title, rows in sections:
        rows = [row for row in rows if row.code not in seen]
        seen |= {row.code for row in rows}
        if rows:
            yield title, rows


def _line(code, names, indicators):
    row = indicators.get(code)
    if code == POPULATION:
        return Line(code, "", "Dân số của địa bàn", count=False)
    return Line(code, names.get(code, code), row.denominator if row else "")


def main_lines():
    return [Line(code, what, whole) for code, what, whole in THIN]


def typed_alone():
    """Codes that stand among the figures: the totals of tables leave them out."""
    return {*CODES, *(code for code, _, _ in THIN)}


def parts_of(obligation):
    """The units into which PL1 of the report is divided, in natural order."""
    unit, day = obligation.unit, obligation.cutoff
    if unit.kind == "commune":
        return sorted(Unit.objects.hamlets_of(unit, day), key=collecting.natural)
    if unit.kind in collecting.COLLECTING:
        return list(Unit.objects.on(day).filter(parent=unit).order_by("code"))
    return []


def _total(pairs):
    alone = typed_alone()
    return tuple("" if not breakdown and code in alone else key_of(code, breakdown) for code, breakdown in pairs)


def _rows(columns, parts, names):
    rows = [(name, tuple(key_of(code, incident_tables.within(part, own)) for code, own in columns)) for part, name in parts]
    rows.append(("Tổng số (không trùng)", _total(columns)))
    places = incident_tables.SETTINGS
    return (*rows, *((f"Nơi: {name}", tuple(key_of(code, incident_tables.within(part, own)) for code, own in columns))
                     for part, name in places))  # fmt: skip


def population_keys():
    """The keys of a row of PL1, in order of its columns."""
    return tuple(key_of(code, own) for code, own in tables.POPULATION)


def grids(obligation, names):
    """The tables PL1 to PL5 of the report."""
    parts = tuple((part.name, population_keys()) for part in parts_of(obligation))
    groups = [(f"{group} {names.get(group, '')}", _group(group)) for group in LAW_GROUPS]
    groups += [("Tổng số trẻ em (không trùng)", _total(_pairs(""))), ("Nhóm khác của địa phương", _group(LOCAL_GROUPS))]
    kinds = [(row.name, (f"{row.code}:times", f"{row.code}:children", f"{row.code}:money"))
             for row in SupportKind.objects.order_by("position")]  # fmt: skip
    return [
        Grid("PL1P", "PL1. Dân số trẻ em theo đơn vị", PL1, parts, own=True),
        Grid("PL1", "PL1. Dân số trẻ em, dòng tổng", PL1, (("Tổng", _total(tables.POPULATION)),)),
        Grid("PL2", "PL2. Trẻ em có hoàn cảnh đặc biệt theo 14 nhóm", PL2, tuple(groups)),
        Grid("PL3", "PL3. Trợ giúp trẻ em", PL3, tuple(kinds), own=True),
        Grid("PL4", "PL4. Trẻ em bị xâm hại", PL4, _rows(incident_tables.PL4, incident_tables.FORMS, names)),
        Grid("PL5", "PL5. Tai nạn, thương tích", PL5, _rows(incident_tables.PL5, incident_tables.CAUSES, names)),
    ]


def _pairs(group):
    """The figures of a row of PL2: đầu kỳ, tăng, giảm, cuối kỳ, then what is inside."""
    start, came, left, _end, *rest = tables.of_group(group)
    return [start, came, left, *rest]


def _group(group):
    return tuple(key_of(code, breakdown) for code, breakdown in _pairs(group))


def figures_from(typed, multipliers):
    """The figures of a paper report: what was typed (key → numerator, denominator), and what follows from it."""
    kept = {
        key: Kept(top, below, multipliers.get(key.partition("|")[0], 1), missing=False) for key, (top, below) in typed.items()
    }
    if "HC-04" in kept:
        kept.setdefault("HC-03", Kept(kept["HC-04"].numerator, None, 1, missing=False))
        kept.setdefault("HC-01", Kept(kept["HC-04"].denominator, None, 1, missing=False))
    for code, (top, below) in FOLLOWS.items():
        if top in kept and below in kept and code not in kept and kept[below].numerator:
            kept[code] = Kept(kept[top].numerator, kept[below].numerator, multipliers.get(code, 100), missing=False)
    for key in [key for key in kept if key == "HC-01" or key.startswith("HC-01|group=") and "&" not in key]:
        end = key_of("HC-32", "&".join(filter(None, (key.partition("|")[2], "flow=end"))))
        kept.setdefault(end, Kept(kept[key].numerator, None, 1, missing=False))
    return Figures(kept)


def words_of(obligation):
    """The sections of the report whose words can be kept."""
    return [section for section in outlines.written(outlines.form_of(obligation.regime)) if section.key in WORDS]


def build(obligation, *, figures, multipliers, parts=(), helped=(), texts=None, asked=()):
    """The draft of a typed report: figures, tables, targets of the unit's plan judged by them, its words.

    `parts`: (name, {key: number}) of PL1; `helped`: (name, [times, children, money, source]) of PL3; `texts`: section → words;
    `asked`: rows of chỉ tiêu bổ sung, each with what was typed for it.
    """
    now, none, names = figures_from(figures, multipliers), Figures(), collecting.names()
    draft = Draft(figures=now, form=outlines.form_of(obligation.regime), extras=[row | {"typed": ""} for row in asked])
    draft.type_in({row["code"]: row["typed"] for row in asked if row["typed"]})
    draft.sections = {key: {"proposal": "", "text": text, "stale": False} for key, text in (texts or {}).items() if text}
    below = [(name, _counts(row)) for name, row in parts]
    if below or any(now(code, own).known for code, own in tables.POPULATION):
        kind = obligation.unit.hamlet_word if obligation.unit.kind == "commune" else "Đơn vị"
        draft.tables["PL1"] = tables.population(below, now, none, capital(kind))
    if any(key.startswith(("HC-32|", "HC-01|")) for key in now.rows):
        draft.tables["PL2"] = tables.groups(now, none, names)
    if helped:
        draft.tables["PL3"] = {"rows": [_help(name, values) for name, values in helped], "notes": []}
    for name, table in (("PL4", incident_tables.abuse(now, none)), ("PL5", incident_tables.injuries(now, none))):
        if incident_tables.known(table):
            draft.tables[name] = table
    if outlines.judges_targets(draft.form):
        plan = collecting.plan_of(obligation.unit, periods.parse(obligation.period).year)
        figures = collecting.figures_for_paper(now)
        draft.targets = target_rows(plan, figures, obligation.cutoff, collecting.helped(now))
    return draft


def _counts(row):
    return Figures({key: Kept(Decimal(value), None, 1, missing=False) for key, value in row.items()})


def _help(name, values):
    return {"name": name, "values": values, "earlier": None}


def multipliers():
    """Code → multiplier of every indicator."""
    return dict(Indicator.objects.order_by("pk").values_list("code", "multiplier"))
