"""Finding children by words and numbers; who may be the one about to be added."""

import re
import unicodedata
import uuid

import pytest
from django.db import connection
from django.db.models.functions import Reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from childcare.accounts.roles import GRANTS, Permission, Role
from childcare.children import models as c
from childcare.children import search
from childcare.children.records import child_fields
from childcare.lib.calendar import parse_partial
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit
from tests import factories, people

pytestmark = pytest.mark.django_db
SYLLABLES = ["Nguyễn", "Thị", "Hoà", "Hòa", "Đỗ", "Đức", "Ưng", "Y", "H'Hen", "Bích", "Ngọc", "Ánh", "Quỳnh", "Ê-đê"]


def found(text, officer):
    return [child.full_name for child in search.find(text, officer=officer)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "nguyen thi hoa", "Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", "hoa nguyen", "ho ngu", "  hoa  ", "thị", "Hoà,", "ngu%hoa".replace("%", " "),
        unicodedata.normalize("NFD", "Nguyễn Thị Hoà"),
    ],
)  # fmt: skip
def test_words_are_found_without_tones_in_any_order_by_their_beginning(an, ward, text):
    factories.child(ward, "Nguyễn Thị Hoà")
    factories.child(ward, "Trần Văn Bình")
    assert found(text, an) == ["Nguyễn Thị Hoà"]


@pytest.mark.parametrize("text", ["oa", "guyen", "hoan", "%", "_", "''", "\\", "\x00", "hoa binh", "", " ", "a" * 5000])
def test_what_begins_no_word_finds_nothing(an, ward, text):
    factories.child(ward, "Nguyễn Thị Hoà")
    assert found(text, an) == []


def test_a_number_is_found_exactly_and_a_code_too(an, ward):
    child = factories.child(ward, "Nguyễn Thị Hoà", identity_number="031316001234", identity_valid=True)
    assert found("031 3 16 001234", an) == ["Nguyễn Thị Hoà"] and found("03131600123", an) == []
    assert found(str(child.public_id), an) == ["Nguyễn Thị Hoà"]


def test_only_ones_own_place_is_searched(an, binh, chi, dung, quan, ward):
    factories.child(ward, "Nguyễn Thị Hoà", identity_number="031316001234", identity_valid=True)
    for officer, seen in ((an, 1), (binh, 1), (dung, 1), (chi, 0), (quan, 0)):
        assert len(found("hoa", officer)) == len(found("031316001234", officer)) == seen


def test_no_more_than_ten_and_whether_there_are_more(an, ward):
    for number in range(12):
        factories.child(ward, f"Hoà {number}")
    rows, more = search.find("hoa", officer=an)
    assert len(rows) == 10 and more
    assert len(search.find("hoa", officer=an, limit=search.ALL)[0]) == 12


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5), st.data())
def test_every_name_is_found_by_beginnings_of_its_words(an, ward, syllables, data):
    name = " ".join(syllables)
    child = factories.child(ward, name)
    words = fold(name).split()
    parts = [word[: data.draw(st.integers(1, len(word)))] for word in data.draw(st.permutations(words))]
    assert child in search.find(" ".join(parts), officer=an, limit=search.ALL)[0]
    child.residences.all().delete()
    child.delete()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_no_text_breaks_the_search(an, text):
    assert search.find(text, officer=an) == ([], False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4))
def test_composed_and_decomposed_names_are_one(syllables):
    name = " ".join(syllables)
    forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    assert len({child_fields(form, None)["folded_name"] for form in forms}) == 1


def test_a_whole_province_is_searched_alike(monkeypatch, son, ward):
    monkeypatch.setitem(GRANTS, Role.PROVINCE, GRANTS[Role.PROVINCE] | {Permission.CHILD_VIEW})
    factories.child(ward, "Nguyễn Thị Hoà")
    factories.child(ward, "Trần Văn Bình")
    factories.child(Unit.objects.communes().exclude(path__startswith=son.unit.path).first(), "Nguyễn Thị Hoà Ở Xa")
    for text in ("nguyen thi hoa", "ho ngu", "Hoà"):
        assert found(text, son) == ["Nguyễn Thị Hoà"]
    assert found("oa", son) == found("%", son) == []


@pytest.fixture
def lua(ward):
    """A child found by everything around it."""
    house = factories.household(factories.hamlet(ward, "Tổ dân phố 3"), "Phạm Văn Hậu", phone="0225 3888 999")
    return factories.child(
        house.unit, "Nguyễn Thị Hoà", "12/05/2016", "f", house=house, identity_number="031316001234", identity_valid=True,
        mother_name="Trần Thị Lụa", father_name="Đỗ Ân", phone="0912 345.678",
    )  # fmt: skip


EVERY_WAY = [
    "Trần Thị Lụa", "lua tran", "do an", "Phạm Văn Hậu", "tổ dân phố 3", "tdp 3", "hoa tdp 3", "hoà lụa", "hoa 2016", "hoa hau",
    "031316001234", "001234", "1234", "0912345678", "0912.345.678", "345 678", "+84 912 345 678", "84912345678", "02253888999",
    "Nguyeexn Thij Hoaf", "nguye6n4 thi5 hoa2", "NGUYENX", "Hoaf", "luja", "nguyenthihoa", "NguyễnThịHoà", "ngu yen thi hoa", "  hoa,  nguyen ",
    "Nguyêxn hoa", "HOA",
]  # fmt: skip


@pytest.mark.parametrize("text", EVERY_WAY)
def test_a_child_is_found_by_all_that_an_officer_may_know_of_it(an, chi, lua, ward, text):
    factories.child(
        factories.hamlet(ward, "Tổ dân phố 12"), "Bùi Văn Kiên", "2011", mother_name="Vũ Thị Én", phone="0987654321"
    )
    assert found(text, an) == ["Nguyễn Thị Hoà"]
    assert found(text, chi) == []


@pytest.mark.parametrize(
    "text", [text for text in EVERY_WAY if "tdp" not in text and "phố" not in text and text not in ("hoà lụa", "hoa hau")]
)
def test_in_a_whole_province_too(monkeypatch, lua, son, ward, text):
    monkeypatch.setitem(GRANTS, Role.PROVINCE, GRANTS[Role.PROVINCE] | {Permission.CHILD_VIEW})
    factories.child(ward, "Bùi Văn Kiên", "2011", mother_name="Vũ Thị Én")
    elsewhere = Unit.objects.communes().exclude(path__startswith=son.unit.path).first()
    factories.child(elsewhere, "Nguyễn Thị Hoà", mother_name="Trần Thị Lụa", father_name="Đỗ Ân", phone="0912345678")
    assert found(text, son) == ["Nguyễn Thị Hoà"]


@pytest.mark.parametrize("text", ["123", "0313160", "9999", "hoa 2015", "tdp 4", "hoa binh", "Nguyeexn Binhf", "4321"])
def test_what_nobody_answers_to(an, lua, text):
    assert found(text, an) == []


def test_own_names_come_before_names_of_others(an, ward):
    factories.child(ward, "Bùi An", mother_name="Lê Thị Hoà")
    factories.child(ward, "Vũ Thị Hoà", mother_name="Lê Thị Hoà")
    assert found("hoa", an) == ["Vũ Thị Hoà", "Bùi An"]
    rows, more = search.find("hoa", officer=an, limit=1)
    assert [row.full_name for row in rows] == ["Vũ Thị Hoà"] and more


def test_a_word_that_is_a_name_as_it_stands_is_not_read_as_telex(an, ward):
    factories.child(ward, "Max Hoà")
    factories.child(ward, "Nguyễn Mai")
    assert found("max", an) == ["Max Hoà"]


def test_a_frequent_name_of_a_province_shows_the_first_found(monkeypatch, son, ward):
    monkeypatch.setitem(GRANTS, Role.PROVINCE, GRANTS[Role.PROVINCE] | {Permission.CHILD_VIEW})
    monkeypatch.setattr(search, "RARE", 3)
    for number in range(6):
        factories.child(ward, f"Hoà {number}")
    assert len(found("hoa", son)) == 6


def test_a_word_that_begins_another_one_asks_nothing_more(monkeypatch, son, ward):
    monkeypatch.setitem(GRANTS, Role.PROVINCE, GRANTS[Role.PROVINCE] | {Permission.CHILD_VIEW})
    for name in ("Nguyễn Minh Hoàng", "Hoàng Min", "Nguyễn Min Tùng"):
        factories.child(ward, name)
    assert search._longest([("min",), ("minh",), ("ho",), ("min",)]) == [("minh",), ("ho",)]
    assert search._longest([("min",), ("minh", "ming")]) == [("min",), ("minh", "ming")]
    assert found("min minh hoang", son) == ["Nguyễn Minh Hoàng"]
    assert sorted(found("min hoang", son)) == ["Hoàng Min", "Nguyễn Minh Hoàng"] and found("inh hoang", son) == []


@pytest.mark.parametrize("rare", [1, 3])
def test_of_a_frequent_name_those_of_the_scope_are_shown_though_the_first_found_live_elsewhere(monkeypatch, son, ward, rare):
    monkeypatch.setitem(GRANTS, Role.PROVINCE, GRANTS[Role.PROVINCE] | {Permission.CHILD_VIEW})
    monkeypatch.setattr(search, "RARE", rare)
    elsewhere = Unit.objects.create(code="99999", kind="province", name="Tỉnh khác")
    Unit.objects.filter(pk=elsewhere.pk).update(path=f".{elsewhere.pk}.")
    for number in range(5):
        factories.child(elsewhere, f"Hoà {number}")
    factories.child(ward, "Hoà Của Ta")
    assert found("hoa", son) == ["Hoà Của Ta"]


def test_a_line_tells_two_of_one_name_apart(lua):
    assert search.line(lua)["about"] == "12/05/2016 (7 tuổi) · Tổ dân phố 3, Phường Nam Sơn · mẹ: Trần Thị Lụa"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="indexes of PostgreSQL")
def test_postgresql_finds_numbers_and_other_names_of_a_province_by_indexes():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    words = [("tran",), ("lua",)]
    number = c.Child.objects.alias(reversed_number=Reverse("identity_number")).filter(reversed_number__startswith="4321")
    plans = {
        "children_child_number_ending": number,
        "children_child_found_trigram": c.Child.objects.filter(search.has_words(words, "found_by")),
        "children_household_found_trigram": c.Household.objects.filter(found_by__endswith="345678"),
    }
    assert [index for index, rows in plans.items() if index not in rows.order_by().values("pk").explain()] == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="indexes of PostgreSQL")
def test_postgresql_uses_the_trigrams_of_a_province_and_never_those_of_a_ward(ward):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    spaced = c.Child.objects.alias(spaced_name=search.SPACED)
    wide = spaced.filter(search.has_words([("nguyen",), ("hoa",)], "spaced_name")).explain()
    narrow = search._of_places([(ward.pk, ward.name)])([("nguyen",), ("hoa",)])[0]().explain()
    assert "children_child_spaced" in wide and "_spaced" not in narrow and "trigram" not in narrow
    assert wide.count("Bitmap Index Scan") <= 1  # both words in one scan: two of them read every name with either word
    assert re.search("Index Scan (using|on) children_child_", narrow)  # a ward's own index, read in order or as a bitmap


# --- who may be the one about to be added -------------------------------------------------------------------------------


def here(**values):
    return [child.full_name for child in search.similar(**values).here]


def test_the_same_name_and_a_birth_that_may_be_the_same(an, ward):
    factories.child(ward, "Nguyễn Thị Hoà", "12/05/2016")
    for birth, alike in (("2016", 1), ("5/2016", 1), ("13/5/2016", 0), ("2015", 0), (None, 1)):
        assert len(here(officer=an, full_name="nguyen thi hoa", birth=parse_partial(birth) if birth else None)) == alike
    assert here(officer=an, full_name="Nguyễn Thị Hoa Mai", birth=parse_partial("2016")) == []


def test_the_same_number_whatever_the_name(an, ward):
    factories.child(ward, "Nguyễn Thị Hoà", identity_number="031316001234", identity_valid=True)
    assert here(officer=an, full_name="Ai Khác", identity_number="031 316 001 234") == ["Nguyễn Thị Hoà"]
    assert not search.similar(officer=an, full_name="Ai Khác", identity_number="12345")


def test_of_a_child_elsewhere_it_is_told_only_that_there_is_one(chi, ward):
    factories.child(ward, "Nguyễn Thị Hoà")
    similar = search.similar(officer=chi, full_name="Nguyễn Thị Hoà", birth=parse_partial("2016"))
    assert similar.here == [] and similar.elsewhere and bool(similar)


def test_a_restricted_or_excluding_file_changes_nothing_of_what_is_told_of_a_child_elsewhere(chi, ward):
    child = factories.child(ward, "Nguyễn Thị Hoà")
    before = search.similar(officer=chi, full_name="Nguyễn Thị Hoà")
    file = factories.protected_file(child, officer=chi, kind="excluded")
    file.restricted, file.held_by = True, people.unit(people.HAI_PHONG)
    file.save()
    assert search.similar(officer=chi, full_name="Nguyễn Thị Hoà") == before and before.elsewhere


def test_the_one_that_the_same_post_made_is_no_double(an, ward):
    child = factories.child(ward, "Nguyễn Thị Hoà")
    assert not search.similar(officer=an, full_name="Nguyễn Thị Hoà", but=child.public_id)
    assert search.similar(officer=an, full_name="Nguyễn Thị Hoà", but=uuid.uuid4())


def test_the_code_on_paper_finds_its_child_and_no_other_place(an, chi, ward):
    child = factories.child(ward, "Nguyễn Thị Hoà")
    factories.child(ward, "Trần Văn Bình")
    assert found(child.code, an) == found(f" {child.code.lower()} ", an) == ["Nguyễn Thị Hoà"]
    assert found(child.code, chi) == []
    assert found("TE0000000", an) == []
