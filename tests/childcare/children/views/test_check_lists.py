"""The list that goes out and comes back: numbers, holder, files, progress, and who may."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.children.checklists import defects, document, with_carers
from childcare.children.importing import batches, undoing
from childcare.children.models import CheckList, CheckListRow, Child, ImportBatch, ProcessingRestriction
from childcare.children.returning.layout import is_returned
from childcare.documents.files import open_bytes
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.spreadsheets import open_workbook
from childcare.units.models import Unit
from tests import factories, people
from tests.childcare.children.views.test_answers import line, workbook

pytestmark = pytest.mark.django_db
URL = "/ra-soat-bo-sung/"


@pytest.fixture
def children(ward):
    """One without a number, one with a malformed one and no sex, one who lacks nothing, in two hamlets."""
    one, two = factories.hamlet(ward, "Tổ dân phố 1"), factories.hamlet(ward, "Tổ dân phố 2")
    full = {"ethnic": "E01", "mother_name": "Lê Thị Mẹ"}
    return [
        factories.child(one, "Nguyễn Văn An", "1/2/2016", **full),
        factories.child(two, "Trần Thị Bình", "2017", sex="", identity_number="0312", **full),
        factories.child(two, "Lê Văn Đủ", "5/6/2018", identity_number="031218000012", identity_valid=True, **full),
    ]


def sent(as_, an, ward, holder="Trần Văn Tổ"):
    as_(an).post(URL, {"unit": str(ward.public_id), "holder": holder})
    row = CheckList.objects.latest("pk")
    assert jobs.run(row.job_id).state == Job.State.DONE
    row.refresh_from_db()
    return row


def test_what_is_to_be_mended_is_said_in_words(children):
    told = {child.full_name: defects(child) for child in with_carers(Child.objects.all())}
    assert told == {
        "Nguyễn Văn An": "Chưa có số định danh",
        "Trần Thị Bình": "Số định danh sai định dạng; Thiếu ngày sinh; Thiếu giới tính",
        "Lê Văn Đủ": "",
    }


def test_the_workbook_has_a_sheet_a_hamlet_and_is_known_when_it_comes_back(as_, an, ward, children):
    row = sent(as_, an, ward)
    sheets = open_workbook(open_bytes(row.xlsx), "a.xlsx")
    assert [sheet.name for sheet in sheets] == ["Tổ dân phố 1", "Tổ dân phố 2"] and is_returned(sheets)
    number, cells = sheets[1].rows[-1]
    assert number == 6 and cells[1:5] == [children[1].code, "Trần Thị Bình", "2017", ""]
    assert cells[7].startswith("Số định danh sai định dạng")
    assert "Bản số 1/2024, người giữ: Trần Văn Tổ" in str(sheets[0].rows[3])
    assert open_bytes(row.pdf).startswith(b"%PDF") and sent(as_, an, ward).number == 2


def test_progress_counts_what_went_out_came_back_and_was_mended(as_, an, ward, children):
    sent(as_, an, ward)
    data = workbook([line(children[0], number="031216000012", verified="30/04/2024")])
    batches.take_in(data=data, name="a.xlsx", unit=ward, on=date(2024, 5, 2), by=an)
    row = CheckListRow.objects.get(child=children[0])
    assert row.returned_at and row.batch == ImportBatch.objects.get()
    page = as_(an).get(URL)
    told = {
        row["name"]: [row[key] for key in ("to_check", "sent", "back", "mended", "checked")] for row in page.context["rows"]
    }
    assert told == {"Tổ dân phố 1": [0, 1, 1, 1, 1], "Tổ dân phố 2": [1, 1, 0, 0, 0]}
    undoing.ask(batch=row.batch, by=an, reason="nhầm")
    jobs.run(Job.objects.get(kind=undoing.KIND).pk)
    row.refresh_from_db()
    assert (row.returned_at, row.batch) == (None, None)


def test_a_place_without_defects_is_refused(as_, an, ward):
    assert as_(an).post(URL, {"unit": str(ward.public_id), "holder": "x"}).status_code == 409


def test_the_colleague_may_not_and_the_stranger_has_other_lists(as_, an, binh, chi, ward, children):
    row = sent(as_, an, ward)
    file = reverse("check-list-file", args=[row.public_id, "xlsx"])
    assert as_(an).get(file).status_code == 200
    assert as_(binh).get(URL).status_code == 403 and as_(binh).get(file).status_code == 403
    assert as_(chi).get(file).status_code == 404 and "Trần Văn Tổ" not in as_(chi).get(URL).content.decode()
    assert as_(chi).post(URL, {"unit": str(ward.public_id), "holder": "x"}).status_code == 200
    assert CheckList.objects.count() == 1


def test_the_number_of_queries_does_not_depend_on_the_children(as_, an, ward, children, django_assert_max_num_queries):
    for number in range(30):
        factories.child(factories.hamlet(ward, f"Tổ dân phố {number + 3}"), f"Lê Văn {number}")
    with django_assert_max_num_queries(30):
        as_(an).get(URL)


def numbers(page):
    """Commune → its numbers on the page of who stands above."""
    keys = ("to_check", "sent", "back", "mended", "checked")
    return {row["commune"].name: [row[key] for key in keys] for row in page.context["rows"]}


@pytest.fixture
def neighbour():
    """A child to complete in the ward next door, one whose data rest, and one who was on a list before it came here."""
    other = factories.hamlet(people.unit(people.VAN_DAU), "Tổ dân phố 9")
    factories.child(other, "Phạm Văn Kề")
    resting = factories.child(other, "Phạm Văn Nghỉ")
    ProcessingRestriction.objects.create(child=resting, started_on=date(2024, 1, 1), reason="Mẹ yêu cầu")
    return other


def test_the_district_sees_how_far_every_ward_is_and_opens_one(as_, an, dung, ward, children, neighbour):
    sent(as_, an, ward)
    page = as_(dung).get(URL)
    told = numbers(page)
    assert told.pop("Phường Nam Sơn") == [2, 2, 0, 0, 0] and told.pop("Phường Văn Đẩu") == [1, 0, 0, 0, 0]
    assert len(told) == 8 and set(map(tuple, told.values())) == {(0,) * 5}
    inside = reverse("check-lists-of", args=[ward.public_id])
    assert inside in page.content.decode()
    page = as_(dung).get(inside)
    assert [row["to_check"] for row in page.context["rows"]] == [1, 1] and page.context["made"].count() == 1
    assert "Nhập danh sách trả lại" not in page.content.decode()


def test_a_child_on_the_list_of_a_ward_that_it_left_counts_for_no_ward(as_, an, dung, ward, children, neighbour):
    sent(as_, an, ward)
    Child.objects.filter(pk=children[0].pk).update(unit=neighbour)
    told = numbers(as_(dung).get(URL))
    assert told["Phường Nam Sơn"][1] == 1 and told["Phường Văn Đẩu"] == [2, 0, 0, 0, 0]


def test_wards_are_found_by_name_as_it_comes_from_the_keyboard(as_, dung, an):
    for typed in ("van dau", "Văn Đẩu", "vaw dau", "vandau", "va8n da63u"):
        told = numbers(as_(dung).get(URL, {"ten": typed}))
        assert list(told) == ["Phường Văn Đẩu"], typed
    assert "Không có xã, phường nào tên như vậy" in as_(dung).get(URL, {"ten": "sài gòn"}).content.decode()


def test_the_district_makes_a_list_of_a_ward_in_its_own_name_and_the_ward_has_it_too(as_, an, dung, ward, children):
    inside = reverse("check-lists-of", args=[ward.public_id])
    as_(dung).post(inside, {"unit": str(ward.public_id), "holder": "Công an quận"})
    row = CheckList.objects.get()
    assert jobs.run(row.job_id).state == Job.State.DONE and row.commune == ward
    row.refresh_from_db()
    sheet = open_workbook(open_bytes(row.xlsx), "a.xlsx")[0]
    assert "UBND QUẬN KIẾN AN" in str(sheet.rows[0]) and is_returned([sheet])
    assert document(row, []).issuer.plain == "Ủy ban nhân dân quận Kiến An"
    assert "Công an quận" in as_(an).get(URL).content.decode()
    made_by_ward = sent(as_, an, ward)
    assert (made_by_ward.number, document(made_by_ward, []).issuer.plain) == (2, "Ủy ban nhân dân phường Nam Sơn")


def test_the_province_sees_numbers_and_opens_nothing(as_, son, ward, children):
    page = as_(son).get(URL, {"ten": "nam son"})
    assert numbers(page)["Phường Nam Sơn"] == [2, 0, 0, 0, 0]
    inside = reverse("check-lists-of", args=[ward.public_id])
    assert inside not in page.content.decode() and as_(son).get(inside).status_code == 403


def test_nobody_else_opens_the_page_of_a_ward(as_, an, chi, binh, hoa, dung, ward):
    inside = reverse("check-lists-of", args=[ward.public_id])
    answers = {who.username: as_(who).get(inside).status_code for who in (an, chi, binh, hoa)}
    assert answers == {"an": 200, "chi": 404, "binh": 403, "hoa": 403} and as_(hoa).get(URL).status_code == 404
    far = people.unit(people.HAI_PHONG)
    assert as_(dung).get(reverse("check-lists-of", args=[far.public_id])).status_code == 404


def test_many_wards_cost_no_question_more(as_, dung, ward, children, django_assert_max_num_queries):
    district = ward.parent
    for number in range(60):
        unit = Unit.objects.create(code=f"9{number:04d}", kind="commune", name=f"Phường Số {number}", parent=district)
        unit.path = f"{district.path}{unit.pk}."
        unit.save(update_fields=["path"])
    client = as_(dung)
    with django_assert_max_num_queries(12):
        page = client.get(URL)
    assert len(page.context["rows"]) == 25 and page.context["pager"].next
    assert as_(dung).get(f"{URL}?trang=2").status_code == 200
