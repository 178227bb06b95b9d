"""A list of children: one queryset for page, count, print and export; three orders by keyset; rows as texts by `row_texts`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import SimpleNamespace

from django.db import connection
from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from childcare.accounts.roles import Permission
from childcare.children.models import Caregiver, Child, Circumstance, PovertyStatus, Support
from childcare.children.row_texts import ROWS, rows_of
from childcare.lib.compiled import Compiled, fields_of, values_of
from childcare.units.models import Unit

SIZE, CAP, MOST_UNITS, MOST_PARTS = ROWS, 1000, 200, 32
BY_UNIT = {"name", "change"}  # orders for which each unit has an index
SORTS = {"name": "name_key", "birth": "birth_latest", "change": "changed_at"}
LAST_DAY = date.max  # an unknown birth date stands behind all others
AGES = {"0-5": (0, 6), "6-10": (6, 11), "11-15": (11, 16), "0-15": (0, 16), "16-17": (16, 18)}
VALUES = (
    "pk", "public_id", "full_name", "name_state", "birth_earliest", "birth_latest", "birth_precision", "sex", "ethnic",
    "identity_number", "identity_valid", "mother_name", "father_name", "household_id", "unit__name", "unit__kind",
    "unit__parent__name", "residing", "has_carer", "level",
)  # fmt: skip


def filtered(
    *, officer, on, unit=None, units=None, age="", sex="", group="", risk="", poverty="", support="", check="", ministry="",
    home="in", year=None,
):  # fmt: skip
    """The children of the officer's scope that answer to the filters on the day; no filter is left empty-handed by "".

    `units` are the keys of all units of the officer's scope, when the caller has read them already.
    """
    if units is not None and unit is None and len(units) <= MOST_UNITS:
        children = Child.objects.filter(unit__pk__in=units)  # the same scope, without asking for it in every statement
    else:
        children = Child.objects.visible_to(officer)
        keys = _unit_keys(officer, unit)
        few = len(keys) <= MOST_UNITS
        children = children.filter(unit__in=keys) if few else children.filter(pk__gt=0)  # opens the indexes of all children
    if home:
        children = children.filter(residing=(home == "in"))
    if age in AGES:
        youngest, oldest = AGES[age]
        children = children.from_age(youngest, on).under_age(oldest, on) if youngest else children.under_age(oldest, on)
    if sex:
        children = children.filter(sex="" if sex == "none" else sex)
    if ministry:
        children = children.filter(ministry_state="" if ministry == "none" else ministry)
    for code, family in ((group, "N"), (risk, "R")):
        if code:
            children = children.filter(_in_group(code, family, officer, on))
    if poverty:
        children = children.filter(_poverty(poverty, year or on.year))
    if support:
        given = _supported(officer, year or on.year)
        children = children.filter(given) if support == "yes" else children.exclude(given)
    if check == "paper":
        return children.filter(_undated(officer))
    checks = {"any": "to_check", "none": "number_missing", "bad": "number_bad", "basic": "basic_missing"}
    return getattr(children, checks[check])() if check in checks else children


def _unit_keys(officer, unit):
    """Keys of the units asked for, with which the indexes (unit, …) are used; up to one more than are worth naming.

    `visible_to` alone decides the scope; a whole province is read along the indexes that know no unit.
    """
    scope = [unit] if unit is not None else officer.units_for(Permission.CHILD_VIEW)
    return list(Unit.objects.under_any(scope).order_by().values_list("pk", flat=True)[: MOST_UNITS + 1])


def _in_group(code, family, officer, on):
    """Open circumstances that the officer may see: a sub-group counts in its head, a household's risk in its children."""
    kind = Q(kind__family=family) if code == "any" else Q(kind__code=code) | Q(kind__parent__code=code)
    return _about(Circumstance.objects.uncovered(officer).valid().at_end_of(on).filter(kind))


def in_plain_group(code, family, on):
    """The condition that a child has an open circumstance of this code that is neither sensitive nor under a protected file."""
    kind = Q(kind__family=family) if code == "any" else Q(kind__code=code) | Q(kind__parent__code=code)
    return _about(Circumstance.objects.valid().at_end_of(on).filter(kind, kind__sensitive=False, protected_file=None))


def plainly_supported(year):
    """The condition that a child was helped in the year, by help under no protected file."""
    return _about(_given_in(year).filter(protected_file=None))


def _undated(officer):
    """The condition that a decision or paper with a number has no day, as far as the officer may see it."""
    helped = Support.objects.uncovered(officer).valid().filter(decision_on=None).exclude(decision="")
    groups = Circumstance.objects.uncovered(officer).valid().filter(paper_on=None).exclude(paper="")
    return _about(helped) | _about(groups)


def _about(facts):
    """The condition that a child, or its household, is one that the facts tell of: two hashed lists, not a question a row."""
    children = facts.filter(child__isnull=False).values("child")
    return Q(pk__in=children) | Q(household__in=facts.filter(household__isnull=False).values("household"))


def _poverty(level, year):
    rows = PovertyStatus.objects.valid().filter(year=year)
    if level == "none":
        return Q(household=None) | ~Q(household__in=rows.values("household"))
    return Q(household__in=rows.filter(level=level).values("household"))


def _supported(officer, year):
    """Helped in the year, as far as the officer may see it."""
    return _about(_given_in(year).uncovered(officer))


def _given_in(year):
    """Counted help of the year: an act in it, or one that ran in it."""
    in_year = Q(started_on__year=year) | Q(started_on__year__lt=year, running=True) | Q(started_on=None, running=True)
    ended = Q(started_on__year__lt=year, ended_on__year__gte=year) | Q(started_on=None, ended_on__year__gte=year)
    return Support.objects.valid().filter(in_year | ended, kind__counted=True)


def ordered(children, sort, back=False):
    """In one of three orders, ties by id; unknown birth dates last. `back` turns it round."""
    down = (sort == "change") != back
    key = _key(sort)
    return children.order_by(key.desc() if down else key.asc(), "-pk" if down else "pk")


def beyond(children, sort, row, back=False):
    """Those that stand after (or before) a row in the order: the keyset of the next page.

    Said twice, so that an index is entered at the row: not before its value, and of those not the row itself or before it.
    """
    value = getattr(row, SORTS[sort])
    value = LAST_DAY if value is None else value
    side = "lt" if (sort == "change") != back else "gt"
    entered = children.alias(sort_key=_key(sort)).filter(**{f"sort_key__{side}e": value})
    return entered.filter(Q(**{f"sort_key__{side}": value}) | Q(**{f"pk__{side}": row.pk}))


def _key(sort):
    """What an order sorts by."""
    return Coalesce("birth_latest", Value(LAST_DAY)) if sort == "birth" else F(SORTS[sort])


@dataclass
class Page:
    """Fifty rows, the ids shown, and the row beyond which the neighbours lie."""

    rows: list
    ids: list
    after: object = None
    before: object = None
    number: int = 0  # how many children in all, up to CAP + 1


class Counted(Subquery):
    """How many rows a query has: counted in the statement that reads the page."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def page(children, *, officer, on, sort="name", after=None, before=None, size=SIZE, units=None):
    """One page of the children. `after` and `before` are public ids of rows; one that is gone begins at the start.

    `units` are the keys of the units in which they live, when nothing but that and residing there narrows them. Of that
    list, the one that officers open most, the SQL is kept, and each unit is read along its own index.
    """
    sort = sort if sort in SORTS else "name"
    mark = Child.objects.visible_to(officer).filter(public_id=before or after).first() if before or after else None
    back = before is not None and mark is not None
    if units and size == SIZE and (mark is None or _by_unit(sort, units)):
        values = _plain_page(units, on.year, sort, mark, back)
    else:
        values = list(_page(children, on.year, sort, mark, back, size))
    more, values = len(values) > size, values[:size]
    if back:
        values.reverse()
    ids = [row["public_id"] for row in values]
    number = values[0]["number"] if values else 0
    ahead, behind = (True, more) if back else (more, mark is not None)
    rows = rows_of(values, officer=officer, on=on)
    return Page(rows, ids, ids[-1] if ids and ahead else None, ids[0] if ids and behind else None, number)


def _page(children, year, sort, mark=None, back=False, size=SIZE, keys=None):
    """The values of the rows of a page, one more, and the number of all; the keys of these rows may be known already.

    Sorting and cutting are done on keys alone; what is shown is joined to those few, and the count comes with them.
    """
    if keys is None:
        keys = ordered(beyond(children, sort, mark, back) if mark else children, sort, back).values("pk")[: size + 1]
    number = Counted(children.order_by().values("pk")[: CAP + 1])
    return shown(ordered(Child.objects.filter(pk__in=keys).annotate(number=number), sort, back), year, "number")


def _by_unit(sort, units):
    """True when each unit is read along its own index and the first of them all are taken.

    To sort all twelve thousand children of a large commune for fifty rows takes five times as long. SQLite cannot say it.
    """
    return sort in BY_UNIT and 1 < len(units) <= MOST_PARTS and connection.features.supports_slicing_ordering_in_compound


def _keys_by_unit(units, sort, mark=None, back=False):
    """The keys of the children of a page, of each unit the first, of those the first."""
    parts = [filtered(officer=None, on=None, units=[unit]) for unit in units]
    parts = [beyond(part, sort, mark, back) if mark else part for part in parts]
    first, *others = (ordered(part, sort, back).values_list("pk", SORTS[sort])[: SIZE + 1] for part in parts)
    found = first.union(*others, all=True)
    sign = "-" if (sort == "change") != back else ""
    return found.order_by(f"{sign}{SORTS[sort]}", f"{sign}pk")[: SIZE + 1]


def _plain_page(units, year, sort, mark, back):
    """The values of a page of the children who reside in these units."""
    asked = {f"unit{at}": key for at, key in enumerate(units)}
    if not _by_unit(sort, units):
        return _kept_page(sort, len(units)).rows(year=year, **asked)
    beyond_it = {"value": getattr(mark, SORTS[sort]), "key": mark.pk} if mark else {}
    keys = [pk for pk, _ in _kept_keys(sort, len(units), bool(mark), back).rows(**asked, **beyond_it)]
    return _kept_page(sort, len(units), True, back).rows(year=year, **asked, **values_of("child", keys, SIZE + 1))


@lru_cache(maxsize=MOST_UNITS)
def _kept_keys(sort, number, marked, back):
    """The keys of a page of so many units; when `marked`, beyond a row of this value and key."""
    fields = {"value": Child._meta.get_field(SORTS[sort]), "key": Child._meta.pk} if marked else {}

    def build(value=None, key=None, **units):
        mark = SimpleNamespace(**{SORTS[sort]: value, "pk": key}) if marked else None
        return _keys_by_unit(list(units.values()), sort, mark, back)

    return Compiled(build, **fields, **fields_of("unit", Child._meta.pk, number))


@lru_cache(maxsize=MOST_UNITS)
def _kept_page(sort, number, keyed=False, back=False):
    """The first page of so many units, or the page of keys found already."""
    fields = {"year": PovertyStatus._meta.get_field("year")} | fields_of("unit", Child._meta.pk, number)
    fields |= fields_of("child", Child._meta.pk, SIZE + 1) if keyed else {}

    def build(year, **slots):
        units = [slot for name, slot in slots.items() if name.startswith("unit")]
        keys = [slot for name, slot in slots.items() if name.startswith("child")]
        return _page(filtered(officer=None, on=None, units=units), year, sort, back=back, keys=keys or None)

    return Compiled(build, **fields)


def shown(children, year, *more):
    """The VALUES of the children, with whether anybody cares for each and the class of its household in the year."""
    return children.annotate(**_beside(year)).values(*VALUES, *more)


def _beside(year):
    carers = Caregiver.objects.filter(child=OuterRef("pk"), voided_at=None)
    levels = PovertyStatus.objects.valid().filter(household=OuterRef("household"), year=year).values("level")[:1]
    return {"has_carer": Exists(carers), "level": Subquery(levels)}


def number_text(number):
    """A number counted no further than CAP + 1, in words."""
    return "hơn 1.000" if number > CAP else f"{number:,}".replace(",", ".")
