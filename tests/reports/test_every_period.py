"""Every kind of period over three tiers and over two: who owes what to whom, once; its figures, its shorter outline."""

from datetime import date as D

import pytest
from django.urls import reverse

from childcare.units.models import Unit
from plans.models import Activity
from reports import agenda, chasing, documents, drafts, todo
from reports.actions import drafting
from reports.models import Obligation, Regime
from reports.obligations import ensure_obligations
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
PAIR = {"from_kinds": ["commune"], "to_kind": "district", "due_rule": "before", "evidence": "text", "reminder_days": [3]}


def asked(every, kind, due_day=10, due_month=None, **fields):
    """A regime of the district."""
    values = PAIR | {"name": f"Báo cáo {every}", "report_kind": kind, "due_day": due_day, "due_month": due_month} | fields
    return Regime.objects.create(code=f"DP{every}"[:8], every=every, **values)


@pytest.fixture
def calendar_year(an, dung):
    """A district whose halves and years are those of the calendar, with months, quarters and nine months besides."""
    Regime.objects.filter(code__in=("RG01", "RG02")).update(active=False)
    asked("half", "PERIODIC_6M", 10, 7)
    asked("year", "PERIODIC_YEAR", 10, 1, due_year_offset=1)
    asked("nine", "PERIODIC_9M", 10, 10)
    asked("quarter", "PERIODIC_Q")
    asked("month", "PERIODIC_M")


def of(code, period):
    return Obligation.objects.select_related("unit__parent", "regime", "to_unit", "office").get(unit__code=code, period=period)


def test_every_period_is_owed_once_however_often_it_is_asked_and_after_a_kill(calendar_year, an):
    ensure_obligations(2024)
    Obligation.objects.filter(unit__code=people.NAM_SON, period__gt="2024-06").delete()  # a run that was killed half way
    assert ensure_obligations(2024) > 0 and ensure_obligations(2024) == 0
    rows = Obligation.objects.filter(unit__code=people.NAM_SON, regime__code__startswith="DP")
    periods = list(rows.values_list("period", flat=True))
    assert len(periods) == len(set(periods)) == 12 + 4 + 3
    assert (of(people.NAM_SON, "2024-9M").data_from, of(people.NAM_SON, "2024-9M").cutoff) == (D(2024, 1, 1), D(2024, 9, 30))
    assert of(people.NAM_SON, "2024-H1").data_from == D(2024, 1, 1)


def test_quarters_add_up_to_the_half_year_and_three_of_them_to_nine_months(calendar_year, an, settings):
    ward = reporting.small_ward()
    hamlet = Unit.objects.filter(parent=ward).first()
    for name, day in (("Lê A", D(2024, 1, 1)), ("Lê B", D(2024, 3, 31)), ("Lê C", D(2024, 4, 1)), ("Lê D", D(2024, 9, 30))):
        child = factories.child(hamlet, name, "01/02/2018", "f")
        factories.circumstance(child, "N05", since=day)
    for number, day in enumerate((D(2023, 12, 31), D(2024, 2, 29), D(2024, 6, 30), D(2024, 7, 1), D(2024, 10, 1))):
        Activity.objects.create(unit=ward, held_on=day, kind="communication", title=f"Buổi {number}")
    settings.TRAINING_TODAY = "2024-12-31"
    ensure_obligations(2024)
    told, stock = {}, {}
    for period in ("2024-Q1", "2024-Q2", "2024-Q3", "2024-H1", "2024-9M", "2024"):
        draft = drafts.load(drafting.begin(obligation=of(people.NAM_SON, period), by=an))
        came = next(row for row in draft.tables["PL2"]["rows"] if row["mark"] == "N05")["values"][1]
        told[period] = (draft.figures("TR-02").numerator, came)
        stock[period] = draft.figures("HC-01").numerator
    assert told == {
        "2024-Q1": (1, 2), "2024-Q2": (1, 1), "2024-Q3": (1, 1), "2024-H1": (2, 3), "2024-9M": (3, 4), "2024": (4, 4),
    }  # fmt: skip
    assert [stock[key] for key in ("2024-Q1", "2024-Q2", "2024-H1", "2024-9M", "2024")] == [4, 5, 5, 6, 6]


def test_a_quarter_has_a_short_outline_that_is_numbered_through_and_judges_no_target(calendar_year, an):
    reporting.small_ward()
    ensure_obligations(2024)
    row = drafting.begin(obligation=of(people.NAM_SON, "2024-Q1"), by=an)
    draft = drafts.load(row)
    heads = [section.heading for section in draft.layout if section.level == 1]
    assert heads[:2] == ["I. Đặc điểm tình hình", "II. Kết quả thực hiện"] and heads[-1] == "V. Kiến nghị, đề xuất"
    assert not draft.targets and "PL1" not in draft.tables and "quý tới" in draft.text("VI")
    printed = documents.of_submission(row)
    assert printed.subject == "Kết quả công tác trẻ em quý I năm 2024"
    assert "IV. Phương hướng, nhiệm vụ quý tới" in [getattr(block, "text", "") for block in printed.blocks]


def test_the_campaign_is_owed_to_the_district_and_since_2025_to_the_province(an, dung, quan):
    ensure_obligations(2024)
    row, above = of(people.NAM_SON, "2024-C06"), of(people.KIEN_AN, "2024-C06")
    assert (row.to_unit.code, row.data_from, row.cutoff, row.last_day) == (
        people.KIEN_AN, D(2024, 6, 1), D(2024, 6, 30), D(2024, 7, 9),
    )  # fmt: skip
    assert (above.to_unit.code, above.last_day) == (people.HAI_PHONG, D(2024, 7, 19))
    assert row.title == "Báo cáo kết quả Tháng hành động vì trẻ em năm 2024"
    assert "RG05" not in set(Obligation.objects.values_list("regime__code", flat=True))
    quan.appointments.update(unit=Unit.objects.by_code("11443", D(2025, 12, 1)))
    ensure_obligations(2026)
    today = of("11443", "2026-C06")
    ensure_obligations(2025)  # the districts ended on 1 July, before the reports on June were due
    first = Obligation.objects.filter(period="2025-C06")
    assert {(row.regime.code, row.to_unit.kind) for row in first} == {("RG05", "province")} and of("11443", "2025-C06") in first
    assert (today.regime.code, today.to_unit.code, today.last_day) == ("RG05", people.HAI_PHONG, D(2026, 7, 19))


def test_the_campaign_of_the_district_sums_up_those_of_its_wards_alone(an, dung, phuc, settings):
    settings.TRAINING_TODAY = "2024-07-05"
    ward = reporting.small_ward()
    Activity.objects.create(unit=ward, held_on=D(2024, 6, 1), kind="action_month", title="Lễ phát động")
    Activity.objects.create(unit=ward, held_on=D(2024, 5, 31), kind="action_month", title="Họp chuẩn bị")
    ensure_obligations(2024)
    draft = drafts.load(drafting.begin(obligation=of(people.NAM_SON, "2024-C06"), by=an))
    assert draft.figures("TG-05").numerator == 1 and "Lễ phát động" in draft.text("III.6") and not draft.tables
    whole = drafts.load(drafting.begin(obligation=of(people.KIEN_AN, "2024-C06"), by=dung))
    assert len(whole.parts["names"]) == 10 and "Tổng hợp từ 0/10" in whole.parts["notes"][0]


def test_fifteen_days_after_a_forum_its_report_is_owed_once(an, dung, ward, settings):
    settings.TRAINING_TODAY = "2024-06-20"
    forum = Activity.objects.create(unit=ward, begins_on=D(2024, 6, 14), held_on=D(2024, 6, 15), kind="forum", title="Diễn đàn")
    Activity.objects.create(unit=ward, held_on=D(2024, 8, 1), kind="forum", title="Dự kiến", planned=True)
    wrong = Activity.objects.create(unit=ward, held_on=D(2024, 5, 1), kind="forum", title="Nhầm")
    ensure_obligations(2024)
    Activity.objects.filter(pk=wrong.pk).update(voided_at="2024-05-02T00:00Z", void_reason="Nhầm")
    ensure_obligations(2024)
    assert ensure_obligations(2024) == 0
    row = Obligation.objects.get(regime__code="RG06")
    assert (row.event, row.to_unit.code, row.data_from, row.cutoff, row.last_day) == (
        forum, people.KIEN_AN, D(2024, 6, 14), D(2024, 6, 15), D(2024, 6, 30),
    )  # fmt: skip
    assert row.title == "Báo cáo kết quả diễn đàn trẻ em ngày 15/06/2024"
    assert row.title in [found.title for found in todo.owed(an, D(2024, 6, 20))]
    day = [entry.title for entry in agenda.entries(an, ward, D(2024, 6, 30), D(2024, 6, 30))]
    assert day[1:] == ["Hạn gửi báo cáo kết quả diễn đàn trẻ em ngày 15/06/2024"]  # first the month of action
    draft = drafts.load(drafting.begin(obligation=row, by=an))
    assert draft.figures("TG-04").numerator == 1 and [section.key for section in draft.written] == ["II", "III.6", "V", "VII"]


def test_the_year_table_counts_every_kind_of_report_and_events_share_a_column(calendar_year, an, dung, ward):
    for day in (D(2024, 2, 1), D(2024, 3, 1)):
        Activity.objects.create(unit=ward, held_on=day, kind="forum", title=f"Diễn đàn {day}")
    ensure_obligations(2024)
    columns, rows = chasing.of_year(people.unit(people.KIEN_AN), 2024, D(2024, 4, 12))
    mine = next(row for row in rows if row["unit"].code == people.NAM_SON)
    assert len(columns) == 12 + 4 + 3 + 1 + 1 == len(mine["cells"])
    assert mine["due"] == 3 + 1 + 2 and mine["sent"] == 0  # three months, one quarter, two forums
    events = next(cell for column, cell in zip(columns, mine["cells"], strict=True) if column.event_id)
    assert events.text == "Chưa gửi, chậm 56 ngày"  # the first one: 1/2 and 15 days


def test_the_events_of_a_year_stand_together_and_never_come_first(an, chi, dung, ward, as_):
    for unit, day in ((ward, D(2024, 4, 18)), (people.unit(people.VAN_DAU), D(2024, 4, 20))):
        Activity.objects.create(unit=unit, held_on=day, kind="forum", title="Diễn đàn")
    ensure_obligations(2024)
    first = as_(dung).get(reverse("report-owed")).content.decode()
    assert 'value="2024-H1" selected' in first and "Sau sự kiện năm 2024" in first and first.count("2024-E") == 1
    page = as_(dung).get(reverse("report-owed"), {"period": "2024-E"}).content.decode()
    assert "Kết quả diễn đàn trẻ em ngày 18/04/2024" in page and "Kết quả diễn đàn trẻ em ngày 20/04/2024" in page
    assert chasing.nearest(people.unit(people.KIEN_AN), people.TODAY).endswith(":2024-H1")
