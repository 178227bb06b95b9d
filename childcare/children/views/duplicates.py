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
from childcare.children import comparing, history
from childcare.children.actions import duplicates, merging, unmerging
from childcare.children.forms.duplicates import DistinctForm, UndoForm
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.forms.merging import MergeForm, proposed
from childcare.children.models import Child, DuplicatePair, Merge
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


def compare_page(request, first, second, *, distinct=None, form=None, status=200):
    """The page of the two children, with the form that makes them one and the form that says that they are two."""
    audit.record("duplicate.compared", by=request.user, shown=[first.public_id, second.public_id])
    pair = (
        DuplicatePair.objects.filter(first__in=[first, second], second__in=[first, second]).select_related("decided_by").first()
    )
    context = comparing.side_by_side(first, second, officer=request.user)
    alike = comparing.alike_acts(first, second, officer=request.user)
    form = form or merge_form(first, second, context["fields"], alike)
    context |= {"distinct": distinct or DistinctForm(auto_id="distinct_%s"), "pair": pair, "form": form}
    context["acts"] = [act_line(one, form) for one, _ in alike]
    for row in context["fields"]:
        row["box"] = form[f"take_{row['name']}"] if row["differ"] else None
    return render(request, "duplicates/compare.html", context, status=status)


@require_POST
@require(Permission.CHILD_MERGE)
def child_distinct(request, public_id, other):
    """A person says that these are two children, and why."""
    first, second = both(request, public_id, other)
    form = DistinctForm(request.POST, auto_id="distinct_%s")
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


def merge_form(first, second, rows, alike, data=None):
    """The form of a merge for two children as they stand now."""
    differing = [row for row in rows if row["differ"]]
    initial = proposed(first, second, differing)
    return MergeForm(data, differing=[row["name"] for row in differing], alike=alike, initial=initial)


def act_line(support, form):
    """An act of help that both records tell of, with its tick "two acts"."""
    key = str(support.public_id)
    return {**history.support_line(support), "key": key, "ticked": key in (form["twice"].value() or [])}


@require_POST
@require(Permission.CHILD_MERGE)
def child_merge(request, public_id, other):
    """Make two rows of one child one. The same post again leads to what the first one made."""
    if done := merging.made_by(uuid_or_blank(request.POST.get("once")), request.user):
        return redirect("child", done.kept.public_id)
    first, second = both(request, public_id, other)
    alike = comparing.alike_acts(first, second, officer=request.user)
    form = merge_form(first, second, comparing.field_rows(first, second), alike, request.POST)
    if not form.is_valid():
        return compare_page(request, first, second, form=form)
    done = merging.merge(by=request.user, once=form.cleaned_data["once"], **form.how(first, second))
    messages.success(request, "Đã gộp hai hồ sơ thành một. Nếu nhầm, mở “Lần gộp hồ sơ” ở phần Lịch sử để hoàn tác.")
    return redirect("child", done.kept.public_id)


@require(Permission.CHILD_MERGE)
def merge(request, public_id):
    """A merge: what was made one, by whom and why, and undoing it while nothing later stands on it."""
    rows = Merge.objects.visible_to(request.user).select_related("kept", "kept__unit", "merged", "merged_by", "undone_by")
    row = get_object_or_404(rows, public_id=public_id)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unmerging.undo(merge=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã hoàn tác: hai hồ sơ trở lại như trước khi gộp.")
        return redirect("child-compare", row.kept.public_id, row.merged.public_id)
    audit.record("merge.viewed", by=request.user, subject=row.kept, shown=[row.kept.public_id, row.merged.public_id])
    later = [] if row.undone_at else unmerging.stands_on(row, request.user)
    context = {"merge": row, "form": form, "later": later, "fields": unmerging.before_and_after(row)}
    return render(request, "duplicates/merge.html", context)
