"""Receiving a report, screening it, linking the child, giving the case to somebody (NĐ 56/2017 Điều 25, 26)."""

from django.db import transaction

from cases.actions.base import begin, finish
from cases.models import Case, CaseEvent, Intake
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import USED_KEY
from childcare.children.models import Child, FileAccess, ProtectedFile
from childcare.children.querysets import access_in_force, barred_files
from childcare.lib.calendar import stamp, today
from childcare.lib.refusal import Refusal

FUTURE = "Giờ nhận tin ở sau giờ hiện tại. Hãy xem lại ngày và giờ."


@transaction.atomic
def receive(*, by, once, unit, received_at, channel, suspect_related, child=None, kind=None, emergency=None, **told):
    """Open a case from a report. Almost everything may be unknown; the clocks run from `received_at`.

    A report whose suspect is, or may be, an officer or near to one restricts the file at this first save.
    """
    if made := Intake.objects.filter(public_id=once).select_related("case").first():
        if made.received_by_id != by.pk:
            raise Refusal(USED_KEY)
        return made.case
    protection.require_team(unit=unit, by=by)
    if received_at > stamp():
        raise Refusal(FUTURE)
    if child is not None:
        child = Child.objects.select_for_update().get(pk=child.pk)
    file = _file(unit=unit, child=child, by=by, related=suspect_related)
    case = Case.objects.create(
        unit=unit, child=child, protected_file=file, kind=kind, emergency=emergency, opened_at=received_at, worker=None,
        created_by=by,
    )  # fmt: skip
    Intake.objects.create(
        public_id=once, case=case, received_at=received_at, channel=channel, suspect_related=suspect_related, received_by=by,
        **told,
    )  # fmt: skip
    CaseEvent.objects.create(case=case, at=received_at, by=by, what="received", state=case.state)
    audit.record("case.received", by=by, subject=file)
    return case


def _file(*, unit, child, by, related):
    """A file of the case's own. Its team is the commune, and where the child lives; a restricted one is the unit above's."""
    commune = protection.commune_of(unit)
    if related == Intake.Related.NO:
        places = {commune, protection.commune_of(child.unit)} if child and child.unit else {commune}
        return protection.new_file(units=places, by=by, child=child)
    if commune.parent is None:
        raise Refusal("Đơn vị này chưa có cấp trên trong hệ thống để giữ hồ sơ hạn chế. Đề nghị liên hệ quản trị.")
    file = ProtectedFile.objects.create(child=child, restricted=True, held_by=commune.parent)
    FileAccess.objects.create(file=file, kind=FileAccess.Kind.TEAM, officer=by, since=stamp(), given_by=by)
    protection.give_team(file=file, unit=commune.parent, by=by)
    return file


@transaction.atomic
def screen_out(*, case, by, version, reason, agreed_by):
    """The report needs no case: the worker says why, the chairman agreed (his name is written down)."""
    row = begin(case, "screened_out", version=version)
    return finish(row, "screened_out", by=by, note=f"{reason}\nNgười đồng ý: {agreed_by}", closed_on=today())


@transaction.atomic
def link(*, case, by, version, child):
    """The child was found in the registry: its own facts from now on lie where the child is."""
    row = begin(case, "linked", version=version)
    if row.child_id is not None:
        raise Refusal("Hồ sơ này đã nối với một trẻ em trong sổ.")
    row.protected_file.child = child
    row.protected_file.save(update_fields=["child"])
    if not row.protected_file.restricted:
        home, here = protection.commune_of(child.unit), protection.commune_of(row.unit)
        if home.pk != here.pk:
            protection.give_team(file=row.protected_file, unit=home, by=by)
    return finish(row, "linked", by=by, child=child)


@transaction.atomic
def assign(*, case, by, version, worker):
    """Give the case to an officer, who is on its team from now on. An excluded officer cannot be given it."""
    row = begin(case, "assigned", version=version)
    if barred_files(worker).filter(file=row.protected_file).exists():
        raise Refusal("Không giao được hồ sơ này cho người đó. Hãy chọn người khác.")
    team = FileAccess.objects.filter(access_in_force(), file=row.protected_file, officer=worker, kind=FileAccess.Kind.TEAM)
    if not team.exists():
        FileAccess.objects.create(
            file=row.protected_file, kind=FileAccess.Kind.TEAM, officer=worker, since=stamp(), given_by=by
        )  # fmt: skip
    return finish(row, "assigned", by=by, worker=worker)


@transaction.atomic
def hand_out(*, case, by, worker):
    """The unit that holds a restricted file gives it to one of its own officers; who gives it out does not open it by that."""
    row = begin(case, "assigned")
    held = row.protected_file.held_by
    if not row.protected_file.restricted or row.worker_id is not None or not by.can_in(Permission.CASE_TAKE, held):
        raise Refusal("Hồ sơ này đã có người xử lý.")
    if worker.pk == by.pk:
        raise Refusal("Người giao hồ sơ không tự giao cho mình. Hãy chọn cán bộ khác của đơn vị.")
    if not any(appointment.unit_id == held.pk for appointment in worker.current_appointments):
        raise Refusal(f"Hãy chọn cán bộ của {held.name}.")
    return assign(case=row, by=by, version=row.version, worker=worker)


@transaction.atomic
def reopen(*, case, by, version, reason):
    """New information: the case goes on."""
    row = begin(case, "reopened", version=version)
    return finish(row, "reopened", by=by, note=reason, closed_on=None)
