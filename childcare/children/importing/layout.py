"""How a list looks: its headings in their order with what they hold, how its dates are written, what stands between children.

From this a list is given out again as the unit knows it (children/layouts.py). No value of a child is kept.
"""

import re
from collections import Counter

from childcare.children import codes

TEXT_DAY = re.compile(r"\s*(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*[/.\-]\s*\d{4}\s*")
TRUE_DATE, USUAL = "date", "/"


def of_sheet(reading, sheet, header, found):
    """The layout of a sheet with children, as JSON: columns, dates, lines of hamlets and of household heads."""
    kinds = Counter(row["kind"] for row in reading.not_children if row["sheet"] == sheet.name)
    fields = set(header.columns.values())
    told = "hamlet" not in fields and (kinds["hamlet"] or any(one.fields["hamlet"] for one in found))
    return {
        "columns": [
            {"levels": header.levels[index], "field": header.columns.get(index, "")} for index in sorted(header.levels)
        ],
        "dates": dates(found),
        "by_hamlet": bool(told),
        "by_head": bool("household_head" not in fields and kinds["household_head"]),
        "numbered": header.column_number_row is not None,
        "ours": any(codes.is_ours(one.fields.get("child_code", "")) for one in found),
    }  # fmt: skip


def dates(found):
    """How most full birth dates are written: "date" for cells that hold a date, else the sign between day and month.

    A text without noughts in front ("5/6/2016") is told by a "1" before the sign.
    """
    styles = Counter(style for one in found if (style := _style(one)))
    return styles.most_common(1)[0][0] if styles else USUAL


def _style(one):
    if one.birth is None or one.birth.precision != "day":
        return ""
    if one.birth_kind == "true":
        return TRUE_DATE
    match = TEXT_DAY.fullmatch(one.birth_text)
    if not match:
        return ""
    day, sign, month = match.groups()
    if int(day) > 9 and int(month) > 9:
        return ""  # nothing to tell whether noughts are written
    return sign if len(day) == len(month) == 2 else f"1{sign}"
