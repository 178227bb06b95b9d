"""What an inspector reads: reports with their versions, and the files of a sample. Facts under a protected file never."""

from cases.clocks import Clocks
from cases.models import Case
from cases.pages import moment, with_parts
from childcare.children.models import Attachment, Support
from childcare.lib.calendar import show, today
from plans.actions.sampling import plain_circumstances
from reports.models import Obligation, Submission
from reports.obligations import days_late, sent_on

S = Submission.State


def reports_of(unit, officer):
    """Every report that was due: when it was first sent, how late, and each version that went out, with why it was changed."""
    rows = Obligation.objects.visible_to(officer).filter(unit=unit, last_day__lte=today()).select_related("regime")
    rows = list(rows.order_by("-last_day", "pk")[:40])
    sent = {}
    versions = Submission.objects.filter(obligation__in=rows, sent_at__isnull=False).order_by("obligation", "number")
    for one in versions.select_related("document"):
        sent.setdefault(one.obligation_id, []).append(one)
    return [_report(row, sent.get(row.pk, [])) for row in rows]


def _report(row, versions):
    first = sent_on(versions[0]) if versions else None
    return {
        "row": row, "first": first, "late": days_late(row, first, today()),
        "versions": [{"row": one, "sent": sent_on(one), "reason": one.return_reason} for one in versions],
    }  # fmt: skip


def child_file(child):
    """What of a child's file is under no protection: circumstances, supports, papers."""
    circumstances = plain_circumstances(child.unit).filter(child=child).select_related("kind")
    supports = Support.objects.filter(child=child, voided_at=None, protected_file=None).select_related("kind")
    return {
        "child": child,
        "circumstances": circumstances.order_by("started_on", "pk"),
        "supports": supports.order_by("-started_on", "pk")[:60],
        "papers": Attachment.objects.filter(child=child, voided_at=None, protected_file=None).order_by("pk"),
    }


def case_file(case):
    """The course of a case without its people: steps, clocks kept or not, who decided; no name and nothing that was told."""
    case = with_parts(Case.objects.filter(pk=case.pk), texts=False).get()
    clocks = Clocks(law=True)
    lines = [
        {"name": clock.rule.name, "due": moment(clock.due_at), "word": clock.words(clocks.now), "late": clock.late(clocks.now)}
        for clock in clocks.of(case)
    ]
    return {
        "case": case, "clocks": lines, "received": moment(case.opened_at),
        "assessments": [(row.get_form_display(), show(row.done_on)) for row in case.assessments.all()],
        "plans": [(row.get_state_display(), show(row.decision_on), row.services.count()) for row in case.plans.all()],
    }  # fmt: skip
