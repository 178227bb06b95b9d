"""One thing for many children: choose them, say what, look, write, print the pay-out list, take it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.bulk_actions import choosing, paying, running
from childcare.children.bulk_actions.rows import birth_of
from childcare.children.forms.bulk import FORMS, UndoForm
from childcare.children.forms.filters import ChildFilter, uuid_or_blank
from childcare.children.models import BulkAction
from childcare.children.sheets import RENDERERS
from childcare.children.views.common import form_page
from childcare.children.views.sheets import deliver
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number, parse_number

State, Kind = BulkAction.State, BulkAction.Kind
TONES = {State.PICKED: "now", State.WRITING: "now", State.DONE: "done", State.UNDONE: ""}
LISTED = 100
WORKS = (Permission.FACT_RECORD, Permission.CHILD_EDIT)


def _bulk(request, public_id, *, work=False):
    """A bulk action of the officer's units, or 404; `work`: one that he may carry on with."""
    rows = BulkAction.objects.visible_to(request.user)
    rows = rows & BulkAction.objects.workable_by(request.user) if work else rows
    rows = rows.select_related("unit", "unit__parent", "job", "created_by", "written_by", "undone_by")
    return get_object_or_404(rows, public_id=public_id)


@require(*WORKS, Permission.CHILD_EXPORT)
def bulk_list(request):
    """What was recorded for many children at once in the officer's units, the latest first."""
    rows = BulkAction.objects.visible_to(request.user).exclude(kind="").select_related("unit", "created_by").order_by("-pk")
    context = {"rows": [{"bulk": bulk, "words": running.words(bulk), "tone": TONES[bulk.state]} for bulk in rows[:LISTED]]}
    context["may_paste"] = request.user.can(Permission.FACT_RECORD)
    audit.record("bulk.listed", by=request.user)
    return render(request, "bulk/list.html", context)


@require_POST
@require(*WORKS)
def bulk_start(request):
    """Take the children that were ticked, on this page and those before, or all of the filter, into a new bulk action."""
    filters = ChildFilter(QueryDict(request.POST.get("query", "")), officer=request.user)
    if request.POST.get("all"):
        children = choosing.of_filter(filters, officer=request.user, expected=_count(request.POST["all"]))
    else:
        children = choosing.ticked(_pick(request, filters), officer=request.user)
    bulk = choosing.start(children, by=request.user)
    choosing.forget(request.session)
    return redirect("bulk", bulk.public_id)


@require_POST
@require(*WORKS)
def bulk_pick(request):
    """Keep what is ticked and go on to another page of the list; or give all ticks up."""
    asked = QueryDict(request.POST.get("to", "").removeprefix("?"))
    filters = ChildFilter(asked, officer=request.user)
    if request.POST.get("none"):
        choosing.forget(request.session)
    else:
        _pick(request, ChildFilter(QueryDict(request.POST.get("query", "")), officer=request.user))
    marks = {name: uuid_or_blank(asked.get(name)) for name in ("after", "before")}
    return redirect(reverse("child-list") + filters.address(**marks))


def _pick(request, filters):
    shown, ticked = request.POST.get("shown", "").split(","), request.POST.getlist("child")
    return choosing.pick(request.session, filters, shown=_uuids(shown), ticked=_uuids(ticked))


def _uuids(texts):
    return [key for text in texts if (key := uuid_or_blank(text))]


def _count(text):
    try:
        return int(parse_number(text))
    except ValueError:
        raise Refusal(choosing.NOBODY)


@require(*WORKS, Permission.CHILD_EXPORT)
def bulk(request, public_id):
    """One bulk action: what to do, its preview, its progress, or what was written."""
    row = _bulk(request, public_id)
    context = {"bulk": row, "words": running.words(row), "tone": TONES[row.state], "may_work": _may_work(request, row)}
    if row.state == State.PICKED and not row.kind:
        return _choose(request, row, context)
    audit.record("bulk.viewed", by=request.user, subject=row)
    if row.state == State.WRITING:
        return render(
            request, "bulk/progress.html", {**context, "job": row.job, "job_url": reverse("bulk-progress", args=[public_id])}
        )
    context["may_print"] = paying.may_print(row, request.user) and row.state != State.UNDONE
    if row.state == State.PICKED:
        return render(request, "bulk/preview.html", {**context, **_preview(row, request.user)})
    return render(request, "bulk/result.html", {**context, **_written(row)})


def _may_work(request, row):
    return BulkAction.objects.workable_by(request.user).filter(pk=row.pk).exists()


def _choose(request, row, context):
    kinds = [
        {"word": kind.label, "url": reverse("bulk-form", args=[row.public_id, kind.value])}
        for kind in Kind if running.allowed(kind, request.user, row.unit)
    ]  # fmt: skip
    items = list(row.items.select_related("child", "child__unit"))
    return render(request, "bulk/choose.html", {**context, "kinds": kinds, "rows": _rows(items), "count": number(len(items))})


def _rows(items):
    return [
        {
            "position": item.position, "child": item.child, "birth": birth_of(item.child),
            "place": item.child.unit.name if item.child.unit else "", "why": item.left_out,
        }
        for item in items
    ]  # fmt: skip


def _preview(row, officer):
    preview = running.look(row, by=officer)
    going, left = _rows(preview.going), _rows(preview.left)
    for line, item in zip(going, preview.going, strict=True):
        line["note"] = item.verdict.note
    for line, item in zip(left, preview.left, strict=True):
        line["why"] = item.verdict.reason
    amount = row.values.get("amount") or 0
    return {
        "going": going, "left": left, "count": number(len(going)), "left_count": number(len(left)),
        "total": amount * len(going) if row.kind == Kind.SUPPORT else 0,
        "edit_url": reverse("bulk-form", args=[row.public_id, row.kind]),
    }  # fmt: skip


def _written(row):
    items = list(row.items.select_related("child", "child__unit"))
    going, left = [item for item in items if item.written], [item for item in items if not item.written]
    rows = _rows(going)
    for line, item in zip(rows, going, strict=True):
        line["amount"] = item.printed.get("amount")
    total = sum(item.printed.get("amount") or 0 for item in going)
    return {"going": rows, "left": _rows(left), "count": number(len(going)), "left_count": number(len(left)), "total": total}


@require(*WORKS)
def bulk_form(request, public_id, kind):
    """Say what is recorded: the form of one kind of thing."""
    row = _bulk(request, public_id, work=True)
    if kind not in FORMS or row.state != State.PICKED or row.pasted or not running.allowed(kind, request.user, row.unit):
        raise Http404
    initial = {**row.values, "note": row.note} if row.kind == kind else {}
    form = FORMS[kind](request.POST or None, bulk=row, officer=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        values, own = dict(form.cleaned_data), form.own_values()
        note = values.pop("note", "")
        values = {name: value for name, value in values.items() if not name.startswith("number-")}
        running.prepare(bulk=row, by=request.user, kind=kind, values=values, note=note, own_values=own)
        return redirect("bulk", public_id)
    body = "bulk/insurance_fields.html" if kind == Kind.INSURANCE else ""
    lead = f"Cho {number(row.items.count())} trẻ em của {row.unit.name}. Bước sau cho xem trước, lúc này chưa ghi gì."
    return form_page(
        request,
        form,
        heading=Kind(kind).label,
        back=reverse("bulk", args=[public_id]),
        submit="Xem trước",
        lead=lead,
        body=body,
    )


@require_POST
@require(*WORKS)
def bulk_write(request, public_id):
    """Write it for the children that are still ticked."""
    row = _bulk(request, public_id, work=True)
    kept = {int(text) for text in request.POST.getlist("keep") if text.isascii() and text.isdigit() and len(text) < 7}
    skip = set(row.items.values_list("position", flat=True)) - kept if row.state == State.PICKED else set()
    row = running.begin(bulk=row, by=request.user, skip=skip)
    if row.state == State.DONE:
        messages.success(request, f"Đã ghi cho {number(row.items.filter(written=True).count())} trẻ em.")
    return redirect("bulk", public_id)


@require(*WORKS, Permission.CHILD_EXPORT)
def bulk_progress(request, public_id):
    """The fragment that the page asks for every two seconds."""
    row = _bulk(request, public_id)
    if row.job is None or not row.job.open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "components/job_progress.html", {"job": row.job, "job_url": request.path})


@require_POST
@require(*WORKS)
def bulk_again(request, public_id):
    """Prepare again what a job could not write."""
    running.again(bulk=_bulk(request, public_id, work=True), by=request.user)
    return redirect("bulk", public_id)


@require(*WORKS)
def bulk_undo(request, public_id):
    """Take everything back, with the reason."""
    row = _bulk(request, public_id, work=True)
    if not row.kind or not running.allowed(row.kind, request.user, row.unit):
        raise Http404
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        running.undo(bulk=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hoàn tác: mọi dòng của lần ghi này được hủy và giữ trong lịch sử.")
        return redirect("bulk", public_id)
    count = number(row.items.filter(written=True).count())
    return form_page(
        request, form, heading="Hoàn tác cả lần ghi", back=reverse("bulk", args=[public_id]), submit="Hoàn tác", danger=True,
        lead=f"{running.words(row)}: {count} trẻ em sẽ trở lại như trước khi ghi.",
    )  # fmt: skip


@require(Permission.CHILD_EXPORT)
def bulk_paper(request, public_id, ending):
    """Danh sách cấp phát có ký nhận."""
    row = _bulk(request, public_id)
    if ending not in RENDERERS or not paying.may_print(row, request.user):
        raise Http404
    paying.require_standing(row)
    back = reverse("bulk", args=[public_id])
    return deliver(request, "pay-out", ending, number=row.items.count(), back=back, bulk=str(public_id))
