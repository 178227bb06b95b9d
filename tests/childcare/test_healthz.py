"""The state of the house for machines."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from childcare import views
from childcare.jobs.models import Heartbeat, Job

pytestmark = pytest.mark.django_db


def beat(minutes):
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=minutes))


def test_all_is_well(client):
    beat(1)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": True, "worker": True}


@pytest.mark.parametrize("minutes", [None, 10])
def test_without_a_living_worker_it_is_503(client, minutes):
    if minutes:
        beat(minutes)
    response = client.get("/healthz")
    assert response.status_code == 503 and response.json()["worker"] is False


def test_a_worker_in_a_long_job_lives(client):
    Job.objects.create(kind="import", key="k", state=Job.State.RUNNING, lease_until=timezone.now() + timedelta(minutes=5))
    assert client.get("/healthz").status_code == 200


def test_a_database_that_cannot_write_is_503(client, monkeypatch):
    def refuse(**kwargs):
        raise DatabaseError

    monkeypatch.setattr(views.Heartbeat.objects, "update_or_create", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503 and response.json() == {"status": "unavailable", "database": False, "worker": False}


def test_it_writes_nothing(client):
    client.get("/healthz")
    assert not Heartbeat.objects.filter(name="healthz").exists()


def test_it_takes_no_other_method(client):
    assert client.post("/healthz").status_code == 405
