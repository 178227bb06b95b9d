"""A transfer that nobody answers: both communes are told once after ten days, the district five days later, no name anywhere."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from childcare.accounts.roles import Role
from childcare.children import late_transfers
from childcare.children.actions import transfer_terms, transfers
from childcare.children.late_transfers import remind
from childcare.children.models import Terms, Transfer, TransferTerm
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from reports import reminders
from tests import factories, people

pytestmark = pytest.mark.django_db
SENT = date(2024, 5, 2)
LAST = date(2024, 5, 12)  # a Sunday
TOLD, ABOVE = date(2024, 5, 13), date(2024, 5, 18)


@pytest.fixture
def other():
    return people.unit(people.VAN_DAU)


@pytest.fixture
def send(an, other, ward):
    """A child sent from Nam Sơn to Văn Đẩu, by default on 02/05/2024."""

    def make(name="Nguyễn Thị Hoà", sent_on=SENT):
        row = transfers.send(by=an, child=factories.child(ward, name), to=other, on=date(2024, 5, 1))
        Transfer.objects.filter(pk=row.pk).update(sent_on=sent_on)
        Message.objects.all().delete()  # what told of the sending
        return Transfer.objects.get(pk=row.pk)

    return make


def told(officer):
    return list(Message.objects.filter(officer=officer).order_by("pk").values_list("subject", flat=True))


def sums(**numbers):
    return {"due": 0, "sent": 0, "already_sent": 0, "failed": 0, **numbers}


def test_until_the_last_day_nobody_is_told(send, an, chi, dung):
    send()
    assert remind(on=LAST) == sums() and not Message.objects.exists()


def test_the_day_after_both_communes_are_told_once_and_the_district_is_not(send, an, chi, binh, lan, dung):
    send()
    assert remind(on=TOLD) == sums(due=2, sent=2)
    assert told(an) == ["Phường Văn Đẩu chưa tiếp nhận 1 trẻ chuyển đi, hạn 12/05/2024"]
    assert told(chi) == ["1 trẻ từ Phường Nam Sơn chuyển đến đã quá hạn tiếp nhận 12/05/2024"]
    assert not told(binh) and not told(lan) and not told(dung)
    assert remind(on=TOLD) == sums(due=2, already_sent=2)
    assert remind(on=TOLD + timedelta(days=1)) == sums() and Message.objects.count() == 2


def test_five_days_later_the_district_is_told_once(send, an, chi, dung, phuc):
    send()
    remind(on=TOLD)
    assert remind(on=ABOVE - timedelta(days=1)) == sums()
    assert remind(on=ABOVE) == sums(due=2, sent=2)
    assert told(dung) == told(phuc) == ["Phường Văn Đẩu chưa tiếp nhận 1 trẻ từ Phường Nam Sơn, hạn 12/05/2024"]
    assert remind(on=ABOVE + timedelta(days=3)) == sums() and len(told(an)) == len(told(chi)) == 1


def test_a_day_without_a_run_is_caught_up_once(send, an, chi, dung):
    send()
    assert remind(on=date(2024, 6, 3)) == sums(due=3, sent=3)
    assert remind(on=date(2024, 6, 4)) == sums()


def test_children_sent_on_one_day_are_one_message_and_those_of_another_day_another(send, an, chi):
    for name in ("Nguyễn Thị Hoà", "Nguyễn Văn Bình"):
        send(name)
    send("Lê Văn Ba", sent_on=SENT + timedelta(days=1))
    remind(on=TOLD + timedelta(days=2))
    assert told(chi) == [
        "2 trẻ từ Phường Nam Sơn chuyển đến đã quá hạn tiếp nhận 12/05/2024",
        "1 trẻ từ Phường Nam Sơn chuyển đến đã quá hạn tiếp nhận 13/05/2024",
    ]


def test_no_message_tells_which_child(send, an, chi, dung):
    row = send()
    remind(on=ABOVE)
    said = str(list(Message.objects.values_list("subject", "body", "url", "key")))
    assert "Hoà" not in said and str(row.child.public_id) not in said


def test_what_was_answered_tells_nobody_and_stops_the_escalation(send, an, chi, dung, other):
    row = send()
    remind(on=TOLD)
    transfers.receive(transfer=row, by=chi, version=row.version, unit=other)
    Message.objects.filter(key__startswith="transfer:").delete()
    assert remind(on=ABOVE) == sums() and not told(dung)


def test_what_was_answered_between_looking_and_writing_tells_nobody(send, an, chi, other):
    row = send()
    (notice, *_), _ = late_transfers.notices(TOLD)
    transfers.receive(transfer=row, by=chi, version=row.version, unit=other)
    Message.objects.all().delete()
    assert late_transfers.deliver(notice, [an, chi], TOLD) == (0, 0) and not Message.objects.exists()


def test_a_kill_between_two_messages_leaves_one_or_none_and_the_next_run_sends_the_rest(send, an, chi, monkeypatch):
    send()
    real = late_transfers.inbox.send

    def dies(*, officer, **more):
        if officer == an:
            raise KeyboardInterrupt
        return real(officer=officer, **more)

    monkeypatch.setattr(late_transfers.inbox, "send", dies)
    with pytest.raises(KeyboardInterrupt):
        remind(on=TOLD)
    monkeypatch.setattr(late_transfers.inbox, "send", real)
    assert remind(on=TOLD) == sums(due=2, sent=1, already_sent=1)
    assert len(told(an)) == len(told(chi)) == 1


def test_a_fault_of_one_message_does_not_keep_the_others(send, an, chi, monkeypatch):
    send()
    real = late_transfers.inbox.send

    def fails(*, officer, **more):
        if officer == chi:
            raise ValueError
        return real(officer=officer, **more)

    monkeypatch.setattr(late_transfers.inbox, "send", fails)
    assert remind(on=TOLD) == sums(due=2, sent=1, failed=1) and len(told(an)) == 1


def test_where_the_district_has_nobody_the_province_is_told_and_led_to_the_commune(send, an, chi, son, other):
    send()
    assert remind(on=ABOVE)["sent"] == 3
    row = Message.objects.get(officer=son)
    assert row.url == reverse("unit", args=[other.public_id])


def test_who_came_into_the_unit_later_is_told_too(send, an, chi):
    send()
    remind(on=TOLD)
    new = people.officer("mai", "Vũ Thị Mai", Role.COMMUNE, people.VAN_DAU)
    assert remind(on=TOLD + timedelta(days=1)) == sums(due=2, sent=1, already_sent=1) and len(told(new)) == 1


def test_what_is_late_for_months_is_no_news(send, an, chi, dung):
    send(sent_on=date(2023, 12, 1))
    assert remind(on=TOLD) == sums()


def test_the_reminders_of_the_morning_send_them_and_count_them(send, an, chi):
    send()
    before = reminders.remind(on=TOLD, dry_run=True).due
    assert not told(chi) and reminders.remind(on=TOLD).due == before >= 2
    assert len(told(chi)) >= 1 and any("quá hạn tiếp nhận" in subject for subject in told(chi))


def test_a_hundred_late_transfers_ask_no_more_than_one(send, an, chi, dung, django_assert_max_num_queries):
    for number in range(12):
        send(f"Nguyễn Văn {number}")
    remind(on=ABOVE)
    with django_assert_max_num_queries(8):
        remind(on=ABOVE + timedelta(days=1))


class TestTerms:
    def test_a_transfer_keeps_the_term_of_its_day(self, send, quan):
        row, later = send(), send("Lê Văn Ba", sent_on=date(2024, 6, 3))
        transfer_terms.add(by=quan, valid_from=date(2024, 6, 1), days=3, more=2, basis="CV 12")
        terms = Terms()
        assert (terms.due(row), terms.told_above(row)) == (LAST, date(2024, 5, 17))
        assert (terms.due(later), terms.told_above(later)) == (date(2024, 6, 6), date(2024, 6, 8))

    def test_without_any_row_the_first_term_holds(self, send):
        TransferTerm.objects.all().delete()
        assert Terms().due(send()) == LAST

    def test_not_for_days_that_have_passed_and_not_twice_for_one_day(self, quan):
        with pytest.raises(Refusal, match="từ hôm nay"):
            transfer_terms.add(by=quan, valid_from=date(2024, 5, 1), days=3, more=2, basis="")
        transfer_terms.add(by=quan, valid_from=date(2024, 5, 2), days=3, more=2, basis="")
        with pytest.raises(Refusal, match="đã có một hạn"):
            transfer_terms.add(by=quan, valid_from=date(2024, 5, 2), days=4, more=2, basis="")

    def test_one_that_was_used_stays(self, send, quan):
        row = transfer_terms.add(by=quan, valid_from=date(2024, 6, 1), days=3, more=2, basis="")
        transfer_terms.remove(term=row, by=quan)
        row = transfer_terms.add(by=quan, valid_from=SENT, days=3, more=2, basis="")
        send()
        for term in (row, TransferTerm.objects.get(valid_from=None)):
            with pytest.raises(Refusal, match="không bỏ được"):
                transfer_terms.remove(term=term, by=quan)

    def test_the_administrator_sets_and_drops_one_on_a_page(self, as_, quan):
        url = reverse("transfer-terms")
        assert "từ đầu" in as_(quan).get(url).content.decode()
        bad = as_(quan).post(url, {"valid_from": "3/6/2024", "days": "0", "more": "x"})
        assert bad.status_code == 200 and TransferTerm.objects.count() == 1
        as_(quan).post(url, {"valid_from": "3/6/2024", "days": "7", "more": "3", "basis": "CV 12/SLĐ"})
        row = TransferTerm.objects.get(days=7)
        page = as_(quan).get(url).content.decode()
        assert "từ ngày 03/06/2024" in page and "7 ngày" in page
        as_(quan).post(reverse("transfer-term-remove", args=[row.pk]))
        assert TransferTerm.objects.count() == 1

    @pytest.mark.parametrize("who", ["an", "dung", "son"])
    def test_nobody_else_opens_it(self, as_, who, request):
        assert as_(request.getfixturevalue(who)).get(reverse("transfer-terms")).status_code == 403
