"""Writing and sealing the log. An entry is inserted in the transaction of what it tells: no row, no action."""

import hashlib
import json
from datetime import UTC

from django.db import connection, transaction
from django.utils import timezone

from childcare.audit.models import Entry, Seal

GENESIS = "0" * 64
BATCH = 1000
WINDOW = 100_000
LOCK = 815_2024
WRITTEN = [field for field in Entry._meta.concrete_fields if not field.primary_key]
COLUMNS = ", ".join(f'"{field.column}"' for field in WRITTEN)
PLACES = ", ".join(["%s"] * len(WRITTEN))
# Nearly every page writes an entry: to build this statement anew cost as much as to carry it out.
INSERT = f'INSERT INTO "{Entry._meta.db_table}" ({COLUMNS}) VALUES ({PLACES}) RETURNING id'


def record(action, *, by=None, subject=None, fields=(), shown=(), note=""):
    """Insert one entry about `subject` (any model row, or None). `by` is an officer, None for the system.

    `fields` are names of changed fields, `shown` the public ids of rows that a list or search displayed; never values.
    """
    entry = Entry(
        at=timezone.now(),
        action=action,
        actor_id=str(getattr(by, "public_id", "")),
        actor=f"{by.full_name} ({by.username})" if by is not None else "hệ thống",
        role=getattr(by, "role_names", "")[:200],
        unit=getattr(by, "unit_names", "")[:300],
        scopes=getattr(by, "audit_scopes", "")[:500],
        address=getattr(by, "request_address", "") or "",
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(getattr(subject, "public_id", None) or getattr(subject, "pk", "") or ""),
        subject=getattr(subject, "audit_name", "")[:300],
        fields=sorted(fields),
        shown=[str(key) for key in shown],
        note=note[:500],
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in WRITTEN])
        [entry.pk] = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def digest(previous, entry):
    """The chain value of an entry: SHA-256 over the previous value and every field of the entry."""
    told = [
        entry.pk, entry.at.astimezone(UTC).isoformat(), entry.action, entry.actor_id, entry.actor, entry.role, entry.unit,
        entry.scopes, entry.address, entry.subject_type, entry.subject_id, entry.subject, entry.fields, entry.shown, entry.note,
    ]  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()


@transaction.atomic
def seal_batch():
    """Chain up to a thousand committed entries in order of their ids. Returns how many were sealed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Seal.objects.order_by("-position").first()
    position, previous = (last.position, last.digest) if last else (0, GENESIS)
    newest = Seal.objects.order_by("-entry_id").values_list("entry_id", flat=True).first() or 0
    waiting = list(Entry.objects.filter(pk__gt=newest - WINDOW, seal=None).order_by("pk")[:BATCH])
    seals, now = [], timezone.now()
    for entry in waiting:
        position, value = position + 1, digest(previous, entry)
        seals.append(Seal(position=position, entry=entry, previous=previous, digest=value, sealed_at=now))
        previous = value
    Seal.objects.bulk_create(seals)
    return len(seals)


def seal():
    """Seal everything that is committed. Returns the number of entries sealed."""
    total = 0
    while count := seal_batch():
        total += count
    return total


def verify():
    """Walk the whole chain. Returns (entries checked, None) or (position, sentence naming the first bad row)."""
    seal()
    previous, position = GENESIS, 0
    for row in Seal.objects.select_related("entry").order_by("position").iterator(2000):
        position += 1
        if row.position != position:
            return position, f"thiếu dấu niêm số {position}"
        if row.previous != previous or row.digest != digest(previous, row.entry):
            return position, f"dòng nhật ký {row.entry_id} không khớp dấu niêm số {position}"
        previous = row.digest
    loose = Entry.objects.filter(seal=None).order_by("pk").values_list("pk", flat=True).first()
    if loose is not None:
        return position, f"dòng nhật ký {loose} nằm ngoài chuỗi niêm"
    return position, None
