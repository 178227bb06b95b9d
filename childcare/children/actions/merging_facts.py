"""The dated rows of two children in a merge: which stand, which are voided, what stands in their place."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F

from childcare.accounts.models import Officer
from childcare.children import intervals
from childcare.children.actions.base import insert
from childcare.children.models import Caregiver, Child, Circumstance, Incident, IncidentChild, Residence, Support
from childcare.children.models.base import DatedFact
from childcare.children.models.people import Membership
from childcare.children.querysets import open_files
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold

WHY = "Gộp hai hồ sơ của cùng một trẻ"
HIDDEN = "Chưa gộp được hai hồ sơ này. Đề nghị liên hệ cấp trên."
TWO_TEAMS = "Hai hồ sơ cùng có “{}” nhưng người được xem khác nhau. Hãy hủy một dòng rồi gộp lại."
NOT_COPIED = {"id", "public_id", "recorded_at", "recorded_by", "voided_at", "voided_by", "void_reason", "replaces", "version"}


@dataclass
class Work:
    """One merge while it is done: the two children, who does it, the one moment, and what was made and voided."""

    kept: Child
    merged: Child
    by: Officer
    at: datetime
    made: dict = field(default_factory=dict)  # label → keys of new rows
    voided: dict = field(default_factory=dict)  # label → keys of rows voided, of either child

    def rows(self, model, child):
        """The valid rows of a child, locked."""
        return list(model._base_manager.select_for_update().filter(child=child, voided_at=None).order_by("pk"))

    def seen(self, row):
        """True when the officer may see the row as far as its protected file goes."""
        file = getattr(row, "protected_file_id", None)
        return file is None or open_files(self.by).filter(pk=file).exists()

    def void(self, row):
        """The row stands no longer."""
        void_at(row, by=self.by, at=self.at, reason=WHY)
        self.voided.setdefault(row._meta.label, []).append(row.pk)

    def copy(self, row, *, replaces=True, **changes):
        """What stands in its place: a new row of the kept child."""
        new = copy_row(row, by=self.by, at=self.at, replaces=row if replaces else None, **{"child": self.kept, **changes})
        self.made.setdefault(row._meta.label, []).append(new.pk)
        return new


def void_at(row, *, by, at, reason):
    """Void a row at a given moment, so that nothing is counted twice or not at all in between."""
    row.voided_at, row.voided_by, row.void_reason, row.version = at, by, reason, row.version + 1
    row.save(update_fields=["voided_at", "voided_by", "void_reason", "version"])


def copy_row(row, *, by, at, replaces, **changes):
    """A new row that says what the old one says but for the changes, known since the moment."""
    model = type(row)
    names = [one.name for one in model._meta.concrete_fields if one.name not in NOT_COPIED]
    values = {name: getattr(row, name) for name in names} | {name: value for name, value in changes.items() if name in names}
    new = insert(model(recorded_by=by, replaces=replaces, **values))
    model._base_manager.filter(pk=new.pk).update(recorded_at=at)
    return new


def merge_facts(work, *, residence, household, twice):
    """Void every valid row of the merged child and give the kept child what it tells."""
    whose = {Residence: residence, Membership: household}
    for model in fact_models():
        if model is Circumstance:
            _circumstances(work)
        elif model in (Support, Caregiver):
            _plain(work, model, ALIKE[model], twice)
        elif (by := alone(model)) is not None:
            _timeline(work, model, by, whose.get(model, "kept"))
        else:
            _plain(work, model, lambda one, other: False, twice)
    _incidents(work)


def fact_models():
    """Every dated fact about a child, of whichever app."""
    return [link.related_model for link in Child._meta.related_objects if issubclass(link.related_model, DatedFact)]


def alone(model):
    """Beside which fields a child has at most one open row: () for its place, ("purpose",) for its consents; else None."""
    rules = [tuple(getattr(rule, "fields", ())) for rule in model._meta.constraints]
    return next((tuple(name for name in fields if name != "child") for fields in rules if "child" in fields), None)


def _timeline(work, model, by, whose):
    """Where both have a row for the same days, the rows of `whose` stand; of the other's what lies outside of them."""
    both = [*work.rows(model, work.kept), *work.rows(model, work.merged)]
    if not all(work.seen(row) for row in both):
        raise Refusal(HIDDEN)
    before = work.kept if whose == "kept" else work.merged
    for key in {_key(row, by): 1 for row in both}:
        rows = [row for row in both if _key(row, by) == key]
        first = [row for row in rows if row.child_id == before.pk]
        _lay(work, first, [row for row in rows if row not in first])


def _key(row, by):
    return tuple(getattr(row, name) for name in by)


def _lay(work, first, second):
    """Lay the rows of one child over those of the other."""
    taken = [(row.started_on, row.ended_on) for row in first]
    wanted = [(row, [(row.started_on, row.ended_on)]) for row in first]
    wanted += [(row, intervals.without((row.started_on, row.ended_on), taken)) for row in second]
    whole = [[(row.started_on, row.ended_on)] for row, _ in wanted]
    changed = [
        (row, spans)
        for (row, spans), before in zip(wanted, whole, strict=True)
        if row.child_id != work.kept.pk or spans != before
    ]
    for row, _ in changed:
        work.void(row)
    for row, spans in changed:
        for place, span in enumerate(spans):
            work.copy(row, replaces=place == 0, **_cut(row, span))


def _cut(row, span):
    """The days of a row that was cut, and that they were cut by a correction, which no flow counts."""
    first, last = span
    changes = {"started_on": first, "ended_on": last}
    if isinstance(row, Residence):
        if first != row.started_on:
            changes["start_reason"] = Residence.Reason.CORRECTION
        if last != row.ended_on:
            changes["end_reason"] = Residence.Reason.CORRECTION
    return changes


def _plain(work, model, alike, twice):
    """Rows that may stand side by side; the same act written down in both records is one, unless the officer says two."""
    mine = work.rows(model, work.kept)
    for row in work.rows(model, work.merged):
        same = None
        if str(row.public_id) not in twice and work.seen(row):
            same = next((one for one in mine if alike(one, row) and work.seen(one) and same_team(one, row)), None)
        work.void(row)
        if same is None:
            work.copy(row)
        elif getattr(same, "amount", 0) is None and row.amount is not None:
            mine.remove(same)
            work.void(same)
            work.copy(row)


def alike_supports(one, other):
    """True when two supports look like the same act: kind, days, giver, and no two different amounts."""
    plain = ("kind_id", "unit_id", "started_on", "ended_on", "running")
    amounts = {one.amount, other.amount} - {None}
    return all(getattr(one, name) == getattr(other, name) for name in plain) and len(amounts) < 2


def alike_carers(one, other):
    """True when two rows tell of the same carer in the same days."""
    plain = ("relation", "started_on", "ended_on")
    return fold(one.name) == fold(other.name) and all(getattr(one, name) == getattr(other, name) for name in plain)


ALIKE = {Support: alike_supports, Caregiver: alike_carers}


def same_team(one, other):
    """True when the same people may see both rows, so that one may tell what the other told."""
    files = (one.protected_file, other.protected_file)
    if files[0] == files[1]:
        return True
    return None not in files and _team(files[0]) == _team(files[1])


def _team(file):
    rows = file.access.values_list("kind", "officer", "unit", "until")
    return file.restricted, file.held_by_id, frozenset(rows)


def _circumstances(work):
    """A child has a circumstance once on a day: rows of one kind that overlap become one, if the same people may see them."""
    rows = [*work.rows(Circumstance, work.kept), *work.rows(Circumstance, work.merged)]
    for together in intervals.overlapping(rows, key=lambda row: row.kind_id):
        theirs = [row for row in together if row.child_id == work.merged.pk]
        if len(together) == 1 and theirs:
            work.void(theirs[0])
            work.copy(theirs[0])
        elif theirs:
            _join(work, together, theirs)


def _join(work, together, theirs):
    if not all(work.seen(row) for row in together):
        raise Refusal(HIDDEN)
    mine = [row for row in together if row not in theirs]
    one, others = (mine or theirs)[0], [row for row in together if row is not (mine or theirs)[0]]
    if not all(same_team(one, row) for row in others):
        raise Refusal(TWO_TEAMS.format(one.kind.name))
    changes = _union(one, together)
    stays = one.child_id == work.kept.pk and all(getattr(one, name) == value for name, value in changes.items())
    for row in others if stays else together:
        work.void(row)
    if not stays:
        work.copy(one, **changes)


def _union(one, together):
    """The days, papers and words of rows that tell of one circumstance; a day that is known goes before "từ trước"."""
    last = max(together, key=lambda row: row.ended_on or date.max)
    paper = next((row for row in (one, *together) if row.paper), one)
    notes = dict.fromkeys(row.note for row in (one, *together) if row.note)
    return {
        "started_on": min((row.started_on for row in together if row.started_on), default=None),
        "ended_on": last.ended_on, "end_reason": last.end_reason, "paper": paper.paper, "paper_on": paper.paper_on,
        "note": "\n".join(notes),
    }  # fmt: skip


def _incidents(work):
    """An incident of the merged child is told again with the kept one; who is in it twice is in it once."""
    rows = Incident.objects.select_for_update().filter(
        pk__in=IncidentChild.objects.filter(child=work.merged).values("incident"), voided_at=None
    )
    for row in rows.order_by("pk"):
        people = list(row.children.order_by(F("child").asc(nulls_last=True), "pk"))
        work.void(row)
        new = work.copy(row)
        mine = next((one for one in people if one.child_id == work.kept.pk), None)
        for person in people:
            if person.child_id == work.merged.pk and mine is not None:
                continue
            other = next((one for one in people if one.child_id == work.merged.pk), None) if person is mine else None
            put_person(new, person, other, child=work.kept if person.child_id == work.merged.pk else person.child)


def put_person(incident, person, other=None, *, child):
    """Write a person of an incident down again; what it does not tell is taken from the other row of the same child."""
    values = {
        name: getattr(person, name) or (getattr(other, name) if other else getattr(person, name))
        for name in ("sex", "birth_latest", "form", "outcome", "intervened_on")
    }
    IncidentChild.objects.create(incident=incident, child=child, **values)
