"""The code list of circumstances and risks in memory: every list page shows its names, and it changes with a release."""

from dataclasses import dataclass
from time import monotonic

from childcare.children.models import CircumstanceKind
from childcare.children.models.kinds import words_of_kind

KEPT = 60  # seconds; a change of the list by a command in another process shows after at most this time
_kept = {}


@dataclass(frozen=True)
class Code:
    """A row of the list. `words` is what a table of children calls it."""

    pk: int
    code: str
    family: str
    name: str
    words: str
    position: int
    head: bool
    sensitive: bool
    active: bool


def circumstances(wanted=()):
    """{primary key: Code} in the order of the list. Read anew when a wanted key is not in it."""
    if not _kept.get("rows", {}).keys() >= set(wanted):
        forget()
    if not _kept or _kept["until"] < monotonic():
        rows = CircumstanceKind.objects.order_by("position", "pk").values_list(
            "pk", "code", "family", "name", "parent__name", "position", "parent", "sensitive", "active"
        )
        found = {
            pk: Code(pk, code, family, name, words_of_kind(name, (head or "") if family == "N" else ""), position,
                     parent is None, sensitive, active)
            for pk, code, family, name, head, position, parent, sensitive, active in rows
        }  # fmt: skip
        _kept.update(rows=found, until=monotonic() + KEPT)
    return _kept["rows"]


def forget():
    """Read the list anew at the next question; called where it is loaded."""
    _kept.clear()
