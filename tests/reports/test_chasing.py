"""Who has sent and who has not: one report, a year, the papers, and what was told to whom. Kiến An has ten wards."""

from datetime import date, datetime

import pytest

from childcare.documents import plain
from childcare.inbox import actions as inbox
from childcare.lib.calendar import TZ
from childcare.units.models import Office
from reports import chasing, chasing_papers, reminders
from reports.obligations import ensure_obligations
from tests import people
from tests.reports.test_boards import submit

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 12)


@pytest.fixture(autouse=True)
def owed(an, chi, dung):
    ensure_obligations(2024)


@pytest.fixture
def kien_an(dung):
    return dung.unit


def sent(code, day, state="sent", **fields):
    return submit(code, state, datetime(2024, 5, day, 9, tzinfo=TZ), **fields)


def asked(kien_an, on=DAY):
    return chasing.asked(kien_an, chasing.nearest(kien_an, on), on)


@pytest.fixture
def three(kien_an):
    """Nam Sơn on the last permitted day (9/5), Văn Đẩu two days later, one ward returned; the other seven nothing."""
    sent("11437", 9, "accepted")
    sent("11446", 11)
    sent("11434", 8, "returned")
    return chasing.asked(kien_an, f"{chasing.nearest(kien_an, people.TODAY)}", DAY)


def test_the_report_whose_last_day_is_next_is_shown_first(kien_an):
    assert asked(kien_an, people.TODAY).title == "Báo cáo kết quả công tác trẻ em 6 tháng đầu năm 2024"
    assert asked(kien_an, people.TODAY).last_day == date(2024, 5, 9)


def test_a_report_that_is_overdue_and_not_sent_by_all_comes_before_the_next_one(three, kien_an):
    assert asked(kien_an, DAY).period == "2024-H1"
    for row in three.unsent:
        sent(row["unit"].code, 12)
    assert asked(kien_an, DAY).period == "2024-C06"


def test_in_time_late_and_unsent_add_up_to_all_who_owe(three):
    assert (three.in_time, three.sent_late, len(three.unsent), len(three.rows)) == (2, 1, 7, 10)


def test_a_report_that_nobody_owes_is_none(kien_an):
    for key in ("", ":", "1", "x:2024-H1", "999999:2024-H1", f"{asked(kien_an).regime.pk}:1999"):
        assert chasing.asked(kien_an, key, DAY) is None


def test_a_ward_that_is_owed_nothing_has_no_report_to_chase(an):
    assert chasing.nearest(an.unit, DAY) == "" and chasing.choices(an.unit) == []


def test_the_text_for_a_chat_names_units_and_days_only(three):
    text = chasing.plain_text(three)
    assert text.startswith("Báo cáo kết quả công tác trẻ em 6 tháng đầu năm 2024: chậm nhất 09/05/2024.")
    assert "Đến 12/05/2024 còn 7 đơn vị chưa gửi: Phường " in text
    assert "Nam Sơn" not in text and "Văn Đẩu" not in text and "Nguyễn" not in text


def test_when_all_have_sent_the_text_says_so(three):
    for row in three.unsent:
        sent(row["unit"].code, 12)
    done = chasing.asked(three.unit, three.key, DAY)
    assert chasing.plain_text(done).endswith("Đến 12/05/2024 tất cả 10 đơn vị đã gửi.")
    with pytest.raises(ValueError):
        chasing_papers.letter(done)


def test_every_reminder_stands_in_the_proof_with_its_unit(kien_an, an, chi):
    reminders.remind(on=people.TODAY)
    found = asked(kien_an, people.TODAY)
    units = chasing.units_by_address(found)
    rows = chasing.told([row["obligation"] for row in found.rows])
    assert {(units[row.url].name, row.officer) for row in rows} == {("Phường Nam Sơn", an), ("Phường Văn Đẩu", chi)}
    last = {row["unit"].name: (day, times) for row, day, times in chasing.last_told(found)}
    assert last["Phường Nam Sơn"] == (people.TODAY, 1) and last["Phường Tràng Minh"] == (None, 0)


def test_an_officer_who_left_stays_in_the_proof(kien_an, an):
    reminders.remind(on=people.TODAY)
    an.appointments.update(ended_on=people.TODAY)
    assert an in [row.officer for row in chasing.told([row["obligation"] for row in asked(kien_an, people.TODAY).rows])]


def test_messages_about_other_things_are_not_in_the_proof(kien_an, an):
    inbox.send(officer=an, key="x", day=DAY, subject="Hồ sơ can thiệp", url="/ho-so/")
    assert not list(chasing.told([row["obligation"] for row in asked(kien_an, people.TODAY).rows]))


def test_the_year_counts_what_is_due_and_leaves_what_is_to_come(three, kien_an):
    columns, rows = chasing.of_year(kien_an, 2024, DAY)
    table = {row["unit"].code: row for row in rows}
    half = next(at for at, column in enumerate(columns) if column.period == "2024-H1")
    assert [table[code]["cells"][half].text for code in ("11437", "11446", "11440")] == [
        "Đúng hạn", "Gửi chậm 2 ngày", "Chưa gửi, chậm 3 ngày",
    ]  # fmt: skip
    assert [(table[code]["due"], table[code]["sent"], table[code]["in_time"]) for code in ("11437", "11446", "11440")] == [
        (1, 1, 1), (1, 1, 0), (1, 0, 0),
    ]  # fmt: skip
    others = [cell.text for at, cell in enumerate(table["11437"]["cells"]) if at != half]
    assert others and set(others) == {"Chưa đến hạn"}


def test_a_year_asks_the_same_number_of_queries_for_ten_units_and_one(three, kien_an, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        chasing.of_year(kien_an, 2024, DAY)


def test_years_are_those_in_which_something_was_owed(kien_an):
    ensure_obligations(2023)
    assert chasing.years(kien_an) == [2024, 2023]


def office(kien_an):
    return Office.objects.on(DAY).get(unit=kien_an)


def test_the_letter_names_who_is_late_and_asks_for_a_new_day(three, kien_an):
    document = chasing_papers.letter(three, office=office(kien_an), by_day=date(2024, 5, 15))
    said = "\n".join(plain.texts(document))
    assert document.kind == "" and document.about_line.startswith("V/v đôn đốc gửi báo cáo kết quả công tác trẻ em 6 tháng")
    assert document.number_line.endswith("/UBND-LĐTBXH") and document.number == "" and document.day is None
    assert "còn 7 trên 10 đơn vị chưa gửi" in said and "chậm nhất ngày 15/05/2024" in said
    table = next(block for block in document.blocks if hasattr(block, "rows"))
    assert len(table.rows) == 7 and {row[3] for row in table.rows} == {"chậm 3 ngày"}
    assert not any("Nam Sơn" in cell or "Văn Đẩu" in cell for row in table.rows for cell in row)
    assert document.addressees == ("Các đơn vị có tên trong bảng dưới đây",)
    assert document.recipient_lines[0] == "- Như trên;" and document.recipient_lines[-1] == "- Lưu: VT, LĐTBXH."


def test_few_addressees_are_named_themselves(three, kien_an):
    for row in three.unsent[2:]:
        sent(row["unit"].code, 12)
    document = chasing_papers.letter(chasing.asked(kien_an, three.key, DAY))
    assert len(document.addressees) == 2 and all(name.startswith("Ủy ban nhân dân phường") for name in document.addressees)


def test_the_office_may_write_in_its_own_name(three, kien_an):
    mine, whole = (chasing_papers.letter(three, office=office(kien_an), as_office=own) for own in (True, False))
    assert mine.number_line.endswith(f"/{office(kien_an).sign}") and whole.number_line.endswith(f"/UBND-{office(kien_an).sign}")
    assert "TRƯỞNG PHÒNG" in mine.signer.lines and "TM. ỦY BAN NHÂN DÂN" in whole.signer.lines


def test_the_notice_counts_in_time_late_and_unsent(three, kien_an):
    document = chasing_papers.notice(three, office=office(kien_an))
    said = "\n".join(plain.texts(document))
    assert document.kind == "THÔNG BÁO" and document.number_line.endswith("/TB-UBND")
    assert "Đã gửi: 3 đơn vị, trong đó đúng hạn 2 đơn vị, chậm 1 đơn vị." in said
    assert "Chưa gửi: 7 đơn vị." in said and "yêu cầu chỉnh sửa, chưa gửi lại: 1 đơn vị" in said
    table = next(block for block in document.blocks if hasattr(block, "rows"))
    rows = {row[1]: row[2:] for row in table.rows}
    assert list(rows["Phường Văn Đẩu"]) == ["11/05/2024", "chậm 2 ngày", "Đã gửi"]
    assert list(rows["Phường Nam Sơn"]) == ["09/05/2024", "đúng hạn", "Đã tiếp nhận"]


def test_the_sheet_of_the_year_has_a_row_for_every_ward_and_a_rate(three, kien_an):
    columns, rows = chasing.of_year(kien_an, 2024, DAY)
    document = chasing_papers.year_sheet(kien_an, 2024, columns, rows, DAY)
    table = next(block for block in document.blocks if hasattr(block, "rows"))
    found = {row[1]: row for row in table.rows}
    assert len(found) == 10 and list(found["Phường Nam Sơn"])[-4:] == [1, 1, 1, "100,0%"]
