"""The migrated, still empty database is made once and copied: the migrations cost more than a hundred tests.

SQLite: a file in var/test-databases. PostgreSQL: a database beside the test database (test_childcare_ready), copied with
CREATE DATABASE … TEMPLATE. Both bear the mark of every migration and of the versions that ran them; another mark, and they are made anew.
After copying `migrate` runs all the same, so what a copy cannot hold (content types of new models) is there, too.
One process makes it while the others wait; one killed in between leaves nothing that bears the mark.
"""

import fcntl
import hashlib
import re
import sqlite3
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

FOLDER = settings.BASE_DIR / "var" / "test-databases"
# What migrations import of our own: a change there may change what they make.
IMPORTED = (
    "childcare/lib/calendar.py",
    "childcare/lib/encryption.py",
    "childcare/lib/vietnamese.py",
    "childcare/children/models/found.py",
    "tests/ready_made.py",
)


def mark():
    """A text that changes whenever the migrated database could: every migration, what they import, Django, the database's driver."""
    found = hashlib.sha256(f"{django.VERSION} {sys.version_info[:2]} {sqlite3.sqlite_version}".encode())
    files = [file for app in apps.get_app_configs() for file in (Path(app.path) / "migrations").glob("*.py")]
    for file in sorted([*files, *(settings.BASE_DIR / name for name in IMPORTED)]):
        found.update(f"\n{file.parent.parent.name} {file.name} ".encode() + file.read_bytes())
    return found.hexdigest()[:32]


@contextmanager
def alone():
    """Only one process of this checkout at a time; the lock of a killed one is free again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SQLite:
    """The copy is a file whose name is the mark."""

    def __init__(self):
        self.file = FOLDER / f"{mark()}.sqlite3"

    def exists(self):
        return self.file.exists()

    @contextmanager
    def copied(self):
        """Within, whatever migrates the test database finds the copy in it."""
        ordinary = connection.prepare_database

        def prepare():
            connection.ensure_connection()
            with closing(sqlite3.connect(self.file)) as ready:
                ready.backup(connection.connection)

        connection.prepare_database = prepare
        try:
            yield
        finally:
            connection.prepare_database = ordinary

    def keep(self):
        """Copy the test database, just migrated; the copies of other days go."""
        whole = FOLDER / "making"
        whole.unlink(missing_ok=True)
        with closing(sqlite3.connect(whole)) as ready:
            connection.connection.backup(ready)
        for old in FOLDER.glob("*.sqlite3"):
            old.unlink()
        whole.rename(self.file)


class PostgreSQL:
    """The copy is a database whose comment is the mark."""

    def __init__(self):
        names = settings.DATABASES["default"]
        base = re.sub(r"_gw\d+$", "", names["TEST"]["NAME"] or names["NAME"])
        self.name, self.mark = f"test_{base.removeprefix('test_')}_ready", mark()

    def _run(self, sql, values=()):
        """The rows of a statement on the maintenance database."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def exists(self):
        found = self._run("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [self.name])
        return found == [(self.mark,)]

    @contextmanager
    def copied(self):
        """Within, Django makes the test database as a copy."""
        test = connection.settings_dict["TEST"]
        ordinary, test["TEMPLATE"] = test.get("TEMPLATE"), self.name
        try:
            yield
        finally:
            test["TEMPLATE"] = ordinary

    def keep(self):
        """Copy the test database, just migrated; the mark comes last."""
        made_of = connection.ops.quote_name(connection.settings_dict["NAME"])
        name = connection.ops.quote_name(self.name)
        connection.close()
        self._run(f"DROP DATABASE IF EXISTS {name}")
        self._run(f"CREATE DATABASE {name} TEMPLATE {made_of}")
        self._run(f"COMMENT ON DATABASE {name} IS '{self.mark}'")


def offer():
    """From now on Django makes its test database from the copy, and the copy when there is none that fits."""
    ordinary = connection.creation.create_test_db

    def create(*arguments, **options):
        with alone():
            ready = PostgreSQL() if connection.vendor == "postgresql" else SQLite()
            if ready.exists():
                with ready.copied():
                    return ordinary(*arguments, **options)
            name = ordinary(*arguments, **options)
            ready.keep()
            return name

    connection.creation.create_test_db = create
