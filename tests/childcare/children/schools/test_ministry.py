"""The ministry's software: its export sets the state, what differs is decided field by field, our file has its columns."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from childcare.children import exporting, ministry
from childcare.children.actions import ministry as actions
from childcare.children.importing import lists
from childcare.children.models import Child, ChildRevision, MinistryDifference
from childcare.documents.files import open_bytes
from childcare.documents.models import StoredFile
from childcare.jobs import actions as jobs
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.childcare.children.schools.books import workbook

HEAD = [
    "STT", "Họ và tên trẻ em", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Họ tên cha", "Họ tên mẹ", "Mã trẻ trong sổ",
]  # fmt: skip
ON = date(2024, 4, 30)


def line(name, born="12/05/2016", sex="Nam", number="", *, ethnic="Kinh", father="", mother="", code=""):
    return [name, born, sex, ethnic, number, father, mother, str(code)]


def take(ward, by, *rows, whole=False, same=None):
    """Upload, read, decide with the pairs found the same, write."""
    data = workbook({"Trẻ em": [HEAD, *([place, *row] for place, row in enumerate(rows, 1))]})
    taken = lists.upload(by=by, kind="ministry", unit=ward, on=ON, asked={"whole": whole}, name="phan-mem.xlsx", data=data)
    lists.read_file(taken=taken, by=by)
    lists.decide(taken=taken, by=by, accepted={"same": same(taken) if same else []})
    lists.write_list(taken=taken, by=by)
    taken.refresh_from_db()
    return taken


@pytest.fixture
def child(ward):
    return factories.child(
        ward, "Nguyễn Văn Nam", "12/05/2016", identity_number="031216001234", identity_valid=True, ethnic="E01",
        mother_name="Lê Thị Tư",
    )  # fmt: skip


def state(child):
    return Child.objects.get(pk=child.pk).ministry_state


def fields(child):
    return dict(MinistryDifference.objects.filter(child=child, decision="").values_list("field", "theirs"))


def test_the_same_by_number_is_there(child, ward, an):
    taken = take(ward, an, line("NGUYỄN VĂN NAM", number="031216001234", mother="Lê thị Tư"))
    assert (state(child), fields(child), taken.summary["present"]) == ("present", {}, 1)
    revision = ChildRevision.objects.get(child=child)
    assert (revision.field, revision.new, revision.source, revision.by) == ("ministry_state", "Đã có", "phần mềm của Bộ", an)


def test_what_differs_is_kept_field_by_field(child, ward, an):
    take(ward, an, line("Nguyễn Văn Nam", "13/5/2016", "Nữ", "031216001234", ethnic="Tày", father="Nguyễn Văn Ba"))
    assert state(child) == "different"
    assert fields(child) == {"birth": "2016-05-13 day", "sex": "f", "ethnic": "E02", "father_name": "Nguyễn Văn Ba"}
    row = MinistryDifference.objects.get(child=child, field="ethnic")
    assert (ministry.shown("ethnic", row.ours), ministry.shown("ethnic", row.theirs)) == ("Kinh", "Tày")
    assert ministry.shown("birth", "2016-05-13 day") == "13/05/2016"


def test_what_the_software_leaves_empty_is_no_difference(child, ward, an):
    take(ward, an, line("Nguyễn Văn Nam", number="031216001234", sex="", ethnic=""))
    assert state(child) == "present"


def test_our_code_matches_without_a_number(ward, an):
    child = factories.child(ward, "Nguyễn Thị Bé", "1/2/2020", "f")
    take(ward, an, line("Nguyễn Thị Bé", "1/2/2020", "Nữ", code=child.public_id))
    assert state(child) == "different"  # they know the ethnic group
    assert fields(child) == {"ethnic": "E01"}


def test_name_birth_and_parent_wait_for_a_person(ward, an):
    child = factories.child(ward, "Nguyễn Thị Bé", "1/2/2020", "f", ethnic="E01", mother_name="Lê Thị Tư")
    factories.child(ward, "Nguyễn Thị Bé", "1/2/2020", "f", mother_name="Phạm Thị Khác")
    row = line("Nguyễn Thị Bé", "1/2/2020", "Nữ", mother="Lê Thị Tư")
    taken = take(ward, an, row)
    assert (taken.summary["alike"], state(child)) == (1, "")
    take(ward, an, row, same=lambda taken: [[at, key] for at, keys in lists.kept_of(taken)["alike"] for key in keys])
    assert state(child) == "present"


def test_a_pair_that_the_page_did_not_offer_is_not_taken(child, ward, an):
    other = factories.child(ward, "Trần Văn Khác", "3/3/2015")
    take(ward, an, line("Lê Thị Lạ", "1/1/2018"), same=lambda taken: [[0, other.pk]])
    assert state(other) == ""


def test_who_is_not_in_a_complete_export_is_absent_and_only_then(child, ward, an):
    grown = factories.child(ward, "Đã Lớn", "1/1/2008")
    far = factories.child(people.unit(people.VAN_DAU), "Ở Xa", "1/1/2015")
    take(ward, an, line("Lê Thị Lạ", "1/1/2018"))
    assert state(child) == ""
    taken = take(ward, an, line("Lê Thị Lạ", "1/1/2018"), whole=True)
    assert (taken.summary["absent"], taken.summary["missing"]) == (1, 1)
    assert (state(child), state(grown), state(far)) == ("absent", "", "")


def test_a_child_of_another_commune_is_left_alone(ward, an):
    far = factories.child(
        people.unit(people.VAN_DAU), "Nguyễn Văn Xa", "12/05/2016", identity_number="031216009999", identity_valid=True
    )
    taken = take(ward, an, line("Nguyễn Văn Xa", number="031216009999", ethnic="Tày"))
    assert (taken.summary["elsewhere"], state(far), MinistryDifference.objects.count()) == (1, "", 0)


def test_taking_their_word_corrects_the_child_and_the_last_one_makes_it_equal(child, ward, an):
    take(ward, an, line("Nguyễn Văn Nam", "13/5/2016", number="031216001234", father="Nguyễn Văn Ba"))
    first, last = MinistryDifference.objects.order_by("field")
    actions.decide(difference=first, by=an, decision="theirs")
    child.refresh_from_db()
    assert (child.birth.text, child.ministry_state) == ("13/05/2016", "different")
    actions.decide(difference=last, by=an, decision="theirs")
    actions.decide(difference=last, by=an, decision="theirs")
    child.refresh_from_db()
    assert (child.father_name, child.ministry_state) == ("Nguyễn Văn Ba", "present")
    assert ChildRevision.objects.get(child=child, field="birth").source == "phần mềm của Bộ"


def test_keeping_ours_holds_until_they_tell_something_else(child, ward, an):
    row = line("Nguyễn Văn Nam", number="031216001234", ethnic="Tày")
    take(ward, an, row)
    actions.decide(difference=MinistryDifference.objects.get(), by=an, decision="ours")
    take(ward, an, row)
    kept = MinistryDifference.objects.get()
    assert (kept.decision, kept.decided_by, state(child)) == ("ours", an, "different")
    take(ward, an, line("Nguyễn Văn Nam", number="031216001234", ethnic="Nùng"))
    assert MinistryDifference.objects.get().decision == ""
    take(ward, an, line("Nguyễn Văn Nam", number="031216001234"))
    assert (state(child), MinistryDifference.objects.count()) == ("present", 0)


def test_the_same_export_twice_changes_nothing(child, ward, an):
    row = line("Nguyễn Văn Nam", number="031216001234", ethnic="Tày")
    take(ward, an, row)
    version = Child.objects.get().version
    take(ward, an, row)
    assert (Child.objects.get().version, MinistryDifference.objects.count()) == (version, 1)


def test_only_who_may_import_takes_it_in(ward, binh, chi, hoa):
    for officer in (binh, chi, hoa):
        with pytest.raises(Refusal):
            take(ward, officer, line("Lê Thị Lạ"))


def test_our_file_has_their_columns_and_comes_back_equal(child, ward, an, as_, tmp_path):
    response = as_(an).get(reverse("child-export", args=["bo"]))
    path = tmp_path / "xuat.xlsx"
    path.write_bytes(b"".join(response) if response.streaming else response.content)
    rows = list(openpyxl.load_workbook(path)["Trẻ em"].values)
    assert list(rows[0]) == [column.heading for column in ministry.columns()]
    assert rows[1][2:7] == ("Nguyễn Văn Nam", "12/05/2016", "Nam", "Kinh", "031216001234")
    taken = lists.upload(
        by=an, kind="ministry", unit=ward, on=ON, asked={"whole": True}, name="xuat.xlsx", data=path.read_bytes()
    )
    lists.read_file(taken=taken, by=an)
    taken.refresh_from_db()
    assert (taken.summary["present"], taken.summary["different"], taken.summary["absent"]) == (1, 0, 0)


def test_a_long_file_in_their_columns_is_written_by_a_job(child, an):
    job = exporting.enqueue("", form="bo", by=an, key="a", reason="Gửi phần mềm của Bộ")
    jobs.run(job.pk)
    job.refresh_from_db()
    stored = StoredFile.objects.get(public_id=job.result["file"])
    assert stored.name.endswith("theo cột phần mềm của Bộ.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(open_bytes(stored)))
    assert [row[:3] for row in book["Trẻ em"].values][1] == ("1", "", "Nguyễn Văn Nam")
    assert any("chưa đối chiếu" in str(row[1]) for row in book["Thông tin"].values)


def test_no_column_claims_to_be_verified_without_somebody_who_saw_it():
    assert ministry.columns() and not any(column.verified for column in ministry.columns())


def test_sixty_children_take_a_fixed_number_of_statements(ward, an, django_assert_max_num_queries):
    for number in range(60):
        factories.child(ward, f"Trẻ {number}", "12/05/2016", identity_number=f"0312160{number:05}", identity_valid=True)
    rows = [line(f"Trẻ {number}", number=f"0312160{number:05}", ethnic="Tày") for number in range(60)]
    with django_assert_max_num_queries(80):
        take(ward, an, *rows, whole=True)
    assert Child.objects.filter(ministry_state="different").count() == 60
