"""A typed figure is added up from below or typed at this level, per regime; the other one stands beside it."""

from datetime import date as D
from decimal import Decimal

import pytest
from django.urls import reverse

from childcare.indicators.models import Indicator
from childcare.lib.refusal import Refusal
from reports import consolidation, drafts, manual, sources
from reports.actions import drafting, on_behalf
from reports.actions.sources import choose
from reports.kept import Kept
from reports.models import FigureSource, ManualFigure, Obligation, Regime
from reports.obligations import ensure_obligations
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
CODE = "YT-04"


def typed(by, unit, top, below, owed):
    return manual.enter(
        by=by, unit=unit, indicator=Indicator.objects.get(code=CODE), data_from=owed.data_from, cutoff=owed.cutoff,
        origin=ManualFigure.Origin.SECTOR, source="Trung tâm Y tế", numerator=Decimal(top), denominator=Decimal(below),
    )  # fmt: skip


def paper(by, owed, top, below):
    return on_behalf.enter(
        obligation=owed,
        by=by,
        received_on=people.TODAY,
        content={"multipliers": {CODE: 100}, "figures": {CODE: (Decimal(top), Decimal(below))}},
    )


def count(top, note=""):
    return Kept(Decimal(top), None, 1, False, note=note)


@pytest.mark.parametrize(
    ("mode", "below", "own", "text", "note"),
    [
        ("sum", count(118), count(120), "118", "nhập tại cấp này: 120; chênh lệch 2"),
        ("own", count(118, "7/10 đơn vị có số liệu"), count(120), "120", "cộng từ cấp dưới: 118; chênh lệch 2"),
        ("sum", count(118, "7/10 đơn vị có số liệu"), count(120), "118", "7/10 đơn vị có số liệu; nhập tại cấp này: 120; chênh lệch 2"),
        ("sum", None, count(120), "120", ""),
        ("own", count(118), None, "chưa thống kê", "Chưa nhập tại cấp này; cộng từ cấp dưới: 118"),
        ("own", count(120), count(120), "120", ""),
    ],
    ids=[str(number) for number in range(6)],
)  # fmt: skip
def test_the_chosen_one_is_told_and_the_other_beside_it(mode, below, own, text, note):
    found = sources.choose(mode, below, own)
    assert (found.text, found.note) == (text, note)
    assert sources.choose(mode, None, None) is None


def test_a_district_chooses_per_regime_and_sees_the_other_number_with_the_difference(an, chi, dung, as_):
    reporting.small_ward()
    owed = reporting.owed(people.KIEN_AN)
    for code, top in ((people.NAM_SON, 40), (people.VAN_DAU, 50)):
        paper(dung, reporting.owed(code), top, 60)
    typed(dung, owed.unit, 95, 120, owed)
    draft = drafts.load(drafting.begin(obligation=owed, by=dung))
    assert draft.figures(CODE).text == "90/120 (75,0%)"
    assert draft.figures(CODE).note == "2/10 đơn vị có số liệu; nhập tại cấp này: 95/120 (79,2%); chênh lệch 5"
    page = as_(dung).get(reverse("report-sources", args=[owed.public_id])).content.decode()
    assert "suy dinh dưỡng thể nhẹ cân" in page and "Nhập tại cấp này" in page
    as_(dung).post(reverse("report-sources", args=[owed.public_id]), {CODE: "own"})
    assert choose(obligation=owed, by=dung, modes={CODE: "own"}) == [] and FigureSource.objects.count() == 1
    now = consolidation.figures_now(owed)(CODE)
    assert now.text == "95/120 (79,2%)" and now.note.endswith("; cộng từ cấp dưới: 90/120 (75,0%); chênh lệch 5")
    year = reporting.owed(people.KIEN_AN, period="2024", regime="RG04")
    assert sources.modes_of(year) == {} and sources.modes_of(owed) == {CODE: "own"}
    with pytest.raises(Refusal):
        choose(obligation=owed, by=dung, modes={CODE: "khac"})
    assert [as_(who).get(reverse("report-sources", args=[owed.public_id])).status_code for who in (an, chi)] == [404, 404]


def test_a_commune_adds_up_what_its_schools_report_when_it_says_so(an, quan):
    ward = reporting.small_ward()
    schools = [factories.school(ward, f"Trường {name}") for name in ("A", "B")]
    Regime.objects.create(
        code="DP0001", name="Báo cáo của trường", report_kind="PERIODIC_6M", every="half", from_kinds=["school"],
        to_kind="commune", due_rule="before", due_day=10, due_month=5, evidence="text", reminder_days=[],
    )  # fmt: skip
    ensure_obligations(2024)
    for school, top in zip(schools, (10, 20), strict=True):
        paper(an, Obligation.objects.get(unit=school, period="2024-H1"), top, 30)
    owed = reporting.owed()
    typed(an, ward, 25, 60, owed)
    row = drafting.begin(obligation=owed, by=an)
    assert drafts.load(row).figures(CODE).text == "25/60 (41,7%)"
    choose(obligation=owed, by=an, modes={CODE: "sum"})
    drafting.refresh(submission=row, by=an)
    figure = drafts.load(drafting.locked(row)).figures(CODE)
    assert (figure.text, figure.note) == ("30/60 (50,0%)", "nhập tại cấp này: 25/60 (41,7%); chênh lệch 5")
    assert owed.cutoff == D(2024, 4, 30)
