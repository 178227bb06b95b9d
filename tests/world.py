"""One of everything in Phường Nam Sơn, for the walk over every address: which thing an address is about."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.actions import assessing, emergency, intake, lifting, secrecy
from cases.models import EmergencyOpening, StatutoryForm
from childcare.accounts.models_sessions import SignIn
from childcare.accounts.roles import Role
from childcare.children.actions import merging, rounds
from childcare.children.bulk_actions import choosing, running
from childcare.children.models import (
    AllowanceRate,
    Attachment,
    Caregiver,
    CheckList,
    Consent,
    DataRequest,
    HardArea,
    ImportBatch,
    ProcessingRestriction,
    Purpose,
    SupportKind,
    TakenList,
    Transfer,
    TransferAsk,
    TransferTerm,
    Unplaced,
)
from childcare.documents import files
from childcare.documents.actions import numbers
from childcare.documents.books import Series
from childcare.inbox import actions as inbox
from childcare.indicators.models import Indicator
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.units.actions import drafting
from childcare.units.models import DayOverride
from plans.actions import bodies, friendly, funds, inspections
from plans.actions.plans import assign_down
from plans.models import (
    Activity,
    ActivityPhoto,
    Assignment,
    BudgetEntry,
    BudgetLine,
    CriterionPart,
    EvaluationPaper,
    FriendlyThreshold,
    InspectionPhoto,
    InspectionSample,
    Plan,
    PlanVersion,
    SampleRow,
    Target,
    Task,
)
from reports.actions import calls, outlines, tokens
from reports.models import ManualFigure, Obligation, Regime, Submission
from reports.obligations import ensure_obligations
from tests import factories as f
from tests import people
from tests.cases import care, casework, noticing
from tests.plans import staffing

CHILD_NAME = "Trương Thị Bảo Hân"
# Addresses with a part in them that are about no child, plan or report of the ward.
NOT_OF_THE_WARD = {
    "allowance-rate",
    "allowance-area",
    "paste",
    "account-link",
    "document-check",
    "day-remove",
    "transfer-term-remove",
    "regime-confirm",
    "regime-change",
    "regime-on",
    "regime-off",
    "indicator",
    "home-criterion",
    "unit",
    "child-export",
    "event-export",
    "case-clock-set",
    "case-clock-drop",
    "clock-correct",
    "clock-verify",
    "assessment-item-correct",
    "form-blank",
    "form-change",
    "carer-register",
    "activities-file",
    "calendar-feed",
    "calendar-file",
    "friendly-recognised",
    "criterion-part",
    "criterion-part-add",
    "criterion-threshold",
    "summary-file",
}
# Which thing an address is about: the longest beginning of its name that stands here.
ABOUT = {
    "session-end": "sign_in", "officer-sessions-end": "officer", "officer-factor-off": "officer",
    "officer": "officer", "officer-end": "appointment", "inbox-open": "message", "job": "job", "import": "batch",
    "check-list": "check_list", "check-lists-of": "ward", "child": "child", "circumstance": "circumstance", "circumstance-add": "child", "support": "support", "support-add": "child",
    "caregiver": "caregiver", "caregiver-add": "child", "poverty": "child", "merge": "merge", "household": "household", "household-set": "child",
    "residence": "child", "incident": "incident", "plan": "plan", "target": "target", "task": "task", "budget": "line", "budget-void": "entry", "activity": "activity", "photo": "photo", "fund": "fund", "fund-entry": "fund_entry",
    "incident-outcome-void": "outcome",
    "attachment": "attachment", "attachment-add": "child", "consent": "consent", "consent-add": "child",
    "restriction": "restriction", "restriction-add": "child", "request": "request",
    "bulk": "bulk", "sheet-file": "job", "round": "round",
    "transfer": "transfer", "transfer-ask": "ask",
    "pupil": "pupil", "pupil-decide": "asked", "pupil-match": "asked", "pupil-add": "asked", "pupil-pass-on": "asked",
    "pupil-unmatch": "pupil", "enrolment": "enrolment", "list": "list",
    "lift": "lift", "emergency": "opening", "declared": "declared",
    "case": "case", "case-isolation": "isolation", "case-service-remove": "service", "case-serve": "service",
    "case-of": "worker", "case-hand-over": "worker",
    "notice": "notice", "handed": "handover",
    "unit": "ward", "register-entry": "outgoing", "hamlet": "hamlet", "hamlet-add": "ward", "school-add": "ward", "report": "obligation",
    "school-rename": "school", "school-end": "school", "pupil-unplaced-one": "unplaced",
    "staff": "ward", "staffing": "ward", "staff-person": "colleague", "staff-post": "post", "activity-people": "training",
    "manual": "manual", "assigned": "assignment",
    "body": "body", "body-list": "ward", "body-decision-void": "decision", "body-meeting-void": "meeting",
    "place-list": "ward", "place-state": "place", "record": "place", "home-list": "ward", "home-examine": "hamlet",
    "risk-list": "ward",
    "inspection": "inspection", "recommendation": "recommendation", "check-photo": "check_photo", "inspector": "ward", "inspector-sample": "sample",
    "inspector-file": "row", "inspector-paper": "row",
    "friendly": "evaluation", "friendly-paper": "paper", "friendly-paper-add": "evaluation",
    "call": "call", "outline": "outline",
    "criterion-part": "part", "criterion-threshold": "threshold",
    "data-token": "data_token", "unit-change": "change", "placing": "holding",
    "placement": "placement", "placement-add": "child", "carer": "carer", "shelter": "shelter", "commitment": "commitment",
    "commitment-add": "child", "allowance-add": "child", "allowance-rate": "rate",
    "allowance-area": "area", "carer-print": "carer", "facility-print": "shelter",
}  # fmt: skip
WORDS = {
    "which": "ban-dau", "token": "khong-co", "form": "xlsx", "ending": "pdf", "number": 1, "kind": "support", "code": "HC-01",
    "key": "mau-01", "order": "gia-han", "what": "cong-trinh", "paper": "thong-bao", "year": 2024,
    "section": "V",
}  # fmt: skip


@dataclass
class World:
    """The things by name."""

    rows: dict
    child_name: str = CHILD_NAME

    def value(self, route, key):
        """What stands for the converter `key` in the address of the route."""
        if route == "register-entry-file":
            return "xml" if key == "what" else self.rows["outgoing"].public_id
        if route == "home-criterion":
            return "NAT01"
        if key in WORDS:
            return WORDS[key]
        if key in ("place", "child"):
            return self.rows[{"place": "hamlet"}.get(key, key)].public_id
        if key == "other":
            return self.rows["double"].public_id
        if key == "pk":
            models = {"day-remove": DayOverride, "transfer-term-remove": TransferTerm, "form-change": StatutoryForm}
            return models.get(route, Regime).objects.order_by("pk").first().pk
        found = max((name for name in ABOUT if route == name or route.startswith(f"{name}-")), key=len, default=None)
        assert found, f"tests/world.py does not say what {route} is about"
        return self.rows[ABOUT[found]].public_id


def _bulk(child, by):
    """A gift for one child, prepared and not yet written."""
    values = {"kind": SupportKind.objects.get(code="S33"), "started_on": people.TODAY, "amount": 200_000}
    return running.prepare(bulk=choosing.start([child], by=by), by=by, kind="support", values=values)


def _photo(ward, by):
    """A photo of an activity of the ward."""
    stored = files.store(name="anh.jpg", content_type="image/jpeg", data=b"x", by=by)
    held = Activity.objects.create(unit=ward, held_on=date(2024, 3, 2), kind="culture", title="Ngày hội")
    return ActivityPhoto.objects.create(activity=held, file=stored)


def _fund(ward, by):
    """A fund of the ward with an entry."""
    fund = funds.open_fund(by=by, unit=ward, kind="protection", name="Quỹ bảo vệ trẻ em", opened_on=date(2024, 1, 1))
    entry = funds.receive(by=by, fund=fund, on=people.TODAY, amount=500_000, text="Ủng hộ", origin="donor")
    return {"fund": fund, "fund_entry": entry}


def _secret():
    """A restricted case with a proposal that waits for the second person, a declaration, an opening in an emergency."""
    secret = casework.received(people.an(), suspect_related="yes")
    intake.hand_out(case=secret, by=people.phuc(), worker=people.dung())
    lift = lifting.propose(case=secret, by=people.dung(), reason="Đã xác minh, không liên quan")
    opened = casework.received(people.an())
    worker = people.officer("nhanvien", "Vũ Thị Xã", "social_worker", people.NAM_SON)
    emergency.open_file(what=opened.code, by=worker, reason="Trẻ đang bị nhốt, cần biết địa chỉ ngay")
    declared = secrecy.declare(by=people.an(), once=None, relation="self", name="Nguyễn Thị An")
    return {"lift": lift, "opening": EmergencyOpening.objects.get(), "declared": declared}


def build():
    """Everything, with a child whose name must reach nobody who does not need it."""
    for name in ("worker", "beat"):
        jobs.beat(name, now=timezone.now())
    an, ward = people.an(), people.unit(people.NAM_SON)
    people.dung()
    hamlet = f.hamlet(ward)
    house = f.household(hamlet, "Trương Văn Bảo")
    child = f.child(hamlet, CHILD_NAME, "03/04/2015", "f", house=house)
    file = f.protected_file(child, unit=ward)
    f.circumstance(child, "N11", since=date(2024, 1, 10), protected_file=file)
    DayOverride.objects.create(day=date(2024, 5, 3), working=False)
    ensure_obligations(2024)
    obligation = Obligation.objects.get(unit=ward, regime__code="RG01", period="2024-H1")
    Submission.objects.create(obligation=obligation, created_by=an)
    district = Plan.objects.create(
        unit=people.unit(people.KIEN_AN), first_year=2024, last_year=2024, subject="Kế hoạch năm 2024"
    )
    indicator = Indicator.objects.get(code="HC-04")
    Target.objects.create(
        plan=district, position=1, text="99% trẻ em được trợ giúp", indicator=indicator, comparison="ge", value=99
    )
    plan, _ = assign_down(plan=district, unit=ward)
    assign_down(plan=plan, unit=hamlet, by=an)
    line_of_money = BudgetLine.objects.create(plan=plan, position=1, text="Ngân sách phường")
    PlanVersion.objects.create(plan=plan, number=1, content={"items": []}, reason="theo kế hoạch quận")
    elsewhere = people.unit(people.KIEN_AN).children.on(people.TODAY).exclude(code__in=[people.NAM_SON, people.VAN_DAU]).first()
    arrived = f.child(ward, "Trương Văn Khôi", "05/06/2014")
    transfer = Transfer.objects.create(
        child=arrived, from_unit=elsewhere, to_unit=ward, moved_on=people.TODAY, arrived=arrived.residences.get(),
        sent_on=people.TODAY, sent_at=timezone.now(),
    )  # fmt: skip
    school = f.school(ward)
    pupil, asked = f.pupil(school, CHILD_NAME, child=child), f.pupil(school, "Lê Thị Lan", "3/4/2012")
    change = drafting.begin(by=people.quan(), effective_on=date(2024, 6, 1), basis="NQ thử nghiệm")
    line = drafting.add_ending(change=change, unit=ward, by=people.quan())
    line.holding = f.hamlet(ward, "Chưa xếp (Phường Nam Sơn cũ)")
    line.save()
    Unplaced.objects.create(ending=line, child=child, former=hamlet)
    post = staffing.post(hamlet, "Mai Thị Cúc")
    body = staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2024, 1, 5))
    meeting = bodies.meet(by=an, body=body, held_on=date(2024, 2, 1), content="Họp đầu năm")
    case, _, service = casework.planned(an)
    isolation = assessing.emergency_step(case=case, by=an, version=None, kind="isolation", done_at=casework.AT)
    incident = f.incident(ward, "abuse", children=[(child, {"form": "sexual"})], protected_file=file)
    stored = files.store(name="danh-sach.xlsx", content_type="application/octet-stream", data=b"x", by=an)
    threshold = FriendlyThreshold.objects.get(code="ward")
    evaluation = friendly.begin(by=an, unit=ward, year=2024, threshold=threshold)
    check = inspections.plan(
        by=people.dung(), unit=ward, by_unit=ward.parent, starts_on=people.TODAY, ends_on=people.TODAY, scope="Hồ sơ"
    )
    kien_nghi = inspections.add_recommendation(inspection=check, by=people.dung(), text="Bổ sung giấy tờ")
    sample = InspectionSample.objects.create(
        appointment=people.binh().appointments.get(), unit=ward, kind="children", size=1, seed="x"
    )
    row = SampleRow.objects.create(sample=sample, position=1, child=child)
    part = CriterionPart.objects.get(criterion__number=7)
    paper = EvaluationPaper.objects.create(
        evaluation=evaluation,
        criterion=part.criterion,
        title="Báo cáo",
        file=files.store(name="b.pdf", content_type="x", data=b"x"),
    )
    call = calls.ask(
        issuer=ward, by=an, key=uuid.uuid4(), subject="Rà soát trẻ em", document="", data_from=date(2024, 1, 1),
        cutoff=people.TODAY, last_day=date(2024, 5, 20), units=[hamlet],
    )  # fmt: skip
    outline = outlines.issue(issuer=ward, by=an, title="Đề cương", call=call)
    outline.file = files.store(name="de-cuong.pdf", content_type="application/pdf", data=b"%PDF-", by=an)
    outline.save()
    return World({
        "check_photo": InspectionPhoto.objects.create(
            inspection=check, file=files.store(name="k.jpg", content_type="image/jpeg", data=b"x", by=an)
        ),
        "call": call, "outline": outline,
        "outgoing": numbers.take(Series(ward, None, "CV"), by=an, issued_on=people.TODAY, number="5", subject="Về việc thử"),
        "inspection": check, "recommendation": kien_nghi, "sample": sample, "row": row,
        "data_token": tokens.give(unit=ward, name="Kho dữ liệu", days=30, by=an)[0],
        "evaluation": evaluation, "part": part, "threshold": threshold, "paper": paper,
        "officer": people.binh(), "worker": an, "appointment": people.binh().appointments.get(), "sign_in": signed_in(an), "ward": ward, "hamlet": hamlet,
        "message": inbox.send(officer=an, key="x", day=people.TODAY, subject="Nhắc việc", url="/")[0],
        "job": Job.objects.create(kind="import.read", key="x", requested_by=an),
        "batch": ImportBatch.objects.create(unit=ward, on=people.TODAY, file=stored, uploaded_by=an),
        "school": school, "unplaced": f.pupil(school, "Vũ Văn Xa", "5/6/2012", asked=ward.parent), "pupil": pupil, "asked": asked, "enrolment": pupil.enrolments.get(),
        "list": TakenList.objects.create(kind="ministry", unit=ward, on=people.TODAY, file=stored, uploaded_by=an),
        "check_list": CheckList.objects.create(
            unit=ward, commune=ward, year=2024, number=1, holder="Trần Văn Tổ", made_on=people.TODAY, made_by=an
        ),
        "child": child, "double": f.child(hamlet, CHILD_NAME, "03/04/2015", "f"), "household": house,
        "merge": merging.merge(by=an, kept=f.child(hamlet), merged=f.child(hamlet), reason="Cùng một trẻ"),
        "transfer": transfer,
        "change": change, "holding": line.holding,
        "ask": TransferAsk.objects.create(unit=elsewhere, number=str(child.public_id), child=child, asked_on=people.TODAY),
        "circumstance": f.circumstance(child, "N04", since=date(2023, 1, 1)),
        "bulk": _bulk(child, an),
        "round": rounds.open_round(by=an, unit=ward, title="Rà soát", started_on=people.TODAY, due_on=people.TODAY),
        "support": f.support(child),
        "caregiver": Caregiver.objects.create(child=child, name="Trương Văn Bảo", relation="father"),
        "incident": incident,
        "outcome": incident.outcomes.create(kind="criminal", on=people.TODAY, body="Công an"),
        "case": case, "service": service, "isolation": isolation, **_secret(),
        "placement": care.caring(an, case=case), "carer": care.carer(an), "shelter": care.shelter(an),
        "commitment": care.promise(an, case=case), "rate": AllowanceRate.objects.first(),
        "area": HardArea.objects.create(unit=ward, valid_from=date(2024, 1, 1), legal_basis="QĐ 861/QĐ-TTg"),
        "handover": noticing.handed_over(ward),
        "notice": noticing.sent(by=people.officer("mo", "Lý Thị Mơ", Role.SCHOOL, f.school(ward, "Trường Mầm non Nam Sơn").code)),
        "attachment": Attachment.objects.create(child=child, kind="birth", file=files.store(name="a.pdf", content_type="x", data=b"x")),
        "consent": Consent.objects.create(child=child, purpose=Purpose.objects.get(code="MD05"), started_on=date(2024, 1, 2)),
        "restriction": ProcessingRestriction.objects.create(child=child, reason="theo yêu cầu", started_on=people.TODAY),
        "request": DataRequest.objects.create(
            unit=ward, number=1, received_on=people.TODAY, asker="Trương Văn Bảo", child=child, kind="see",
            answer_by=date(2024, 5, 7), act_by=date(2024, 5, 17), recorded_by=an,
        ),
        "task": Task.objects.create(plan=plan, position=1, kind="task", text="1. Thăm, tặng quà"),
        "line": line_of_money, "entry": BudgetEntry.objects.create(line=line_of_money, kind="spent", on=people.TODAY, amount=100_000),
        "plan": plan, "target": plan.targets.get(), "assignment": Assignment.objects.get(unit=hamlet), "obligation": obligation,
        "activity": Activity.objects.create(unit=ward, held_on=date(2024, 3, 1), kind="gifts", title="Thăm hỏi, tặng quà"),
        "photo": _photo(ward, an), **_fund(ward, an),
        "post": post, "colleague": post.staff, "body": body, "decision": body.decisions.get(), "meeting": meeting, "place": staffing.place(hamlet), "training": staffing.training(ward, "Tập huấn cộng tác viên"),
        "manual": ManualFigure.objects.create(
            unit=ward, indicator=indicator, data_from=date(2022, 11, 1), cutoff=date(2023, 4, 30), numerator=30, denominator=31,
            origin="old_report", source="Báo cáo 6 tháng 2023",
        ),
    })  # fmt: skip


def signed_in(officer):
    """A sign-in of the officer somewhere else."""
    moment = timezone.now()
    return SignIn.objects.create(officer=officer, session_key="khac", started_at=moment, seen_at=moment)
