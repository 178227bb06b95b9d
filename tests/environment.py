"""Loaded by `-p tests.environment` before Django reads its settings: test secrets, a scratch folder, SQLite unless told otherwise."""

import atexit
import gc
import os
import shutil
import tempfile

import pytest

# A quarter of the time went into looking for garbage among the modules and models that stay for the whole session.
gc.set_threshold(200_000, 20, 1000)
scratch = tempfile.mkdtemp(prefix="childcare-test-")
atexit.register(shutil.rmtree, scratch, ignore_errors=True)
os.environ["ENVIRONMENT"] = "test"
os.environ["VAR_DIR"] = scratch
os.environ["SECRET_KEY"] = "for-tests-only-" + "x" * 50
os.environ["FIELD_KEYS"] = "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZy1rZXk="
os.environ.pop("EMAIL_URL", None)
os.environ.pop("REDIS_URL", None)

DATABASE = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--only-database", action="store_true", help="leave out what asks no database: it has run once, on the other database"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """With --only-database what neither marker nor fixture lets near a database is left out: it cannot come out otherwise."""
    if not config.getoption("--only-database"):
        return
    asks, plain = [], []
    for item in items:
        near = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
        (asks if near else plain).append(item)
    config.hook.pytest_deselected(items=plain)
    items[:] = asks


def pytest_sessionfinish(session, exitstatus):
    """Nothing left to do on the second database is no fault."""
    if session.config.getoption("--only-database") and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK
