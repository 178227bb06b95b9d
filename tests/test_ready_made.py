"""The copy of the migrated database is taken only while it is what the migrations of today would make."""

import ast
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import ready_made


def ready():
    """The copy of the database that the tests run on."""
    return ready_made.PostgreSQL() if connection.vendor == "postgresql" else ready_made.SQLite()


def imported(file):
    """The modules of our own that a file imports."""
    for node in ast.walk(ast.parse(file.read_text())):
        names = [alias.name for alias in getattr(node, "names", [])] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        yield from (name for name in names if name.split(".")[0] in ("childcare", "cases", "plans", "reports"))


def test_whatever_a_migration_imports_of_our_own_counts_for_the_mark():
    files = [
        file
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(settings.BASE_DIR) and ".venv" not in Path(app.path).parts
        for file in (Path(app.path) / "migrations").glob("*.py")
    ]
    assert len(files) > 40
    used = {f"{name.replace('.', '/')}.py" for file in files for name in imported(file)}
    assert used <= set(ready_made.IMPORTED)


def test_a_changed_file_is_another_mark(tmp_path, monkeypatch):
    file = tmp_path / "0001_initial.py"
    monkeypatch.setattr(ready_made, "IMPORTED", (str(file),))
    file.write_text("one")
    before = ready_made.mark()
    assert ready_made.mark() == before
    file.write_text("two")
    assert ready_made.mark() != before


@pytest.mark.django_db
def test_a_copy_with_another_mark_does_not_exist(monkeypatch):
    monkeypatch.setattr(ready_made, "mark", lambda: "f" * 32)
    assert not ready().exists()


@pytest.mark.django_db
def test_the_database_of_the_tests_is_migrated_to_the_end():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_what_a_killed_process_leaves_is_no_copy(tmp_path, monkeypatch):
    monkeypatch.setattr(ready_made, "FOLDER", tmp_path)
    (tmp_path / "making").write_bytes(b"half")
    assert not ready_made.SQLite().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not settings.SQLITE, reason="a file is the copy on SQLite")
def test_a_copy_on_sqlite_holds_every_table_and_replaces_the_copies_of_other_days(tmp_path, monkeypatch):
    monkeypatch.setattr(ready_made, "FOLDER", tmp_path)
    (tmp_path / "old.sqlite3").touch()
    (tmp_path / "making").write_bytes(b"half")
    connection.ensure_connection()
    made = ready_made.SQLite()
    made.keep()
    assert [file.name for file in tmp_path.iterdir()] == [f"{ready_made.mark()}.sqlite3"] and made.exists()
    with closing(sqlite3.connect(made.file)) as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(connection.introspection.table_names()) <= tables


@pytest.mark.django_db
@pytest.mark.skipif(settings.SQLITE, reason="a database is the copy on PostgreSQL")
def test_a_copy_on_postgresql_bears_the_mark(pytestconfig):
    if pytestconfig.getvalue("reuse_db"):
        pytest.skip("asked to do without")
    made = ready()
    assert made.exists() and made.name.startswith("test_") and made.name != connection.settings_dict["NAME"]
    comment = made._run("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [made.name])
    assert comment == [(ready_made.mark(),)]
