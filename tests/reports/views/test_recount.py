"""Số liệu năm trước: the units of then, or the boundaries of now, by one choice that stays in the address."""

import pytest

from tests import factories as f
from tests import people
from tests.unit_changes import merge, wards

pytestmark = pytest.mark.django_db
PAGE = "/tong-hop/nam-truoc/"


@pytest.fixture
def merged(quan, an, dung):
    """Nam Sơn (2 children) and Ngọc Sơn (1) merged on 01/05/2024; today is in the year after."""
    nam, ngoc = wards("11437", "11440")
    for commune, names in ((nam, ("Một", "Hai")), (ngoc, ("Ba",))):
        hamlet = f.hamlet(commune)
        for name in names:
            f.child(hamlet, name)
    return merge(quan, [nam, ngoc])[1]


def cells(response):
    """Unit → its four figures, as printed."""
    rows = [row.split("<td") for row in response.content.decode().split("<tbody>")[1].split("<tr>")[1:]]
    return {text(row[1]): [text(cell) for cell in row[2:]] for row in rows}


def text(cell):
    inner = cell.split(">", 1)[1]
    while "<" in inner:
        start, end = (
            inner.index("<"),
            inner.index(">", inner.index("<")) if ">" in inner[inner.index("<") :] else len(inner) - 1,
        )
        inner = inner[:start] + inner[end + 1 :]
    return inner.strip()


def test_the_units_of_the_year_stand_there_first(merged, dung, as_):
    found = cells(as_(dung).get(PAGE, {"nam": "2023"}))
    assert found["Phường Nam Sơn"][0] == "2" and found["Phường Ngọc Sơn"][0] == "1"
    assert "Phường Nam Ngọc" not in found and found["Quận Kiến An, tổng cộng"][0] == "3"


def test_on_the_boundaries_of_now_the_new_one_stands_there_and_the_whole_is_the_same(merged, dung, as_):
    answer = as_(dung).get(PAGE, {"nam": "2023", "dia_gioi": "nay"})
    found = cells(answer)
    assert found["Phường Nam Ngọc"][0] == "3" and found["Quận Kiến An, tổng cộng"][0] == "3"
    assert "Phường Nam Sơn" not in found and "Tính theo địa giới ngày 02/05/2024" in answer.content.decode()


def test_the_new_ward_sees_its_wards_of_then_and_its_own_recount(merged, an, as_):
    client = as_(people.Officer.objects.get(pk=an.pk))
    found = cells(client.get(PAGE, {"nam": "2023"}))
    assert found["Phường Nam Sơn, tổng cộng"][0] == "2" and found["Phường Ngọc Sơn, tổng cộng"][0] == "1"
    found = cells(client.get(PAGE, {"nam": "2023", "dia_gioi": "nay"}))
    assert found["Phường Nam Ngọc, tổng cộng"][0] == "3" and found["Tổ dân phố 1 (Ngọc Sơn cũ)"][0] == "1"


def test_the_board_leads_there(merged, dung, as_):
    assert PAGE in as_(dung).get("/tong-hop/").content.decode()


def test_a_stranger_may_not_look_at_another_unit(merged, chi, as_):
    assert as_(chi).get(PAGE, {"unit": str(merged.public_id)}).status_code == 404


def test_more_wards_need_no_more_queries(merged, dung, as_, django_assert_max_num_queries):
    client = as_(dung)
    with django_assert_max_num_queries(45):
        client.get(PAGE, {"nam": "2023", "dia_gioi": "nay"})
