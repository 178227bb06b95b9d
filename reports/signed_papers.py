"""A signed paper that was edited outside: its tables to be held against the snapshot, and a draft with the figures it says."""

from dataclasses import dataclass
from hashlib import sha256

from plans.models import Target
from reports import collecting, consolidation, documents, drafts, exporting, incident_tables, outlines, paper, tables
from reports.drafts import Draft
from reports.kept import Figures, Kept
from reports.measures.reduction import against_base, counted_code
from reports.outline import CODES
from reports.progress import target_row

MAIN = "so-lieu"


@dataclass(frozen=True)
class Sheet:
    """One table to be ticked: a stable key, its title, its content as blocks of a page."""

    key: str
    title: str
    blocks: list


def sheets(submission):
    """The tables of the frozen report: the figures that its words tell, then every annex."""
    draft, names = drafts.load(submission), collecting.names()
    rows = [
        [names.get(code, code), draft.figures(code).text] for code in outlines.codes(draft.form) if draft.figures(code).known
    ]
    main = {"table": rows, "titles": ["Chỉ tiêu", "Số liệu"], "name": "Số liệu trong phần lời"}
    found = [Sheet(MAIN, "Số liệu trong phần lời", [main])]
    for annex in exporting.readable(documents.of_submission(submission))["annexes"]:
        key = sha256(annex["title"].encode()).hexdigest()[:12]
        found.append(Sheet(key, " ".join(filter(None, [annex["label"], annex["title"]])), annex["blocks"]))
    return found


def differing(draft, typed):
    """{key: (numerator, denominator)} of what the paper says otherwise; what is left empty stays as it is."""
    found = {}
    for key, (top, below) in typed.items():
        old = draft.figures(*key.partition("|")[::2])
        if old.missing or old.numerator != top or (below is not None and old.denominator != below):
            found[key] = (top, below)
    return found


def corrected(draft, obligation, changed, parts=(), helped=()):
    """The draft with the figures of the paper: its words stay, its tables and targets are made anew where they changed."""
    new = Draft.parse(draft.dump())
    rows, multipliers = dict(draft.figures.rows), paper.multipliers()
    for key, (top, below) in changed.items():
        old = rows.get(key)
        kept = old.denominator if old and below is None else below
        rows[key] = Kept(top, kept, multipliers.get(key.partition("|")[0], 1), missing=False)
    for code, (top, below) in paper.FOLLOWS.items():
        if code in rows and {top, below} & set(changed) and rows[below].numerator:
            rows[code] = Kept(rows[top].numerator, rows[below].numerator, multipliers.get(code, 100), missing=False)
    new.figures = Figures(rows)
    _tables(new, parts, helped)
    _targets(new, {key for key in changed if "|" not in key}, obligation.cutoff)
    _totals(new)
    return new


def _tables(draft, parts, helped):
    now, earlier, names = draft.figures, draft.earlier, collecting.names()
    old = draft.tables
    if "PL1" in old:
        old["PL1"]["total"] = tables.population_row(now)
        by_name = {row["name"]: row for row in old["PL1"]["rows"]}
        for name, row in parts:
            if name in by_name:
                values = by_name[name]["values"]
                by_name[name]["values"] = [
                    row.get(key, value) for key, value in zip(paper.population_keys(), values, strict=True)
                ]
    for name, made in (("PL2", tables.groups(now, earlier, names)), ("PL4", incident_tables.abuse(now, earlier)),
                       ("PL5", incident_tables.injuries(now, earlier))):  # fmt: skip
        if name in old:
            old[name] = made | {"notes": old[name]["notes"]}
    typed = dict(helped)
    for row in old.get("PL3", {}).get("rows", ()):
        if row["name"] in typed:
            row["values"] = [
                new if new not in (None, "") else was for new, was in zip(typed[row["name"]], row["values"], strict=True)
            ]


def _targets(draft, codes, day):
    """Targets whose figure changed are judged again."""
    keys = [row["key"] for row in draft.targets if row["code"] in codes]
    targets = {row.public_id.hex: row for row in Target.objects.filter(public_id__in=keys).select_related("indicator", "plan")}
    for place, row in enumerate(draft.targets):
        target = targets.get(row["key"])
        if target is not None and not target.counted_kinds:
            code = counted_code(target)
            pair = [against_base(target, figures(code)) for figures in (draft.figures, draft.earlier)]
            draft.targets[place] = target_row(target, *pair, day, collecting.helped(draft.figures))


def _totals(draft):
    """The column TỔNG of a collecting report."""
    names = collecting.names()
    shown = {consolidation.title(code, names): consolidation.short(code, draft.figures(code)) for code in CODES}
    for section in draft.parts.get("sections", ()):
        for row in section["rows"]:
            row["total"] = shown.get(row["name"], row["total"])
