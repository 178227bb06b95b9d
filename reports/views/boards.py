"""Việc cần làm and Tổng hợp: the boards of a ward and of a district."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import for_every_officer, require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.documents.csvs import render_csv
from childcare.documents.docx import render_docx
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from childcare.documents.xlsx import render_xlsx
from childcare.lib.calendar import show, today
from childcare.lib.paging import address
from childcare.units.models import Unit
from reports import boards, nudges
from reports.summary import groups, maps, paper
from reports.summary.board import Board
from reports.summary.trends import CODES
from reports.target_table import figure_url
from reports.todo import todos

BELOW = {"district": "Phường, xã", "province": "Đơn vị", "commune": "Thôn, tổ dân phố, trường"}
TALLIES = [
    ("unsent", "chưa gửi", "soon"),
    ("to_sign", "chờ ký", "soon"),
    ("returned", "yêu cầu chỉnh sửa", "soon"),
    ("sent", "đã gửi", "now"),
    ("accepted", "đã tiếp nhận", "done"),
    ("late", "chậm", "late"),
]
FORMATS = (("pdf", "In (PDF)"), ("docx", "Tải Word"), ("xlsx", "Tải Excel"), ("csv", "Tải CSV"))
TONES = {"unsent": "", "to_sign": "soon", "sent": "now", "accepted": "done", "returned": "soon"}


@dataclass(frozen=True)
class Box:
    """One figure of a board with the list behind it."""

    number: str
    label: str
    note: str
    url: str


def boxes(table, unit):
    """The four figures of a unit."""
    found = boards.four_figures(table, unit)
    return [Box(figure.text, label, figure.note, figure_url(figure, unit, table.window)) for figure, label in found]


@for_every_officer
def home(request):
    """What waits for the officer, the four figures of his unit, what needs checking per hamlet."""
    officer, unit = request.user, request.user.unit
    if unit is None:
        return render(request, "boards/nothing.html")
    day = unit.as_of(today())
    context = {"unit": unit, "day": day, "piles": todos(officer, day), "checks_made": boards.CHECKS}
    if officer.can_in(Permission.FIGURE_VIEW, unit) and unit.kind in ("commune", "district", "province"):
        context["boxes"] = boxes(boards.counted(unit, day).table, unit)
    if officer.can_in(Permission.CHILD_VIEW, unit) and unit.kind in ("commune", "hamlet"):
        context["checks"] = [with_cells(row) for row in boards.checks_by_hamlet(officer, unit)]
        audit.record("board.viewed", by=officer, subject=unit)
    return render(request, "boards/home.html", context)


def with_cells(row):
    """A row of the checks with each count, its words and the list behind it."""
    query = f"{reverse('child-list')}?unit={row['unit'].public_id}&check="
    return {**row, "cells": [{"name": name, "count": row[key], "url": query + key} for key, _, name in boards.CHECKS]}


def chosen_unit(request):
    """The unit asked for, or the officer's own; only one whose figures he may view."""
    if not request.GET.get("unit"):
        return request.user.units_for(Permission.FIGURE_VIEW)[0]
    try:
        unit = get_object_or_404(Unit, public_id=UUID(request.GET["unit"]))
    except ValueError:
        raise Http404
    if not request.user.can_in(Permission.FIGURE_VIEW, unit):
        raise Http404
    return unit


def board_of(request):
    """The board that the address asks for."""
    unit = chosen_unit(request)
    asked = {"asked": request.GET.get("ky", ""), "code": request.GET.get("chi_tieu", "")}
    return Board(unit, request.user, unit.as_of(today()), **asked)


@require(Permission.FIGURE_VIEW)
def summary(request):
    """Who has reported, the targets of every unit below, children by group."""
    board = board_of(request)
    unit, window = board.unit, board.window
    svg, words = groups.picture(board.groups, window)
    context = {
        "board": board,
        "formats": FORMATS,
        "unit": unit,
        "window": window,
        "counted": paper.counted_words(board.figures),
        "periods": [(f"{row[0]}:{row[1]}", row[3], row[2], row == board.chosen) for row in board.owed],
        "takes_reports": unit in request.user.units_for(Permission.REPORT_ACCEPT)[:1],
        "below": BELOW.get(unit.kind, "Đơn vị"),
        "boxes": boxes(board.figures.table, unit),
        "everybody": groups.everybody(board.figures.table, unit),
        "columns": [word for word, _, _ in groups.COLUMNS],
        "picture": {"svg": mark_safe(svg), "words": words},
        "group_note": groups.NOTE,
    }
    if board.chosen:
        rows, counts = board.submissions
        context |= {"rows": [{**row, "tone": TONES[row["key"]]} for row in rows], "counts": counts, "chosen": board.chosen}
        context["tallies"] = [(f"{counts[key]} {word}", tone if counts[key] else "") for key, word, tone in TALLIES]
        context["may_nudge"] = request.user.can_in(Permission.REPORT_ACCEPT, unit) and counts["unsent"]
    return render(request, "boards/summary.html", context)


@require(Permission.FIGURE_VIEW)
def trends(request):
    """One indicator over five years with where it leads, and over the units below as tiles; each with its table."""
    board = board_of(request)
    trend = board.trends.of(board.code)
    line, line_words = trend.picture()
    tiles, tiles_words = maps.picture(board.tiles, trend.name, board.window)
    context = {
        "board": board,
        "formats": FORMATS,
        "unit": board.unit,
        "window": board.window,
        "counted": paper.counted_words(board.figures),
        "trend": trend,
        "line": {"svg": mark_safe(line), "words": line_words},
        "map": {"svg": mark_safe(tiles), "words": tiles_words},
        "how": maps.HOW,
        "codes": [(code, board.trends.names.get(code, code), code == board.code) for code in CODES],
    }
    audit.record("board.viewed", by=request.user, subject=board.unit, note=f"xu hướng {board.code}")
    return render(request, "boards/trends.html", context)


RENDER = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx, "csv": render_csv}


@require(Permission.FIGURE_VIEW)
def summary_file(request, ending):
    """The board as a paper (PDF, DOCX) or its tables (XLSX, CSV in a ZIP)."""
    if ending not in RENDER:
        raise Http404
    board = board_of(request)
    audit.record("board.downloaded", by=request.user, subject=board.unit, note=ending)
    name = f"Tổng hợp {board.unit.name} {show(board.window.cutoff).replace('/', '-')}"
    return download(RENDER[ending](paper.document(board)), name=f"{name}.{'zip' if ending == 'csv' else ending}")


@require_POST
@require(Permission.REPORT_ACCEPT)
def nudge(request):
    """Đôn đốc: a message now to everybody below who has not sent the report of a period."""
    unit = request.user.units_for(Permission.REPORT_ACCEPT)[0]
    regime = request.POST.get("regime", "")
    chosen = int(regime) if regime.isdigit() and len(regime) < 10 else None
    count = nudges.nudge(unit=unit, period=request.POST.get("period", ""), by=request.user, regime=chosen)
    told = f"Đã nhắc {count} đơn vị chưa gửi báo cáo." if count else "Không có đơn vị nào cần nhắc thêm hôm nay."
    messages.success(request, told)
    back = {"ky": f"{chosen}:{request.POST.get('period', '')}"} if chosen and request.POST.get("back") else {}
    return redirect(address(reverse("sending"), back) if back else reverse("summary"))
