"""The five seed plans as whole: read on the screen, measured target by target, with nothing left out."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from childcare.accounts.models import Appointment, Officer
from reports import measures
from reports.target_table import target_table
from tests.plans.seeds import CODES, beside, load

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
ROLES = {"000": "commune", "001": "district", "002": "province", "003": "school", "004": "province"}


def reader(plan, seed):
    """An officer of the unit of the plan, in a post that held in its last year."""
    person = Officer.objects.create(username=f"doc{seed}", full_name="Người Đọc", password="!")
    first = date(plan.first_year, 1, 1)
    Appointment.objects.create(officer=person, unit=plan.unit, role=ROLES[seed], started_on=first)
    return person


@pytest.mark.parametrize("seed", CODES)
@beside
def test_every_paragraph_is_on_the_screen_and_every_target_says_how_it_stands(seed, as_):
    plan = load(seed)
    person = reader(plan, seed)
    shown = as_(person).get(reverse("plan", args=[plan.public_id]))
    assert shown.status_code == 200
    page = shown.content.decode()
    assert [item.text[:60] for item in plan.items.all() if escape(item.text) not in page and item.kind not in FOOT] == []
    window = measures.Window(date(plan.last_year, 1, 1), date(plan.last_year, 12, 31))
    table = target_table(plan, [plan.unit], window, person)
    assert len(table.rows) == plan.targets.count()
    for target, (cell,) in table.rows:
        assert cell.verdict.word and cell.verdict.sentence, target.code
        assert target.indicator is not None or target.qualitative, target.code
    for target in plan.targets.filter(unit_text="định tính"):  # what nobody counts has a state and a note of its own
        assert as_(person).get(reverse("target-assess", args=[target.public_id])).status_code == 200
    assert as_(person).get(reverse("plan-targets", args=[plan.public_id])).status_code == 200


FOOT = ("recipients_label", "recipient", "signer_authority", "signer_name", "number_line", "place_date", "agency", "motto")
