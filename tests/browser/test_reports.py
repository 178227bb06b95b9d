"""The pages of a report before a real browser: nothing wrong for screen readers, text kept while typing, looked at."""

import pytest

from reports.models import Submission
from tests import people
from tests.reports import reporting


@pytest.fixture
def small_ward(transactional_db):
    return reporting.small_ward()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_pages_of_a_ward(small_ward, an, signed_in, look, axe, size):
    row = reporting.draft(an)
    page = signed_in(an, size=size)
    for name, address in {
        "report-list": "/bao-cao/",
        "report-write": f"/bao-cao/{row.obligation.public_id}/",
        "report-present": f"/bao-cao/{row.obligation.public_id}/trinh-ky/",
        "report-preview": f"/bao-cao/{row.obligation.public_id}/ban-in/",
    }.items():
        page.goto(address)
        axe(page)
        look(page, f"{name}-{size}")


def test_pages_of_the_district(small_ward, an, dung, signed_in, look, axe):
    owed = reporting.accepted(an).obligation
    page = signed_in(dung)
    for name, address in {
        "report-owed": "/bao-cao/cap-duoi/",
        "report-accepted": f"/bao-cao/{owed.public_id}/",
        "report-on-behalf": f"/bao-cao/{reporting.owed(people.VAN_DAU).public_id}/nhap-thay/",
        "report-consolidated": f"/bao-cao/{reporting.owed(people.KIEN_AN).public_id}/tong-hop/",
        "report-versions": f"/bao-cao/{owed.public_id}/cac-ban/",
    }.items():
        page.goto(address)
        axe(page)
        look(page, name)


def test_what_is_typed_is_saved_by_itself_and_then_by_hand(small_ward, an, signed_in, look):
    row = reporting.draft(an)
    page = signed_in(an)
    page.goto(f"/bao-cao/{row.obligation.public_id}/")
    page.locator("#s-V summary", has_text="Sửa lời").click()
    page.locator("#text-s-V").fill("Cộng tác viên còn thiếu.")
    page.get_by_text("Đã lưu lúc").wait_for(timeout=20_000)
    assert "Cộng tác viên còn thiếu." in Submission.objects.get(pk=row.pk).text
    page.locator("#text-s-V").fill("Cộng tác viên còn thiếu ở hai tổ.")
    page.get_by_role("button", name="Lưu tạm").click()
    page.get_by_text("Đã lưu.").wait_for()
    assert "còn thiếu ở hai tổ" in Submission.objects.get(pk=row.pk).text
    look(page, "report-saved")
