"""Writing down what became of an incident, as each person may."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(ward):
    child = make.child(ward)
    return make.incident(
        ward, "abuse", children=[(child, {"form": "sexual"})], protected_file=make.protected_file(child, unit=ward)
    )


def test_the_officer_writes_it_sees_it_on_the_incident_and_voids_it(as_, an, incident):
    client = as_(an)
    page = client.get(reverse("incident", args=[incident.public_id])).content.decode()
    assert reverse("incident-outcome-add", args=[incident.public_id]) in page
    values = {"kind": "administrative", "on": "2/4/2024", "body": "Công an phường"}
    answer = client.post(reverse("incident-outcome-add", args=[incident.public_id]), values, follow=True).content.decode()
    assert "Xử lý vi phạm hành chính" in answer and "02/04/2024" in answer and "Công an phường" in answer
    row = incident.outcomes.get()
    client.post(reverse("incident-outcome-void", args=[row.public_id]), {"version": row.version, "reason": "nhầm"})
    row.refresh_from_db()
    assert row.void_reason == "nhầm"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(as_, an, incident):
    answer = as_(an).post(reverse("incident-outcome-add", args=[incident.public_id]), {"on": "99/4/2024", "body": "Công an"})
    assert answer.status_code == 200 and "99/4/2024" in answer.content.decode() and not incident.outcomes.exists()


@pytest.mark.parametrize(("who", "status"), [("binh", 403), ("chi", 404), ("lan", 403), ("dung", 403)])
def test_nobody_else_writes_or_voids(request, as_, incident, who, status):
    row = incident.outcomes.create(kind="criminal", on=date(2024, 4, 1), body="Công an")
    client = as_(request.getfixturevalue(who))
    for name, key in (("incident-outcome-add", incident.public_id), ("incident-outcome-void", row.public_id)):
        assert client.get(reverse(name, args=[key])).status_code == status
