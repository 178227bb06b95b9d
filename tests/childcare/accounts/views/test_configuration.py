"""The table of roles for everybody; settings for the administrator alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from childcare.accounts.roles import GRANTS, Permission, Role
from childcare.inbox.models import Digest
from childcare.jobs.models import Heartbeat, Job
from childcare.units.models import DayOverride
from tests import factories

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_every_officer_reads_who_may_do_what(as_, binh):
    response = as_(binh).get("/vai-tro/")
    table = {label: dict(zip(response.context["roles"], cells, strict=True)) for label, cells in response.context["rows"]}
    for role in Role:
        for permission in Permission:
            assert table[permission.label][role.label] == (permission in GRANTS[role])


@pytest.mark.parametrize("who", ["an", "lan", "dung", "son"])
def test_settings_are_for_the_administrator(as_, request, who):
    client = as_(request.getfixturevalue(who))
    assert client.get("/cai-dat/").status_code == client.post("/cai-dat/ngay/1/bo/").status_code == 403


def test_mail_that_is_off_and_processes_that_are_silent_are_said(as_, quan):
    page = text(as_(quan).get("/cai-dat/"))
    assert "Thư điện tử đang tắt vì chưa đặt EMAIL_URL" in page
    assert page.count("Không thấy chạy") == 2 and "Phiên bản" in page


def test_fresh_signs_of_life_and_mail_that_is_on(as_, quan, settings):
    settings.EMAIL_ON = True
    Heartbeat.objects.create(name="worker", at=timezone.now())
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(minutes=10))
    page = text(as_(quan).get("/cai-dat/"))
    assert page.count("Không thấy chạy") == 1 and "đang tắt" not in page


def test_failed_work_and_failed_mail_are_shown(as_, quan, an):
    Job.objects.create(kind="reports.remind", key="a", state="failed", tries=3, message="Việc này không chạy xong.")
    Digest.objects.create(officer=an, day=date(2024, 5, 2), message_id="<a>", tries=5, error="SMTPServerDisconnected")
    page = text(as_(quan).get("/cai-dat/"))
    assert "Nhắc báo cáo buổi sáng" in page and "Việc này không chạy xong." in page
    assert "5/5 lần, không thử nữa" in page and "Máy chủ thư ngắt kết nối" in page


def test_a_day_is_added_once_and_removed(as_, quan):
    client = as_(quan)
    data = {"day": "2/9/2024", "working": "1", "basis": "Thông báo 1"}
    assert client.post("/cai-dat/", data).status_code == 302
    assert DayOverride.as_dict() == {date(2024, 9, 2): True}
    assert "đã có trong bảng" in text(client.post("/cai-dat/", data))
    row = DayOverride.objects.get()
    assert client.get(f"/cai-dat/ngay/{row.pk}/bo/").status_code == 405
    assert client.post(f"/cai-dat/ngay/{row.pk}/bo/").status_code == 302
    assert DayOverride.as_dict() == {}


def test_the_administrator_sees_no_child_on_any_of_his_pages(as_, quan, ward):
    factories.child(ward, name="Hoàng Bảo Ngọc")
    for address in ("/cai-dat/", "/nhat-ky/", "/can-bo/", "/vai-tro/", "/nhac-viec/"):
        assert "Bảo Ngọc" not in text(as_(quan).get(address))
