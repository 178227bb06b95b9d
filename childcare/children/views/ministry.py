"""The ministry's software: take in its export, give out a file in its columns, decide what differs."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import ministry
from childcare.children.actions import ministry as actions
from childcare.children.forms.filters import MINISTRY_WORDS, uuid_or_blank
from childcare.children.forms.ministry import MinistryForm
from childcare.children.importing import lists
from childcare.children.models import Child, MinistryDifference, TakenList
from childcare.children.views.taken import steps
from childcare.lib.paging import paged

D = MinistryDifference.Decision


@require(Permission.CHILD_IMPORT)
def home(request):
    """What was taken in, and the two ways between the registry and the software."""
    found = TakenList.objects.visible_to(request.user).filter(kind=TakenList.Kind.MINISTRY)
    context = {
        "rows": found.select_related("unit", "file", "uploaded_by")[:50], "states": MINISTRY_WORDS,
        "differing": _differences(request.user).open().values("child").distinct().count(),
        "may_export": request.user.can(Permission.CHILD_EXPORT),
    }  # fmt: skip
    return render(request, "ministry/home.html", context)


@require(Permission.CHILD_IMPORT)
def upload(request):
    """Choose the export of the software; its reading begins at once."""
    form = MinistryForm(request.POST or None, request.FILES or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        row = lists.upload(
            by=request.user, kind=TakenList.Kind.MINISTRY, unit=values["unit"], on=values["on"],
            asked={"whole": values["whole"]}, name=values["file"].name, data=values["file"].read(),
        )  # fmt: skip
        return redirect("list", row.public_id)
    return render(request, "ministry/upload.html", {"form": form, "steps": steps(0)})


def _differences(officer):
    """Differences about children whom the officer may change."""
    children = Child.objects.visible_to(officer).editable_by(officer)
    return MinistryDifference.objects.visible_to(officer).filter(child__in=children)


@require(Permission.CHILD_IMPORT)
def differences(request):
    """Field by field: ours, theirs, and whose word holds. Those that were kept stand on the second list."""
    kept = request.GET.get("giu") == "1"
    found = _differences(request.user).filter(decision=D.OURS if kept else D.OPEN).select_related("child", "child__unit")
    if field := request.GET.get("o", "") if request.GET.get("o", "") in ministry.FIELDS else "":
        found = found.filter(field=field)
    page, pager = paged(request, found.order_by("child__name_key", "child__pk", "pk"))
    audit.record("ministry.differences_viewed", by=request.user, shown=[row.child.public_id for row in page])
    lines = [
        {"row": row, "field": ministry.FIELDS[row.field], "ours": ministry.shown(row.field, row.ours),
         "theirs": ministry.shown(row.field, row.theirs)}
        for row in page
    ]  # fmt: skip
    context = {"lines": lines, "pager": pager, "fields": list(ministry.FIELDS.items()), "field": field, "kept": kept}
    return render(request, "ministry/differences.html", context)


@require_POST
@require(Permission.CHILD_IMPORT)
def decide(request):
    """Take theirs, or keep ours, for the ticked differences."""
    decision = D.THEIRS if "theirs" in request.POST else D.OURS
    keys = [text for text in map(uuid_or_blank, request.POST.getlist("row")) if text]
    rows = list(_differences(request.user).filter(public_id__in=keys).select_related("child").order_by("pk"))
    for row in rows:
        actions.decide(difference=row, by=request.user, decision=decision)
    word = "Đã lấy theo phần mềm của Bộ" if decision == D.THEIRS else "Đã giữ theo sổ"
    messages.success(request, f"{word}: {len(rows)} thông tin." if rows else "Chưa đánh dấu dòng nào.")
    return redirect("ministry-differences")


@require(Permission.SETTINGS, Permission.CHILD_IMPORT)
def columns(request):
    """The columns of the file; which of them nobody has checked is told to administrators."""
    context = {"columns": ministry.columns(), "may_check": request.user.can(Permission.SETTINGS)}
    return render(request, "ministry/columns.html", context)
