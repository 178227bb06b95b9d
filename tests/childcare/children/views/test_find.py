"""The box that finds a child: a fragment as one types, a page without script, one entry for each list shown, never an address."""

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.models import Child
from tests import factories

pytestmark = pytest.mark.django_db
SEARCH, ADD = reverse("child-search"), reverse("child-add")


@pytest.fixture
def hoa(ward):
    return factories.child(ward, "Nguyễn Thị Hoà", mother_name="Trần Thị Lụa")


def typed(client, text, **more):
    return client.post(SEARCH, {"q": text, **more}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("text", ["hoa", "Nguyeexn", "lụa"])
def test_the_fragment_shows_who_answers_and_the_log_whom_the_officer_saw(as_, an, hoa, text):
    answer = typed(as_(an), text)
    assert "Nguyễn Thị Hoà" in answer.text and "<html" not in answer.text and "mẹ: Trần Thị Lụa" in answer.text
    entry = Entry.objects.get(action="child.searched")
    assert entry.shown == [str(hoa.public_id)] and text not in str(vars(entry))


def test_each_list_shown_is_one_entry_and_one_that_shows_nobody_is_none(as_, an, hoa):
    client = as_(an)
    for text in ("ho", "hoa", "hoa x"):
        typed(client, text)
    assert Entry.objects.filter(action="child.searched").count() == 2


def test_the_colleague_finds_and_is_not_told_to_add_the_stranger_finds_nobody(as_, binh, chi, hoa):
    assert "Nguyễn Thị Hoà" in typed(as_(binh), "hoa").text
    nobody = typed(as_(binh), "ai do").text
    assert "Không tìm thấy" in nobody and "Thêm trẻ mới" not in nobody
    assert "Hoà" not in typed(as_(chi), "hoa").text


def test_more_than_ten_are_told_of_and_shown_on_a_page(as_, an, ward):
    for number in range(12):
        factories.child(ward, f"Hoà {number}")
    client = as_(an)
    assert "Còn nhiều trẻ em khác" in typed(client, "hoa").text
    page = typed(client, "hoa", all="1").text
    assert "<html" in page and page.count("<tr>") == 13 and "Còn nhiều trẻ em khác" not in page


def test_without_script_a_page_answers(as_, an, hoa):
    page = as_(an).post(SEARCH, {"q": "hoa"}).text
    assert "<html" in page and "Nguyễn Thị Hoà" in page
    assert as_(an).get(SEARCH).status_code == 405


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [("  Bùi  Thị Én ", "full_name", "Bùi Thị Én"), ("031 316 001234", "identity_number", "031316001234"), ("4321", "full_name", "")],
)  # fmt: skip
def test_who_is_not_found_is_added_with_the_text_kept(as_, an, ward, text, field, value):
    client = as_(an)
    assert 'name="start"' in typed(client, text).text
    page = client.post(ADD, {"start": text})
    assert page.status_code == 200 and (page.context["form"][field].value() or "") == value
    assert not page.context["form"].is_bound and not Child.objects.exists()


def test_who_may_not_add_begins_no_form_either(as_, binh):
    assert as_(binh).post(ADD, {"start": "Bùi Thị Én"}).status_code == 403


def test_every_page_has_one_box_to_search_in_and_the_list_has_no_second(as_, an):
    for name in ("child-list", "account"):
        assert as_(an).get(reverse(name)).text.count("data-search>") == 1
