"""What is typed of a signature."""

import pytest

from childcare.documents.books import Series
from reports.forms import SignForm
from tests import people

LINES = ["TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"]


@pytest.fixture
def reports_of_the_ward(db):
    return Series(people.unit(people.NAM_SON), None, "BC")


@pytest.mark.parametrize("lines", LINES)
def test_the_capacity_of_the_signer_comes_back_line_by_line(reports_of_the_ward, lines):
    form = SignForm(
        {"number": "05", "issued_on": "2/5/2024", "authority": lines.replace("\n", " / "), "signer_name": "Phạm Thị Lan"},
        series=reports_of_the_ward,
    )
    assert form.is_valid(), form.errors
    assert form.values["signer_lines"] == lines.split("\n")


def test_a_capacity_that_was_not_offered_is_refused(reports_of_the_ward):
    assert "authority" in SignForm({"authority": "GIÁM ĐỐC"}, series=reports_of_the_ward).errors


def test_who_signs_by_order_says_his_office(reports_of_the_ward):
    typed = {"number": "05", "issued_on": "2/5/2024", "authority": "TL. CHỦ TỊCH", "signer_name": "Đỗ Văn Hà"}
    assert "chức vụ" in SignForm(typed, series=reports_of_the_ward).errors["position"][0]
    form = SignForm({**typed, "position": "Chánh Văn phòng"}, series=reports_of_the_ward)
    assert form.is_valid() and form.values["signer_lines"] == ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
