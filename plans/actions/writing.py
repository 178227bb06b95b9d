"""Writing a plan: beginning one, putting its text in, issuing it, changing it with a reason; earlier versions are kept."""

import uuid
from functools import partial

from django.db import transaction
from django.db.models import Max

from childcare.audit import actions as audit
from childcare.documents import books, capacities
from childcare.documents.actions import issuing, numbers
from childcare.documents.docx import render_docx
from childcare.documents.downloads import DOCX, PDF
from childcare.documents.issuers import authorities, notation, place_of
from childcare.documents.pdf import render_pdf
from childcare.indicators.models import Indicator
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from plans import documents, loading, structure
from plans.actions.held import check_version
from plans.models import Plan, PlanVersion

OWN = "own-"


@transaction.atomic
def begin(*, by, unit, kind, first_year, last_year, subject, office=None, carries_out=()):
    """A new draft of a unit's plan. Returns it."""
    plan = Plan.objects.create(
        unit=unit, office=office, kind=kind, first_year=first_year, last_year=last_year, subject=clean_text(subject)[:500],
        place=place_of(unit), number=f"/{notation('KH', unit, office)}", state=Plan.State.DRAFT,
        signer_lines=authorities(unit, office)[0].split("\n"), seed=f"{OWN}{uuid.uuid4().hex[:12]}",
    )  # fmt: skip
    plan.carries_out.set(carries_out)
    audit.record("plan.begun", subject=plan, by=by)
    return plan


def locked(plan, version):
    """The plan, held for writing. Refuses when somebody else saved it since the page was opened."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit", "office").get(pk=plan.pk)
    check_version(plan, version, "Kế hoạch")
    return plan


@transaction.atomic
def save_text(*, plan, by, version, rows, goals=(), dropped=(), reason=""):
    """Put the text of a plan in place of the earlier one, with targets added (`goals`, rows of the targets file) or dropped.

    An issued plan is changed only with a reason; what it said before is kept as a version. Returns the plan.
    """
    plan = locked(plan, version)
    keep_version(plan, by, reason)
    loading.write(plan, rows)
    loading.take_away(list(plan.targets.filter(pk__in=[target.pk for target in dropped])))
    _add(plan, goals)
    for name, value in loading.head_of(rows).items():
        if value and name != "subject" or name == "subject" and any(row["kind"] == "subject" for row in rows):
            setattr(plan, name, value)
    plan.version += 1
    plan.save()
    audit.record("plan.written", subject=plan, by=by)
    return plan


def _add(plan, goals):
    last = plan.targets.aggregate(last=Max("position"))["last"] or 0
    indicators = {row.code: row for row in Indicator.objects.all()}
    tasks = list(plan.tasks.all())
    for position, row in enumerate(goals, last + 1):
        target = loading.target_of(plan, position, {**row, "id": f"{position}"}, indicators)
        target.task = structure.task_of(row["section"], tasks)
        target.save()


def issue(
    *, plan, by, version, number, issued_on, signer_lines, signer_name, position="", mandate=""
):  # fmt: skip
    """Note that a plan was signed and issued: number, day, who signed; its pages are frozen. Returns it.

    Without a number the application gives the next of the book, where the unit wants that.
    """
    plan = Plan.objects.select_related("unit__parent", "office").get(pk=plan.pk)
    check_version(plan, version, "Kế hoạch")
    _require_unissued(plan)
    plan.number = f"/{plan.number.partition('/')[2] or notation('KH', plan.unit, plan.office)}"
    plan.issued_on, plan.issued_text, plan.state = issued_on, "", Plan.State.ISSUED
    plan.signer_lines = [clean_text(line) for line in signer_lines if clean_text(line)]
    plan.signer_name = clean_text(signer_name)
    capacities.require_fitting(
        plan.signer_lines, name=plan.signer_name, position=position, unit=plan.unit, office=plan.office, mandate=mandate,
        on=issued_on,
    )  # fmt: skip
    document = documents.build(plan)
    series, typed = books.series_of(document.kind, plan.unit, plan.office), numbers.plain(number) if number else ""
    if typed:
        numbers.may_bear(series, typed, document.notation, issued_on.year)
    return issuing.issue(
        document, by=by, series=series, typed=typed, mandate=mandate,
        files=[("pdf", PDF, render_pdf), ("docx", DOCX, render_docx)], step=partial(_issued, plan, version, by),
    )  # fmt: skip


def _require_unissued(plan):
    if plan.state == Plan.State.ISSUED:
        raise Refusal("Kế hoạch này đã được ghi là ban hành.")
    if not plan.items.exists():
        raise Refusal("Kế hoạch chưa có nội dung. Hãy soạn nội dung trước khi ghi ban hành.")


def _issued(plan, version, by, keep):
    """Inside the transaction: nobody changed the plan since its pages were laid out."""
    _require_unissued(locked(plan, version))
    plan.document = keep()
    plan.number = plan.document.full_number
    plan.version += 1
    plan.save()
    audit.record("plan.issued", subject=plan, by=by)
    return plan


def content_of(plan):
    """All that a plan says, as a version keeps it."""
    names = ("number", "place", "subject", "signer_lines", "signer_name", "recipients")
    targets = plan.targets.values("code", "section", "text", "comparison", "value", "unit_text", "indicator__code")
    lines = plan.budget_lines.values("text", "amount", "source")
    return {
        "head": {name: getattr(plan, name) for name in names},
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else "",
        "items": list(plan.items.values("path", "kind", "bullet", "text", "note")),
        "targets": [{**row, "value": "" if row["value"] is None else str(row["value"])} for row in targets],
        "budget": [{**row, "amount": "" if row["amount"] is None else str(row["amount"])} for row in lines],
    }


def keep_version(plan, by, reason):
    """Keep what an issued plan says before it is changed; a draft needs none. Refuses without a reason."""
    if plan.state != Plan.State.ISSUED:
        return
    reason = clean_text(reason)
    if not reason:
        raise Refusal("Kế hoạch đã ban hành. Hãy ghi lý do điều chỉnh, ví dụ: theo Quyết định số … ngày …")
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    PlanVersion.objects.create(plan=plan, number=number, content=content_of(plan), reason=reason[:300], made_by=by)
