"""In how many days a commune acknowledges a child that was sent to it: what holds, and what will."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.actions import transfer_terms as actions
from childcare.children.forms.transfers import TermForm
from childcare.children.models import Transfer, TransferTerm


@require(Permission.SETTINGS)
def transfer_terms(request):
    """The terms with the day from which each holds, and a new one."""
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = actions.add(by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã ghi: {row}.")
        return redirect("transfer-terms")
    last = Transfer.objects.order_by("-sent_on").values_list("sent_on", flat=True).first()
    rows = [(row, row.valid_from is not None and (last is None or last < row.valid_from)) for row in TransferTerm.objects.all()]
    return render(request, "children/transfer_terms.html", {"form": form, "rows": rows})


@require_POST
@require(Permission.SETTINGS)
def transfer_term_remove(request, pk):
    """A term that nothing has used goes again."""
    actions.remove(term=get_object_or_404(TransferTerm, pk=pk), by=request.user)
    messages.success(request, "Đã bỏ hạn này.")
    return redirect("transfer-terms")
