"""The log page: Lan reads her ward, An has not the permission, a leader of another ward reads nothing of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from childcare.accounts.models import Officer
from childcare.accounts.roles import Role
from childcare.audit import actions as audit
from childcare.audit.models import Entry
from tests import people

pytestmark = pytest.mark.django_db


def shown(response):
    return [entry.action for entry in response.context["entries"]]


def actors(response):
    return {entry.actor.split(" (")[0] for entry in response.context["entries"]}


@pytest.fixture
def van_dau_leader(db):
    return people.officer("mai", "Mai Thị Mai", Role.COMMUNE_LEADER, people.VAN_DAU)


@pytest.fixture
def history(an, chi, dung):
    for officer in (an, chi, dung):
        audit.record("account.signed_in", by=officer, subject=officer)
    audit.record("reminders.sent", note="hệ thống")


def test_a_leader_reads_what_was_done_in_her_ward(as_, lan, history):
    assert actors(as_(lan).get("/nhat-ky/")) == {"Nguyễn Thị An"}


def test_without_the_permission_it_is_refused(as_, an, chi):
    assert as_(an).get("/nhat-ky/").status_code == as_(chi).get("/nhat-ky/").status_code == 403


def test_a_leader_of_another_ward_reads_nothing_of_it(as_, van_dau_leader, history):
    assert actors(as_(van_dau_leader).get("/nhat-ky/")) == {"Lê Thị Chi"}


def test_the_office_reads_its_wards_and_the_administrator_everything(as_, phuc, quan, history):
    assert actors(as_(phuc).get("/nhat-ky/")) == {"Nguyễn Thị An", "Lê Thị Chi", "Vũ Văn Dũng"}
    assert actors(as_(quan).get("/nhat-ky/")) >= {"Nguyễn Thị An", "Lê Thị Chi", "Vũ Văn Dũng", "hệ thống"}


def test_what_an_officer_did_before_he_moved_stays_with_the_old_ward(as_, lan, van_dau_leader, an):
    audit.record("account.signed_in", by=an)
    an.appointments.update(unit=people.unit(people.VAN_DAU))
    audit.record("account.signed_out", by=Officer.objects.get(pk=an.pk))
    assert shown(as_(lan).get("/nhat-ky/")) == ["account.signed_in"]
    assert "account.signed_in" not in shown(as_(van_dau_leader).get("/nhat-ky/"))


def test_a_leader_does_not_learn_of_protected_files_from_the_log(as_, lan, quan, an):
    for action in ("incident.recorded", "protected.opened", "child.added"):
        audit.record(action, by=an)
    assert shown(as_(lan).get("/nhat-ky/")) == ["child.added"]
    assert {"incident.recorded", "protected.opened"} <= set(shown(as_(quan).get("/nhat-ky/")))


def test_reading_the_log_writes_an_entry_with_the_filter(as_, lan):
    as_(lan).get("/nhat-ky/?first=1/5/2024&who=an")
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.note) == ("audit.viewed", str(lan.public_id), "01/05/2024; an")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=nguyen+an", {"Nguyễn Thị An"}),
        ("who=khong+co", set()),
        ("action=reminders.sent", {"hệ thống"}),
        ("first=1/1/2020&last=2/1/2020", set()),
        ("first=32/1/2020", set()),
        ("action=khong.co", set()),
        ("before=1", set()),
    ],
)
def test_each_filter_narrows_the_log(as_, quan, history, query, found):
    assert actors(as_(quan).get(f"/nhat-ky/?{query}")) == found


def test_a_day_is_a_day_in_vietnam(as_, quan, history):
    local = timezone.localtime()
    page = as_(quan).get(f"/nhat-ky/?first={local:%d/%m/%Y}&last={local:%d/%m/%Y}")
    assert "Nguyễn Thị An" in actors(page)
    tomorrow = local + timedelta(days=1)
    assert actors(as_(quan).get(f"/nhat-ky/?first={tomorrow:%d/%m/%Y}")) == set()


def test_pages_go_on_from_the_last_entry_and_lose_none(as_, lan, an, django_assert_max_num_queries):
    for number in range(120):
        audit.record("child.added", by=an, note=str(number))
    client, query, seen = as_(lan), "?first=&action=child.added", []
    while query:
        with django_assert_max_num_queries(8):
            page = client.get(f"/nhat-ky/{query}")
        seen += [int(entry.note) for entry in page.context["entries"]]
        query = page.context["pager"]["next"]
    assert seen == list(range(119, -1, -1))


def test_every_action_is_shown_in_words(as_, quan, history):
    page = as_(quan).get("/nhat-ky/").content.decode()
    assert "Đăng nhập" in page and "Gửi nhắc việc" in page and "account.signed_in</" not in page
