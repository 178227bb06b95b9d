"""Units that ended: to which unit of a later day their rows belong, when every successor leads to the same one.

A split unit leads to several: there the child's own residences say where it went (a person placed it), and a flow, which has
no child to ask, is counted above them all.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q

from childcare.children.querysets import in_units
from childcare.units.models import Unit

LINK = (
    "from_unit", "from_unit__path", "from_unit__valid_to", "to_unit", "to_unit__path", "to_unit__kind", "to_unit__valid_from",
    "to_unit__valid_to",
)  # fmt: skip


@dataclass(frozen=True)
class Former:
    """A unit that ended by the day: where its rows belong now. `whole` False: it was split and `path` is what lies above."""

    pk: int
    kind: str
    first: object
    ended: object
    path: tuple
    whole: bool
    targets: frozenset = frozenset()

    @property
    def target(self):
        """The unit of the day that stands in its place, None when a person has to say for each child."""
        return self.path[-1] if self.whole else None


def former_units(roots, day):
    """Key → Former of every unit that ended by the day and whose rows lie in or come into the roots. One statement when
    nothing ever changed there."""
    after, ended, paths, rows = _links(roots, day)
    if not after:
        return {}
    below = Unit.objects.under_any([_Path(row[1]) for row in rows.values()]).filter(valid_to__lte=day)
    found = {}
    for pk, path, kind, first, last in below.values_list("pk", "path", "kind", "valid_from", "valid_to"):
        top = _nearest(path, after)
        if top is not None:
            targets = _targets(top, after, ended, paths, day)
            if targets:
                found[pk] = _former(pk, kind, first, last, [_keys(paths[target]) for target in targets])
    return found


class _Path:
    """What `under_any` asks of a unit."""

    def __init__(self, path):
        self.path = path


def _keys(path):
    return tuple(map(int, path.strip(".").split(".")))


def _former(pk, kind, first, last, targets):
    if len(targets) == 1:
        return Former(pk, kind, first, last, targets[0], True)
    common = []
    for keys in zip(*targets, strict=False):
        if len(set(keys)) > 1:
            break
        common.append(keys[0])
    return Former(pk, kind, first, last, tuple(common), False, frozenset(keys[-1] for keys in targets))


def _links(roots, day):
    """(old → new keys, key → end, key → path, old → row) of every change up to the day that leads into the roots."""
    begun = Q(from_unit__valid_from=None) | Q(from_unit__valid_from__lte=F("to_unit__valid_to"))
    through = Unit.predecessors.through.objects.filter(begun, to_unit__valid_to__lte=day)
    after, ended, paths, rows = defaultdict(set), {}, {}, {}
    wave = in_units("from_unit", roots)
    while True:
        into = through.filter(wave).values("to_unit")
        new = [row for row in through.filter(to_unit__in=into).values_list(*LINK) if row[0] not in after[row[3]]]
        for to, path, last, old, old_path, kind, first, old_last in new:
            after[old].add(to)
            ended[to], ended[old], paths[to], paths[old] = last, old_last, path, old_path
            rows[old] = (kind, old_path, first, old_last)
        if not new:
            return dict(row for row in after.items() if row[1]), ended, paths, rows
        wave = in_units("from_unit", [_Path(row[4]) for row in new]) | Q(from_unit__in=[row[3] for row in new])


def _targets(unit, after, ended, paths, day, seen=frozenset()):
    """The units of the day that stand in the place of this one; a hamlet without a successor goes where its commune went."""
    found = set()
    for new in after[unit] - seen:
        top = _nearest(paths[new], after) if ended[new] is not None and ended[new] <= day else None
        found |= {new} if top is None else _targets(top, after, ended, paths, day, seen | {unit, new})
    return found


def _nearest(path, after):
    """The unit of the path, from the lowest up, that has a successor; None when none has."""
    return next((key for key in reversed(_keys(path)) if key in after), None)
