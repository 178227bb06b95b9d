"""Writing a reading into the registry: all or nothing, twice is once, and only what is not known is filled."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from childcare.audit.models import Entry
from childcare.children import bulk
from childcare.children import models as c
from childcare.children.importing import guesses, offers, registry, writing
from childcare.children.importing.reading import read
from childcare.lib.refusal import Refusal
from tests import factories, people

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh", "Tổ dân phố", "Họ tên mẹ", "Chủ hộ", "Loại hộ năm 2024", "Hoàn cảnh", "Ghi chú"]  # fmt: skip
HOA = [1, "Nguyễn Thị Hoa", "12/05/2016", "Nữ", "031316000011", "Tổ dân phố 1", "Lê Thị Mai", "Nguyễn Văn Hào", "Hộ nghèo", "Khuyết tật nặng", ""]  # fmt: skip
BINH = [2, "Nguyễn Văn Bình", "2018", "Nam", "", "Tổ dân phố 1", "Lê Thị Mai", "Nguyễn Văn Hào", "Hộ nghèo", "", ""]
LAN = [3, "Trần Thị Lan", "5/2019", "Nữ", "", "Tổ dân phố 2", "Đỗ Thị Vui", "", "Hộ cận nghèo", "Nhiễm HIV", ""]


def workbook(*rows, head=HEAD, name="Danh sách"):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    sheet = book.add_worksheet(name)
    for place, cells in enumerate([head, *rows]):
        sheet.write_row(place, 0, cells)
    book.close()
    return buffer.getvalue()


@pytest.fixture
def hamlets(ward):
    return [factories.hamlet(ward, f"Tổ dân phố {number}") for number in (1, 2)]


def take_in(ward, by, *rows, accept=(), head=HEAD, same=False):
    """Read and write a list of these rows; returns the counts. `same`: who is alike is the same child."""
    reading = read(workbook(*rows, head=head), "danh-sach.xlsx", registry.place_of(ward, people.TODAY))
    if same:
        guesses.say_same(reading.rows)
    chosen = offers.positions(reading, kinds=accept)
    return writing.write(reading=reading, rows=offers.apply(reading, chosen), unit=ward, by=by)


def test_children_come_with_household_residence_class_and_circumstances(ward, hamlets, an):
    counts = take_in(ward, an, HOA, BINH, LAN)
    assert (counts["created"], counts["updated"], counts["unchanged"], counts["rejected"]) == (3, 0, 0, 0)
    hoa = c.Child.objects.get(folded_name="nguyen thi hoa")
    assert (hoa.sex, hoa.identity_number, hoa.identity_valid, hoa.unit, hoa.created_by) == (
        "f",
        "031316000011",
        True,
        hamlets[0],
        an,
    )
    assert (
        hoa.household.head_name == "Nguyễn Văn Hào"
        and hoa.household == c.Child.objects.get(folded_name="nguyen van binh").household
    )
    home = hoa.residences.get()
    assert (home.unit, home.started_on, home.start_reason, home.recorded_by) == (hamlets[0], None, "existing", an)
    assert c.PovertyStatus.objects.get(household=hoa.household).level == "poor"
    assert list(hoa.circumstances.values_list("kind__code", "started_on", "protected_file")) == [("N04.2", None, None)]
    assert hoa.memberships.get().household == hoa.household


def test_partial_births_keep_their_precision(ward, hamlets, an):
    take_in(ward, an, BINH, LAN)
    assert c.Child.objects.get(folded_name="nguyen van binh").birth.text == "2018"
    assert c.Child.objects.get(folded_name="tran thi lan").birth.text == "05/2019"


def test_a_class_without_a_head_of_household_makes_a_household_of_its_own(ward, hamlets, an):
    take_in(ward, an, LAN)
    lan = c.Child.objects.get()
    assert lan.household.head_name == "" and lan.household.poverty.get().level == "near"


def test_the_same_file_again_changes_nothing(ward, hamlets, an):
    take_in(ward, an, HOA, BINH, LAN)
    before = {
        model: model.objects.count()
        for model in (c.Child, c.Household, c.Residence, c.PovertyStatus, c.Circumstance, c.ProtectedFile)
    }
    counts = take_in(ward, an, HOA, BINH, LAN)
    assert (counts["created"], counts["updated"], counts["unchanged"]) == (0, 0, 3)
    assert before == {model: model.objects.count() for model in before}
    assert not c.ChildRevision.objects.exists()


def test_two_children_of_one_description_stay_two_when_the_file_comes_again(ward, hamlets, an):
    twice = [BINH, [3, *BINH[1:]]]
    assert take_in(ward, an, *twice)["created"] == 2
    assert take_in(ward, an, *twice)["unchanged"] == 2
    assert c.Child.objects.count() == 2


def test_an_unnamed_child_of_another_hamlet_is_another_child(ward, hamlets, an):
    row = [1, "Trai", "", "Nam", "", "Tổ dân phố 1", "", "", "", "", ""]
    take_in(ward, an, row)
    assert take_in(ward, an, [*row[:5], "Tổ dân phố 2", *row[6:]])["created"] == 1
    assert take_in(ward, an, row)["unchanged"] == 1


def test_only_what_is_not_known_is_filled_and_leaves_a_revision(ward, hamlets, an):
    child = factories.child(hamlets[0], "Nguyễn Thị Hoa", "12/05/2016", sex="", mother_name="Lê Thị Mai", phone="0912345678")
    counts = take_in(ward, an, HOA, same=True)
    assert (counts["created"], counts["updated"]) == (0, 1)
    child.refresh_from_db()
    assert (child.sex, child.identity_number, child.identity_valid, child.phone) == ("f", "031316000011", True, "0912345678")
    assert child.household.head_name == "Nguyễn Văn Hào"
    assert set(child.revisions.values_list("field", flat=True)) == {"sex", "identity_number"}
    assert child.version == 2


def test_what_the_registry_says_otherwise_stays_and_is_counted(ward, hamlets, an):
    house = factories.household(hamlets[0], "Nguyễn Văn Hào")
    factories.poverty(house, "near", 2024)
    child = factories.child(hamlets[0], "Nguyễn Thị Hoa", "12/05/2016", sex="m", house=house, mother_name="Lê Thị Mai")
    factories.circumstance(child, "N04.3")
    counts = take_in(ward, an, HOA)
    assert counts["differs"] == 1
    child.refresh_from_db()
    assert child.sex == "m" and house.poverty.get().level == "near"
    assert list(child.circumstances.values_list("kind__code", flat=True)) == ["N04.3"]


def test_a_number_known_elsewhere_with_the_same_name_and_birth_makes_no_second_child(ward, hamlets, an):
    factories.child(
        people.unit(people.VAN_DAU),
        "Nguyễn Thị Hoa",
        "12/05/2016",
        sex="f",
        identity_number="031316000011",
        identity_valid=True,
    )
    counts = take_in(ward, an, HOA)
    assert (counts["created"], counts["unchanged"], counts["elsewhere"]) == (0, 1, 1)
    assert not c.Circumstance.objects.exists() and not c.Household.objects.exists()


def test_a_number_taken_after_the_reading_does_not_break_the_import(ward, hamlets, an):
    reading = read(workbook(HOA), "a.xlsx", registry.place_of(ward, people.TODAY))
    factories.child(hamlets[1], "Vũ Thị Khác", "1/1/2016", identity_number="031316000011", identity_valid=True)
    counts = writing.write(reading=reading, rows=offers.apply(reading, []), unit=ward, by=an)
    assert counts["created"] == 1
    assert c.Child.objects.get(folded_name="nguyen thi hoa").identity_valid is False


def test_sensitive_groups_go_under_a_protected_file_of_the_commune(ward, hamlets, an, binh, chi):
    take_in(ward, an, LAN)
    row = c.Circumstance.objects.get()
    assert row.kind.code == "N05" and row.protected_file.child == c.Child.objects.get()
    assert list(c.Circumstance.objects.visible_to(an)) == [row]
    assert not c.Circumstance.objects.visible_to(binh).exists() and not c.Circumstance.objects.visible_to(chi).exists()
    take_in(ward, an, LAN)
    assert c.ProtectedFile.objects.count() == 1


def test_without_the_right_to_protected_facts_sensitive_groups_are_left_out(ward, hamlets, an, monkeypatch):
    monkeypatch.setattr(type(an), "can_in", lambda self, permission, unit: permission != "protected.view")
    counts = take_in(ward, an, LAN)
    assert counts["created"] == 1 and counts["sensitive_left_out"] == 1
    assert not c.Circumstance.objects.exists()


def test_an_accepted_departure_ends_residence_and_circumstances(ward, hamlets, an):
    gone = [*HOA[:10], "Chuyển đi Bình Dương ngày 3/3/2024"]
    take_in(ward, an, gone, accept=["residence_end"])
    child = c.Child.objects.get()
    assert not child.residing
    assert (child.residences.get().ended_on, child.residences.get().end_reason) == (date(2024, 3, 3), "departure")
    assert (child.circumstances.get().ended_on, child.circumstances.get().end_reason) == (date(2024, 3, 3), "moved")


def test_a_departure_that_nobody_accepted_changes_nothing(ward, hamlets, an):
    take_in(ward, an, [*HOA[:10], "Chuyển đi Bình Dương"])
    assert c.Child.objects.get().residing


def test_an_accepted_death_of_a_child_already_there(ward, hamlets, an):
    take_in(ward, an, HOA)
    take_in(ward, an, [*HOA[:10], "Đã mất 1/4/2024"], accept=["residence_end"])
    assert c.Residence.objects.get().end_reason == "death" and not c.Child.objects.get().residing


def test_an_accepted_offer_changes_what_is_stored(ward, hamlets, an):
    row = [1, "TRẦN VĂN NAM", "1/2/2017", "Nam", 31217000022, "Tổ dân phố 1", "", "", "", "khuyết tật, mồ côi cả cha và mẹ", ""]
    take_in(ward, an, row, accept=["name_case", "identity_leading_zero", "split_circumstances"])
    child = c.Child.objects.get()
    assert (child.full_name, child.identity_number, child.identity_valid) == ("Trần Văn Nam", "031217000022", True)
    assert set(child.circumstances.values_list("kind__code", flat=True)) == {"N04", "N01"}


def test_offers_that_are_not_accepted_change_nothing(ward, hamlets, an):
    row = [1, "TRẦN VĂN NAM", "1/2/2017", "Nam", 31217000022, "Tổ dân phố 1", "", "", "", "khuyết tật, mồ côi cả cha và mẹ", ""]
    take_in(ward, an, row)
    child = c.Child.objects.get()
    assert (child.full_name, child.identity_number, child.identity_valid) == ("TRẦN VĂN NAM", "31217000022", False)
    assert not child.circumstances.exists()


def test_the_day_and_the_support_of_a_column_are_recorded(ward, hamlets, an):
    head = ["Họ và tên", "Ngày sinh", "Khuyết tật", "Trợ cấp hằng tháng", "Từ ngày"]
    take_in(ward, an, ["Nguyễn Văn A", "2/3/2015", "x", "x", "01/04/2023"], head=head)
    assert c.Circumstance.objects.get().started_on == date(2023, 4, 1)
    help_ = c.Support.objects.get()
    assert (help_.kind.code, help_.started_on, help_.running, help_.unit) == ("S01", date(2023, 4, 1), True, ward)
    assert take_in(ward, an, ["Nguyễn Văn A", "2/3/2015", "x", "x", "01/04/2023"], head=head)["unchanged"] == 1


def test_nothing_is_saved_when_the_database_fails_in_the_middle(ward, hamlets, an, monkeypatch):
    insert = bulk.insert

    def break_at_poverty(model, names, rows):
        if model is c.PovertyStatus:
            raise RuntimeError("the server went away")
        return insert(model, names, rows)

    monkeypatch.setattr(bulk, "insert", break_at_poverty)
    with pytest.raises(RuntimeError):
        take_in(ward, an, HOA, BINH)
    assert not c.Child.objects.exists() and not c.Household.objects.exists()
    monkeypatch.undo()
    assert take_in(ward, an, HOA, BINH)["created"] == 2


def test_a_stranger_and_a_colleague_without_the_right_are_refused(ward, hamlets, binh, chi):
    for officer in (binh, chi):
        with pytest.raises(Refusal):
            take_in(ward, officer, HOA)
    assert not c.Child.objects.exists()


def test_one_audit_entry_tells_the_counts_and_no_name(ward, hamlets, an):
    take_in(ward, an, HOA, BINH)
    entry = Entry.objects.get(action="children.imported")
    assert entry.note == "created=2, updated=0, unchanged=0, rejected=0"
    assert "Hoa" not in str(entry.__dict__)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite inserts in batches")
def test_the_number_of_queries_does_not_grow_with_the_rows(ward, hamlets, an):
    def queries(count):
        rows = [
            [
                n,
                f"Nguyễn Văn Số {n}",
                "1/2/2016",
                "Nam",
                "",
                "Tổ dân phố 1",
                f"Mẹ {n}",
                f"Chủ {n}",
                "Hộ nghèo",
                "Khuyết tật nhẹ",
                "",
            ]
            for n in range(count)
        ]
        an.can("child.import")
        with CaptureQueriesContext(connection) as context:
            reading = read(workbook(*rows), "a.xlsx", registry.place_of(ward, people.TODAY))
            writing.write(reading=reading, rows=offers.apply(reading, []), unit=ward, by=an)
        return len([query for query in context.captured_queries if "SAVEPOINT" not in query["sql"]])

    assert queries(5) <= 18  # COPY statements among them, former hamlets and former words of children
    assert queries(400) <= 18 + 3  # of children already there the open facts are read too


def test_both_ways_of_inserting_store_the_same(ward, hamlets, an):
    awkward = [
        1,
        "Nguyễn\tVăn\\N",
        "12/05/2016",
        "Nam",
        "",
        "Tổ dân phố 1",
        "Lê \"Thị\" 'Mai'",
        "",
        "",
        "",
        "dòng\nhai \\. {a}",
    ]
    take_in(ward, an, awkward)
    child = c.Child.objects.get()
    assert (child.full_name, child.mother_name, child.note) == ("Nguyễn Văn\\N", "Lê \"Thị\" 'Mai'", "dòng hai \\. {a}")
    assert child.public_id and child.created_at and child.version == 1 and child.insurance_until is None
