"""Kinds of job for the tests; the worker of test_worker.py loads them by `-I`."""

import threading
import time
from pathlib import Path

from childcare.audit import actions as audit
from childcare.jobs import actions as jobs
from childcare.jobs.registry import handles
from childcare.lib.refusal import Refusal

PATIENCE = 60


def until(condition, *, seconds=PATIENCE):
    """Ask until it is true; its value, or a failure after the deadline."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        threading.Event().wait(0.05)
    return value


@handles("test.count")
def count(job):
    """Its effect is one line in the log, so that a second one shows."""
    audit.record("demo.built", note=job.key)
    return {"url": "/viec-xong/", "label": "Xem kết quả"}


@handles("test.halfway")
def halfway(job):
    """Stops half way in its first try until the test lets it go on, which it never does before it kills the worker."""
    folder = Path(job.params["folder"])
    jobs.progress(job, 1, 2, "nửa đường")
    if job.tries == 1:
        (folder / "halfway").touch()
        until((folder / "go").exists)
    return count(job)


@handles("test.refused")
def refused(job):
    raise Refusal("Tệp này không có cột họ tên. Hãy dùng mẫu của hệ thống.")


@handles("test.broken")
def broken(job):
    raise ZeroDivisionError("Nguyễn Thị Bí Mật")


@handles("test.slow", cancellable=True)
def slow(job):
    """May be stopped between two signs of progress."""
    jobs.progress(job, 1, 2)
    jobs.progress(job, 2, 2)
    return count(job)
