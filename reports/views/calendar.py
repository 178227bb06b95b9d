"""Lịch công tác: a month or a year of a unit, on screen and on paper, and the feed for an officer's own calendar program."""

import hashlib
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from childcare.accounts.middleware import client_address
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.docx import render_docx
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from childcare.lib import ics
from childcare.lib.calendar import month_end, today
from childcare.lib.throttle import too_often, wait
from childcare.units.models import Unit
from plans.actions import feeds
from reports import agenda
from reports import calendar_pages as pages

P = Permission
RENDERERS = {"pdf": render_pdf, "docx": render_docx}


def units_of(officer):
    """The officer's own units with a calendar."""
    found = [*officer.units_for(P.PLAN_VIEW), *officer.units_for(P.REPORT_VIEW)]
    return list({unit.pk: unit for unit in found}.values())


def chosen_unit(request):
    """The unit of the address `don-vi`, at or below one of his own; without one the first of them."""
    own = units_of(request.user)
    if not request.GET.get("don-vi"):
        return own[0]
    try:
        unit = get_object_or_404(Unit, public_id=UUID(request.GET["don-vi"]))
    except ValueError:
        raise Http404
    if not any(unit.is_under(mine) for mine in own):
        raise Http404
    return unit


@require(P.PLAN_VIEW, P.REPORT_VIEW)
def calendar(request):
    """A month as weeks with its list below, or the whole year as a list."""
    unit = chosen_unit(request)
    on = unit.as_of(today())
    whole = request.GET.get("xem") == "nam"
    first = pages.month_of(request.GET.get("thang", ""), on)
    year = pages.year_of(request.GET.get("nam", ""), on) if whole else first.year
    span = (date(year, 1, 1), date(year, 12, 31)) if whole else (first, month_end(first.year, first.month))
    mine = any(unit.pk == own.pk for own in units_of(request.user))
    found = agenda.entries(request.user, unit, *span, own=mine)
    audit.record("calendar.viewed", by=request.user, subject=unit)
    context = {
        "unit": unit, "on": on, "whole": whole, "first": first, "year": year, "mine": mine, "before_year": year - 1,
        "after_year": year + 1, "before": pages.beside(first, -1), "after": pages.beside(first, 1),
        "weekdays": pages.WEEKDAYS, "weeks": [] if whole else pages.weeks(first, found),
        "groups": pages.by_month([_line(row, on) for row in found]) if whole else [(None, [_line(row, on) for row in found])],
        "any": bool(found), "undated": agenda.undated(request.user, unit, year), "feed": feeds.standing(request.user),
        "units": units_of(request.user), "kinds": agenda.KINDS,
        "tail": f"&don-vi={unit.public_id}" if request.GET.get("don-vi") else "",
    }  # fmt: skip
    return render(request, "calendar/calendar.html", context)


class _line:
    """An entry with what the page says of its day."""

    def __init__(self, entry, on):
        self.entry, self.day, self.late, self.days = entry, entry.day, entry.late(on), agenda.day_words(entry)


@require(P.PLAN_VIEW, P.REPORT_VIEW)
def calendar_file(request, ending):
    """The year of the unit on paper; it hangs on a wall, so nobody's own clocks are on it."""
    if ending not in RENDERERS:
        raise Http404
    unit = chosen_unit(request)
    year = pages.year_of(request.GET.get("nam", ""), unit.as_of(today()))
    found = agenda.entries(request.user, unit, date(year, 1, 1), date(year, 12, 31), own=False)
    audit.record("calendar.printed", by=request.user, subject=unit)
    document = pages.document(unit, year, found, agenda.undated(request.user, unit, year))
    return download(RENDERERS[ending](document), name=f"Lịch công tác trẻ em {year} - {unit.name}.{ending}")


@require_POST
@require(P.PLAN_VIEW, P.REPORT_VIEW)
def feed_open(request):
    """A new secret address, shown once."""
    token = feeds.open_feed(by=request.user)
    address = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    return render(request, "calendar/feed.html", {"address": address})


@require_POST
@require(P.PLAN_VIEW, P.REPORT_VIEW)
def feed_revoke(request):
    """The address is dead from now on."""
    if feeds.revoke(by=request.user):
        messages.success(request, "Đã thu hồi đường dẫn lịch. Điện thoại, máy tính dùng đường dẫn đó không đọc được nữa.")
    return redirect("calendar")


@login_not_required
@require_safe
def calendar_feed(request, token):
    """The officer's dates for his own calendar program, by the rights that he has at this moment."""
    if too_often(f"lich:{token}"):
        return wait()
    found = feeds.officer_of(token)
    if found is None:
        if too_often(f"lich:{client_address(request)}"):
            return wait()
        raise Http404
    officer, feed = found
    data = feed_bytes(officer, feed, request.build_absolute_uri("/"))
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    officer.request_address = client_address(request)
    audit.record("calendar.feed_read", by=officer, subject=officer)
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def feed_bytes(officer, feed, home):
    """This year and the next of the officer's own units: titles without anybody's name, no detail, the way to the site."""
    year, found = today().year, {}
    for number, unit in enumerate(units_of(officer)):
        for entry in agenda.entries(officer, unit, date(year, 1, 1), date(year + 1, 12, 31), own=number == 0):
            found.setdefault(entry.key, entry)
    events = [
        ics.Event(row.key, row.day, row.feed_title, until=row.until, note=row.word, url=home)
        for row in found.values()
        if row.feed_title
    ]
    return ics.feed("Lịch công tác trẻ em", events, stamp=feed.created_at)
