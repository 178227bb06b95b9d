"""Incidents and their children: flow by the unit and day written on the row, age on that day. One statement."""

from django.db.models import Exists, OuterRef, Q

from childcare.children.models import Incident, IncidentChild, IncidentOutcome, Support
from childcare.lib.calendar import SIXTEEN, age_on, birth_after_for_age
from reports.measures.catalogue import AGES, RESULTS
from reports.measures.conditions import supported, valid
from reports.measures.timely import Timely

K, C = Incident.Kind, Incident.Cause
LATE = " earlier"  # behind a code: the same count a year earlier, for the rates of change
EARLIER, MARRIAGES_EARLIER = f"XH-01{LATE}", f"TH-01{LATE}"
INJURIES = "TN incidents"
FIELDS = (
    "pk", "unit_id", "occurred_on", "kind", "cause", "setting",
    "protected_file_id", "protected_file__restricted", "protected_file__held_by",
    "children__pk", "children__child_id", "children__child__sex", "children__child__birth_latest", "children__sex",
    "children__birth_latest", "children__form", "children__outcome", "children__intervened_on", "helped",
    *(f"is_{kind}" for kind in RESULTS.values()),
)  # fmt: skip


def in_scope(scope):
    """Incidents of the scope: by their unit, or by the unit that holds the restriction."""
    return scope.inside("unit") | (scope.inside("protected_file__held_by") & Q(protected_file__restricted=True))


def count(cells, scope, by, earlier, kinds=None):
    """Fill the cells of incidents of the window, and those of the window `earlier` that a rate of change needs."""
    window = scope.window
    now = Q(occurred_on__gte=window.data_from, occurred_on__lte=window.cutoff)
    then = Q(occurred_on__gte=earlier.data_from, occurred_on__lte=earlier.cutoff, kind__in=(K.ABUSE, K.CHILD_MARRIAGE))
    given = Support.objects.filter(valid(known_at=window.known_at), supported(window), kind__counted=True)
    if kinds:
        given = given.filter(kind__code__in=kinds)
    # A restricted support tells nothing beside an incident that lies under another file.
    told = Q(protected_file=None) | Q(protected_file__restricted=False) | Q(protected_file=OuterRef("protected_file"))
    given = given.filter(told)
    rows = Incident.objects.filter(valid(known_at=window.known_at), now | then, in_scope(scope))
    told = IncidentOutcome.objects.valid(window.known_at).filter(incident=OuterRef("pk"), on__lte=window.cutoff)
    results = {f"is_{kind}": Exists(told.filter(kind=kind)) for kind in RESULTS.values()}
    rows = rows.annotate(helped=Exists(given.filter(child=OuterRef("children__child"))), **results)
    found = [row for row in (Row(*values) for values in rows.order_by("pk").values_list(*FIELDS)) if row.counts()]
    here = [row for row in found if window.data_from <= row.day <= window.cutoff]
    _judge(scope, here)
    for row in here:
        tally(cells, scope, by, row)
    for row in found:
        if earlier.data_from <= row.day <= earlier.cutoff:
            tally_earlier(cells, scope.above(row.place, row.day), row)


def _judge(scope, rows):
    """Say of every abused child of the window whether it was helped in time."""
    abused = [row for row in rows if row.kind == K.ABUSE and row.person and scope.above(row.place, row.day)]
    children, files = {row.child for row in abused if row.child}, {file for row in abused for file in row.files}
    timely = Timely(scope, children, files)
    for row in abused:
        (file,) = row.files or {None}
        row.has_case = bool(timely.cases(row.child, file, row.day))
        row.in_time = timely.judged(child=row.child, file=file, day=row.day, unit=row.place, begun=row.intervened)


class Row:
    """One child in one incident (or an incident without children)."""

    def __init__(self, pk, unit, day, kind, cause, setting, file, restricted, holder, person, child, sex, born, *own):
        typed_sex, typed_born, form, outcome, intervened, helped, *results = own
        self.results = [code for code, told in zip(RESULTS, results, strict=False) if told]
        self.pk, self.day, self.kind, self.cause, self.setting = pk, day, kind, cause, setting
        self.place = holder if restricted and holder else unit
        self.files = {file} if file else set()
        self.person, self.child, self.form, self.outcome, self.intervened = person, child, form, outcome, intervened
        self.sex, self.born, self.helped = sex or typed_sex, born or typed_born, helped and child is not None
        self.key = ("child", child) if child else ("row", person)
        self.in_time, self.has_case = None, False

    def counts(self):
        """False for a person who was certainly no child on the day; of unknown birth it is an incident of a child."""
        return self.born is None or self.born > birth_after_for_age(SIXTEEN, self.day)

    def keys(self, by):
        """Breakdown keys of the child: total, sex, age band on the day."""
        found = [""]
        if "sex" in by and self.sex:
            found.append(f"sex={self.sex}")
        if "age" in by and self.born:
            age = age_on(self.born, self.day)
            found += [key for key, years in AGES if age < years][:1]
        return found

    def marks(self, by):
        """Breakdown keys of the incident: total, form, cause, setting."""
        values = {"form": self.form, "cause": self.cause, "setting": self.setting}
        return ["", *(f"{name}={value}" for name, value in values.items() if name in by and value)]


def tally(cells, scope, by, row):
    """Count one row for everything that it tells."""
    units = scope.above(row.place, row.day)
    marks, keys = row.marks(by), row.keys(by)
    for name in counts_of_incident(row):
        for mark in marks:
            cells.put((name, mark), units, row.pk, row.pk)
            cells.cover((name, mark), units, row.files)
    if row.person is None:
        return
    inner = ["&".join(filter(None, (mark, key))) for mark in marks for key in keys]
    for name in counts_of_child(row, scope.window.cutoff):
        for breakdown in ("", "part=abused") if name.startswith("XH-05") else inner:
            cells.put((name, breakdown), units, row.key, row.person)
            cells.cover((name, breakdown), units, row.files)


def tally_earlier(cells, units, row):
    """Count one row of the window a year earlier: abused children, child marriages."""
    if row.kind == K.ABUSE and row.person:
        cells.put((EARLIER, ""), units, row.key, row.person)
    elif row.kind == K.CHILD_MARRIAGE:
        cells.put((MARRIAGES_EARLIER, ""), units, row.pk, row.pk)


def counts_of_incident(row):
    """Counts of incidents (vụ)."""
    names = {K.ABUSE: "XH-03", K.SCHOOL_VIOLENCE: "XH-08", K.OFFENCE: "VP-01", K.INJURY: INJURIES, K.CHILD_MARRIAGE: "TH-01"}
    found = [names[row.kind]] if row.kind in names else []
    if row.kind == K.ABUSE:
        found += row.results
        found += ["XH-11"] * any(code != "HS-07" for code in row.results)
    return found


def counts_of_child(row, cutoff):
    """Counts of children in incidents."""
    intervened = row.intervened is not None and row.intervened <= cutoff
    if row.kind == K.ABUSE:
        yield from ("XH-01", "XH-05 all")
        if row.form == IncidentChild.Form.SEXUAL:
            yield "XH-07"
        if intervened:
            yield "HS-10"
        if row.in_time is not None:
            yield "XH-04 all"
        if row.in_time:
            yield "XH-04"
        if intervened or row.helped or row.has_case:
            yield "XH-05"
    elif row.kind == K.INJURY:
        yield "TN-01"
        if row.cause == C.TRAFFIC:
            yield "TN-06"
        if row.outcome == IncidentChild.Outcome.DIED:
            yield "TN-03"
            yield from {C.DROWNING: ("TN-05",), C.TRAFFIC: ()}.get(row.cause, ("TN-07",))
    elif row.kind == K.OFFENCE:
        yield "VP-02"
    elif row.kind == K.DISASTER:
        yield "HC-24 all"
        if intervened or row.helped:
            yield "HC-24"
