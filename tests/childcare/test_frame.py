"""The frame of every page: the menu that the permissions open, where one is, whose data it is, what waits."""

import pytest
from django.test import RequestFactory

from childcare.context_processors import Frame
from childcare.inbox.models import Message
from tests import people

pytestmark = pytest.mark.django_db


def frame(officer, path="/"):
    request = RequestFactory().get(path)
    request.user = officer
    return Frame(request)


def words(entries):
    return [entry.word for entry in entries]


SIX = ["Việc cần làm", "Trẻ em", "Hồ sơ can thiệp", "Kế hoạch", "Báo cáo", "Tổng hợp"]


@pytest.mark.parametrize(
    ("who", "menu"),
    [
        ("an", SIX),
        ("binh", [*SIX[:2], "Báo tin", SIX[2], "Chỉ tiêu được giao"]),
        ("dung", SIX),
        ("son", [SIX[0], *SIX[2:]]),
        ("quan", SIX[:1]),
    ],
)
def test_the_menu_holds_what_the_permissions_open(who, menu, request):
    assert words(frame(request.getfixturevalue(who)).menu) == menu


def test_the_settings_are_for_those_who_manage_them(binh, quan, an):
    assert frame(binh).settings_menu == []
    assert words(frame(quan).settings_menu) == [
        "Đơn vị",
        "Chỉ tiêu",
        "Chế độ báo cáo",
        "Mẫu văn bản",
        "Cán bộ",
        "Vai trò",
        "Dữ liệu cá nhân",
        "Nhật ký",
        "Hệ thống",
    ]
    assert "Nhật ký" not in words(frame(an).settings_menu)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", "Việc cần làm"),
        ("/nhac-viec/", "Việc cần làm"),
        ("/tre-em/them/", "Trẻ em"),
        ("/nhap-tep/", "Trẻ em"),
        ("/ra-soat-bo-sung/", "Trẻ em"),
        ("/vu-viec/", "Hồ sơ can thiệp"),
        ("/hoat-dong/", "Kế hoạch"),
        ("/bao-cao/", "Báo cáo"),
        ("/so-lieu-nhap-tay/", "Tổng hợp"),
    ],
)
def test_the_menu_marks_where_one_is(an, path, word):
    assert [entry.word for entry in frame(an, path).menu if entry.here] == [word]


def test_the_trail_leads_from_the_top_to_the_own_unit(an, son):
    assert frame(an).trail == ["Hải Phòng", "Kiến An", "Phường Nam Sơn"]
    assert frame(son).trail == ["Thành phố Hải Phòng"]


def test_the_search_is_for_those_who_see_children(an, quan):
    assert frame(an).search_url and not frame(quan).search_url


def test_the_bell_counts_what_is_not_read_and_not_that_of_others(an, chi):
    for officer, key, read in [(an, "a", None), (an, "b", "2024-05-01T00:00:00Z"), (chi, "a", None)]:
        Message.objects.create(officer=officer, key=key, day=people.TODAY, subject="Báo cáo 6 tháng", read_at=read)
    assert frame(an).unread == 1


def test_a_page_costs_four_queries_for_its_frame(as_, an, django_assert_max_num_queries):
    client = as_(an)
    with django_assert_max_num_queries(4):  # session, officer, appointments, unread
        assert client.get("/mau").status_code == 200


def test_a_stranger_sees_no_frame(client):
    page = client.get("/mau").content.decode()
    assert "Mục chính" not in page and "Đăng xuất" not in page


def test_production_shows_no_components(client, settings):
    settings.PRODUCTION = True
    assert client.get("/mau").status_code == 404
