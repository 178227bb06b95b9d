"""Which layout a workbook gets: the unit's own, the standard one, the ministry's order. The choice is remembered."""

from django.shortcuts import redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children import exporting
from childcare.children.actions import exports as actions
from childcare.children.forms.exports import ExportForm


@require(Permission.CHILD_EXPORT)
def export_choose(request):
    """Choose the layout, then go where the file is made (at once, with a reason, or by a job)."""
    filters, children = exporting.asked(request.GET, officer=request.user)
    unit = request.user.units_for(Permission.CHILD_EXPORT)[0]
    form = ExportForm(request.POST or None, filters=filters, officer=request.user, unit=unit)
    if request.method == "POST" and form.is_valid():
        actions.choose(unit=unit, by=request.user, form=form.form, layout=form.chosen)
        more = {"mau": form.chosen.public_id} if form.chosen else {}
        return redirect(reverse("child-export", args=[form.form]) + filters.address(**more))
    context = {
        "form": form, "number": children.order_by().count(), "query": filters.address(), "tags": filters.tags(unless=("sort",)),
        "own": bool(form.own),
    }  # fmt: skip
    return render(request, "children/export_choose.html", context)
