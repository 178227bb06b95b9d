"""Many rows at once: COPY on PostgreSQL, bulk_create on SQLite, the same rows either way. One of three places that differ.

Constraints of the database hold; `save()`, `validate_constraints` and signals do not run: the caller has checked the values.
"""

import gc
import io
import os
import uuid
from contextlib import contextmanager
from datetime import date, datetime

from django.db import connection, models
from django.utils import timezone

BATCH = 1000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@contextmanager
def without_collection():
    """Pause the garbage collector: hundreds of thousands of small objects that all stay would be looked at again and again."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def reserve(*wanted):
    """Primary keys for so many new rows of each model: `reserve((Child, 3), (Household, 1))` → [[…], […]]. One query."""
    if connection.vendor != "postgresql":
        return [_next_on_sqlite(model, count) for model, count in wanted]
    parts = [
        f"SELECT {place}, nextval(pg_get_serial_sequence('{model._meta.db_table}', 'id')) FROM generate_series(1, {int(count)})"
        for place, (model, count) in enumerate(wanted)
    ]
    found = [[] for _ in wanted]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        for place, key in cursor.fetchall():
            found[place].append(key)
    return [sorted(keys) for keys in found]


def _next_on_sqlite(model, count):
    """The transaction is IMMEDIATE: nobody else can insert before it ends."""
    last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
    return list(range(last + 1, last + 1 + count))


def insert(model, names, rows):
    """Insert rows: tuples in the order of `names` (attnames). Other fields get their default. Returns how many."""
    rows = list(rows)
    if not rows:
        return 0
    if connection.vendor != "postgresql":
        model.objects.bulk_create([model(**dict(zip(names, row, strict=True))) for row in rows], batch_size=BATCH)
        return len(rows)
    fields = [model._meta.get_field(name.removesuffix("_id") if _is_key(model, name) else name) for name in names]
    fields, rows = _with_made(model, names, fields, rows)
    others = [field for field in model._meta.concrete_fields if field not in fields and not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in (*fields, *others))
    buffer = io.StringIO("".join(_lines(fields, others, rows)))
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', buffer)
    return len(rows)


def _with_made(model, names, fields, rows):
    """The fields that are made from others of their row, as `save` would make them."""
    made = [field for field in model._meta.concrete_fields if hasattr(field, "made") and field not in fields]
    if not made:
        return fields, rows
    places = [(name, names.index(name)) for field in made for name in field.made_of if name in names]
    told = ((row, {name: row[place] for name, place in places}) for row in rows)
    return [*fields, *made], [(*row, *(field.made(values) for field in made)) for row, values in told]


def _lines(fields, others, rows):
    """The rows as COPY reads them. Defaults that are the same for every row are made once."""
    prepared = [(place, prepare) for place, field in enumerate(fields) if (prepare := _preparer(field))]
    makers = [_maker(field) for field in others]
    for row in rows:
        if prepared:
            row = list(row)
            for place, prepare in prepared:
                row[place] = prepare(row[place])
        # Most values are texts with nothing to escape: asked here, without a call for each.
        parts = [value if type(value) is str and value.isprintable() and "\\" not in value else _text(value) for value in row]
        parts += [made if isinstance(made, str) else str(made()) for made in makers]
        yield "\t".join(parts) + "\n"


def _is_key(model, name):
    return name.endswith("_id") and any(field.attname == name and field.is_relation for field in model._meta.concrete_fields)


def _preparer(field):
    """How a value of the field must be changed for the database, or None when it goes as it is."""
    if type(field).__module__.startswith("django.") and not isinstance(field, models.JSONField):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _maker(field):
    """The text of a field's default, or a function that makes a new one for each row."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return _text(timezone.now() if isinstance(field, models.DateTimeField) else timezone.localdate())
    if field.default is uuid.uuid4:
        return _new_uuid
    if field.has_default() and callable(field.default) and field.default not in (dict, list):
        return field.default
    return _text(field.get_db_prep_save(field.get_default(), connection))


def _new_uuid():
    """The text of a random UUID of version 4, made in a third of the time of the object."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{'89ab'[int(digits[16], 16) % 4]}{digits[17:20]}-{digits[20:]}"


def _text(value):
    """A value as COPY reads it."""
    write = WRITERS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, str):
        return value if value.isprintable() and "\\" not in value else value.replace("\0", "").translate(ESCAPES)
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


WRITERS = {
    type(None): lambda _: "\\N", bool: lambda value: "t" if value else "f", int: str, date: date.isoformat,
    datetime: datetime.isoformat,
}  # fmt: skip
