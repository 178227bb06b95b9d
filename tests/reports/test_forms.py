"""What is typed of a paper report, held against bounds before the database sees it."""

import pytest

from reports.forms import PaperForm, SignForm

LINES = ["TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"]


def number_fields():
    return [name for name in PaperForm().fields if name.startswith(("n_", "d_"))]


def test_a_number_longer_than_any_count_gets_a_sentence_in_every_field():
    form = PaperForm({name: "9" * 30 for name in number_fields()})
    assert number_fields()
    for name in number_fields():
        assert form.errors[name] == ["Số này không được lớn hơn 99.999.999.999."]


@pytest.mark.parametrize("lines", LINES)
def test_the_capacity_of_the_signer_comes_back_line_by_line(lines):
    form = SignForm(
        {"number": "05", "issued_on": "2/5/2024", "authority": lines.replace("\n", " / "), "signer_name": "Phạm Thị Lan"},
        authorities=LINES,
    )
    assert form.is_valid(), form.errors
    assert form.values["signer_lines"] == lines.split("\n")


def test_a_capacity_that_was_not_offered_is_refused():
    assert "authority" in SignForm({"authority": "GIÁM ĐỐC"}, authorities=LINES).errors
