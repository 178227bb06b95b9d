"""A list of staff as it comes out of Excel."""

from datetime import date

import pytest

from childcare.lib.refusal import Refusal
from plans import staff_pasting as pasting
from plans.models import StaffPost
from plans.workplaces import place_called, places_in
from tests import factories as f
from tests.plans import staffing

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlets(ward):
    return [f.hamlet(ward, f"Tổ dân phố {number}") for number in (1, 2, 12)]


def read(ward, *lines):
    wide = len(pasting.COLUMNS)
    return pasting.read([[*line, *[""] * (wide - len(line))] for line in lines], unit=ward)


def test_cells_are_read_as_people_write_them(ward, hamlets):
    row = read(
        ward,
        ["Mai Thị Cúc", "CTV", "tổ 2", "3/2021", "kiêm nhiệm", "chi hội trưởng PN", "0912 345 678", "12/QĐ-UBND", "5/1/2024"],
    )[0]
    assert not row.errors
    assert row.values == {
        "name": "Mai Thị Cúc", "kind": "collaborator", "unit": hamlets[1], "started_on": date(2021, 3, 1), "time": "part",
        "position": "chi hội trưởng PN", "phone": "0912 345 678", "decision_number": "12/QĐ-UBND", "decision_on": date(2024, 1, 5),
    }  # fmt: skip
    assert row.word == "Cộng tác viên thôn, tổ dân phố · Tổ dân phố 2"


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Cộng tác viên", "collaborator"),
        ("Công chức VH-XH", "official"),
        ("Y tế trường học", "health"),
        ("An ninh viên", "security"),
        ("tình nguyện viên", "volunteer"),
        ("Phó Chủ tịch UBND", "leader"),
        ("NV công tác xã hội", "social_worker"),
        ("Tổng phụ trách Đội", "teacher"),
        ("Cộng tác viên công tác xã hội", "collaborator"),
    ],
)
def test_work_is_known_by_the_words_people_use(ward, text, kind):
    assert read(ward, ["Mai Thị Cúc", text])[0].values["kind"] == kind


@pytest.mark.parametrize(
    "text, found",
    [("1", 0), ("TDP 01", 0), ("Tổ dân phố số 2", 1), ("to 12", 2), ("Tổ dân phố 12", 2), ("Tổ dân phố 3", None), ("", None)],
)
def test_a_hamlet_is_known_by_its_number(ward, hamlets, text, found):
    assert place_called(text, places_in(ward)) == (hamlets[found] if found is not None else None)


def test_without_a_word_for_the_work_a_hamlet_means_a_collaborator_and_a_school_a_teacher(ward, hamlets, school):
    rows = read(ward, ["Mai Một", "", "tổ 1"], ["Mai Hai", "", "Trường THCS Nam Sơn"], ["Mai Ba"])
    assert [row.values["kind"] for row in rows] == ["collaborator", "teacher", "official"]


def test_everything_wrong_of_a_row_is_told(ward, hamlets):
    row = read(ward, ["", "thợ xây", "Tổ dân phố 9", "31/2/2024"])[0]
    told = " ".join(row.errors)
    assert "Chưa có họ và tên" in told and "Không hiểu công việc" in told and "Không tìm thấy “Tổ dân phố 9”" in told
    assert "Làm từ ngày" in told


def test_a_day_to_come_and_a_head_line_and_a_double_are_told(ward, hamlets):
    rows = read(ward, ["Họ và tên"], ["Mai Một", "", "tổ 1", "1/1/2025"], ["Mai Hai", "", "tổ 1"], ["mai hai", "ctv", "1"])
    assert ["tiêu đề" in rows[0].errors[0], "chưa tới" in rows[1].errors[0], rows[2].errors, "dòng trên" in rows[3].errors[0]] == [
        True, True, [], True,
    ]  # fmt: skip


def test_all_rows_are_written_or_none(an, ward, hamlets):
    staffing.post(hamlets[0], "Mai Hai")
    rows = read(ward, ["Mai Một", "", "tổ 1"], ["Mai Hai", "", "tổ 1"])
    with pytest.raises(Refusal, match="Dòng 2: .*Chưa ghi dòng nào"):
        pasting.write(rows, by=an)
    assert StaffPost.objects.count() == 1
    assert pasting.write(rows[:1], by=an) == 1 and StaffPost.objects.get(staff__name="Mai Một").unit == hamlets[0]
