"""A school's own report: its pupils by class, its sections alone, and the ward's paper entry of it replaced by the school's own."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from childcare.inbox.models import Message
from childcare.lib import periods
from reports import annexes, checks, drafts, versions
from reports.actions import drafting, on_behalf
from reports.models import Obligation
from reports.obligations import ensure_obligations
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(an):
    """What Trường THCS Nam Sơn owes its ward for 2024; two classes of two and one, one pupil matched with a disabled child."""
    ward = reporting.small_ward()
    school = factories.school(ward)
    people.hoa(school)
    child = factories.child(ward, "Nguyễn Văn Nam", "12/05/2012", "m")
    factories.circumstance(child, "N04", since=date(2023, 3, 12))
    factories.pupil(school, "Nguyễn Văn Nam", "12/05/2012", "m", child=child, class_name="6A")
    factories.pupil(school, "Trần Thị Hoa", "01/02/2012", "f", class_name="6A", ethnic="E02")
    factories.pupil(school, "Lê Văn Minh", "03/04/2011", "m", class_name="10B")
    ensure_obligations(2024)
    return Obligation.objects.select_related("unit__parent", "to_unit", "office", "regime").get(
        unit=school, regime__code="RG17"
    )


def test_the_report_speaks_of_pupils_and_classes_and_has_the_sections_of_a_school(owed, as_, settings):
    settings.TRAINING_TODAY = "2024-11-02"
    hoa = people.hoa(owed.unit)
    row = drafting.begin(obligation=owed, by=hoa)
    draft = drafts.load(row)
    assert draft.text("I") == (
        "Trường hiện có 3 học sinh dưới 16 tuổi (cùng kỳ 3) ở 2 lớp; trong đó 2 học sinh nam, 1 học sinh nữ và 1 học sinh dân tộc thiểu số."
    )
    assert "Có 1 học sinh có hoàn cảnh đặc biệt" in draft.text("III.4.a") and "1/3 học sinh đã khớp" in draft.text("III.4.a")
    assert "III.8" not in draft.sections and "III.4.d" not in draft.sections
    assert [(one["name"], one["values"][:3]) for one in draft.tables["PL1"]["rows"]] == [("6A", [2, 1, 1]), ("10B", [1, 1, 0])]
    page = as_(hoa).get(reverse("report", args=[owed.public_id])).content.decode()
    assert "Trường hiện có 3 học sinh" in page and "Chăm sóc thay thế" not in page
    words = {warning.sentence for warning in checks.warnings(draft)}
    assert not any("Xã, phường phù hợp" in word or "Cộng các" in word for word in words)
    assert annexes.of(draft, periods.parse(owed.period), {})[0][0] == "Dân số trẻ em"


def test_the_school_confirms_or_replaces_what_the_ward_typed_with_the_differences_shown(owed, an, as_, settings):
    settings.TRAINING_TODAY = "2024-11-02"
    hoa = people.hoa(owed.unit)
    content = {"figures": {"DS-01": (Decimal(4), None), "HC-01": (Decimal(1), None)}, "multipliers": {}}
    paper = on_behalf.enter(obligation=owed, by=an, received_on=date(2024, 11, 1), content=content)
    address = reverse("report-behalf-check", args=[owed.public_id])
    page = as_(hoa).get(address).content.decode()
    assert "Báo cáo giấy" in page and ">4</td>" in page and ">3</td>" in page
    assert as_(an).get(address).status_code == 403 and as_(people.chi()).get(address).status_code == 404
    as_(hoa).post(address)
    own = owed.submissions.current().get()
    paper.refresh_from_db()
    assert (paper.state, paper.current, own.on_behalf, own.state, own.number) == ("replaced", False, False, "draft", 2)
    found = versions.revised(own, hoa)
    assert [(one["code"], one["before"], one["after"]) for one in found["changes"]] == [
        ("DS-01", "4", "3"), ("HC-02", "1/4 (25,0%)", "1/3 (33,3%)"),
    ]  # fmt: skip
    page = as_(hoa).get(reverse("report", args=[owed.public_id])).content.decode()
    assert "2 số khác bản nhập thay từ báo cáo giấy" in page
    assert Message.objects.filter(officer=an, subject__contains="lập báo cáo của mình để thay bản nhập thay").count() == 1
    assert as_(hoa).get(address).status_code == 404  # there is nothing left to confirm
    assert on_behalf.replace(submission=paper, by=hoa) == own
