"""A case with everything that the forms print, and the text of a printed form."""

import uuid
from datetime import date, datetime, timedelta

from cases.actions import assessing, intake, isolating, meetings, planning
from cases.models import Case
from cases.printing import making
from childcare.children.models import SupportKind
from childcare.documents.plain import texts
from childcare.lib.calendar import TZ
from tests import people
from tests.cases import casework

AT = datetime(2024, 5, 2, 0, 5, tzinfo=TZ)
HIGH = {"A201": "high", "A202": "medium", "A211": "low", "A212": "low"}
FULL = {"A301": "high", "A302": "high", "A303": "medium", "A304": "low", "A311": "low", "A312": "medium", "A313": "high"}
MET = {
    "place": "Phòng họp UBND phường", "chair": "Phạm Thị Lan, Phó Chủ tịch", "secretary": "Nguyễn Thị An, công chức",
    "participants": "Hoàng Văn Tú, Công an phường\nLê Văn Tổ, tổ trưởng tổ dân phố", "opinions": "Công an: đã lập hồ sơ.",
    "measures": "Trẻ tạm ở nhà bà ngoại.",
}  # fmt: skip


def told(by=None, **values):
    """A case with its report in the words of Mẫu số 01."""
    words = {
        "place": "Ngõ 12, tổ dân phố 3", "condition": "Có vết bầm ở tay", "consequence": "Có thể bị đánh tiếp", "carer": "bà ngoại",
        "informant": "Trần Thị Hàng Xóm", "informant_contact": "0912 000 111",
    }  # fmt: skip
    return casework.received(by, child=casework.child(father_name="Trương Văn Bảo"), **words, **values)


def isolated(case, by, until=date(2024, 5, 7)):
    """The child was taken away from who harms it."""
    return assessing.emergency_step(
        case=case, by=by, version=None, kind="isolation", done_at=AT + timedelta(minutes=5), detail="Về nhà bà ngoại", until=until
    )  # fmt: skip


def order(step, by, kind="order", **values):
    """A decision on the isolation."""
    return isolating.order(step=step, by=by, once=uuid.uuid4(), kind=kind, **values)


def met(case, by, **values):
    """The meeting was held."""
    at = values.pop("held_at", AT + timedelta(minutes=20))
    return meetings.record(case=case, by=by, version=None, held_at=at, once=uuid.uuid4(), **MET, **values)


def whole(by=None, services=(("S17", 1_500_000), ("S20", None)), number="35/QĐ-UBND"):
    """From the report to the approved plan, the child taken away and the meeting held on the way."""
    by = by or people.an()
    case = told(by)
    intake.assign(case=case, by=by, version=None, worker=by)
    step = isolated(case, by)
    order(step, by, number="31/QĐ-UBND", signed_on=people.TODAY, signer="Phạm Thị Lan, Phó Chủ tịch", until=date(2024, 5, 7),
          place="Nhà bà ngoại, tổ dân phố 5", carer="Nguyễn Thị Ngoại", reason="Bị đánh nhiều lần")  # fmt: skip
    casework.assessed(by, case, marks=HIGH, level="high", needs="Khám vết thương", safety="Ở nhà bà ngoại", emergency=True)
    casework.assessed(
        by, case, form="full", marks=FULL, level="high", findings="Sợ hãi", child_view="Muốn ở với bà", needs="Tư vấn"
    )
    met(case, by)
    plan = planning.save_plan(
        case=case, by=by, version=None, starts_on=date(2024, 5, 3), ends_on=date(2024, 8, 3), goals="Được an toàn"
    )
    for at, (code, cost) in enumerate(services):
        planning.add_service(
            plan=plan, by=by, kind=SupportKind.objects.get(code=code), once=uuid.uuid4(), cost=cost, detail=f"việc {at}",
            responsible="Hội Phụ nữ phường", provider="Trung tâm Công tác xã hội", starts_on=date(2024, 5, 3),
        )  # fmt: skip
    planning.submit(case=case, by=by, version=None)
    planning.approve(
        case=case, by=by, version=None, decision_number=number, decision_on=people.TODAY, signer="Phạm Thị Lan"
    )  # fmt: skip
    return Case.objects.get(pk=case.pk)


def said(case, key, officer, **values):
    """The printed text of a form."""
    return "\n".join(texts(making.of_case(case, key, officer, **values)))
