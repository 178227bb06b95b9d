"""Drafts over HTTP: only with the ticket of a page that was opened, only one's own, closed when the form is saved."""

import json
import uuid

import pytest
from django.urls import reverse

from childcare.accounts import drafts
from childcare.accounts.models import Draft
from childcare.children.models import Child
from tests import factories

pytestmark = pytest.mark.django_db
ADD = reverse("child-add")
TYPED = json.dumps([["full_name", "Nguyễn Thị Hoà"]])


@pytest.fixture
def place(ward):
    return factories.hamlet(ward)


def opened(client, address=ADD):
    """The ticket and the page of a form as its page says them."""
    page = client.get(address).content.decode()
    return [page.split(f'{name}="')[1].split('"')[0] for name in ("data-draft", "data-draft-page", "data-draft-version")]


def keep(client, ticket, page, **changes):
    return client.post("/nhap/", {"page": page, "known": "0", "fields": TYPED, **changes}, headers={"X-Draft": ticket})


def test_what_was_typed_is_kept_and_comes_back_to_the_page(as_, an, place):
    client = as_(an)
    ticket, page, version = opened(client)
    answer = keep(client, ticket, page)
    assert version == "0" and answer.status_code == 200 and answer.json()["version"] == 1 and ":" in answer.json()["at"]
    ticket, _, version = opened(client)
    told = client.get("/nhap/", headers={"X-Draft": ticket}).json()
    assert version == "1" and told["fields"] == [["full_name", "Nguyễn Thị Hoà"]] and "ngày" in told["at"]


def test_without_a_ticket_or_with_anothers_nothing_is_read_or_written(as_, an, lan, chi, place):
    ticket, page, _ = opened(as_(an))
    keep(as_(an), ticket, page)
    client = as_(chi)
    assert client.get("/nhap/", headers={"X-Draft": ticket}).status_code == 404 == client.get("/nhap/").status_code
    assert keep(client, ticket, page).status_code == 404 == client.post("/nhap/bo/", {}).status_code
    assert Draft.objects.get().officer == an


def test_whoever_may_not_open_the_form_gets_no_ticket(as_, an, binh, chi, ward):
    child = factories.child(ward)
    address = reverse("child-edit", args=[child.public_id])
    for officer, status in ((binh, 403), (chi, 404)):
        answer = as_(officer).get(address)
        assert answer.status_code == status and "data-draft" not in answer.content.decode()


def test_saving_closes_the_draft_and_a_form_with_a_fault_does_not(as_, an, place):
    client = as_(an)
    ticket, page, _ = opened(client)
    keep(client, ticket, page)
    sent = {"once": str(uuid.uuid4()), "full_name": "Nguyễn Thị Hoà", "birth": "2016", "_draft": ticket, "_draft_page": page}
    assert client.post(ADD, sent).status_code == 200 and drafts.read(an, ADD)
    assert client.post(ADD, {**sent, "hamlet": str(place.public_id)}).status_code == 302
    assert drafts.read(an, ADD) is None and keep(client, ticket, page).json() == {"closed": True}
    assert Child.objects.count() == 1


def test_the_page_that_answers_a_fault_brings_nothing_back_over_what_was_typed(as_, an, place):
    client = as_(an)
    assert "data-draft-fresh" in client.get(ADD).content.decode()
    assert "data-draft-fresh" not in client.post(ADD, {"full_name": ""}).content.decode()


def test_a_second_tab_is_told_that_its_text_is_not_kept(as_, an, place):
    client = as_(an)
    one, other = opened(client), opened(client)
    keep(client, *one[:2])
    assert keep(client, *other[:2]).status_code == 409


def test_a_draft_that_is_not_wanted_is_dropped(as_, an, place):
    client = as_(an)
    ticket, page, _ = opened(client)
    keep(client, ticket, page)
    assert client.post("/nhap/bo/", {"page": page}, headers={"X-Draft": ticket}).status_code == 200
    assert client.get("/nhap/", headers={"X-Draft": ticket}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"fields": "{"}, 400), ({"fields": '{"a": 1}'}, 400), ({"fields": '[["a", 1]]'}, 400), ({"page": ""}, 400),
        ({"known": "x"}, 400), ({"fields": "x" * (drafts.LARGEST + 1)}, 413),
    ],
)  # fmt: skip
def test_anything_else_is_refused(as_, an, place, changes, status):
    client = as_(an)
    ticket, page, _ = opened(client)
    sent = {"page": page, "known": "0", "fields": TYPED, **changes}
    assert client.post("/nhap/", sent, headers={"X-Draft": ticket}).status_code == status and not Draft.objects.exists()


@pytest.mark.parametrize(
    "name", ["child-edit", "circumstance-add", "support-add", "caregiver-add", "household-set", "residence-move"]
)
def test_the_forms_of_a_child_keep_drafts(as_, an, place, name):
    child = factories.child(place)
    assert opened(as_(an), reverse(name, args=[child.public_id]))[2] == "0"


def test_the_form_of_an_incident_keeps_drafts(as_, an, place):
    assert opened(as_(an), reverse("incident-add"))[2] == "0"
