"""Việc cần làm: what waits for its result: kiến nghị to mend, activities past their day, checks to conclude."""

from datetime import timedelta

from django.db.models import F, Value
from django.urls import reverse

from childcare.accounts.roles import Permission
from childcare.lib.calendar import days_left_text, show
from plans.models import Activity, Inspection, Recommendation
from plans.querysets import written

MOST = 30  # of each; the rest comes up as these are done
FORGOTTEN = timedelta(days=366)


def lines(officer, on):
    """(title, detail, address, button, last day) of everything that waits for its result; one question for all of it."""
    if not officer.units_for(Permission.PLAN_EDIT):
        return
    shown = {}
    for what, key, day, words in sorted(_found(officer, on), key=lambda row: (row[0], row[2] is None, row[2] or on)):
        shown[what] = shown.get(what, 0) + 1
        if shown[what] <= MOST:
            yield SAYS[what](key, day, words, on)


def _found(officer, on):
    """(which, public id, day, words); everything of the officer's own units, activities of the hamlets of his commune too."""
    units, since = officer.units_for(Permission.PLAN_EDIT), on - FORGOTTEN
    mend = Recommendation.objects.open_for(units).annotate(what=Value("mend"), day=F("due_on"), words=F("text"))
    held = Activity.objects.valid().filter(written("unit", officer), planned=True, held_on__lte=on, held_on__gt=since)
    held = held.annotate(what=Value("held"), day=F("held_on"), words=F("title"))
    checked = Inspection.objects.running().filter(by_unit__in=units, ends_on__lte=on, ends_on__gt=since)
    checked = checked.annotate(what=Value("check"), day=F("ends_on"), words=F("unit__name"))
    parts = [rows.order_by().values_list("what", "public_id", "day", "words") for rows in (mend, held, checked)]
    return parts[0].union(*parts[1:], all=True)


def _mend(key, day, words, on):
    due = f"hạn khắc phục {show(day)}" if day else "chưa ấn định hạn"
    return "Kiến nghị kiểm tra", f"{words} · {due}", reverse("recommendation-mend", args=[key]), "Ghi kết quả", day


def _held(key, day, words, on):
    left = "hôm nay" if day == on else days_left_text(day, on)
    detail = f"{words} · dự kiến {show(day)} ({left}): ghi kết quả, hoặc hủy nếu không tổ chức"
    return "Hoạt động dự kiến", detail, reverse("activity-edit", args=[key]), "Ghi kết quả", day


def _check(key, day, words, on):
    return f"Kiểm tra {words}", f"xong ngày {show(day)}, chưa ghi kết luận", reverse("inspection", args=[key]), "Kết luận", day


SAYS = {"mend": _mend, "held": _held, "check": _check}
