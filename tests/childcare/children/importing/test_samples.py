"""The sample workbooks of communes against their expected results, complete and in the importer's own vocabulary."""

import json
from datetime import date
from pathlib import Path

import pytest

from childcare.children.importing.reading import Place, Reading, read
from childcare.lib.vietnamese import fold

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples"
SENSITIVE = frozenset({"N05", "N06", "N07", "N09", "N10", "N11", "N12"})
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SAMPLES.exists(), reason="../shared is not there")]
CASE_OF_PARENTS = ("mother_name", "father_name", "household_head")


@pytest.fixture(
    scope="module", params=["clean-ward.xlsx", "commune-book.xlsx", "dates-and-ids.xlsx", "tcvn3-old.xlsx", "tcvn3-old.xls"]
)
def sample(request):
    file = SAMPLES / request.param
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    before = {
        child["identity_number"]: (fold(child["full_name"]), child["birth_date"])
        for child in expected.get("registry_before", [])
    }
    place = Place(date.fromisoformat(expected["import_date"]), expected["hamlets"], SENSITIVE, holders=lambda numbers: before)
    return expected, read(file.read_bytes(), file.name, place)


def ordered(rows):
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, ensure_ascii=False))


def test_the_columns_are_understood(sample):
    expected, reading = sample
    for wanted, found in zip(expected["sheets"], reading.sheets, strict=True):
        for key in ("name", "role", "header_rows", "column_number_row", "first_row", "last_row", "columns", "poverty_year"):
            assert found[key] == wanted.get(key), key


def test_the_same_rows_go_in_and_stay_out(sample):
    expected, reading = sample
    assert reading.rows_total == expected["rows_total"]
    assert {"accept": len(reading.rows), "reject": len(reading.rejected)} == expected["expect"]
    assert [{key: row[key] for key in ("sheet", "row", "reason_code")} for row in reading.rejected] == expected["rejected_rows"]
    assert len(reading.rows) - len(reading.repeated) == expected["children_created"]


def test_the_same_offers_are_made(sample):
    expected, reading = sample
    assert ordered(reading.offers) == ordered(expected["offers"])


def test_the_same_warnings_are_given(sample):
    expected, reading = sample
    assert ordered(reading.warnings) == ordered(expected["warnings"])


def test_repeated_rows_twins_and_rows_that_are_no_children(sample):
    expected, reading = sample
    assert [(row["sheet"], row["row"]) for row in reading.repeated] == [
        (row["sheet"], row["row"]) for row in expected["repeated_rows"]
    ]
    assert reading.twins == expected["twins"]
    assert reading.not_children == expected["not_children"]


def test_the_totals_agree(sample):
    expected, reading = sample
    assert reading.totals() == expected["totals"]


def test_the_first_children_are_read_field_by_field(sample):
    expected, reading = sample
    for wanted, row in zip(expected["children"], reading.rows, strict=False):
        found = {key: row[key] for key in wanted if key != "offered"}
        for key in CASE_OF_PARENTS:
            found[key], wanted[key] = (text and text.lower() for text in (found[key], wanted[key]))
        assert found == {key: value for key, value in wanted.items() if key != "offered"}


def test_the_texts_of_old_fonts_are_converted_and_told(sample):
    expected, reading = sample
    wanted, found = expected.get("conversions"), reading.conversions
    if wanted is None:
        assert found is None
        return
    assert all(example in found["header_examples"] for example in wanted["header_examples"])
    for key in wanted.keys() - {"header_examples"}:
        assert found[key] == wanted[key], key


def test_a_reading_survives_being_kept_as_json(sample):
    _, reading = sample
    assert Reading.from_json(json.loads(json.dumps(reading.as_json()))) == reading
