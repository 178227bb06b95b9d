"""Mở hồ sơ trong trường hợp khẩn cấp: a reason, three hours, one file; the owner and a second person are told at once.

Never for an excluded person, nor for one whom the case may concern: the answer is that of a file that does not exist.
"""

import re
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.actions import secrecy
from cases.actions.base import finish
from cases.models import Case, EmergencyOpening
from cases.pages import moment
from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import GRANTS, Permission
from childcare.audit import actions as audit
from childcare.children.actions.base import fresh
from childcare.children.codes import key_of
from childcare.children.identity import check
from childcare.children.models import FileAccess
from childcare.children.querysets import access_in_force, barred_files
from childcare.inbox import actions as inbox
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal

HOURS, SHORTEST = 3, 20
TOLD = 2
CODE = re.compile("[0-9a-f]{8}")
NOBODY = "Chưa có ai khác được báo về việc mở hồ sơ này, nên chưa mở được. Hãy gọi cho lãnh đạo đơn vị giữ hồ sơ."


def found(text, officer):
    """The newest open case behind a code of a case or child or an identity number that the officer may open so, or None."""
    bare = str(text).strip()
    cases = Case.objects.breakable_by(officer).open().order_by("-opened_at", "-pk")
    if (key := key_of(bare)) is not None:
        return cases.filter(child=key).first()
    if (number := check(bare)).valid:
        return cases.filter(child__identity_number=number.number).first()
    return cases.filter(_coded(bare)).first()


def _coded(text):
    """The condition that a case has the code: its public id begins with the eight signs of it."""
    signs = text.upper().replace(" ", "").removeprefix("HS").strip("-–").lower()
    if not CODE.fullmatch(signs):
        return Q(pk__in=[])
    return Q(public_id__gte=UUID(f"{signs}{'0' * 24}"), public_id__lte=UUID(f"{signs}{'f' * 24}"))


def open_file(*, what, by, reason):
    """Open one file to the officer for three hours. Returns the opening, or None when there is none that he may open."""
    if len(reason.strip()) < SHORTEST:
        raise Refusal(f"Hãy ghi lý do, ít nhất {SHORTEST} ký tự.")
    case = found(what, by)
    if case is not None:
        secrecy.match(case=case, by=None, officers=[by])
        case = found(what, by)
    if case is None:
        audit.record("case.not_opened", by=by)
        return None
    return _open(case, by, reason)


@transaction.atomic
def _open(case, by, reason):
    row, now = fresh(case), timezone.now()
    told = to_tell(row, but=by)
    if not told:
        raise Refusal(NOBODY)
    until = now + timedelta(hours=HOURS)
    FileAccess.objects.create(
        file=row.protected_file, kind=FileAccess.Kind.EMERGENCY, officer=by, since=now, until=until, given_by=by
    )  # fmt: skip
    opening = EmergencyOpening.objects.create(case=row, officer=by, reason=reason.strip(), opened_at=now, until=until)
    opening.told.set(told)
    for officer in told:
        inbox.send(
            officer=officer, key=f"opened:{opening.public_id}", day=today(), url=reverse("emergency-list"),
            subject=f"Hồ sơ {row.code} được mở trong trường hợp khẩn cấp",
            body=f"{by.full_name} ({by.unit_names}) mở lúc {moment(now)}, đến {moment(until)}. Hãy xem lý do và xem xét.",
        )  # fmt: skip
    finish(row, "opened", by=by, note=reason.strip())
    return opening


def to_tell(case, *, but):
    """The owner of the file and a second person: who works on it or received it, who decides or gives it out, who stands above.

    Of a restricted file only people of its team, of the unit that holds it and of those above that.
    """
    file = case.protected_file
    place = file.held_by if file.restricted else case.unit
    owners = [key for key in (case.worker_id, case.created_by_id) if key]
    if file.restricted:
        team = FileAccess.objects.filter(access_in_force(), file=file, kind=FileAccess.Kind.TEAM, officer__in=owners)
        on_it = set(team.values_list("officer", flat=True))
        owners, second = [key for key in owners if key in on_it], _posts([place.pk], Permission.CASE_TAKE)
    else:
        second = _posts([place.pk], Permission.CASE_DECIDE)
    above = _posts(place.ancestor_keys[:-1], Permission.CASE_TAKE)
    wanted = list(dict.fromkeys([*owners[:1], *second, *owners[1:], *above]))
    barred = set(secrecy.excluded_from(file).values_list("officer", flat=True)) | {but.pk}
    allowed = Officer.objects.working(today()).exclude(pk__in=barred).in_bulk(wanted)
    return [allowed[key] for key in wanted if key in allowed][:TOLD]


def _posts(units, permission):
    roles = [role for role, granted in GRANTS.items() if permission in granted]
    posts = Appointment.objects.on(today()).filter(unit__in=units, role__in=roles)
    return list(posts.order_by("-unit__path", "pk").values_list("officer", flat=True))


@transaction.atomic
def review(*, opening, by, justified, finding):
    """Somebody else says whether the opening was justified. An unjustified one ends at once, should it still hold."""
    row = EmergencyOpening.objects.select_for_update(of=("self",)).select_related("case__protected_file").get(pk=opening.pk)
    if row.officer_id == by.pk or barred_files(by).filter(file=row.case.protected_file).exists():
        raise Refusal("Người mở hồ sơ không tự xem xét việc mở của mình.")
    if row.reviewed_at is not None:
        raise Refusal("Lần mở này đã được xem xét.")
    row.reviewed_by, row.reviewed_at, row.justified, row.finding = by, timezone.now(), justified, finding
    row.save(update_fields=["reviewed_by", "reviewed_at", "justified", "finding"])
    if not justified:
        rights = FileAccess.objects.filter(file=row.case.protected_file, officer=row.officer, kind=FileAccess.Kind.EMERGENCY)
        rights.filter(until__gt=timezone.now()).update(until=timezone.now())
    finish(fresh(row.case), "opening_reviewed", by=by, note=finding)
    return row
