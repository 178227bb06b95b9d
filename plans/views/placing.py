"""Children of a split unit, who wait for a person's choice: a whole hamlet at once, or child by child."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import places
from childcare.children.actions import placing as actions
from childcare.lib.paging import pager
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans.actions.placing import place_hamlet

PAGE = 50


def line_of(request, public_id):
    """The split unit whose holding the officer keeps, or 404."""
    line = actions.open_lines(request.user).filter(holding__public_id=public_id).first()
    if line is None:
        raise Http404
    return line


@require(Permission.CHILD_EDIT)
def placing_list(request):
    """Every split unit with children whom the officer has to place."""
    rows = [(line, *actions.progress(line)) for line in actions.open_lines(request.user)]
    return render(request, "children/placing_list.html", {"rows": rows})


@require(Permission.CHILD_EDIT)
def placing(request, public_id):
    """Hamlets with how many wait, and below the children of one of them."""
    line = line_of(request, public_id)
    if request.method == "POST":
        return _place(request, line)
    hamlets = actions.by_hamlet(line)
    chosen = next((unit for unit, _ in hamlets if str(unit.public_id) == request.GET.get("noi")), hamlets[0][0])
    waiting = line.unplaced.filter(placed_at=None, former=chosen).select_related("child", "household")
    page = Paginator(waiting.order_by("child__name_key", "pk"), PAGE).get_page(request.GET.get("trang"))
    audit.record("unit.placing_listed", by=request.user, subject=line.change, shown=[row.child.public_id for row in page])
    left, total = actions.progress(line)
    context = {
        "line": line, "hamlets": hamlets, "chosen": chosen, "rows": page, "left": left, "total": total, "done": total - left,
        "targets": actions.successors(line), "homes": homes(line), "pager": pager(page, noi=chosen.public_id),
    }  # fmt: skip
    return render(request, "children/placing.html", context)


def homes(line):
    """Where a single child may go: each successor and its hamlets."""
    found = []
    for unit in actions.successors(line):
        hamlets = Unit.objects.filter(parent=unit, kind="hamlet").on(line.change.effective_on)
        found.append((unit, sorted(hamlets, key=places.natural)))
    return found


def _place(request, line):
    unit = _posted(request, "unit", [unit for top, hamlets in homes(line) for unit in (top, *hamlets)])
    if "former" in request.POST:
        former = _posted(request, "former", [unit for unit, _ in actions.by_hamlet(line)])
        count = place_hamlet(line=line, former=former, unit=unit, by=request.user)
    else:
        rows = [int(key) for key in request.POST.getlist("row") if key.isdigit()]
        count = actions.place_children(line=line, rows=rows, unit=unit, by=request.user)
    messages.success(request, f"Đã xếp {count} trẻ em về {unit.name}.")
    still = actions.open_lines(request.user).filter(pk=line.pk).exists()
    return redirect(reverse("placing", args=[line.holding.public_id]) if still else "placing-list")


def _posted(request, name, units):
    """The unit that the page posted, one of these."""
    found = next((unit for unit in units if str(unit.public_id) == request.POST.get(name)), None)
    if found is None:
        raise Refusal("Chưa chọn nơi xếp về. Hãy chọn trong danh sách rồi bấm lại.")
    return found
