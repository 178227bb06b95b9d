"""The standard export of the list, uploaded on the import page: a list like any other, known by its code, changing nothing."""

import pytest
from django.http import QueryDict

from childcare.children import exporting
from childcare.children import models as c
from childcare.children.importing import batches
from childcare.children.returning.layout import is_returned
from childcare.lib.spreadsheets import open_workbook
from tests import factories, people
from tests.childcare.children.importing.test_reading import book
from tests.childcare.children.test_layouts import everything

pytestmark = pytest.mark.django_db
NOTHING = {"created": 0, "updated": 0, "unchanged": 2, "rejected": 0, "differs": 0}


@pytest.fixture
def children(ward):
    """Hoà with everything; Bình with a name and a year."""
    hamlet = factories.hamlet(ward, "Tổ dân phố 2")
    house = factories.household(hamlet, "Nguyễn Văn Hào", address="Số 7", phone="0912345678")
    factories.poverty(house, "near", people.TODAY.year)
    hoa = factories.child(
        hamlet, "Nguyễn Thị Hoà", "5/6/2016", "f", house=house, ethnic="E01", identity_number="031316000011",
        identity_valid=True, mother_name="Lê Thị Mai", father_name="Nguyễn Văn Hào", phone="0912345678",
        school_name="Trường Tiểu học Nam Sơn, lớp 2A", schooling="lớp 2",
    )  # fmt: skip
    factories.circumstance(hoa, "N04.2")
    return hoa, factories.child(hamlet, "Trần Văn Bình", "2018", "")


@pytest.fixture
def exported(an, children, tmp_path):
    path = tmp_path / "list.xlsx"
    name, _ = exporting.write(path, QueryDict(""), officer=an)
    return name, path.read_bytes()


def take_in(an, ward, name, data):
    return batches.take_in(data=data, name=name, unit=ward, on=people.TODAY, by=an)


def test_it_is_no_list_to_be_checked(exported):
    name, data = exported
    assert not is_returned(open_workbook(data, name))


def test_taken_in_it_changes_nothing(an, ward, exported):
    before = everything()
    reading, counts, errors = take_in(an, ward, *exported)
    assert {key: counts[key] for key in NOTHING} == NOTHING and errors is None and reading.offers == []
    assert everything() == before and not c.ListLayout.objects.exists()
    assert c.ImportBatch.objects.get().kind == c.ImportBatch.Kind.LIST


def test_what_was_typed_into_it_is_understood_by_the_code(an, ward, children, exported):
    name, data = exported
    c.Child.objects.filter(pk=children[1].pk).update(mother_name="Vũ Thị Tám")  # name, birth and mother no longer say it
    _, counts, _ = take_in(an, ward, name, data)
    assert counts["created"] == 0 and c.Child.objects.count() == 2


def test_a_code_of_the_communes_own_is_no_code_of_ours(an, ward, tmp_path):
    data = book(
        ("A", [["Mã trẻ", "Họ và tên", "Ngày sinh"], ["001", "Lê Thị Hoa", "1/2/2016"], ["002", "Hà Văn Tú", "3/4/2017"]])
    )
    _, counts, _ = take_in(an, ward, "so.xlsx", data)
    assert counts["created"] == 2 and c.ListLayout.objects.count() == 1
