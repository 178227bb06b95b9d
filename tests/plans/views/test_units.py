"""Unit pages: the tree of a day, one unit, hamlets by the commune's officer, general figures."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.units.models import Unit, UnitYear
from plans.actions import hamlets
from tests import factories, people

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def url(name, unit):
    return reverse(name, args=[unit.public_id])


def test_an_sees_her_ward_and_not_its_neighbour(as_, an, ward):
    page = text(as_(an).get(reverse("unit-list")))
    assert "Phường Nam Sơn" in page and "Phường Văn Đẩu" not in page
    assert as_(an).get(url("unit", people.unit(people.VAN_DAU))).status_code == 404


def test_the_district_sees_ten_wards_in_2024_and_seven_in_2025(as_, dung):
    client = as_(dung)
    assert len(client.get(reverse("unit-list")).context["tree"]) == 11
    tree = client.get(reverse("unit-list"), {"on": "15/3/2025"}).context["tree"]
    assert "Phường Bắc Hà" in [unit.name for unit, *_ in tree] and len(tree) == 8


def test_a_day_that_cannot_be_read_is_said_and_the_page_still_stands(as_, dung):
    page = text(as_(dung).get(reverse("unit-list"), {"on": "31/2/2024"}))
    assert "Không có ngày" in page and "Quận Kiến An" in page


def test_a_district_that_ended_shows_its_last_day(as_, dung, settings):
    settings.TRAINING_TODAY = "2026-05-02"
    assert "30/06/2025" in text(as_(dung).get(reverse("unit-list")))


def test_the_administrator_sees_units_with_what_is_unchecked_and_others_do_not(as_, quan, dung):
    ward = Unit.objects.get(name="Phường Bắc Hà")
    assert "cần đối chiếu văn bản gốc" in text(as_(quan).get(url("unit", ward)))
    assert "cần đối chiếu văn bản gốc" not in text(as_(dung).get(url("unit", ward)))


def test_what_came_before_and_after_is_shown(as_, dung):
    page = text(as_(dung).get(url("unit", Unit.objects.get(name="Phường Phù Liễn", valid_from=None))))
    assert "Sau đó thành: Phường Bắc Hà (từ 01/01/2025)" in page


def test_a_collaborator_has_no_unit_pages(as_, binh, ward):
    assert as_(binh).get(reverse("unit-list")).status_code == 403
    assert as_(binh).post(url("hamlet-add", ward), {"name": "Tổ dân phố 9"}).status_code == 403


def test_an_adds_hamlets_one_after_another(as_, an, ward):
    response = as_(an).post(url("hamlet-add", ward), {"name": "Tổ dân phố 1", "again": "1"})
    assert response.url == url("hamlet-add", ward)
    as_(an).post(url("hamlet-add", ward), {"name": "Tổ dân phố 2", "since": "1/3/2024"})
    assert list(Unit.objects.hamlets_of(ward).values_list("code", flat=True)) == ["11437-T01", "11437-T02"]
    assert "Tổ dân phố 2" in text(as_(an).get(url("unit", ward)))


def test_a_name_that_stands_is_a_page_with_the_sentence(as_, an, ward):
    hamlets.add(commune=ward, name="Tổ dân phố 1", by=an)
    response = as_(an).post(url("hamlet-add", ward), {"name": "Tổ dân phố 1"})
    assert response.status_code == 409 and "đã có Tổ dân phố 1" in text(response)


@pytest.mark.parametrize("who", ["chi", "dung", "lan"])
def test_nobody_else_changes_the_hamlets_of_nam_son(as_, request, an, ward, who):
    officer = request.getfixturevalue(who)
    hamlet = hamlets.add(commune=ward, name="Tổ dân phố 1", by=an)
    for name, unit in (("hamlet-add", ward), ("hamlet-rename", hamlet), ("hamlet-end", hamlet)):
        posted = {"name": "Khác", "on": "1/3/2024", "last": "1/3/2024"}
        assert as_(officer).post(url(name, unit), posted).status_code in (403, 404)
    assert Unit.objects.filter(parent=ward).count() == 1


def test_an_renames_and_ends_a_hamlet_by_its_last_day(as_, an, ward):
    hamlet = hamlets.add(commune=ward, name="Tổ dân phố 1", by=an)
    as_(an).post(url("hamlet-rename", hamlet), {"name": "Tổ dân phố Hòa Bình", "on": "1/3/2024"})
    new = Unit.objects.get(name="Tổ dân phố Hòa Bình")
    assert new.valid_from == date(2024, 3, 1)
    as_(an).post(url("hamlet-end", new), {"last": "30/4/2024"})
    new.refresh_from_db()
    assert new.valid_to == date(2024, 5, 1)
    assert "Đã kết thúc: Tổ dân phố 1 (đến trước 01/03/2024)" in text(as_(an).get(url("unit", ward)))


def test_ending_into_another_moves_its_people(as_, an, ward):
    first, second = (hamlets.add(commune=ward, name=f"Tổ dân phố {number}", by=an) for number in (1, 2))
    child = factories.child(first)
    posted = {"last": "30/4/2024", "into": str(second.public_id)}
    assert as_(an).post(url("hamlet-end", first), posted).status_code == 302
    child.refresh_from_db()
    assert child.unit == second


def test_general_figures_need_a_source(as_, an, ward):
    page = text(as_(an).post(f"{url('unit-facts', ward)}?nam=2024", {"population": "7.900"}))
    assert "Hãy ghi nguồn của dân số" in page and not UnitYear.objects.exists()
    posted = {"population": "7.900", "population-source": "Thống kê", "population-day": "15/1/2024"}
    assert as_(an).post(f"{url('unit-facts', ward)}?nam=2024", posted).status_code == 302
    row = UnitYear.objects.get()
    assert (row.year, row.value, row.source_date) == (2024, 7900, date(2024, 1, 15))
    assert "7.900" in text(as_(an).get(url("unit", ward)))


def test_two_officers_do_not_overwrite_each_others_figures(as_, an, dung, ward):
    client = as_(an)
    client.post(url("unit-facts", ward), {"schools": "3", "schools-source": "Phòng Giáo dục"})
    response = as_(dung).post(url("unit-facts", ward), {"schools": "4", "schools-source": "Phòng Giáo dục"})
    assert response.status_code == 409 and UnitYear.objects.get().value == 3


def test_strangers_and_leaders_do_not_enter_figures(as_, chi, lan, ward):
    assert as_(chi).get(url("unit-facts", ward)).status_code == 404
    assert as_(lan).get(url("unit-facts", ward)).status_code == 403


def test_a_strange_year_is_the_present_one(as_, an, ward):
    for year in ("²", "abc", "1500", "99999"):
        assert as_(an).get(url("unit-facts", ward), {"nam": year}).context["year"] == 2024


def test_the_tree_asks_few_questions_however_many_hamlets(as_, an, ward, django_assert_max_num_queries):
    for number in range(40):
        hamlets.add(commune=ward, name=f"Tổ dân phố {number}", by=an)
    client = as_(an)
    with django_assert_max_num_queries(11):
        client.get(reverse("unit-list"))
    with django_assert_max_num_queries(20):
        client.get(url("unit", ward))
