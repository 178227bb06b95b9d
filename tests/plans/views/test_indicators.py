"""The catalogue: definitions for every officer, what is unchecked for administrators only and never as law."""

import pytest
from django.urls import reverse

from childcare.indicators.catalogue import SOURCES, group_of, national_targets
from childcare.indicators.models import Indicator

pytestmark = pytest.mark.django_db


def page(client, code):
    response = client.get(reverse("indicator", args=[code]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_every_indicator_by_groups(as_, an):
    response = as_(an).get(reverse("indicator-list"))
    assert sum(len(rows) for _, rows in response.context["groups"]) == Indicator.objects.count() == 150
    assert response.content.decode().count("Xâm hại, bạo lực") >= 1


@pytest.mark.parametrize("query, codes", [({"word": "tim bam sinh"}, {"HC-21"}), ({"group": "PH"}, {"PH-01", "PH-02"})])
def test_the_list_is_filtered_without_tones(as_, an, query, codes):
    groups = as_(an).get(reverse("indicator-list"), query).context["groups"]
    assert {row.code for _, rows in groups for row, _ in rows} == codes


def test_an_indicator_tells_how_it_is_counted(as_, an):
    text = page(as_(an), "HC-04")
    for words in ("Tử số : mẫu số × 100", "Đếm từ sổ trẻ em", "Số trẻ em có hoàn cảnh đặc biệt (HC-01)", "14 nhóm"):
        assert words in text


def test_codes_in_a_formula_get_their_words(as_, an):
    text = page(as_(an), "HC-22")
    assert "S08" in text and "Phẫu thuật tim bẩm sinh" in text and "S11" in text


def test_an_unchecked_code_of_the_circular_is_for_administrators_with_its_mark(as_, an, quan):
    assert "PL1:0302" not in page(as_(an), "HC-03")
    assert "PL1:0302 (cần đối chiếu văn bản gốc)" in page(as_(quan), "HC-03")
    assert "PL2:0101" in page(as_(an), "XH-01")


def test_an_unchecked_national_target_is_for_administrators(as_, an, quan):
    assert "Mục tiêu quốc gia" not in page(as_(an), "GD-05")
    assert "từ 88% trở lên" in page(as_(quan), "GD-05") and "cần đối chiếu văn bản gốc" in page(as_(quan), "GD-05")


def test_a_national_target_of_second_hand_says_so(as_, an):
    text = page(as_(an), "HC-04")
    assert "QĐ 23/QĐ-TTg 2021 · theo tổng hợp" in text and "từ 95% trở lên" in text


def test_where_it_is_used_shows_only_plans_that_the_officer_may_read(as_, an, chi, quan, ward_plan, district_plan):
    own = page(as_(an), "HC-04")
    assert reverse("plan", args=[ward_plan.public_id]) in own and "Quận Kiến An 2024" in own
    assert reverse("plan", args=[ward_plan.public_id]) not in page(as_(chi), "HC-04")
    assert "Chưa có kế hoạch nào dùng chỉ tiêu này." in page(as_(quan), "HC-04")


def test_a_collaborator_has_no_catalogue(as_, binh):
    assert as_(binh).get(reverse("indicator-list")).status_code == 403


def test_an_unknown_code_is_not_found(as_, an):
    assert as_(an).get(reverse("indicator", args=["XX-99"])).status_code == 404


def test_no_word_of_our_code_stands_in_a_definition():
    for row in Indicator.objects.all():
        for word in ("Circumstance", "Support", "Incident", "Placement", "Case", "Activity", "Child", "Obligation"):
            assert word not in f"{row.numerator} {row.denominator}", row.code


def test_every_indicator_has_words_for_its_group_and_source():
    for row in Indicator.objects.all():
        assert group_of(row.code) != "Chỉ tiêu khác" and row.source_class in SOURCES


def test_national_targets_keep_ranges_of_years_apart():
    child_friendly = national_targets()["PH-01"][0]
    assert (child_friendly.by_2025, child_friendly.by_2030) == (65, 75)
    assert national_targets()["TN-09"][0].by_2025 is None
    assert set(national_targets()) <= set(Indicator.objects.values_list("code", flat=True))


def test_the_list_asks_few_questions(as_, an, django_assert_max_num_queries):
    client = as_(an)
    with django_assert_max_num_queries(7):
        client.get(reverse("indicator-list"))
