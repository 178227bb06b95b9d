"""What became of an incident: written once, voided with a reason, carried over by a correction, under the incident's file."""

import uuid
from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import incidents, outcomes
from childcare.children.models import IncidentOutcome
from childcare.lib.refusal import Refusal
from tests import factories as make
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(ward, an):
    child = make.child(ward)
    person = incidents.Person(child=child, form="sexual")
    values = {"occurred_on": date(2024, 3, 1), "kind": "abuse"}
    return incidents.record(by=an, once=uuid.uuid4(), unit=ward, people=[person], **values)


def write(incident, by, kind="criminal", **values):
    return outcomes.record(
        by=by, **{"once": uuid.uuid4(), "incident": incident, "kind": kind, "on": date(2024, 4, 2), "body": "Công an", **values}
    )


def test_a_result_is_written_and_the_log_names_the_protected_file_only(incident, an):
    row = write(incident, an, document="Quyết định 12")
    assert (row.kind, row.body, row.document) == ("criminal", "Công an", "Quyết định 12")
    assert Entry.objects.get(action="outcome.recorded").subject_id == str(incident.protected_file.public_id)


def test_the_same_post_twice_writes_one_and_the_same_result_twice_is_refused(incident, an):
    key = uuid.uuid4()
    assert write(incident, an, once=key) == write(incident, an, once=key)
    with pytest.raises(Refusal, match="đã được ghi"):
        write(incident, an)


def test_a_day_before_the_incident_is_refused(incident, an):
    with pytest.raises(Refusal, match="trước ngày xảy ra"):
        write(incident, an, on=date(2024, 2, 29))


def test_a_voided_result_stays_in_the_history_and_may_be_written_again(incident, an):
    row = write(incident, an)
    outcomes.void(outcome=row, by=an, version=row.version, reason="ghi nhầm vụ")
    again = write(incident, an)
    assert IncidentOutcome.objects.count() == 2 and list(IncidentOutcome.objects.valid()) == [again]


def test_a_corrected_incident_keeps_its_results_as_they_were_known(incident, an):
    row = write(incident, an)
    people_of = [incidents.Person(child=one.child, form=one.form) for one in incident.children.all()]
    new = incidents.correct(
        incident=incident, by=an, version=incident.version, reason="thêm nơi", people=people_of, setting="family"
    )
    copy = new.outcomes.get()
    assert (copy.kind, copy.on, copy.recorded_at) == (row.kind, row.on, row.recorded_at)


def test_results_are_as_visible_as_the_incident(incident, an):
    write(incident, an)
    seen = {
        who: IncidentOutcome.objects.visible_to(getattr(people, who)()).count() for who in ("an", "lan", "binh", "chi", "dung")
    }
    assert seen == {"an": 1, "lan": 1, "binh": 0, "chi": 0, "dung": 0}
