"""Biến động of one child, the newest first; what was taken back is said to be so."""

from datetime import timedelta

from django.urls import reverse

from childcare.children.events import turning_sixteen
from childcare.children.history import place_words
from childcare.children.models import Incident, Membership, Residence, Transfer
from childcare.lib.calendar import SIXTEEN, TZ, birthday, show

R = Residence.Reason
STARTS = {
    R.EXISTING: "Có trong sổ, ở {}", R.BIRTH: "Sinh ra, ở {}", R.ARRIVAL: "Chuyển đến {}", R.CORRECTION: "Đính chính: ở {}",
    R.UNIT_CHANGE: "Đơn vị hành chính thay đổi, nay là {}",
}  # fmt: skip
ENDS = {R.DEPARTURE: "Chuyển đi khỏi {}", R.DEATH: "Tử vong"}


def of_child(child, *, officer, on):
    """The lines of the page: day, words, note, whether it was taken back."""
    lines = [*_residences(child, officer), *_households(child, officer), *_marriages(child, officer)]
    lines += [*_transfers(child), *_sixteen(child, on), *_revisions(child)]
    return sorted(lines, key=lambda line: (line["day"] is not None, line["day"]), reverse=True)


def _line(day, text, note="", *, ended=False, url="", action=""):
    when = show(day) if day else "từ trước"
    return {"day": day, "when": when, "text": text, "note": note, "ended": ended, "url": url, "action": action}


def _residences(child, officer):
    if child.birth_precision == "day":
        yield _line(child.birth_latest, "Ngày sinh")
    rows = Residence.objects.visible_to(officer).filter(child=child).select_related("unit", "unit__parent").order_by("pk")
    rows = list(rows)
    moved_in = {row.started_on for row in rows if row.start_reason == R.ARRIVAL and not row.voided_at}
    for row in rows:
        note = f"Đã hủy: {row.void_reason}" if row.voided_at else ""
        words, void = place_words(row.unit), row.voided_at is not None
        if row.start_reason in STARTS:
            yield _line(row.started_on, STARTS[row.start_reason].format(words), note, ended=void)
        if row.end_reason in ENDS and (void or row.end_reason == R.DEATH or row.ended_on not in moved_in):
            yield _line(row.ended_on, ENDS[row.end_reason].format(words), note, ended=void)


def _households(child, officer):
    rows = Membership.objects.visible_to(officer).filter(child=child, voided_at=None).select_related("household").order_by("pk")
    for row in rows:
        if row.started_on:
            yield _line(row.started_on, f"Vào {_house(row.household)}")
        if row.ended_on:
            yield _line(row.ended_on, f"Rời {_house(row.household)}")


def _house(household):
    return f"hộ {household.head_name}" if household.head_name else "hộ chưa rõ chủ hộ"


def _marriages(child, officer):
    rows = Incident.objects.visible_to(officer).valid().filter(kind=Incident.Kind.CHILD_MARRIAGE, children__child=child)
    for row in rows.order_by("pk"):
        yield _line(row.occurred_on, "Tảo hôn", url=reverse("incident", args=[row.public_id]), action="Mở")


def _transfers(child):
    for row in Transfer.objects.filter(child=child).select_related("from_unit", "to_unit").order_by("pk"):
        words = f"{row.to_unit.name}: {row.get_state_display()}, chuyển từ {row.from_unit.name}"
        yield _line(row.answered_at.astimezone(TZ).date() if row.answered_at else row.sent_on, words)


def _sixteen(child, on):
    """The sixteenth birthday: past for everybody, to come for a child that lives here."""
    if child.birth_latest is None:
        return
    day = birthday(child.birth_latest, SIXTEEN)
    guess = "" if child.birth_precision == "day" else "ước tính, chưa rõ ngày sinh"
    alive = child.residing or any(event.child == child.pk for event in turning_sixteen(child.unit, day, day))
    if alive and day <= on + timedelta(days=365):
        yield _line(day, "Đủ 16 tuổi" if day <= on else "Sẽ đủ 16 tuổi", guess)


def _revisions(child):
    """Own fields that were corrected, one line a day: the fields, not what they were."""
    days = {}
    for at, field in child.revisions.order_by("pk").values_list("at", "field"):
        word = "ngày sinh" if field == "birth" else child._meta.get_field(field).verbose_name
        days.setdefault(at.astimezone(TZ).date(), {})[word] = True
    return [_line(day, f"Đính chính: {', '.join(words)}") for day, words in days.items()]


def of_household(household, *, members):
    """What became of a household, the newest first. `members` are the rows that the officer may see."""
    lines = []
    for row in members:
        name = row.child.display_name
        if row.started_on:
            lines.append(_line(row.started_on, f"{name} vào hộ"))
        if row.ended_on:
            lines.append(_line(row.ended_on, f"{name} rời hộ"))
    for row in household.revisions.order_by("pk"):
        day = row.since or row.at.astimezone(TZ).date()
        lines.append(_line(day, _changed(row), row.reason))
    return sorted(lines, key=lambda line: line["day"], reverse=True)


def _changed(row):
    if row.field == "split":
        return f"Tách hộ: từ hộ {row.old} ra hộ {row.new}"
    return f"Đổi {row.get_field_display()}: {row.old or 'để trống'} → {row.new or 'để trống'}"
