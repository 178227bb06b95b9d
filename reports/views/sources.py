"""The page that says where each typed figure of a report comes from."""

from django.contrib import messages
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from reports import collecting, outlines, sources
from reports.actions import sources as actions
from reports.models import FigureSource
from reports.views import lookup

P = Permission


@require(P.REPORT_WRITE)
def report_sources(request, public_id):
    """Cộng từ cấp dưới, or nhập tại cấp này: for the unit's reports of this regime."""
    obligation = lookup.own(request, public_id, P.REPORT_WRITE)
    rows = sources.rows(obligation, outlines.codes(outlines.form_of(obligation.regime)), collecting.names())
    if request.method == "POST":
        modes = {row["code"]: request.POST[row["code"]] for row in rows if row["code"] in request.POST}
        changed = actions.choose(obligation=obligation, by=request.user, modes=modes)
        messages.success(
            request, f"Đã lưu: {len(changed)} chỉ tiêu đổi nguồn. Bấm “Cập nhật số liệu” trong báo cáo để tính lại."
        )
        return redirect("report", public_id)
    context = {"obligation": obligation, "rows": rows, "modes": FigureSource.Mode.choices, "row": {"period": obligation.words}}
    return render(request, "reports/sources.html", context)
