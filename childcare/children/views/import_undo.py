"""Undoing an import: what it would take back, or what stands in the way."""

from django.shortcuts import get_object_or_404, redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.checking import UndoForm
from childcare.children.importing import standing, undoing
from childcare.children.importing.tracing import Trace
from childcare.children.models import ImportBatch
from childcare.lib.refusal import Refusal


@require(Permission.CHILD_IMPORT)
def import_undo(request, public_id):
    """Ask for the undoing; while later changes stand on the import the page says which, and offers nothing."""
    found = ImportBatch.objects.visible_to(request.user).select_related("unit", "file", "undo_job", "trace")
    batch = get_object_or_404(found, public_id=public_id)
    if sentence := undoing.hindrance(batch):
        raise Refusal(sentence)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        undoing.ask(batch=batch, by=request.user, reason=form.cleaned_data["reason"])
        return redirect("import-batch", batch.public_id)
    lines, hidden = standing.told(standing.standing(Trace.of(batch)), request.user)
    audit.record("import.viewed", by=request.user, subject=batch, shown=list({line["public_id"] for line in lines}))
    context = {"batch": batch, "form": form, "lines": lines, "hidden": hidden, "days": undoing.DAYS}
    return render(request, "imports/undo.html", context)
