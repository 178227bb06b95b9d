"""A school gets another name, or ends: a change of units of its own, so that everything follows and it can be undone.

The row of the school ends on the day and a successor begins, or another school of the commune takes its pupils. Classes go on
there for a reason that no flow counts; plans, signed reports and old figures stay under the old name.
"""

from django.db import transaction
from django.db.models import Count

from childcare.children.models import Enrolment, Pupil
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold
from childcare.units.models import EndingUnit, NewUnit, Unit, UnitChange
from reports.actions import unit_changes

TAKEN = "{} đã có {}. Hãy ghi tên khác, hoặc kết thúc trường này và chọn trường đó làm trường nhận."
ATTENDING = "Còn {} học sinh đang học ở {}. Hãy chọn trường nhận, hoặc ghi các em thôi học trước."
SAME_CODES = "{} học sinh của hai trường mang cùng mã học sinh (ví dụ {}). Hãy sửa mã ở một trong hai trường rồi làm lại."
NOT_A_SCHOOL = "Chỉ làm được với trường học."


@transaction.atomic
def rename(*, school, name, on, by):
    """Another name since the day. Returns the school that bears it."""
    school, name = _locked(school, on), clean_text(name)[:200]
    others = Unit.objects.filter(parent=school.parent, kind="school").on(on).exclude(pk=school.pk)
    for other in others:
        if fold(other.name) == fold(name):
            raise Refusal(TAKEN.format(school.parent.name, other.name))
    basis = f"Đổi tên trường: {school.name} thành {name}"
    change = _carry_out(school, by, on, basis, code=school.code, name=name, parent=school.parent)
    return change.beginning.get().unit


@transaction.atomic
def end(*, school, on, by, into=None):
    """The school is no more since the day; its pupils go on in another one of the commune, or have left before."""
    school = _locked(school, on)
    if into is None:
        left = Enrolment.objects.filter(unit=school, voided_at=None).exclude(ended_on__lte=on).count()
        if left:
            raise Refusal(ATTENDING.format(left, school.name))
        return _carry_out(school, by, on, f"Kết thúc {school.name}")
    if into.kind != "school" or into.pk == school.pk or into.parent_id != school.parent_id or not into.valid_on(on):
        raise Refusal("Hãy chọn một trường khác của cùng xã, phường đang hoạt động.")
    _refuse_same_codes(school, into)
    return _carry_out(school, by, on, f"Nhập {school.name} vào {into.name}", code=into.code, name=into.name)


def _locked(school, on):
    row = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=school.pk)
    if row.kind != "school":
        raise Refusal(NOT_A_SCHOOL)
    if not row.valid_on(on) or row.valid_from == on:
        raise Refusal(f"{row.name} không hoạt động trước ngày {show(on)}. Hãy tải lại trang và xem lại ngày.")
    return row


def _refuse_same_codes(school, into):
    codes = Pupil.objects.filter(unit__in=[school, into]).exclude(code="").order_by().values("code")
    twice = list(codes.annotate(rows=Count("pk")).filter(rows__gt=1).order_by("code").values_list("code", flat=True))
    if twice:
        raise Refusal(SAME_CODES.format(len(twice), twice[0]))


def _carry_out(school, by, on, basis, **new):
    """The change of units of this one school, planned and carried out at once: one entry in the log."""
    change = UnitChange.objects.create(effective_on=on, basis=basis[:300], created_by=by, state=UnitChange.State.PLANNED)
    line = EndingUnit.objects.create(change=change, unit=school)
    if new:
        NewUnit.objects.create(change=change, position=1, **new).takes.add(line)
    unit_changes.execute(change=change, by=by)
    return change
