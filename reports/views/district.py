"""The side that takes reports: who has sent, nhập thay, the sum of accepted reports beside the register of today."""

from django.contrib import messages
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from reports import beside, collecting, drafts, extras, pages
from reports.actions import on_behalf
from reports.forms import ListFilter
from reports.forms_paper import PaperForm, initial_of
from reports.models import Obligation
from reports.obligations import sent_on
from reports.views import lookup

P = Permission


@require(P.REPORT_ACCEPT, P.REPORT_ON_BEHALF)
def owed(request):
    """The reports owed to the officer's units, by period: chưa gửi, chờ ký, đã gửi, tiếp nhận, chậm … ngày."""
    found = Obligation.objects.visible_to(request.user).answered_by(request.user, P.REPORT_ACCEPT)
    codes = pages.periods_of(found)
    chosen = request.GET.get("period") or next_due(found)
    form = ListFilter({**request.GET.dict(), "period": chosen}, codes=codes, every=False)
    found = pages.of_period(found, form.cleaned_data["period"]) if form.is_valid() else found.none()
    rows = pages.rows_of(found.select_related("unit", "regime").order_by("regime__code", "unit__code"))
    counts = pages.tally(rows)
    if form.is_valid() and (state := form.cleaned_data["state"]):
        rows = [row for row in rows if pages.seen_from_above(row) == state]
    own = Obligation.objects.of(request.user, P.REPORT_WRITE).filter(period=chosen).order_by("regime__code").first()
    context = {"rows": rows, "form": form, "counts": counts, "period": chosen, "own": own, "unit": request.user.unit}
    return render(request, "reports/owed.html", context)


def next_due(found):
    """The period whose last day is nearest to come, else the last one."""
    row = pages.nearest(found)
    return (row.period[:4] + pages.EVENT if row.event_id else row.period) if row else ""


@require(P.REPORT_VIEW)
def consolidated(request, public_id):
    """Theo báo cáo beside theo sổ hôm nay: the table of the collecting report, who is missing, who was late."""
    obligation = lookup.visible(request, public_id)
    audit.record("report.consolidation_viewed", by=request.user, subject=obligation)
    context = beside.comparison(obligation, request.user) | {"obligation": obligation, "row": pages.rows_of([obligation])[0]}
    return render(request, "reports/consolidated.html", context)


@require(P.REPORT_ON_BEHALF)
def on_behalf_form(request, public_id):
    """Nhập thay: every figure and table row, number, day, file of a report that came on paper."""
    obligation = lookup.owed_to_own(request, public_id, P.REPORT_ON_BEHALF)
    _, asked, _ = extras.rows_of(obligation, collecting.parts_of(obligation))
    current = obligation.submissions.current().select_related("snapshot").first()
    again = current if current and current.on_behalf and current.snapshot_id else None
    initial = initial_of(drafts.load(again), obligation) | head_of(again) if again else {}
    form = PaperForm(request.POST or None, request.FILES or None, obligation=obligation, asked=asked, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        on_behalf.enter(
            obligation=obligation, by=request.user, content=form.content, scan=data["paper"].read() if data["paper"] else None,
            **{name: data[name] for name in ("received_on", "number", "issued_on", "signer_name")},
        )  # fmt: skip
        messages.success(request, f"Đã nhập thay báo cáo của {obligation.unit.name}.")
        return redirect("report", public_id)
    return render(request, "reports/on_behalf.html", {"form": form, "obligation": obligation, "current": current})


def head_of(submission):
    """What was typed of the paper itself, to begin with when it is typed again."""
    document = submission.document
    head = {"received_on": sent_on(submission)}
    if document:
        head |= {"number": document.number, "issued_on": document.issued_on, "signer_name": document.signer_name}
    return head
