"""Incidents through the pages."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from childcare.children.actions import residence
from childcare.children.models import FileAccess, Incident
from tests import factories, people

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("incident-list"), reverse("incident-add")


def url(row, name="incident"):
    return reverse(name, args=[row.public_id])


def kinds(response):
    return [row["kind"] for row in response.context["rows"]]


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Thị Hoà", sex="f")


@pytest.fixture
def abuse(ward, child):
    file = factories.protected_file(child)
    return factories.incident(
        ward, "abuse", date(2024, 2, 1), [(child, {"form": "sexual"})], protected_file=file, description="Kể lại"
    )


def filled(ward, **values):
    return {
        "once": str(uuid.uuid4()),
        "kind": "injury",
        "occurred_on": "9/3/2024",
        "place": str(ward.public_id),
        "p0-sex": "m",
        **values,
    }


def test_the_list_shows_what_may_be_seen(as_, an, binh, chi, dung, ward, abuse):
    factories.incident(ward, "injury", date(2024, 3, 9), [(None, {"sex": "m"})])
    assert kinds(as_(an).get(LIST)) == ["Tai nạn, thương tích", "Xâm hại trẻ em"]
    for officer in (binh, dung):
        response = as_(officer).get(LIST)
        assert kinds(response) == ["Tai nạn, thương tích"] and "Xâm hại" not in response.content.decode()
    assert kinds(as_(chi).get(LIST)) == []


def test_filters(as_, an, ward, abuse):
    factories.incident(ward, "injury", date(2023, 3, 9))
    client = as_(an)
    assert kinds(client.get(f"{LIST}?kind=abuse")) == ["Xâm hại trẻ em"]
    assert kinds(client.get(f"{LIST}?year=2023")) == ["Tai nạn, thương tích"]
    assert kinds(client.get(f"{LIST}?unit={ward.public_id}&year=2024")) == ["Xâm hại trẻ em"]


def test_the_number_of_queries_does_not_grow(as_, an, ward, django_assert_max_num_queries):
    for _ in range(30):
        factories.incident(ward, children=[(None, {"sex": "m"}), (None, {"sex": "f"})])
    client = as_(an)
    with django_assert_max_num_queries(13):
        assert len(kinds(client.get(LIST))) == 30


def test_the_page_of_an_incident_and_who_finds_it(as_, an, lan, binh, chi, dung, abuse, child):
    page = as_(an).get(url(abuse)).content.decode()
    for text in ("Xâm hại trẻ em, ngày 01/02/2024", "Nguyễn Thị Hoà", "Xâm hại tình dục", "Kể lại"):
        assert text in page
    assert as_(lan).get(url(abuse)).status_code == 200 and "Hủy vụ việc" not in as_(lan).get(url(abuse)).content.decode()
    for officer in (binh, chi, dung):
        assert as_(officer).get(url(abuse)).status_code == 404


def test_an_excluded_officer_finds_nothing(as_, an, abuse):
    FileAccess.objects.create(file=abuse.protected_file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    client = as_(an)
    assert client.get(url(abuse)).status_code == 404 and kinds(client.get(LIST)) == []
    assert (
        client.get(url(abuse, "incident-correct")).status_code
        == client.post(url(abuse, "incident-void"), {"version": "1", "reason": "x"}).status_code
        == 404
    )


def test_an_incident_with_a_child_of_the_registry_and_one_without_a_name(as_, an, ward, child):
    post = filled(
        ward,
        **{
            "cause": "drowning",
            "setting": "water",
            "p0-sex": "",
            "p0-who": "nguyen thi hoa",
            "p0-outcome": "died",
            "p1-sex": "m",
            "p1-birth": "2015",
        },
    )
    response = as_(an).post(ADD, post)
    row = Incident.objects.get()
    assert response.url == url(row)
    known, unknown = row.children.order_by("pk")
    assert (known.child, known.outcome) == (child, "died") and (unknown.child, unknown.sex, unknown.birth_latest) == (
        None,
        "m",
        date(2015, 12, 31),
    )


def test_a_child_is_taken_over_from_its_page(as_, an, ward, child):
    client = as_(an)
    form = client.get(f"{ADD}?child={child.public_id}").context["people"][0]
    assert (form["child"].value(), form["who"].value()) == (str(child.public_id), "Nguyễn Thị Hoà")
    client.post(ADD, filled(ward, **{"p0-child": str(child.public_id), "p0-who": "Nguyễn Thị Hoà", "p0-sex": ""}))
    assert Incident.objects.get().children.get().child == child


def test_a_name_that_fits_several_children_asks_again(as_, an, ward, child):
    factories.child(ward, "Nguyễn Thị Hoàn")
    response = as_(an).post(ADD, filled(ward, **{"p0-who": "nguyen thi hoa"}))
    assert response.status_code == 200 and "Có nhiều trẻ như vậy" in response.content.decode() and not Incident.objects.exists()


def test_a_child_of_another_ward_cannot_be_named(as_, chi, child):
    response = as_(chi).post(ADD, filled(chi.unit, **{"p0-child": str(child.public_id), "p0-who": "Nguyễn Thị Hoà"}))
    assert response.status_code == 200 and not Incident.objects.exists()
    assert as_(chi).get(f"{ADD}?child={child.public_id}").context["people"][0]["who"].value() in (None, "")


def test_without_children_it_is_refused_and_abroad_too(as_, an, chi, ward):
    assert as_(an).post(ADD, filled(ward, **{"p0-sex": ""})).status_code == 409
    assert "place" in as_(an).post(ADD, filled(chi.unit)).context["form"].errors
    assert not Incident.objects.exists()


def test_the_same_post_five_times_is_one_incident(as_, an, ward):
    client, post = as_(an), filled(ward)
    answers = {client.post(ADD, post).url for _ in range(5)}
    assert len(answers) == 1 and Incident.objects.count() == 1


def test_a_correction_shows_what_stood_before(as_, an, abuse, child):
    client = as_(an)
    form = client.get(url(abuse, "incident-correct")).context
    assert form["people"][0]["child"].value() == str(child.public_id) and form["form"]["description"].value() == "Kể lại"
    post = {
        "version": "1",
        "kind": "abuse",
        "occurred_on": "1/2/2024",
        "description": "Kể lại",
        "reason": "Đã can thiệp",
        "p0-child": str(child.public_id),
        "p0-who": "Nguyễn Thị Hoà",
        "p0-form": "sexual",
        "p0-intervened_on": "2/2/2024",
    }
    response = client.post(url(abuse, "incident-correct"), post)
    new = Incident.objects.valid().get()
    assert response.url == url(new) and new.protected_file == abuse.protected_file
    assert "Đã can thiệp" in client.get(url(new)).content.decode()
    client.post(url(new, "incident-void"), {"version": "1", "reason": "Tin sai"})
    assert not Incident.objects.valid().exists()


def test_who_may_not_record_opens_no_form(as_, binh, dung, lan, abuse):
    for officer in (binh, dung, lan):
        for address in (ADD, url(abuse, "incident-correct"), url(abuse, "incident-void")):
            assert as_(officer).get(address).status_code == 403


def test_who_may_not_see_abuse_is_not_offered_it(as_, ward, db):
    worker = people.officer("worker", "Lê Công Tác", "social_worker", people.NAM_SON)
    assert 'value="abuse"' not in as_(worker).get(ADD).content.decode()
    as_(worker).post(ADD, filled(ward, kind="abuse"))
    assert not Incident.objects.exists()


def test_a_child_that_moved_away_stays_in_the_incident_without_its_name(as_, an, chi, ward, child, abuse):
    residence.move(child=child, unit=chi.unit, by=an, on=date(2024, 4, 1))
    client = as_(an)
    page = client.get(url(abuse, "incident-correct"))
    assert "Nguyễn Thị Hoà" not in page.content.decode() + client.get(url(abuse)).content.decode()
    form = page.context["people"][0]
    post = {
        "version": "1",
        "kind": "abuse",
        "occurred_on": "1/2/2024",
        "reason": "Bổ sung",
        "p0-child": form["child"].value(),
        "p0-who": form["who"].value(),
    }
    client.post(url(abuse, "incident-correct"), post)
    assert Incident.objects.valid().get().children.get().child == child


def test_another_name_typed_over_the_first_counts(as_, an, ward, child):
    other = factories.child(ward, "Trần Văn Bình")
    as_(an).post(ADD, filled(ward, **{"p0-child": str(child.public_id), "p0-who": "Trần Văn Bình", "p0-sex": ""}))
    assert Incident.objects.get().children.get().child == other
