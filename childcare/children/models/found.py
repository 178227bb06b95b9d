"""A column by which a row is found beside its own name: other people's names and a telephone, folded."""

import re

from django.db import models

from childcare.lib.vietnamese import fold

NO_DIGIT = re.compile(r"[^0-9]")


class FoundByField(models.CharField):
    """Folded words of some fields and the digits of others, each after a space; made anew whenever the row is saved.

    `save`, `bulk_create` and `bulk.insert` make it themselves; `bulk_update` and `update` write it only when they name it.
    """

    def __init__(self, *args, names=(), numbers=(), **kwargs):
        self.names, self.numbers = tuple(names), tuple(numbers)
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, "max_length": 300, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "names": self.names, "numbers": self.numbers}

    @property
    def made_of(self):
        """The names of the fields that it is made of."""
        return (*self.names, *self.numbers)

    def made(self, values):
        """The text of a row whose fields are in a mapping."""
        words = [fold(values.get(name) or "") for name in self.names]
        digits = [NO_DIGIT.sub("", values.get(name) or "") for name in self.numbers]
        return "".join(f" {part}" for part in (*words, *digits) if part)[: self.max_length]

    def pre_save(self, instance, add):
        value = self.made(vars(instance))
        setattr(instance, self.attname, value)
        return value
