"""How each role comes in: with a second step or without, and after how many minutes its screen locks."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from childcare.accounts import sessions
from childcare.accounts.forms_sessions import RoleRuleForm
from childcare.accounts.models_sessions import RoleRule
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission, Role
from childcare.audit import actions as audit


@require(Permission.SETTINGS)
def role_rules(request):
    """One line a role; saved together. It holds from each officer's next sign-in on."""
    second, idle = sessions.default_rule()
    rows = {row.role: row for row in RoleRule.objects.all()}
    rules = [rows.get(role.value) or RoleRule(role=role, second_factor=second, idle_minutes=idle) for role in Role]
    forms = [RoleRuleForm(request.POST or None, instance=rule, prefix=rule.role) for rule in rules]
    if request.method == "POST":
        if answer := sessions.stale(request):
            return answer
        if all([form.is_valid() for form in forms]):
            _save(forms, request.user)
            messages.success(request, "Đã lưu. Quy định mới áp dụng từ lần đăng nhập tới của mỗi người.")
            return redirect("role-rules")
    return render(request, "accounts/role_rules.html", {"lines": list(zip(rules, forms, strict=True))})


@transaction.atomic
def _save(forms, by):
    for form in forms:
        if form.has_changed():
            row = form.save()
            told = f"{row.get_role_display()}: {'hai bước' if row.second_factor else 'một bước'}, {row.idle_minutes} phút"
            audit.record("role.rule_changed", by=by, note=told)
