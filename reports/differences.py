"""Today's figures beside those of a signed report, and the rows that make a difference."""

from dataclasses import dataclass, field

from childcare.children.models import Child, IncidentChild
from childcare.indicators.models import Indicator
from reports import causes as explaining
from reports import collecting, freezing, measures, outlines
from reports.measures.behind import every
from reports.measures.catalogue import is_masked_kind
from reports.models import SnapshotKeys


@dataclass
class Causes:
    """Rows that are counted now and were not, and those that were and are not."""

    name: str
    came: list = field(default_factory=list)
    left: list = field(default_factory=list)
    why: object = None  # the same as counts by cause
    listed: bool = True  # False: counts alone, for who may not see the rows

    @property
    def shown(self):
        return [row["id"] for row in (*self.came, *self.left)]


def rows(obligation, snapshot, officer):
    """Figures of the outline that differ: name, in the report, today, why; `open` when the officer may see the rows."""
    then = freezing.figures_of([snapshot])[snapshot.pk]
    now, names = collecting.figures_now(obligation), collecting.names()
    codes = outlines.codes(outlines.form_of(obligation.regime))
    told = {key.partition("|")[0] for key in then.rows}
    differing = [code for code in codes if code in told and not then(code).same(now(code))]
    why = reasons(obligation, snapshot) if differing else {}
    found = []
    for code in differing:
        may = code in why and collecting.openable(officer, code, obligation)
        row = {"code": code, "name": names.get(code, code), "then": then(code).text, "now": now(code).text, "open": may}
        found.append(row | {"why": why[code].parts if code in why and (may or not is_masked_kind(code)) else []})
    return found


def reasons(obligation, snapshot):
    """Code → Why of the figures of a snapshot whose rows are others today."""
    kept = dict(SnapshotKeys.objects.filter(snapshot=snapshot).values_list("code", "keys"))
    return explaining.explain(obligation, snapshot.taken_at, kept, dict(collecting.keys_of(obligation))) if kept else {}


def causes(obligation, snapshot, code, officer):
    """What makes the difference of a figure: counts by cause, and the rows for who may see every one of them.

    None where nothing was kept, or for a small sensitive number to who may not see its rows.
    """
    kept = SnapshotKeys.objects.filter(snapshot=snapshot, code=code).first()
    may = kept is not None and collecting.openable(officer, code, obligation)
    if kept is None or not may and is_masked_kind(code):
        return None
    found = measures.rows(code, obligation.unit, collecting.window_of(obligation))
    now, then = set(found.order_by("pk").values_list("pk", flat=True)), set(kept.keys)
    why = explaining.explain(obligation, snapshot.taken_at, {code: then}, {code: now}).get(code, explaining.Why())
    name = Indicator.objects.get(code=code).name
    if not may:
        return Causes(name, why=why, listed=False)
    return Causes(name, told(found.model, now - then, officer), told(found.model, then - now, officer), why)


def told(model, keys, officer):
    """Rows for the page: what it is, where it opens; only what the officer sees. A row that left may be out of sight."""
    if not keys:
        return []
    visible = every(model).filter(pk__in=keys)
    if hasattr(visible, "visible_to"):
        visible = visible.visible_to(officer)
    return [describe(row) for row in visible.order_by("pk")[:500]]


def describe(row):
    """One row in words, with the public id for the log."""
    if isinstance(row, Child):
        name = row.full_name or "Chưa có tên"
        if row.removed_at:
            return {"id": row.public_id, "child": None, "text": f"{name} ({row.get_removed_reason_display().lower()})"}
        return {"id": row.public_id, "child": row.public_id, "text": name}
    if isinstance(row, IncidentChild):
        return {
            "id": row.incident.public_id,
            "child": None,
            "text": f"Trẻ em trong vụ việc ngày {row.incident.occurred_on:%d/%m/%Y}",
        }
    day = getattr(row, "occurred_on", None) or getattr(row, "held_on", None) or getattr(row, "started_on", None)
    words = f"{row._meta.verbose_name.capitalize()}{f' ngày {day:%d/%m/%Y}' if day else ''}"
    return {"id": getattr(row, "public_id", ""), "child": None, "text": words}
