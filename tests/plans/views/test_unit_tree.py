"""The list of units with a few thousand of them: what is one's own, the rest when asked for, anything by its name."""

import pytest
from django.urls import reverse

from childcare.units.models import Unit
from tests import factories, people

pytestmark = pytest.mark.django_db
LIST = reverse("unit-list")


def text(response):
    return response.content.decode()


def named(response):
    """Name and depth of the rows; None where the way to the next page stands."""
    return [(unit and unit.name, depth) for unit, depth, _ in response.context["tree"]]


@pytest.fixture
def province():
    return people.unit(people.HAI_PHONG)


@pytest.fixture
def thousands(province):
    """60 districts, and 3,000 communes in the last of them."""
    rows = [unit(province, f"7{number:03d}", "district", f"Quận Số {number}") for number in range(60)]
    Unit.objects.bulk_create(rows)
    last = Unit.objects.get(code="7059")
    Unit.objects.bulk_create([unit(last, f"8{number:04d}", "commune", f"Xã Thứ {number}") for number in range(3000)])
    return last


def unit(parent, code, kind, name):
    words = name.replace("ậ", "a").replace("ố", "o").replace("ã", "a").replace("ứ", "u").casefold()
    return Unit(code=code, kind=kind, name=name, folded_name=words, parent=parent, path=f"{parent.path}{code}.")


def test_the_province_begins_with_the_first_page_of_what_lies_below(as_, son, thousands):
    rows = named(as_(son).get(LIST))
    assert rows[0] == ("Thành phố Hải Phòng", 0) and len(rows) == 52 and rows[-1] == (None, 1)
    assert not any(name and name.startswith("Xã Thứ") for name, _ in rows)


def test_what_lies_below_comes_when_it_is_asked_for_page_by_page(as_, son, thousands, province):
    below = reverse("unit-below", args=[thousands.public_id])
    first = as_(son).get(below, {"cap": "2"})
    assert named(first)[0] == ("Quận Số 59", 1) and named(first)[1] == ("Xã Thứ 0", 2) and len(named(first)) == 52
    assert "Xem bên dưới" not in text(first)  # the unit itself is open, and nothing lies below its communes
    second = named(as_(son).get(below, {"cap": "2", "trang": "2"}))
    assert second[0] == ("Xã Thứ 50", 2) and len(second) == 51
    assert named(as_(son).get(below, {"cap": "2", "trang": "60"}))[-1] == ("Xã Thứ 2999", 2)


def test_a_row_leads_to_what_lies_below_with_and_without_a_script(as_, son, thousands):
    page = text(as_(son).get(f"{LIST}?q=quan so 59"))
    assert "Xem bên dưới" not in page  # found by name: its own page shows what lies below
    page = text(as_(son).get(reverse("unit-below", args=[people.unit(people.HAI_PHONG).public_id]), {"trang": "2"}))
    assert f'href="{reverse("unit", args=[thousands.public_id])}#ben-duoi"' in page
    assert f'hx-get="{reverse("unit-below", args=[thousands.public_id])}?cap=2' in page


@pytest.mark.parametrize("typed", ["quan so 59", "Quận Số 59", "quaajn soos 59", "7059", "quan so 59, hai phong"])
def test_a_unit_is_found_by_its_name_however_it_was_typed(as_, son, thousands, typed):
    assert named(as_(son).get(LIST, {"q": typed})) == [("Quận Số 59", 0)]


def test_a_frequent_name_is_paged_and_nothing_found_is_said(as_, son, thousands):
    page = as_(son).get(LIST, {"q": "xa thu"})
    assert len(named(page)) == 50 and page.context["pager"].next and "Quận Số 59" in text(page)
    assert len(named(as_(son).get(page.context["pager"].next))) == 50
    assert "Không có đơn vị nào tên như vậy" in text(as_(son).get(LIST, {"q": "sài gòn"}))


@pytest.mark.parametrize("junk", ["\x00", ",", "%", "' OR 1=1", "a" * 200])
def test_any_text_is_an_answer(as_, son, junk):
    assert as_(son).get(LIST, {"q": junk}).status_code == 200
    below = reverse("unit-below", args=[people.unit(people.HAI_PHONG).public_id])
    assert as_(son).get(below, {"cap": junk, "trang": junk, "ngay": junk}).status_code == 200


def test_the_page_of_a_district_shows_its_communes_by_pages_and_by_name(as_, son, thousands):
    own = reverse("unit", args=[thousands.public_id])
    page = as_(son).get(own)
    assert len(page.context["below"]) == 50 and page.context["pager"].next == f"{own}?trang=2"
    assert [row.name for row in as_(son).get(own, {"q": "xax thuws 2999"}).context["below"]] == ["Xã Thứ 2999"]
    assert "Không có đơn vị nào tên như vậy" in text(as_(son).get(own, {"q": "không có"}))


def test_a_stranger_finds_nothing(as_, an, chi, ward, thousands):
    factories.hamlet(ward, "Tổ dân phố 7")
    assert as_(chi).get(LIST, {"q": "to dan pho 7"}).context["tree"] == []
    assert named(as_(an).get(LIST, {"q": "to dan pho 7"})) == [("Tổ dân phố 7", 0)]
    assert as_(chi).get(reverse("unit-below", args=[ward.public_id])).status_code == 404
    assert as_(an).get(reverse("unit-below", args=[thousands.public_id])).status_code == 404


def test_thousands_of_units_cost_no_question_more(as_, son, thousands, django_assert_max_num_queries):
    client = as_(son)
    with django_assert_max_num_queries(8):
        page = client.get(LIST)
    assert len(page.content) < 80_000
    with django_assert_max_num_queries(8):
        client.get(LIST, {"q": "xa thu"})
    with django_assert_max_num_queries(8):
        client.get(reverse("unit-below", args=[thousands.public_id]))
    with django_assert_max_num_queries(16):
        client.get(reverse("unit", args=[thousands.public_id]))


def test_the_form_of_a_figure_searches_where_units_are_many(as_, son, thousands, django_assert_max_num_queries):
    client = as_(son)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("manual-add"))
    assert len(page.content) < 60_000 and reverse("figure-unit-search") in text(page)
    assert 'value="Thành phố Hải Phòng (31)"' in text(page)
    found = text(as_(son).get(reverse("figure-unit-search"), {"o": "unit", "unit": "xa thu 2999"}))
    assert "Xã Thứ 2999, Quận Số 59" in found
    form = as_(son).post(reverse("manual-add"), {"unit": "xa thu 2999"}).context["form"]
    assert form.cleaned_data["unit"].code == "82999" and "unit" not in form.errors


def test_the_form_of_a_figure_offers_no_unit_of_others(as_, an, chi, son, thousands):
    found = text(as_(an).get(reverse("figure-unit-search"), {"o": "unit", "unit": "xa thu 2999"}))
    assert "Không có đơn vị nào tên như vậy" in found
    form = as_(an).post(reverse("manual-add"), {"unit": str(chi.unit.public_id)}).context["form"]
    assert "unit" in form.errors


def test_the_days_of_a_regime_are_set_in_a_unit_that_is_searched_for(as_, quan, an, thousands):
    found = text(as_(quan).get(reverse("regime-unit-search"), {"o": "scope", "scope": "xa thu 2999"}))
    assert "Xã Thứ 2999, Quận Số 59" in found
    assert as_(an).get(reverse("regime-unit-search"), {"o": "scope", "scope": "x"}).status_code == 403
