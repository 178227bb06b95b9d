"""Invented alternative care, a monthly allowance and one restricted case, made through the actions, to practise on.

Whoever takes a child in bears a name that says that he is invented. Everything lies in the ward that holds on the day.
"""

from datetime import timedelta

from cases.actions import carers, intake, placing
from cases.models import Carer, Placement
from cases.models.carers import CONDITIONS
from childcare.children import allowances as advice
from childcare.children.actions import allowances
from childcare.children.allowance_missing import unpaid
from childcare.children.models import Child
from childcare.lib.calendar import today
from reports.demo.cases import Maker, demo_ward

NUMBER, ALLOWANCE = "41/QĐ-UBND", "28/QĐ-UBND"
ORPHANED = ("N01", "N01.3", "N02", "N02.2")


def make_care():
    """Carers, a trusted address, two placements, an allowance, a restricted case; nothing when the ward has some."""
    make = Maker(*demo_ward())
    if Carer.objects.filter(unit=make.unit).exists() or Placement.objects.filter(unit=make.unit).exists():
        return
    _restricted(make)
    family = _carer(make, "Gia đình Minh Họa Một", short_term=True)
    _carer(make, "Gia đình Minh Họa Hai", conclude=False, days=4)
    _shelter(make)
    for child, begin in zip(_children(make.unit), (_in_care, _waiting), strict=False):
        begin(make, child, family)
    allowance(make)


def _children(unit):
    rows = Child.objects.filter(unit__path__startswith=unit.path, residing=True, cases=None, placements=None)
    rows = rows.exclude(birth_latest=None).under_age(15).from_age(4).distinct().order_by("pk")
    open_now = {"circumstances__voided_at": None, "circumstances__ended_on": None}
    orphans = list(rows.filter(circumstances__kind__code__in=ORPHANED, **open_now)[:2])
    return [*orphans, *rows.filter(circumstances=None)[:2]][:2]


def _carer(make, name, *, conclude=True, days=80, **values):
    row = carers.register(
        by=make.by, once=make.once(name), unit=make.unit, kind="family", name=name, birth="1980",
        address="Tổ dân phố minh họa", phone="0900 000 000", wishes="Nhận trẻ từ 4 đến 12 tuổi",
        applied_on=today() - timedelta(days=days), health_paper_on=today() - timedelta(days=90), **values,
    )  # fmt: skip
    if conclude:
        carers.conclude(
            carer=row, by=make.by, version=row.version, accepted=True, assessed_on=today() - timedelta(days=72),
            decided_on=today() - timedelta(days=70), conditions=dict.fromkeys(CONDITIONS, "yes"),
            assessment="Nhà ở ổn định, gia đình đồng thuận.",
        )  # fmt: skip
        row.refresh_from_db()
    return row


def _shelter(make):
    carers.add_shelter(
        by=make.by, once=make.once("địa chỉ tin cậy"), unit=make.unit, kind="trusted", name="Địa chỉ tin cậy minh họa",
        address="Nhà văn hóa minh họa", contact="Bà Minh Họa", phone="0900 000 001", capacity=3,
    )  # fmt: skip


def _opened(make, child, form):
    return placing.open_placement(
        by=make.by, once=make.once(f"chăm sóc {form}"), form=form, child=child, opened_on=today() - timedelta(days=60),
        ground="alone", situation="Trẻ không còn người nuôi dưỡng.", needs="Được ở gần trường", consent="guardian",
        consent_note="Người giám hộ đồng ý bằng văn bản", child_view="Muốn được ở gần bạn",
    )  # fmt: skip


def _in_care(make, child, family):
    """Handed over after two meetings, visited once, told of once."""
    row = _opened(make, child, "family")
    day = lambda back: today() - timedelta(days=back)  # noqa: E731
    row = placing.propose(placement=row, by=make.by, version=row.version, carer=family, reason="Gần trường của trẻ", on=day(55))
    row = placing.decide(
        placement=row, by=make.by, version=row.version, decision_number=NUMBER, decision_on=day(50),
        decision_signer=make.leader.full_name,
    )  # fmt: skip
    row = placing.begin_care(
        placement=row, by=make.by, version=row.version, started_on=day(45), minutes="Đã giao trẻ và giấy tờ.", meetings_held=2,
        minutes_people="Đại diện phường; gia đình nhận; tổ trưởng",
    )  # fmt: skip
    placing.visit(
        placement=row, by=make.by, version=row.version, visited_on=day(15), living="Có góc học tập riêng", health="Bình thường",
        schooling="Đi học đều", fitting_in="Gọi cô chú, chơi với trẻ hàng xóm", once=make.once("thăm lần 1"),
    )  # fmt: skip


def _waiting(make, child, family):
    _opened(make, child, "relative")


def allowance(make):
    """The allowance that the data point to, by its decision, of the first child of the list of who is missing."""
    on = today()
    rates, groups = advice.Rates(), advice.Groups()
    missing = list(unpaid(make.by, make.unit, on).select_related("unit", "household").order_by("pk")[:20])
    known = advice.known_of(missing, make.by, on)
    best = {child: advice.advise(known[child.pk], on, rates, groups)[0] for child in missing}
    child = next((child for child in missing if best[child] and not best[child].protected), None)
    if child is not None:
        first = (on - timedelta(days=40)).replace(day=1)
        allowances.grant(
            by=make.by, once=make.once("trợ cấp"), child=child, code=best[child].rate.code, started_on=first,
            decision=ALLOWANCE, decision_on=first,
        )  # fmt: skip


def _restricted(make):
    """A report that may concern an officer: held above; who received it stays on it. The child is invented with it."""
    intake.receive(
        by=make.by, once=make.once("hạn chế"), unit=make.unit, received_at=make.now - timedelta(hours=6), channel="visit",
        suspect_related="unknown", child_name="Trẻ Minh Họa", condition="Chuyện minh họa: trẻ kể bị quát mắng.",
        suspect="Người minh họa, chưa rõ có phải người nhà của cán bộ", happened_in=make.unit,
    )  # fmt: skip
