"""Who came and who left in the period, as counts: in the figures, in the sentences, on the page, behind the number."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.children.models import Child, Residence
from reports import drafts, measures, moves
from reports.kept import Figures, Kept
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
R = Residence.Reason


def figure(value):
    return Kept(value, None, 1, missing=False)


@pytest.fixture
def ward(db):
    """The small ward, whose children of before are three; in the window 01/11/2023 – 30/04/2024 two come and three leave."""
    ward = reporting.small_ward()
    born = factories.child(ward, "Vũ Bé Mới", "05/02/2024", "f", since=date(2024, 2, 5))
    come = factories.child(ward, "Đỗ Văn Đến", "01/01/2015", "m", since=date(2024, 3, 1))
    Residence.objects.filter(child=born).update(start_reason=R.BIRTH)
    Residence.objects.filter(child=come).update(start_reason=R.ARRIVAL)
    away = factories.child(ward, "Mai Thị Đi", "01/01/2014", "f")
    dead = factories.child(ward, "Hồ Văn Mất", "01/01/2013", "m")
    factories.child(ward, "Bùi Văn Lớn", "15/01/2008", "m")  # 16 on 15/01/2024
    Residence.objects.filter(child=away).update(ended_on=date(2024, 4, 1), end_reason=R.DEPARTURE)
    Residence.objects.filter(child=dead).update(ended_on=date(2024, 4, 2), end_reason=R.DEATH)
    return ward


def test_the_change_of_all_children_is_explained_and_adds_up(ward, an, as_):
    row = reporting.draft(an)
    now = drafts.load(row).figures
    assert [now("DS-01", f"flow={flow}").numerator for flow in ("start", "in", "out", "end")] == [6, 2, 3, 5]
    assert now("DS-01").numerator == 5
    assert (
        "So với đầu kỳ (6 trẻ em), số trẻ em tăng 2 (1 mới sinh, 1 chuyển đến), giảm 3 (1 đủ 16 tuổi, 1 chuyển đi, 1 mất)."
        in (drafts.load(row).text("I"))
    )
    page = as_(an).get(reverse("report", args=[row.obligation.public_id])).content.decode()
    assert "Ai vào, ai ra trong kỳ" in page and "1 đủ 16 tuổi" in page


def test_the_list_behind_a_reason_holds_exactly_its_children(ward, an, as_):
    window = measures.Window(date(2023, 11, 1), date(2024, 4, 30))
    behind = measures.openable(an, "DS-01", ward, window, "flow=out&reason=sixteen")
    assert list(behind.values_list("full_name", flat=True)) == ["Bùi Văn Lớn"]
    query = {"unit": ward.public_id, "from": "2023-11-01", "to": "2024-04-30", "breakdown": "flow=in&reason=born"}
    page = as_(an).get(reverse("figure-rows", args=["DS-01"]), query).content.decode()
    assert "Vũ Bé Mới" in page and "mới sinh" in page and "Đỗ Văn Đến" not in page
    shut = as_(people.son()).get(reverse("figure-rows", args=["DS-01"]), query).content.decode()
    assert "Vũ Bé Mới" not in shut


def test_children_in_special_circumstances_come_and_leave_with_a_reason(ward, an):
    found_ill = Child.objects.get(full_name="Đỗ Văn Đến")
    factories.circumstance(found_ill, "N04", since=date(2022, 1, 1))  # it came with it
    factories.circumstance(Child.with_removed.get(full_name="Bùi Văn Lớn"), "N04", since=date(2022, 1, 1))
    text = drafts.load(reporting.draft(an)).text("III.4.a")
    assert "Trong kỳ tăng 2 (1 mới phát hiện, 1 chuyển đến), giảm 1 (1 đủ 16 tuổi) trẻ em có hoàn cảnh đặc biệt." in text


def test_a_number_without_all_of_its_reasons_is_told_alone():
    paper = Figures({"HC-32|flow=in": figure(3), "HC-32|flow=in&reason=new": figure(2)})
    assert moves.in_brackets(paper, "HC-32", moves.IN) == ""
    assert moves.rows(paper, "HC-32") == [{"word": "Tăng", "count": 3, "key": "flow=in", "reasons": []}]
