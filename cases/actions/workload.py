"""Handing over: all files of an officer who leaves go to another in one step; restricted ones to the unit that holds them."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cases.actions import secrecy
from cases.actions.base import finish
from cases.models import Case, CaseEvent
from cases.workload import own_cases, own_units, people_to_replace, receivers
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.models import FileAccess
from childcare.children.querysets import access_in_force, barred_files, in_units
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal

STEP = "reassigned"
NOT_HIS = "Anh/chị không bàn giao được hồ sơ của người này. Hãy đề nghị lãnh đạo đơn vị."
NO_RECEIVER = "Người này không nhận được hồ sơ. Hãy chọn cán bộ đang làm việc của đơn vị."


@transaction.atomic
def hand_over(*, leaving, to, by, reason):
    """Give every open case of `leaving` that `by` may open to `to`, and end what only he himself could open.

    A restricted case is not shown and goes back to the unit that holds it, which gives it to somebody. A case from which the
    receiver is excluded stays without officer. Returns (handed over, left without officer).
    """
    leaving = get_user_model().objects.select_for_update().get(pk=leaving.pk)
    if not people_to_replace(by).contains(leaving):
        raise Refusal(NOT_HIS)
    if not receivers(by, leaving).contains(to):
        raise Refusal(NO_RECEIVER)
    for case in list(own_cases(by).filter(worker=leaving).order_by("pk")):
        secrecy.match(case=case, by=by, officers=[to])  # a case that may concern the receiver is closed to him, not given
    cases = own_cases(by).filter(worker=leaving).select_related("protected_file").select_for_update(of=("self",))
    given, alone = 0, 0
    barred = set(barred_files(to).values_list("file", flat=True))
    for case in list(cases.order_by("pk")):
        free = case.protected_file_id not in barred
        if not case.protected_file.restricted:
            finish(case, STEP, by=by, note=reason, worker=to if free else None)
            given, alone = given + free, alone + (not free)
            if free:
                _join(case.protected_file, to, by)
    _give_back(leaving, by, reason)
    _end_access(leaving, by)
    audit.record("case.handed_over", by=by, subject=leaving, note=f"{given + alone} hồ sơ cho {to.full_name}")
    return given, alone


def _join(file, officer, by):
    team = FileAccess.objects.filter(access_in_force(), file=file, officer=officer, kind=FileAccess.Kind.TEAM)
    if not team.exists():
        FileAccess.objects.create(
            file=file, kind=FileAccess.Kind.TEAM, officer=officer, since=timezone.now(), given_by=by
        )  # fmt: skip


def _places(by):
    return [*own_units(by), *by.units_for(Permission.CASE_TAKE)]


def _give_back(leaving, by, reason):
    """Restricted cases wait at their holder to be given out anew. The log of the unit does not tell of them."""
    cases = Case.objects.open().filter(in_units("unit", _places(by)), worker=leaving, protected_file__restricted=True)
    for case in list(cases.select_related("protected_file").order_by("pk")):
        case.worker, case.version = None, case.version + 1
        case.save(update_fields=["worker", "version"])
        CaseEvent.objects.create(case=case, at=stamp(), by=None, what=STEP, state=case.state, note=reason)
        audit.record("case.reassigned", subject=case.protected_file, fields=["worker"])


def _end_access(leaving, by):
    """What the officer could open as himself in these units ends now; what his unit may open stays with the unit."""
    here = FileAccess.objects.filter(access_in_force(), officer=leaving).exclude(kind=FileAccess.Kind.EXCLUDED)
    files = Case.objects.filter(in_units("unit", _places(by))).values("protected_file")
    here.filter(file__in=files).update(until=timezone.now())
