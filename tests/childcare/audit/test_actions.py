"""The log: written with what it tells, sealed in order, and every change found and named. On both databases."""

import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from childcare.audit import actions as audit
from childcare.audit.models import Entry, Seal

postgres = connection.vendor == "postgresql"
WRITERS, EACH = 8, 25


def write(count=3, **fields):
    return [audit.record("child.added", note=str(number), **fields) for number in range(count)]


@pytest.mark.django_db
def test_an_entry_says_who_in_which_post_from_where_and_about_what(an, ward):
    an.request_address = "10.0.0.1"
    entry = audit.record("child.added", by=an, subject=ward, fields={"b", "a"}, shown=[ward.public_id], note="x" * 600)
    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor) == (str(an.public_id), "Nguyễn Thị An (an)")
    assert (entry.role, entry.unit) == ("Công chức LĐ-TB&XH xã/phường", "Phường Nam Sơn")
    assert entry.scopes == f";{ward.path}" and entry.address == "10.0.0.1"
    assert (entry.subject_type, entry.subject_id, entry.subject) == (
        "units.unit",
        str(ward.public_id),
        "Phường Nam Sơn (11437)",
    )
    assert (entry.fields, entry.shown, len(entry.note)) == (["a", "b"], [str(ward.public_id)], 500)


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_entry(an):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("child.added", by=an)
        raise ZeroDivisionError
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_the_chain_is_sealed_in_order_and_verifies():
    write(3)
    assert audit.seal() == 3 and audit.seal() == 0
    write(2)
    assert audit.verify() == (5, None)
    assert list(Seal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_more_than_one_batch_is_sealed(monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 4)
    write(10)
    assert audit.seal() == 10 and audit.verify() == (10, None)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_database_refuses_to_change_the_log(table, verb):
    write()
    audit.seal()
    column = "note" if table == "audit_entry" else "digest"
    statement = {
        "UPDATE": f"UPDATE {table} SET {column} = 'x'",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE" if postgres else f"DELETE FROM {table}",  # SQLite has no other way
    }[verb]
    connection.check_constraints()  # no deferred key stands in the way of TRUNCATE
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 3 and audit.verify() == (3, None)


@pytest.mark.django_db
def test_neither_do_the_models_change_it():
    entry = write(1)[0]
    entry.note = "khác"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


def tamper(statement, *params, table="audit_entry"):
    """Change the log the way only the owner of the database can: with the trigger away."""
    with connection.cursor() as cursor:
        if postgres:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, params)
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, params)
        for _, sql in triggers:
            cursor.execute(sql)


FIELDS = ["action", "actor_id", "actor", "role", "unit", "scopes", "address", "subject_type", "subject_id", "subject", "note"]


@pytest.mark.django_db
@pytest.mark.parametrize("field", FIELDS)
def test_one_byte_changed_in_any_field_is_found_and_the_row_named(an, field):
    entries = write(4, by=an)
    audit.seal()
    tamper(f"UPDATE audit_entry SET {field} = {field} || 'x' WHERE id = %s", entries[2].pk)
    assert audit.verify() == (3, f"dòng nhật ký {entries[2].pk} không khớp dấu niêm số 3")


@pytest.mark.django_db
def test_a_changed_time_is_found():
    entries = write(2)
    audit.seal()
    tamper(
        "UPDATE audit_entry SET at = %s WHERE id = %s",
        "2024-01-01 00:00:00+00:00" if postgres else "2024-01-01 00:00:00",
        entries[0].pk,
    )
    assert audit.verify()[1] == f"dòng nhật ký {entries[0].pk} không khớp dấu niêm số 1"


@pytest.mark.django_db
def test_a_seal_taken_away_or_rewritten_is_found():
    write(3)
    audit.seal()
    tamper("UPDATE audit_seal SET digest = %s WHERE position = 2", "0" * 64, table="audit_seal")
    assert "không khớp dấu niêm số 2" in audit.verify()[1]
    tamper("DELETE FROM audit_seal WHERE position = 2", table="audit_seal")
    assert audit.verify()[1] == "thiếu dấu niêm số 2"


@pytest.mark.django_db
def test_the_command_says_it_in_one_line_and_by_its_exit(capsys):
    entries = write(2)
    call_command("verify_audit")
    assert capsys.readouterr().out == "Nhật ký nguyên vẹn: 2 dòng.\n"
    tamper("UPDATE audit_entry SET note = 'x' WHERE id = %s", entries[1].pk)
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit")
    assert end.value.code == 1
    assert capsys.readouterr().out == f"Nhật ký bị sửa: dòng nhật ký {entries[1].pk} không khớp dấu niêm số 2.\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not postgres, reason="SQLite has one writer at a time; threads share its memory database")
def test_eight_writers_and_three_sealers_at_once_leave_one_chain():
    faults = []

    def work(act):
        try:
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    def writer():
        for _ in range(EACH):
            with transaction.atomic():
                write(1)
                if _ % 5 == 0:
                    transaction.set_rollback(True)  # gaps in the ids are no faults

    def sealer():
        for _ in range(20):
            audit.seal()

    threads = [threading.Thread(target=work, args=(act,)) for act in [writer] * WRITERS + [sealer] * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults
    assert audit.verify() == (WRITERS * EACH * 4 // 5, None)
    assert Entry.objects.filter(seal=None).count() == 0
