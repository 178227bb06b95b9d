"""Children by group of the law, sex and age band, as an officer may see them: small sensitive numbers masked."""

from dataclasses import dataclass

from childcare.lib import drawing
from childcare.lib.calendar import show
from reports import measures

COLUMNS = (
    ("Tổng số", "HC-01", ""), ("Nam", "HC-01", "sex=m"), ("Nữ", "HC-01", "sex=f"), ("Dưới 6 tuổi", "HC-01", "age=0-5"),
    ("6 – dưới 11 tuổi", "HC-01", "age=6-10"), ("11 – dưới 16 tuổi", "HC-01", "age=11-15"), ("Được trợ giúp", "HC-03", ""),
)  # fmt: skip
EVERYBODY = (
    ("Trẻ em dưới 16 tuổi", "DS-01", ""), ("Nam", "DS-05", ""), ("Nữ", "DS-06", ""), ("Dưới 6 tuổi", "DS-03", ""),
    ("6 – dưới 11 tuổi", "DS-01", "age=6-10"), ("11 – dưới 16 tuổi", "DS-01", "age=11-15"),
)  # fmt: skip
NOTE = "Một trẻ em có thể thuộc nhiều nhóm nên cộng các nhóm có thể lớn hơn tổng số trẻ em."


@dataclass(frozen=True)
class Row:
    """A group with its figures in the order of COLUMNS."""

    label: str
    figures: list
    total: bool = False


def rows(seen, unit):
    """The fourteen groups of the law, then the children, each once; of a table as the officer may see it."""

    def figures(group):
        return [seen.figure(code, unit, "&".join(filter(None, (group, part)))) for _, code, part in COLUMNS]

    found = [Row(kind.name.removeprefix("Trẻ em "), figures(f"group={kind.code}")) for kind in measures.law_groups()]
    return [*found, Row("Tổng số trẻ em có hoàn cảnh đặc biệt (không trùng)", figures(""), True)]


def everybody(table, unit):
    """(words, figure) of all children by sex and age."""
    return [(words, table.figure(code, unit, part)) for words, code, part in EVERYBODY]


def picture(found, window):
    """(SVG, its words) of the groups as bars."""
    words = f"Trẻ em có hoàn cảnh đặc biệt theo 14 nhóm, tính đến {show(window.cutoff)}"
    return drawing.bars(
        [(row.label, value(row.figures[0]), row.figures[0].text) for row in found if not row.total], words
    ), words


def value(figure):
    """The number of a figure that may be drawn, else None."""
    return None if figure.missing or figure.masked else figure.value
