"""What the registry says about the children of a returned list: a few queries whatever the number of lines."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from childcare.children.actions.merging import lives_on_as
from childcare.children.codes import key_of, mended
from childcare.children.identity import check
from childcare.children.models import Child, ChildRevision
from childcare.lib.vietnamese import fold

FIELDS = {"identity_number": "identity_number", "full_name": "full_name", "birth": "birth_date"}


@dataclass
class Known:
    """Children of the commune by key, and what the lines need to know beside them."""

    children: dict = field(default_factory=dict)  # pk → Child
    became: dict = field(default_factory=dict)  # pk of a row that was merged → pk of the child that it is now
    named: dict = field(default_factory=lambda: defaultdict(list))  # folded name → children of the commune
    holders: dict = field(default_factory=dict)  # number → pk of the child who holds it, wherever it lives
    told: set = field(default_factory=set)  # holders who live in the commune and may be named
    changed: dict = field(default_factory=lambda: defaultdict(set))  # pk → fields changed after the list went out
    former: dict = field(default_factory=lambda: defaultdict(set))  # pk → folded names and births before such a change

    def of_code(self, code):
        """The child of the commune behind a code, or None."""
        key = key_of(code)
        return self.children.get(self.became.get(key, key))

    def shows(self, child, line):
        """False when name and birth of the line are both another child's; what it was called when printed counts too."""
        birth = child.birth.iso if child.birth else None
        same_name = not line["folded"] or line["folded"] in ({child.folded_name} | self.former[child.pk])
        same_birth = not line["birth"] or line["birth"] in ({birth} | self.former[child.pk])
        return same_name or same_birth


def load(unit, answers):
    """What `decide` needs of the commune."""
    lines, known = answers.lines, Known()
    here = Child.objects.filter(unit__path__startswith=unit.path)
    codes = {key for line in lines for text in (line["code"], mended(line["code"]) or "") if (key := key_of(text))}
    known.children = here.in_bulk(list(codes))
    merged = Child.with_removed.filter(pk__in=codes - set(known.children), removed_reason=Child.Removal.MERGED)
    known.became = {key: lives_on_as(pk=key) for key in merged.values_list("pk", flat=True)}
    known.children |= here.in_bulk([key for key in known.became.values() if key])
    without = [line["folded"] for line in lines if line["folded"] and known.of_code(line["code"]) is None]
    for child in here.filter(folded_name__in=set(without)).order_by("pk"):
        known.named[child.folded_name].append(child)
        known.children.setdefault(child.pk, child)
    numbers = {found.suggestion or found.number for line in lines if (found := check(line["number"])).number}
    held = Child.objects.filter(identity_valid=True, identity_number__in=numbers)
    for number, key, path in held.values_list("identity_number", "pk", "unit__path"):
        known.holders[number] = key
        if (path or "").startswith(unit.path):
            known.told.add(key)
    _load_changes(known, answers.exported_on)
    return known


def _load_changes(known, exported_on):
    """Changes since the list went out. On its day itself a change may be later than the list: it counts as later."""
    if exported_on is None:
        return
    since = timezone.make_aware(datetime.combine(date.fromisoformat(exported_on), time.min))
    rows = ChildRevision.objects.filter(child__in=list(known.children), field__in=list(FIELDS), at__gte=since)
    for row in rows.order_by("pk"):
        known.changed[row.child_id].add(FIELDS[row.field])
        if row.field == "full_name":
            known.former[row.child_id].add(fold(row.old))
        elif row.field == "birth":
            known.former[row.child_id].add("-".join(reversed(row.old.split("/"))))
