"""Jobs: one row for one effect; whatever is lost or killed on the way is found again, and nothing is done twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from childcare.audit.models import Entry
from childcare.celery import app
from childcare.jobs import actions, tasks
from childcare.jobs.models import Heartbeat, Job
from childcare.jobs.registry import HANDLERS
from childcare.jobs.words import KINDS
from childcare.lib.refusal import Refusal
from tests.childcare.jobs import kinds

pytestmark = pytest.mark.django_db
State = Job.State
NOW = timezone.now()


@pytest.fixture(autouse=True)
def published(monkeypatch):
    """What would go to the broker: the keys of jobs."""
    sent = []
    monkeypatch.setattr(actions.current_app, "send_task", lambda name, args: sent.append((name, *args)))
    return sent


def make(kind="test.count", key="k", **fields):
    return Job.objects.create(kind=kind, key=key, **fields)


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def effects():
    return Entry.objects.filter(action="demo.built").count()


def test_the_same_key_is_one_job(an, django_capture_on_commit_callbacks, published):
    with django_capture_on_commit_callbacks(execute=True):
        first = actions.enqueue("test.count", key="a", by=an, batch=1)
        again = actions.enqueue("test.count", key="a", by=an, batch=2)
        other = actions.enqueue("test.count", key="b")
    assert first == again != other
    assert (first.params, first.requested_by, first.state) == ({"batch": 1}, an, State.WAITING)
    assert published == [("jobs.run", first.pk), ("jobs.run", other.pk)]


def test_nothing_is_published_before_the_commit(published):
    actions.enqueue("test.count", key="a")
    assert published == []


def test_a_broker_that_is_down_loses_nothing(monkeypatch, django_capture_on_commit_callbacks, published):
    def down(*args):
        raise ConnectionError

    monkeypatch.setattr(actions.current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.enqueue("test.count", key="a")
    monkeypatch.setattr(actions.current_app, "send_task", lambda name, args: published.append((name, *args)))
    assert actions.sweep(now=timezone.now() + timedelta(minutes=1)) == 1
    assert published == [("jobs.run", job.pk)]


def test_one_caller_claims():
    job = make()
    assert [actions.claim(job.pk, now=NOW) for _ in range(3)] == [True, False, False]
    job.refresh_from_db()
    assert (job.state, job.tries, job.lease_until) == (State.RUNNING, 1, NOW + actions.LEASE)


def test_a_lease_that_ran_out_may_be_claimed_until_the_tries_are_used_up():
    job = make()
    later = [NOW + count * (actions.LEASE + timedelta(seconds=1)) for count in range(5)]
    assert [actions.claim(job.pk, now=moment) for moment in later] == [True, True, True, False, False]


def test_a_job_runs_once_and_keeps_its_result():
    job = make()
    assert actions.run(job.pk).state == State.DONE
    assert actions.run(job.pk) is None
    job.refresh_from_db()
    assert (job.result["url"], job.percent, job.tries, effects()) == ("/viec-xong/", 100, 1, 1)
    assert job.finished_at and job.lease_until is None


def test_a_worker_killed_between_claim_and_end_is_made_good_once(published):
    job = make()
    actions.claim(job.pk, now=timezone.now())  # and the worker dies
    assert actions.sweep(now=timezone.now()) == 0 and actions.run(job.pk) is None
    expire(job)
    assert actions.sweep(now=timezone.now()) == 1 and published == [("jobs.run", job.pk)]
    assert actions.run(job.pk).state == State.DONE
    assert actions.run(job.pk) is None and effects() == 1


def test_a_message_that_comes_three_times_has_one_effect():
    job = make()
    for _ in range(3):
        tasks.run_job(job.pk)
    assert effects() == 1


def test_a_refusal_is_final_and_shows_its_sentence():
    job = actions.run(make("test.refused").pk)
    assert (job.state, job.message) == (State.REFUSED, "Tệp này không có cột họ tên. Hãy dùng mẫu của hệ thống.")
    assert actions.sweep(now=timezone.now() + timedelta(days=1)) == 0


def test_a_fault_is_tried_three_times_then_failed_and_says_nothing_of_its_inside():
    job = make("test.broken")
    assert [actions.run(job.pk).state for _ in range(3)] == [State.WAITING, State.WAITING, State.FAILED]
    assert actions.run(job.pk) is None
    job.refresh_from_db()
    assert "Hãy thử lại" in job.message and "Bí Mật" not in job.message and job.finished_at


def test_a_kind_that_nobody_handles_fails_visibly():
    job = make("test.unknown")
    for _ in range(3):
        actions.run(job.pk)
    job.refresh_from_db()
    assert job.state == State.FAILED


def test_a_worker_that_is_killed_every_time_is_not_fed_for_ever(published):
    job = make()
    for _ in range(3):
        assert actions.claim(job.pk, now=timezone.now())
        expire(job)
    assert actions.sweep(now=timezone.now()) == 0 and published == []
    job.refresh_from_db()
    assert job.state == State.FAILED and "dừng giữa chừng" in job.message


def test_progress_is_seen_and_renews_the_lease():
    job = make()
    actions.claim(job.pk, now=NOW - actions.LEASE)
    job.refresh_from_db()
    actions.progress(job, 30, 120, "Đang ghi")
    seen = Job.objects.get()
    assert (seen.done, seen.total, seen.percent, seen.message) == (30, 120, 25, "Đang ghi")
    assert seen.lease_until > timezone.now() + actions.LEASE - timedelta(minutes=1)


def test_a_worker_that_was_thought_dead_marks_nothing_any_more():
    job = make()
    actions.claim(job.pk, now=timezone.now())
    late = Job.objects.get()
    expire(job)
    actions.claim(job.pk, now=timezone.now())
    with pytest.raises(actions.LeaseLost):
        actions.progress(late, 1, 2)
    actions.finish(late, State.FAILED, message="muộn")
    now_running = Job.objects.get()
    assert (now_running.state, now_running.tries, now_running.message) == (State.RUNNING, 2, "")


def test_a_worker_that_loses_its_lease_half_way_leaves_the_rest_to_the_other(monkeypatch):
    def robbed(job):
        expire(job)
        actions.claim(job.pk, now=timezone.now())
        actions.progress(job, 1, 2)
        kinds.count(job)

    monkeypatch.setitem(HANDLERS, "test.count", robbed)
    assert actions.run(make().pk) is None
    assert Job.objects.get().state == State.RUNNING and effects() == 0


def test_the_sweeper_leaves_alone_what_is_young_running_or_finished(published):
    make(key="young")
    make(key="running", state=State.RUNNING, lease_until=timezone.now() + timedelta(minutes=1), tries=1)
    for state in (State.DONE, State.FAILED, State.REFUSED):
        make(key=state, state=state)
    assert actions.sweep(now=timezone.now()) == 0 and published == []


def test_the_tasks_leave_signs_of_life():
    tasks.sweep()
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker"}
    tasks.beat()
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker", "beat"}


def test_celery_is_set_so_that_a_killed_worker_loses_no_message():
    assert app.conf.task_acks_late and app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < 3600  # the visibility time-out of Redis
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} >= {"jobs.sweep", "jobs.beat", "audit.seal"}


def test_every_kind_of_job_has_words():
    app.loader.import_default_modules()
    assert {kind for kind in HANDLERS if not kind.startswith("test.")} <= set(KINDS)


# --- stopping ---------------------------------------------------------------------------------------------------------


def test_a_waiting_job_is_stopped_at_once_and_never_runs(an):
    job = make("test.slow", requested_by=an)
    actions.cancel(job, by=an)
    assert (job.state, job.message) == (State.CANCELLED, actions.STOPPED) and job.finished_at
    assert actions.run(job.pk) is None and actions.sweep(now=NOW + timedelta(hours=1)) == 0 and effects() == 0


def test_a_running_job_stops_at_its_next_sign_of_progress(an, monkeypatch):
    job = make("test.slow", requested_by=an)

    def first_half(row):
        actions.progress(row, 1, 2)
        actions.cancel(Job.objects.get(pk=row.pk), by=an)
        assert Job.objects.get(pk=row.pk).state == State.RUNNING
        with pytest.raises(actions.Cancelled):
            actions.go_on(row)
        actions.progress(row, 2, 2)
        raise AssertionError("went on")

    monkeypatch.setitem(HANDLERS, "test.slow", first_half)
    assert actions.run(job.pk).state == State.CANCELLED
    assert Job.objects.get().done == 1


def test_a_job_asked_to_stop_whose_worker_was_killed_stops_when_it_is_taken_again(an, monkeypatch):
    job = make("test.slow", requested_by=an, state=State.RUNNING, tries=1, lease_until=NOW)
    actions.cancel(job, by=an)
    expire(job)
    monkeypatch.setitem(HANDLERS, "test.slow", lambda row: actions.progress(row, 0, 2))
    assert actions.run(job.pk).state == State.CANCELLED


def test_only_its_requester_stops_a_job_and_only_one_that_can_be_stopped(an, binh):
    job = make("test.slow", requested_by=an)
    actions.cancel(job, by=binh)
    assert job.state == State.WAITING
    for other in (make("test.count", "firm", requested_by=an), make("test.slow", "done", requested_by=an, state=State.DONE)):
        with pytest.raises(Refusal, match="không dừng"):
            actions.cancel(other, by=an)
    actions.cancel(job, by=an)
    with pytest.raises(Refusal):
        actions.cancel(job, by=an)


def test_a_result_kept_before_the_end_is_found_by_the_next_try_and_not_written_by_a_lost_one():
    job = make(state=State.RUNNING, tries=1)
    actions.keep(job, {"file": "x"})
    assert Job.objects.get().result == {"file": "x"}
    Job.objects.update(tries=2)
    with pytest.raises(actions.LeaseLost):
        actions.keep(job, {"file": "y"})
    assert Job.objects.get().result == {"file": "x"}
