"""The whole country: counts, shape of codes, spelling, every commune under its province, nothing doubled, loaded again."""

import csv
import json
import re
import unicodedata
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from childcare.units.loading import load_units
from childcare.units.models import Unit
from childcare.units.national import FORMER, PRESENT, load_national
from tests import people

NOW = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def present():
    return rows(PRESENT)


@pytest.fixture(scope="module")
def former():
    return rows(FORMER)


def test_there_are_34_provinces_and_3321_communes(present):
    assert Counter(row["kind"] for row in present) == {"province": 34, "commune": 3321}


def test_codes_have_two_and_five_digits_and_come_once(present):
    for row in present:
        assert re.fullmatch(r"\d{2}" if row["kind"] == "province" else r"\d{5}", row["code"]), row
    for kind in ("province", "commune"):
        codes = [row["code"] for row in present if row["kind"] == kind]
        assert len(codes) == len(set(codes))


def test_every_commune_has_its_province(present):
    provinces = {row["code"] for row in present if row["kind"] == "province"}
    assert {row["parent_code"] for row in present if row["kind"] == "commune"} == provinces
    assert all(not row["parent_code"] for row in present if row["kind"] == "province")


def test_communes_are_xa_phuong_or_dac_khu_and_provinces_tinh_or_thanh_pho(present):
    """2.621 xã, 687 phường, 13 đặc khu; 28 tỉnh, 6 thành phố."""
    words = Counter((row["kind"], Unit(name=row["name"], kind=row["kind"]).kind_word) for row in present)
    assert words == {
        ("commune", "xã"): 2621, ("commune", "phường"): 687, ("commune", "đặc khu"): 13, ("province", "tỉnh"): 28,
        ("province", "thành phố"): 6,
    }  # fmt: skip


def test_names_are_composed_and_without_stray_spaces(present, former):
    for row in present + former:
        assert row["name"] == unicodedata.normalize("NFC", row["name"]).strip() and "  " not in row["name"], row


@pytest.mark.parametrize(
    ("code", "name", "province"),
    [
        ("11443", "Phường Kiến An", "31"), ("11446", "Phường Phù Liễn", "31"), ("15163", "Xã Cẩm Vân", "38"),
        ("11948", "Đặc khu Bạch Long Vĩ", "31"), ("00004", "Phường Ba Đình", "01"), ("26368", "Xã Long Thành", "75"),
    ],
)  # fmt: skip
def test_known_examples(present, code, name, province):
    (row,) = [row for row in present if row["kind"] == "commune" and row["code"] == code]
    assert (row["name"], row["parent_code"], row["valid_from"]) == (name, province, "2025-07-01")


def test_a_commune_that_became_a_ward_in_2026_says_that_it_must_be_checked(present):
    later = [row for row in present if "NQ 237/NQ-UBTVQH16" in row["note"] or "NQ 388/NQ-UBTVQH16" in row["note"]]
    assert len(later) == 22 and all("cần đối chiếu" in row["note"] for row in later)


def test_former_communes_lead_to_present_ones(present, former):
    """63 provinces before: 53 ended, 10 went on; 696 districts; 10.035 communes, each with a successor, 471 with several."""
    assert Counter(row["kind"] for row in former) == {"province": 53, "district": 696, "commune": 10035}
    marks = {f"{row['code']}@2025-07-01" for row in present}
    communes = [row for row in former if row["kind"] == "commune"]
    assert all(row["successors"] and set(row["successors"].split(";")) <= marks for row in communes)
    assert sum(";" in row["successors"] for row in communes) == 471


def test_the_wards_of_kien_an_went_where_both_sources_say(former):
    """NQ 1669/NQ-UBTVQH15: Bắc Hà and Ngọc Sơn whole, the five others in parts."""
    after = {row["name"]: row["successors"].replace("@2025-07-01", "") for row in former if row["parent_code"] == "307"}
    both = "11443;11446"
    assert after == {
        "Phường Bắc Hà": "11446", "Phường Ngọc Sơn": "11446", "Phường Đồng Hòa": both, "Phường Bắc Sơn": both,
        "Phường Nam Sơn": both, "Phường Trần Thành Ngọ": both, "Phường Văn Đẩu": both,
    }  # fmt: skip


@pytest.mark.django_db
class TestLoading:
    def test_the_units_of_the_seeds_are_not_doubled(self):
        before = dict(Unit.objects.values_list("pk", "name"))
        counts = load_national()
        assert counts["rows"] == 3355 and Unit.objects.count() == len(before) + counts["units"]
        assert dict(Unit.objects.filter(pk__in=before).values_list("pk", "name")) == before
        assert Unit.objects.on(NOW).filter(code="11443").get().pk in before
        assert Unit.objects.on(NOW).filter(kind="province").count() == 34
        assert Unit.objects.on(NOW).filter(code__regex=r"^\d{5}$", kind="commune").count() == 3321

    def test_loading_again_adds_nothing_and_the_seeds_may_be_loaded_after(self, capsys):
        load_national()
        before = set(Unit.objects.values_list("pk", "path", "folded_name"))
        call_command("load_units", "--national")
        assert json.loads(capsys.readouterr().out) == {"units": 0, "rows": 3355}
        load_units()
        assert set(Unit.objects.values_list("pk", "path", "folded_name")) == before

    def test_paths_lead_through_the_province(self):
        load_national()
        assert Unit.objects.under(people.unit("31", NOW), on=NOW).filter(code__regex=r"^\d{5}$").count() == 114
        assert not Unit.objects.filter(path="").exists()

    def test_a_name_is_found_without_tones_and_with_its_province(self):
        load_national()
        found = Unit.objects.on(NOW).communes().named("kien an")
        assert "11443" in found.values_list("code", flat=True)
        assert Unit.objects.on(NOW).communes().named("Kiến An, hai phong").get().code == "11443"
        assert not Unit.objects.named("  ").exists()

    def test_what_was_before_comes_with_its_successors_and_the_seeds_win(self):
        counts = load_national(former=True)
        assert counts["former_rows"] == 10784
        assert Unit.objects.by_code("11449", date(2024, 5, 2)).name == "Phường Phù Liễn"  # of the seeds, not Bắc Hà
        assert Unit.objects.by_code("11449", BEFORE).name == "Phường Bắc Hà"
        old = Unit.objects.by_code("15184", BEFORE)
        assert old.name == "Xã Cẩm Vân" and old.successors.get().code == "15163" and old.parent.code == "390"
        assert load_national(former=True) | {"rows": 0, "former_rows": 0} == {
            "units": 0, "rows": 0, "former": 0, "former_rows": 0, "links": 0,
        }  # fmt: skip
