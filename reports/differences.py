"""Today's figures beside those of a signed report, and the rows that make a difference."""

from dataclasses import dataclass, field

from childcare.accounts.roles import Permission
from childcare.children.models import Child, IncidentChild
from childcare.indicators.models import Indicator
from reports import collecting, freezing, measures, outlines
from reports.measures.behind import every
from reports.models import SnapshotKeys


@dataclass
class Causes:
    """Rows that are counted now and were not, and those that were and are not."""

    name: str
    came: list = field(default_factory=list)
    left: list = field(default_factory=list)

    @property
    def shown(self):
        return [row["id"] for row in (*self.came, *self.left)]


def rows(obligation, snapshot, officer):
    """Figures of the outline that differ: name, in the report, today; `open` when the officer may see the rows."""
    then = freezing.figures_of([snapshot])[snapshot.pk]
    now, names = collecting.figures_now(obligation), collecting.names()
    keyed = set(SnapshotKeys.objects.filter(snapshot=snapshot).values_list("code", flat=True))
    found = []
    for code in outlines.codes(outlines.form_of(obligation.regime)):
        old, new = then(code), now(code)
        if code in (key.partition("|")[0] for key in then.rows) and not old.same(new):
            may = code in keyed and openable(officer, code, obligation)
            found.append({"code": code, "name": names.get(code, code), "then": old.text, "now": new.text, "open": may})
    return found


def openable(officer, code, obligation):
    """True when the officer may see every row behind the figure."""
    if not officer.can_in(Permission.CHILD_VIEW, obligation.unit):
        return False
    return measures.openable(officer, code, obligation.unit, collecting.window_of(obligation)) is not None


def causes(obligation, snapshot, code, officer):
    """The rows behind the difference of a figure, or None for who may not see them."""
    kept = SnapshotKeys.objects.filter(snapshot=snapshot, code=code).first()
    if kept is None or not openable(officer, code, obligation):
        return None
    found = measures.rows(code, obligation.unit, collecting.window_of(obligation))
    now, then = set(found.order_by("pk").values_list("pk", flat=True)), set(kept.keys)
    name = Indicator.objects.get(code=code).name
    return Causes(name, told(found.model, now - then, officer), told(found.model, then - now, officer))


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
