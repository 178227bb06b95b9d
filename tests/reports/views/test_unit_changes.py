"""The pages of a change of units: only the administrator, no child named, numbers before it is carried out."""

from datetime import date

import pytest

from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.units.models import Unit, UnitChange
from tests import factories as f
from tests import people
from tests.unit_changes import ON, draft, merge, split, wards

pytestmark = pytest.mark.django_db
LIST = "/don-vi/thay-doi/"
NAME = "Trương Thị Bảo Hân"


@pytest.fixture
def two(ward):
    """Nam Sơn with a child in a hamlet, and Ngọc Sơn."""
    f.child(f.hamlet(ward), NAME, house=f.household(ward))
    return wards("11437", "11440")


@pytest.fixture
def change(quan, two):
    """A complete draft of a merge."""
    return draft(quan, two, [("19999", "Phường Nam Ngọc", two[0].parent)])


def page(change, *more):
    return "".join((f"{LIST}{change.public_id}/", *more))


def text(response):
    return response.content.decode()


def test_the_administrator_drafts_a_merge_by_typing_names_without_tones(quan, two, as_):
    client = as_(quan)
    answer = client.post(LIST, {"effective_on": "1/5/2024", "basis": "NQ 1/NQ-UBTVQH15"}, follow=True)
    change = UnitChange.objects.get()
    assert "NQ 1/NQ-UBTVQH15, có hiệu lực từ ngày 01/05/2024" in text(answer)
    for name in ("phuong nam son, kien an", "11440"):
        assert client.post(page(change), {"form": "ending", "unit": name}).status_code == 302
    values = {
        "form": "beginning",
        "name": "Phường Nam Ngọc",
        "code": "19999",
        "parent": "Quận Kiến An, Thành phố Hải Phòng (307)",
    }
    assert client.post(page(change), values).status_code == 302
    answer = text(client.get(page(change)))
    assert "Nhập đơn vị" in answer and "Thực hiện thay đổi" in answer and "Còn thiếu" not in answer
    assert {row.unit for row in change.ending.all()} == set(two) and change.beginning.get().takes.count() == 2


def test_a_name_of_several_units_is_asked_again_with_what_was_typed(quan, two, as_):
    change = draft(quan, [], [])
    answer = as_(quan).post(page(change), {"form": "ending", "unit": "phuong"})
    assert answer.status_code == 200 and "hợp với tên này" in text(answer) and 'value="phuong"' in text(answer)


def test_the_page_shows_numbers_and_no_name(quan, change, as_):
    answer = text(as_(quan).get(page(change)))
    assert 'data-label="Trẻ em">1<' in answer and 'data-label="Hộ">1<' in answer and NAME not in answer


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "son"])
def test_nobody_else_opens_the_pages(who, request, change, as_):
    client = as_(request.getfixturevalue(who))
    for address in (LIST, page(change), page(change, "hoan-lai/")):
        assert client.get(address).status_code == 403
    for address in ("chot/", "thuc-hien/", "bo/", "don-vi-nhan/", "bo-dong/"):
        assert client.post(page(change, address)).status_code == 403
    change.refresh_from_db()
    assert change.state == "draft"


def test_a_line_is_taken_out_again(quan, change, as_):
    as_(quan).post(page(change, "bo-dong/"), {"ending": change.ending.first().pk})
    assert change.ending.count() == 1


def test_day_and_basis_of_a_draft_are_corrected(quan, change, as_):
    as_(quan).post(page(change, "sua/"), {"effective_on": "2/5/2024", "basis": "NQ 2"})
    change.refresh_from_db()
    assert (change.effective_on, change.basis) == (date(2024, 5, 2), "NQ 2")


def test_one_click_carries_it_out_in_a_job_and_a_second_click_is_refused(quan, change, as_):
    client = as_(quan)
    client.post(page(change, "chot/"), {"version": UnitChange.objects.get().version})
    assert client.post(page(change, "chot/")).status_code == 409
    job = jobs.run(Job.objects.get().pk)
    assert job.state == "done" and job.message == "Đã chuyển 1 trẻ em, 1 hộ, 0 phân công"
    answer = text(client.get(page(change)))
    assert "Đã thực hiện" in answer and "Hoàn lại" in answer
    assert "Xem kết quả thay đổi" in text(client.get(f"/viec-nen/{job.public_id}/"))


def test_somebody_changed_the_draft_meanwhile_so_that_it_is_looked_at_again(quan, change, as_):
    answer = as_(quan).post(page(change, "chot/"), {"version": 1})
    assert answer.status_code == 409 and "vừa được sửa" in text(answer)


def test_a_day_to_come_waits_and_can_be_given_up(quan, two, as_):
    change = draft(quan, two, [("19999", "Phường Nam Ngọc", two[0].parent)], on=date(2024, 6, 1))
    client = as_(quan)
    assert "Chốt, chờ đến ngày 01/06/2024" in text(client.get(page(change)))
    client.post(page(change, "chot/"))
    answer = text(client.get(page(change)))
    assert "Chờ đến ngày" in answer and "Bỏ thay đổi này" in answer and "Thực hiện lại" not in answer
    client.post(page(change, "bo/"))
    change.refresh_from_db()
    assert change.state == "cancelled" and not Job.objects.exists()


def test_a_refused_job_says_why_and_can_be_tried_again(quan, two, as_):
    change = draft(quan, [two[0]], [])
    client = as_(quan)
    client.post(page(change, "chot/"))
    job = jobs.run(Job.objects.get().pk)
    assert job.state == "refused" and "Còn 1 trẻ em" in job.message
    answer = text(client.get(page(change)))
    assert "Còn 1 trẻ em" in answer and "Thực hiện lại" in answer
    client.post(page(change, "thuc-hien/"))
    assert Job.objects.count() == 2


def test_who_takes_what_and_where_officers_go(quan, an, two, as_):
    up = two[0].parent
    change = draft(quan, [two[0]], [("19991", "Phường Đông", up), ("19992", "Phường Tây", up)])
    first, second = change.beginning.all()
    line, post = change.ending.get(), an.appointments.get()
    client = as_(quan)
    values = {f"nhan-{line.pk}": [first.pk, second.pk], f"can-bo-{post.pk}": "2"}
    client.post(page(change, "don-vi-nhan/"), values)
    change.refresh_from_db()
    assert set(line.goes_to.all()) == {first, second} and change.posts == {str(post.pk): 2}
    answer = text(client.get(page(change)))
    assert "Chia đơn vị" in answer and "Nguyễn Thị An" in answer and "từng trẻ em phải được xếp" in answer


def test_undoing_asks_for_a_reason_and_says_why_not(quan, two, as_):
    change, new = merge(quan, two)
    client = as_(quan)
    assert "Chỉ hoàn lại được khi chưa ai ghi gì" in text(client.get(page(change, "hoan-lai/")))
    assert client.post(page(change, "hoan-lai/"), {"reason": ""}).status_code == 200
    f.child(new, "Bé Mới")
    answer = client.post(page(change, "hoan-lai/"), {"reason": "Nhầm"})
    assert answer.status_code == 409 and "1 nơi cư trú mới" in text(answer)


def test_undone_it_says_so(quan, two, as_):
    change, _ = merge(quan, two)
    client = as_(quan)
    waiting = text(client.post(page(change, "hoan-lai/"), {"reason": "Ghi nhầm ngày"}, follow=True))
    assert "Đã thực hiện" in waiting and "Xem tiến độ" in waiting and "hoan-lai" not in waiting
    jobs.run(UnitChange.objects.get().job_id)
    answer = text(client.get(page(change)))
    assert "Đã hoàn lại" in answer and "Ghi nhầm ngày" in answer


def test_an_undo_that_is_refused_while_it_runs_says_why_and_may_be_asked_for_again(quan, two, as_):
    change, new = merge(quan, two)
    client = as_(quan)
    client.post(page(change, "hoan-lai/"), {"reason": "Ghi nhầm ngày"})
    child = f.child(new, "Bé Mới")
    jobs.run(UnitChange.objects.get().job_id)
    answer = text(client.get(page(change)))
    assert "1 nơi cư trú mới" in answer and "hoan-lai" in answer and "Đã hoàn lại" not in answer
    child.residences.all().delete()
    child.delete()
    client.post(page(change, "hoan-lai/"), {"reason": "Vẫn nhầm"})
    jobs.run(UnitChange.objects.get().job_id)
    assert UnitChange.objects.get().state == UnitChange.State.UNDONE


def test_a_split_shows_how_many_wait(quan, an, two, as_):
    change, *_ = split(quan, two[0])
    answer = text(as_(quan).get(page(change)))
    assert "còn 1/1 trẻ em chưa xếp" in answer and NAME not in answer


def test_the_list_shows_changes_and_the_page_of_units_leads_there(quan, change, as_):
    client = as_(quan)
    answer = text(client.get(LIST))
    assert "NQ thử nghiệm" in answer and "Phường Nam Sơn, Phường Ngọc Sơn" in answer
    assert LIST in text(client.get("/don-vi/"))


def test_a_change_of_many_units_needs_no_query_for_each(quan, as_, django_assert_max_num_queries):
    codes = ["11428", "11429", "11431", "11434", "11437", "11440", "11443", "11446"]
    change = draft(quan, wards(*codes), [("19999", "Phường Mới", people.unit("307"))])
    client = as_(quan)
    with django_assert_max_num_queries(75):
        client.get(page(change))
    few = draft(quan, wards("11449"), [("19998", "Phường Khác", people.unit("307"))])
    assert few.ending.count() == 1 and Unit.objects.filter(code="19999").count() == 0 and ON
