"""Picking the hamlet for spellings that nobody knows: once per spelling, remembered for the commune."""

from django.http import Http404
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.import_hamlets import HamletsForm
from childcare.children.importing import batches, hamlets, mappings
from childcare.children.models import ImportBatch
from childcare.children.views.imports import PREVIEW_STEP, batch_or_404, steps
from childcare.units.models import Unit


@require(Permission.CHILD_IMPORT)
def import_hamlets(request, public_id):
    """Spellings that are unknown, and those that were explained before; saving reads the list again."""
    batch = batch_or_404(request, public_id)
    batches.require_open(batch)
    if batch.kind != ImportBatch.Kind.LIST:
        raise Http404
    reading = batches.reading_of(batch)
    own = list(Unit.objects.hamlets_of(batch.unit, batch.on))
    lines = [*hamlets.asked(reading), *hamlets.explained(reading, batch.unit)]
    sent = request.POST if request.method == "POST" else None
    form = HamletsForm(sent, lines=lines, hamlets=own)
    if sent is not None and form.is_valid():
        mappings.remember_hamlets(batch=batch, by=request.user, chosen=form.chosen)
        return redirect("import-batch", batch.public_id)
    audit.record("import.viewed", by=request.user, subject=batch)
    return render(request, "imports/hamlets.html", {"batch": batch, "form": form, "own": own, "steps": steps(PREVIEW_STEP)})
