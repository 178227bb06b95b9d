"""Bodies: founded, renewed, ended; who is in them from when; meetings. Nothing is edited in place but a name."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, once, update, void_row
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold
from plans.models import Body, BodyDecision, BodyMeeting, BodyMember, Staff, StaffPost

D = BodyDecision.Kind
NO_CHILDREN = "Nhóm của trẻ em chỉ ghi số lượng: không ghi tên trẻ em. Người lớn phụ trách thì ghi ở danh sách thành viên."


@once(Body)
def found(*, by, once, unit, kind, name, number="", signed_on=None, valid_until=None, children=None, note=""):
    """A body with the decision that founded it, as far as it is known. Returns it."""
    same = Body.objects.filter(voided_at=None, ended_on=None, unit=unit, kind=kind)
    if any(fold(row.name) == fold(name) for row in same):
        raise Refusal(f"{unit.name} đã có {name}. Hãy mở mục đã có để ghi kiện toàn, hoặc đặt tên khác.")
    if signed_on and not unit.valid_on(signed_on):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày {show(signed_on)}. Hãy xem lại ngày quyết định.")
    body = Body(public_id=once, unit=unit, kind=kind, name=name, note=note, started_on=signed_on, recorded_by=by)
    insert(body)
    if number or signed_on or children is not None:
        _decide(body, by, D.FOUNDING, number, signed_on, valid_until, children)
    audit.record("body.founded", subject=body, by=by)
    return body


def _decide(body, by, kind, number, signed_on, valid_until, children, once=None):
    if children is not None and not body.of_children:
        raise Refusal("Chỉ câu lạc bộ quyền trẻ em, nhóm trẻ nòng cốt mới ghi số trẻ em là thành viên.")
    row = BodyDecision(
        body=body, kind=kind, number=number, signed_on=signed_on, valid_until=valid_until, children=children, recorded_by=by
    )
    if once:
        row.public_id = once
    return insert(row)


@once(BodyDecision)
def renew(*, by, once, body, number="", signed_on=None, valid_until=None, children=None):
    """Kiện toàn: a new decision, or a new number of children of a club. Who is in it is written on its page."""
    row = fresh(body)
    _running(row)
    if signed_on and row.started_on and signed_on < row.started_on:
        raise Refusal(f"Ngày này ở trước ngày thành lập ({show(row.started_on)}). Hãy xem lại ngày.")
    new = _decide(row, by, D.RENEWAL, number, signed_on, valid_until, children, once)
    audit.record("body.renewed", subject=row, by=by)
    return new


@transaction.atomic
def rename(*, body, by, version, kind, name, note):
    """The name, kind or remark put right."""
    row = fresh(body, version)
    changed = [field for field, value in (("kind", kind), ("name", name), ("note", note)) if getattr(row, field) != value]
    if changed:
        row.kind, row.name, row.note = kind, name, note
        update(row, "kind", "name", "note")
        audit.record("body.renamed", subject=row, by=by, fields=changed)
    return row


@transaction.atomic
def end(*, body, by, version, on):
    """The body exists no more: `on` is the first day without it; those in it leave on the same day."""
    row = fresh(body, version)
    _running(row)
    if row.started_on and on <= row.started_on:
        raise Refusal(f"Ngày cuối cùng hoạt động ở trước ngày thành lập ({show(row.started_on)}). Hãy xem lại ngày.")
    row.ended_on = on
    update(row, "ended_on")
    for member in row.members.filter(voided_at=None, ended_on=None):
        _leave(member, on)
    audit.record("body.ended", subject=row, by=by)
    return row


def _running(row):
    if row.ended_on:
        raise Refusal(f"{row.name} đã kết thúc. Hãy lập mục mới nếu được thành lập lại.")


def _leave(member, on):
    member.ended_on = max(on, member.started_on) if member.started_on else on
    update(member, "ended_on")


@transaction.atomic
def set_members(*, body, by, version, members, on=None):
    """Exactly these are in the body from the day on (None: from before). `members`: (name, role, position) in their order.

    Who was there and is not named leaves on the day; who stays with the same role and post keeps his row. Somebody of the
    staff list of the unit is known by his name. Returns (joined, left).
    """
    row = fresh(body, version)
    _running(row)
    there = {
        _key(member.name, member.role, member.position): member for member in row.members.filter(voided_at=None, ended_on=None)
    }
    wanted = {_key(*line): (place, line) for place, line in enumerate(members, 1)}
    left = [member for key, member in there.items() if key not in wanted]
    if left and on is None:
        raise Refusal("Có người ra khỏi danh sách: hãy ghi từ ngày nào.")
    for member in left:
        _leave(member, on)
    for key, (place, _) in wanted.items():
        if key in there and there[key].place != place:
            there[key].place = place
            update(there[key], "place")
    known = people_of(row.unit)
    joined = [(place, line) for key, (place, line) in wanted.items() if key not in there]
    for place, (name, role, position) in joined:
        insert(
            BodyMember(
                body=row, staff=known.get(fold(name)), name=name, role=role, position=position, place=place, started_on=on,
                recorded_by=by,
            )
        )  # fmt: skip
    row.version += 1
    row.save(update_fields=["version"])
    audit.record("body.members_set", subject=row, by=by, note=f"thêm {len(joined)}, ra {len(left)}")
    return len(joined), len(left)


def _key(name, role, position):
    return fold(name), fold(role), fold(position)


def people_of(unit):
    """Folded name → person of the staff list of the unit and below; names that two people bear are left out."""
    posts = StaffPost.objects.filter(voided_at=None, ended_on=None, unit__path__startswith=unit.path)
    found, double = {}, set()
    for person in Staff.objects.filter(pk__in=posts.values("staff")):
        double |= {person.folded_name} if person.folded_name in found else set()
        found[person.folded_name] = person
    return {name: person for name, person in found.items() if name not in double}


@once(BodyMeeting)
def meet(*, by, once, body, held_on, content, minutes="", present=None):
    """A meeting that was held."""
    row = fresh(body)
    if row.ended_on and held_on >= row.ended_on:
        raise Refusal(f"{row.name} đã kết thúc trước ngày họp này. Hãy xem lại ngày.")
    meeting = BodyMeeting(
        public_id=once, body=row, held_on=held_on, content=content, minutes=minutes, present=present, recorded_by=by
    )
    insert(meeting)
    audit.record("body.met", subject=row, by=by)
    return meeting


@transaction.atomic
def void(*, row, by, version, reason):
    """A body, decision or meeting that was written by mistake: out of every list and count, kept with the reason."""
    found = fresh(row, version)
    void_row(found, by=by, reason=reason)
    body = found if isinstance(found, Body) else found.body
    audit.record("body.voided", subject=body, by=by, note=str(type(found)._meta.verbose_name))
    return found
