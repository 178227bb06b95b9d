"""Two children side by side: every own field, their dated rows as far as the officer may see them. No HTTP here."""

from childcare.children import ethnics, history, pairing
from childcare.children.actions import duplicates, people
from childcare.children.actions.merging_facts import alike_supports, same_team
from childcare.children.actions.protection import commune_of
from childcare.children.identity import grouped
from childcare.children.models import Support
from childcare.children.places import day_of
from childcare.children.row_texts import birth_text

GROUPS = (
    ("circumstances", "Hoàn cảnh, nguy cơ"), ("supports", "Trợ giúp"), ("incidents", "Vụ việc"), ("carers", "Người chăm sóc"),
    ("residences", "Cư trú"),
)  # fmt: skip


def value(child, name):
    """A field of people.FIELDS in the officer's words, "" when it is not known."""
    if name == "ethnic":
        return ethnics.names().get(child.ethnic, "")
    if name == "identity_number":
        return grouped(child.identity_number) + (" (chưa hợp lệ)" if child.identity_number and not child.identity_valid else "")
    if name == "full_name":
        return child.display_name
    if name == "twin":
        return "có" if child.twin else ""
    return people.shown(child, name)


def field_rows(first, second):
    """Every own field that either has: name, label, both values, whether they differ."""
    rows = []
    for name in people.FIELDS:
        one, other = value(first, name), value(second, name)
        if one or other:
            label = people.label(name)
            rows.append(
                {"name": name, "label": label[0].upper() + label[1:], "first": one, "second": other, "differ": one != other}
            )
    return rows


def side_by_side(first, second, *, officer):
    """The context of the page: the two heads, the fields, the dated rows, what speaks for and against one child."""
    pair = duplicates.compared(first, second)
    alike, against = pairing.words(pair.reasons)
    told = [history.of_child(child, officer=officer, on=day_of(child.unit)) for child in (first, second)]
    groups = [
        {"title": title, "first": told[0][name], "second": told[1][name]}
        for name, title in GROUPS
        if told[0][name] or told[1][name]
    ]
    return {
        "first": first, "second": second, "fields": field_rows(first, second), "groups": groups,
        "heads": [head(first, "first"), head(second, "second")], "alike": alike, "against": against, "twins": pair.twins,
                "across": commune_of(first.unit).pk != commune_of(second.unit).pk,
    }  # fmt: skip


def alike_acts(first, second, *, officer):
    """Pairs of supports, one of each child, that look like the same act and that the officer may see."""
    rows = (
        Support.objects.uncovered(officer).valid().select_related("kind", "unit", "protected_file").order_by("started_on", "pk")
    )
    mine, theirs = list(rows.filter(child=first)), list(rows.filter(child=second))
    found = []
    for one in mine:
        other = next((row for row in theirs if alike_supports(one, row) and same_team(one, row)), None)
        if other is not None:
            theirs.remove(other)
            found.append((one, other))
    return found


def head(child, side):
    """The first lines of one side."""
    house = child.household
    return {
        "side": side, "title": f"Hồ sơ thứ {'nhất' if side == 'first' else 'hai'}", "child": child,
        "place": history.place_words(child.unit), "household": str(house) if house else "chưa ghi hộ",
        "address": house.address if house else "", "residing": child.residing,
        "birth": birth_text(child.birth_latest, child.birth_precision, day_of(child.unit)),
    }  # fmt: skip


def pair_line(pair):
    """A pair of the list in words; `first` and `second` come with unit and its parent."""
    alike, against = pairing.words(pair.reasons)
    return {
        "pair": pair, "first": _one(pair.first), "second": _one(pair.second), "alike": alike, "against": against,
        "sure": pair.score >= pairing.LIKELY,
    }  # fmt: skip


def _one(child):
    birth = birth_text(child.birth_latest, child.birth_precision, day_of(child.unit))
    number = grouped(child.identity_number) or "chưa có số định danh"
    return {
        "public_id": child.public_id,
        "name": child.display_name,
        "birth": birth,
        "place": history.place_words(child.unit),
        "number": number,
    }
