"""Trẻ chưa xếp về đơn vị mới: by hamlet or child by child, with progress; nobody else sees the list."""

import pytest

from childcare.audit.models import Entry
from childcare.children.models import Child
from tests import factories as f
from tests.unit_changes import split

pytestmark = pytest.mark.django_db
LIST = "/tre-em/chua-xep/"


@pytest.fixture
def world(quan, an, binh, lan, ward):
    """Nam Sơn with two hamlets, two children in the first and one in the second, split in two."""
    places = [f.hamlet(ward, "Tổ dân phố 1"), f.hamlet(ward, "Tổ dân phố 2")]
    children = [f.child(places[0], "Bé Một"), f.child(places[0], "Bé Hai"), f.child(places[1], "Bé Ba")]
    change, east, west = split(quan, ward)
    line = change.ending.get()
    return {
        "places": places,
        "children": children,
        "east": east,
        "west": west,
        "line": line,
        "url": f"{LIST}{line.holding.public_id}/",
    }


def text(response):
    return response.content.decode()


def test_the_list_leads_to_each_split_unit_and_so_does_the_first_page(an, world, as_):
    client = as_(an)
    assert world["url"] in text(client.get(LIST))
    assert "3 trẻ em của Phường Nam Sơn (cũ) chưa xếp" in text(client.get("/"))


def test_the_page_shows_hamlets_children_of_one_and_progress(an, world, as_):
    answer = text(as_(an).get(world["url"]))
    assert "Đã xếp 0/3 trẻ em, còn 3" in answer and "Bé Một" in answer and "Bé Ba" not in answer
    assert "sinh 12/05/2016" in answer
    answer = text(as_(an).get(f"{world['url']}?noi={world['places'][1].public_id}"))
    assert "Bé Ba" in answer and "Bé Một" not in answer
    entry = Entry.objects.filter(action="unit.placing_listed").order_by("-pk")[0]
    assert entry.shown == [str(world["children"][2].public_id)]


def test_a_whole_hamlet_goes_with_one_click(an, world, as_):
    values = {"former": world["places"][0].public_id, "unit": world["west"].public_id}
    answer = text(as_(an).post(world["url"], values, follow=True))
    assert "Đã xếp 2 trẻ em về Phường Tây" in answer and "Đã xếp 2/3 trẻ em" in answer
    assert Child.objects.get(pk=world["children"][0].pk).unit.parent == world["west"]


def test_ticked_children_go_and_the_last_one_ends_the_list(an, world, as_):
    client = as_(an)
    rows = list(world["line"].unplaced.values_list("pk", flat=True))
    client.post(world["url"], {"row": rows[:1], "unit": world["east"].public_id})
    assert Child.objects.get(pk=world["children"][0].pk).unit == world["east"]
    answer = client.post(world["url"], {"row": rows, "unit": world["east"].public_id}, follow=True)
    assert "Không còn trẻ em nào chờ xếp" in text(answer)
    assert client.get(world["url"]).status_code == 404


def test_without_a_choice_it_says_what_to_do(an, world, as_):
    client = as_(an)
    assert "Chưa chọn nơi xếp về" in text(client.post(world["url"], {"row": [1]}))
    assert "Chưa chọn trẻ em nào" in text(client.post(world["url"], {"unit": world["east"].public_id}))


@pytest.mark.parametrize(("who", "status"), [("binh", 403), ("lan", 403), ("chi", 404), ("dung", 403), ("quan", 403)])
def test_nobody_else_sees_the_list(who, status, request, world, as_):
    client = as_(request.getfixturevalue(who))
    assert client.get(world["url"]).status_code == status
    assert client.post(world["url"], {"unit": world["east"].public_id}).status_code == status


def test_more_children_need_no_more_queries(an, world, as_, django_assert_max_num_queries):
    client = as_(an)
    with django_assert_max_num_queries(30):
        client.get(world["url"])
