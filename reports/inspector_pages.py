"""What an inspector reads: reports with their versions, and the files of a sample. Facts under a protected file never."""

from cases.clocks import Clocks
from cases.models import Case
from cases.pages import moment, with_parts
from childcare.children.models import Attachment, Support
from childcare.lib.calendar import show, today
from plans.actions.sampling import plain_circumstances
from reports import versions
from reports.models import Obligation, Submission
from reports.obligations import days_late, sent_on

S = Submission.State


YEARS = 3  # this year and the two before it


def reports_of(unit, officer):
    """Every report that was due in the last three years: when it was first sent, how late, and each version that went out,
    with why it was changed and which figures it tells otherwise than the version before it."""
    rows = Obligation.objects.visible_to(officer).filter(unit=unit, last_day__lte=today()).select_related("regime")
    rows = list(rows.filter(last_day__year__gt=today().year - YEARS).order_by("-last_day", "pk"))
    sent = {}
    went = Submission.objects.filter(obligation__in=rows, sent_at__isnull=False).order_by("obligation", "number")
    for one in went.select_related("document", "snapshot"):
        sent.setdefault(one.obligation_id, []).append(one)
    return [_report(row, sent.get(row.pk, [])) for row in rows]


def _report(row, sent):
    first = sent_on(sent[0]) if sent else None
    pairs = zip(sent, [None, *sent], strict=False)  # each version with the one before it
    return {
        "row": row, "first": first, "late": days_late(row, first, today()),
        "versions": [
            {"row": one, "sent": sent_on(one), "reason": one.return_reason,
             "changes": versions.changes(old, one) if old and old.snapshot and one.snapshot else []}
            for one, old in pairs
        ],
    }  # fmt: skip


def by_year(reports):
    """A line for each year, the newest first: owed, in time, late, days late added up, never sent, figures changed after."""
    found = []
    for year in range(today().year, today().year - YEARS, -1):
        rows = [one for one in reports if one["row"].last_day.year == year]
        late = [one["late"] for one in rows if one["first"] and one["late"]]
        missing = sum(one["first"] is None for one in rows)
        changed = sum(len(version["changes"]) for one in rows for version in one["versions"])
        found.append({
            "year": year, "owed": len(rows), "in_time": len(rows) - len(late) - missing, "late": len(late), "days": sum(late),
            "missing": missing, "changed": changed,
        })  # fmt: skip
    return found


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
