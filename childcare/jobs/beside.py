"""True progress of a job whose work is one transaction: it is written on a connection of its own, so that it is seen meanwhile.

Nothing that it writes is part of the work: a progress that cannot be written delays nobody. SQLite lets one connection write
at a time, so there the steps before and after the transaction are all that is shown.
"""

import logging
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from childcare.jobs.actions import LEASE

WAIT = "SET lock_timeout = '500ms'"
WRITE = (
    "UPDATE jobs_job SET done = %s, total = %s, message = %s, lease_until = %s "
    "WHERE id = %s AND state = 'running' AND tries = %s"
)
OFTEN = timedelta(seconds=1)
log = logging.getLogger(__name__)


class Beside:
    """`with Beside(job) as watch:` and inside the transaction `watch(done, total, message)`, as often as one likes."""

    def __init__(self, job):
        self.job, self.own, self.last = job, None, None

    def __enter__(self):
        if connection.vendor == "postgresql":
            self.own = connection.copy()
        return self

    def __call__(self, done, total, message):
        now = timezone.now()
        if self.own is None or self.last and now - self.last < OFTEN and done < total:
            return
        self.last = now
        try:
            with self.own.cursor() as cursor:
                cursor.execute(WAIT)
                cursor.execute(WRITE, [done, total, message[:500], now + LEASE, self.job.pk, self.job.tries])
        except DatabaseError:
            log.warning("progress not written", extra={"job": self.job.pk})

    def __exit__(self, *error):
        if self.own is not None:
            self.own.close()
