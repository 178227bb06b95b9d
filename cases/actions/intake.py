"""Receiving a report, screening it, linking the child, giving the case to somebody (NĐ 56/2017 Điều 25, 26)."""

from django.db import transaction

from cases.actions import secrecy
from cases.actions.base import begin, finish, require_no_isolation
from cases.models import Case, CaseEvent, Intake
from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import USED_KEY
from childcare.children.models import Child, FileAccess, ProtectedFile
from childcare.children.querysets import access_in_force, barred_files
from childcare.lib.calendar import stamp, today
from childcare.lib.refusal import Refusal

NOT_TO_HIM = "Không giao được hồ sơ này cho người đó. Hãy chọn người khác."
NOTHING_NEW = "Chưa có điều nào mới để bổ sung. Hãy điền ít nhất một ô."
FUTURE = "Giờ nhận tin ở sau giờ hiện tại. Hãy xem lại ngày và giờ."


@transaction.atomic
def receive(
    *, by, once, unit, received_at, channel, suspect_related, child=None, kind=None, emergency=None, above=None, **told
):  # fmt: skip
    """Open a case from a report. Almost everything may be unknown; the clocks run from `received_at`.

    A report whose suspect is, or may be, an officer or near to one restricts the file at this first save; whom the suspect's
    data match is excluded in the same transaction, before anybody sees the case.
    `above`: the unit over the commune that was told itself; its officer needs no right in the commune.
    """
    if made := Intake.objects.filter(public_id=once).select_related("case").first():
        if made.received_by_id != by.pk:
            raise Refusal(USED_KEY)
        return made.case
    if above is None:
        protection.require_team(unit=unit, by=by)
    if received_at > stamp():
        raise Refusal(FUTURE)
    if child is not None:
        child = Child.objects.select_for_update().get(pk=child.pk)
    file = ProtectedFile.objects.create(child=child)
    case = Case.objects.create(
        unit=unit, child=child, protected_file=file, kind=kind, emergency=emergency, opened_at=received_at, worker=None,
        created_by=by,
    )  # fmt: skip
    if suspect_related == Intake.Related.NO:
        secrecy.open_to_communes(case, by=by)
    else:
        secrecy.close_off(case=case, file=file, by=by, keep=[by])
    Intake.objects.create(
        public_id=once, case=case, received_at=received_at, channel=channel, suspect_related=suspect_related, received_by=by,
        **told,
    )  # fmt: skip
    CaseEvent.objects.create(case=case, at=received_at, by=by, what="received", state=case.state)
    audit.record("case.received", by=by, subject=file)
    secrecy.match(case=case, by=by)
    return case


@transaction.atomic
def tell_more(*, intake, by, version, kind=None, **told):
    """Write what a report left open, and the group of the case. What was told stays as it was told: only blanks are filled."""
    case = begin(intake.case, "told_more", version=version)
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    filled = [name for name, value in told.items() if value and not getattr(row, name)]
    changed = {"kind": kind} if kind is not None and kind.pk != case.kind_id else {}
    if not filled and not changed:
        raise Refusal(NOTHING_NEW)
    for name in filled:
        setattr(row, name, told[name])
    row.save(update_fields=filled)
    words = [str(Intake._meta.get_field(name).verbose_name) for name in filled] + ["nhóm, nguy cơ"] * bool(changed)
    finish(case, "told_more", by=by, note=", ".join(words), **changed)
    secrecy.match(case=case, by=by)
    return case


@transaction.atomic
def screen_out(*, case, by, version, reason, agreed_by):
    """The report needs no case: the worker says why, the chairman agreed (his name is written down)."""
    row = begin(case, "screened_out", version=version)
    require_no_isolation(row)
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
    finish(row, "linked", by=by, child=child)
    secrecy.match(case=row, by=by)
    return row


def assign(*, case, by, version, worker):
    """Give the case to an officer, who is on its team from now on; not to an excluded one, nor to one whom it may concern."""
    if secrecy.match(case=case, by=by, officers=[worker]):
        raise Refusal(NOT_TO_HIM)
    return _assign(case, by, version, worker)


@transaction.atomic
def _assign(case, by, version, worker):
    row = begin(case, "assigned", version=version)
    if barred_files(worker).filter(file=row.protected_file).exists():
        raise Refusal(NOT_TO_HIM)
    team = FileAccess.objects.filter(access_in_force(), file=row.protected_file, officer=worker, kind=FileAccess.Kind.TEAM)
    if not team.exists():
        FileAccess.objects.create(
            file=row.protected_file, kind=FileAccess.Kind.TEAM, officer=worker, since=stamp(), given_by=by
        )  # fmt: skip
    return finish(row, "assigned", by=by, worker=worker)


def hand_out(*, case, by, worker):
    """The unit that holds a restricted file gives it to one of its own officers; who gives it out does not open it by that."""
    _require_hand_out(case, by, worker)
    return assign(case=case, by=by, version=None, worker=worker)


def _require_hand_out(case, by, worker):
    file = case.protected_file
    if not Case.objects.to_hand_out(by).filter(pk=case.pk).exists():
        raise Refusal("Hồ sơ này đã có người xử lý.")
    if worker.pk == by.pk:
        raise Refusal("Người giao hồ sơ không tự giao cho mình. Hãy chọn cán bộ khác của đơn vị.")
    if not any(appointment.unit_id == file.held_by_id for appointment in worker.current_appointments):
        raise Refusal(f"Hãy chọn cán bộ của {file.held_by.name}.")


@transaction.atomic
def reopen(*, case, by, version, reason):
    """New information: the case goes on."""
    row = begin(case, "reopened", version=version)
    return finish(row, "reopened", by=by, note=reason, closed_on=None)
