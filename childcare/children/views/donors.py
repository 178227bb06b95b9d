"""A list for a donor: how many agreed, how many did not, the file; and who is still to be asked, for those who may ask."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import donors, listing, row_texts
from childcare.children.forms.donors import DonorForm
from childcare.children.forms.filters import ChildFilter
from childcare.children.history import place_words
from childcare.children.models import Child
from childcare.children.places import day_of
from childcare.children.sheets import RENDERERS
from childcare.children.views.sheets import deliver
from childcare.lib.paging import pager

PAGE = 50


@require(Permission.CHILD_EXPORT)
def donor_list(request):
    """Numbers, the form, and on POST the file in the form of the button."""
    filters = ChildFilter(request.GET, officer=request.user)
    children = donors.candidates(filters, request.user)
    total, going = children.order_by().count(), donors.agreed(children).order_by().count()
    form = DonorForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        ending = request.POST.get("ending", "")
        if ending not in RENDERERS:
            raise Http404
        values = form.cleaned_data
        return deliver(
            request, "donor", ending, number=going, back=reverse("donor-list"), query=filters.address()[1:],
            donor=values["donor"], occasion=values["occasion"], fields=form.told(),
        )  # fmt: skip
    context = {
        "form": form, "total": total, "going": going, "left": total - going, "query": filters.address(),
        "tags": filters.tags(unless=("sort",)), "resting": filters.children.kept_back(request.user).residing().count(),
        "may_ask": request.user.can(Permission.FACT_RECORD),
    }  # fmt: skip
    return render(request, "children/donor.html", context)


@require(Permission.FACT_RECORD)
def donor_missing(request):
    """Who of the list has not agreed yet, for the officer who may write a consent down."""
    filters = ChildFilter(request.GET, officer=request.user)
    left = donors.without(donors.candidates(filters, request.user))
    mine = Child.objects.visible_to(request.user).recordable_by(request.user)
    left = listing.ordered(left.filter(pk__in=mine.values("pk")), "name").select_related("unit", "unit__parent")
    page = Paginator(left, PAGE).get_page(request.GET.get("trang"))
    audit.record("child.listed", by=request.user, shown=[child.public_id for child in page], note="chưa đồng ý gửi nhà tài trợ")
    lines = [
        {"child": child, "birth": row_texts.birth_text(child.birth_latest, child.birth_precision, day_of(child.unit)),
         "place": place_words(child.unit)}
        for child in page
    ]  # fmt: skip
    context = {
        "lines": lines, "total": page.paginator.count, "pager": pager(page, **filters.chosen()), "query": filters.address(),
    }  # fmt: skip
    return render(request, "children/donor_missing.html", context)
