"""A document as text that is kept and read again: what was signed is printed later word for word, in either format."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from childcare.documents import structure
from childcare.documents.structure import AdminDocument

PARTS = {
    part.__name__: part
    for part in vars(structure).values()
    if isinstance(part, type) and is_dataclass(part) and part.__module__ == structure.__name__
}


def written(document):
    """The document as JSON: every part by its name, so that `read` builds an equal one."""
    return json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":"))


def read(text):
    """The document that `written` kept. Raises ValueError for anything else."""
    document = _part(json.loads(text))
    if not isinstance(document, AdminDocument):
        raise ValueError("not a kept document")
    return document


def _plain(value):
    if is_dataclass(value):
        return {"part": type(value).__name__, **{one.name: _plain(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _part(value):
    if isinstance(value, list):
        return tuple(_part(one) for one in value)
    if not isinstance(value, dict):
        return value
    if "part" in value:
        return PARTS[value["part"]](**{name: _part(one) for name, one in value.items() if name != "part"})
    (kind, told), *_ = value.items()
    return {"date": date.fromisoformat, "decimal": Decimal, "set": frozenset}[kind](told)
