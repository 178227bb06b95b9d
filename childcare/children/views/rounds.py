"""Đợt rà soát: the rounds of a commune, progress, one tick a child on a phone, closing, minutes."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import reviewing
from childcare.children.actions import rounds
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.forms.rounds import RoundForm, TickForm
from childcare.children.models import ReviewRound, ReviewTick
from childcare.children.sheets import RENDERERS
from childcare.children.views.common import form_page
from childcare.children.views.sheets import deliver
from childcare.lib.paging import Pager, address
from childcare.units.models import Unit

SEES = (Permission.REVIEW_TICK, Permission.CHILD_EXPORT)


def _round(request, public_id, *, lead=False):
    rows = ReviewRound.objects.led_by(request.user) if lead else ReviewRound.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("unit", "unit__parent", "opened_by", "closed_by"), public_id=public_id)


@require(*SEES)
def round_list(request):
    """The rounds that the officer has a part in, the latest first."""
    seen = Count("ticks", ~Q(ticks__answer=""))
    rows = ReviewRound.objects.visible_to(request.user).select_related("unit").annotate(total=Count("ticks"), seen=seen)
    context = {"rounds": rows.order_by("-pk")[:50], "may_open": request.user.can(Permission.CHILD_EDIT)}
    return render(request, "rounds/list.html", context)


@require(Permission.CHILD_EDIT)
def round_add(request):
    """Open a round."""
    form = RoundForm(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        row = rounds.open_round(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã mở đợt rà soát. Cộng tác viên mở mục này trên điện thoại là thấy danh sách của mình.")
        return redirect("round", row.public_id)
    lead = "Danh sách gồm mọi trẻ em dưới 16 tuổi đang cư trú lúc mở đợt. Mỗi đơn vị chỉ có một đợt đang mở."
    return form_page(request, form, heading="Mở đợt rà soát", back=reverse("round-list"), submit="Mở đợt", lead=lead)


@require(*SEES)
def round(request, public_id):
    """One round: progress per hamlet and, for who leads it, what is left to be done."""
    row = _round(request, public_id)
    ticks = ReviewTick.objects.visible_to(request.user)
    places = reviewing.progress(row, ticks=ReviewTick.objects.filter(unit__in=_places(request.user)))
    leads = ReviewRound.objects.led_by(request.user).filter(pk=row.pk).exists()
    left, mend = reviewing.to_do(row, ticks=ticks) if leads else ([], [])
    audit.record("review.viewed", by=request.user, subject=row, shown=[one["child"].public_id for one in (*left, *mend)])
    context = {
        "round": row, "places": places, "sum": reviewing.in_all(places), "left": left, "mend": mend, "leads": leads,
        "may_print": request.user.can_in(Permission.CHILD_EXPORT, row.unit),
    }  # fmt: skip
    return render(request, "rounds/round.html", context)


def _places(officer):
    return Unit.objects.under_any([unit for permission in SEES for unit in officer.units_for(permission)])


@require(*SEES)
def round_place(request, public_id, place):
    """The children of one hamlet, each to be ticked once."""
    row = _round(request, public_id)
    unit = get_object_or_404(_places(request.user), public_id=place)
    ticks = ReviewTick.objects.visible_to(request.user).filter(round=row, unit=unit)
    open_only = request.GET.get("con") == "1"
    found, after = reviewing.lines(ticks, after=uuid_or_blank(request.GET.get("after")) or None, open_only=open_only)
    audit.record("review.viewed", by=request.user, subject=row, shown=[one["child"].public_id for one in found])
    context = {
        "round": row, "place": unit, "rows": found, "open_only": open_only, "progress": _progress(row, unit),
        "may_tick": row.closed_at is None and request.user.can_in(Permission.REVIEW_TICK, unit),
        "pager": Pager(next=address("", {"after": after, "con": "1" if open_only else ""}) if after else ""),
    }  # fmt: skip
    return render(request, "rounds/place.html", context)


def _progress(row, unit):
    return reviewing.in_all(reviewing.progress(row, ticks=ReviewTick.objects.filter(unit=unit)))


@require_POST
@require(Permission.REVIEW_TICK)
def round_tick(request, public_id, child):
    """Tick one child: a fragment for the phone, a page without script. Sent again it changes nothing."""
    row = _round(request, public_id)
    rows = ReviewTick.objects.visible_to(request.user).filter(round=row).select_related("unit")
    tick = get_object_or_404(rows, child__public_id=child)
    form = TickForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    tick = rounds.tick(row=tick, by=request.user, **form.cleaned_data)
    if not request.htmx:
        return redirect("round-place", public_id, tick.unit.public_id)
    return render(request, "rounds/said.html", {"tick": tick, "progress": _progress(row, tick.unit)})


@require(Permission.CHILD_EDIT)
def round_close(request, public_id):
    """Close the round for good, after a question."""
    row = _round(request, public_id, lead=True)
    if request.method == "POST":
        rounds.close(round=row, by=request.user)
        messages.success(request, "Đã chốt đợt rà soát.")
        return redirect("round", public_id)
    places = reviewing.progress(row, ticks=ReviewTick.objects.all())
    return render(request, "rounds/close.html", {"round": row, "sum": reviewing.in_all(places)})


@require(Permission.CHILD_EXPORT)
def round_minutes(request, public_id, ending):
    """Biên bản rà soát."""
    row = _round(request, public_id)
    if ending not in RENDERERS or not request.user.can_in(Permission.CHILD_EXPORT, row.unit):
        raise Http404
    number = row.ticks.filter(answer__in=["left", "mend"]).count()
    back = reverse("round", args=[public_id])
    return deliver(request, "review-minutes", ending, number=number, back=back, round=str(public_id))
