"""`manage.py figures`: the contract for scripts."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make


def figures(*arguments):
    out = StringIO()
    call_command("figures", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def ward_of_two(ward):
    one, two = make.child(ward, sex="f"), make.child(ward)
    make.circumstance(one, "N04", since=date(2024, 2, 1)), make.circumstance(two, "N01")
    make.support(one, on=date(2024, 6, 1))
    return ward


def test_every_indicator_with_its_numbers(ward_of_two):
    found = figures("--unit", "11437", "--period", "2024-H1")
    assert len(found) == 150
    assert found["DS-01"] == {"numerator": 2, "denominator": None, "value": 2}
    assert found["HC-04"] == {"numerator": 1, "denominator": 2, "value": 50}
    assert found["HC-32"]["numerator"] == 1
    assert found["XH-01"] == {
        "numerator": None,
        "denominator": None,
        "value": None,
        "missing": True,
        "note": "Chưa xác nhận không phát sinh.",
    }


def test_the_as_of_day_closes_the_window(ward_of_two):
    found = figures("--unit", "11437", "--period", "2024-H1", "--as-of", "2024-01-31")
    assert (found["HC-01"]["value"], found["HC-03"]["value"]) == (1, 0)


def test_breakdowns_and_lower_units(ward_of_two):
    found = figures("--unit", "307", "--period", "2024-H1", "--by", "sex,age,group,unit")
    assert found["DS-01"]["by"]["sex=f"]["value"] == 1
    assert found["HC-01"]["by"]["group=N04"]["value"] == 1
    assert found["DS-01"]["units"]["11437"]["value"] == 2
    assert found["DS-01"]["units"]["11446"]["missing"]
    assert found["DS-01"]["note"] == "1/10 phường có số liệu"


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (("--unit", "99999", "--period", "2024"), "Không có đơn vị mã"),
        (("--unit", "307", "--period", "2024-H3"), "Không có kỳ"),
        (("--unit", "307", "--period", "2024", "--by", "colour"), "Không có phân tổ"),
        (("--unit", "307", "--period", "2024", "--as-of", "2023-12-31"), "trước ngày đầu kỳ"),
    ],
)
def test_a_wrong_argument_is_told_in_a_sentence(db, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        figures(*arguments)
