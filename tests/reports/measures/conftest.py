"""The half year of a ward of Kiến An: 01/11/2023 to 30/04/2024."""

from datetime import date

import pytest

from reports import measures
from tests import people


@pytest.fixture
def window():
    return measures.Window(date(2023, 11, 1), date(2024, 4, 30))


@pytest.fixture
def district(db):
    return people.unit(people.KIEN_AN)


@pytest.fixture
def other_ward(db):
    """Phường Văn Đẩu."""
    return people.unit(people.VAN_DAU)


@pytest.fixture
def figure(ward, window):
    """`figure("HC-01", "group=N04")` of Phường Nam Sơn, counted afresh with every breakdown."""

    def count(code, breakdown="", unit=None, window=window, **more):
        by = ("sex", "age", "minority", "poor", "group", "reason", "form", "cause", "setting", "unit")
        return measures.count([unit or ward], window, by=by, **more).figure(code, unit or ward, breakdown)

    return count


@pytest.fixture
def number(figure):
    """The numerator of the same."""
    return lambda *args, **more: figure(*args, **more).numerator
