"""A long paper is kept by its job: given to its requester alone, and only while place and protected files are his still."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.accounts.roles import Role
from childcare.children import sheets
from childcare.children.models import FileAccess
from childcare.jobs import tasks
from childcare.jobs.models import Job
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def children(ward):
    """Hoà is disabled; Cường has HIV, under a protected file of the ward."""
    hoa, cuong = (factories.child(ward, name, "12/05/2016") for name in ("Nguyễn Thị Hoà", "Lê Văn Cường"))
    factories.circumstance(hoa, "N04.1")
    factories.circumstance(cuong, "N05", protected_file=factories.protected_file(cuong, unit=ward))


def kept(officer, name, unit, **params):
    """The job of a paper about a unit, done."""
    job = sheets.enqueue(name, "docx", by=officer, key=uuid.uuid4(), unit=str(unit.public_id), **params)
    tasks.run_job(job.pk)
    return Job.objects.get(pk=job.pk)


def fetched(client, job):
    return client.get(reverse("sheet-file", args=[job.public_id]))


def move(officer, code):
    """The officer's appointment ends today; another one begins in another ward."""
    Appointment.objects.filter(officer=officer).update(ended_on=people.TODAY)
    Appointment.objects.create(officer=officer, unit=people.unit(code), role=Role.COMMUNE, started_on=people.TODAY)
    return type(officer).objects.get(pk=officer.pk)


def test_the_requester_alone_gets_what_was_kept(as_, an, binh, chi, ward, children):
    job = kept(an, "extract", ward, which="law")
    assert fetched(as_(an), job).status_code == 200
    assert [fetched(as_(other), job).status_code for other in (binh, chi)] == [404, 404]


@pytest.mark.parametrize("name", ["extract", "hamlet-review"])
def test_an_officer_who_went_to_another_ward_gets_it_no_more(as_, an, ward, children, name):
    job = kept(an, name, ward, **({"which": "law"} if name == "extract" else {}))
    answer = fetched(as_(move(an, people.VAN_DAU)), job)
    assert answer.status_code == 409 and "hãy lập lại văn bản" in answer.text.lower()


def test_one_who_was_shut_out_of_a_file_gets_no_paper_that_tells_of_it(as_, an, ward, children):
    job, plain = kept(an, "extract", ward, which="law"), kept(an, "hamlet-review", ward)
    file = FileAccess.objects.get().file
    FileAccess.objects.create(file=file, kind=FileAccess.Kind.EXCLUDED, officer=an, since=timezone.now(), reason="người nhà")
    assert fetched(as_(an), job).status_code == 409
    assert fetched(as_(an), plain).status_code == 200  # names who lives there, tells of no file


def test_a_paper_without_its_place_is_given_to_nobody(as_, an, ward, children):
    job = kept(an, "hamlet-review", ward)
    job.result.pop("unit")
    job.save(update_fields=["result"])
    assert fetched(as_(an), job).status_code == 409


def test_every_kept_paper_tells_its_place(an, ward, children):
    assert kept(an, "extract", ward, which="law").result["unit"] == ward.pk
    assert len(kept(an, "extract", ward, which="law").result["files"]) == 1
    assert "files" not in kept(an, "hamlet-review", ward).result
