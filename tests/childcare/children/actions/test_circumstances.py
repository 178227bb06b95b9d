"""Circumstances and risks: dated, never edited in place, the sensitive ones under a protected file."""

import uuid
from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import circumstances
from childcare.children.actions.base import Conflict
from childcare.children.models import Circumstance, FileAccess, ProtectedFile
from childcare.lib.refusal import Refusal
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    return factories.child(factories.hamlet(ward), "Nguyễn Thị Hoà", "12/05/2016")


def test_a_circumstance_begins_on_a_day_or_from_before(an, child):
    row = circumstances.record(by=an, child=child, kind=factories.kind("N04"), started_on=date(2023, 3, 12), note="nạng")
    old = circumstances.record(by=an, child=child, kind=factories.kind("N01"))
    assert (row.started_on, row.recorded_by, row.protected_file, row.note) == (date(2023, 3, 12), an, None, "nạng")
    assert old.started_on is None
    entry = Entry.objects.filter(action="circumstance.recorded").first()
    assert (entry.subject_id, entry.fields) == (str(child.public_id), ["kind", "started_on"])
    assert "N04" not in str(vars(entry)) and "nạng" not in str(vars(entry))


def test_a_second_open_row_of_the_kind_is_refused(an, child):
    circumstances.record(by=an, child=child, kind=factories.kind("N04"))
    with pytest.raises(Refusal, match="đang có hoàn cảnh này rồi"):
        circumstances.record(by=an, child=child, kind=factories.kind("N04"))
    circumstances.record(by=an, child=child, kind=factories.kind("N04.2"))  # a sub-group is a row of its own and counts in N04


def test_the_form_asks_the_last_day_and_the_row_keeps_the_first_day_without(an, child):
    row = factories.circumstance(child, "N04", since=date(2023, 1, 1))
    circumstances.end(circumstance=row, by=an, version=1, last_day=date(2024, 4, 29), reason="resolved")
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason, row.version) == (date(2024, 4, 30), "resolved", 2)
    with pytest.raises(Refusal, match="đã được kết thúc"):
        circumstances.end(circumstance=row, by=an, version=2, last_day=date(2024, 4, 29), reason="resolved")


def test_an_end_before_the_start_is_refused(an, child):
    row = factories.circumstance(child, "N04", since=date(2024, 3, 1))
    with pytest.raises(Refusal, match="Ngày kết thúc phải sau ngày bắt đầu"):
        circumstances.end(circumstance=row, by=an, version=1, last_day=date(2024, 1, 1), reason="resolved")


def test_a_correction_voids_the_row_and_adds_one(an, child):
    row = factories.circumstance(child, "N04", since=date(2023, 1, 1))
    new = circumstances.correct(circumstance=row, by=an, version=1, reason="Ghi nhầm mức", kind=factories.kind("N04.2"))
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by, new.replaces, new.kind.code) == ("Ghi nhầm mức", an, row, "N04.2")
    assert new.started_on == date(2023, 1, 1)
    assert list(Circumstance.objects.valid()) == [new]
    assert list(Circumstance.objects.valid(known_at=row.recorded_at)) == [row]


def test_a_void_needs_its_reason_and_happens_once(an, child):
    row = factories.circumstance(child, "N04")
    with pytest.raises(Refusal, match="lý do"):
        circumstances.void(circumstance=row, by=an, version=1, reason=" ")
    circumstances.void(circumstance=row, by=an, version=1, reason="Nhầm trẻ")
    with pytest.raises(Refusal, match="đã bị hủy"):
        circumstances.void(circumstance=row, by=an, version=2, reason="Nhầm trẻ")
    circumstances.record(by=an, child=child, kind=row.kind)  # the voided row is in nobody's way


def test_two_officers_on_one_row_the_second_is_refused(an, lan, child):
    row = factories.circumstance(child, "N04")
    circumstances.end(circumstance=row, by=an, version=1, last_day=date(2024, 4, 29), reason="resolved")
    with pytest.raises(Conflict):
        circumstances.void(circumstance=row, by=lan, version=1, reason="Nhầm")


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        ("R10", {}, "tự tính"), ("R12", {}, "trang của hộ"), ("R30", {}, "trang của hộ"),
        ("N04", {"started_on": date(2016, 5, 11)}, "trước ngày sinh"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_reason(an, child, code, values, sentence):
    with pytest.raises(Refusal, match=sentence):
        circumstances.record(by=an, child=child, kind=factories.kind(code), **values)


def test_a_kind_is_tested_against_the_date_of_the_fact(an, child):
    kind = factories.kind("L11")
    kind.valid_from, kind.valid_to = date(2015, 1, 1), date(2020, 1, 1)
    kind.save()
    circumstances.record(by=an, child=child, kind=kind, started_on=date(2019, 12, 31))
    with pytest.raises(Refusal, match="không còn hiệu lực"):
        circumstances.record(by=an, child=factories.child(child.unit), kind=kind, started_on=date(2020, 1, 1))


def test_a_risk_of_a_household(an, ward):
    house = factories.household(ward)
    row = circumstances.record(by=an, household=house, kind=factories.kind("R12"))
    assert (row.household, row.child) == (house, None)
    with pytest.raises(Refusal):
        circumstances.record(by=an, household=house, kind=factories.kind("N04"))


def test_a_sensitive_kind_goes_under_a_file_of_the_childs_commune(an, lan, binh, chi, dung, child):
    row = circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    access = row.protected_file.access.get()
    assert (access.unit.code, access.kind, access.given_by) == (people.NAM_SON, FileAccess.Kind.TEAM, an)
    seen = {who.username for who in (an, lan, binh, chi, dung) if Circumstance.objects.visible_to(who).contains(row)}
    assert seen == {"an", "lan"}
    again = circumstances.record(by=an, child=child, kind=factories.kind("N05"))
    assert again.protected_file == row.protected_file and ProtectedFile.objects.count() == 1


def test_the_log_tells_of_the_file_and_not_of_the_child(an, child):
    row = circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    entry = Entry.objects.get(action="circumstance.recorded")
    assert entry.subject_id == str(row.protected_file.public_id) and str(child.public_id) not in str(vars(entry))


def test_the_log_page_of_the_commune_does_not_give_the_file_away(an, child):
    circumstances.record(by=an, child=child, kind=factories.kind("N04"))
    circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    assert Entry.objects.filter(action="circumstance.recorded").count() == 2
    assert Entry.objects.of_units([people.unit(people.NAM_SON)]).filter(action="circumstance.recorded").count() == 1


def test_who_may_not_see_protected_facts_records_none(binh, child):
    with pytest.raises(Refusal, match="công chức được giao"):
        circumstances.record(by=binh, child=child, kind=factories.kind("N11"))
    assert not Circumstance.objects.exists() and not ProtectedFile.objects.exists()


def test_an_excluded_officer_learns_nothing_from_a_refusal(an, lan, child):
    row = circumstances.record(by=lan, child=child, kind=factories.kind("N11"))
    FileAccess.objects.create(file=row.protected_file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    with pytest.raises(Refusal) as refusal:
        circumstances.record(by=an, child=child, kind=factories.kind("N11"))
    assert "đang có" not in str(refusal.value)


def test_the_same_post_twice_makes_one_row(an, child):
    key = uuid.uuid4()
    rows = {circumstances.record(by=an, child=child, kind=factories.kind("N04"), once=key).pk for _ in range(3)}
    assert len(rows) == Circumstance.objects.count() == 1


def test_a_sensitive_risk_of_a_household_is_open_to_the_commune_only(an, binh, ward):
    row = circumstances.record(by=an, household=factories.household(ward), kind=factories.kind("R13"))
    visible = Circumstance.objects.visible_to
    assert visible(an).contains(row) and not visible(binh).contains(row)
