"""Four invented case files in different steps, made through the actions, so that an officer can practise on them.

Nothing in them is cruel: what is told is as much as the step needs. They lie in the ward that holds on the day.
"""

import uuid
from datetime import date, timedelta

from cases.actions import assessing, intake, meetings, planning
from cases.models import Case
from childcare.accounts.models import Officer
from childcare.children.models import Child, CircumstanceKind, SupportKind
from childcare.lib.calendar import stamp, today
from childcare.units.models import Unit

NAMESPACE = uuid.UUID("8f0f3d5e-6a55-4f0e-9f39-1f2f7a3f6b11")
TWO_TIERS = date(2025, 7, 1)
MARKS = {"A201": "medium", "A202": "medium", "A211": "medium", "A212": "low"}
FULL = {"A301": "medium", "A302": "low", "A303": "medium", "A304": "medium", "A311": "low", "A312": "medium", "A313": "medium"}
SERVICES = (
    ("S17", "Tham vấn tâm lý mỗi tuần một buổi", "Cán bộ tâm lý", "Trung tâm Công tác xã hội", 1_200_000),
    ("S20", "Tư vấn cho cha mẹ về nuôi dạy con không dùng bạo lực", "Hội Liên hiệp Phụ nữ", "", None),
    ("S38", "Thầy cô giúp trẻ theo kịp bài", "Trường học", "", None),
)  # fmt: skip
MINUTES = {
    "place": "Phòng họp Ủy ban nhân dân", "participants": "Đại diện Công an\nTrạm trưởng Trạm y tế\nTổ trưởng tổ dân phố",
    "opinions": "Các thành phần thống nhất trẻ cần được tham vấn, gia đình cần được hướng dẫn.",
    "measures": "Tham vấn tâm lý cho trẻ.\nTư vấn cho cha mẹ.\nNhà trường theo dõi hằng tuần.",
}  # fmt: skip


class Maker:
    """Makes the files of one ward in the name of its officer and its leader."""

    def __init__(self, code, username):
        self.unit = Unit.objects.by_code(code, today())
        self.by = Officer.objects.get(username=username)
        self.leader = Officer.objects.get(username=f"lanhdao.{username}")
        self.now = stamp().replace(second=0, microsecond=0)

    def once(self, word):
        """The same key for the same thing of the same ward."""
        return uuid.uuid5(NAMESPACE, f"{self.unit.code} {word}")

    def received(self, name, *, before, kind=None, child=None, **told):
        """A report that came in some time before now."""
        found = CircumstanceKind.objects.filter(code=kind).first()
        case = intake.receive(
            by=self.by, once=self.once(name), unit=self.unit, received_at=self.now - before, suspect_related="no", kind=found,
            child=child, happened_in=self.unit, **told,
        )  # fmt: skip
        case.intakes.update(entered_at=self.now - before + timedelta(minutes=4))
        return intake.assign(case=case, by=self.by, version=None, worker=self.by) if before > timedelta(days=1) else case

    def safe(self, case, detail):
        """What was done at once, an hour after the call."""
        at = case.opened_at + timedelta(hours=1)
        assessing.emergency_step(case=case, by=self.by, version=None, kind="police", done_at=at, detail=detail)

    def assessed(self, case, *, form="initial", **texts):
        """Marks in both parts and a level."""
        marks = MARKS if form == "initial" else FULL
        extra = {"emergency": False} if form == "initial" else {}
        assessing.assess(
            case=case, by=self.by, version=None, form=form, done_on=today(), marks=marks, level="medium",
            reason="Gia đình hợp tác, trẻ đi học lại bình thường", **extra, **texts,
        )  # fmt: skip

    def planned(self, name, case):
        """Minutes, and a plan of three services."""
        self.assessed(case, form="full", findings="Trẻ sống với cha mẹ, đi học đều.", needs="Tham vấn tâm lý; hỗ trợ học tập")
        meetings.record(
            case=case, by=self.by, version=None, held_at=self.now - timedelta(hours=3), once=self.once(f"{name} họp"),
            chair=f"{self.leader.full_name}, Chủ tịch", secretary=f"{self.by.full_name}, công chức", **MINUTES,
        )  # fmt: skip
        plan = planning.save_plan(
            case=case, by=self.by, version=None, goals="Trẻ được an toàn, yên tâm học tập.", starts_on=today(),
            ends_on=today() + timedelta(days=90),
        )  # fmt: skip
        for number, (code, detail, who, where, cost) in enumerate(SERVICES):
            planning.add_service(
                plan=plan, by=self.by, kind=SupportKind.objects.get(code=code), once=self.once(f"{name} {number}"),
                detail=detail, responsible=who, provider=where, cost=cost, starts_on=today(),
                ends_on=today() + timedelta(days=60),
            )  # fmt: skip
        return plan


def demo_ward():
    """(code, officer) of the ward that holds on the day."""
    return ("11443", "kienan") if today() >= TWO_TIERS else ("11437", "namson")


def make_cases():
    """The four files of the ward that holds on the day, unless it has some."""
    code, username = demo_ward()
    if Case.objects.filter(unit__code=code).exists():
        return
    make = Maker(code, username)
    children = _children(make.unit)
    if len(children) < 3:
        return
    make.received(
        "mới", before=timedelta(hours=2), channel="phone", place="Gần chợ", condition="Trẻ khóc, ở một mình buổi tối."
    )
    _planning(make, children[0])
    _submitted(make, children[1])
    _running(make, children[2])


def _children(unit):
    rows = Child.objects.filter(unit__path__startswith=unit.path, residing=True, incidents=None, circumstances=None)
    return list(rows.exclude(birth_latest=None).under_age(12).from_age(6).order_by("pk")[:3])


def _planning(make, child):
    told = {"channel": "visit", "condition": "Trẻ hay nghỉ học, ít nói.", "carer": "Cha, mẹ"}
    case = make.received("lập kế hoạch", before=timedelta(hours=20), kind="R01", child=child, **told)
    make.safe(case, "Công an đến nhà, nhắc nhở và giải thích.")
    make.assessed(case, needs="Được lắng nghe, được đi học")
    make.planned("lập kế hoạch", case)


def _submitted(make, child):
    told = {"channel": "office", "condition": "Thầy giáo thấy trẻ lo sợ.", "carer": "Bà nội"}
    case = make.received("chờ duyệt", before=timedelta(hours=30), kind="R01", child=child, **told)
    make.safe(case, "Đã gặp gia đình; trẻ ở với bà nội.")
    make.assessed(case, safety="Trẻ ở với bà nội")
    make.planned("chờ duyệt", case)
    planning.submit(case=case, by=make.by, version=None)


def _running(make, child):
    told = {"channel": "told", "condition": "Hàng xóm nghe to tiếng trong nhà.", "carer": "Mẹ"}
    case = make.received("đang thực hiện", before=timedelta(hours=44), kind="R01", child=child, **told)
    make.safe(case, "Đã làm việc với gia đình.")
    make.assessed(case, safety="Trẻ ở với mẹ, hàng xóm để ý giúp")
    plan = make.planned("đang thực hiện", case)
    planning.submit(case=case, by=make.by, version=None)
    planning.approve(case=case, by=make.leader, version=None, decision_number="35/QĐ-UBND")
    planning.serve(service=plan.services.first(), by=make.by, on=today(), once=make.once("đã làm"), note="Buổi đầu tiên")
