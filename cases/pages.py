"""What the pages of cases show: lines of the list, and one case with its clocks, its parts and what may be done next."""

from django.db.models import Prefetch

from cases import authority, guide, reporting
from cases.actions.base import STEPS, WORDS
from cases.actions.planning import current_plan
from cases.clocks import Clocks
from cases.models import Case, InterventionPlan
from cases.printing import making
from childcare.children.models import Child, FileAccess
from childcare.children.querysets import access_in_force
from childcare.lib.calendar import TZ, show
from childcare.lib.encryption import EncryptedTextField
from childcare.lib.vietnamese import number

PARTS = ("events", "emergency_steps", "assessments", "plans")
PART_WORDS = (("harm", "Tổn hại, nguy cơ"), ("ability", "Tự bảo vệ, phục hồi"))
# State → (step, words of the button, URL name, further parts of the address).
NEXT = {
    "new": [("assessed", "Đánh giá ban đầu", "case-assess", ["ban-dau"])],
    "reopened": [("assessed", "Đánh giá lại", "case-assess", ["ban-dau"])],
    "assessing": [("planning", "Đánh giá cụ thể", "case-assess", ["cu-the"])],
    "emergency": [("planning", "Đánh giá cụ thể", "case-assess", ["cu-the"])],
    "planning": [("submitted", "Trình phê duyệt", "case-submit", [])],
    "returned": [("submitted", "Trình lại", "case-submit", [])],
    "submitted": [("approved", "Phê duyệt", "case-approve", []), ("returned", "Trả lại bổ sung", "case-return", [])],
    "approved": [("reviewed", "Rà soát, đánh giá", "case-assess", ["ra-soat"])],
    "in_progress": [("reviewed", "Rà soát, đánh giá", "case-assess", ["ra-soat"])],
    "in_review": [("closed", "Kết thúc hồ sơ", "case-close", []), ("new_round", "Lập kế hoạch tiếp", "case-new-round", [])],
    "closed": [("reopened", "Mở lại", "case-reopen", [])],
    "screened_out": [("reopened", "Mở lại", "case-reopen", [])],
}


def with_parts(cases, texts=True):
    """Cases with what their clocks need, in a fixed number of queries; without `texts` nothing encrypted is read."""
    parts = [Prefetch(name) if texts else Prefetch(name, _plain(name)) for name in PARTS]
    return cases.select_related("unit", "child", "kind", "kind__parent", "worker", "protected_file").prefetch_related(*parts)


def _plain(name):
    """The rows of a part of a case without what is told in them."""
    model = Case._meta.get_field(name).related_model
    return model.objects.defer(*(field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)))


def moment(at):
    """ "14:30 ngày 02/05/2024", in Vietnam."""
    at = at.astimezone(TZ)
    return f"{at:%H:%M} ngày {show(at.date())}"


def clock_line(clock, now):
    """A clock in words with its tone."""
    late = clock.late(now)
    tone = "late" if late else "soon" if clock.running else "done"
    unverified = "" if clock.rule.evidence == "text" else "chưa đối chiếu nguyên văn"
    return {
        "name": clock.rule.name, "due": moment(clock.due_at), "word": clock.words(now), "tone": tone,
        "basis": clock.rule.legal_basis, "unverified": unverified,
    }  # fmt: skip


def list_lines(cases, officer):
    """Lines of a page of cases, the clocks of all of them from one reading of the rules."""
    clocks = Clocks()
    seen = set(Child.objects.visible_to(officer).filter(pk__in=[case.child_id for case in cases]).values_list("pk", flat=True))
    lines = []
    for case in cases:
        nearest = next(iter(clocks.running(case)), None)
        lines.append({
            "case": case, "name": case.child.display_name if case.child_id in seen else "",
            "kind": case.kind.words if case.kind else "",
            "clock": clock_line(nearest, clocks.now) if nearest else None, "received": moment(case.opened_at),
        })  # fmt: skip
    return lines


def of_case(case, officer):
    """The context of a case's page."""
    clocks = Clocks()
    may_work = Case.objects.visible_to(officer).workable_by(officer).contains(case)
    urgent = may_work or Case.objects.visible_to(officer).urgent_for(officer).contains(case)
    may_decide = authority.may_decide(officer, case)
    plan = current_plan(case)
    child = Child.objects.visible_to(officer).filter(pk=case.child_id).first() if case.child_id else None
    return {
        "placements": list(case.placements.visible_to(officer)),
        "commitments": list(case.commitments.visible_to(officer).standing()),
        "case": case, "child": child, "now": clocks.now,
        "clocks": [clock_line(clock, clocks.now) for clock in clocks.of(case)],
        "next": [row for row in NEXT.get(case.state, []) if _may(row[0], may_work, may_decide, case)],
        "authority": authority.of_case(case),
        "guide": guide.of_state(case.state, may_work=may_work, may_decide=may_decide),
        "may_work": may_work, "opened_until": _opened_until(case, officer),
        "may": {step: (urgent if step == "emergency" else may_work) and case.state in now for step, (now, _) in STEPS.items()},
        "suspects": list(case.suspects.filter(voided_at=None).select_related("works_in")),
        "intakes": reporting.intakes_of(case, officer), "plan": plan, "handovers": _handovers(case),
        "plans": [_plan(row) for row in case.plans.prefetch_related("services__kind", "services__support")],
        "editable": bool(may_work and plan and plan.state in (InterventionPlan.State.DRAFT, InterventionPlan.State.RETURNED)),
        "assessments": [_assessment(row) for row in case.assessments.prefetch_related("marks__item")],
        "steps": [{"row": row, "when": moment(row.done_at)} for row in case.emergency_steps.prefetch_related("orders")],
        "meetings": [{"row": row, "when": moment(row.held_at)} for row in case.meetings.filter(voided_at=None)],
        "papers": making.wanted(case), "may_print": Case.objects.of_team(officer).contains(case),
        "events": [
            {"when": moment(row.at), "what": WORDS.get(row.what, row.what), "by": row.by, "note": row.note}
            for row in case.events.select_related("by")
        ],
        "received": moment(case.opened_at),
    }  # fmt: skip


def _handovers(case):
    """Where the case was sent and what was answered, the last first."""
    rows = case.handovers.select_related("to_unit").order_by("-pk")
    return [
        {"row": row, "sent": moment(row.sent_at), "answered": moment(row.answered_at) if row.answered_at else ""}
        for row in rows
    ]


def _opened_until(case, officer):
    """Until when an opening in an emergency shows the case to an officer who is not on its team; "" for the team."""
    if Case.objects.of_team(officer).contains(case):
        return ""
    rights = FileAccess.objects.filter(access_in_force(), file=case.protected_file_id, officer=officer, kind="emergency")
    last = rights.order_by("-until").first()
    return moment(last.until) if last else ""


def _may(step, may_work, may_decide, case):
    written = step in ("approved", "closed") or step == "returned" and case.protected_file.restricted
    return may_decide or may_work if written else may_decide if step == "returned" else may_work


def _plan(plan):
    services = list(plan.services.all())
    cost = sum(service.cost or 0 for service in services)
    return {"row": plan, "services": services, "cost": f"{number(cost, 0)} đ" if cost else ""}


def _assessment(row):
    counts = {}
    for mark in row.marks.all():
        counts.setdefault(mark.item.part, {"high": 0, "medium": 0, "low": 0})[mark.mark] += 1
    level = dict(Case.Level.choices)
    return {
        "row": row, "level": level[row.level], "proposed": level.get(row.proposed, ""),
        "counts": [(word, counts.get(part)) for part, word in PART_WORDS],
    }  # fmt: skip
