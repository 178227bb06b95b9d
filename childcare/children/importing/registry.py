"""What the registry holds of one commune, read in a few queries whatever the number of rows."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from childcare.children import codelist, codes
from childcare.children.importing import decisions, hamlets
from childcare.children.importing.mapping import Remembered
from childcare.children.importing.reading import Place
from childcare.children.importing.values import hamlet_key
from childcare.children.models import (
    Child,
    ChildRevision,
    Circumstance,
    Household,
    ImportMapping,
    PovertyStatus,
    Residence,
    Support,
    SupportKind,
)
from childcare.children.querysets import open_files
from childcare.lib.calendar import parse_partial
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

FORMER = ("full_name", "birth", "mother_name")  # fields by which a child is known again without a number
KNOWN = (
    "pk", "public_id", "unit_id", "unit__path", "unit__name", "household_id", "full_name", "folded_name", "birth_earliest",
    "birth_latest", "birth_precision", "identity_number", "identity_valid", "mother_name", "father_name", "sex", "ethnic",
    "phone", "birth_certificate", "insurance_number", "school_name", "schooling", "twin", "residing",
)  # fmt: skip

FACTS = [  # model, field of a row that tells of it, what of it is read
    (Support, "supports", ("running", "amount", "decision", "decision_on")),
    (Circumstance, "circumstances", ("paper", "paper_on")),
]


@dataclass
class Registry:
    """Children, households and open facts of a commune, with the children elsewhere who hold a number of the file."""

    unit: Unit
    year: int  # of the import: the year of a class without one
    hamlets: dict  # folded key → unit
    circumstances: dict  # code → kind
    supports: dict  # code → kind
    by_number: dict = field(default_factory=dict)
    by_key_of_row: dict = field(default_factory=dict)  # primary key → child of the commune
    by_public: dict = field(default_factory=dict)  # public id as text → child of the commune
    by_key: dict = field(default_factory=lambda: defaultdict(list))
    by_former: dict = field(default_factory=lambda: defaultdict(list))  # what a child was called, or where it lived, before
    households: dict = field(default_factory=dict)  # (unit pk, folded head) → pk
    poverty: dict = field(default_factory=dict)  # (household pk, year) → level
    groups: dict = field(default_factory=lambda: defaultdict(set))  # child pk → codes of circumstances that hold or held
    helped: dict = field(default_factory=lambda: defaultdict(set))  # child pk → (code, day)
    running: dict = field(default_factory=lambda: defaultdict(set))  # child pk → codes of help that goes on
    files: dict = field(default_factory=dict)  # child pk → protected file open to the officer
    given: dict = field(
        default_factory=lambda: defaultdict(dict)
    )  # child pk → (model, code) → its day, decision, paper, amount

    def by_code(self, text):
        """The child of the commune that one of our codes means, the short one of paper or the long one of exports; or None."""
        return self.by_key_of_row.get(codes.key_of(text)) or self.by_public.get(text.lower())

    def holds(self, child):
        """True when the child lives in this commune, so that the import may write of it."""
        return (child["unit__path"] or "").startswith(self.unit.path)


def key_of(folded, earliest, latest, mother):
    """By what a child is known again without a number."""
    return (folded, earliest, latest, fold(mother or ""))


def place_of(unit, on, progress=None, left_out=()):
    """What a reading must know: a few questions and the code list in memory. `left_out`: names of sheets not to be read."""
    kinds = [kind.code for kind in codelist.circumstances().values() if kind.sensitive]
    own = list(Unit.objects.hamlets_of(unit, on))
    extra = {"progress": progress} if progress else {}
    fields = dict(ImportMapping.objects.filter(unit=unit).values_list("key", "fields"))
    remembered = Remembered(fields, frozenset(left_out))
    names, others = [hamlet.name for hamlet in own], hamlets.known(unit, on, own)
    return Place(on, names, frozenset(kinds), holders, remembered=remembered, spellings=others, **extra)


def holders(numbers):
    """number → (folded name, ISO birth) of the children who hold one of the numbers, wherever they live."""
    found = {}
    fields = ("identity_number", "folded_name", "birth_earliest", "birth_latest", "birth_precision")
    rows = Child.objects.filter(identity_valid=True, identity_number__in=numbers) if numbers else Child.objects.none()
    for child in rows.only(*fields):
        found[child.identity_number] = (child.folded_name, child.birth.iso if child.birth else None)
    return found


def load(unit, on, rows, by):
    """The registry of the commune as these rows need it."""
    own = {hamlet_key(hamlet.name): hamlet for hamlet in Unit.objects.hamlets_of(unit, on)}
    kinds = {kind.code: kind for kind in codelist.circumstances().values()}
    helps = {kind.code: kind for kind in SupportKind.objects.all()} if any(row["supports"] for row in rows) else {}
    registry = Registry(unit, on.year, own, kinds, helps)
    numbers = [row["identity_number"] for row in rows if row["identity_status"] == "ok"]
    _load_children(registry, numbers)
    _load_former(registry)
    households = Household.objects.filter(unit__path__startswith=unit.path).order_by("pk")
    for pk, where, head in households.values_list("pk", "unit_id", "head_folded"):
        if head:
            registry.households.setdefault((where, head), pk)
    if registry.by_key:
        _load_facts(registry, rows, by)
    return registry


def _load_children(registry, numbers):
    here = Q(unit__path__startswith=registry.unit.path)
    for child in Child.objects.filter(here | Q(identity_valid=True, identity_number__in=numbers)).order_by("pk").values(*KNOWN):
        if child["identity_valid"]:
            registry.by_number[child["identity_number"]] = child
        if registry.holds(child):
            registry.by_key_of_row[child["pk"]] = registry.by_public[str(child["public_id"])] = child
            key = key_of(child["folded_name"], child["birth_earliest"], child["birth_latest"], child["mother_name"])
            registry.by_key[key].append(child)


def _load_former(registry):
    """Children as an older list knows them: corrected by hand since, or moved to another commune since. Two questions."""
    here = registry.unit.path
    mine = {child["pk"]: child for children in registry.by_key.values() for child in children}
    before = defaultdict(lambda: defaultdict(set))
    corrected = ChildRevision.objects.filter(field__in=FORMER, child__unit__path__startswith=here)
    for child, name, old in corrected.values_list("child", "field", "old") if mine else ():
        before[child][name].add(old)
    for pk, told in before.items():
        if pk in mine:
            for key in _keys_before(mine[pk], told):
                registry.by_former[key].append(mine[pk])
    left = Residence.objects.filter(unit__path__startswith=here, voided_at=None).exclude(child__unit__path__startswith=here)
    for child in Child.objects.filter(pk__in=left.values("child")).order_by("pk").values(*KNOWN):
        key = key_of(child["folded_name"], child["birth_earliest"], child["birth_latest"], child["mother_name"])
        registry.by_former[key].append(child)


def _keys_before(child, told):
    """Every key by which an older list may know the child: the present and the former name, birth and mother combined."""
    names = {child["folded_name"], *(fold(old)[:120] for old in told["full_name"])}
    mothers = {child["mother_name"] or "", *told["mother_name"]}
    births = {(child["birth_earliest"], child["birth_latest"])}
    for old in told["birth"]:
        try:
            born = parse_partial(old)
        except ValueError:
            continue
        births.add((born.earliest, born.latest) if born else (None, None))
    keys = {key_of(name, *born, mother) for name in names for born in births for mother in mothers}
    return keys - {key_of(child["folded_name"], child["birth_earliest"], child["birth_latest"], child["mother_name"])}


def _load_facts(registry, rows, by):
    """Facts of children and households already there; those that were voided count as never written."""
    here = {"voided_at": None, "child__unit__path__startswith": registry.unit.path}
    years = {row["poverty_year"] or registry.year for row in rows if row["poverty"]}
    if years:
        statuses = PovertyStatus.objects.filter(
            voided_at=None, year__in=years, household__unit__path__startswith=registry.unit.path
        )
        found = statuses.values_list("household_id", "year", "level")
        registry.poverty = {(house, year): level for house, year, level in found}
    if any(row["circumstances"] for row in rows):
        files = open_files(by).filter(child__unit__path__startswith=registry.unit.path, incidents=None)
        registry.files = {child: pk for pk, child in files.order_by("-pk").values_list("pk", "child_id")}
    decided = any(row.get(name) for row in rows for name in decisions.NAMES)
    for model, name, names in FACTS:
        if decided or any(row[name] for row in rows):
            _load_rows(registry, model, names, here)


def _load_rows(registry, model, names, here):
    """Which facts children have, and what the open ones under no protected file say: those alone may be compared and told."""
    name = model._meta.model_name
    fields = ("pk", "child_id", "kind__code", "started_on", "ended_on", "protected_file", *names)
    for row in model.objects.filter(**here).order_by("pk").values(*fields):
        child, code = row["child_id"], row["kind__code"]
        if model is Circumstance:
            registry.groups[child].add(code)
        else:
            registry.helped[child].add((code, row["started_on"]))
            if row["running"]:
                registry.running[child].add(code)
        if row["protected_file"] is None and row["ended_on"] is None:
            registry.given[child][name, code] = {**row, "model": name}
