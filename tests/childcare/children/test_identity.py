"""The identity number by identity_number.md."""

import pytest

from childcare.children import identity
from childcare.lib.calendar import parse_partial


@pytest.mark.parametrize(
    ("typed", "number", "valid", "code", "suggestion"),
    [
        ("", None, False, "", ""),
        ("  ", None, False, "", ""),
        (None, None, False, "", ""),
        ("031216001234", "031216001234", True, "", ""),
        ("'031 2 16 001234", "031216001234", True, "", ""),
        ("031.216.001.234", "031216001234", True, "", ""),
        ("031\u00a0216\u00a0001234", "031216001234", True, "", ""),
        ("31216001234", "31216001234", False, "identity_leading_zero", "031216001234"),
        ("O312160O1234", "O312160O1234", False, "identity_letter_for_digit", "031216001234"),
        ("03l216001234", "03l216001234", False, "identity_letter_for_digit", "031216001234"),
        ("3.82E+10", "3.82E+10", False, "identity_rounded", ""),
        ("3,82E+10", "3,82E+10", False, "identity_rounded", ""),
        ("012345678", "012345678", False, "identity_nine_digits", ""),
        ("000000000000", "000000000000", False, "identity_placeholder", ""),
        ("999999999", "999999999", False, "identity_placeholder", ""),
        ("12345", "12345", False, "identity_malformed", ""),
        ("٠٣١٢١٦٠٠١٢٣٤", "٠٣١٢١٦٠٠١٢٣٤", False, "identity_malformed", ""),
        ("031084001234", "031084001234", True, "identity_parent", ""),
        ("777216001234", "777216001234", True, "identity_province_unknown", ""),
        ("038216001234", "038216001234", True, "", ""),  # registered in another province: nothing to say
    ],
)
def test_what_can_be_said_of_a_number_alone(typed, number, valid, code, suggestion):
    found = identity.check(typed)
    assert (found.number, found.valid, found.code, found.suggestion) == (number, valid, code, suggestion)
    assert bool(found.sentence) == bool(code)


@pytest.mark.parametrize(
    ("sex", "birth", "code"),
    [
        ("m", "12/05/2016", ""),
        ("f", "12/05/2016", "identity_sex_mismatch"),
        ("", "2015", "identity_year_mismatch"),
        ("", "khoảng 2015", ""),
        ("", None, ""),
        ("f", "2015", "identity_sex_mismatch"),
    ],
)
def test_a_number_that_disagrees_with_sex_or_year_stays_valid_and_is_said(sex, birth, code):
    found = identity.check("031216001234", sex=sex, birth=parse_partial(birth) if birth else None)
    assert found.valid and found.code == code


def test_there_are_63_province_codes():
    assert len(identity.province_codes()) == 63


def test_a_number_is_shown_in_its_parts():
    assert identity.grouped("038216001234") == "038 2 16 001234"
    assert identity.grouped("12345") == "12345" and identity.grouped(None) == ""
