"""Which outline a report has: the full one of half-years and years, shorter ones of months, campaigns, events and requests.

A section keeps its key, so that its sentences and figures are the same; its mark follows the place it takes. What the issuing
unit added stands behind the results.
"""

from dataclasses import replace

from reports.outline import BY_KEY, SECTIONS, Section

FREE = Section("N", "I", "Nội dung báo cáo", 1)  # of a report on request: the unit's own words
# Form → (key, mark, level, title where it differs). The full outline is that of `outline`.
FORMS = {
    "short": (
        ("I", "I", 1, ""), ("III", "II", 1, ""), ("III.1", "1", 2, ""), ("III.4", "2", 2, ""), ("III.4.a", "a", 3, ""),
        ("III.4.b", "b", 3, ""), ("III.4.c", "c", 3, ""), ("III.7", "3", 2, ""), ("V", "III", 1, ""), ("VI", "IV", 1, ""),
        ("VII", "V", 1, ""),
    ),
    "campaign": (
        ("II", "I", 1, ""), ("III", "II", 1, ""), ("III.1", "1", 2, ""),
        ("III.6", "2", 2, "Hoạt động trong Tháng hành động vì trẻ em, sự tham gia của trẻ em"), ("III.4.a", "3", 2, ""),
        ("III.7", "4", 2, ""), ("V", "III", 1, ""), ("VI", "IV", 1, ""), ("VII", "V", 1, ""),
    ),
    "event": (
        ("II", "I", 1, ""), ("III.6", "II", 1, "Kết quả tổ chức, ý kiến của trẻ em"), ("V", "III", 1, ""), ("VII", "IV", 1, ""),
    ),
    "request": (("N", "I", 1, ""), ("V", "II", 1, ""), ("VII", "III", 1, "")),
}  # fmt: skip
OF = {"month": "short", "quarter": "short", "campaign": "campaign", "event": "event", "request": "request"}
ANNEXES = {"": ("PL1", "PL2", "PL3", "PL4", "PL5", "PL7"), "short": ("PL2", "PL3", "PL4", "PL5", "PL7")}
BASE = BY_KEY | {FREE.key: FREE}
BEFORE = ("IV", "V")  # what the issuing unit added stands before the first of them


def form_of(regime):
    """The name of the outline; "" is the full one."""
    return OF.get(regime.every, "")


def base(form):
    """The sections of a form as they are printed, without what somebody added."""
    if not form:
        return SECTIONS
    rows = ((BASE[key], mark, level, title) for key, mark, level, title in FORMS[form])
    return tuple(replace(row, mark=mark, level=level, title=title or row.title) for row, mark, level, title in rows)


def sections(form, added=()):
    """Every section in print order. `added`: what the issuing unit wants besides, as {"key", "title"}."""
    found = list(base(form))
    place = next((at for at, row in enumerate(found) if row.key in BEFORE), len(found))
    head = max((at for at, row in enumerate(found[:place]) if row.level == 1), default=0)
    marks = sum(row.level == 2 for row in found[head:place])
    more = [Section(row["key"], str(number), row["title"], 2) for number, row in enumerate(added, marks + 1)]
    return tuple([*found[:place], *more, *found[place:]])


def written(form, added=()):
    """Those that say something."""
    return tuple(section for section in sections(form, added) if section.written)


def codes(form):
    """The figures that the sections of a form tell."""
    return tuple(dict.fromkeys(code for section in base(form) for code in section.codes))


def annexes(form):
    """Which of the tables a report has: only what its period can say."""
    return ANNEXES.get(form, ())


def judges_targets(form):
    """True when the report tells how the targets of the year stand: only the full one covers the year up to its cut-off."""
    return not form
