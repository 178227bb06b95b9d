"""The pages of the calendar and the feed: who reads what, and until when."""

import re
from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from django.core.cache import cache
from django.urls import reverse
from icalendar import Calendar

from childcare.audit.models import Entry
from plans.actions import feeds
from plans.models import Activity, CalendarFeed
from tests import people
from tests.cases import casework
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts():
    """No test stops at the readings of another."""
    cache.clear()


def text(response):
    return response.content.decode()


def test_an_sees_the_month_as_weeks_and_as_a_list(as_, an, ward):
    reporting.owed()
    page = text(as_(an).get(reverse("calendar")))
    assert "Lịch công tác tháng 5 năm 2024" in page and page.count("Hạn gửi báo cáo 6 tháng đầu năm 2024") >= 2
    assert Entry.objects.filter(action="calendar.viewed", actor_id=str(an.public_id)).exists()
    june = text(as_(an).get(reverse("calendar"), {"thang": "2024-06"}))
    assert "Tháng hành động vì trẻ em" in june and "Hạn gửi báo cáo 6 tháng" not in june


@pytest.mark.parametrize("month", ["2024-13", "xxxx", "9999-99", "0001-01", "2024-5-1"])
def test_a_month_that_cannot_be_read_is_the_present_one(as_, an, month):
    assert "tháng 5 năm 2024" in text(as_(an).get(reverse("calendar"), {"thang": month}))


def test_the_whole_year(as_, an):
    reporting.owed()
    page = text(as_(an).get(reverse("calendar"), {"xem": "nam"}))
    assert "<h2>Tháng 5</h2>" in page and "<h2>Tháng 11</h2>" in page and "<h2>Tháng 9</h2>" in page


def test_a_collaborator_has_no_calendar_and_a_stranger_not_that_of_the_ward(as_, an, binh, chi, dung, ward):
    assert as_(binh).get(reverse("calendar")).status_code == 403
    asked = {"don-vi": str(ward.public_id)}
    assert as_(chi).get(reverse("calendar"), asked).status_code == 404
    assert as_(chi).get(reverse("calendar-file", args=["pdf"]), asked).status_code == 404
    assert as_(chi).get(reverse("calendar"), {"don-vi": "x"}).status_code == 404
    page = text(as_(dung).get(reverse("calendar"), asked))
    assert "Phường Nam Sơn" in page and "Xem lịch trên điện thoại" not in page


def test_the_year_on_paper_bears_nobodys_own_clocks(as_, an):
    reporting.owed()
    case = casework.received(an)
    response = as_(an).get(reverse("calendar-file", args=["pdf"]))
    with pdfplumber.open(BytesIO(response.content)) as pdf:
        printed = " ".join(page.extract_text() for page in pdf.pages)
    assert "LỊCH CÔNG TÁC" in printed and "Hạn gửi báo cáo 6 tháng đầu năm 2024" in printed and "Chưa ấn định hạn" in printed
    assert case.code not in printed and "Hồ sơ can thiệp" not in printed
    assert as_(an).get(reverse("calendar-file", args=["docx"])).content[:2] == b"PK"
    assert as_(an).get(reverse("calendar-file", args=["exe"])).status_code == 404


# the feed


@pytest.fixture
def address(an):
    return reverse("calendar-feed", args=[feeds.open_feed(by=an)])


def titles(response):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_the_address_is_shown_once_and_only_its_digest_is_kept(as_, an):
    page = text(as_(an).post(reverse("calendar-feed-open")))
    token = re.search(r"/lich/([\w-]{43,})\.ics", page)[1]
    row = CalendarFeed.objects.get(revoked_at=None)
    assert token not in str(row.__dict__) and row.digest == feeds.digest_of(token)
    assert token not in text(as_(an).get(reverse("calendar")))
    assert token not in str(list(Entry.objects.values()))


def test_the_feed_opens_without_signing_in_and_bears_no_name_and_no_code(client, an, ward, address):
    reporting.owed()
    case = casework.received(an, child=casework.child())
    Activity.objects.create(unit=ward, held_on=date(2024, 5, 20), kind="gifts", title="Thăm cháu Hân")
    response = client.get(address)
    assert response.status_code == 200 and response["Content-Type"] == "text/calendar; charset=utf-8"
    found = titles(response)
    assert "Hạn gửi báo cáo 6 tháng đầu năm 2024" in found and "Thăm hỏi, tặng quà" in found
    assert "Hạn của một hồ sơ đang xử lý" in found
    assert "Hân" not in text(response) and case.code not in text(response)
    days = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in Calendar.from_ical(response.content).walk("VEVENT")}
    assert days["Hạn gửi báo cáo 6 tháng đầu năm 2024"] == date(2024, 5, 9)


def test_what_did_not_change_is_not_sent_again(client, an, ward, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    Activity.objects.create(unit=ward, held_on=date(2024, 5, 20), kind="forum", title="Diễn đàn")
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_a_new_address_kills_the_old_and_a_revoked_one_is_as_unknown_as_any(client, as_, an, address):
    unknown = client.get(reverse("calendar-feed", args=["khong-co"]))
    feeds.open_feed(by=an)
    dead = client.get(address)
    assert dead.status_code == unknown.status_code == 404
    token = feeds.open_feed(by=an)
    as_(an).post(reverse("calendar-feed-revoke"))
    assert client.get(reverse("calendar-feed", args=[token])).status_code == 404


@pytest.mark.parametrize("how", ["ended", "locked"])
def test_the_feed_ends_at_once_with_the_rights_of_its_person(client, an, address, how):
    assert client.get(address).status_code == 200
    if how == "ended":
        an.appointments.update(ended_on=people.TODAY)
    else:
        type(an).objects.filter(pk=an.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_who_moved_to_another_ward_reads_that_ward(client, an, ward, address):
    reporting.owed()
    Activity.objects.create(unit=ward, held_on=date(2024, 5, 20), kind="forum", title="Diễn đàn")
    assert "Diễn đàn trẻ em" in titles(client.get(address))
    an.appointments.update(unit=people.unit(people.VAN_DAU))
    assert "Diễn đàn trẻ em" not in titles(client.get(address))


def test_who_asks_too_often_waits(client, address):
    codes = [client.get(address).status_code for _ in range(31)]
    assert codes[:30] == [200] * 30 and codes[30] == 429
    wrong = [client.get(reverse("calendar-feed", args=[f"sai-{number}"])) for number in range(31)]
    assert wrong[29].status_code == 404 and wrong[30].status_code == 429 and wrong[30]["Retry-After"] == "600"


def test_each_reading_is_in_the_log_without_its_secret(client, an, address):
    client.get(address)
    entry = Entry.objects.get(action="calendar.feed_read")
    assert entry.actor_id == str(an.public_id) and address.split("/")[-1][:20] not in str(entry.__dict__)


def test_nothing_is_made_by_looking(as_, an):
    assert as_(an).get(reverse("calendar-feed-open")).status_code == 405
    assert as_(an).get(reverse("calendar-feed-revoke")).status_code == 405
