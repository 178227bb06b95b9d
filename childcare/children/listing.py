"""A list of children: one queryset for page, count, print and export; three orders by keyset; rows formatted here."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from childcare.accounts.roles import Permission
from childcare.children import codelist
from childcare.children.models import Caregiver, Child, Circumstance, PovertyStatus, Support
from childcare.children.querysets import open_files
from childcare.lib.calendar import age_on
from childcare.lib.compiled import Compiled
from childcare.units.models import Unit

SIZE, CAP, MOST_UNITS = 50, 1000, 200
SORTS = {"name": "name_key", "birth": "birth_latest", "change": "changed_at"}
LAST_DAY = date.max  # an unknown birth date stands behind all others
AGES = {"0-5": (0, 6), "6-10": (6, 11), "11-15": (11, 16), "0-15": (0, 16), "16-17": (16, 18)}
VALUES = (
    "pk", "public_id", "full_name", "name_state", "birth_earliest", "birth_latest", "birth_precision", "sex", "ethnic",
    "identity_number", "identity_valid", "mother_name", "father_name", "household_id", "unit__name", "unit__kind",
    "unit__parent__name", "residing", "has_carer", "level",
)  # fmt: skip
CHILD_URL = "/tre-em/{}/"  # the address `child`; a test holds it, reversing it fifty times a page is not free
POVERTY_WORDS = {level: word for level, word in PovertyStatus.Level.choices if level != "other"}
NAME_STATES = dict(Child.NameState.choices)


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


def page(children, *, officer, on, sort="name", after=None, before=None, size=SIZE):
    """One page of the children. `after` and `before` are public ids of rows; one that is gone begins at the start."""
    sort = sort if sort in SORTS else "name"
    mark = Child.objects.visible_to(officer).filter(public_id=before or after).first() if before or after else None
    back = before is not None and mark is not None
    values = list(_page(children, on.year, sort, mark, back, size))
    more, values = len(values) > size, values[:size]
    if back:
        values.reverse()
    ahead, behind = (True, more) if back else (more, mark is not None)
    return _made(values, ahead, behind, officer, on)


def first_page(units, *, officer, on, sort="name"):
    """The first page of the children residing in these units (keys, MOST_UNITS or fewer): the same page, its SQL kept."""
    sort = sort if sort in SORTS else "name"
    values = _first_page(sort, len(units)).rows(year=on.year, **{f"unit{at}": key for at, key in enumerate(units)})
    return _made(values[:SIZE], len(values) > SIZE, False, officer, on)


def _made(values, ahead, behind, officer, on):
    """The page of these values; whether pages lie ahead of it and behind it."""
    ids = [row["public_id"] for row in values]
    number = values[0]["number"] if values else 0
    rows = rows_of(values, officer=officer, on=on)
    return Page(rows, ids, ids[-1] if ids and ahead else None, ids[0] if ids and behind else None, number)


def _page(children, year, sort, mark=None, back=False, size=SIZE):
    """The values of the rows of a page, one more, and the number of all.

    Sorting and cutting are done on keys alone; what is shown is joined to those few, and the count comes with them.
    """
    keys = ordered(beyond(children, sort, mark, back) if mark else children, sort, back).values("pk")[: size + 1]
    number = Counted(children.order_by().values("pk")[: CAP + 1])
    found = ordered(Child.objects.filter(pk__in=keys).annotate(number=number), sort, back)
    return shown(found, year, "number")


@lru_cache(maxsize=3 * MOST_UNITS)
def _first_page(sort, number):
    """The first page of so many units, compiled: the page that officers open most."""
    fields = {"year": PovertyStatus._meta.get_field("year")} | {f"unit{at}": Unit._meta.pk for at in range(number)}
    return Compiled(
        lambda year, **units: _page(filtered(officer=None, on=None, units=list(units.values())), year, sort), **fields
    )


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


def rows_of(values, *, officer, on):
    """The rows as they are shown: everything is text. One query, whatever the number of rows."""
    keys = [row["pk"] for row in values]
    houses = {row["household_id"] for row in values if row["household_id"]}
    groups = groups_of(keys, houses, officer=officer, on=on)
    return [_row(row, groups, on) for row in values]


def groups_of(keys, houses, *, officer, on):
    """("child" or "house", key) → names of the open circumstances that the officer may see."""
    whose = Q(child__in=keys) | Q(household__in=houses) if houses else Q(child__in=keys)
    facts = Circumstance.objects.valid().at_end_of(on).filter(whose)
    rows = list(facts.order_by("pk").values_list("child", "household", "kind", "protected_file"))
    known = codelist.circumstances({row[2] for row in rows})
    rows.sort(key=lambda row: known[row[2]].position)
    closed = {row[-1] for row in rows} - {None}
    if closed:
        closed -= set(open_files(officer).filter(pk__in=closed).values_list("pk", flat=True))
    found = {}
    for child, house, kind, file in rows:
        if file in closed:
            continue
        names = found.setdefault(("child", child) if child else ("house", house), [])
        if known[kind].words not in names:
            names.append(known[kind].words)
    return found


def _row(row, groups, on):
    names = groups.get(("child", row["pk"]), []) + groups.get(("house", row["household_id"]), [])
    return {
        "public_id": row["public_id"],
        "url": CHILD_URL.format(row["public_id"]),
        "name": row["full_name"] or f"({NAME_STATES[row['name_state']]})",
        "birth": birth_text(row["birth_latest"], row["birth_precision"], on),
        "sex": {"m": "nam", "f": "nữ"}.get(row["sex"], "chưa rõ"),
        "place": place_text(row["unit__name"], row["unit__kind"], row["unit__parent__name"]),
        "groups": "; ".join(names),
        "poverty": POVERTY_WORDS.get(row["level"], ""),
        "check": check_text(row),
        "left": not row["residing"],
    }


def place_text(name, kind, parent):
    """Where a child lives, in words: "Tổ dân phố 3", or "Phường Nam Sơn (chưa rõ tổ, thôn)"."""
    if not name:
        return ""
    return name if kind != "commune" else f"{name} (chưa rõ tổ, thôn)"


def birth_text(latest: date | None, precision, on):
    """ "12/05/2016 (7 tuổi)", "2016 (ước tính 7 tuổi)", "chưa rõ ngày sinh"."""
    if latest is None:
        return "chưa rõ ngày sinh"
    forms = {"day": "%d/%m/%Y", "month": "%m/%Y", "year": "%Y", "estimated": "khoảng %Y"}
    about = "" if precision == "day" else "ước tính "
    return f"{latest.strftime(forms[precision])} ({about}{age_on(latest, on)} tuổi)"


def check_text(row):
    """What of a child has to be completed or checked, or nothing."""
    if not row["identity_number"]:
        return "Chưa có số định danh"
    if not row["identity_valid"]:
        return "Số định danh chưa hợp lệ"
    alone = not row["mother_name"] and not row["father_name"] and not row["has_carer"]
    known = row["full_name"] and row["birth_precision"] == "day" and row["sex"] and row["ethnic"] and not alone
    return "" if known else "Thiếu thông tin cơ bản"
