"""Children sent from one commune to another, and children asked for: the list, the answers."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.accounts.views.units import units_found
from childcare.audit import actions as audit
from childcare.children import moving, places
from childcare.children.actions import asking, transfers
from childcare.children.forms.base import VersionForm
from childcare.children.forms.transfers import AgreeForm, AskForm, ReasonForm, ReceiveForm
from childcare.children.history import place_words
from childcare.children.models import Child, Terms, Transfer, TransferAsk
from childcare.children.row_texts import birth_text
from childcare.children.views.common import form_page
from childcare.lib.calendar import show, today

EDIT = Permission.CHILD_EDIT
ANSWERED_FOR = timedelta(days=60)


@require(Permission.CHILD_VIEW)
def transfer_list(request):
    """What waits for an answer, here and elsewhere, and what was answered lately."""
    context = moving.board(request.user, on=today(), since=today() - ANSWERED_FOR)
    audit.record("transfer.listed", by=request.user, shown=context.pop("shown"))
    return render(request, "children/transfers.html", context)


@require(EDIT)
def destination_search(request):
    """Communes to which a child may be sent, found while somebody types."""
    return units_found(request, places.far_from(request.user))


@require(EDIT)
def transfer(request, public_id):
    """A child that was sent here: whom it is about, and the form that acknowledges it."""
    row, child = _to_answer(request, public_id)
    home = child.household
    initial = {"version": row.version, "unit": str(child.unit.public_id) if child.unit.kind == "hamlet" else ""}
    initial |= {"head_name": home.head_name, "address": home.address} if home else {}
    form = ReceiveForm(request.POST or None, transfer=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        transfers.receive(transfer=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã tiếp nhận {child.display_name}.")
        return redirect("child", child.public_id)
    audit.record("transfer.viewed", by=request.user, subject=child)
    due = Terms().due(row)
    context = {
        "form": form, "row": row, "child": child, "due": due, "late": due < today(),
        "birth": birth_text(child.birth_latest, child.birth_precision, today()), "place": place_words(row.from_unit),
    }  # fmt: skip
    return render(request, "children/transfer.html", context)


def _to_answer(request, public_id):
    """(a transfer to a commune where the officer may change children, its visible child), or 404."""
    rows = Transfer.objects.into(request.user.units_for(EDIT)).select_related("to_unit", "from_unit", "from_unit__parent")
    row = get_object_or_404(rows, public_id=public_id)
    seen = Child.objects.visible_to(request.user).select_related("unit", "household")
    return row, get_object_or_404(seen, pk=row.child_id)


@require(EDIT)
def transfer_return(request, public_id):
    """The child does not live here: back to where it was."""
    row, child = _to_answer(request, public_id)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        transfers.give_back(transfer=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã trả lại {row.from_unit.name}. Nơi đó đã được báo.")
        return redirect("transfer-list")
    return form_page(
        request, form, heading="Trả lại: trẻ không về đây", back=reverse("transfer", args=[public_id]), submit="Trả lại",
        lead=f"{child.display_name} trở lại nơi ở cũ ở {row.from_unit.name}, như chưa từng chuyển.",
    )  # fmt: skip


@require(EDIT)
def transfer_withdraw(request, public_id):
    """The commune that sent the child takes it back while nobody has acknowledged it. Names nobody: it is not its child now."""
    rows = Transfer.objects.out_of(request.user.units_for(EDIT)).select_related("to_unit")
    row = get_object_or_404(rows, public_id=public_id)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        transfers.withdraw(transfer=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã rút lại. Trẻ trở lại nơi ở cũ.")
        return redirect("transfer-list")
    return form_page(
        request, form, heading="Rút lại việc chuyển", back=reverse("transfer-list"), submit="Rút lại",
        lead=f"Chuyển ngày {show(row.moved_on)} đến {row.to_unit.name}. Trẻ trở lại nơi ở cũ, như chưa từng chuyển.",
    )  # fmt: skip


@require(EDIT)
def ask_add(request):
    """Ask for a child that came here. The answer is the same whether or not the registry has the number."""
    form = AskForm(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        asking.ask(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã gửi yêu cầu. Nếu trẻ đang có trong sổ của đơn vị khác, đơn vị đó sẽ trả lời.")
        return redirect("transfer-list")
    return form_page(
        request, form, heading="Xin chuyển trẻ về", back=reverse("transfer-list"), submit="Gửi yêu cầu",
        lead="Dùng khi trẻ đã về ở đây mà nơi cũ chưa chuyển. Nơi cũ chưa trả lời thì phần mềm không cho biết gì về trẻ.",
    )  # fmt: skip


@require(EDIT)
def ask_answer(request, public_id):
    """Another commune asks for a child of ours: whom, why, and the form that agrees."""
    row = _asked(request, public_id)
    form = AgreeForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        asking.agree(ask=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã chuyển đến {row.unit.name}, chờ nơi đến tiếp nhận.")
        return redirect("transfer-list")
    audit.record("transfer.viewed", by=request.user, subject=row.child)
    birth = birth_text(row.child.birth_latest, row.child.birth_precision, today())
    return render(request, "children/transfer_ask.html", {"form": form, "row": row, "child": row.child, "birth": birth})


def _asked(request, public_id):
    rows = TransferAsk.objects.to_answer_by(request.user).select_related("child", "child__unit", "unit", "unit__parent")
    return get_object_or_404(rows, public_id=public_id)


@require(EDIT)
def ask_decline(request, public_id):
    """The child stays, and the other commune is told why."""
    row = _asked(request, public_id)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        asking.decline(ask=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã trả lời {row.unit.name}.")
        return redirect("transfer-list")
    back = reverse("transfer-ask-answer", args=[public_id])
    return form_page(request, form, heading="Không đồng ý chuyển", back=back, child=row.child, submit="Gửi trả lời")


@require(EDIT)
def ask_withdraw(request, public_id):
    """The commune does not ask any more."""
    row = get_object_or_404(TransferAsk.objects.asked_in(request.user), public_id=public_id)
    form = VersionForm(request.POST or None, initial={"version": row.version})
    if row.state != TransferAsk.State.OPEN and request.method == "GET":
        raise Http404
    if request.method == "POST" and form.is_valid():
        asking.withdraw(ask=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã thôi xin chuyển.")
        return redirect("transfer-list")
    return form_page(
        request, form, heading="Thôi xin chuyển về", back=reverse("transfer-list"), submit="Thôi xin chuyển",
        lead=f"Yêu cầu ngày {show(row.asked_on)} sẽ không còn chờ trả lời.",
    )  # fmt: skip
