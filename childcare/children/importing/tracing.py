"""What an import wrote, kept so that it can be undone as a whole: keys of rows, own fields before and after."""

import json
from datetime import date

from childcare.children import bulk
from childcare.children.models import Child, ImportTrace


class Trace:
    """Collects while an import writes; `keep` stores it with the batch in the same transaction."""

    def __init__(self):
        self.keys, self.fields, self.ends, self.stock = {}, {}, {}, {}
        self.replaced = []  # (model, key of the row that was voided, key of the row in its place)

    def wrote(self, model, keys):
        """Rows of a model with these keys were inserted."""
        if keys:
            self.keys.setdefault(model._meta.model_name, []).extend(keys)

    def reserve(self, *wanted):
        """Keys for at most so many rows of each model, asked for in one statement; those that are left over stay unused."""
        for (model, _), keys in zip(wanted, bulk.reserve(*wanted), strict=True):
            self.stock[model] = keys

    def take(self, model, count):
        """So many keys of the stock, or new ones where nothing was reserved."""
        kept = self.stock.get(model, [])
        if len(kept) < count:
            return bulk.reserve((model, count))[0]
        self.stock[model] = kept[count:]
        return kept[:count]

    def insert(self, model, names, rows):
        """Insert rows with keys that are known, so that exactly they can be voided again."""
        rows = list(rows)
        if rows:
            keys = self.take(model, len(rows))
            bulk.insert(model, ("id", *names), [(key, *row) for key, row in zip(keys, rows, strict=True)])
            self.wrote(model, keys)

    def filled(self, child, fields):
        """Own fields of a child are about to be changed to these values."""
        told = {name: [_plain(getattr(child, name)), _plain(value)] for name, value in fields.items()}
        self.fields[child.pk] = self.fields.get(child.pk, {}) | told

    def ended(self, child, row):
        """The residence of a child ended by this row."""
        self.ends[child] = row.pk

    def put_in_place(self, row):
        """A row that takes the place of another was inserted: undoing puts a copy of that one in its place again."""
        self.wrote(type(row), [row.pk])
        self.replaced.append([row._meta.model_name, row.replaces_id, row.pk])

    def keep(self, batch):
        """Store it."""
        told = json.dumps({"fields": self.fields, "ends": self.ends, "replaced": self.replaced}, ensure_ascii=False)
        ImportTrace.objects.create(batch=batch, keys=self.keys, values=told)

    @classmethod
    def of(cls, batch):
        """The trace that was kept, or None."""
        kept = ImportTrace.objects.filter(batch=batch).first()
        if kept is None:
            return None
        trace, told = cls(), json.loads(kept.values)
        trace.keys = kept.keys
        trace.fields = {int(key): fields for key, fields in told["fields"].items()}
        trace.ends = {int(key): row for key, row in told["ends"].items()}
        trace.replaced = told.get("replaced", [])  # traces of before have none
        return trace


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def stored(name, value):
    """A value of a child's field as the model holds it, from a trace."""
    kind = Child._meta.get_field(name.removesuffix("_id") if name == "household_id" else name).get_internal_type()
    return date.fromisoformat(value) if kind == "DateField" and value else value
