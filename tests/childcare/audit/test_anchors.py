"""The anchor of a day is written once, and shows a chain that was rebuilt so that it fits by itself."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from childcare.audit import actions as audit
from childcare.audit import anchors, tasks
from childcare.audit.models import Entry, Seal

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2024, 5, 6), date(2024, 5, 7)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ANCHORS_DIR = tmp_path / "anchors"
    return settings.ANCHORS_DIR


def write(*notes):
    for note in notes:
        audit.record("child.added", note=note)


def rebuild():
    """What the owner of the database can do: the triggers away, a note changed, the chain made anew from there."""
    connection.check_constraints()  # no deferred key stands in the way
    off = "ALTER TABLE {0} DISABLE TRIGGER USER" if connection.vendor == "postgresql" else "DROP TRIGGER {0}_update"
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_seal"):
            cursor.execute(off.format(table))
    Entry.objects.filter(note="hai").update(note="khác")
    previous = audit.GENESIS
    for row in Seal.objects.select_related("entry").order_by("position"):
        value = audit.digest(previous, row.entry)
        Seal.objects.filter(pk=row.pk).update(previous=previous, digest=value)
        previous = value


def test_the_anchor_of_a_day_is_the_newest_seal_and_is_written_once(folder):
    assert anchors.drop(day=MONDAY) is None, "nothing to hold on to yet"
    write("một", "hai")
    file = anchors.drop(day=MONDAY)
    newest = Seal.objects.get(position=2)
    assert file.name == "2024-05-06.txt" and file.read_text() == f"2 {newest.digest}\n"
    write("ba")
    assert anchors.drop(day=MONDAY) == file and file.read_text().startswith("2 ")
    assert anchors.drop(day=TUESDAY).read_text().startswith("3 ")
    assert sorted(path.name for path in folder.iterdir()) == ["2024-05-06.txt", "2024-05-07.txt"]
    assert anchors.compare(folder) == (2, None)


def test_a_rebuilt_chain_fits_itself_and_not_its_anchors(folder):
    write("một", "hai", "ba")
    anchors.drop(day=MONDAY)
    rebuild()
    assert audit.verify() == (3, None), "by itself nothing is seen"
    assert anchors.compare(folder) == (0, "nhật ký không khớp mốc 2024-05-06.txt (dấu niêm số 3)")
    said = StringIO()
    with pytest.raises(SystemExit) as exit:
        call_command("verify_audit", anchors=str(folder), stdout=said)
    assert exit.value.code == 1 and "2024-05-06.txt" in said.getvalue()


def test_a_log_that_lost_its_end_does_not_fit_either(folder):
    write("một", "hai")
    anchors.drop(day=MONDAY)
    (folder / "2024-05-07.txt").write_text("9 " + "0" * 64 + "\n")
    assert anchors.compare(folder) == (1, "nhật ký không khớp mốc 2024-05-07.txt (dấu niêm số 9)")


def test_an_anchor_that_cannot_be_read_is_named(folder):
    write("một")
    anchors.drop(day=MONDAY).write_text("")
    assert anchors.compare(folder) == (0, "không đọc được mốc 2024-05-06.txt")


def test_the_command_tells_how_many_anchors_fit(folder):
    write("một", "hai")
    tasks.anchor()
    said = StringIO()
    call_command("verify_audit", anchors=str(folder), stdout=said)
    assert said.getvalue() == "Nhật ký nguyên vẹn: 2 dòng. Khớp 1 mốc.\n"
