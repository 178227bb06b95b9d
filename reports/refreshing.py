"""What a refresh would bring to an open draft: each figure old → new, and why, before the officer takes it."""

from reports import causes, collecting, consolidation, drafts
from reports.measures.catalogue import is_masked_kind
from reports.models import DraftKeys
from reports.outline import CODES, SECTIONS

SECTION_OF = {code: section for section in reversed(SECTIONS) for code in section.codes}


def keep_keys(submission):
    """Write down which rows are behind the figures that the draft just took; a collecting report has none of its own."""
    submission.draft_keys.all().delete()
    rows = [DraftKeys(submission=submission, code=code, keys=keys) for code, keys in collecting.keys_of(submission.obligation)]
    DraftKeys.objects.bulk_create(rows)


def pending(submission, officer):
    """Figures that are others now: code, name, before, after, section where they are told, why (sentences)."""
    rows = drafts.changed_since(submission)
    if not rows:
        return []
    why = reasons(submission, officer)
    for row in rows:
        said = why.get(row["code"], []) if row["code"] else ["cấp trên đổi đề cương, hoặc báo cáo cấp dưới đổi số"]
        row["why"], row["section"] = said, SECTION_OF.get(row["code"])
    return rows


def reasons(submission, officer):
    """Code → sentences that explain the change. A small sensitive number is explained only to who may see its rows."""
    owed = submission.obligation
    if owed.unit.kind in collecting.COLLECTING:
        return of_parts(owed, drafts.load(submission))
    then = dict(submission.draft_keys.values_list("code", "keys"))
    found = causes.explain(owed, submission.figures_at, then, dict(collecting.keys_of(owed)))
    return {code: why.parts for code, why in found.items() if explained_to(officer, code, owed)}


def explained_to(officer, code, owed):
    """True when the officer may read why a figure moved."""
    return not is_masked_kind(code) or collecting.openable(officer, code, owed)


def of_parts(owed, draft):
    """Code → which unit's report tells another number than when the sum was last taken: "Nam Sơn: – → 1.842"."""
    names, parts = collecting.names(), consolidation.parts_of(owed)
    then = {
        (row["name"], unit): cell
        for section in draft.parts.get("sections", ())
        for row in section["rows"]
        for unit, cell in zip(draft.parts["names"], row["cells"], strict=False)
    }
    found = {}
    for code in CODES:
        title = consolidation.title(code, names)
        for part in parts:
            old, new = then.get((title, part.name), consolidation.DASH), consolidation.shown(part, code)
            if old != new:
                found.setdefault(code, []).append(f"{part.name}: {old} → {new}")
    return found
