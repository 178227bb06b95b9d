"""The log may grow and nothing else: triggers forbid UPDATE, DELETE and (PostgreSQL) TRUNCATE on both databases."""

from django.db import migrations

TABLES = ("audit_entry", "audit_seal")
FUNCTION = """
CREATE OR REPLACE FUNCTION audit_forbid() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
"""


def forbid(apps, schema_editor):
    """Create the triggers."""
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        if postgres:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_forbid()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_forbid()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )


def allow(apps, schema_editor):
    """Drop the triggers."""
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for suffix in ("rows", "all") if postgres else ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_{suffix}" + (f" ON {table}" if postgres else ""))
    if postgres:
        schema_editor.execute("DROP FUNCTION audit_forbid()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
