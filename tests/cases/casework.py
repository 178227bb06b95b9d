"""A case at any of its steps, made through the actions."""

import re
import uuid
from datetime import date, datetime

from cases.actions import assessing, intake, planning
from childcare.children.models import SupportKind
from childcare.lib.calendar import TZ
from tests import factories, people

AT = datetime(2024, 5, 2, 0, 5, tzinfo=TZ)
CALM = {"A201": "low", "A202": "low", "A211": "medium", "A212": "medium"}
GRAVE = {"A201": "high", "A202": "high", "A211": "low", "A212": "medium"}


def child(**fields):
    """A child of Phường Nam Sơn."""
    return factories.child(people.unit(people.NAM_SON), "Trương Thị Bảo Hân", "03/04/2015", "f", **fields)


def received(by=None, at=AT, **values):
    """A case just received."""
    values = {"channel": "phone", "suspect_related": "no", "once": uuid.uuid4(), **values}
    return intake.receive(by=by or people.an(), unit=people.unit(people.NAM_SON), received_at=at, **values)


def assessed(by=None, case=None, form="initial", marks=CALM, level="medium", **values):
    """After the first assessment."""
    case = case or received(by, child=child())
    extra = {"emergency": False} if form == "initial" else {}
    assessing.assess(
        case=case, by=by or people.an(), version=None, form=form, done_on=people.TODAY, marks=marks, level=level,
        **{"reason": "thấy rõ", **extra, **values},
    )  # fmt: skip
    case.refresh_from_db()
    return case


def planned(by=None, case=None, **values):
    """With a plan of one service."""
    by = by or people.an()
    case = assessed(by, case or assessed(by), form="full", marks={})
    plan = planning.save_plan(case=case, by=by, version=None, starts_on=date(2024, 5, 3), ends_on=date(2024, 6, 3), **values)
    service = planning.add_service(
        plan=plan, by=by, kind=SupportKind.objects.get(code="S33"), once=uuid.uuid4(), cost=500_000, responsible="Hội Phụ nữ"
    )
    case.refresh_from_db()
    return case, plan, service


def approved(by=None):
    """Approved by the leader."""
    case, plan, service = planned(by)
    planning.submit(case=case, by=by or people.an(), version=None)
    planning.approve(case=case, by=people.lan(), version=None)
    case.refresh_from_db()
    plan.refresh_from_db()
    return case, plan, service


def told(response):
    """The bytes of a page without what every opening makes anew: the token and the one-time key of its forms."""
    text = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*', "", response.content.decode())
    return re.sub(r'"X-CSRFToken": "[^"]*', "", text)
