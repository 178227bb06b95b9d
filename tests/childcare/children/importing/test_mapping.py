"""What columns hold: the guess, what the officer says instead, and what the unit remembers."""

import pytest

from childcare.children import models as c
from childcare.children.importing import batches, mapping, mappings
from childcare.children.importing.reading import NoList, Place, read
from childcare.jobs import actions as jobs
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.childcare.children.importing.test_reading import HAMLETS, ON, book

ODD = ["Số", "Quý danh cháu", "Chào đời", "Nhà ở đâu", "Ông", "Cờ 1"]
ROW = [1, "Nguyễn Thị Hoa", "12/5/2016", "Thôn Trung Chính", "Nguyễn Văn Hào", "x"]
FIELDS = ["stt", "full_name", "birth_date", "hamlet", "household_head", "circumstance:N04.2"]


def key(*headings):
    return mapping.key_of(dict(enumerate(headings)))


def reading(sheets, fields=None, left_out=()):
    remembered = mapping.Remembered(fields or {}, frozenset(left_out))
    return read(book(*sheets), "a.xlsx", Place(ON, HAMLETS, remembered=remembered))


def test_a_table_whose_headings_say_nothing_is_shown_to_be_mapped_and_read_once_it_was():
    with pytest.raises(NoList) as problem:
        reading([("DS", [ODD, ROW])])
    [sheet] = problem.value.reading.sheets
    assert [column["heading"] for column in sheet["mapping"]["columns"]] == ODD
    assert sheet["mapping"]["columns"][1]["samples"] == ["Nguyễn Thị Hoa"]
    [row] = reading([("DS", [ODD, ROW])], {key(*ODD): FIELDS}).rows
    assert (row["full_name"], row["birth_date"], row["hamlet"]) == ("Nguyễn Thị Hoa", "2016-05-12", "Thôn Trung Chính")
    assert (row["household_head"], row["circumstances"]) == ("Nguyễn Văn Hào", ["N04.2"])


def test_a_wrong_guess_is_set_right_and_a_column_can_be_ignored():
    head = ["Họ và tên", "Ngày sinh", "Ghi chú", "Hộ nghèo"]
    sheets = [("DS", [head, ["Lê Thị Hoa", "1/2/2016", "Lê Văn Đức", "x"]])]
    [row] = reading(sheets).rows
    assert (row["note"], row["poverty"]) == ("Lê Văn Đức", "hộ nghèo")
    found = reading(sheets, {key(*head): ["full_name", "birth_date", "household_head", ""]})
    [row] = found.rows
    assert (row["note"], row["household_head"], row["poverty"]) == (None, "Lê Văn Đức", None)
    assert found.sheets[0]["mapping"]["remembered"] and "D" not in found.sheets[0]["columns"]


def test_a_heading_under_circumstances_that_names_no_group_is_warned_of_until_it_was_mapped():
    head = ["Họ và tên", "Ngày sinh", "Trẻ em nhóm B"]
    merged = [
        ["Họ và tên", "Ngày sinh", "Hoàn cảnh", ""],
        ["", "", "Nhóm A", "Khuyết tật nặng"],
        ["Lê Thị Hoa", "2016", "x", ""],
    ]
    found = reading([("DS", merged)])
    assert ("circumstance_unknown", "Nhóm A") in {(one["kind"], one["value"]) for one in found.warnings}
    columns = [column["heading"] for column in found.sheets[0]["mapping"]["columns"]]
    fields = ["full_name", "birth_date", "circumstance:N02", "circumstance:N04.2"]
    found = reading([("DS", merged)], {key(*columns): fields})
    assert found.rows[0]["circumstances"] == ["N02"] and not found.warnings
    assert head


def test_the_years_in_headings_do_not_make_another_table():
    assert key("Họ tên", "Hộ nghèo năm 2024") == key("Họ tên", "Hộ nghèo năm 2025") != key("Họ tên", "Hộ nghèo năm 2025", "STT")


def test_a_sheet_that_was_left_out_is_not_read():
    rows = [["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1/2/2016"]]
    found = reading([("Năm nay", rows), ("Năm ngoái", [rows[0], ["Hà Thị Lan", "1/2/2015"]])], left_out=["Năm ngoái"])
    assert [row["full_name"] for row in found.rows] == ["Lê Thị Hoa"]
    assert [sheet["role"] for sheet in found.sheets] == ["children", "ignored"]


def test_sheets_with_the_same_headings_are_one_table():
    rows = [["Họ và tên", "Ngày sinh", "Mẹ"], ["Lê Thị Hoa", "1/2/2016", ""]]
    other = [["Họ và tên", "Năm sinh", "Dân tộc"], ["Hà Thị Lan", "2015", "Thái"]]
    found = reading([("Tổ 1", rows), ("Tổ 2", [rows[0], ["Vi Văn Tú", "2017", "Hà Thị Mai"]]), ("Khác", other)])
    tables = mappings.tables_of(found)
    assert [[sheet["name"] for sheet in table["sheets"]] for table in tables] == [["Tổ 1", "Tổ 2"], ["Khác"]]
    assert tables[0]["columns"][2]["samples"] == ["Hà Thị Mai"]


def test_the_column_of_what_to_mend_does_not_make_another_table():
    rows = [["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1/2/2016"]]
    one, other = reading([("A", rows)]), reading([("A", [[*rows[0], "Nội dung cần sửa"], [*rows[1], "Hãy xem lại"]])])
    assert one.sheets[0]["mapping"]["key"] == other.sheets[0]["mapping"]["key"]


# --- remembered per unit --------------------------------------------------------------------------------------------


@pytest.fixture
def batch(ward, an):
    factories.hamlet(ward, "Thôn Trung Chính")
    return uploaded(ward, an)


def uploaded(ward, an, name="a.xlsx"):
    batch = batches.upload(by=an, unit=ward, on=people.TODAY, name=name, data=book(("DS", [ODD, ROW])))
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    return batch


def remember(batch, an, fields=FIELDS):
    mappings.remember(batch=batch, by=an, chosen={key(*ODD): fields}, left_out=[])
    batch.refresh_from_db()
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    return batch


def test_a_list_that_nobody_understands_waits_for_its_columns(batch):
    assert batch.state == "mapping" and batch.reading is not None and not batches.is_open(batch)


def test_what_was_said_once_is_used_for_the_next_file_of_the_unit_alone(batch, an, ward):
    remember(batch, an)
    assert batch.state == "preview" and batch.summary["created"] == 1
    assert uploaded(ward, an, "b.xlsx").state == "preview"
    other = people.unit(people.VAN_DAU)
    assert not c.ImportMapping.objects.filter(unit=other).exists()


def test_forgotten_means_that_the_headings_count_again(batch, an):
    remember(batch, an)
    mappings.forget(batch=batch, by=an)
    batch.refresh_from_db()
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    assert batch.state == "mapping" and not c.ImportMapping.objects.exists()


def test_a_mapping_equal_to_the_guess_is_not_kept(ward, an):
    rows = [["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1/2/2016"]]
    batch = batches.upload(by=an, unit=ward, on=people.TODAY, name="a.xlsx", data=book(("DS", rows)))
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    mappings.remember(batch=batch, by=an, chosen={key(*rows[0]): ["full_name", "birth_date"]}, left_out=[])
    assert not c.ImportMapping.objects.exists()


def test_a_mapping_is_changed_not_doubled_and_a_finished_list_is_not_read_again(batch, an):
    remember(batch, an)
    remember(batch, an, ["stt", "full_name", "birth_date", "hamlet", "father_name", ""])
    assert c.ImportMapping.objects.get().fields[4] == "father_name"
    batches.decide(batch=batch, by=an, accepted=[])
    batch.refresh_from_db()
    with pytest.raises(Refusal):
        remember(batch, an)


def test_who_may_not_import_may_not_map(batch, binh, chi):
    for officer in (binh, chi):
        with pytest.raises(Refusal):
            mappings.remember(batch=batch, by=officer, chosen={key(*ODD): FIELDS}, left_out=[])
    assert not c.ImportMapping.objects.exists()
