"""What an officer declares of himself and his kin, for himself alone; and the dated rule that the administrator sets."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cases import forms_secrecy as forms
from cases.actions import rules, secrecy
from cases.models import DeclaredPerson, SecrecyRule
from childcare.accounts.permissions import for_every_officer, require
from childcare.accounts.roles import Permission


@for_every_officer
@sensitive_post_parameters()
def declared(request):
    """Own declarations and a form for one more."""
    form = forms.DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secrecy.declare(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu. Chỉ mình anh/chị xem được những điều khai ở đây.")
        return redirect("declared")
    rows = DeclaredPerson.objects.visible_to(request.user)
    return render(request, "cases/declared.html", {"form": form, "rows": rows})


@require_POST
@for_every_officer
def declared_remove(request, public_id):
    """Take one declaration back."""
    person = get_object_or_404(DeclaredPerson.objects.visible_to(request.user), public_id=public_id)
    secrecy.withdraw(person=person, by=request.user)
    messages.success(request, "Đã bỏ.")
    return redirect("declared")


@require(Permission.SETTINGS)
def secrecy_rules(request):
    """Which units hold restricted files and who decides there, from which day; a change begins on a day and keeps the past."""
    form = forms.RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rules.change(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu quy tắc.")
        return redirect("secrecy-rules")
    return render(request, "cases/secrecy_rules.html", {"form": form, "rows": SecrecyRule.objects.all()})
