"""Who works with children in a commune of the demo, its standing group and clubs, places, safe homes, a hamlet at risk."""

import random
from datetime import date, timedelta

from childcare.accounts.models import Appointment
from childcare.children.models import Household
from childcare.lib.vietnamese import small
from childcare.units.models import Unit
from plans.actions.staff import OF_ROLE
from plans.models import (
    Activity,
    Body,
    BodyDecision,
    BodyMeeting,
    BodyMember,
    ChildPlace,
    RiskArea,
    SafeHome,
    Staff,
    StaffPost,
    TrainingAttendance,
)
from reports.demo.families import key
from reports.demo.names import SHORT, full_name

K = StaffPost.Kind
POSITIONS = ("Chi hội trưởng phụ nữ", "Trưởng ban công tác mặt trận", "Tổ phó", "Cán bộ y tế", "Bí thư chi đoàn")
MEMBERS = (
    ("Trưởng nhóm", "Phó Chủ tịch UBND"), ("Phó Trưởng nhóm", "Công chức LĐ-TB&XH"), ("Thành viên", "Công an"),
    ("Thành viên", "Trạm Y tế"), ("Thành viên", "Hội Liên hiệp Phụ nữ"), ("Thành viên", "Đoàn Thanh niên"),
)  # fmt: skip
ONLY_NUMBERS = ("11429", "11452")  # wards whose trainings say only how many came


def make(place, *, on, by):
    """Everything for one commune, once. Its own chance: what else the demo draws does not change."""
    if StaffPost.objects.filter(unit__path__startswith=place.path, recorded_by=by).exists():
        return
    rng = random.Random(f"staff-{place.code}-{on.year}")
    hamlets = list(Unit.objects.filter(parent=place, kind="hamlet").on(on).order_by("code"))
    people = _people(place, hamlets, on, by, rng)
    _trained(place, people, by, rng)
    _bodies(place, hamlets, people, on, by, rng)
    _places(place, hamlets, on, by, rng)
    _homes(hamlets, on, by, rng)


def _since(place, on, years):
    """A January some years back, not before the place itself."""
    return max(date(on.year - years, 1, 5), place.valid_from or date.min)


def _people(place, hamlets, on, by, rng):
    """Those with an account first, then a collaborator in nearly every hamlet, security men, volunteers."""
    people, having = [], set()
    rows = Appointment.objects.on(on).filter(unit__path__startswith=place.path, role__in=list(OF_ROLE)).order_by("pk")
    for row in rows.select_related("officer", "unit"):
        staff = Staff.objects.filter(officer=row.officer).first() or _person(row.officer.full_name, by, rng, row.officer)
        people.append(_post(staff, row.unit, OF_ROLE[row.role], row.started_on, by, rng))
        having.add(row.unit_id if row.role == "collaborator" else None)
    for number, hamlet in enumerate(hamlets):
        since = _since(hamlet, on, 1 + number % 3)
        if hamlet.pk not in having and number != 5:
            staff = _person(f"{full_name(rng, 'mf'[number % 2])} ({SHORT})", by, rng)
            people.append(_post(staff, hamlet, K.COLLABORATOR, since, by, rng, position=POSITIONS[number % len(POSITIONS)]))
        if number % 3 == 0:
            staff = _person(f"{full_name(rng, 'm')} ({SHORT})", by, rng)
            people.append(_post(staff, hamlet, K.SECURITY, since, by, rng))
    return people


def _person(name, by, rng, officer=None):
    return Staff.objects.create(public_id=key(rng), name=name, officer=officer, created_by=by)


def _post(staff, unit, kind, since, by, rng, position=""):
    return StaffPost.objects.create(
        public_id=key(rng), staff=staff, unit=unit, kind=kind, started_on=since, time=StaffPost.Time.PART, position=position,
        recorded_by=by,
    )  # fmt: skip


def _trained(place, people, by, rng):
    """Who came to the trainings of the commune; in two wards only how many."""
    for activity in Activity.objects.filter(unit=place, kind="training", voided_at=None).order_by("pk"):
        low = [
            post
            for post in people
            if post.kind in (K.COLLABORATOR, K.OFFICIAL) and (post.started_on or date.min) <= activity.held_on
        ]
        came = {post.staff_id: post.staff for post in low if rng.random() < 0.8}
        if place.code in ONLY_NUMBERS or not came:
            continue
        for staff in came.values():
            TrainingAttendance.objects.create(public_id=key(rng), activity=activity, staff=staff, recorded_by=by)
        Activity.objects.filter(pk=activity.pk).update(staff=len(came))


def _bodies(place, hamlets, people, on, by, rng):
    """A standing group with its decision and members, a club of children; every fourth commune has its paper run out."""
    signed = _since(place, on, 1)
    group = _body(place, Body.Kind.STANDING, f"Nhóm thường trực bảo vệ trẻ em {small(place.name)}", signed, by, rng)
    until = on - timedelta(days=30) if rng.random() < 0.25 and signed < on - timedelta(days=30) else None
    BodyDecision.objects.create(
        public_id=key(rng), body=group, kind="founding", number=f"{rng.randrange(5, 90)}/QĐ-UBND", signed_on=signed,
        valid_until=until, recorded_by=by,
    )  # fmt: skip
    official = next((post.staff for post in people if post.kind == K.OFFICIAL), None)
    for number, (role, position) in enumerate(MEMBERS, 1):
        staff = official if number == 2 else None
        name = staff.name if staff else f"{full_name(rng, 'mf'[number % 2])} ({SHORT})"
        BodyMember.objects.create(
            public_id=key(rng), body=group, staff=staff, name=name, role=role, position=position, place=number,
            started_on=signed, recorded_by=by,
        )  # fmt: skip
    BodyMeeting.objects.create(
        public_id=key(rng), body=group, held_on=max(signed, on - timedelta(days=20)), present=len(MEMBERS), minutes="01/BB",
        content="Rà soát trẻ em có nguy cơ, phân công theo dõi từng hộ; chuẩn bị Tháng hành động vì trẻ em.", recorded_by=by,
    )  # fmt: skip
    for hamlet in hamlets[:1]:
        club = _body(hamlet, Body.Kind.CLUB, f"Câu lạc bộ quyền trẻ em {small(hamlet.name)}", signed, by, rng)
        BodyDecision.objects.create(
            public_id=key(rng), body=club, kind="founding", signed_on=signed, children=rng.randrange(18, 40), recorded_by=by
        )


def _body(unit, kind, name, since, by, rng):
    return Body.objects.create(public_id=key(rng), unit=unit, kind=kind, name=name, started_on=since, recorded_by=by)


def _places(place, hamlets, on, by, rng):
    """Play points in two of three hamlets, a roof that is being built, a pool of the commune; a pond without a fence."""
    for number, hamlet in enumerate(hamlets):
        if number % 3 < 2:
            state = ChildPlace.State.BROKEN if number == 4 else ChildPlace.State.USED
            _place(
                hamlet, "play", f"Sân chơi nhà văn hóa {small(hamlet.name)}", state, 2015 + number, by, rng, money=45_000_000
            )
    _place(place, "pool", "Bể bơi di động", ChildPlace.State.USED, on.year - 1, by, rng, money=180_000_000)
    _place(place, "yard", "Mái che sân tập nhà văn hóa thiếu nhi", ChildPlace.State.BUILDING, on.year, by, rng)
    for hamlet in hamlets[2:3]:
        RiskArea.objects.create(
            public_id=key(rng), unit=hamlet, reasons=["water"], note="ao đình chưa có rào", started_on=_since(hamlet, on, 1),
            recorded_by=by,
        )  # fmt: skip


def _place(unit, kind, name, state, year, by, rng, money=None):
    ChildPlace.objects.create(
        public_id=key(rng), thing=key(rng), unit=unit, kind=kind, name=name, state=state, year=year, money=money,
        source="Vận động" if money else "", recorded_by=by,
    )  # fmt: skip


def _homes(hamlets, on, by, rng):
    """The houses of the first two hamlets, most of which meet the criteria."""
    day = on - timedelta(days=45)
    for hamlet in hamlets[:2]:
        if hamlet.valid_on(day):
            rows = [
                SafeHome(
                    public_id=key(rng), unit=hamlet, household=house, assessed_on=day, met=met, unmet=[] if met else ["NAT02"],
                    recorded_by=by,
                )
                for house in Household.objects.filter(unit=hamlet).order_by("pk")[:25]
                for met in [rng.random() < 0.7]
            ]  # fmt: skip
            SafeHome.objects.bulk_create(rows)
