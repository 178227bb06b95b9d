"""One thing for many children: who is left out and why, exactly once, one entry in the log, taken back as a whole or not at all."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import circumstances, people, supports
from childcare.children.bulk_actions import choosing, running
from childcare.children.models import (
    BulkAction,
    Child,
    Circumstance,
    CircumstanceKind,
    PovertyStatus,
    Residence,
    Support,
    SupportKind,
)
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from tests import factories
from tests import people as persons

pytestmark = pytest.mark.django_db
GIFT = {"started_on": date(2024, 5, 1), "amount": 200_000, "source": "Quỹ Bảo trợ trẻ em", "occasion": "Tết Trung thu"}


@pytest.fixture
def hamlet(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


@pytest.fixture
def house(hamlet):
    return factories.household(hamlet, "Nguyễn Văn Hào", address="Số 7")


@pytest.fixture
def children(hamlet, house):
    """Hoà and Bình of one house, Cường without household."""
    return [
        factories.child(hamlet, "Nguyễn Thị Hoà", "12/05/2016", "f", house=house),
        factories.child(hamlet, "Nguyễn Văn Bình", "2018", house=house),
        factories.child(hamlet, "Trần Văn Cường", "03/2014"),
    ]


def gift(children, by, **values):
    bulk = choosing.start(children, by=by)
    kind = SupportKind.objects.get(code="S33")
    return running.prepare(bulk=bulk, by=by, kind="support", values={"kind": kind, **GIFT, **values})


def reasons(preview):
    return {item.child.full_name: item.verdict.reason for item in preview.left}


def test_a_gift_for_all_is_one_support_each_and_one_entry(an, ward, children):
    bulk = running.begin(bulk=gift(children, an), by=an)
    rows = Support.objects.valid()
    assert bulk.state == "done" and rows.count() == 3
    assert {(row.unit_id, row.amount, row.occasion, row.started_on) for row in rows} == {
        (ward.pk, 200_000, "Tết Trung thu", date(2024, 5, 1))
    }
    entry = Entry.objects.get(action="bulk.recorded")
    assert sorted(entry.shown) == sorted(str(child.public_id) for child in children) and entry.note == "3 trẻ em"
    assert not any(child.full_name in str(vars(entry)) for child in children)


def test_a_double_click_writes_once(an, children):
    bulk = gift(children, an)
    for _ in range(3):
        assert running.begin(bulk=bulk, by=an).state == "done"
    assert Support.objects.count() == 3 and Entry.objects.filter(action="bulk.recorded").count() == 1


def test_who_is_left_out_and_why(an, hamlet, children):
    supports.record(
        by=an,
        child=children[0],
        kind=SupportKind.objects.get(code="S33"),
        unit=children[0].unit.parent,
        started_on=date(2024, 5, 1),
    )
    unborn = factories.child(hamlet, "Lê Sau", "02/05/2024")
    away = factories.child(hamlet, "Lê Đã Đi", "2015", residing=False)
    preview = running.look(gift([*children, unborn, away], an), by=an)
    assert reasons(preview) == {
        "Nguyễn Thị Hoà": "đã có trợ giúp này ngày 01/05/2024", "Lê Sau": "sinh sau ngày trợ giúp", "Lê Đã Đi": "đã chuyển đi hoặc tử vong",
    }  # fmt: skip
    assert [item.child.full_name for item in preview.going] == ["Nguyễn Văn Bình", "Trần Văn Cường"]


def test_what_happened_between_preview_and_writing_is_seen(an, children):
    bulk = gift(children, an)
    children[0].residing = False
    children[0].save()
    bulk = running.begin(bulk=bulk, by=an)
    assert dict(bulk.items.values_list("child__full_name", "left_out"))["Nguyễn Thị Hoà"] == "đã chuyển đi hoặc tử vong"
    assert Support.objects.count() == 2


def test_a_child_that_moved_to_another_ward_is_out_of_reach(an, children):
    bulk = gift(children, an)
    Child.objects.filter(pk=children[0].pk).update(unit=persons.unit(persons.VAN_DAU))
    assert reasons(running.look(bulk, by=an)) == {"Nguyễn Thị Hoà": "không còn ở địa bàn này"}


def test_children_taken_out_by_hand_are_not_written(an, children):
    bulk = running.begin(bulk=gift(children, an), by=an, skip={2})
    assert set(Support.objects.values_list("child", flat=True)) == {children[0].pk, children[2].pk}
    assert bulk.items.get(position=2).left_out == running.SKIPPED


def test_a_gift_of_a_day_to_come_can_be_prepared_and_not_written(an, children):
    bulk = gift(children, an, started_on=date(2024, 5, 20))
    assert len(running.look(bulk, by=an).going) == 3
    with pytest.raises(Refusal, match="20/05/2024 chưa tới"):
        running.begin(bulk=bulk, by=an)
    assert not Support.objects.exists()


def test_undo_voids_every_row_with_the_reason(an, children):
    bulk = running.begin(bulk=gift(children, an), by=an)
    for _ in range(2):
        assert running.undo(bulk=bulk, by=an, reason="Ghi nhầm dịp").state == "undone"
    assert set(Support.objects.values_list("void_reason", "voided_by")) == {("Ghi nhầm dịp", an.pk)}
    assert Entry.objects.filter(action="bulk.undone").count() == 1


def test_undo_is_refused_as_a_whole_when_something_stands_on_it(an, children):
    bulk = running.begin(bulk=gift(children, an), by=an)
    row = Support.objects.get(child=children[1])
    supports.correct(support=row, by=an, version=row.version, reason="Sai tiền", amount=300_000)
    with pytest.raises(Refusal, match="dòng 2"):
        running.undo(bulk=bulk, by=an, reason="Nhầm")
    assert Support.objects.valid().count() == 3


def test_a_circumstance_for_all_but_those_who_have_it(an, children):
    factories.circumstance(children[0], "N04")
    bulk = choosing.start(children, by=an)
    kind = CircumstanceKind.objects.get(code="N04")
    bulk = running.prepare(bulk=bulk, by=an, kind="circumstance", values={"kind": kind, "started_on": date(2024, 1, 5)})
    assert reasons(running.look(bulk, by=an)) == {"Nguyễn Thị Hoà": "đang có hoàn cảnh này rồi"}
    running.begin(bulk=bulk, by=an)
    assert Circumstance.objects.open().count() == 3
    row = Circumstance.objects.get(child=children[2])
    circumstances.end(circumstance=row, by=an, version=1, last_day=date(2024, 4, 1), reason="resolved")
    with pytest.raises(Refusal, match="dòng 3"):
        running.undo(bulk=bulk, by=an, reason="Nhầm")


def test_a_hidden_circumstance_is_not_told_of(an, ward, children):
    file = factories.protected_file(children[0], unit=persons.unit(persons.VAN_DAU))
    factories.circumstance(children[0], "N04", protected_file=file)
    bulk = running.prepare(
        bulk=choosing.start(children, by=an),
        by=an,
        kind="circumstance",
        values={"kind": CircumstanceKind.objects.get(code="N04")},
    )
    assert reasons(running.look(bulk, by=an)) == {"Nguyễn Thị Hoà": "chưa ghi được, đề nghị liên hệ cấp trên"}


def test_a_sensitive_circumstance_is_never_written_for_many(an, children):
    bulk = running.prepare(
        bulk=choosing.start(children, by=an),
        by=an,
        kind="circumstance",
        values={"kind": CircumstanceKind.objects.get(code="N11")},
    )
    with pytest.raises(Refusal, match="Không có trẻ nào"):
        running.begin(bulk=bulk, by=an)


def test_the_class_of_the_year_once_a_household_and_back(an, children, house):
    factories.poverty(house, "poor", decision="QĐ 1")
    bulk = running.prepare(
        bulk=choosing.start(children, by=an), by=an, kind="poverty", values={"year": 2024, "level": "near", "decision": "QĐ 2"}
    )
    assert reasons(running.look(bulk, by=an)) == {"Trần Văn Cường": "chưa ghi hộ gia đình"}
    running.begin(bulk=bulk, by=an)
    assert list(PovertyStatus.objects.valid().values_list("level", "decision")) == [("near", "QĐ 2")]
    running.undo(bulk=bulk, by=an, reason="Nhầm danh sách")
    assert list(PovertyStatus.objects.valid().values_list("level", "decision")) == [("poor", "QĐ 1")]
    assert PovertyStatus.objects.count() == 3  # nothing is deleted


def test_cards_with_a_revision_each_and_back(an, children):
    people.correct(child=children[0], by=an, version=1, changes={"insurance_number": "1111111111"})
    bulk = running.prepare(
        bulk=choosing.start(children, by=an), by=an, kind="insurance", values={"insurance_until": date(2025, 12, 31)},
        own_values={2: {"insurance_number": "2222222222"}},
    )  # fmt: skip
    running.begin(bulk=bulk, by=an)
    rows = Child.objects.order_by("pk").values_list("insurance_number", "insurance_until")
    assert list(rows) == [("1111111111", date(2025, 12, 31)), ("2222222222", date(2025, 12, 31)), ("", date(2025, 12, 31))]
    assert children[1].revisions.filter(field="insurance_number").get().new == "2222222222"
    running.undo(bulk=bulk, by=an, reason="Nhầm năm")
    assert list(Child.objects.order_by("pk").values_list("insurance_number", "insurance_until")) == [
        ("1111111111", None),
        ("", None),
        ("", None),
    ]


def test_a_card_that_was_changed_since_keeps_the_undo_away(an, children):
    bulk = running.prepare(
        bulk=choosing.start(children, by=an), by=an, kind="insurance", values={"insurance_until": date(2025, 12, 31)}
    )
    running.begin(bulk=bulk, by=an)
    child = Child.objects.get(pk=children[0].pk)
    people.correct(child=child, by=an, version=child.version, changes={"insurance_until": date(2026, 12, 31)})
    with pytest.raises(Refusal, match="dòng 1"):
        running.undo(bulk=bulk, by=an, reason="Nhầm")


@pytest.mark.parametrize("on", [None, date(2024, 4, 1)])
def test_a_hamlet_for_many_and_back_with_their_household(an, ward, children, house, on):
    other = factories.hamlet(ward, "Tổ dân phố 5")
    file = factories.protected_file(children[0], unit=ward)
    bulk = running.prepare(bulk=choosing.start(children, by=an), by=an, kind="hamlet", values={"unit": other, "on": on})
    running.begin(bulk=bulk, by=an)
    assert set(Child.objects.values_list("unit", flat=True)) == {other.pk}
    assert Residence.objects.filter(voided_at=None, ended_on=None, unit=other, started_on=on).count() == 3
    assert Residence.objects.filter(voided_at=None).count() == (6 if on else 3)
    house.refresh_from_db()
    assert house.unit == other and file.access.filter(until=None).count() == 1
    running.undo(bulk=bulk, by=an, reason="Nhầm tổ")
    house.refresh_from_db()
    assert set(Child.objects.values_list("unit__name", flat=True)) == {"Tổ dân phố 3"} and house.unit.name == "Tổ dân phố 3"
    assert Residence.objects.filter(voided_at=None, ended_on=None, started_on=None).count() == 3


def test_a_household_stays_when_a_child_of_it_does(an, ward, children, house):
    other = factories.hamlet(ward, "Tổ dân phố 5")
    bulk = running.prepare(bulk=choosing.start(children[:1], by=an), by=an, kind="hamlet", values={"unit": other})
    running.begin(bulk=bulk, by=an)
    house.refresh_from_db()
    assert house.unit.name == "Tổ dân phố 3"


def test_a_long_list_is_written_by_a_job_once(an, children):
    bulk = running.begin(bulk=gift(children, an), by=an, at_once=2)
    assert bulk.state == "writing" and not Support.objects.exists()
    job = Job.objects.get(kind=running.JOB)
    assert running.begin(bulk=bulk, by=an, at_once=2).state == "writing" and Job.objects.count() == 1
    jobs.run(job.pk)
    Job.objects.update(state=Job.State.WAITING)  # a repeat after a kill
    jobs.run(job.pk)
    assert Support.objects.count() == 3 and BulkAction.objects.get().state == "done"


def test_a_job_acts_with_the_rights_of_the_moment_it_runs(an, children):
    running.begin(bulk=gift(children, an), by=an, at_once=2)
    an.appointments.update(ended_on=persons.TODAY)
    job = jobs.run(Job.objects.get().pk)
    assert job.state == Job.State.REFUSED and not Support.objects.exists() and BulkAction.objects.get().state == "picked"


def test_choosing_is_bounded_by_scope_number_and_commune(an, chi, dung, ward, children):
    keys = [child.public_id for child in children]
    with pytest.raises(Refusal, match="Chưa chọn"):
        choosing.start(choosing.ticked(keys, officer=chi), by=chi)
    with pytest.raises(Refusal, match="Chưa chọn"):
        choosing.ticked([], officer=an)
    stranger = factories.child(persons.unit(persons.VAN_DAU), "Ở Văn Đẩu")
    with pytest.raises(Refusal, match="nhiều xã"):
        choosing.start([*children, stranger], by=an)


def test_the_number_of_queries_does_not_grow(an, hamlet, django_assert_max_num_queries):
    many = [factories.child(hamlet, f"Trẻ {number}", "2016") for number in range(40)]
    bulk = gift(many, an)
    with django_assert_max_num_queries(25):
        running.begin(bulk=bulk, by=an)
    with django_assert_max_num_queries(15):
        running.undo(bulk=bulk, by=an, reason="Nhầm")
