"""A report that nobody takes in, and a register that nobody brings up to date, do not go unnoticed."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from cases import reminding_more
from cases.actions import carers, notices
from cases.models import CarerAnswer, Notice
from childcare.inbox.models import Message
from childcare.lib.calendar import TZ, stamp
from tests import factories, people
from tests.cases import care, noticing

pytestmark = pytest.mark.django_db


@pytest.fixture
def hoa(ward):
    return noticing.hoa(factories.school(ward))


def told(officer, key="notice-clock:"):
    return list(Message.objects.filter(officer=officer, key__startswith=key).order_by("pk").values_list("subject", flat=True))


def after(**span):
    return reminding_more.run(now=stamp() + timedelta(**span))


def test_a_report_at_the_ward_is_told_again_before_twelve_hours_are_over_and_above_after(hoa, an, dung):
    notice = noticing.sent(by=hoa, suspect_related="no")
    assert after(hours=5) == 0
    assert after(hours=6, minutes=1) == 1 and after(hours=6, minutes=2) == 0
    assert told(an)[0].startswith(f"Tin báo {notice.code} chưa tiếp nhận: còn 5 giờ")
    after(hours=16, minutes=1)
    assert told(dung) == ["Phường Nam Sơn: có tin báo chưa tiếp nhận"]
    row = Message.objects.get(officer=dung, key__startswith="notice-clock:")
    assert row.url == "" and notice.code not in row.subject + row.body


def test_at_the_unit_above_it_is_to_be_handed_on_at_once(hoa, an, dung):
    noticing.sent(by=hoa, to=people.unit(people.KIEN_AN), suspect_related="no")
    clock = reminding_more.notice_clock(Notice.objects.select_related("unit").get(), reminding_more.PlacementClocks())
    assert clock.rule.code == "CK01" and clock.due_at == Notice.objects.get().sent_at
    after(minutes=1)
    assert len(told(dung)) == 1 and not told(an)


def test_taken_in_it_is_told_no_more(hoa, an):
    notices.take_in(notice=noticing.sent(by=hoa, suspect_related="no"), by=an, suspect_related="no")
    assert after(hours=13) == 0


def test_whom_it_may_concern_is_never_told(hoa, an, dung):
    notice = noticing.sent(by=hoa, suspect_related="no")
    notice.barred.add(an)
    after(hours=13)
    assert not told(an)


def test_the_list_shows_how_long_is_left(as_, hoa, an):
    noticing.sent(by=hoa, suspect_related="no")
    page = as_(an).get(reverse("notice-list")).content.decode()
    assert "còn 1" in page and "Thực hiện can thiệp khẩn cấp" in page


def test_the_register_is_told_of_before_the_quarter_ends_until_everybody_on_it_was_asked(an, lan, chi, ward):
    first, second = care.carer(an), care.carer(an, name="Lê Thị Hai")  # 04/03/2024: by 30/06, a Sunday; Friday is the 28th
    run = lambda day: reminding_more.run(now=datetime(2024, *day, 8, tzinfo=TZ))  # noqa: E731
    due = lambda: reminding_more.register_clock(ward.pk, reminding_more.PlacementClocks()).due_at.astimezone(TZ).date()  # noqa: E731
    assert run((6, 25)) == 0 and run((6, 26)) == 1
    assert "Cập nhật danh sách" in told(an, "register-clock:")[0] and not told(chi, "register-clock:")
    carers.ask(by=an, unit=ward, asked_on=date(2024, 6, 27), how="gọi điện", answers=[(first, True, "nhận trẻ nhỏ")])
    assert due() == date(2024, 6, 30)  # one of two says nothing of the other
    carers.ask(by=an, unit=ward, asked_on=date(2024, 6, 28), answers=[(second, False, "chuyển đi nơi khác")])
    second.refresh_from_db()
    assert second.state == "withdrawn" and due() == date(2024, 9, 30) and run((7, 5)) == 0
    care.carer(an, name="Vũ Văn Ba", applied_on=date(2024, 3, 25), accepted=False)
    assert due() == date(2024, 6, 30)


def test_a_commune_without_anybody_registered_has_no_clock(an, ward):
    assert reminding_more.register_clock(ward.pk, reminding_more.PlacementClocks()) is None


def test_what_each_answered_is_written_down_on_the_page_of_the_register(as_, an, binh, lan):
    row, other = care.carer(an), care.carer(an, name="Lê Thị Hai")
    page, url = as_(an).get(reverse("carer-list")).content.decode(), reverse("register-review")
    assert "Cập nhật hằng quý" in page and "chậm nhất" in page and url in page
    none = as_(an).post(url, {"asked_on": "1/5/2024"}).content.decode()
    assert "Hãy ghi trả lời của ít nhất một người" in none and not CarerAnswer.objects.exists()
    key = row.public_id.hex
    values = {"asked_on": "1/5/2024", "how": "đến nhà", f"answer_{key}": "stays", f"words_{key}": "muốn nhận bé gái"}
    early = as_(an).post(url, {**values, "asked_on": "1/3/2024"})
    assert early.status_code == 409 and row.name in early.content.decode()
    page = as_(an).post(url, values, follow=True).content.decode()
    as_(an).post(url, values)  # sent twice: one answer
    assert "biết gần nhất 01/05/2024" in page and CarerAnswer.objects.get().recorded_by == an
    page = as_(an).get(reverse("carer", args=[row.public_id])).content.decode()
    assert "muốn nhận bé gái" in page and "đến nhà" in page and not other.answers.exists()
    assert as_(binh).get(url).status_code == as_(lan).get(url).status_code == 403


def test_what_the_carer_told_is_written_down_and_read(as_, an, chi):
    row = care.caring(an)
    url = reverse("placement-told", args=[row.public_id])
    assert as_(chi).get(url).status_code == 404
    values = {"version": row.version, "told_on": "1/5/2024", "text": "Cháu khỏe, học đều"}
    page = as_(an).post(url, values, follow=True).content.decode()
    assert "Cháu khỏe, học đều" in page and "Thông báo của người nhận" in page
    early = as_(an).post(url, {**values, "version": row.version + 1, "told_on": "1/3/2024"})
    assert early.status_code == 409
