"""The step "Ghép cột": what each column of a list holds, remembered for the next list of the unit with the same headings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.mapping import MappingForm
from childcare.children.importing import batches, mappings
from childcare.children.views.imports import MAPPING_STEP, batch_or_404, steps


@require(Permission.CHILD_IMPORT)
def import_mapping(request, public_id):
    """Headings, three values and the meaning of each column; saving reads the list again."""
    batch = batch_or_404(request, public_id)
    batches.require_mappable(batch)
    reading = batches.reading_of(batch)
    may_protect = request.user.can_in(Permission.PROTECTED_VIEW, batch.unit)
    sent = request.POST if request.method == "POST" else None
    form = MappingForm(sent, tables=mappings.tables_of(reading), may_protect=may_protect)
    if sent is not None and form.is_valid():
        mappings.remember(batch=batch, by=request.user, chosen=form.chosen, left_out=form.left_out)
        return redirect("import-batch", batch.public_id)
    audit.record("import.viewed", by=request.user, subject=batch)
    context = {"batch": batch, "form": form, "steps": steps(MAPPING_STEP), "known": mappings.remembered(batch, reading)}
    return render(request, "imports/mapping.html", context)


@require_POST
@require(Permission.CHILD_IMPORT)
def import_mapping_forget(request, public_id):
    """Forget what was said of the tables of this list; it is read again as its headings suggest."""
    batch = batch_or_404(request, public_id)
    batches.require_mappable(batch)
    mappings.forget(batch=batch, by=request.user)
    messages.success(request, "Đã bỏ cách ghép cột đã nhớ. Danh sách đang được đọc lại.")
    return redirect("import-batch", batch.public_id)
