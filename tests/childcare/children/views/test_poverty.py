"""Loại hộ of the new year: five hundred households on paged forms, nothing lost on the way, one decision, one action."""

import json
from datetime import date

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.actions.poverty import roll_over
from childcare.children.models import PovertyStatus
from childcare.lib.refusal import Refusal
from tests import factories, people

pytestmark = pytest.mark.django_db
URL = "/ho/loai-ho/?year=2024"
DECISION = {"decision": "512/QĐ-UBND", "decided_on": "20/12/2023"}


def house(unit, head="Trần Văn Mới", level="poor", year=2023):
    row = factories.household(unit, head)
    factories.child(unit, f"Con của {head}", house=row)
    if level:
        factories.poverty(row, level, year)
    return row


def level(row, year=2024):
    found = PovertyStatus.objects.valid().filter(household=row, year=year).first()
    return found and found.level


def text(response):
    return response.content.decode()


def test_last_years_households_are_listed_as_without_a_class(as_, an, ward):
    poor, new, never, left = house(ward), house(ward, "Lê Văn Tân", "near", 2024), house(ward, level=""), house(ward, "Đã đi")
    left.children.update(residing=False)
    response = as_(an).get(URL)
    assert [(row["line"].household, row["line"].now) for row in response.context["rows"]] == [(new, "near"), (poor, "")]
    assert "chưa có loại hộ năm 2024" in text(response) and response.context["missing"] == 1 and never.poverty.count() == 0


def test_stay_change_and_leave_with_one_decision_in_one_action(as_, an, ward):
    stays, changes, leaves, later = (house(ward, f"Hộ {number}") for number in range(4))
    choice = {f"level-{row.public_id}": value for row, value in ((stays, "poor"), (changes, "near"), (leaves, "other"))}
    response = as_(an).post(URL, {**choice, **DECISION, "save": "1"}, follow=True)
    assert "Đã ghi loại hộ năm 2024 cho 3 hộ" in text(response)
    assert [level(row) for row in (stays, changes, leaves, later)] == ["poor", "near", "other", None]
    assert PovertyStatus.objects.get(household=stays, year=2024).decision == "512/QĐ-UBND ngày 20/12/2023"
    assert [level(row, 2023) for row in (stays, leaves)] == ["poor", "poor"]
    entry = Entry.objects.get(action="poverty.rolled_over")
    assert len(entry.shown) == 3 and entry.note == "năm 2024, 3 hộ"
    as_(an).post(URL, {**choice, **DECISION, "save": "1"})
    assert PovertyStatus.objects.filter(year=2024).count() == 3  # sent twice, written once


def test_another_class_of_the_year_is_voided_and_replaced(an, ward):
    row = house(ward)
    factories.poverty(row, "poor", 2024)
    roll_over(by=an, unit=ward, year=2024, levels={row: "near"}, decision="1", decided_on=date(2023, 12, 20))
    old, new = PovertyStatus.objects.filter(household=row, year=2024).order_by("pk")
    assert old.voided_at and new.replaces == old and new.level == "near"


def test_five_hundred_households_on_ten_pages_lose_no_choice(as_, an, ward, django_assert_max_num_queries):
    rows = [house(ward, f"Hộ {number:03d}") for number in range(500)]
    client, kept, at = as_(an), "{}", 1
    for page in range(1, 11):
        with django_assert_max_num_queries(20):
            response = client.post(URL, {"kept": kept, "at": str(at), "go": str(page), **shown(rows, at, page)})
        kept, at = response.context["kept"], page
        assert not PovertyStatus.objects.filter(year=2024).exists()
    assert len(json.loads(kept)) == 450
    with django_assert_max_num_queries(25):
        client.post(URL, {"kept": kept, "at": "10", "save": "1", **DECISION, **choices(rows[450:])})
    assert PovertyStatus.objects.filter(year=2024, level="near").count() == 500


def shown(rows, at, page):
    """What the page left chose for its fifty households; nothing at the first opening."""
    return choices(rows[(at - 1) * 50 : at * 50]) if page > 1 else {}


def choices(rows):
    return {f"level-{row.public_id}": "near" for row in rows}


def test_all_others_may_stay_as_last_year(as_, an, ward):
    poor, near = house(ward, "Hộ A"), house(ward, "Hộ B", "near")
    response = as_(an).post(URL, {f"level-{poor.public_id}": "other", "same": "1"})
    assert {row["line"].household: row["chosen"] for row in response.context["rows"]} == {poor: "other", near: "near"}
    assert level(near) is None


def test_without_a_decision_nothing_is_written_and_the_choice_stays(as_, an, ward):
    row = house(ward)
    response = as_(an).post(URL, {f"level-{row.public_id}": "near", "save": "1", "decision": ""})
    assert response.context["decision"].errors and response.context["rows"][0]["chosen"] == "near" and level(row) is None


def test_what_is_not_of_the_list_is_not_written(as_, an, ward):
    mine, theirs = house(ward), house(people.unit(people.VAN_DAU), "Hộ người khác")
    kept = json.dumps({str(theirs.public_id): "poor", str(mine.public_id): "rich"})
    assert as_(an).post(URL, {"kept": kept, "save": "1", **DECISION}).status_code == 409
    for junk in ("[]", "{", "7"):
        assert as_(an).post(URL, {"kept": junk, "go": "1"}).status_code == 200
    assert not PovertyStatus.objects.filter(year=2024).exists()


def test_who_may_and_the_thing_to_do(as_, an, binh, chi, dung, ward):
    house(ward)
    assert [as_(who).get(URL).status_code for who in (binh, dung)] == [403, 403]
    assert not as_(chi).get(URL).context["rows"]
    assert "1 hộ nghèo, hộ cận nghèo năm 2023 chưa có loại hộ năm 2024" in text(as_(an).get(reverse("home")))


def test_a_year_out_of_reach_is_refused(an, ward):
    with pytest.raises(Refusal, match="không hợp lệ"):
        roll_over(by=an, unit=ward, year=2030, levels={house(ward): "poor"}, decision="1", decided_on=date(2023, 12, 20))


def test_the_page_of_the_household_says_that_the_class_of_the_year_is_missing(as_, an, ward):
    row, told = house(ward), "chưa có loại hộ năm 2024"
    address = reverse("household", args=[row.public_id])
    assert told in text(as_(an).get(address))
    factories.poverty(row, "other", 2024)
    assert told not in text(as_(an).get(address))
