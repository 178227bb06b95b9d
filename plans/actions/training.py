"""Who came to a training: ticked on the page of the activity; a tick taken away is voided and kept."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions.base import insert, void_row
from childcare.lib.refusal import Refusal
from plans.models import Activity, TrainingAttendance

UNTICKED = "Bỏ đánh dấu"


@transaction.atomic
def set_attendance(*, activity, by, among, came):
    """Of the people `among` exactly `came` were at the training; others who are ticked already stay. Returns how many came
    in all."""
    row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if row.voided_at:
        raise Refusal("Hoạt động này vừa được người khác sửa hoặc hủy. Hãy mở lại danh sách hoạt động.")
    if row.kind != Activity.Kind.TRAINING:
        raise Refusal("Chỉ lớp tập huấn mới ghi người dự. Hãy sửa loại hoạt động thành “Tập huấn” trước.")
    there = {tick.staff_id: tick for tick in row.attendance.filter(voided_at=None)}
    shown, wanted = {person.pk for person in among}, {person.pk: person for person in came}
    for key, tick in there.items():
        if key in shown and key not in wanted:
            void_row(tick, by=by, reason=UNTICKED)
    new = [person for key, person in wanted.items() if key not in there]
    for person in new:
        insert(TrainingAttendance(activity=row, staff=person, recorded_by=by))
    audit.record("training.attended", subject=row, by=by, note=f"{len(new)} người mới đánh dấu")
    return row.attendance.filter(voided_at=None).count()


def follow(old, new):
    """An activity was corrected by a new row: who came stays with it."""
    TrainingAttendance.objects.filter(activity=old).update(activity=new)
