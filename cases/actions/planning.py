"""The plan: services, submission, decision, what was done, review, close (NĐ 56/2017 Điều 28–30)."""

from django.db import transaction
from django.utils import timezone

from cases import authority
from cases.actions.base import begin, finish, require_no_isolation
from cases.actions.freezing import freeze
from cases.actions.numbers import require_free
from cases.models import InterventionPlan, PlannedService
from childcare.children.actions import protection
from childcare.children.models import Support
from childcare.lib.calendar import stamp, today
from childcare.lib.refusal import Refusal

State = InterventionPlan.State
NO_SERVICE = "Kế hoạch chưa có dịch vụ nào. Hãy thêm ít nhất một dịch vụ rồi trình."
NO_CHILD = "Hồ sơ chưa nối với trẻ em trong sổ. Hãy nối rồi ghi dịch vụ đã thực hiện, để trợ giúp được tính cho trẻ."
PAPER = "Hãy ghi số quyết định, ngày và người ký của quyết định trên giấy."


def current_plan(case):
    """The plan of the last round, or None."""
    return case.plans.order_by("-round").first()


@transaction.atomic
def save_plan(*, case, by, version, **values):
    """Make the plan of the round, or change it while it is not submitted."""
    row = begin(case, "planned", version=version)
    plan = current_plan(row)
    if plan is None or plan.state == State.APPROVED:
        plan = InterventionPlan(case=row, round=(plan.round if plan else 0) + 1)
    for name, value in values.items():
        setattr(plan, name, value)
    if plan.starts_on and plan.ends_on and plan.starts_on > plan.ends_on:
        raise Refusal("Ngày kết thúc kế hoạch phải sau ngày bắt đầu.")
    plan.save()
    finish(row, "planned", by=by)
    return plan


@transaction.atomic
def add_service(*, plan, by, kind, once, **values):
    """One more service in a plan that is not yet submitted."""
    if made := PlannedService.objects.filter(public_id=once).first():
        return made
    plan = _open_plan(plan)
    service = PlannedService.objects.create(public_id=once, plan=plan, kind=kind, **values)
    finish(begin(plan.case, "planned"), "planned", by=by)
    return service


@transaction.atomic
def remove_service(*, service, by):
    """Take a service out of a plan that is not yet submitted."""
    plan = _open_plan(service.plan)
    PlannedService.objects.filter(pk=service.pk, plan=plan).delete()
    finish(begin(plan.case, "planned"), "planned", by=by)


def _open_plan(plan):
    plan = InterventionPlan.objects.select_for_update().select_related("case").get(pk=plan.pk)
    if plan.state not in (State.DRAFT, State.RETURNED):
        raise Refusal("Kế hoạch đã trình, không sửa được nữa. Cần sửa thì đề nghị trả lại bổ sung.")
    return plan


@transaction.atomic
def submit(*, case, by, version):
    """Submit the plan for approval: stops the clock of five working days, starts that of two."""
    row = begin(case, "submitted", version=version)
    plan = current_plan(row)
    if plan is None or not plan.services.exists():
        raise Refusal(NO_SERVICE)
    plan.state, plan.submitted_at, plan.version = State.SUBMITTED, stamp(), plan.version + 1
    plan.save(update_fields=["state", "submitted_at", "version"])
    return finish(row, "submitted", by=by)


@transaction.atomic
def approve(*, case, by, version, decision_number="", decision_on=None, signer=""):
    """The chairman approved (Mẫu 05). He does it himself, or the worker writes down the signed paper."""
    row = begin(case, "approved", version=version)
    if not authority.may_decide(by, row) and not (decision_number and decision_on and signer):
        raise Refusal(PAPER)
    plan = current_plan(row)
    if decision_on and plan.submitted_at and decision_on < timezone.localdate(plan.submitted_at):
        raise Refusal("Ngày quyết định ở trước ngày trình kế hoạch. Hãy xem lại ngày.")
    decision_on = decision_on or today()
    require_free(decision_number, decision_on, owner=row, by=by)
    plan.state, plan.decided_at, plan.decided_by, plan.version = State.APPROVED, stamp(), by, plan.version + 1
    plan.decision_number, plan.decision_on, plan.signer = decision_number[:60], decision_on, signer or by.full_name
    plan.save()
    finish(row, "approved", by=by)
    freeze(plan, "mau-05", "mau-04", owner=row, by=by, on=decision_on, number=decision_number)
    return row


@transaction.atomic
def give_back(*, case, by, version, reason):
    """The chairman asks for changes; the plan may be changed and submitted again."""
    row = begin(case, "returned", version=version)
    plan = current_plan(row)
    plan.state, plan.return_reason, plan.version = State.RETURNED, reason, plan.version + 1
    plan.save(update_fields=["state", "return_reason", "version"])
    return finish(row, "returned", by=by, note=reason)


@transaction.atomic
def serve(*, service, by, on, once, amount=None, provider="", note=""):
    """A service was given: one Support of the registry under the case's protected file, linked to the plan, entered once."""
    if made := Support.objects.filter(public_id=once).first():
        return made
    service = PlannedService.objects.select_for_update().select_related("plan__case", "kind").get(pk=service.pk)
    row = begin(service.plan.case, "served")
    if row.child is None:
        raise Refusal(NO_CHILD)
    if service.support_id is not None:
        raise Refusal("Dịch vụ này đã ghi là đã thực hiện.")
    if service.plan.state != State.APPROVED:
        raise Refusal("Kế hoạch này chưa được phê duyệt.")
    support = Support.objects.create(
        public_id=once, child=row.child, kind=service.kind, unit=protection.commune_of(row.unit), started_on=on, amount=amount,
        provider=provider or service.provider, note=note, protected_file=row.protected_file, recorded_by=by,
    )  # fmt: skip
    service.support = support
    service.save(update_fields=["support"])
    finish(row, "served", by=by, note=service.kind.name)
    return support


@transaction.atomic
def new_round(*, case, by, version):
    """After a review that found the child not yet safe and stable: another plan (Điều 30.1c)."""
    row = begin(case, "new_round", version=version)
    return finish(row, "new_round", by=by)


@transaction.atomic
def close(*, case, by, version, on, reason, signer=""):
    """No more risk and the child is stable (Điều 30.1b): the chairman ends the case, or his paper is written down."""
    row = begin(case, "closed", version=version)
    if not authority.may_decide(by, row) and not signer:
        raise Refusal("Hãy ghi tên người quyết định kết thúc hồ sơ.")
    require_no_isolation(row)
    last = row.assessments.filter(form="review").order_by("-completed_at").first()
    if last is None or last.level == "high":
        raise Refusal("Lần rà soát gần nhất vẫn là nguy cơ cao: hãy lập kế hoạch lần tiếp theo, chưa kết thúc được.")
    note = f"{reason}\nNgười quyết định: {signer or by.full_name}"
    return finish(row, "closed", by=by, note=note, closed_on=on)
