"""The meeting that stood in a plan becomes minutes of its own, where there are none of that day; then its two fields go."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
UNKNOWN = "(Chuyển từ phần họp của kế hoạch; chưa ghi giờ họp.)"


def move(apps, schema_editor):
    """A plan's meeting with words or a day."""
    plan, meeting = (apps.get_model("cases", name) for name in ("InterventionPlan", "Meeting"))
    for row in plan.objects.select_related("case").iterator():
        if not (row.meeting or row.meeting_on):
            continue
        day = row.meeting_on or row.case.opened_at.astimezone(TZ).date()
        first = datetime.combine(day, time(), TZ)
        last = datetime.combine(day, time(23, 59, 59), TZ)
        if not meeting.objects.filter(case=row.case, voided_at=None, held_at__range=(first, last)).exists():
            meeting.objects.create(case=row.case, held_at=first, participants=row.meeting, opinions=UNKNOWN)


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_decisions_before")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
