"""A draft is its officer's own, encrypted, never written over a newer one, closed by saving and gone after a week."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.utils import timezone

from childcare.accounts import drafts
from childcare.accounts.models import Draft

pytestmark = pytest.mark.django_db
KEY = "/tre-em/them/"
TYPED = [["full_name", "Nguyễn Thị Hoà"], ["birth", "2016"]]


def keep(officer, page="a", known=0, fields=TYPED, key=KEY):
    return drafts.save(officer=officer, key=key, page=page, known=known, fields=fields)


def test_a_ticket_is_of_one_officer_and_one_form(an, binh):
    ticket = drafts.ticket(an, KEY)
    assert drafts.key_of(ticket, an) == KEY
    assert (
        drafts.key_of(ticket, binh)
        is drafts.key_of(ticket + "x", an)
        is drafts.key_of("", an)
        is drafts.key_of(None, an)
        is None
    )
    assert drafts.key_of(signing.dumps("x", salt=drafts.SALT), an) is None


def test_an_old_ticket_opens_nothing(an, monkeypatch):
    ticket = drafts.ticket(an, KEY)
    monkeypatch.setattr(drafts, "TICKET_AGE", -1)
    assert drafts.key_of(ticket, an) is None


def test_what_is_typed_is_encrypted_and_the_officers_own(an, binh):
    keep(an)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM accounts_draft")
        assert "Hoà" not in cursor.fetchone()[0]
    assert drafts.read(an, KEY) and drafts.read(binh, KEY) is None


def test_the_same_page_goes_on_writing(an):
    assert [keep(an).version, keep(an, known=1).version, keep(an, known=1).version] == [1, 2, 3]


def test_another_page_writes_over_what_it_knows_and_over_nothing_newer(an):
    keep(an, "a")
    assert keep(an, "b", known=1).version == 2
    with pytest.raises(drafts.Newer):
        keep(an, "a", known=1) and keep(an, "c", known=1)


def test_saving_closes_the_draft_also_for_a_late_message_of_that_page(an):
    keep(an, "a")
    drafts.close(officer=an, key=KEY, page="a")
    assert drafts.read(an, KEY) is None and drafts.version_of(an, KEY) == 0
    assert keep(an, "a", known=1) is None and drafts.read(an, KEY) is None
    assert keep(an, "b") and drafts.read(an, KEY), "the next one to fill in the form begins anew"


def test_a_form_saved_before_its_first_draft_gets_none(an):
    drafts.close(officer=an, key=KEY, page="a")
    assert keep(an, "a") is None


def test_the_oldest_go_when_there_are_too_many(an, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 2)
    for number in range(4):
        keep(an, key=f"/{number}/")
    assert set(Draft.objects.values_list("key", flat=True)) == {"/2/", "/3/"}


def test_after_a_week_a_draft_goes_and_a_closed_one_after_a_day(an):
    now = timezone.now()
    for key, age in (("/cu/", 8), ("/moi/", 6)):
        keep(an, key=key)
        Draft.objects.filter(key=key).update(saved_at=now - timedelta(days=age))
    drafts.close(officer=an, key="/xong/", page="a")
    Draft.objects.filter(key="/xong/").update(saved_at=now - timedelta(days=2))
    assert drafts.sweep(now=now) == 2 and Draft.objects.get().key == "/moi/"
