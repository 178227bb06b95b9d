"""Who works with children: entered once, ended on a day, put right by a new row, taken over from the accounts."""

from django.db import transaction
from django.db.models import Q

from childcare.accounts.models import Appointment
from childcare.accounts.roles import Role
from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, once, update, void_row
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold
from plans.models import Staff, StaffPost

K = StaffPost.Kind
# What somebody with an account of this role does; other roles say nothing about work with children.
OF_ROLE = {
    Role.COLLABORATOR: K.COLLABORATOR,
    Role.COMMUNE: K.OFFICIAL,
    Role.DISTRICT: K.OFFICIAL,
    Role.PROVINCE: K.OFFICIAL,
    Role.SOCIAL_WORKER: K.SOCIAL_WORKER,
    Role.SCHOOL: K.TEACHER,
    Role.CARE_STAFF: K.HEALTH,
}
COPIED = ("unit", "kind", "position", "time", "started_on", "ended_on", "decision_number", "decision_on", "note")
CORRECTED = "Đã sửa bằng dòng khác"
TWICE = "{} đang có trong danh sách với việc “{}” ở {}. Nếu là người khác trùng tên thì đánh dấu “Người khác, trùng tên”."


def check(unit, started_on, ended_on=None):
    """Refuse a post that begins on a day on which the unit did not exist."""
    if started_on and not unit.valid_on(started_on):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày {show(started_on)}. Hãy chọn đúng đơn vị của ngày đó.")
    if started_on and ended_on and ended_on <= started_on:
        raise Refusal("Ngày cuối cùng làm việc ở trước ngày bắt đầu. Hãy xem lại ngày.")


@once(StaffPost)
def add(*, by, once, unit, kind, name="", phone="", staff=None, namesake=False, officer=None, **facts):
    """A post of a new person, or of one who is there (`staff`); `namesake`: another person of the same name."""
    check(unit, facts.get("started_on"), facts.get("ended_on"))
    if staff is None:
        if not namesake:
            _not_twice(unit, kind, name)
        staff = Staff(name=name, phone=phone, officer=officer, created_by=by)
        staff.save()
    post = StaffPost(public_id=once, staff=staff, unit=unit, kind=kind, recorded_by=by, **facts)
    insert(post)
    audit.record("staff.added", subject=post, by=by)
    return post


def _not_twice(unit, kind, name):
    same = StaffPost.objects.filter(voided_at=None, ended_on=None, unit=unit, kind=kind, staff__folded_name=fold(name))
    if found := same.select_related("unit").first():
        raise Refusal(TWICE.format(name, found.get_kind_display(), unit.name))


@transaction.atomic
def end(*, post, by, version, on):
    """The person does this no more: `on` is the first day on which it no longer holds."""
    row = fresh(post, version)
    if row.ended_on:
        raise Refusal("Việc này đã kết thúc trước đó.")
    if row.started_on and on <= row.started_on:
        raise Refusal(f"Ngày cuối cùng làm việc ở trước ngày bắt đầu ({show(row.started_on)}). Hãy xem lại ngày.")
    row.ended_on = on
    update(row, "ended_on")
    audit.record("staff.ended", subject=row, by=by)
    return row


@transaction.atomic
def correct(*, post, by, version, **facts):
    """Put a corrected row in the place of a wrong one, which is voided and kept. Returns the row that holds."""
    row = fresh(post, version)
    values = {name: facts.get(name, getattr(row, name)) for name in COPIED}
    changed = [name for name, value in values.items() if value != getattr(row, name)]
    if not changed:
        return row
    check(values["unit"], values["started_on"], values["ended_on"])
    void_row(row, by=by, reason=CORRECTED)
    new = StaffPost(staff_id=row.staff_id, replaces=row, recorded_by=by, **values)
    insert(new)
    audit.record("staff.corrected", subject=new, by=by, fields=changed)
    return new


@transaction.atomic
def void(*, post, by, version, reason):
    """The post was never so: out of every list and count, kept with the reason."""
    row = fresh(post, version)
    void_row(row, by=by, reason=reason)
    audit.record("staff.voided", subject=row, by=by)
    return row


@transaction.atomic
def rename(*, staff, by, version, name, phone):
    """Name and phone number of a person put right."""
    row = Staff.objects.select_for_update().get(pk=staff.pk)
    if row.version != version:
        raise Refusal("Thông tin người này vừa được sửa ở nơi khác. Hãy tải lại trang rồi sửa lại.")
    changed = [field for field, value in (("name", name), ("phone", phone)) if getattr(row, field) != value]
    if changed:
        row.name, row.phone = name, phone
        update(row, "name", "phone")
        audit.record("staff.renamed", subject=row, by=by, fields=changed)
    return row


def without_post(unit, on):
    """Appointments at or below the unit that hold on the day and say that somebody works with children, but who is not in
    the list: neither by his account nor by his name with the same work at the same place."""
    listed = StaffPost.objects.on(on).filter(unit__path__startswith=unit.path)
    accounts = set(listed.exclude(staff__officer=None).values_list("staff__officer", flat=True))
    rows = Appointment.objects.on(on).filter(unit__path__startswith=unit.path, role__in=list(OF_ROLE), officer__is_active=True)
    return [
        row for row in rows.select_related("officer", "unit").order_by("unit__path", "pk") if row.officer_id not in accounts
    ]


@transaction.atomic
def take_from_accounts(*, unit, by, on):
    """Put everybody who works with children by his account into the list, with the days of his appointment; a person who
    is there by name, work and place is tied to his account instead. Returns how many were new."""
    made = 0
    for row in without_post(unit, on):
        kind = OF_ROLE[Role(row.role)]
        same = Q(staff__folded_name=row.officer.folded_name, staff__officer=None, unit=row.unit, kind=kind)
        found = StaffPost.objects.on(on).filter(same).select_related("staff").first()
        staff = getattr(row.officer, "staff", None) or (found.staff if found else None) or Staff(created_by=by)
        staff.name, staff.officer = staff.name or row.officer.full_name, row.officer
        staff.save()
        if found is None:
            made += 1
            StaffPost.objects.create(
                staff=staff, unit=row.unit, kind=kind, position=row.position, started_on=row.started_on, ended_on=row.ended_on,
                decision_number=row.decision[:60], recorded_by=by,
            )  # fmt: skip
    audit.record("staff.taken", subject=unit, by=by, note=f"{made} người")
    return made
