"""A list for a donor: who is on it, what it says, what it never says, and what is asked again before it is given out."""

import io
import uuid
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from childcare.audit.models import Entry
from childcare.children import donors, sheets
from childcare.children.models import Child, Consent, FileAccess, ProcessingRestriction, Purpose
from childcare.documents.models import StoredFile
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from tests import factories, people

pytestmark = pytest.mark.django_db
PAGE, MISSING = reverse("donor-list"), reverse("donor-missing")
ASKED = {"donor": "Quỹ Mái Ấm", "occasion": "Tặng quà Tết Trung thu", "fields_told": ["age", "hamlet"]}


def agree(child, code="MD07", complete=True, **fields):
    return Consent.objects.create(
        child=child, purpose=Purpose.objects.get(code=code), giver="Nguyễn Thị Lụa", child_agreed=True, proof="Phiếu",
        complete=complete, started_on=date(2024, 3, 1), **fields,
    )  # fmt: skip


@pytest.fixture
def hamlet(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


@pytest.fixture
def children(hamlet):
    """Hoà and Bình agreed; Cường agreed to something else, Dung not completely, Én took it back, Giang not at all."""
    names = ("Nguyễn Thị Hoà", "Trần Văn Bình", "Lê Văn Cường", "Vũ Thị Dung", "Đỗ Thị Én", "Bùi Văn Giang")
    made = [factories.child(hamlet, name, "12/05/2016", "f", mother_name="Phạm Thị Lụa", phone="0912345678") for name in names]
    for child in made[:2]:
        agree(child)
    agree(made[2], "MD05")
    agree(made[3], complete=False)
    agree(made[4], ended_on=people.TODAY)
    return made


def ask(client, ending="xlsx", query="", **changes):
    return client.post(PAGE + query, {**ASKED, "ending": ending, "once": str(uuid.uuid4()), **changes})


def rows(answer):
    return [[cell.value for cell in row] for sheet in load_workbook(io.BytesIO(answer.content)) for row in sheet]


def text_of(answer):
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def names_on(officer, **filters):
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    made = donors.donor_list(officer, query=query, donor="Quỹ", occasion="Quà", fields=[])
    return set(Child.objects.filter(public_id__in=made.children).values_list("full_name", flat=True))


def test_only_children_whose_consent_is_complete_and_holds_are_on_it(as_, an, children):
    client = as_(an)
    page = client.get(PAGE)
    assert (page.context["total"], page.context["going"], page.context["left"]) == (6, 2, 4)
    assert rows(ask(client))[-2:] == [
        [1, "Trần V. B.", "7 tuổi", "Tổ dân phố 3"],
        [2, "Nguyễn T. H.", "7 tuổi", "Tổ dân phố 3"],
    ]


def test_it_says_what_was_chosen_and_nothing_else(as_, an, children):
    client = as_(an)
    factories.circumstance(children[0], "N04.1")
    text = text_of(ask(client, "pdf", "?group=N04", fields_told=["sex", "code"]))
    for part in ("Quỹ Mái Ấm", "Tặng quà Tết Trung thu", "Nguyễn T. H.", children[0].code, "Nữ", "đã đồng ý", "1 trẻ em"):
        assert part.lower() in text.lower(), part
    for part in ("Hoà", "Bình", "khuyết tật", "Lụa", "0912345678", "Tuổi", "Tổ dân phố", "chưa có sự đồng ý", "5 trẻ"):
        assert part not in text, part
    assert ask(client, "docx").status_code == 200


def test_the_log_tells_whom_it_names_and_for_whom_it_is_and_no_name_of_a_child(as_, an, children):
    ask(as_(an))
    entry = Entry.objects.get(action="donor.listed")
    assert set(entry.shown) == {str(child.public_id) for child in children[:2]}
    assert entry.note == "cho Quỹ Mái Ấm: 2 trẻ em" and entry.fields == ["age", "hamlet"] and "Hoà" not in str(vars(entry))


def test_children_who_left_or_whose_data_rest_are_never_on_it(as_, an, children):
    ProcessingRestriction.objects.create(child=children[0], reason="Yêu cầu", started_on=date(2024, 4, 1))
    Child.objects.filter(pk=children[1].pk).update(residing=False)
    page = as_(an).get(PAGE + "?home=all")
    assert (page.context["going"], page.context["resting"]) == (0, 1) and "đang hạn chế xử lý dữ liệu" in page.text
    assert "Chưa lập được danh sách" in page.text and ask(as_(an), query="?home=all").status_code == 409


def test_a_sensitive_group_or_risk_cannot_be_asked_for(as_, an, ward, children):
    factories.circumstance(children[0], "N05", protected_file=factories.protected_file(children[0], unit=ward))
    for query in ("?group=N05", "?risk=R01"):
        for answer in (as_(an).get(PAGE + query), ask(as_(an), query=query), as_(an).get(MISSING + query)):
            assert answer.status_code == 409 and "nhóm nhạy cảm" in answer.text
    assert not Entry.objects.filter(action="donor.listed").exists()


def test_who_is_on_it_never_depends_on_a_sensitive_fact(an, dung, ward, children):
    """Hoà is disabled, Bình has HIV and help for it: of "có hoàn cảnh đặc biệt" and "đã được trợ giúp" only Hoà is told."""
    file = factories.protected_file(children[1], unit=ward)
    factories.circumstance(children[0], "N04")
    factories.circumstance(children[1], "N05", protected_file=file)
    factories.circumstance(children[1], "N02", protected_file=file)  # harmless by itself, born in a protected file
    factories.support(children[0], "S33", on=date(2024, 2, 8))
    factories.support(children[1], "S33", on=date(2024, 2, 8), protected_file=file)
    for officer in (an, dung):
        assert names_on(officer) == {"Nguyễn Thị Hoà", "Trần Văn Bình"}
        assert names_on(officer, group="any") == names_on(officer, support="yes") == {"Nguyễn Thị Hoà"}
    with pytest.raises(donors.Refusal, match="đủ sự đồng ý"):
        names_on(an, group="N02")
    FileAccess.objects.create(file=file, officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert names_on(an) == {"Nguyễn Thị Hoà", "Trần Văn Bình"}


def test_the_other_filters_of_the_list_hold(an, ward, children):
    agree(factories.child(ward, "Cao Văn Lớn", "2010", "m"))
    assert names_on(an, sex="m") == {"Cao Văn Lớn"} and names_on(an, age="11-15") == {"Cao Văn Lớn"}


def test_who_is_missing_is_named_only_to_those_who_may_write_a_consent_down(as_, an, lan, dung, children):
    client = as_(an)
    page = client.get(MISSING)
    assert [line["child"].full_name for line in page.context["lines"]] == [
        "Lê Văn Cường", "Vũ Thị Dung", "Đỗ Thị Én", "Bùi Văn Giang",
    ]  # fmt: skip
    assert reverse("consent-add", args=[children[5].public_id]) in page.text and MISSING in client.get(PAGE).text
    assert len(Entry.objects.filter(action="child.listed").latest("pk").shown) == 4
    for officer in (lan, dung):
        page = as_(officer).get(PAGE)
        assert page.context["left"] == 4 and MISSING not in page.text
        assert not any(child.full_name in page.text for child in children)
        assert as_(officer).get(MISSING).status_code == 403


def test_the_page_of_the_missing_is_paged_with_a_fixed_number_of_queries(as_, an, ward, django_assert_max_num_queries):
    for number in range(60):
        factories.child(ward, f"Trẻ {number:02d}")
    client = as_(an)
    with django_assert_max_num_queries(16):
        page = client.get(MISSING + "?age=6-10")
    assert len(page.context["lines"]) == 50 and page.context["pager"].next == "?age=6-10&trang=2"
    assert len(client.get(MISSING + page.context["pager"].next).context["lines"]) == 10


def test_what_is_not_said_is_asked_for_and_nothing_typed_is_lost(as_, an, children):
    answer = ask(as_(an), donor=" ")
    assert answer.status_code == 200 and "Tặng quà Tết Trung thu" in answer.text and "Quỹ" not in answer.text
    assert ask(as_(an), ending="exe").status_code == 404
    assert ask(as_(an), fields_told=["phone"]).status_code == 200 and not Entry.objects.filter(action="donor.listed").exists()


@pytest.mark.parametrize("who", ["binh", "quan", "son"])
def test_only_with_the_right_to_export(as_, request, children, who):
    client = as_(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == client.get(MISSING).status_code == ask(client).status_code == 403


def test_a_stranger_lists_no_child_of_another_ward(as_, chi, ward, children):
    client = as_(chi)
    assert client.get(PAGE + f"?unit={ward.public_id}").context["total"] == 0 and ask(client).status_code == 409


@pytest.fixture
def kept(as_, an, children, monkeypatch):
    """The address of a long list that a job has made."""
    monkeypatch.setattr(sheets, "AT_ONCE", 1)
    ask(as_(an), "pdf")
    return jobs.run(Job.objects.get().pk).result["url"]


def test_a_long_list_is_laid_out_by_a_job_and_is_its_requesters_alone(as_, an, lan, kept):
    assert "Nguyễn T. H." in text_of(as_(an).get(kept)) and as_(lan).get(kept).status_code == 404
    assert StoredFile.objects.count() == 1
    Job.objects.update(state=Job.State.WAITING)
    jobs.run(Job.objects.get().pk)  # a worker killed before the end makes no second file
    assert StoredFile.objects.count() == 1 and Entry.objects.filter(action="donor.listed").count() == 1


@pytest.mark.parametrize("change", ["withdrawn", "at rest", "gone"])
def test_a_kept_list_is_given_out_no_longer_when_one_of_its_children_may_not_be_told_of(as_, an, children, kept, change):
    if change == "withdrawn":
        Consent.objects.filter(child=children[0]).update(ended_on=people.TODAY)
    elif change == "at rest":
        ProcessingRestriction.objects.create(child=children[0], reason="Yêu cầu", started_on=people.TODAY)
    else:
        Child.objects.filter(pk=children[0].pk).update(unit=people.unit(people.VAN_DAU))
    answer = as_(an).get(kept)
    assert answer.status_code == 409 and "Hãy lập lại danh sách" in answer.text


def test_too_long_a_list_is_refused_with_what_to_do(as_, an, children, monkeypatch):
    monkeypatch.setattr(donors, "MOST", 1)
    answer = ask(as_(an))
    assert answer.status_code == 409 and "Hãy lọc" in answer.text


@pytest.mark.parametrize(
    ("birth", "shown"), [("12/05/2016", "7 tuổi"), ("2016", "khoảng 7 tuổi"), ("1/4/2024", "dưới 1 tuổi"), (None, "")]
)
def test_an_age_as_far_as_it_is_known(ward, birth, shown):
    assert donors._cell(factories.child(ward, "Trẻ", birth), "age", people.TODAY) == shown
