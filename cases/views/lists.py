"""The list of cases, and a case with everything in it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from cases import pages
from cases.models import Case
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.views.common import pager

PAGE = 30
SHOWN = {"": "Đang thực hiện", "xong": "Đã kết thúc", "tat-ca": "Tất cả"}
VIEW = (Permission.PROTECTED_VIEW, Permission.CASE_WORK)


@require(*VIEW)
def case_list(request):
    """The cases that the officer may open; open ones first asked for."""
    shown = request.GET.get("xem", "")
    cases = Case.objects.visible_to(request.user)
    cases = cases.open() if shown not in ("xong", "tat-ca") else cases.exclude(closed_on=None) if shown == "xong" else cases
    page = Paginator(pages.with_parts(cases).order_by("-opened_at", "-pk"), PAGE).get_page(request.GET.get("trang"))
    audit.record("case.listed", by=request.user, shown=[case.protected_file.public_id for case in page])
    context = {
        "pager": pager(page, xem=shown), "lines": pages.list_lines(list(page), request.user), "shown": shown,
        "choices": SHOWN.items(),
        "may_add": request.user.can(Permission.CASE_WORK) and request.user.can(Permission.PROTECTED_VIEW),
    }  # fmt: skip
    return render(request, "cases/list.html", context)


@require(*VIEW)
def case_page(request, public_id):
    """One case: its clocks, what to do next, everything told and done, the timeline."""
    case = get_object_or_404(pages.with_parts(Case.objects.visible_to(request.user)), public_id=public_id)
    audit.record("case.viewed", by=request.user, subject=case.protected_file)
    return render(request, "cases/case.html", pages.of_case(case, request.user))


@require(Permission.CASE_TAKE)
def held(request):
    """Restricted cases that the officer's unit holds and has given to nobody: a code and the time of the report, no more."""
    waiting = Case.objects.to_hand_out(request.user).select_related("unit", "protected_file")
    cases = list(waiting.order_by("opened_at", "pk")[:PAGE])
    audit.record("case.listed", by=request.user, shown=[case.protected_file.public_id for case in cases])
    lines = [{"case": case, "received": pages.moment(case.opened_at)} for case in cases]
    return render(request, "cases/held.html", {"lines": lines})
