"""Pages of places, safe homes, hamlets at high risk and the criteria."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from plans.models import ChildPlace, RiskArea, SafeHome, SafeHomeCriterion
from tests import factories as f
from tests.plans import staffing

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def url(name, row, *more):
    return reverse(name, args=[row.public_id, *more])


@pytest.fixture
def hamlet(ward):
    return f.hamlet(ward, "Tổ dân phố 1")


def test_a_place_is_written_shown_printed_and_changes_its_state(as_, an, ward, hamlet):
    typed = {
        "kind": "play",
        "name": "Sân chơi nhà văn hóa",
        "place": str(hamlet.public_id),
        "state": "used",
        "year": "2023",
        "money": "120.000.000",
    }
    assert as_(an).post(url("place-list-add", ward), typed).status_code == 302
    row = ChildPlace.objects.get()
    assert (row.unit, row.year, row.money) == (hamlet, 2023, 120_000_000)
    page = text(as_(an).get(url("place-list", ward)))
    assert all(word in page for word in ("Sân chơi nhà văn hóa", "Tổ dân phố 1", "120.000.000", "2023", "Đang dùng"))
    book = openpyxl.load_workbook(io.BytesIO(as_(an).get(url("place-list-file", ward, "xlsx")).content))
    assert "Sân chơi nhà văn hóa" in [cell.value for line in book.active.iter_rows() for cell in line]
    as_(an).post(url("place-state", row), {"state": "broken", "on": "1/4/2024", "version": 1})
    assert "Hư hỏng" in text(as_(an).get(url("place-list", ward)))


def test_an_upgrade_that_is_done_asks_for_its_day(as_, an, ward):
    typed = {"kind": "upgrade", "name": "Nâng cấp", "place": str(ward.public_id), "state": "used"}
    assert "hãy ghi ngày" in text(as_(an).post(url("place-list-add", ward), typed))


def test_ending_and_voiding_records(as_, an, ward, hamlet):
    place = staffing.place(hamlet)
    as_(an).post(reverse("record-end", args=["cong-trinh", place.public_id]), {"last": "31/3/2024", "version": 1})
    place.refresh_from_db()
    assert place.ended_on == date(2024, 4, 1)
    other = staffing.place(hamlet, name="Bể bơi", kind="pool")
    as_(an).post(reverse("record-void", args=["cong-trinh", other.public_id]), {"reason": "Nhầm", "version": 1})
    assert not ChildPlace.objects.valid().filter(ended_on=None).exists()
    assert as_(an).get(reverse("record-end", args=["gi-do", place.public_id])).status_code == 404


def test_houses_of_a_hamlet_are_ticked(as_, an, ward, hamlet):
    first, second = f.household(hamlet, "Nguyễn Văn Hào"), f.household(hamlet, "Lê Văn Hai")
    page = text(as_(an).get(url("home-examine", hamlet)))
    assert "Nguyễn Văn Hào" in page and "chưa đánh giá" in page and "Giếng, bể" in page
    typed = {
        f"h-{first.pk}": "1",
        f"h-{second.pk}": "",
        "on": "5/3/2024",
        "head": "Phạm Hộ",
        "head_met": "0",
        "unmet": ["NAT02"],
    }
    assert as_(an).post(url("home-examine", hamlet), typed).status_code == 302
    assert set(SafeHome.objects.values_list("household", "head", "met")) == {(first.pk, "", True), (None, "Phạm Hộ", False)}
    page = text(as_(an).get(url("home-examine", hamlet)))
    assert "đạt, 05/03/2024" in page and "Phạm Hộ: chưa đạt" in page
    page = text(as_(an).get(url("home-list", ward)))
    assert "05/03/2024" in page and url("home-examine", hamlet) in page


def test_the_district_sees_its_wards_and_no_household(as_, dung, ward, hamlet):
    staffing.homes(hamlet, (None, "Phạm Hộ", True))
    page = text(as_(dung).get(url("home-list", ward.parent)))
    assert "Phường Nam Sơn" in page and "Phạm Hộ" not in page


def test_a_hamlet_at_risk_is_written_and_ended(as_, an, ward, hamlet):
    as_(an).post(
        url("risk-list-add", ward),
        {"place": str(hamlet.public_id), "reasons": ["water"], "note": "ao đình", "started_on": "1/1/2024"},
    )
    row = RiskArea.objects.get()
    assert "ao, hồ, sông không rào; ao đình" in text(as_(an).get(url("risk-list", ward)))
    as_(an).post(reverse("record-end", args=["nguy-co", row.public_id]), {"last": "31/3/2024", "version": 1})
    assert "đến 31/03/2024" in text(as_(an).get(url("risk-list", ward)))


@pytest.mark.parametrize("name", ["place-list", "place-list-add", "home-list", "risk-list", "risk-list-add"])
def test_a_stranger_finds_nothing_and_a_leader_only_reads(as_, chi, lan, binh, ward, name):
    assert as_(chi).get(url(name, ward)).status_code == 404
    assert as_(lan).get(url(name, ward)).status_code == (403 if name.endswith("add") else 200)
    assert as_(binh).get(url(name, ward)).status_code == 403


def test_a_neighbour_reaches_no_record_and_no_household(as_, chi, hamlet):
    place = staffing.place(hamlet)
    for address in (
        url("place-state", place),
        reverse("record-void", args=["cong-trinh", place.public_id]),
        url("home-examine", hamlet),
    ):
        assert as_(chi).get(address).status_code == 404


def test_criteria_say_to_the_administrator_that_nobody_checked_them(as_, an, quan):
    assert "chưa đối chiếu văn bản" in text(as_(quan).get(reverse("home-criteria")))
    assert "chưa đối chiếu văn bản" not in text(as_(an).get(reverse("home-criteria")))
    way = reverse("home-criterion", args=["NAT02"])
    assert as_(an).get(way).status_code == 403
    as_(quan).post(way, {"text": "Bể nước có nắp", "active": "on", "verified": "on", "version": 1})
    assert SafeHomeCriterion.objects.get(code="NAT02").verified
    assert as_(quan).get(reverse("home-criterion", args=["KHONG"])).status_code == 404
