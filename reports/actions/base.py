"""What every act on a submission needs: the row held, saved with its version counted up, messages to the other side."""

from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS
from childcare.inbox import actions as inbox
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import small
from reports.models import Submission

RELATED = (
    "obligation__unit__parent", "obligation__regime", "obligation__to_unit", "obligation__office", "document__pdf", "snapshot",
    "presented_by", "opinion_by", "signed_by", "sent_by", "answered_by",
)  # fmt: skip


class Conflict(Refusal):
    """Somebody else saved meanwhile: the page shows both texts."""


STALE = "Báo cáo vừa được người khác lưu. Hãy chép lại phần mình vừa gõ, tải lại trang rồi ghép vào."


def locked(submission):
    """The row as it is now, held until the transaction ends.

    Held first and read after: PostgreSQL refreshes a row that it waited for, but not the rows joined to it.
    """
    Submission.objects.select_for_update().get(pk=submission.pk)
    return Submission.objects.select_related(*RELATED).get(pk=submission.pk)


def bump(submission, *fields):
    """Save the named fields and count the version up."""
    submission.version += 1
    submission.save(update_fields=[*fields, "version"])


def officers(unit, permission):
    """Officers who hold the permission in exactly this unit today."""
    found = Appointment.objects.on(today()).holding(permission, GRANTS).filter(unit=unit, officer__is_active=True)
    return list({row.officer.pk: row.officer for row in found.select_related("officer").order_by("officer__username")}.values())


def tell(unit, permission, *, key, subject, url, but=None):
    """One message to each officer of the unit who holds the permission, but not to who did it himself."""
    for officer in officers(unit, permission):
        if but is None or officer.pk != but.pk:
            inbox.send(officer=officer, key=key, day=today(), subject=subject, url=url)


def url_of(obligation):
    """The address of a report inside the application."""
    return f"/bao-cao/{obligation.public_id}/"


def name_of(obligation):
    """ "báo cáo 6 tháng đầu năm 2024 của Phường Nam Sơn"."""
    return f"{small(obligation.title)} của {obligation.unit.name}"
