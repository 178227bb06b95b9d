"""The rows of a list of children as they are shown: everything is text, and the names of circumstances come in one question."""

from datetime import date
from functools import cache

from django.db.models import Q

from childcare.children import codelist
from childcare.children.models import Child, Circumstance, PovertyStatus
from childcare.children.querysets import open_files
from childcare.lib.calendar import age_on
from childcare.lib.compiled import Compiled, fields_of, values_of

ROWS = 50  # of a page: so many rows are asked about by a kept statement
CHILD_URL = "/tre-em/{}/"  # the address `child`; a test holds it, reversing it fifty times a page is not free
POVERTY_WORDS = {level: word for level, word in PovertyStatus.Level.choices if level != "other"}
NAME_STATES = dict(Child.NameState.choices)


def rows_of(values, *, officer, on):
    """The rows as they are shown: everything is text. One query, whatever the number of rows."""
    keys = [row["pk"] for row in values]
    houses = {row["household_id"] for row in values if row["household_id"]}
    groups = groups_of(keys, houses, officer=officer, on=on)
    return [_row(row, groups, on) for row in values]


def _open_facts(keys, houses, on):
    """The circumstances of these children and households that hold on the day, in short."""
    facts = Circumstance.objects.valid().at_end_of(on).filter(Q(child__pk__in=keys) | Q(household__pk__in=houses))
    return facts.order_by("pk").values_list("child", "household", "kind", "protected_file")


@cache
def _kept_facts():
    """The same for one page, its SQL kept."""

    def build(on, **slots):
        return _open_facts(*([slots[f"{name}{at}"] for at in range(ROWS)] for name in ("child", "house")), on)

    on = Circumstance._meta.get_field("started_on")
    return Compiled(build, on=on, **fields_of("child", Child._meta.pk, ROWS), **fields_of("house", Child._meta.pk, ROWS))


def groups_of(keys, houses, *, officer, on):
    """("child" or "house", key) → names of the open circumstances that the officer may see."""
    if len(keys) <= ROWS and len(houses) <= ROWS:
        rows = _kept_facts().rows(on=on, **values_of("child", keys, ROWS), **values_of("house", houses, ROWS))
    else:
        rows = list(_open_facts(keys, houses, on))
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
    key = str(row["public_id"])
    return {
        "public_id": key,
        "url": CHILD_URL.format(key),
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
