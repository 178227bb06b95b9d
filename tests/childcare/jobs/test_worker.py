"""A real Redis and a real worker, killed in the middle. PostgreSQL only: a second process cannot see a database in memory."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from kombu import Connection

from childcare.audit.models import Entry
from childcare.celery import app
from childcare.jobs import actions
from childcare.jobs.models import Job
from tests.childcare.jobs.kinds import until

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the worker is another process and needs a database that both see"
    ),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed: bin/setup --dev installs it"),
]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    """A Redis of this module's own, that keeps nothing."""
    folder = tmp_path_factory.mktemp("redis")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    words = [
        "redis-server",
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(folder),
    ]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    until(lambda: answers(url), seconds=20)
    yield url
    server.kill()
    server.wait()


def answers(url):
    try:
        with Connection(url) as broker:
            broker.connect()
        return True
    except OSError:
        return False


@pytest.fixture
def broker(redis_url, monkeypatch):
    """Jobs are published to that Redis."""
    send = app.send_task
    with Connection(redis_url) as opened:
        monkeypatch.setattr(actions.current_app, "send_task", lambda name, args: send(name, args, connection=opened))
        yield opened
        opened.default_channel.client.flushall()


@pytest.fixture
def start_worker(redis_url, tmp_path):
    """Starts workers against the test database; kills what is left of them."""
    there = connection.settings_dict
    database = f"postgres://{there['USER']}:{there['PASSWORD']}@{there['HOST']}:{there['PORT']}/{there['NAME']}"
    env = {**os.environ, "DATABASE_URL": database, "REDIS_URL": redis_url, "PYTHONPATH": str(ROOT), "VAR_DIR": str(tmp_path)}
    words = [sys.executable, "-m", "celery", "-A", "childcare", "worker", "-c", "1", "-I", "tests.childcare.jobs.kinds"]
    started = []

    def start():
        quiet = ["--without-gossip", "--without-mingle", "-l", "warning"]
        log = (tmp_path / f"worker-{len(started)}.log").open("w")
        worker = subprocess.Popen([*words, *quiet], cwd=ROOT, env=env, start_new_session=True, stdout=log, stderr=log)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker):
    """kill -9 of the worker and its children, as the machine would do it."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def ended(job):
    return lambda: not Job.objects.get(pk=job.pk).open


def effects(job):
    return Entry.objects.filter(action="demo.built", note=job.key).count()


def test_a_job_is_done_by_a_worker(broker, start_worker):
    job = actions.enqueue("test.count", key="plain")
    start_worker()
    until(ended(job))
    job.refresh_from_db()
    assert (job.state, job.result["url"], job.tries, effects(job)) == ("done", "/viec-xong/", 1, 1)


def test_a_worker_killed_half_way_is_made_good_by_the_next_one_once(broker, start_worker, tmp_path):
    job = actions.enqueue("test.halfway", key="halfway", folder=str(tmp_path))
    worker = start_worker()
    until((tmp_path / "halfway").exists)
    kill(worker)
    job.refresh_from_db()
    assert (job.state, job.done, job.message, effects(job)) == ("running", 1, "nửa đường", 0)

    start_worker()
    assert actions.sweep(now=timezone.now()) == 0, "its lease still holds"
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))  # ten minutes later
    assert actions.sweep(now=timezone.now()) == 1
    until(ended(job))
    job.refresh_from_db()
    assert (job.state, job.tries, effects(job)) == ("done", 2, 1)


def test_a_redis_that_forgot_everything_loses_no_job(broker, start_worker):
    job = actions.enqueue("test.count", key="forgotten")
    broker.default_channel.client.flushall()
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    start_worker()
    for _ in range(3):  # and a sweeper that comes three times doubles nothing
        actions.sweep(now=timezone.now())
    until(ended(job))
    until(lambda: not broker.default_channel.client.llen("celery"))
    assert effects(job) == 1
