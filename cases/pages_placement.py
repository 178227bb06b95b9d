"""What the pages of alternative care show: lines of the list, one placement through its four stages, the registers."""

from django.db.models import Count, Prefetch

from cases.actions.care_base import STEPS, WORDS, may
from cases.actions.placing import PLACES
from cases.clocks_placement import PlacementClocks
from cases.models import Carer, Placement, Shelter
from cases.models.carers import ANSWERS, CONDITIONS
from cases.pages import clock_line, moment
from childcare.children.models import Child
from childcare.lib.calendar import birthday, months_after, show, today
from childcare.lib.vietnamese import number

Form, State = Placement.Form, Placement.State
STAGES = ("Trước khi tiếp nhận", "Tiếp nhận", "Chăm sóc, nuôi dưỡng", "Dừng chăm sóc")
STAGE_OF = {"preparing": 0, "proposed": 0, "cancelled": 0, "decided": 1, "caring": 2, "ending": 3, "ended": 3}
HEALTH_PAPER_MONTHS = 6
PAPERS = (
    ("mau-08", "Mẫu số 08", "Đơn đăng ký nhận chăm sóc thay thế"),
    ("mau-10", "Mẫu số 10", "Báo cáo đánh giá hoàn cảnh, nhu cầu của trẻ em"),
    ("mau-11", "Mẫu số 11", "Xác minh điều kiện của người nhận"),
    ("mau-12", "Mẫu số 12", "Quyết định giao, nhận trẻ em"),
    ("mau-13", "Mẫu số 13", "Báo cáo theo dõi, đánh giá (lần thăm gần nhất)"),
    ("mau-15", "Mẫu số 15", "Đơn đề nghị chấm dứt"),
    ("mau-16", "Mẫu số 16", "Quyết định chấm dứt"),
)
# State → (step, words of the button, URL name).
NEXT = {
    State.PREPARING: [("proposed", "Chọn nơi nhận", "placement-propose")],
    State.PROPOSED: [("decided", "Ghi quyết định", "placement-decide"), ("begun", "Ghi trẻ đến", "placement-begin")],
    State.DECIDED: [("begun", "Ghi giao nhận", "placement-begin")],
    State.CARING: [("visited", "Ghi theo dõi", "placement-visit"), ("asked_to_end", "Đề nghị chấm dứt", "placement-ask-end")],
    State.ENDING: [("ended", "Chấm dứt", "placement-end"), ("visited", "Ghi theo dõi", "placement-visit")],
}


def names_of(placements, officer):
    """Child key → name, of the children whom the officer may see; one query."""
    children = Child.objects.visible_to(officer).filter(pk__in=[row.child_id for row in placements])
    return {child.pk: child.display_name for child in children}


def list_lines(placements, officer):
    """Lines of a page of placements, the clocks of all of them from one reading of the rules."""
    clocks, names = PlacementClocks(), names_of(placements, officer)
    lines = []
    for row in placements:
        nearest = next(iter(clocks.running_of(row)), None)
        lines.append({
            "row": row, "name": names.get(row.child_id, ""), "since": show(row.started_on),
            "clock": clock_line(nearest, clocks.now) if nearest else None,
        })  # fmt: skip
    return lines


def of_placement(row, officer):
    """The context of a placement's page."""
    clocks = PlacementClocks()
    mine = Placement.objects.visible_to(officer)
    may_work, may_decide = mine.workable_by(officer).contains(row), mine.decidable_by(officer).contains(row)
    addressed = row.shelter_id and Shelter.objects.addressed_to(officer).filter(pk=row.shelter_id).exists()
    child = Child.objects.visible_to(officer).filter(pk=row.child_id).first()
    return {
        "papers": [line for line in PAPERS if line[0] != "mau-08" or row.carer_id and row.carer.kind != Carer.Kind.RELATIVE],
        "placement": row, "child": child, "stages": _stages(row), "note_of_age": _ages(row),
        "fee": f"{number(row.fee, 0)} đ" if row.fee else "",
        "clocks": [clock_line(clock, clocks.now) for clock in clocks.of_placement(row)],
        "next": [
            line for line in NEXT.get(row.state, [])
            if may(row, line[0]) and (may_work or may_decide and line[0] == "decided")
        ],
        "may": {step: may_work and may(row, step) for step in STEPS}, "may_work": may_work, "addressed": bool(addressed),
        "visits": list(row.visits.select_related("recorded_by").order_by("-visited_on", "-pk")),
        "events": [
            {"when": moment(event.at), "what": WORDS[event.what], "by": event.by, "note": event.note}
            for event in row.events.select_related("by")
        ],
        "last_day": show(_last_day(row)), "overdue": bool(row.caring and row.planned_until and row.planned_until < today()),
    }  # fmt: skip


def _last_day(row):
    return row.ended_on and date_before(row.ended_on)


def date_before(day):
    """The day before, for a first day on which something no longer holds."""
    return day.fromordinal(day.toordinal() - 1)


def _stages(row):
    here = STAGE_OF[row.state]
    done = row.state == State.ENDED
    return [
        {"word": word, "state": "done" if place < here or done else "now" if place == here else "todo"}
        for place, word in enumerate(STAGES)
    ]


def _ages(row):
    """When the child leaves childhood: at 16 the worker assesses and reports (TT 14/2020 Điều 13.4)."""
    if not row.caring or row.child.birth_latest is None:
        return ""
    day = birthday(row.child.birth_latest, 16)
    words = "Trẻ đủ 16 tuổi ngày" if day > today() else "Trẻ đã đủ 16 tuổi từ ngày"
    near = (day - today()).days <= 90
    return f"{words} {show(day)}: đánh giá và báo cáo để tiếp tục hỗ trợ (TT 14/2020 Điều 13.4)." if near else ""


def candidates(row, officer):
    """Who could take the child: carers of the register with what speaks for and against them, or the places of the form."""
    if row.form in PLACES:
        places = Shelter.objects.visible_to(officer).in_use().filter(kind__in=PLACES[row.form])
        return [shelter_line(place, used, False) for place, used in with_used(places, officer)]
    carers = Carer.objects.visible_to(officer).able()
    own = carers.filter(kind="relative", child=row.child) if row.form == Form.RELATIVE else carers.registered()
    if row.form == Form.TIMED:
        own = own.filter(short_term=True)
    return [carer_line(carer) for carer in with_caring(own, officer)]


def with_caring(carers, officer):
    """Carers with the placements at them that the officer may see: what he may not see is not counted."""
    there = Placement.objects.visible_to(officer).caring()
    return carers.select_related("child").prefetch_related(Prefetch("placements", queryset=there, to_attr="caring_now"))


def carer_line(carer):
    """A carer with the criteria of a match, in words."""
    paper = carer.health_paper_on
    old = paper is not None and months_after(paper, HEALTH_PAPER_MONTHS) < today()
    unclear = [CONDITIONS[code] for code in CONDITIONS if carer.conditions.get(code) != "yes"] if carer.decided_on else []
    return {
        "row": carer, "caring": len(carer.caring_now), "paper_old": old, "unclear": unclear,
        "full": carer.kind != Carer.Kind.RELATIVE and len(carer.caring_now) >= carer.capacity,
    }  # fmt: skip


def conditions_of(carer):
    """The twelve conditions with what was found."""
    words = dict(ANSWERS)
    return [(text, words[carer.conditions.get(code, "")]) for code, text in CONDITIONS.items()]


def with_used(shelters, officer):
    """(place, how many children are there as far as the officer may see), in two queries."""
    rows = list(shelters.select_related("unit"))
    there = Placement.objects.visible_to(officer).caring().filter(shelter__in=rows).order_by()
    used = dict(there.values_list("shelter").annotate(Count("pk")))
    return [(row, used.get(row.pk, 0)) for row in rows]


def shelter_line(row, used, addressed):
    """A place for the register."""
    return {"row": row, "used": used, "addressed": addressed, "full": row.capacity is not None and used >= row.capacity}
