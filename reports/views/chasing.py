"""Tình hình gửi báo cáo: one report over the units below, the papers about it, what was told to whom, and the whole year."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.actions.issuing import issue_paper
from childcare.documents.books import series_of
from childcare.documents.docx import render_docx
from childcare.documents.downloads import download
from childcare.documents.forms import SignerForm
from childcare.documents.pdf import render_pdf
from childcare.documents.querysets import units_of
from childcare.documents.xlsx import render_xlsx
from childcare.lib.calendar import show, today
from childcare.lib.paging import address, paged
from childcare.units.models import Office
from reports import chasing, chasing_papers
from reports.forms_chasing import PaperChoice

P = Permission
RENDER = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx}
PAPERS = {"cong-van": "Công văn đôn đốc", "thong-bao": "Thông báo tình hình gửi báo cáo"}
OFFERED = [("cong-van", "Công văn đôn đốc"), ("thong-bao", "Thông báo tình hình gửi")]


def own_unit(request):
    """The unit for which the officer takes reports."""
    return request.user.units_for(P.REPORT_ACCEPT)[0]


def chosen(request, unit, day):
    """The report asked for by `ky`, else the nearest one; None when the unit is owed nothing. 404 for one that nobody owes."""
    key = request.GET.get("ky", "")
    found = chasing.asked(unit, key or chasing.nearest(unit, day), day)
    if key and found is None:
        raise Http404
    return found


@require(P.REPORT_ACCEPT)
def sending(request):
    """How every unit below stands with one report, with the papers, the reminder and the text to copy."""
    unit, day = own_unit(request), today()
    asked = chosen(request, unit, day)
    if asked is None:
        return render(request, "chasing/nothing.html", {"unit": unit})
    form = PaperChoice(initial={"in_name": "phong"}, unit=unit, office=office_of(unit, day))
    context = {
        "unit": unit, "day": day, "asked": asked, "choices": chasing.choices(unit), "form": form, "papers": OFFERED,
        "told": chasing.last_told(asked), "text": chasing.plain_text(asked),
        "may_issue": keeps_book(request.user, unit),
    }  # fmt: skip
    return render(request, "chasing/sending.html", context)


def keeps_book(officer, unit):
    """True for who numbers or signs documents of exactly this unit."""
    return any(own.pk == unit.pk for own in units_of(officer))


def office_of(unit, day):
    """The office in charge of children of the unit on the day, or None."""
    return Office.objects.on(day).filter(unit=unit).first()


@require(P.REPORT_ACCEPT)
def sending_paper(request, paper):
    """The công văn or the notice as PDF or DOCX."""
    unit, day = own_unit(request), today()
    asked, office, ending = chosen(request, unit, day), office_of(unit, day), request.GET.get("dang", "pdf")
    if asked is None or paper not in PAPERS or ending not in ("pdf", "docx"):
        raise Http404
    form = PaperChoice(request.GET, unit=unit, office=office)
    if not form.is_valid():
        messages.error(request, " ".join(text for rows in form.errors.values() for text in rows))
        return redirect(address(reverse("sending"), {"ky": asked.key}))
    if paper == "cong-van" and not asked.unsent:
        messages.info(request, "Tất cả các đơn vị đã gửi báo cáo này, không cần công văn đôn đốc.")
        return redirect(address(reverse("sending"), {"ky": asked.key}))
    document = paper_of(paper, asked, form, office)
    audit.record("reminders.paper", by=request.user, subject=unit, note=f"{PAPERS[paper]}, kỳ {asked.period}")
    return download(RENDER[ending](document), name=f"{PAPERS[paper]} - {show(day).replace('/', '-')}.{ending}")


def paper_of(paper, asked, form, office):
    """The công văn or the notice as it was asked for."""
    how = {"office": office, "as_office": bool(form.cleaned_data["in_name"])}
    if paper == "cong-van":
        return chasing_papers.letter(asked, by_day=form.cleaned_data["by_day"], **how)
    return chasing_papers.notice(asked, **how)


@require(P.REPORT_ACCEPT)
def sending_issue(request, paper):
    """Ban hành: number, day and signer of the công văn or the notice; its pages are frozen and go into the register."""
    unit, day = own_unit(request), today()
    if not keeps_book(request.user, unit):
        raise PermissionDenied
    asked, office = chosen(request, unit, day), office_of(unit, day)
    choice = PaperChoice(request.GET, unit=unit, office=office)
    if asked is None or paper not in PAPERS or not choice.is_valid() or paper == "cong-van" and not asked.unsent:
        raise Http404
    document = paper_of(paper, asked, choice, office)
    series = series_of(document.kind, unit, office if choice.cleaned_data["in_name"] else None)
    form = SignerForm(request.POST or None, series=series)
    if request.method == "POST" and form.is_valid():
        made = issue_paper(document=document, series=series, by=request.user, **form.values)
        messages.success(request, f"Đã ban hành {PAPERS[paper].lower()} số {made.full_number}, đã vào sổ văn bản đi.")
        return redirect("register-entry", made.row.public_id)
    context = {"unit": unit, "asked": asked, "form": form, "words": PAPERS[paper], "notation": document.notation}
    return render(request, "chasing/issue.html", context)


@require(P.REPORT_ACCEPT)
def sending_told(request):
    """What was sent to whom, when, when it was read, when the mail went out: the proof for one report."""
    unit = own_unit(request)
    asked = chosen(request, unit, today())
    if asked is None:
        raise Http404
    rows, pager = paged(request, chasing.told([row["obligation"] for row in asked.rows]))
    units = chasing.units_by_address(asked)
    lines = [(message, units[message.url]) for message in rows]
    return render(request, "chasing/told.html", {"unit": unit, "asked": asked, "lines": lines, "pager": pager})


@require(P.REPORT_ACCEPT)
def sending_year(request):
    """Every report of a year and every unit: sent, in time, late by how many days; the same as XLSX and PDF."""
    unit, day = own_unit(request), today()
    years = chasing.years(unit) or [day.year]
    year = next((one for one in years if str(one) == request.GET.get("nam")), day.year if day.year in years else years[0])
    columns, rows = chasing.of_year(unit, year, day)
    ending = request.GET.get("dang")
    if ending in ("pdf", "xlsx"):
        audit.record("reminders.paper", by=request.user, subject=unit, note=f"Bảng theo dõi gửi báo cáo năm {year}")
        document = chasing_papers.year_sheet(unit, year, columns, rows, day)
        return download(RENDER[ending](document), name=f"Tình hình gửi báo cáo {year} - {unit.name}.{ending}")
    context = {
        "unit": unit, "day": day, "year": year, "years": years, "columns": columns, "rows": rows,
        "whole": {name: sum(row[name] for row in rows) for name in ("due", "sent", "in_time")},
    }  # fmt: skip
    return render(request, "chasing/year.html", context)
