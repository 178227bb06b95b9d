"""Queries of a fixed shape whose SQL Django builds once a thread: later only the values change.

To build the SQL of a statement costs Django more than PostgreSQL needs to answer it. For the few statements that every page or
every list asks this is kept:

    @compiled(officer=models.BigIntegerField(), day=models.DateField())
    def posts(officer, day):
        return Appointment.objects.filter(officer=officer, started_on__lte=day)

    posts.rows(officer=officer.pk, day=today())

The decorated function gets a Slot for each value and returns a queryset; nothing else that varies may enter it.
"""

from threading import local

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Value


class Slot(Value):
    """The place of a value in a compiled query, by name; the field says how the database wants the value."""

    def as_sql(self, compiler, connection):
        """One placeholder; the slot itself stands among the parameters until the query is asked."""
        return "%s", [self]

    def adapted(self, value, connection):
        """The value as the driver takes it. A key is taken as it is: a page asks about a hundred and fifty of them."""
        if type(value) is int:
            return value
        return self.output_field.get_db_prep_value(value, connection)


class Compiled:
    """A query asked again and again. `fields` are the model fields of the values, by name."""

    def __init__(self, build, **fields):
        self.build, self.fields, self.kept = build, fields, local()

    def rows(self, **values):
        """What the query finds with these values, as a list of what its queryset yields."""
        return self._query().ask(values)

    def _query(self):
        """The query of this thread, built when there is none."""
        if not hasattr(self.kept, "query"):
            self.kept.query = _Query(
                self.build(**{name: Slot(name, output_field=field) for name, field in self.fields.items()})
            )
        return self.kept.query


class _Query:
    """One compiled queryset of one thread and its connection."""

    def __init__(self, queryset):
        self.queryset, self.connection = queryset, connections[DEFAULT_DB_ALIAS]
        self.compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = self.compiler.as_sql()
        queryset.query.get_compiler = lambda *_, **__: self.compiler

    def ask(self, values):
        filled = tuple(
            one.adapted(values[one.value], self.connection) if isinstance(one, Slot) else one for one in self.parameters
        )
        self.compiler.as_sql = lambda *_, **__: (self.sql, filled)
        return list(self.queryset._iterable_class(self.queryset))


def compiled(**fields):
    """Decorate the function that builds the queryset from its slots."""
    return lambda build: Compiled(build, **fields)


def fields_of(name, field, number):
    """The fields of so many values of one kind: child0, child1 …"""
    return {f"{name}{at}": field for at in range(number)}


def values_of(name, keys, number):
    """The values of these fields, filled up with zeros, which is the key of no row."""
    return {f"{name}{at}": key for at, key in enumerate([*keys, *[0] * (number - len(keys))])}
