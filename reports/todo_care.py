"""What alternative care asks of the officer: the nearest clock of each placement, registrations, promises run out."""

from datetime import timedelta

from django.urls import reverse

from cases.clocks_placement import PlacementClocks, with_parts
from cases.models import Carer, Commitment, Placement
from childcare.accounts.roles import Permission
from childcare.lib.calendar import TZ, show


def lines(officer, on, days):
    """(title, detail, address, button, last day) of everything late or due within so many days; never a child's name."""
    if not officer.can(Permission.CASE_WORK):
        return
    until, clocks = on + timedelta(days=days), None
    placements = list(with_parts(Placement.objects.visible_to(officer).workable_by(officer).open()).order_by("pk"))
    carers = list(Carer.objects.visible_to(officer).workable_by(officer).filter(state=Carer.State.APPLIED).order_by("pk"))
    if placements or carers:
        clocks = PlacementClocks()
    for row in placements:
        nearest = next(iter(clocks.running_of(row)), None)
        url = reverse("placement", args=[row.public_id])
        if nearest is None and not row.caring:
            yield f"Chăm sóc thay thế {row.code}", row.get_state_display().lower(), url, "Mở", None
        elif nearest and (due := nearest.due_at.astimezone(TZ).date()) <= until:
            yield f"Chăm sóc thay thế {row.code}", f"{nearest.rule.name} · {nearest.words(clocks.now)}", url, "Mở", due
    for row in carers:
        clock = clocks.of_carer(row)
        due = clock.due_at.astimezone(TZ).date() if clock else None
        detail = f"nhận đơn {show(row.applied_on)}, chưa kết luận" + (f" · {clock.words(clocks.now)}" if clock else "")
        yield "Người đăng ký nhận trẻ", detail, reverse("carer", args=[row.public_id]), "Xác minh", due
    yield from _promises(officer, until)


def _promises(officer, until):
    rows = Commitment.objects.visible_to(officer).workable_by(officer).standing().filter(outcome="", until__lte=until)
    for row in rows.order_by("until", "pk"):
        detail = f"{row.get_subject_display().lower()}, đến hết {show(row.until)}"
        yield "Cam kết của gia đình", detail, reverse("commitment", args=[row.public_id]), "Kết luận", row.until
