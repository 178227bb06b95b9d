"""Marks of what has changed: triggers on every table that is counted note that a transaction wrote something.

A mark belongs to its transaction: it is seen together with what was written, so whoever sees no mark misses no change.
Writers only insert and wait for nobody. Triggers are put up by `load_reference` and again by the job that counts:
SQLite drops the triggers of a table that a migration makes anew.
"""

from django.apps import apps
from django.db import connection

APPS = ("units", "children", "cases", "plans")
OTHERS = ("reports.Obligation", "reports.Submission")
# Written often and never counted.
SILENT = {
    "children.ImportTrace", "children.ImportBatch", "children.DuplicatePair", "children.ChildRevision", "plans.CalendarFeed",
    "children.HouseholdRevision", "children.CheckList", "children.CheckListRow", "cases.ClockTold", "cases.DeclaredPerson",
    "children.Attachment", "plans.ActivityPhoto", "units.UnitYear",
}  # fmt: skip
NAME = "reports_mark"
VERBS = ("INSERT", "UPDATE", "DELETE")
FUNCTION = """
CREATE OR REPLACE FUNCTION reports_mark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM reports_countmark WHERE xact = mine) THEN
    INSERT INTO reports_countmark (xact, marked_at) VALUES (mine, clock_timestamp());
  END IF;
  RETURN NULL;
END $$
"""
# One writer at a time: a mark that is there was not yet taken away, and it is enough.
ON_SQLITE = (
    "INSERT INTO reports_countmark (xact, marked_at) SELECT 0, strftime('%Y-%m-%d %H:%M:%f', 'now') "
    "WHERE NOT EXISTS (SELECT 1 FROM reports_countmark);"
)


def tables():
    """Names of the tables whose changes may change a figure."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    models = [model for model in models if model._meta.label not in SILENT and not model._meta.proxy]
    return sorted({model._meta.db_table for model in [*models, *map(apps.get_model, OTHERS)]})


def missing():
    """The tables that bear no trigger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s AND tgenabled <> 'D'", [NAME])
        else:
            cursor.execute(
                "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s GROUP BY tbl_name "
                "HAVING count(*) = %s", [f"{NAME}_%", len(VERBS)],
            )  # fmt: skip
        marked = {name for (name,) in cursor.fetchall()}
    return [name for name in tables() if name not in marked]


def put_up():
    """Put up the triggers that are missing. Returns how many tables got theirs."""
    bare = missing()
    with connection.cursor() as cursor:
        if bare and connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table in bare:
            for statement in _statements(table):
                cursor.execute(statement)
    return len(bare)


def _statements(table):
    if connection.vendor == "postgresql":
        yield (
            f'CREATE OR REPLACE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()"
        )
        return
    for verb in VERBS:
        name = f'"{NAME}_{table}_{verb.lower()}"'
        yield f'CREATE TRIGGER IF NOT EXISTS {name} AFTER {verb} ON "{table}" BEGIN {ON_SQLITE} END'
