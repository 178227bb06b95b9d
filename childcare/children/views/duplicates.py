"""Children who may be one and the same: the list of pairs, looking for them, two side by side, "không trùng"."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import comparing
from childcare.children.actions import duplicates
from childcare.children.forms.duplicates import DistinctForm
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.models import Child, DuplicatePair
from childcare.children.querysets import in_units

SIZE = 50
SHOWN = {
    "": ("Chưa xem", Q(state=DuplicatePair.State.OPEN, twins=False)),
    "sinh-doi": ("Có thể sinh đôi", Q(state=DuplicatePair.State.OPEN, twins=True)),
    "khong-trung": ("Đã kết luận không trùng", Q(state=DuplicatePair.State.DISTINCT)),
}


@require(Permission.CHILD_MERGE)
def duplicate_list(request):
    """The pairs of the officer's scope, the surest first."""
    shown = request.GET.get("xem", "")
    if shown not in SHOWN:
        raise Http404
    units = request.user.units_for(Permission.CHILD_MERGE)
    found = DuplicatePair.objects.visible_to(request.user).filter(SHOWN[shown][1]).filter(_after(request.GET.get("sau", "")))
    names = [f"{side}__{name}" for side in ("first", "second") for name in ("unit", "unit__parent")]
    pairs = list(found.select_related("decided_by", *names).order_by("-score", "pk")[: SIZE + 1])
    page, more = pairs[:SIZE], len(pairs) > SIZE
    audit.record(
        "duplicate.listed",
        by=request.user,
        shown=[key for pair in page for key in (pair.first.public_id, pair.second.public_id)],
    )
    done = duplicates.last_search(units)
    context = {
        "rows": [comparing.pair_line(pair) for pair in page], "shown": shown, "once": uuid.uuid4(), "units": units,
        "tabs": [{"key": key, "word": word, "now": key == shown} for key, (word, _) in SHOWN.items()],
        "next": f"{page[-1].score}_{page[-1].pk}" if more else "", "later": bool(request.GET.get("sau")), "search": done,
        "changed": duplicates.changed_since(units, done.finished_at) if done else None,
    }  # fmt: skip
    return render(request, "duplicates/list.html", context)


def _after(text):
    """The condition of standing behind the last pair of the page before ("75_12")."""
    score, _, key = text.partition("_")
    if not (score.lstrip("-").isdecimal() and key.isdecimal()):
        return Q()
    return Q(score__lt=int(score)) | Q(score=int(score), pk__gt=int(key))


@require_POST
@require(Permission.CHILD_MERGE)
def duplicate_search(request):
    """Look for pairs in one of the officer's units: a job, the one that runs already or a new one."""
    key = uuid_or_blank(request.POST.get("unit"))
    unit = next((unit for unit in request.user.units_for(Permission.CHILD_MERGE) if str(unit.public_id) == str(key)), None)
    if unit is None:
        raise Http404
    job = duplicates.ask(unit=unit, by=request.user, once=uuid_or_blank(request.POST.get("once")) or uuid.uuid4())
    if job.requested_by_id == request.user.pk:
        return redirect("job", job.public_id)
    messages.info(request, "Phần mềm đang tìm trong đơn vị này. Hãy tải lại trang sau ít phút.")
    return redirect("duplicate-list")


def both(request, public_id, other):
    """The two children, both of whom the officer may judge, or 404."""
    units = request.user.units_for(Permission.CHILD_MERGE)
    mine = Child.objects.visible_to(request.user).filter(in_units("unit", units))
    mine = mine.select_related("unit", "unit__parent", "household", "household__unit")
    first, second = get_object_or_404(mine, public_id=public_id), get_object_or_404(mine, public_id=other)
    if first.pk == second.pk:
        raise Http404
    return first, second


@require(Permission.CHILD_MERGE)
def child_compare(request, public_id, other):
    """Two children side by side."""
    first, second = both(request, public_id, other)
    return compare_page(request, first, second)


def compare_page(request, first, second, *, distinct=None, status=200):
    """The page of the two children, with the form that says that they are two."""
    audit.record("duplicate.compared", by=request.user, shown=[first.public_id, second.public_id])
    pair = (
        DuplicatePair.objects.filter(first__in=[first, second], second__in=[first, second]).select_related("decided_by").first()
    )
    context = comparing.side_by_side(first, second, officer=request.user)
    context |= {"distinct": distinct or DistinctForm(), "pair": pair}
    return render(request, "duplicates/compare.html", context, status=status)


@require_POST
@require(Permission.CHILD_MERGE)
def child_distinct(request, public_id, other):
    """A person says that these are two children, and why."""
    first, second = both(request, public_id, other)
    form = DistinctForm(request.POST)
    if not form.is_valid():
        return compare_page(request, first, second, distinct=form)
    duplicates.judge_distinct(first=first, second=second, by=request.user, **form.cleaned_data)
    messages.success(
        request, "Đã ghi: đây là hai trẻ khác nhau. Cặp này chỉ hiện lại khi một trong hai trẻ được sửa thông tin."
    )
    return redirect("duplicate-list")


@require_POST
@require(Permission.CHILD_MERGE)
def child_judge_again(request, public_id, other):
    """The judgement is taken back: the pair waits again."""
    first, second = both(request, public_id, other)
    pairs = DuplicatePair.objects.visible_to(request.user).filter(state=DuplicatePair.State.DISTINCT)
    pair = get_object_or_404(pairs, first__in=[first, second], second__in=[first, second])
    duplicates.judge_again(pair=pair, by=request.user)
    messages.success(request, "Đã bỏ kết luận “không trùng”; cặp này chờ xem lại.")
    return redirect("child-compare", public_id, other)
