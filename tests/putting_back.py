"""After a test that commits, the database is again what the session began with: only what changed is undone, nothing is loaded anew."""

import sqlite3

from django.db import connection
from django.test import TransactionTestCase

# Kept tables are compared by the number of their rows and the youngest transaction that wrote one of them, then copied back.
# "replica": no foreign key and no append-only trigger of the log stands in the way.
KEEP = """
DROP SCHEMA IF EXISTS kept CASCADE;  -- of an earlier run, with --reuse-db
CREATE SCHEMA kept;
CREATE TABLE kept.state (name text PRIMARY KEY, number bigint, written bigint);
CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE row record; same boolean;
BEGIN
  FOR row IN SELECT * FROM kept.state LOOP
    IF row.number = 0 THEN
      EXECUTE format('DELETE FROM public.%I', row.name);
      CONTINUE;
    END IF;
    EXECUTE format('SELECT count(*) = $1 AND coalesce(max(xmin::text::bigint), 0) <= $2 FROM public.%I', row.name)
      INTO same USING row.number, row.written;
    IF NOT same THEN
      EXECUTE format('DELETE FROM public.%I', row.name);
      EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', row.name, row.name);
      UPDATE kept.state SET written = txid_current() WHERE name = row.name;
    END IF;
  END LOOP;
END $$;
DO $$
DECLARE found text; number bigint;
BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT count(*) FROM public.%I', found) INTO number;
    INSERT INTO kept.state VALUES (found, number, txid_current());
    IF number > 0 THEN
      EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', found, found);
    END IF;
  END LOOP;
END $$;
"""
memory = sqlite3.connect(":memory:", check_same_thread=False)


def keep():
    """Remember the database as it is now, and let every TransactionTestCase end by putting it back instead of emptying it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(KEEP)
    else:
        connection.ensure_connection()
        connection.connection.backup(memory)
    TransactionTestCase._fixture_teardown = lambda self: put_back()


def put_back():
    """Everything as it was when it was kept."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT kept.put_back()")
    else:
        connection.ensure_connection()
        memory.backup(connection.connection)
