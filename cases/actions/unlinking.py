"""Taking back a link of a case to a child that was made by mistake."""

from django.db import transaction
from django.utils import timezone

from cases.actions.base import begin, finish
from cases.actions.secrecy import forget
from cases.models import Commitment, Placement
from childcare.accounts.models import Appointment
from childcare.children.actions import protection
from childcare.children.models import Circumstance, FileAccess, IncidentChild, Support
from childcare.children.querysets import access_in_force, team_files
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal

NOT_LINKED = "Hồ sơ này chưa nối với trẻ em nào."
COUNTED = (
    "Trong hồ sơ đã ghi {} cho trẻ này. Hãy hủy hoặc đính chính các dòng đó trước, để không có gì tính nhầm cho trẻ, "
    "rồi gỡ nối."
)


@transaction.atomic
def unlink(*, case, by, version, reason):
    """The case was about another child: the file leaves this one, and the commune of this one leaves its team.

    Refused while a fact of the case is counted for the child. Who was excluded because of the link stays so until two people
    lift it: better one too many.
    """
    row = begin(case, "unlinked", version=version)
    if row.child is None:
        raise Refusal(NOT_LINKED)
    if found := _counted(row):
        raise Refusal(COUNTED.format(", ".join(found)))
    child, file = row.child, row.protected_file
    file.child = None
    file.save(update_fields=["child"])
    if not file.restricted:
        _leave(row, protection.commune_of(child.unit))
    return finish(row, "unlinked", by=by, note=reason, child=None)


def _counted(case):
    """What of the case is counted for its child, in words."""
    mine = {"protected_file": case.protected_file, "child": case.child}
    found = {
        "hoàn cảnh": Circumstance.objects.filter(**mine, voided_at=None),
        "trợ giúp": Support.objects.filter(**mine, voided_at=None),
        "vụ việc": IncidentChild.objects.filter(
            child=case.child, incident__protected_file=case.protected_file, incident__voided_at=None
        ),
        "chăm sóc thay thế": Placement.objects.filter(case=case, child=case.child).exclude(state="cancelled"),
        "cam kết": Commitment.objects.filter(case=case, child=case.child, voided_at=None),
    }
    return [word for word, rows in found.items() if rows.exists()]


def _leave(case, home):
    """The commune of the child that it is not: off the team, and what its officers were told is taken back."""
    if home.pk == protection.commune_of(case.unit).pk:
        return
    file = case.protected_file
    FileAccess.objects.filter(access_in_force(), file=file, unit=home, kind=FileAccess.Kind.TEAM).update(until=timezone.now())
    there = Appointment.objects.on(today()).filter(unit__path__startswith=home.path).select_related("officer")
    gone = {post.officer_id for post in there if not team_files(post.officer).filter(pk=file.pk).exists()}
    forget(case, gone)
