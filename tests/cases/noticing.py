"""Reports sent in by the people who see a child first, made through the action."""

import uuid

from cases.actions import handover, intake, notices
from childcare.accounts.roles import Role
from tests import people
from tests.cases import casework

TEXT = "Cháu có nhiều vết bầm ở tay, nói là bị đánh"
SENDER = "Trịnh Thị Hoà"


def hoa(school):
    """The teacher who sends."""
    return people.hoa(school)


def tram():
    """Nurse at the health station of Phường Nam Sơn."""
    return people.officer("tram", "Đào Thị Trâm", Role.CARE_STAFF, people.NAM_SON)


def sent(school=None, by=None, to=None, **values):
    """A report lying at the ward (or at `to`), where An and, above, Dũng take reports in."""
    people.an(), people.dung()
    values = {"condition": TEXT, "suspect_related": "no", "once": uuid.uuid4(), "child_name": "Trương Thị Bảo Hân", **values}
    return notices.send(by=by or hoa(school), to=to or people.unit(people.NAM_SON), **values)


def handed_over(to, by=None, opened=True, **values):
    """A case of Phường Văn Đẩu sent to Phường Nam Sơn, where An has said that it came, unless told otherwise."""
    an = people.an()
    by = by or people.chi()
    values = {"channel": "phone", "suspect_related": "no", "once": uuid.uuid4(), "received_at": casework.AT, **values}
    case = intake.receive(by=by, unit=people.unit(people.VAN_DAU), **values)
    row = handover.send(case=case, by=by, version=None, to=to, reason="Trẻ ở Nam Sơn với bà ngoại")
    return handover.open_sent(handover=row, by=an) if opened else row
