"""How name, birth and number become stored fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from childcare.children import records
from childcare.children.models import Child
from childcare.lib.calendar import parse_partial
from childcare.lib.vietnamese import name_key


def test_a_name_brings_its_keys():
    fields = records.name_fields("  Nguyễn  Thị Hoà. ")
    assert fields == {
        "full_name": "Nguyễn Thị Hoà", "name_state": "named", "folded_name": "nguyen thi hoa", "name_key": name_key("Nguyễn Thị Hoà"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Trai", "unnamed"),
        ("chưa đặt tên", "unnamed"),
        ("Bé gái", "unnamed"),
        ("", "missing"),
        ("?", "missing"),
        (None, "missing"),
        ("...", "missing"),
    ],
)
def test_what_is_no_name_is_not_stored_as_one(text, state):
    fields = records.name_fields(text)
    assert (fields["full_name"], fields["folded_name"], fields["name_state"]) == ("", "", state)
    assert fields["name_key"] == "ff"


def test_a_birth_date_brings_its_bounds():
    fields = records.birth_fields(parse_partial("5/2016"))
    assert (fields["birth_earliest"], fields["birth_latest"], fields["birth_precision"]) == (
        date(2016, 5, 1),
        date(2016, 5, 31),
        "month",
    )
    assert records.birth_fields(None, "30/2/2016") == {
        "birth_earliest": None, "birth_latest": None, "birth_precision": "", "birth_text": "30/2/2016",
    }  # fmt: skip


def test_a_malformed_number_is_kept_and_marked():
    assert records.identity_fields("12 345") == {"identity_number": "12345", "identity_valid": False}
    assert records.identity_fields("") == {"identity_number": None, "identity_valid": False}
    assert records.identity_fields("031 216 001 234") == {"identity_number": "031216001234", "identity_valid": True}


@given(st.text(max_size=300), st.text(max_size=80))
def test_whatever_is_typed_fits_its_columns(name, number):
    fields = records.child_fields(name, None, identity_number=number)
    for field, value in fields.items():
        longest = Child._meta.get_field(field).max_length
        assert longest is None or value is None or len(value) <= longest
