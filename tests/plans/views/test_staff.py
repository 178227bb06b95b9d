"""Pages of staff: the list with its print and workbook, adding, pasting, one person, ticking who came to a training."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from plans.models import Staff, StaffPost
from tests import factories as f
from tests import people
from tests.plans import staffing

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlet(ward):
    return f.hamlet(ward, "Tổ dân phố 1")


def text(response):
    return response.content.decode()


def url(name, row, *more):
    return reverse(name, args=[row.public_id, *more])


def test_an_sees_her_people_and_the_log_says_whom_she_saw(as_, an, ward, hamlet):
    post = staffing.post(hamlet, position="Chi hội trưởng phụ nữ", decision_number="12/QĐ-UBND", started_on=date(2024, 1, 5))
    page = text(as_(an).get(url("staff-list", ward)))
    assert all(word in page for word in ("Mai Thị Cúc", "Tổ dân phố 1", "Chi hội trưởng phụ nữ", "12/QĐ-UBND", "từ 05/01/2024"))
    assert Entry.objects.get(action="staff.listed").shown == [str(post.staff.public_id)]


def test_the_filter_shows_who_left_and_what_they_did(as_, an, ward, hamlet):
    staffing.post(hamlet, "Mai Một", started_on=date(2023, 1, 1), ended_on=date(2024, 1, 1))
    staffing.post(hamlet, "Mai Hai", kind="security")
    page = lambda query: text(as_(an).get(url("staff-list", ward) + query))  # noqa: E731
    assert "Mai Hai" in page("") and "Mai Một" not in page("")
    assert "Mai Một" in page("?state=da-thoi") and "đến 31/12/2023" in page("?state=da-thoi")
    assert "Mai Hai" in page("?kind=security") and "Không có ai như vậy" in page("?kind=health")


@pytest.mark.parametrize("name, more", [("staff-list", ()), ("staff-add", ()), ("staff-paste", ()), ("staff-file", ("pdf",))])
def test_a_stranger_finds_nothing_and_a_colleague_with_less_is_refused(as_, binh, chi, ward, name, more):
    assert as_(chi).get(url(name, ward, *more)).status_code == 404
    assert as_(binh).get(url(name, ward, *more)).status_code == 403


def test_a_leader_reads_and_does_not_write(as_, lan, ward, hamlet):
    post = staffing.post(hamlet)
    page = text(as_(lan).get(url("staff-list", ward)))
    assert "Mai Thị Cúc" in page and url("staff-add", ward) not in page
    assert as_(lan).get(url("staff-add", ward)).status_code == 403
    assert as_(lan).get(url("staff-post-edit", post)).status_code == 403
    assert "Thôi làm" not in text(as_(lan).get(url("staff-person", post.staff)))


def test_adding_asks_for_name_work_and_place_only(as_, an, ward, hamlet):
    response = as_(an).post(
        url("staff-add", ward), {"name": "Mai Thị Cúc", "kind": "collaborator", "place": str(hamlet.public_id)}
    )
    assert response.status_code == 302
    row = StaffPost.objects.get()
    assert (row.unit, row.started_on, row.time, row.staff.phone) == (hamlet, None, "", "")


def test_a_refusal_stands_above_what_was_typed(as_, an, ward, hamlet):
    staffing.post(hamlet)
    typed = {"name": "Mai Thị Cúc", "kind": "collaborator", "place": str(hamlet.public_id), "position": "Trưởng xóm"}
    page = text(as_(an).post(url("staff-add", ward), typed))
    assert "đang có trong danh sách" in page and "Trưởng xóm" in page and StaffPost.objects.count() == 1


def test_a_place_of_another_ward_cannot_be_chosen(as_, an, ward):
    other = f.hamlet(people.unit(people.VAN_DAU), "Tổ khác")
    page = as_(an).post(url("staff-add", ward), {"name": "Mai", "kind": "official", "place": str(other.public_id)})
    assert page.status_code == 200 and not StaffPost.objects.exists()


def test_a_pasted_list_is_checked_in_place_and_then_written(as_, an, ward, hamlet):
    cells = {f"c{at}": ["", ""] for at in range(9)} | {
        "c0": ["Mai Một", "Mai Hai"],
        "c1": ["ctv", "thợ xây"],
        "c2": ["tổ 1", ""],
    }
    page = text(as_(an).post(url("staff-paste", ward), {**cells, "write": "1"}))
    assert "2 dòng, 1 dòng cần sửa" in page and "thợ xây" in page and not Staff.objects.exists()
    cells["c1"] = ["ctv", "công chức"]
    assert as_(an).post(url("staff-paste", ward), {**cells, "write": "1"}).status_code == 302
    assert {(row.staff.name, row.unit) for row in StaffPost.objects.select_related("staff", "unit")} == {
        ("Mai Một", hamlet), ("Mai Hai", ward),
    }  # fmt: skip


def test_the_workbook_and_the_print_hold_the_list(as_, an, ward, hamlet):
    staffing.post(hamlet, phone="0912345678")
    book = openpyxl.load_workbook(io.BytesIO(as_(an).get(url("staff-file", ward, "xlsx")).content))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert "Mai Thị Cúc" in cells and "0912345678" in cells and any("Cộng: 1 người" in cell for cell in cells)
    assert as_(an).get(url("staff-file", ward, "pdf")).content.startswith(b"%PDF")
    assert as_(an).get(url("staff-file", ward, "doc")).status_code == 404


def test_ending_correcting_and_voiding_a_post(as_, an, hamlet):
    post = staffing.post(hamlet, started_on=date(2024, 1, 1))
    as_(an).post(url("staff-post-end", post), {"last": "31/3/2024", "version": 1})
    post.refresh_from_db()
    assert post.ended_on == date(2024, 4, 1)
    as_(an).post(
        url("staff-post-edit", post),
        {"kind": "security", "place": str(hamlet.public_id), "started_on": "1/1/2024", "last": "", "version": 2},
    )
    row = StaffPost.objects.valid().get()
    assert (row.kind, row.ended_on) == ("security", None)
    as_(an).post(url("staff-post-void", row), {"reason": "Ghi nhầm", "version": 1})
    assert not StaffPost.objects.valid().exists()


def test_a_neighbour_reaches_no_person_and_no_post(as_, chi, hamlet):
    post = staffing.post(hamlet)
    for name, row in (
        ("staff-person", post.staff),
        ("staff-person-edit", post.staff),
        ("staff-post-end", post),
        ("staff-post-edit", post),
    ):
        assert as_(chi).get(url(name, row)).status_code == 404


def test_a_person_has_his_posts_his_trainings_and_another_work(as_, an, ward, hamlet):
    post = staffing.post(hamlet)
    staffing.training(ward, "Tập huấn về đuối nước", came=[post.staff])
    as_(an).post(url("staff-person-post", post.staff), {"kind": "volunteer", "place": str(ward.public_id)})
    page = text(as_(an).get(url("staff-person", post.staff)))
    assert all(word in page for word in ("Cộng tác viên", "Tình nguyện viên", "Tập huấn về đuối nước", "12/03/2024"))


def test_a_name_is_put_right(as_, an, hamlet):
    post = staffing.post(hamlet)
    as_(an).post(url("staff-person-edit", post.staff), {"name": "Mai Thị Cúc Hoa", "phone": "", "version": 1})
    assert Staff.objects.get().folded_name == "mai thi cuc hoa"


def test_people_with_accounts_come_into_the_list_by_one_click(as_, an, binh, lan, ward):
    assert as_(an).get(url("staff-from-accounts", ward)).status_code == 405
    assert as_(lan).post(url("staff-from-accounts", ward)).status_code == 403
    as_(an).post(url("staff-from-accounts", ward))
    assert set(StaffPost.objects.values_list("staff__officer__username", flat=True)) == {"an", "binh"}


def test_who_came_is_ticked_among_those_at_work_that_day(as_, an, chi, ward, hamlet):
    came, away = staffing.post(hamlet, "Mai Một"), staffing.post(hamlet, "Mai Hai")
    staffing.post(hamlet, "Mai Ba", started_on=date(2024, 4, 1))  # began after the training
    activity = staffing.training(ward, people=9)
    page = text(as_(an).get(url("activity-people", activity)))
    assert "Mai Một" in page and "Mai Hai" in page and "Mai Ba" not in page
    as_(an).post(url("activity-people", activity), {"nguoi": [str(came.staff.public_id)]})
    assert list(activity.attendance.values_list("staff", flat=True)) == [came.staff.pk] and away.pk
    assert "1 người đã đánh dấu" in text(as_(an).get(url("activity-edit", activity)))
    assert as_(chi).get(url("activity-people", activity)).status_code == 404


def test_a_training_with_a_number_alone_says_that_it_is_luot(as_, an, ward):
    page = text(as_(an).get(url("activity-edit", staffing.training(ward, people=9))))
    assert "số 9 đã ghi chỉ là lượt người" in page


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(as_, an, ward, hamlet, django_assert_max_num_queries):
    for number in range(40):
        staffing.post(hamlet, f"Mai Thị {number}")
    client = as_(an)
    with django_assert_max_num_queries(14):
        client.get(url("staff-list", ward))
