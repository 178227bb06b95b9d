"""Lifting a restriction or an exclusion: two people of the uninvolved unit that holds the file (restricted_cases.md)."""

from django.db import transaction
from django.utils import timezone

from cases.actions import secrecy
from cases.actions.base import finish
from cases.models import Case, LiftProposal
from childcare.children.actions.base import fresh
from childcare.children.models import FileAccess
from childcare.children.querysets import access_in_force
from childcare.lib.refusal import Refusal

NOT_YOURS = "Anh/chị không quyết định được việc này. Việc này do hai người của đơn vị giữ hồ sơ quyết định."
OWN = "Người đề nghị không tự xác nhận. Cần một người khác của đơn vị giữ hồ sơ."


@transaction.atomic
def propose(*, case, by, reason, exclusion=None):
    """The first of two people of the holding unit proposes to lift the restriction, or one exclusion."""
    row = fresh(case)
    _require_say(row, by)
    if exclusion is not None and not secrecy.excluded_from(row.protected_file).filter(pk=exclusion.pk).exists():
        raise Refusal("Việc loại trừ này đã hết.")
    if row.lift_proposals.filter(decided_at=None, exclusion=exclusion).exists():
        raise Refusal("Đã có một đề nghị đang chờ người thứ hai.")
    made = LiftProposal.objects.create(
        case=row,
        exclusion=exclusion,
        unit=row.protected_file.held_by,
        reason=reason,
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    finish(row, "lift_proposed", by=by)
    return made


@transaction.atomic
def decide(*, proposal, by, confirmed, answer=""):
    """The second person confirms, which lifts it, or refuses. The file must still be held by the unit that was asked."""
    made = LiftProposal.objects.select_for_update(of=("self",)).select_related("case", "exclusion").get(pk=proposal.pk)
    row = fresh(made.case)
    _require_say(row, by)
    if made.decided_at is not None:
        raise Refusal("Đề nghị này đã được quyết định.")
    if made.proposed_by_id == by.pk:
        raise Refusal(OWN)
    if made.unit_id != row.protected_file.held_by_id or not _has_say(row, made.proposed_by):
        raise Refusal("Hồ sơ đã sang đơn vị khác giữ hoặc người đề nghị không còn quyền. Hãy lập đề nghị mới.")
    made.decided_by, made.decided_at, made.confirmed, made.answer = by, timezone.now(), confirmed, answer
    made.save(update_fields=["decided_by", "decided_at", "confirmed", "answer"])
    if not confirmed:
        return finish(row, "lift_refused", by=by)
    if made.exclusion is not None:
        FileAccess.objects.filter(pk=made.exclusion_id).update(until=timezone.now())
        return finish(row, "exclusion_lifted", by=by)
    _open_up(row, by)
    return finish(row, "restriction_lifted", by=by)


def _open_up(row, by):
    """The team is again the commune, and where the child lives; who works on the case stays on it."""
    file = row.protected_file
    FileAccess.objects.filter(access_in_force(), file=file, kind=FileAccess.Kind.TEAM, unit__isnull=False).update(
        until=timezone.now()
    )
    file.restricted, file.held_by = False, None
    file.save(update_fields=["restricted", "held_by"])
    secrecy.open_to_communes(row, by=by)


def _has_say(case, officer):
    return Case.objects.held_for(officer).filter(pk=case.pk).exists()


def _require_say(case, by):
    if not _has_say(case, by):
        raise Refusal(NOT_YOURS)
