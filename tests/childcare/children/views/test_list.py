"""The list of children: filters without names, scope, protected facts, keyset pages, a fixed number of queries."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.models import Circumstance, FileAccess, Support
from tests import factories, people

pytestmark = pytest.mark.django_db
LIST = reverse("child-list")


def names(response):
    return [row["name"] for row in response.context["page"].rows]


@pytest.fixture
def place(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


@pytest.fixture
def children(ward, place):
    """Six children whose answers to every filter are known."""
    poor = factories.household(place)
    factories.poverty(poor, "poor", 2024)
    factories.poverty(poor, "near", 2023)
    made = {
        "hoa": factories.child(
            place,
            "Nguyễn Thị Hoà",
            "12/05/2016",
            "f",
            house=poor,
            identity_number="031316001234",
            identity_valid=True,
            ethnic="E01",
            mother_name="Mẹ",
        ),
        "binh": factories.child(place, "Trần Văn Bình", "2020", "m", identity_number="123", ethnic="E01", mother_name="Mẹ"),
        "an": factories.child(ward, "Lê An", "2/5/2008", "m"),  # sixteen today
        "chi": factories.child(ward, "Phạm Chi", "3/5/2008", ""),  # sixteen tomorrow
        "dung": factories.child(ward, "Đỗ Dũng", None, "m"),
        "gone": factories.child(ward, "Vũ Văn Đi", "2015", "m", residing=False),
    }
    factories.circumstance(made["hoa"], "N04.2", since=date(2023, 1, 1))
    factories.circumstance(made["binh"], "N04", until=people.TODAY)  # ended: first day without is today
    factories.circumstance(poor, "R12")
    factories.support(made["hoa"], "S33", on=date(2024, 2, 8))
    factories.support(made["binh"], "S33", on=date(2023, 2, 8))
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Lê An", "Trần Văn Bình", "Phạm Chi", "Đỗ Dũng", "Nguyễn Thị Hoà"]),
        ("?age=0-15", ["Trần Văn Bình", "Phạm Chi", "Nguyễn Thị Hoà"]),
        ("?age=0-5", ["Trần Văn Bình"]),
        ("?age=6-10", ["Nguyễn Thị Hoà"]),
        ("?age=16-17", ["Lê An"]),
        ("?sex=f", ["Nguyễn Thị Hoà"]),
        ("?sex=none", ["Phạm Chi"]),
        ("?group=N04", ["Nguyễn Thị Hoà"]),
        ("?group=any", ["Nguyễn Thị Hoà"]),
        ("?group=N01", []),
        ("?risk=R12", ["Nguyễn Thị Hoà"]),
        ("?risk=any", ["Nguyễn Thị Hoà"]),
        ("?poverty=poor", ["Nguyễn Thị Hoà"]),
        ("?poverty=near&year=2023", ["Nguyễn Thị Hoà"]),
        ("?poverty=near", []),
        ("?poverty=none&sex=f", []),
        ("?support=yes", ["Nguyễn Thị Hoà"]),
        ("?support=yes&year=2023", ["Trần Văn Bình"]),
        ("?support=no&age=0-5", ["Trần Văn Bình"]),
        ("?check=none", ["Lê An", "Phạm Chi", "Đỗ Dũng"]),
        ("?check=bad", ["Trần Văn Bình"]),
        ("?check=paper", []),
        ("?check=basic&age=0-15", ["Trần Văn Bình", "Phạm Chi"]),
        ("?check=any", ["Lê An", "Trần Văn Bình", "Phạm Chi", "Đỗ Dũng"]),
        ("?home=out", ["Vũ Văn Đi"]),
        ("?sort=birth", ["Lê An", "Phạm Chi", "Nguyễn Thị Hoà", "Trần Văn Bình", "Đỗ Dũng"]),
        ("?sort=change", ["Đỗ Dũng", "Phạm Chi", "Lê An", "Trần Văn Bình", "Nguyễn Thị Hoà"]),
        (
            "?age=nonsense&sex=%00&unit=x&year=9999&sort=drop",
            ["Lê An", "Trần Văn Bình", "Phạm Chi", "Đỗ Dũng", "Nguyễn Thị Hoà"],
        ),
    ],
)
def test_each_filter_leaves_whom_it_should(as_, an, children, query, expected):
    response = as_(an).get(LIST + query)
    assert response.status_code == 200 and names(response) == expected


def test_a_hamlet_is_a_filter_and_a_tag_that_can_be_removed(as_, an, children, place):
    response = as_(an).get(f"{LIST}?unit={place.public_id}&sex=f")
    assert names(response) == ["Nguyễn Thị Hoà"]
    tags = {tag["text"]: tag["url"] for tag in response.context["tags"]}
    assert tags == {"Địa bàn: Tổ dân phố 3": "?sex=f", "Giới tính: Nữ": f"?unit={place.public_id}"}


def test_the_colleague_sees_the_list_and_not_the_buttons(as_, binh, children):
    response = as_(binh).get(LIST)
    assert "Nguyễn Thị Hoà" in response.content.decode()
    assert reverse("child-add") not in response.content.decode() and "xuất tệp" not in response.content.decode()


def test_the_stranger_sees_none_of_them(as_, chi, children, place):
    assert names(as_(chi).get(LIST)) == []
    assert names(as_(chi).get(f"{LIST}?unit={place.public_id}")) == []


def test_who_may_see_no_children_is_turned_away(as_, quan, son):
    for officer in (quan, son):
        assert as_(officer).get(LIST).status_code == 403


def test_the_district_filters_by_ward_and_then_by_hamlet(as_, dung, children, ward, place):
    factories.child(people.unit(people.VAN_DAU), "Ở Văn Đẩu")
    assert len(names(as_(dung).get(LIST))) == 6
    response = as_(dung).get(f"{LIST}?unit={ward.public_id}")
    assert len(names(response)) == 5 and "Tổ dân phố 3" in response.content.decode()
    assert len(names(as_(dung).get(f"{LIST}?unit={place.public_id}"))) == 2


def test_a_protected_circumstance_shows_to_its_team_alone(as_, an, binh, dung, lan, children):
    factories.circumstance(children["chi"], "N11", protected_file=factories.protected_file(children["chi"]))
    for officer, seen in ((an, True), (lan, True), (binh, False), (dung, False)):
        client = as_(officer)
        assert ("Phạm Chi" in names(client.get(f"{LIST}?group=N11"))) == seen or not seen
        assert ("Phạm Chi" in names(client.get(f"{LIST}?group=any"))) == seen
        page = client.get(LIST).content.decode()
        assert ("Trẻ em bị xâm hại tình dục; " in page or ">Trẻ em bị xâm hại tình dục</td>" in page) == seen
    assert "N11" not in as_(binh).get(LIST).content.decode()


def test_an_excluded_officer_sees_nothing_of_the_file(as_, an, children):
    file = factories.protected_file(children["chi"])
    factories.circumstance(children["chi"], "N11", protected_file=file)
    factories.support(children["chi"], protected_file=file)
    FileAccess.objects.create(file=file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    client = as_(an)
    assert "Phạm Chi" not in names(client.get(f"{LIST}?group=any")) and "Phạm Chi" not in names(
        client.get(f"{LIST}?support=yes")
    )
    assert "Phạm Chi" in names(client.get(LIST))  # the child itself is hidden from nobody of the ward


def test_pages_follow_one_another_and_back_in_all_three_orders(as_, an, ward):
    for number in range(120):
        factories.child(ward, f"Nguyễn Văn {'ABCDEĐGHIK'[number % 10]}", None if number % 7 == 0 else str(2009 + number % 12))
    client = as_(an)
    for sort in ("name", "birth", "change"):
        query, seen, pages = f"?sort={sort}", [], []
        while query:
            response = client.get(LIST + query)
            pages.append(response.context["page"].ids)
            seen += pages[-1]
            assert "Nguyen" not in query and "Nguy" not in query
            query = response.context["pager"]["next"]
        assert len(seen) == len(set(seen)) == 120 and [len(page) for page in pages] == [50, 50, 20]
        back = client.get(LIST + response.context["pager"]["previous"])
        assert back.context["page"].ids == pages[1]
        first = client.get(LIST + back.context["pager"]["previous"])
        assert first.context["page"].ids == pages[0] and not first.context["pager"]["previous"]


def test_the_count_stops_at_a_thousand(as_, an, ward, monkeypatch):
    monkeypatch.setattr("childcare.children.listing.CAP", 3)
    for _ in range(3):
        factories.child(ward)
    assert as_(an).get(LIST).context["count"] == "3"
    factories.child(ward)
    assert as_(an).get(LIST).context["count"] == "hơn 1.000"


def test_one_entry_tells_whom_the_officer_saw_and_no_name(as_, an, children):
    as_(an).get(LIST)
    entry = Entry.objects.get(action="child.listed")
    assert len(entry.shown) == 5 and str(children["hoa"].public_id) in entry.shown and "Hoà" not in str(vars(entry))


def test_the_number_of_queries_does_not_grow_with_the_list(as_, an, ward, django_assert_max_num_queries):
    for number in range(60):
        child = factories.child(ward, f"Trẻ Số {number}", house=factories.household(ward))
        factories.circumstance(child, "N04")
        factories.poverty(child.household)
    client = as_(an)
    with django_assert_max_num_queries(16):
        assert len(names(client.get(f"{LIST}?group=N04&poverty=poor"))) == 50


def test_a_unit_that_ended_shows_its_last_state(as_, an, children, settings):
    settings.TRAINING_TODAY = "2026-03-01"
    response = as_(an).get(LIST)
    assert response.status_code == 200 and response.context["filter"].on == an.unit.as_of(date(2026, 3, 1))
    assert "Nguyễn Thị Hoà" in names(response)


def test_an_empty_ward_is_told_what_to_do(as_, an):
    assert "Chưa có trẻ em nào trong sổ" in as_(an).get(LIST).content.decode()


def test_a_row_links_to_the_page_of_its_child(as_, an, children):
    row = as_(an).get(LIST).context["page"].rows[0]
    assert row["url"] == reverse("child", args=[row["public_id"]])


def test_decisions_and_papers_without_their_day_are_found(client, an, place):
    helped = factories.support(factories.child(place, "Nguyễn Thị Hoà"), "S01", running=True)
    Support.objects.filter(pk=helped.pk).update(decision="12/QĐ-UBND")
    marked = factories.circumstance(factories.child(place, "Trần Văn Bình"), "N04.2")
    Circumstance.objects.filter(pk=marked.pk).update(paper="15/GXN")
    dated = factories.circumstance(factories.child(place, "Lê An"), "N04.2")
    Circumstance.objects.filter(pk=dated.pk).update(paper="16/GXN", paper_on=date(2024, 1, 2))
    client.force_login(an)
    assert names(client.get(f"{LIST}?check=paper")) == ["Trần Văn Bình", "Nguyễn Thị Hoà"]
    Support.objects.filter(pk=helped.pk).update(decision_on=date(2024, 1, 2))
    assert names(client.get(f"{LIST}?check=paper")) == ["Trần Văn Bình"]


def test_a_decision_under_a_protected_file_is_found_by_its_team_alone(client, an, binh, place):
    child = factories.child(place, "Nguyễn Thị Hoà")
    marked = factories.circumstance(child, "N05", protected_file=factories.protected_file(child))
    Circumstance.objects.filter(pk=marked.pk).update(paper="15/XN")
    found = {}
    for person in (an, binh):
        client.force_login(person)
        found[person] = names(client.get(f"{LIST}?check=paper"))
    assert found == {an: ["Nguyễn Thị Hoà"], binh: []}
