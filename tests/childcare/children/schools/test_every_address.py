"""Every address for the officer of a school, and for the officer of another school of the same ward."""

import pytest
from django.urls import reverse

from childcare.children.models import Child
from tests import factories, people, world
from tests.test_every_url import CONVERTERS, NAMES, address, content

pytestmark = pytest.mark.django_db
OWN = {"pupil", "pupil-edit", "pupil-leave", "pupil-class", "enrolment-void"}

# A school carries out the plan of its commune, drafts its own from it, and reports by the commune's outline; they name no child.
COMMUNES_PLAN = {"plan", "plan-targets", "plan-version", "plan-file", "plan-draft", "outline-file"}


@pytest.fixture
def things(db):
    return world.build()


def test_the_officer_of_a_school_opens_its_pupils_and_nothing_else_of_the_ward(things, as_):
    client = as_(people.hoa(things.rows["school"]))
    opened = set()
    for name in NAMES:
        response = client.get(address(name, things))
        body = content(response)
        assert response.status_code < 500, name
        if CONVERTERS[name] and name not in world.NOT_OF_THE_WARD and response.status_code not in (403, 404, 405):
            opened.add(name)
        if name not in OWN:
            assert str(things.rows["child"].public_id).encode() not in body, name
    assert opened == OWN | COMMUNES_PLAN


def test_the_officer_of_another_school_opens_nothing_and_reads_no_name(things, as_):
    client = as_(people.tuan(factories.school(things.rows["ward"], "Trường Tiểu học Nam Sơn")))
    for name in NAMES:
        response = client.get(address(name, things))
        body = content(response)
        assert response.status_code < 500, name
        assert things.child_name.encode() not in body, name
        if CONVERTERS[name] and name not in world.NOT_OF_THE_WARD | COMMUNES_PLAN:
            assert response.status_code in (403, 404, 405), name


def test_no_address_of_a_child_opens_to_a_school_whatever_it_has_enrolled(things, as_):
    """A pupil who is matched makes no child visible: neither its page nor any list of children."""
    hoa = people.hoa(things.rows["school"])
    assert not Child.objects.visible_to(hoa).exists()
    client = as_(hoa)
    for name in ("child-list", "child-search", "import-list", "ministry", "pupil-asked"):
        assert client.get(reverse(name)).status_code in (403, 405), name
