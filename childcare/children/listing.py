"""A list of children: one queryset for page, count, print and export; three orders by keyset; rows formatted here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from childcare.accounts.roles import Permission
from childcare.children.models import Caregiver, Child, Circumstance, PovertyStatus, Support
from childcare.children.models.kinds import words_of_kind
from childcare.children.querysets import open_files
from childcare.lib.calendar import age_on
from childcare.units.models import Unit

SIZE, CAP = 50, 1000
SORTS = {"name": "name_key", "birth": "birth_latest", "change": "changed_at"}
AGES = {"0-5": (0, 6), "6-10": (6, 11), "11-15": (11, 16), "0-15": (0, 16), "16-17": (16, 18)}
VALUES = (
    "pk", "public_id", "full_name", "name_state", "birth_earliest", "birth_latest", "birth_precision", "sex", "ethnic",
    "identity_number", "identity_valid", "mother_name", "father_name", "household_id", "unit__name", "unit__kind",
    "unit__parent__name", "residing", "has_carer",
)  # fmt: skip
CHILD_URL = "/tre-em/{}/"  # the address `child`; a test holds it, reversing it fifty times a page is not free
POVERTY_WORDS = dict(PovertyStatus.Level.choices)
NAME_STATES = dict(Child.NameState.choices)


def filtered(
    *, officer, on, unit=None, age="", sex="", group="", risk="", poverty="", support="", check="", home="in", year=None
):
    """The children of the officer's scope that answer to the filters on the day; no filter is left empty-handed by ""."""
    children = Child.objects.visible_to(officer).filter(unit__in=_unit_keys(officer, unit))
    if home:
        children = children.filter(residing=(home == "in"))
    if age in AGES:
        youngest, oldest = AGES[age]
        children = children.from_age(youngest, on).under_age(oldest, on) if youngest else children.under_age(oldest, on)
    if sex:
        children = children.filter(sex="" if sex == "none" else sex)
    for code, family in ((group, "N"), (risk, "R")):
        if code:
            children = children.filter(_in_group(code, family, officer, on))
    if poverty:
        children = children.filter(_poverty(poverty, year or on.year))
    if support:
        given = _supported(officer, year or on.year)
        children = children.filter(given) if support == "yes" else children.exclude(given)
    checks = {"any": "to_check", "none": "number_missing", "bad": "number_bad", "basic": "basic_missing"}
    return getattr(children, checks[check])() if check in checks else children


def _unit_keys(officer, unit):
    """Keys of the units asked for, with which the indexes (unit, …) are used. `visible_to` alone decides the scope."""
    scope = [unit] if unit is not None else officer.units_for(Permission.CHILD_VIEW)
    return list(Unit.objects.under_any(scope).order_by().values_list("pk", flat=True))


def _in_group(code, family, officer, on):
    """Open circumstances that the officer may see: a sub-group counts in its head, a household's risk in its children."""
    kind = Q(kind__family=family) if code == "any" else Q(kind__code=code) | Q(kind__parent__code=code)
    return _about(Circumstance.objects.uncovered(officer).valid().at_end_of(on).filter(kind))


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
    """Helped in the year: an act in it, or one that ran in it."""
    in_year = Q(started_on__year=year) | Q(started_on__year__lt=year, running=True) | Q(started_on=None, running=True)
    ended = Q(started_on__year__lt=year, ended_on__year__gte=year) | Q(started_on=None, ended_on__year__gte=year)
    return _about(Support.objects.uncovered(officer).valid().filter(in_year | ended, kind__counted=True))


def ordered(children, sort, back=False):
    """In one of three orders, ties by id; unknown birth dates last. `back` turns it round."""
    field, newest = SORTS[sort], sort == "change"
    down, key = newest != back, F(SORTS[sort])
    if field == "birth_latest":
        key = key.desc(nulls_first=True) if down else key.asc(nulls_last=True)
    else:
        key = key.desc() if down else key.asc()
    return children.order_by(key, "-pk" if down else "pk")


def beyond(children, sort, row, back=False):
    """Those that stand after (or before) a row in the order: the keyset of the next page."""
    field = SORTS[sort]
    value, side = getattr(row, field), "lt" if (sort == "change") != back else "gt"
    further = Q(**{f"pk__{side}": row.pk})
    if value is None:
        same = Q(**{f"{field}__isnull": True}) & further
        return children.filter(same | Q(**{f"{field}__isnull": False}) if back else same)
    wanted = Q(**{f"{field}__{side}": value}) | (Q(**{field: value}) & further)
    return children.filter(wanted if back or field != "birth_latest" else wanted | Q(birth_latest=None))


@dataclass
class Page:
    """Fifty rows, the ids shown, and the row beyond which the neighbours lie."""

    rows: list
    ids: list
    after: object = None
    before: object = None
    number: int | None = None  # how many children in all, up to CAP + 1; None beyond the first page


def page(children, *, officer, on, sort="name", after=None, before=None, size=SIZE):
    """One page of the children. `after` and `before` are public ids of rows; one that is gone begins at the start."""
    sort = sort if sort in SORTS else "name"
    mark = Child.objects.visible_to(officer).filter(public_id=before or after).first() if before or after else None
    back = before is not None and mark is not None
    found = beyond(children, sort, mark, back) if mark else children
    keys = list(ordered(found, sort, back).values_list("pk", flat=True)[: size + 1 if mark else CAP + 1])
    number = None if mark else len(keys)
    more, keys = len(keys) > size, keys[:size]
    if back:
        keys.reverse()
    values = values_of(keys)
    rows = rows_of(values, officer=officer, on=on)
    ids = [row["public_id"] for row in rows]
    ahead, behind = (True, more) if back else (more, mark is not None)
    return Page(rows, ids, ids[-1] if ids and ahead else None, ids[0] if ids and behind else None, number)


def values_of(keys):
    """The VALUES of the children in the order of their keys: sorting and cutting are done on keys alone."""
    rows = with_carers(Child.objects.filter(pk__in=keys)).values(*VALUES)
    found = {row["pk"]: row for row in rows}
    return [found[key] for key in keys if key in found]


def with_carers(children):
    """The children, each with whether anybody cares for it: the last of VALUES."""
    return children.annotate(has_carer=Exists(Caregiver.objects.filter(child=OuterRef("pk"), voided_at=None)))


def count_text(children):
    """ "1.000 trẻ em" or "hơn 1.000 trẻ em": never counts further than that."""
    return number_text(children.order_by()[: CAP + 1].count())


def number_text(number):
    """A number counted no further than CAP + 1, in words."""
    return "hơn 1.000" if number > CAP else f"{number:,}".replace(",", ".")


def rows_of(values, *, officer, on):
    """The rows as they are shown: everything is text. Two queries, whatever the number of rows."""
    keys = [row["pk"] for row in values]
    houses = {row["household_id"] for row in values if row["household_id"]}
    groups = groups_of(keys, houses, officer=officer, on=on)
    poverty = dict(
        PovertyStatus.objects.valid().filter(household__in=houses, year=on.year).exclude(level="other").values_list(
            "household", "level"
        )
    )  # fmt: skip
    return [_row(row, groups, poverty, on) for row in values]


def groups_of(keys, houses, *, officer, on):
    """("child" or "house", key) → names of the open circumstances that the officer may see."""
    facts = Circumstance.objects.valid().at_end_of(on)
    facts = facts.filter(Q(child__in=keys) | Q(household__in=houses)).order_by("kind__position", "pk")
    rows = list(facts.values_list("child", "household", "kind__name", "kind__family", "kind__parent__name", "protected_file"))
    closed = {row[-1] for row in rows} - {None}
    if closed:
        closed -= set(open_files(officer).filter(pk__in=closed).values_list("pk", flat=True))
    found = {}
    for child, house, own, family, head, file in rows:
        if file in closed:
            continue
        name = words_of_kind(own, head if family == "N" else "")
        names = found.setdefault(("child", child) if child else ("house", house), [])
        if name not in names:
            names.append(name)
    return found


def _row(row, groups, poverty, on):
    names = groups.get(("child", row["pk"]), []) + groups.get(("house", row["household_id"]), [])
    return {
        "public_id": row["public_id"],
        "url": CHILD_URL.format(row["public_id"]),
        "name": row["full_name"] or f"({NAME_STATES[row['name_state']]})",
        "birth": birth_text(row["birth_latest"], row["birth_precision"], on),
        "sex": {"m": "nam", "f": "nữ"}.get(row["sex"], "chưa rõ"),
        "place": place_text(row["unit__name"], row["unit__kind"], row["unit__parent__name"]),
        "groups": "; ".join(names),
        "poverty": POVERTY_WORDS.get(poverty.get(row["household_id"]), ""),
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
