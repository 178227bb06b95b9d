"""A row changed by one officer at a time."""

import pytest

from childcare.lib.refusal import Refusal
from plans.actions.held import check_version, saved
from plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(ward):
    return Plan.objects.create(unit=ward, first_year=2024, last_year=2024, subject="Kế hoạch năm")


def test_a_page_as_old_as_the_row_may_save_and_an_older_one_is_told_to_look_again(plan):
    check_version(plan, plan.version, "Kế hoạch")
    for version in (plan.version - 1, plan.version + 1, None):
        with pytest.raises(Refusal, match="Kế hoạch này vừa được người khác sửa"):
            check_version(plan, version, "Kế hoạch")


def test_a_save_writes_the_named_fields_and_counts_up(plan):
    plan.subject, plan.place = "Khác", "Nam Sơn"
    assert saved(plan, "subject") is plan
    kept = Plan.objects.get(pk=plan.pk)
    assert (kept.subject, kept.place, kept.version) == ("Khác", "", 2)
