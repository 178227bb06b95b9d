"""Protected files: who is on the team of a child's sensitive facts.

Until cases exist the team is the commune of the child: those of it who hold PROTECTED_VIEW, its officer and leader.
"""

from django.db.models import Q
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.children.models import FileAccess, ProtectedFile
from childcare.children.querysets import open_files
from childcare.lib.refusal import Refusal

NOT_ALLOWED = "Thông tin nhạy cảm do công chức được giao phụ trách trẻ em của xã, phường ghi. Đề nghị liên hệ người phụ trách."


def commune_of(unit):
    """The commune in which a unit lies; the unit itself when none stands above it."""
    place = unit
    while place is not None and place.kind != "commune":
        place = place.parent
    return place or unit


def file_for(*, child, by):
    """The protected file of the child that is open to the officer, else a new one whose team is the child's commune.

    Refused for an officer who may not see protected files there. Call it inside the transaction of the fact.
    """
    require_team(unit=child.unit, by=by)
    file = open_files(by).filter(child=child, incidents=None, cases=None).order_by("pk").first()
    return file or new_file(units={commune_of(child.unit)}, by=by, child=child)


def new_file(*, units, by, child=None):
    """A protected file open to those of the units who hold the permission."""
    file = ProtectedFile.objects.create(child=child)
    for unit in sorted(units, key=lambda unit: unit.pk):
        give_team(file=file, unit=unit, by=by)
    return file


def give_team(*, file, unit, by):
    """Put a unit on the team from now on."""
    FileAccess.objects.create(file=file, kind=FileAccess.Kind.TEAM, unit=unit, since=timezone.now(), given_by=by)


def require_team(*, unit, by):
    """Refuse an officer who may not see protected facts in the unit."""
    if unit is None or not by.can_in(Permission.PROTECTED_VIEW, unit):
        raise Refusal(NOT_ALLOWED)


def follow(*, child, old, new, by):
    """A child moved to another commune: the team follows. Restricted files stay with their holder.

    The place of an incident keeps its own right to the incident's file.
    """
    before, after, now = commune_of(old), commune_of(new), timezone.now()
    if before.pk == after.pk:
        return
    for file in ProtectedFile.objects.filter(child=child, restricted=False).order_by("pk"):
        team = FileAccess.objects.filter(file=file, kind=FileAccess.Kind.TEAM, until=None)
        if not team.filter(unit=after).exists():
            give_team(file=file, unit=after, by=by)
        here = {"unit__path__startswith": before.path}
        if not (file.incidents.filter(**here).exists() or file.cases.filter(**here).exists()):
            team.filter(unit__path__startswith=before.path).update(until=now)


def share_exclusions(*, child, by, reason):
    """Who is excluded from one file of the child is excluded from all of them for the same time. Returns the new keys.

    Two records that turn out to be one child: who must not see the one must not see the other.
    """
    now = timezone.now()
    mine = Q(child=child) | Q(cases__child=child) | Q(incidents__children__child=child)
    files = list(ProtectedFile.objects.filter(mine).order_by("pk").distinct())
    rows = FileAccess.objects.filter(Q(until=None) | Q(until__gt=now), file__in=files, kind=FileAccess.Kind.EXCLUDED)
    have, new = set(rows.values_list("file", "officer", "unit", "until")), []
    for row in list(rows.order_by("pk")):
        for file in files:
            key = (file.pk, row.officer_id, row.unit_id, row.until)
            if key not in have:
                have.add(key)
                given = {"officer_id": row.officer_id, "unit_id": row.unit_id, "since": max(now, row.since), "until": row.until}
                new.append(FileAccess(file=file, kind=FileAccess.Kind.EXCLUDED, reason=reason, given_by=by, **given))
    return [row.pk for row in FileAccess.objects.bulk_create(new)]


def end_access(keys):
    """These rights and denials hold no longer from now on."""
    now = timezone.now()
    FileAccess.objects.filter(Q(until=None) | Q(until__gt=now), pk__in=keys).update(until=now)
