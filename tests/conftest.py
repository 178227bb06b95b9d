"""Reference data once a session, the day of the tests, the people, and the safety nets."""

import gc
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command

from childcare.lib.calendar import now
from tests import factories, people, putting_back, ready_made

# The same algorithm without its price: the tests of signing in try hundreds of passwords.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024


def load_reference():
    """Units, code lists, indicators, regimes as a fresh installation has them."""
    call_command("load_units", verbosity=0)
    call_command("load_reference", verbosity=0)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_use_migrations, django_db_keepdb):
    """The migrated database is copied, unless pytest is asked for another kind (--no-migrations, --reuse-db)."""
    if django_db_use_migrations and not django_db_keepdb:
        ready_made.offer()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the reference data into the test database; tests roll back to it, those that commit have it put back."""
    with django_db_blocker.unblock():
        load_reference()
        putting_back.keep()
    gc.collect()
    gc.freeze()  # what is here now stays to the end


@pytest.fixture(scope="session", autouse=True)
def not_just_after_midnight():
    """The cases of the tests begin at 00:05 of their day: in the first hour of a real one the clock stands two hours further."""
    if now().hour:
        yield
        return
    with time_machine.travel(now() + timedelta(hours=2), tick=True):
        yield


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
def an_with_password(an):
    """An as one who signs in by herself."""
    an.set_password(people.PASSWORD)
    an.save()
    return an


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
    return lambda officer: people.sign_in(client, officer)


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


FIRST = ("tests/test_restricted.py", "tests/test_every_url.py")  # minutes long: begun last, one worker would wait for the other


def pytest_collection_modifyitems(items):
    """A browser in the middle of other tests runs an event loop in which no later test may ask the database."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
    others = (item for item in items if "tests/browser/" not in item.nodeid)
    wrong = [item.nodeid for item in others if "browser_name" in getattr(getattr(item, "callspec", None), "params", {})]
    if wrong:
        raise pytest.UsageError(f"an argument is named like a fixture of the browser (page, context …): {wrong[0]}")
