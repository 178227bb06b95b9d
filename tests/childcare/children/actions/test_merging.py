"""Two rows of one child become one: everything recorded stays, nobody sees more or less, and undoing gives both back."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from childcare.audit.models import Entry
from childcare.children.actions import circumstances, households, people, residence, supports, transfers
from childcare.children.actions.base import Conflict
from childcare.children.actions.merging import STAY, merge, related, standing
from childcare.children.actions.merging_facts import HIDDEN, NOT_COPIED, fact_models
from childcare.children.actions.unmerging import stands_on, undo
from childcare.children.models import (
    Caregiver,
    Child,
    ChildRevision,
    Circumstance,
    FileAccess,
    Incident,
    IncidentChild,
    Membership,
    Merge,
    Residence,
    Support,
    SupportKind,
)
from childcare.children.models.base import DatedFact
from childcare.lib.refusal import Refusal
from reports.integrity import breaches
from tests import factories as make
from tests.people import VAN_DAU, unit

pytestmark = pytest.mark.django_db
MINE, THEIRS = "Nguyễn Thị Hoà", "nguyễn thị hòa"


@pytest.fixture
def kept(ward):
    house = make.household(make.hamlet(ward, "Tổ dân phố 3"), "Nguyễn Văn Hào")
    return make.child(house.unit, MINE, "12/05/2016", "f", house=house, mother_name="Trần Thị Lan")


@pytest.fixture
def merged(ward):
    return make.child(
        make.hamlet(ward, "Tổ dân phố 5"), THEIRS, "05/12/2016", "f", identity_number="031216001234", identity_valid=True,
        phone="0912345678", since=date(2023, 5, 1),
    )  # fmt: skip


@pytest.fixture
def join(an, kept, merged):
    """Merge the two, with a reason and what else is said."""
    return lambda **how: merge(**{"by": an, "kept": kept, "merged": merged, "reason": "Cùng giấy khai sinh", **how})


def picture(*children):
    """Everything valid about the children, as values without keys, and their own fields."""
    told = {}
    for child in children:
        row = Child.with_removed.get(pk=child.pk)
        own = {field.attname: getattr(row, field.attname) for field in Child._meta.concrete_fields}
        told[child.pk, "own"] = {name: value for name, value in own.items() if name not in ("version", "changed_at")}
        for model in fact_models():
            names = [field.attname for field in model._meta.concrete_fields if field.name not in NOT_COPIED]
            rows = model.objects.filter(child=child, voided_at=None).values_list(*names)
            told[child.pk, model.__name__] = sorted(rows, key=repr)
        people_in = IncidentChild.objects.filter(child=child, incident__voided_at=None)
        told[child.pk, "incidents"] = sorted(
            people_in.values_list("incident__kind", "incident__occurred_on", "form", "outcome", "intervened_on"), key=repr
        )
        told[child.pk, "files"] = sorted(row.protected_files.values_list("pk", flat=True))
    return told


def valid(model, child):
    return model.objects.filter(child=child, voided_at=None)


def test_the_other_row_leaves_the_registry_with_who_when_and_why(join, kept, merged, an):
    row = join()
    merged = Child.with_removed.get(pk=merged.pk)
    assert (merged.removed_reason, merged.removed_by) == ("merged", an) and not Child.objects.filter(pk=merged.pk).exists()
    assert (row.kept, row.merged, row.merged_by, row.reason) == (kept, merged, an, "Cùng giấy khai sinh")
    entry = Entry.objects.get(action="child.merged")
    assert entry.subject_id == str(kept.public_id) and MINE not in str(entry.__dict__)
    assert not list(breaches(fast=True))


def test_the_officer_says_which_value_stays_each_with_its_revision(join, kept):
    join(take=["birth", "identity_number", "phone"])
    kept.refresh_from_db()
    assert (kept.full_name, kept.birth.text, kept.identity_number, kept.phone) == (
        MINE,
        "05/12/2016",
        "031216001234",
        "0912345678",
    )
    assert kept.identity_valid
    told = ChildRevision.objects.filter(child=kept, source="gộp hồ sơ").values_list("field", "old", "new")
    assert set(told) == {
        ("birth", "12/05/2016", "05/12/2016"),
        ("identity_number", "", "031216001234"),
        ("phone", "", "0912345678"),
    }


def test_notes_of_both_may_stand_together(join, kept, merged):
    Child.objects.filter(pk=kept.pk).update(note="Ở với bà")
    Child.objects.filter(pk=merged.pk).update(note="Mẹ đi làm xa")
    join(note="both")
    kept.refresh_from_db()
    assert kept.note == "Ở với bà\nMẹ đi làm xa"


def test_where_the_kept_row_always_lived_the_other_place_is_history_only(join, kept, merged):
    join()
    assert valid(Residence, kept).get().unit.name == "Tổ dân phố 3" and not valid(Residence, merged).exists()
    assert Residence.objects.get(child=merged).voided_at is not None


def test_the_other_place_may_go_before_and_what_lay_outside_of_it_stays(join, kept, merged):
    join(residence="merged")
    kept.refresh_from_db()
    first, second = valid(Residence, kept)
    rows = {row.unit.name: (row.started_on, row.ended_on, row.end_reason) for row in (first, second)}
    assert rows == {
        "Tổ dân phố 3": (None, date(2023, 5, 1), "correction"), "Tổ dân phố 5": (date(2023, 5, 1), None, ""),
    }  # fmt: skip
    assert kept.unit == merged.unit and kept.residing and not list(breaches(fast=True))


def test_the_household_stays_or_comes_from_the_other(join, kept, merged):
    other = make.household(merged.unit, "Trần Thị Lan")
    Membership.objects.create(child=merged, household=other)
    Child.objects.filter(pk=merged.pk).update(household=other)
    join(household="merged")
    kept.refresh_from_db()
    assert kept.household == other and valid(Membership, kept).count() == 1


def test_facts_of_the_other_go_along_and_the_same_act_is_counted_once(join, kept, merged, ward):
    make.support(kept, "S33", on=date(2024, 2, 8), unit=ward, amount=300_000)
    make.support(merged, "S33", on=date(2024, 2, 8), unit=ward)
    make.support(merged, "S34", on=date(2024, 3, 1), unit=ward)
    for child in (kept, merged):
        Caregiver.objects.create(child=child, name="Trần Thị Lan", relation="mother")
    make.circumstance(merged, "N04", since=date(2023, 1, 1))
    join()
    assert sorted(valid(Support, kept).values_list("kind__code", flat=True)) == ["S33", "S34"]
    assert valid(Caregiver, kept).count() == 1 and valid(Circumstance, kept).get().kind.code == "N04"


def test_of_the_same_act_the_row_with_an_amount_stands(join, kept, merged, ward):
    make.support(kept, "S33", on=date(2024, 2, 8), unit=ward)
    make.support(merged, "S33", on=date(2024, 2, 8), unit=ward, amount=300_000)
    join()
    assert valid(Support, kept).get().amount == 300_000


def test_two_acts_that_look_alike_stay_two_when_the_officer_says_so(join, kept, merged, ward):
    make.support(kept, "S33", on=date(2024, 2, 8), unit=ward)
    other = make.support(merged, "S33", on=date(2024, 2, 8), unit=ward)
    join(twice=[other.public_id])
    assert valid(Support, kept).count() == 2


def test_an_open_circumstance_of_both_becomes_one_with_the_first_known_day_and_both_notes(join, kept, merged):
    make.circumstance(kept, "N04", since=date(2023, 6, 1), note="Theo biên bản")
    make.circumstance(merged, "N04", since=date(2022, 1, 1), paper="QĐ 12/QĐ-UBND", note="Bà ngoại nuôi")
    make.circumstance(merged, "N08", since=None, until=date(2020, 1, 1))
    join()
    one = valid(Circumstance, kept).get(kind__code="N04")
    assert (one.started_on, one.paper, one.note) == (date(2022, 1, 1), "QĐ 12/QĐ-UBND", "Theo biên bản\nBà ngoại nuôi")
    assert valid(Circumstance, kept).count() == 2 and not list(breaches(fast=True))


def test_an_incident_is_told_again_with_the_kept_child_and_one_with_both_has_it_once(join, kept, merged, ward):
    alone = make.incident(ward, children=[(merged, {"outcome": "injured"})])
    both = make.incident(ward, on=date(2024, 4, 1), children=[(kept, {}), (merged, {"outcome": "died"}), (None, {"sex": "m"})])
    join()
    rows = Incident.objects.valid().order_by("occurred_on")
    assert [[(one.child, one.outcome) for one in row.children.order_by("sex", "pk")] for row in rows] == [
        [(kept, "injured")], [(kept, "died"), (None, "")],
    ]  # fmt: skip
    assert {row.replaces_id for row in rows} == {alone.pk, both.pk}


def test_a_hidden_fact_goes_along_under_its_file_and_nobody_sees_more_or_less(join, kept, merged, ward, an, chi, binh, dung):
    file = make.protected_file(merged, unit=chi.unit)  # of a team to which the merging officer does not belong
    make.circumstance(merged, "N11.4", since=date(2024, 1, 1), protected_file=file)
    before = {who: Circumstance.objects.visible_to(who).valid().count() for who in (an, binh, chi, dung)}
    join()
    row = valid(Circumstance, kept).get()
    assert row.protected_file == file and row.protected_file.child == kept
    assert {who: Circumstance.objects.visible_to(who).valid().count() for who in (an, binh, chi, dung)} == before
    assert FileAccess.objects.get(file=file).unit == chi.unit and not list(breaches(fast=True))


def barred(file, officer, **fields):
    """The officer is excluded from the file."""
    since = "2024-01-01T00:00:00+07:00"
    return FileAccess.objects.create(file=file, kind="excluded", officer=officer, since=since, **fields)


def sees(officer):
    """How many sensitive circumstances the officer sees."""
    return Circumstance.objects.visible_to(officer).filter(kind__code="N11.4").valid().count()


@pytest.mark.parametrize("whose", ["kept", "merged"])
def test_who_is_excluded_from_the_file_of_one_is_excluded_from_that_of_the_other(join, kept, merged, ward, an, lan, whose):
    one, other = (kept, merged) if whose == "kept" else (merged, kept)
    barred(make.protected_file(one, unit=ward), lan)
    make.circumstance(other, "N11.4", protected_file=make.protected_file(other, unit=ward))
    assert (sees(an), sees(lan)) == (1, 1)
    join()
    assert (sees(an), sees(lan)) == (1, 0)


def test_an_exclusion_reaches_the_file_of_an_incident_and_ends_when_it_ended(join, kept, merged, ward, lan):
    until = timezone.now() + timedelta(days=3)
    barred(make.protected_file(kept, unit=ward), lan, until=until)
    old = make.protected_file(kept, unit=ward)
    barred(old, lan, until=timezone.now() - timedelta(days=1))
    file = make.protected_file(None, unit=ward)
    make.incident(ward, "sexual", children=[(merged, {})], protected_file=file)
    assert Incident.objects.visible_to(lan).valid().exists()
    join()
    assert not Incident.objects.visible_to(lan).valid().exists()
    assert {row.until for row in FileAccess.objects.filter(file=file, officer=lan)} == {until}


def test_undoing_the_merge_ends_the_exclusions_that_it_spread_and_no_others(join, kept, merged, ward, an, lan):
    file = make.protected_file(kept, unit=ward)
    barred(file, lan)
    make.circumstance(merged, "N11.4", protected_file=make.protected_file(merged, unit=ward))
    row = join()
    undo(merge=row, by=an, reason="Nhầm")
    assert sees(lan) == 1 and FileAccess.objects.get(file=file, kind="excluded").until is None


def test_two_open_rows_that_not_the_same_people_may_see_are_not_made_one(join, kept, merged, ward, chi):
    make.circumstance(kept, "N11.4", protected_file=make.protected_file(kept, unit=ward))
    file = make.protected_file(merged, unit=ward)
    make.circumstance(merged, "N11.4", protected_file=file)
    FileAccess.objects.create(file=file, kind="team", unit=chi.unit, since="2024-01-01T00:00:00+07:00")
    with pytest.raises(Refusal, match="người được xem khác nhau"):
        join()
    assert Child.objects.filter(pk__in=[kept.pk, merged.pk]).count() == 2 and not Merge.objects.exists()


def test_of_a_row_that_the_officer_may_not_see_the_refusal_says_nothing(join, kept, merged, ward, chi):
    make.circumstance(kept, "N11.4", protected_file=make.protected_file(kept, unit=ward))
    make.circumstance(merged, "N11.4", protected_file=make.protected_file(merged, unit=chi.unit))
    with pytest.raises(Refusal) as refusal:
        join()
    assert str(refusal.value) == HIDDEN and Circumstance.objects.filter(voided_at=None).count() == 2


def test_two_open_rows_of_the_same_team_become_one_under_the_file_of_the_kept(join, kept, merged, ward):
    files = [make.protected_file(child, unit=ward) for child in (kept, merged)]
    for child, file in zip((kept, merged), files, strict=True):
        make.circumstance(child, "N11.4", protected_file=file)
    join()
    assert valid(Circumstance, kept).get().protected_file == files[0] and not list(breaches(fast=True))


def test_a_merge_needs_a_reason_two_rows_and_the_state_that_the_officer_saw(join, kept, merged, an):
    with pytest.raises(Refusal):
        join(reason=" ")
    with pytest.raises(Refusal):
        join(merged=kept)
    people.correct(child=merged, by=an, version=1, changes={"phone": "0999"})
    with pytest.raises(Conflict):
        join(versions=(1, 1))
    assert join(versions=(1, 2))


def test_a_child_on_its_way_to_another_commune_is_not_merged_before_it_has_arrived(join, merged, an):
    transfers.send(by=an, child=merged, to=unit(VAN_DAU), on=date(2024, 4, 1), once=uuid.uuid4())
    with pytest.raises(Refusal, match="Văn Đẩu"):
        join()


def test_the_same_post_twice_makes_one_merge(join):
    key = uuid.uuid4()
    assert join(once=key) == join(once=key) and Merge.objects.count() == 1


def test_nothing_is_recorded_about_the_row_that_left(join, merged, an, ward):
    join()
    with pytest.raises(Refusal):
        supports.record(by=an, child=merged, kind=SupportKind.objects.get(code="S33"), unit=ward, started_on=date(2024, 2, 8))


def test_undoing_gives_both_back_exactly(join, kept, merged, ward, an):
    furnish(kept, merged, ward)
    before = picture(kept, merged)
    row = join(take=["birth", "identity_number", "phone"], note="both", residence="merged", household="merged")
    assert picture(kept, merged) != before
    undo(merge=row, by=an, reason="Hai chị em họ")
    assert picture(kept, merged) == before and not list(breaches(fast=True))
    row.refresh_from_db()
    assert row.undone_by == an and row.undo_reason == "Hai chị em họ"
    with pytest.raises(Refusal):
        undo(merge=row, by=an, reason="Lần nữa")


def furnish(kept, merged, ward):
    """Something of every kind, alike and different, open and hidden."""
    other = make.household(merged.unit, "Trần Thị Lan")
    Membership.objects.create(child=merged, household=other)
    Child.objects.filter(pk=merged.pk).update(household=other, note="Mẹ đi làm xa")
    for child in (kept, merged):
        make.circumstance(child, "N04", since=date(2023, child.pk % 5 + 1, 1))
        make.support(child, "S33", on=date(2024, 2, 8), unit=ward)
        make.circumstance(child, "N11.4", protected_file=make.protected_file(child, unit=ward))
        Caregiver.objects.create(child=child, name="Trần Thị Lan", relation="mother")
    make.support(merged, "S01", on=date(2023, 4, 1), unit=ward, running=True, amount=540_000, per="month")
    make.incident(ward, children=[(kept, {}), (merged, {"outcome": "injured"})])


def test_a_merge_that_was_undone_can_be_made_again_and_undone_again(join, kept, merged, ward, an):
    furnish(kept, merged, ward)
    before = picture(kept, merged)
    for _ in range(2):
        undo(merge=join(residence="merged"), by=an, reason="Nhầm")
        assert picture(kept, merged) == before
    assert not list(breaches(fast=True))


def test_what_was_recorded_later_stands_on_the_merge_and_is_named(join, kept, an, ward):
    row = join()
    supports.record(by=an, child=kept, kind=SupportKind.objects.get(code="S33"), unit=ward, started_on=date(2024, 2, 8))
    kept.refresh_from_db()
    people.correct(child=kept, by=an, version=kept.version, changes={"phone": "0999"})
    assert stands_on(row, an) == [
        "thông tin đã sửa: điện thoại gia đình",
        f"trợ giúp “{SupportKind.objects.get(code='S33').name}”",
    ]
    with pytest.raises(Refusal, match="Quà tặng"):
        undo(merge=row, by=an, reason="Nhầm")
    later = valid(Support, kept).get()
    supports.void(support=later, by=an, version=1, reason="Ghi nhầm")
    kept.refresh_from_db()
    people.correct(child=kept, by=an, version=kept.version, changes={"phone": ""})
    assert stands_on(row, an) == []


def test_a_move_an_end_and_a_later_merge_stand_on_it_too(join, kept, merged, ward, an):
    fact = make.circumstance(merged, "N04", since=date(2023, 1, 1))
    row = join()
    new = valid(Circumstance, kept).get()
    assert new.replaces == fact
    circumstances.end(circumstance=new, by=an, version=1, last_day=date(2024, 4, 1), reason="resolved")
    residence.move(child=kept, unit=make.hamlet(ward), by=an, on=date(2024, 4, 1))
    merge(by=an, kept=kept, merged=make.child(ward, MINE), reason="Cùng một trẻ")
    told = stands_on(row, an)
    assert any("cư trú" in word for word in told) and any("hoàn cảnh" in word for word in told)
    assert "một lần gộp khác, sau lần này" in told


def test_of_what_the_officer_may_not_see_undoing_tells_nothing_but_whom_to_ask(join, kept, an, chi):
    row = join()
    make.circumstance(kept, "N11.4", protected_file=make.protected_file(kept, unit=chi.unit))
    assert stands_on(row, an) == ["nội dung khác (đề nghị liên hệ cấp trên)"]


def test_undoing_is_refused_in_words_when_the_number_is_anothers_by_now(join, kept, merged, an, ward):
    row = join()
    make.child(ward, "Lê Văn Bình", identity_number="031216001234", identity_valid=True)
    with pytest.raises(Refusal, match="Số định danh"):
        undo(merge=row, by=an, reason="Nhầm")
    assert not Child.objects.filter(pk=merged.pk).exists()


def test_children_of_two_communes_are_merged_by_the_district(kept, dung):
    other = make.child(make.hamlet(unit(VAN_DAU)), MINE, "12/05/2016", "f")
    merge(by=dung, kept=kept, merged=other, reason="Trẻ đã chuyển đến phường Nam Sơn")
    assert valid(Residence, kept).count() == 1


def test_a_class_of_the_household_and_the_household_itself_are_not_touched(join, kept, an):
    households.set_class(household=kept.household, year=2024, level="poor", by=an)
    join()
    assert kept.household.poverty.get().voided_at is None


def test_every_row_that_points_at_a_child_is_a_dated_fact_or_stays_or_goes_along():
    """A new model with a key to Child: a dated fact is said again, anything else is moved unless STAY names it."""
    known = {
        "Attachment",
        "BulkItem",
        "Carer",
        "Case",
        "CheckListRow",
        "Commitment",
        "DataRequest",
        "MinistryDifference",
        "Placement",
        "ProtectedFile",
        "Pupil",
        "ReviewTick",
        "Transfer",
        "TransferAsk",
        "Unplaced",
    }
    others = {model.__name__ for model, _ in related() if not issubclass(model, DatedFact) and model not in STAY}
    assert others == known, "decide in merging.STAY whether these rows stay with the row that left, then name them here"


def test_what_stands_is_told_by_key_and_version(kept, merged, an):
    first = standing(kept)
    residence.end(child=kept, by=an, on=date(2024, 4, 1), reason="departure")
    assert standing(kept) != first and first["children.Membership"] == standing(kept)["children.Membership"]
