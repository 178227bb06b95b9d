"""Units from CSV: loaded whole, loaded again without a change, the tree by one prefix, codes by their time."""

import csv
from datetime import date

import pytest
from django.core.management import call_command

from childcare.units.loading import DATA, day_after, first_day, load_units
from childcare.units.models import Office, Unit
from tests import people

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def everything():
    return (
        list(Unit.objects.order_by("pk").values_list()),
        list(Office.objects.order_by("pk").values_list()),
        sorted(Unit.predecessors.through.objects.values_list("from_unit_id", "to_unit_id")),
    )


def test_every_row_of_the_file_is_there():
    with open(DATA, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Unit.objects.count() == sum(row["kind"] != "office" for row in rows)
    assert Office.objects.count() == sum(row["kind"] == "office" for row in rows)
    for row in rows:
        model = Office if row["kind"] == "office" else Unit
        found = model.objects.get(code=row["code"], valid_from=first_day(row["valid_from"]))
        assert (found.name, found.valid_to) == (row["name"], day_after(row["valid_to"]))


def test_loading_again_changes_nothing():
    before = everything()
    assert load_units() == {"units": Unit.objects.count(), "offices": Office.objects.count()}
    call_command("load_units", verbosity=0)
    assert everything() == before


def test_a_corrected_name_is_taken_over(tmp_path):
    text = DATA.read_text(encoding="utf-8").replace("Phường Nam Sơn", "Phường Nam Sơn (sửa)")
    (tmp_path / "units.csv").write_text(text, encoding="utf-8")
    load_units(tmp_path / "units.csv")
    assert people.unit(people.NAM_SON).name == "Phường Nam Sơn (sửa)"


def test_half_a_file_loads_nothing(tmp_path):
    """One transaction: a row that names an unknown successor takes back what stood before it."""
    with open(DATA, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["name"], rows[-1 if rows[-1]["kind"] != "office" else 1]["successors"] = "Tên mới", "99999@2025-07-01"
    with open(tmp_path / "units.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    before = everything()
    with pytest.raises(Unit.DoesNotExist):
        load_units(tmp_path / "units.csv")
    assert everything() == before


def test_the_last_day_of_the_file_is_still_valid_and_the_next_is_not():
    assert day_after("2025-06-30") == date(2025, 7, 1) and day_after("") is None and first_day("") is None
    district = people.unit(people.KIEN_AN)
    assert district.valid_on(BEFORE) and not district.valid_on(AFTER)


def test_a_code_names_the_unit_of_its_time():
    assert Unit.objects.by_code(people.KIEN_AN, BEFORE).name == "Quận Kiến An"
    with pytest.raises(Unit.DoesNotExist):
        Unit.objects.by_code(people.KIEN_AN, AFTER)
    for code in Unit.objects.values_list("code", flat=True).distinct().order_by("code"):
        for day in (BEFORE, AFTER, date(2014, 1, 1)):
            assert Unit.objects.on(day).filter(code=code).count() <= 1, (code, day)


def test_every_path_leads_through_the_parents():
    for unit in Unit.objects.select_related("parent"):
        assert unit.path == f"{unit.parent.path if unit.parent else '.'}{unit.pk}."
        assert unit.ancestor_keys[-1] == unit.pk and unit.ancestor_keys[:-1] == (
            unit.parent.ancestor_keys if unit.parent else []
        )


def test_under_asks_one_prefix(django_assert_num_queries):
    district = people.unit(people.KIEN_AN)
    with django_assert_num_queries(1):
        found = list(Unit.objects.under(district, people.TODAY))
    assert {unit.code for unit in found if unit.kind == "commune"} >= {people.NAM_SON, people.VAN_DAU}
    assert all(unit.is_under(district) for unit in found) and len([unit for unit in found if unit.kind == "commune"]) == 10
    assert Unit.objects.under(district, AFTER).count() == 0


def test_a_prefix_does_not_take_in_a_neighbour_whose_key_begins_alike(ward):
    other = Unit.objects.create(code="x", name="Khác", kind="commune", path=ward.path[:-1] + "9.")
    assert not Unit.objects.under(ward).filter(pk=other.pk).exists()


def test_under_any_of_nothing_is_nothing(ward):
    assert Unit.objects.under_any([]).count() == 0
    assert ward in Unit.objects.under_any([ward])


def test_successors_and_predecessors_reach_over_the_reform(ward):
    later = Unit.objects.filter(predecessors=ward)
    assert later.exists() and all(unit.valid_from == AFTER for unit in later)
    for unit in later:
        assert ward.pk in unit.former_keys


def test_communes_and_hamlets(ward):
    assert set(Unit.objects.communes().values_list("kind", flat=True)) == {"commune"}
    hamlet = Unit.objects.create(code="11437-T01", name="Tổ dân phố 1", kind="hamlet", parent=ward, path=f"{ward.path}900000.")
    assert list(Unit.objects.hamlets_of(ward, people.TODAY)) == [hamlet]


@pytest.mark.parametrize(
    ("name", "bare", "word", "hamlets"),
    [
        ("Phường Nam Sơn", "Nam Sơn", "phường", "tổ dân phố"),
        ("Xã Cẩm Châu", "Cẩm Châu", "xã", "thôn"),
        ("Thị trấn Phố Châu", "Phố Châu", "thị trấn", "tổ dân phố"),
        ("Quận Kiến An", "Kiến An", "quận", "thôn"),
        ("Thành phố Hải Phòng", "Hải Phòng", "thành phố", "thôn"),
    ],
)
def test_units_say_what_they_are(name, bare, word, hamlets):
    unit = Unit(name=name, kind="commune")
    assert (unit.bare_name, unit.kind_word, unit.hamlet_word) == (bare, word, hamlets)


def test_a_unit_that_ended_shows_its_last_day():
    unit = Unit(valid_from=date(2004, 1, 1), valid_to=AFTER)
    assert unit.as_of(date(2026, 1, 1)) == BEFORE and unit.as_of(date(2024, 5, 2)) == date(2024, 5, 2)
    assert Unit().as_of(AFTER) == AFTER


@pytest.mark.parametrize(
    ("start", "end", "day", "valid"),
    [(None, None, BEFORE, True), (BEFORE, None, BEFORE, True), (AFTER, None, BEFORE, False), (None, AFTER, BEFORE, True), (None, AFTER, AFTER, False)],
)  # fmt: skip
def test_bounds_of_validity(start, end, day, valid, ward):
    unit = Unit.objects.create(code="b", name="Biên", kind="commune", valid_from=start, valid_to=end)
    assert unit.valid_on(day) is valid
    assert Unit.objects.on(day).filter(pk=unit.pk).exists() is valid


def test_offices_carry_their_sign():
    office = Office.objects.on(people.TODAY).filter(unit=people.unit(people.KIEN_AN)).first()
    assert office.name.startswith("Phòng Lao động") and office.sign and office.unit.name == "Quận Kiến An"


def test_officers_see_units_at_or_below_their_posts_and_those_before(an, dung, quan):
    seen = Unit.objects.visible_to(an)
    assert (
        people.unit(people.NAM_SON) in seen
        and people.unit(people.VAN_DAU) not in seen
        and people.unit(people.KIEN_AN) not in seen
    )
    assert {people.unit(people.NAM_SON), people.unit(people.VAN_DAU)} <= set(Unit.objects.visible_to(dung))
