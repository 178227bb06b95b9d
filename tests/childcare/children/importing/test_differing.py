"""A list that says otherwise than the registry: offered cell by cell, ours stays unless taken, and all of it can be undone."""

from datetime import date

import pytest

from childcare.children import models as c
from childcare.children.importing import batches, differing, guesses, undoing
from childcare.children.models import Child, ImportBatch
from tests import factories, people
from tests.childcare.children.importing.test_writing import HEAD, hamlets, workbook  # noqa: F401

HOA = [1, "Nguyễn Thị Hoa", "12/05/2016", "Nữ", "031316000011", "Tổ dân phố 1", "Lê Thị Mai", "Nguyễn Văn Hào", "Hộ nghèo", "", ""]  # fmt: skip
MORE = ["Trợ cấp xã hội hằng tháng", "Số QĐ", "Ngày QĐ", "Số tiền (đồng)"]


@pytest.fixture
def known(hamlets):  # noqa: F811
    """Hoa as the registry knows her: every basic field but the number is another."""
    house = factories.household(hamlets[1], "Nguyễn Văn Hào")
    factories.poverty(house, "near", 2024)
    return factories.child(
        hamlets[1], "Nguyễn Thị Hoà", "13/05/2016", sex="m", house=house, mother_name="Lê Thị Mây", phone="0912",
        identity_number="031316000011", identity_valid=True,
    )  # fmt: skip


def upload(ward, by, *rows, head=HEAD):
    batch = batches.upload(
        by=by, unit=ward, on=people.TODAY, name="danh-sach.xlsx", data=workbook(*rows, head=head)
    )  # fmt: skip
    batches.read_file(batch=batch, by=by)
    batch.refresh_from_db()
    return batch


def told(batch):
    found = [offer for offer in batches.reading_of(batch).offers if offer["kind"] == differing.KIND]
    return {offer["field"]: (offer["from"], offer["to"]) for offer in found}


def let_in(batch, by, *fields):
    reading = batches.reading_of(batch)
    chosen = [place for place, offer in enumerate(reading.offers) if {offer["field"], offer["kind"]} & set(fields)]
    batches.decide(batch=batch, by=by, accepted=chosen)
    batches.write_batch(batch=batch, by=by)
    batch.refresh_from_db()
    return batch


def test_every_cell_that_differs_is_offered_with_the_words_of_both(ward, an, known):
    assert told(upload(ward, an, HOA)) == {
        "full_name": ("Nguyễn Thị Hoà", "Nguyễn Thị Hoa"), "birth": ("13/05/2016", "12/05/2016"), "sex": ("Nam", "Nữ"),
        "mother_name": ("Lê Thị Mây", "Lê Thị Mai"), "poverty": ("hộ cận nghèo", "hộ nghèo"),
        "hamlet": ("Tổ dân phố 2", "Tổ dân phố 1"),
    }  # fmt: skip


def test_a_cell_that_nobody_took_leaves_the_registry_as_it_is(ward, an, known):
    before = Child.objects.values().get()
    batch = let_in(upload(ward, an, HOA), an)
    assert Child.objects.values().get() == before and batch.summary["differs"] == 1
    assert c.PovertyStatus.objects.get().level == "near"


def test_only_the_cell_that_was_taken_is_written_and_leaves_a_revision(ward, an, known):
    let_in(upload(ward, an, HOA), an, "mother_name")
    known.refresh_from_db()
    assert (known.mother_name, known.sex, known.birth.text) == ("Lê Thị Mai", "m", "13/05/2016")
    assert list(known.revisions.values_list("field", "old", "new")) == [("mother_name", "Lê Thị Mây", "Lê Thị Mai")]


def test_all_cells_taken_are_written(ward, an, known, hamlets):  # noqa: F811
    batch = let_in(upload(ward, an, HOA), an, "full_name", "birth", "sex", "mother_name", "poverty", "hamlet")
    known.refresh_from_db()
    assert (known.full_name, known.folded_name, known.birth.text, known.sex) == (
        "Nguyễn Thị Hoa", "nguyen thi hoa", "12/05/2016", "f",
    )  # fmt: skip
    assert known.unit == hamlets[0] and batch.summary["differs"] == 0
    assert c.PovertyStatus.objects.valid().get().level == "poor" and c.PovertyStatus.objects.count() == 2
    residence = c.Residence.objects.get(voided_at=None)
    assert (residence.unit, residence.start_reason) == (hamlets[0], "existing") and residence.replaces.unit == hamlets[1]


def test_taken_again_nothing_is_left_to_offer(ward, an, known):
    let_in(upload(ward, an, HOA), an, "full_name", "birth", "sex", "mother_name", "poverty", "hamlet")
    batch = upload(ward, an, HOA)
    assert told(batch) == {} and (batch.summary["updated"], batch.summary["unchanged"]) == (0, 1)


def test_undone_as_a_whole_everything_is_as_before(ward, an, known, hamlets):  # noqa: F811
    batch = let_in(upload(ward, an, HOA), an, "full_name", "birth", "sex", "mother_name", "poverty", "hamlet")
    undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    undoing.undo(batch=ImportBatch.objects.get(pk=batch.pk), by=an)
    known.refresh_from_db()
    assert (known.full_name, known.birth.text, known.sex, known.mother_name) == (
        "Nguyễn Thị Hoà", "13/05/2016", "m", "Lê Thị Mây",
    )  # fmt: skip
    assert known.unit == hamlets[1] and c.Residence.objects.get(voided_at=None).unit == hamlets[1]
    assert c.PovertyStatus.objects.valid().get().level == "near"


def test_what_an_officer_wrote_after_the_preview_is_not_overwritten(ward, an, known):
    batch = upload(ward, an, HOA)
    Child.objects.update(mother_name="Lê Thị Mười")
    let_in(batch, an, "mother_name")
    known.refresh_from_db()
    assert known.mother_name == "Lê Thị Mười"


def test_what_was_written_after_the_import_stands_on_it(ward, an, known):
    batch = let_in(upload(ward, an, HOA), an, "hamlet")
    c.Residence.objects.filter(voided_at=None).update(version=2, ended_on=date(2024, 5, 1), end_reason="departure")
    with pytest.raises(undoing.Refusal, match="1 thay đổi"):
        undoing.ask(batch=batch, by=an, reason="Nhầm tệp")


def test_a_class_that_was_written_over_since_is_not_put_back(ward, an, known):
    batch = let_in(upload(ward, an, HOA), an, "poverty")
    taken = c.PovertyStatus.objects.valid().get()
    c.PovertyStatus.objects.filter(pk=taken.pk).update(voided_at="2024-05-02T00:00:00Z", void_reason="Ghi lại")
    later = c.PovertyStatus.objects.create(household=taken.household, year=2024, level="other", replaces=taken)
    undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    undoing.undo(batch=ImportBatch.objects.get(pk=batch.pk), by=an)
    assert c.PovertyStatus.objects.valid().get() == later


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", True), ("Lê Thuý", "Lê Thúy", True), ("Lê Hoa", "Lê Hòa", False),
        ("Lê Lan", "Lê Lân", False), ("Phạm Quỳnh", "Phạm  Quỳnh", True),
    ],
)  # fmt: skip
def test_where_a_tone_stands_is_no_difference(one, other, same):
    assert differing.same_spelling(one, other) is same


def test_a_child_without_a_hamlet_is_offered_the_one_of_the_file(ward, an, hamlets):  # noqa: F811
    child = factories.child(ward, "Nguyễn Thị Hoa", "12/05/2016", sex="f", mother_name="Lê Thị Mai")
    batch = upload(ward, an, HOA)
    assert told(batch) == {"hamlet": ("(chưa có)", "Tổ dân phố 1")}
    let_in(batch, an, "hamlet", guesses.SAME)
    child.refresh_from_db()
    assert child.unit == hamlets[0]


def test_decision_and_amount_of_help_that_runs_are_offered_and_undone(ward, an, known):
    head, row = [*HEAD, *MORE], [*HOA, "x", "12/QĐ-UBND", "20/03/2023", "540.000"]
    running = factories.support(known, "S01", on=date(2023, 4, 1), running=True)
    batch = upload(ward, an, row, head=head)
    offered = told(batch)
    assert offered["decision"] == ("(chưa có)", "12/QĐ-UBND ngày 20/03/2023")
    assert offered["amount"] == ("(chưa có)", "540.000 đồng")
    let_in(batch, an, "decision", "amount")
    new = c.Support.objects.get(voided_at=None)
    assert (new.replaces, new.decision, new.amount, new.started_on) == (running, "12/QĐ-UBND", 540000, date(2023, 4, 1))
    undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    undoing.undo(batch=ImportBatch.objects.get(pk=batch.pk), by=an)
    back = c.Support.objects.get(voided_at=None)
    assert (back.decision, back.amount, back.running, back.started_on) == ("", None, True, date(2023, 4, 1))


def test_a_fact_under_a_protected_file_is_neither_compared_nor_told(ward, an, known):
    file = factories.protected_file(known)
    factories.support(known, "S01", on=date(2023, 4, 1), running=True, protected_file=file, decision="99/QĐ")
    offered = told(upload(ward, an, [*HOA, "x", "12/QĐ-UBND", "20/03/2023", "540.000"], head=[*HEAD, *MORE]))
    assert "decision" not in offered and "amount" not in offered


def test_one_off_help_without_its_day_is_told_for_new_and_known_children(ward, an, known):
    head = [*HEAD, "Trợ giúp"]
    rows = [[*HOA, "Học bổng"], [2, "Trần Văn Nam", "01/02/2017", "Nam", "", "", "Vũ Thị Tám", "", "", "", "", "Học bổng"]]
    batch = upload(ward, an, *rows, head=head)
    found = [one for one in batches.reading_of(batch).warnings if one["kind"] == "support_without_day"]
    assert sorted(one["row"] for one in found) == [2, 3] and {one["value"] for one in found} == {"Học bổng"}
    let_in(batch, an)
    assert not c.Support.objects.exists()


def test_another_sub_group_is_a_cell_that_takes_the_place_of_the_one_that_holds(ward, an, known):
    old = factories.circumstance(known, "N04.1", since=date(2023, 1, 1), paper="GXN 01")
    head, row = [*HEAD, "Số giấy xác nhận khuyết tật"], [*HOA[:9], "Khuyết tật nặng", "", "GXN 02"]
    batch = upload(ward, an, row, head=head)
    assert told(batch)["circumstances"] == ("Trẻ em khuyết tật đặc biệt nặng", "Trẻ em khuyết tật nặng")
    let_in(batch, an, "circumstances")
    new = c.Circumstance.objects.get(voided_at=None)
    assert (new.kind.code, new.paper, new.started_on, new.replaces) == ("N04.2", "GXN 02", date(2023, 1, 1), old)
    assert "circumstances" not in told(upload(ward, an, row, head=head))
    undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    undoing.undo(batch=ImportBatch.objects.get(pk=batch.pk), by=an)
    back = c.Circumstance.objects.get(voided_at=None)
    assert (back.kind.code, back.paper, back.started_on) == ("N04.1", "GXN 01", date(2023, 1, 1))


def test_a_sub_group_under_a_protected_file_is_neither_told_nor_taken(ward, an, known):
    factories.circumstance(known, "N04.1", protected_file=factories.protected_file(known))
    batch = upload(ward, an, [*HOA[:9], "Khuyết tật nặng", ""])
    assert "circumstances" not in told(batch)
    assert not [one for one in batches.reading_of(batch).warnings if one["kind"] == "group_differs"]
    let_in(batch, an, "circumstances")
    assert c.Circumstance.objects.get().kind.code == "N04.1"


def test_another_first_day_of_help_that_runs_is_a_cell(ward, an, known):
    running = factories.support(known, "S01", on=date(2023, 4, 1), running=True, amount=540000)
    head = [*HEAD, "Trợ cấp xã hội hằng tháng", "Từ ngày"]
    assert "since" not in told(upload(ward, an, [*HOA, "x", ""], head=head))  # a blank cell says nothing
    batch = upload(ward, an, [*HOA, "x", "01/03/2023"], head=head)
    assert told(batch)["since"] == ("01/04/2023", "01/03/2023")
    let_in(batch, an)
    assert c.Support.objects.get() == running
    batch = let_in(upload(ward, an, [*HOA, "x", "01/03/2023"], head=head), an, "since")
    new = c.Support.objects.get(voided_at=None)
    assert (new.started_on, new.amount, new.running, new.replaces) == (date(2023, 3, 1), 540000, True, running)
    undoing.ask(batch=batch, by=an, reason="Nhầm tệp")
    undoing.undo(batch=ImportBatch.objects.get(pk=batch.pk), by=an)
    assert c.Support.objects.get(voided_at=None).started_on == date(2023, 4, 1)
    early = let_in(upload(ward, an, [*HOA, "x", "01/03/2010"], head=head), an, "since")  # before the birth
    assert c.Support.objects.get(voided_at=None).started_on == date(2023, 4, 1) and early.summary["differs"] == 1


def test_an_older_list_is_not_asked_what_an_officer_corrected_since(ward, an, known):
    Child.objects.update(identity_number=None, identity_valid=False)
    c.ChildRevision.objects.create(child=known, field="mother_name", old="Lê Thị Mai", new="Lê Thị Mây", by=an)
    row = [1, "Nguyễn Thị Hoà", "13/05/2016", "Nam", "", "Tổ dân phố 2", "Lê Thị Mai", "Nguyễn Văn Hào", "Hộ cận nghèo", "", ""]  # fmt: skip
    assert told(upload(ward, an, row)) == {}


def test_the_number_of_another_child_is_never_offered(ward, an, known, hamlets):  # noqa: F811
    other = factories.child(hamlets[0], "Trần Văn Nam", "1/2/2015", identity_number="031215000022", identity_valid=True)
    head = [*HEAD, "Mã trong sổ"]
    row = [1, "Nguyễn Thị Hoà", "13/05/2016", "Nam", other.identity_number, "Tổ dân phố 2", "Lê Thị Mây", "", "", "", "", known.code]  # fmt: skip
    assert "identity_number" not in told(upload(ward, an, row, head=head))


def test_another_number_of_the_same_child_is_offered_and_loses_the_mark_of_the_police(ward, an, known):
    Child.objects.update(identity_verified_on=date(2024, 1, 2))
    row = [1, "Nguyễn Thị Hoà", "13/05/2016", "Nam", "031216000099", "Tổ dân phố 2", "Lê Thị Mây", "", "", "", "", known.code]
    batch = upload(ward, an, row, head=[*HEAD, "Mã trong sổ"])
    assert told(batch)["identity_number"] == ("031316000011", "031216000099")
    let_in(batch, an, "identity_number")
    known.refresh_from_db()
    assert (known.identity_number, known.identity_valid, known.identity_verified_on) == ("031216000099", True, None)


def test_a_choice_survives_a_second_reading(ward, an, known):
    batch = upload(ward, an, HOA)
    place = next(place for place, one in enumerate(batches.reading_of(batch).offers) if one["field"] == "mother_name")
    batches.choose(batch=batch, by=an, shown=[place], taken=[place])
    batches.read_again(batch=batch, by=an, left_out=[])
    batch.refresh_from_db()
    batches.read_file(batch=batch, by=an)
    batch.refresh_from_db()
    assert [batches.reading_of(batch).offers[place]["field"] for place in batch.accepted_offers] == ["mother_name"]


ALONE = [1, "Nguyễn Thị Hoa", "13/05/2016", "Nữ", "", "Tổ dân phố 1", "Lê Thị Mười", "", "", "", ""]


def same(batch):
    return [(one["from"], one["told"]) for one in batches.reading_of(batch).offers if one["kind"] == differing.SAME]


def test_name_and_birth_alone_are_asked_and_make_nobody_the_same(ward, an, known):
    batch = upload(ward, an, ALONE)
    assert same(batch) == [("mẹ Lê Thị Mười", f"Nguyễn Thị Hoà · {known.code} · Tổ dân phố 2 · mẹ Lê Thị Mây")]
    let_in(batch, an)
    assert Child.objects.count() == 2


def test_a_person_who_says_that_it_is_the_same_child_makes_no_second(ward, an, known):
    batch = let_in(upload(ward, an, ALONE), an, "child_code")
    assert Child.objects.get() == known and (batch.summary["created"], batch.summary["differs"]) == (0, 1)


def test_nobody_is_asked_about_two_numbers_or_a_child_of_another_row_or_another_commune(ward, an, known):
    other = [*ALONE[:4], "031216000099", *ALONE[5:]]
    assert same(upload(ward, an, other)) == []
    assert same(upload(ward, an, HOA, [2, *ALONE[1:2], "12/05/2016", *ALONE[3:]])) == []
    Child.objects.update(unit=people.unit(people.VAN_DAU))
    assert same(upload(ward, an, ALONE)) == []


def test_of_two_rows_that_mean_one_child_the_first_is_it(ward, an, known):
    batch = upload(ward, an, ALONE, [2, *ALONE[1:6], "Lê Thị Chín", "", "", "", ""])
    assert len(same(batch)) == 2
    let_in(batch, an, "child_code")
    assert Child.objects.count() == 2
