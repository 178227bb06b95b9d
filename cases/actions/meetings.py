"""The meeting that finds the measures (NĐ 56/2017 Điều 27.2): who came, what was said, what was agreed."""

import uuid

from django.db import transaction

from cases.actions.base import begin, finish
from cases.models import Meeting
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal


@transaction.atomic
def record(*, case, by, version, held_at, once, replaces=None, **texts):
    """Write the minutes; with `replaces` they are corrected: the former row is voided and stays."""
    if made := Meeting.objects.filter(public_id=once).first():
        return made
    row = begin(case, "met", version=version)
    if held_at > stamp():
        raise Refusal("Giờ họp chưa tới. Hãy ghi sau khi họp.")
    if held_at < row.opened_at:
        raise Refusal("Cuộc họp ở trước giờ nhận tin. Hãy xem lại ngày và giờ.")
    if replaces is not None:
        former = Meeting.objects.select_for_update().get(pk=replaces.pk, case=row)
        if former.voided_at is not None:
            raise Refusal("Biên bản này đã được sửa. Hãy mở lại trang để xem bản mới.")
        former.voided_at = stamp()
        former.save(update_fields=["voided_at"])
    made = Meeting.objects.create(
        public_id=once or uuid.uuid4(), case=row, held_at=held_at, replaces=replaces, recorded_by=by, **texts
    )
    finish(row, "met", by=by, note="Sửa biên bản" if replaces else "")
    return made
