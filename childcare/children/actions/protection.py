"""Protected files: who is on the team of a child's sensitive facts.

Until cases exist the team is the commune of the child: those of it who hold PROTECTED_VIEW, its officer and leader.
"""

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
