"""Which layout a workbook gets: what is offered, what the unit chose last, where the file comes from."""

import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from childcare.audit.models import Entry
from childcare.children import exporting
from childcare.children.models import ExportChoice, ListLayout
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from tests import factories, people

pytestmark = pytest.mark.django_db
PAGE = reverse("export-choose")
OWN = "Theo mẫu của đơn vị (như tệp DS 2023.xlsx nhập ngày 12/03/2024)"


@pytest.fixture
def layout(ward):
    columns = [{"levels": ["Họ tên trẻ"], "field": "full_name"}, {"levels": ["NS"], "field": "birth_date"}]
    table = {"columns": columns, "dates": "/", "by_hamlet": False, "by_head": False, "numbered": False, "ours": False}
    return ListLayout.objects.create(unit=ward, key="k", file_name="DS 2023.xlsx", taken_in_on="2024-03-12", table=table)


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Thị Hoà", "12/05/2016", "f")


def heads(answer):
    return [cell.value for cell in load_workbook(io.BytesIO(answer.content)).worksheets[0][1]]


def test_the_own_layout_is_offered_first_and_gives_its_file(as_, an, ward, layout, child):
    client = as_(an)
    page = client.get(PAGE + "?sex=f")
    shown = page.context["form"].shown()
    assert OWN in page.text and [choice["chosen"] for choice in shown] == [True, False, False]
    assert "Giới tính: Nữ" in page.text and not ExportChoice.objects.exists()
    answer = client.post(PAGE + "?sex=f", {"layout": str(layout.public_id)})
    assert answer.url == reverse("child-export", args=["mau"]) + f"?sex=f&mau={layout.public_id}"
    assert heads(client.get(answer.url)) == ["Họ tên trẻ", "NS", "Mã trong sổ"]
    assert Entry.objects.get(action="child.exported").shown == [str(child.public_id)]


@pytest.mark.parametrize("form", ["xlsx", "bo"])
def test_what_the_unit_chose_last_is_chosen_the_next_time_for_each_of_its_officers(as_, an, lan, layout, child, form):
    answer = as_(an).post(PAGE, {"layout": form})
    assert answer.url == reverse("child-export", args=[form]) + "?"
    chosen = [choice["value"] for choice in as_(lan).get(PAGE).context["form"].shown() if choice["chosen"]]
    assert chosen == [form] and ExportChoice.objects.get().changed_by == an
    as_(lan).post(PAGE, {"layout": form})
    assert ExportChoice.objects.get().changed_by == an and Entry.objects.filter(action="export.chosen").count() == 1


def test_a_layout_that_is_gone_leaves_the_standard_one(as_, an, layout, child):
    client = as_(an)
    client.post(PAGE, {"layout": str(layout.public_id)})
    layout.delete()
    page = client.get(PAGE)
    assert [choice["chosen"] for choice in page.context["form"].shown()] == [True, False] and OWN not in page.text
    assert client.get(reverse("child-export", args=["mau"]) + f"?mau={layout.public_id}").status_code == 409


@pytest.mark.parametrize("value", ["", "exe", "00000000-0000-4000-8000-000000000000"])
def test_what_is_not_offered_is_not_chosen(as_, an, layout, child, value):
    answer = as_(an).post(PAGE, {"layout": value})
    assert answer.status_code == 200 and "Hãy chọn một mẫu" in answer.text and not ExportChoice.objects.exists()


def test_the_district_is_offered_the_layout_of_a_ward_only_for_that_ward_and_chooses_for_itself(as_, dung, layout, ward, child):
    client = as_(dung)
    assert OWN not in client.get(PAGE).text and client.get(PAGE).status_code == 200
    query = f"?unit={ward.public_id}"
    assert OWN in client.get(PAGE + query).text
    client.post(PAGE + query, {"layout": str(layout.public_id)})
    assert ExportChoice.objects.get().unit == people.unit(people.KIEN_AN)


def test_a_stranger_uses_no_layout_of_another_ward(as_, chi, layout):
    client = as_(chi)
    assert OWN not in client.get(PAGE).text
    assert client.post(PAGE, {"layout": str(layout.public_id)}).status_code == 200
    assert client.get(reverse("child-export", args=["mau"]) + f"?mau={layout.public_id}").status_code == 409


@pytest.mark.parametrize("who", ["binh", "quan"])
def test_only_with_the_right_to_export(as_, request, layout, who):
    assert as_(request.getfixturevalue(who)).get(PAGE).status_code == 403


def test_a_long_list_in_the_own_layout_is_written_by_a_job(as_, an, ward, layout, child, monkeypatch):
    monkeypatch.setattr(exporting, "FEW", 1)
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    factories.child(ward, "Trần Văn Bình")
    client = as_(an)
    address = client.post(PAGE, {"layout": str(layout.public_id)}).url
    assert "Xuất danh sách 2 trẻ em" in client.get(address).text
    client.post(address, {"reason": "Đối chiếu", "once": str(uuid.uuid4())})
    job = jobs.run(Job.objects.get().pk)
    assert (job.state, job.done, job.total) == (Job.State.DONE, 2, 2)
    answer = client.get(job.result["url"])
    assert heads(answer) == ["Họ tên trẻ", "NS", "Mã trong sổ"] and "theo%20m%E1%BA%ABu" in answer["Content-Disposition"]
    assert Entry.objects.filter(action="child.exported", note__startswith="mau, 2 dòng").exists()
