"""Who may open a case: restriction, exclusion, lifting by two, the suspect, and who has read the file."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases import access_pages, forms, matching
from cases import forms_secrecy as own
from cases.actions import lifting, secrecy
from cases.models import Case, LiftProposal, Suspect
from cases.views.steps import back_to, page, workable
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.models import FileAccess

P = Permission
TEAM = (P.CASE_WORK, P.CASE_TAKE)
SAVED = "Đã lưu."


def governable(request, public_id):
    """A case on which the officer works, or which his unit holds and he has a say in; or 404."""
    works, held = Case.objects.workable_by(request.user), Case.objects.held_for(request.user)
    cases = Case.objects.filter(Q(pk__in=works.values("pk")) | Q(pk__in=held.values("pk")))
    cases = cases.select_related("unit", "child", "protected_file__held_by", "worker")
    return get_object_or_404(cases, public_id=public_id)


@require(*TEAM)
def case_access(request, public_id):
    """Who may open the case, and what may be done about it."""
    case = governable(request, public_id)
    audit.record("case.access_viewed", by=request.user, subject=case.protected_file)
    return render(request, "cases/access.html", access_pages.of_case(case, request.user))


@require(P.CASE_WORK)
def case_restrict(request, public_id):
    """Restrict the file, by one person, at once."""
    case = workable(request, public_id)
    form = forms.ReasonForm(request.POST or None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        secrecy.restrict(case=case, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hạn chế tiếp cận hồ sơ.")
        return redirect("case-access", public_id)
    return page(request, form, case, "Hạn chế tiếp cận hồ sơ", "Hạn chế ngay", danger=True, keep_draft=True)


@require(*TEAM)
def case_exclude(request, public_id):
    """Bar an officer from the file."""
    case = governable(request, public_id)
    officers = matching.near(case)
    form = own.ExcludeForm(request.POST or None, officers=officers, but=request.user, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        secrecy.exclude(case=case, by=request.user, **form.cleaned_data)
        messages.success(request, SAVED)
        return redirect("case-access", public_id)
    back = reverse("case-access", args=[public_id])
    return page(request, form, case, "Loại trừ người không được tiếp cận", "Loại trừ", danger=True, back=back)


@require(P.CASE_WORK)
def case_suspect(request, public_id):
    """Write down who is suspected, or correct a row."""
    case = workable(request, public_id)
    old = Suspect.objects.filter(case=case, voided_at=None, public_id=access_pages.key(request.GET.get("sua"))).first()
    names = ("name", "born", "relation", "identity", "phone", "note")
    kept = {name: getattr(old, name) for name in names} | {"works_in": old.works_in and old.works_in.public_id} if old else {}
    form = own.SuspectForm(request.POST or None, unit=case.unit, initial=kept | {"version": case.version})
    if request.method == "POST" and form.is_valid():
        secrecy.suspect(case=case, by=request.user, replaces=old, **form.cleaned_data)
        messages.success(request, SAVED)
        return back_to(request, case)
    return page(request, form, case, "Người bị nghi gây hại", keep_draft=True)


@require(*TEAM)
def case_lift(request, public_id):
    """Propose to lift the restriction, or one exclusion."""
    case = get_object_or_404(Case.objects.held_for(request.user).select_related("protected_file"), public_id=public_id)
    number = request.GET.get("loai-tru", "")
    exclusion = None
    if number.isdecimal():
        exclusion = get_object_or_404(FileAccess, pk=number, file=case.protected_file, kind=FileAccess.Kind.EXCLUDED)
    form = own.LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lifting.propose(case=case, by=request.user, exclusion=exclusion, **form.cleaned_data)
        messages.success(request, "Đã gửi đề nghị. Một người khác của đơn vị xác nhận thì mới có hiệu lực.")
        return redirect("case-access", public_id)
    heading = "Đề nghị bỏ loại trừ" if exclusion else "Đề nghị bỏ hạn chế tiếp cận"
    return page(request, form, case, heading, "Gửi đề nghị", back=reverse("case-access", args=[public_id]), keep_draft=True)


@require(*TEAM)
def case_lifts(request):
    """The restricted files that the officer's unit holds and has a say in, and the proposals that wait for a second person."""
    context = access_pages.held(request.user)
    audit.record("case.lifts_listed", by=request.user, shown=[line["file"] for line in context["lines"]])
    return render(request, "cases/lifts.html", context)


@require(*TEAM)
def lift_decide(request, public_id):
    """The second person confirms or refuses."""
    rows = LiftProposal.objects.to_decide_by(request.user)
    proposal = get_object_or_404(rows.select_related("case", "proposed_by", "exclusion__officer"), public_id=public_id)
    form = own.DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lifting.decide(proposal=proposal, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi ý kiến của anh/chị.")
        return redirect("case-lifts")
    return render(request, "cases/decide.html", {"proposal": proposal, "form": form, "case": proposal.case})


@require(*TEAM)
def case_readers(request, public_id):
    """Who has opened the file, when, and what he did."""
    case = governable(request, public_id)
    audit.record("case.readers_viewed", by=request.user, subject=case.protected_file)
    return render(request, "cases/readers.html", access_pages.readers(case, request.GET.get("truoc")))
