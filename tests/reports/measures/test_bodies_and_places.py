"""Bodies, places, safe homes, shelters, models of plans; reductions. Every figure worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from cases.models import Shelter
from childcare.indicators.models import Indicator
from childcare.units.models import Unit
from plans.actions import bodies, friendly, records
from plans.models import Plan, Target, Task, TaskScope
from reports import measures, target_table
from reports.measures.reduction import NO_BASE, against_base, counted_breakdown, counted_code
from reports.models import ManualFigure, ZeroConfirmation
from tests import factories as f
from tests import people
from tests.plans import friendly_worlds, staffing

pytestmark = pytest.mark.django_db
WINDOW = measures.Window(date(2023, 11, 1), date(2024, 4, 30))


@pytest.fixture
def hamlets(ward):
    return [f.hamlet(ward, f"Tổ dân phố {number}") for number in (1, 2, 3)]


# NL-13


def test_a_ward_whose_decision_holds_at_the_cutoff(figure, ward):
    staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2023, 1, 5))
    found = figure("NL-13")
    assert (found.numerator, found.denominator, found.note) == (1, 1, "")


def test_a_renewal_within_the_period_is_said(figure, ward):
    body = staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2022, 1, 5), valid_until=date(2023, 12, 31))
    assert figure("NL-13").counts == "0/1"  # it ran out on 31/12/2023
    bodies.renew(by=None, body=body, number="9/QĐ-UBND", signed_on=date(2024, 2, 1))
    assert figure("NL-13").counts == "1/1" and figure("NL-13").note == "Kiện toàn trong kỳ."


def test_a_decision_after_the_cutoff_does_not_count_yet(figure, ward):
    staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2024, 5, 1))
    assert figure("NL-13").counts == "0/1"


def test_a_body_without_a_decision_is_known_and_not_renewed(figure, ward):
    staffing.body(ward)
    assert figure("NL-13").counts == "0/1"


def test_a_ward_that_wrote_nothing_is_missing(figure, ward):
    assert figure("NL-13").missing and "Chưa ghi Ban, Nhóm thường trực" in figure("NL-13").note


def test_the_district_adds_the_wards_that_wrote_something(figure, district, ward, other_ward):
    staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2024, 1, 5))
    staffing.body(other_ward)
    staffing.body(district, "board", "Ban chỉ đạo quận", number="1/QĐ-UBND")  # the district's own is no ward's
    found = figure("NL-13", unit=district)
    assert found.counts == "1/2" and "2/10" in found.note


# TG-07


def test_clubs_and_core_groups_that_run(figure, ward, hamlets):
    staffing.body(hamlets[0], "club", "Câu lạc bộ 1")
    staffing.body(hamlets[1], "core", "Nhóm nòng cốt")
    gone = staffing.body(hamlets[2], "club", "Câu lạc bộ 3")
    bodies.end(body=gone, by=None, version=1, on=date(2024, 4, 30))
    assert figure("TG-07").numerator == 2 and figure("TG-07", "kind=club").numerator == 1


def test_no_club_is_a_zero_only_where_bodies_are_written_down(figure, ward):
    assert figure("TG-07").missing
    staffing.body(ward)
    assert figure("TG-07").numerator == 0 and not figure("TG-07").missing


def test_a_club_of_a_school_counts_in_the_school_and_its_ward(figure, ward, school):
    staffing.body(school, "club", "Câu lạc bộ của trường")
    assert figure("TG-07").numerator == figure("TG-07", unit=school).numerator == 1


# places


def test_play_points_of_hamlets_and_of_the_ward(figure, ward, hamlets, school):
    staffing.place(hamlets[0])
    staffing.place(hamlets[1], "culture", "Nhà văn hóa")
    staffing.place(school, "toilet", "Nhà vệ sinh")
    assert figure("VH-01").counts == "2/3" and figure("VH-02").counts == "1/1" and figure("VH-03").counts == "1/1"


def test_what_is_broken_or_planned_is_no_play_point(figure, ward, hamlets):
    staffing.place(hamlets[0], state="planned")
    staffing.place(hamlets[1], state="broken")
    assert figure("VH-01").counts == "0/3" and figure("VH-02").counts == "0/1"


def test_a_place_counts_as_it_stood_on_the_cutoff(figure, ward, hamlets):
    row = staffing.place(hamlets[0])
    records.change_place(place=row, by=None, version=1, state="broken", on=date(2024, 5, 1))
    assert figure("VH-01").counts == "1/3"


def test_of_a_ward_without_any_place_nothing_is_known(figure, hamlets):
    assert figure("VH-02").missing and "Chưa ghi điểm vui chơi" in figure("VH-02").note


def test_the_district_counts_wards(figure, district, ward, other_ward, hamlets):
    staffing.place(hamlets[0])
    staffing.place(other_ward, "toilet", "Nhà vệ sinh chợ")
    assert figure("VH-02", unit=district).counts == "1/2"


def test_facilities_upgraded_in_the_period(figure, ward, window):
    staffing.place(ward, "upgrade", "Nâng cấp nhà ở", started_on=date(2024, 2, 1))
    staffing.place(ward, "upgrade", "Sửa mái", started_on=date(2023, 10, 31))
    staffing.place(ward, "upgrade", "Mua xe", state="building", started_on=date(2024, 2, 1))
    assert figure("NL-12").numerator == 1


# safe homes


def test_a_house_counts_by_its_last_examination_and_stands_beside_the_families(figure, ward, hamlets):
    first, second = f.household(hamlets[0]), f.household(hamlets[0], "Lê Văn Hai")
    f.child(hamlets[0], house=first)
    f.child(hamlets[0], house=second)
    staffing.homes(hamlets[0], (first, "", False), (second, "", True), on=date(2024, 1, 5))
    staffing.homes(hamlets[0], (first, "", True), (None, "Phạm Hộ", False), on=date(2024, 3, 5))
    staffing.homes(hamlets[0], (second, "", False), on=date(2024, 5, 1))  # after the cut-off
    found = figure("TN-11")
    assert found.numerator == 2
    assert found.note == "Đạt 2/3 hộ đã đánh giá; bằng 100% số hộ có trẻ em trong sổ (2/2)." or "100,0%" in found.note


def test_no_examination_is_missing(figure, ward):
    assert figure("TN-11").missing and "đánh dấu theo danh sách hộ" in figure("TN-11").note


# shelters: the register of the cases is the one list


def test_shelters_and_trusted_addresses_of_the_register(figure, ward):
    assert figure("NL-11").missing
    for kind, closed in (("trusted", None), ("shelter", date(2024, 5, 1)), ("shelter", date(2024, 4, 30)), ("facility", None)):
        Shelter.objects.create(unit=ward, kind=kind, name=kind, closed_on=closed)
    assert figure("NL-11").numerator == 2 and figure("NL-11", "kind=trusted").numerator == 1


# models and communes by the unit's own plan


@pytest.fixture
def plan(district):
    return Plan.objects.create(unit=district, subject="Kế hoạch", first_year=2024, last_year=2024, state="issued")


def test_models_that_run_and_communes_of_projects_by_the_progress_of_the_plan(figure, district, plan):
    assert figure("NL-09", unit=district).missing and "được ghi tiến độ" in figure("NL-09", unit=district).note
    Task.objects.create(plan=plan, position=1, kind="model", text="Mô hình 1", status="running")
    Task.objects.create(plan=plan, position=2, kind="model", text="Mô hình 2", status="not_started")
    Task.objects.create(plan=plan, position=3, kind="model", text="Mô hình 3")
    project = Task.objects.create(plan=plan, position=4, kind="project", text="Dự án 3", status="running")
    for at, (status, stated, names) in enumerate((("expand", 8, []), ("keep", None, ["Thanh Tân", "Thanh Bình"]))):
        TaskScope.objects.create(task=project, position=at, status=status, kind_word="xã", stated=stated, names=names)
    TaskScope.objects.create(task=project, position=9, status="start", kind_word="huyện", stated=2)
    assert figure("NL-09", unit=district).numerator == 1
    assert figure("NL-08", unit=district).numerator == 10 and figure("NL-08", "status=expand", unit=district).numerator == 8


def test_units_where_a_model_runs_are_counted_for_each_target_of_its_own_and_named_ones_once(figure, district, ward, plan):
    project = Task.objects.create(plan=plan, position=1, kind="project", text="Dự án 3", status="running")
    model = Task.objects.create(plan=plan, position=2, kind="model", text="Mô hình 2", status="done")
    idle = Task.objects.create(plan=plan, position=3, kind="model", text="Mô hình 4", status="not_started")
    scopes = [(project, "huyện", 2, ["Lý Nhân", "Thanh Liêm"], ""), (project, "xã", 8, ["Đức Lý", "Bắc Lý"], "Lý Nhân"),
              (model, "huyện", 2, ["Lý Nhân", "Bình Lục"], ""), (model, "xã", 10, [], ""), (model, "thôn", 3, [], ""),
              (idle, "huyện", 5, [], "")]  # fmt: skip
    for at, (task, word, stated, names, within) in enumerate(scopes):
        TaskScope.objects.create(task=task, position=at, kind_word=word, stated=stated, names=names, within=within)
    told = {part: figure("NL-10", part, unit=district).numerator for part in ("", "kind=district", "kind=commune")}
    assert told == {"": 21, "kind=district": 3, "kind=commune": 18}  # Lý Nhân is in both and counts once
    indicator = Indicator.objects.get(code="NL-10")
    target = Target(plan=plan, position=1, task=model, indicator=indicator, comparison="ge", value=2, unit_text="huyện")
    found = [figure("NL-10", counted_breakdown(target, unit), unit=district) for unit in (district, ward)]
    assert [row.numerator for row in found] == [2, 3]  # of another unit the target's own model says nothing
    target.unit_text = "xã"
    assert figure("NL-10", counted_breakdown(target, district), unit=district).numerator == 10
    target.save()
    cells = [row[1][0] for row in target_table.target_table(plan, [district], WINDOW, people.dung()).rows]
    assert [(cell.now.numerator, cell.verdict.word) for cell in cells] == [(10, "Đạt")]
    assert figure("NL-10").missing and counted_breakdown(Target(plan=plan, unit_text="xã"), district) == ""


def test_schools_with_sanitation_of_all_schools_and_a_figure_of_the_sector_wins(figure, district, ward):
    assert figure("GD-06").missing and "Chưa có trường" in figure("GD-06").note
    one, two = (f.school(ward, name) for name in ("Trường Một", "Trường Hai"))
    assert figure("GD-06").missing and "Chưa ghi điểm vui chơi" in figure("GD-06").note
    staffing.place(one, "toilet", "Nhà vệ sinh A")
    staffing.place(one, "toilet", "Nhà vệ sinh B")
    staffing.place(two, "toilet", "Nhà vệ sinh C", state="broken")
    staffing.place(ward, "toilet", "Nhà vệ sinh công cộng")
    assert figure("GD-06").counts == figure("GD-06", unit=district).counts == "1/2"
    assert figure("GD-06", unit=one).counts == "1/1" and figure("GD-06", unit=two).counts == "0/1"
    ManualFigure.objects.create(
        unit=ward, indicator=Indicator.objects.get(code="GD-06"), data_from=WINDOW.data_from, cutoff=WINDOW.cutoff,
        origin="sector", numerator=2, denominator=2, source="Phòng GDĐT", source_date=WINDOW.cutoff,
    )  # fmt: skip
    assert figure("GD-06").counts == "2/2"


def test_the_points_of_the_last_self_scoring_that_a_council_passed(figure, district, ward, an):
    assert figure("PH-02").missing and "hội đồng" in figure("PH-02").note
    row = friendly_worlds.scored(an)
    assert figure("PH-02").missing  # nobody has passed it yet
    whole = sum(score.points for score in row.scores.all())
    friendly.hold_council(evaluation=row, by=an, version=friendly_worlds.fresh(row).version, **friendly_worlds.COUNCIL)
    assert figure("PH-02").numerator == whole > 0
    assert figure("PH-02", unit=district).missing and "từng xã, phường" in figure("PH-02", unit=district).note


def test_a_wards_plan_adds_nothing_to_the_districts(figure, district, ward, plan):
    own = Plan.objects.create(unit=ward, subject="Kế hoạch phường", first_year=2024, last_year=2024, state="issued")
    Task.objects.create(plan=own, position=1, kind="model", text="Mô hình", status="running")
    assert figure("NL-09").numerator == 1 and figure("NL-09", unit=district).missing


# reductions


def marriages(ward, count, on):
    for _ in range(count):
        f.incident(ward, "child_marriage", on=on, children=[(f.child(ward, birth="01/02/2010"), {})])


def test_child_marriages_fell_by_half(figure, ward):
    marriages(ward, 4, date(2023, 3, 1))
    marriages(ward, 2, date(2024, 3, 1))
    found = figure("TH-02")
    assert (found.numerator, found.denominator, found.value) == (2, 4, 50)
    assert found.note == "2 cuộc; cùng kỳ 4 cuộc"


def test_without_the_year_before_the_fall_is_missing(figure, ward, an, window):
    marriages(ward, 2, date(2024, 3, 1))
    assert figure("TH-02").missing and "cùng kỳ" in figure("TH-02").note
    earlier = measures.year_earlier(window)
    ZeroConfirmation.objects.create(
        unit=ward, code="TH-01", data_from=earlier.data_from, cutoff=earlier.cutoff, confirmed_by=an
    )
    assert figure("TH-02").text == "không phát sinh"  # none before: nothing to fall from


def test_the_district_adds_marriages_before_it_divides(figure, district, ward, other_ward):
    marriages(ward, 4, date(2023, 3, 1))
    marriages(ward, 1, date(2024, 3, 1))
    marriages(other_ward, 1, date(2023, 3, 1))
    marriages(other_ward, 1, date(2024, 3, 1))
    assert figure("TH-02", unit=district).counts == "3/5"  # (5 − 2) / 5


def target(code="TN-08", **fields):
    """A target that is asked and not stored."""
    indicator = Indicator.objects.get(code=code)
    return Target(position=999, text="Giảm tử vong", indicator=indicator, comparison="ge", value=20, multiplier=100, **fields)


def test_drowning_deaths_against_the_base_that_the_target_names(ward, window, figure):
    row = target(baseline=Decimal(10), baseline_text="báo cáo năm 2020")
    assert counted_code(row) == "TN-05"
    for _ in range(7):
        f.incident(ward, "injury", cause="drowning", children=[(f.child(ward), {"outcome": "died"})])
    found = against_base(row, figure("TN-05"))
    assert (found.numerator, found.denominator, found.value) == (3, 10, 30)
    assert found.note == "Năm gốc 10 trẻ em (báo cáo năm 2020), nay 7 trẻ em."


def test_without_a_base_it_says_where_to_write_it(ward, figure):
    f.incident(ward, "injury", cause="drowning", children=[(f.child(ward), {"outcome": "died"})])
    found = against_base(target(), figure("TN-05"))
    assert found.missing and found.note == NO_BASE


def test_other_targets_are_left_alone(ward, figure):
    row = target("TN-05")
    found = figure("TN-05")
    assert against_base(row, found) is found


def test_rows_that_stayed_in_a_ward_that_ended_count_in_its_successor_and_never_twice(district, ward, hamlets):
    """The list of units lets wards end without anybody carrying their rows over."""
    staffing.place(hamlets[0])
    staffing.post(hamlets[0])
    new = Unit.objects.create(code="19997", kind="commune", name="Phường Mới", parent=district, valid_from=date(2024, 6, 1))
    new.path = f"{district.path}{new.pk}."
    new.save()
    new.predecessors.add(ward)
    type(ward).objects.filter(pk__in=[ward.pk, *(hamlet.pk for hamlet in hamlets)]).update(valid_to=date(2024, 6, 1))
    window = measures.Window(date(2024, 1, 1), date(2024, 6, 30))
    table = measures.count([district], window)
    assert table.figure("VH-02", new).counts == "1/1" and table.people(new) == 1
    assert table.figure("VH-02", district).counts == "1/1" and table.people(district) == 1
