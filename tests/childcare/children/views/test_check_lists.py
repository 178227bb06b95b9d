"""The list that goes out and comes back: numbers, holder, files, progress, and who may."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.children.checklists import defects, with_carers
from childcare.children.importing import batches, undoing
from childcare.children.models import CheckList, CheckListRow, Child, ImportBatch
from childcare.children.returning.layout import is_returned
from childcare.documents.files import open_bytes
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.spreadsheets import open_workbook
from tests import factories
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
