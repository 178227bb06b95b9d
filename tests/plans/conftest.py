"""Plans of the tests: Kiến An 2024 as loaded, and as handed down to Nam Sơn."""

from pathlib import Path

import pytest

from plans.actions.plans import assign_down
from plans.loading import load_plan, read
from tests import people

DATA = Path(__file__).parents[2] / "plans" / "data"


@pytest.fixture
def district_plan(db):
    """Kiến An 2024 in our short words."""
    items, targets = read(DATA / "kien_an_2024_items.csv"), read(DATA / "kien_an_2024_targets.csv")
    return load_plan(unit=people.unit(people.KIEN_AN), items=items, targets=targets)[0]


@pytest.fixture
def ward_plan(district_plan, ward):
    """The targets handed down to Nam Sơn."""
    return assign_down(plan=district_plan, unit=ward)[0]
