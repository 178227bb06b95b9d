"""Reference data once a session, the day of the tests, the people, and the safety nets."""

import pytest
from django.core.management import call_command
from django.db import connection

from childcare.units.models import Unit
from tests import factories, people


def load_reference():
    """Units, code lists, indicators, regimes as a fresh installation has them."""
    call_command("load_units", verbosity=0)
    call_command("load_reference", verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the reference data into the test database; tests roll back to it."""
    with django_db_blocker.unblock():
        load_reference()


@pytest.fixture(autouse=True)
def reference_after_flush(request):
    """A transactional test empties the database after it: put the reference data back, let that emptying pass the log's triggers."""
    if "transactional_db" not in request.fixturenames and not _transactional(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    _triggers("origin")
    if not Unit.objects.exists():
        load_reference()
    yield
    _triggers("replica")


taken_away = []


def _triggers(role):
    """The append-only triggers of the log: "origin" as always, "replica" off (on SQLite: taken away and put back)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET session_replication_role = {role}")
            return
        if role == "replica":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'")
            taken_away[:] = cursor.fetchall()
        for name, sql in taken_away:
            cursor.execute(f"DROP TRIGGER {name}" if role == "replica" else sql)
        if role == "origin":
            taken_away.clear()


def _transactional(request):
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def today(settings):
    """Everybody's day, unless a test says otherwise."""
    settings.TRAINING_TODAY = people.TODAY.isoformat()


@pytest.fixture(autouse=True)
def files_in_scratch(settings, tmp_path):
    """Stored files of a test go with it."""
    settings.FILES_DIR = tmp_path / "files"


def _person(name):
    @pytest.fixture(name=name)
    def fixture(db):
        return getattr(people, name)()

    return fixture


an, binh, chi, lan = (_person(name) for name in ("an", "binh", "chi", "lan"))
dung, phuc, son, quan = (_person(name) for name in ("dung", "phuc", "son", "quan"))


@pytest.fixture
def ward(db):
    """Phường Nam Sơn."""
    return people.unit(people.NAM_SON)


@pytest.fixture
def school(ward):
    """Trường THCS Nam Sơn."""
    return factories.school(ward, "Trường THCS Nam Sơn")


@pytest.fixture
def other_school(ward):
    """Trường Tiểu học Nam Sơn."""
    return factories.school(ward, "Trường Tiểu học Nam Sơn")


@pytest.fixture
def hoa(school):
    return people.hoa(school)


@pytest.fixture
def tuan(other_school):
    return people.tuan(other_school)


@pytest.fixture
def as_(client):
    """A client signed in as somebody: `as_(an).get(...)`."""

    def sign_in(officer):
        client.force_login(officer, backend="childcare.accounts.backends.OfficerBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def unknown_variables_fail(settings):
    """A template variable that does not exist is a fault, not an empty place."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable()


class UnknownVariable(str):
    """Raises when Django writes it into a page."""

    def __contains__(self, part):
        return part == "%s"

    def __mod__(self, name):
        raise AssertionError(f"unknown template variable: {name}")
