"""The grid into which a list of staff is pasted from Excel: checked in place, nothing typed is lost, written all at once."""

from django.contrib import messages
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number
from plans import staff_pasting as pasting
from plans.views.staff import editable_unit

EMPTY_ROWS = 10


@require(Permission.PLAN_EDIT)
def staff_paste(request, public_id):
    """Show the grid, check it, write it."""
    unit, rows, sentence = editable_unit(request, public_id), [], ""
    if request.method == "POST":
        rows = pasting.read(lines_of(request, len(pasting.COLUMNS), pasting.LONGEST), unit=unit)
        if request.POST.get("write") and rows and not any(row.errors for row in rows):
            try:
                count = pasting.write(rows, by=request.user)
            except Refusal as refusal:
                sentence = str(refusal)
            else:
                messages.success(request, f"Đã ghi {number(count)} người.")
                return redirect("staff-list", unit.public_id)
    wrong = sum(bool(row.errors) for row in rows)
    context = {
        "unit": unit, "heading": "Dán danh sách nhân lực từ Excel", "rows": grid_rows(rows, pasting.COLUMNS),
        "columns": pasting.COLUMNS, "sentence": sentence, "longest": pasting.LONGEST,
        "empty": range(len(rows) + 1, max(len(rows) + 3, EMPTY_ROWS) + 1),
        "summary": f"{number(len(rows))} dòng, {number(wrong)} dòng cần sửa." if rows else "",
        "hint": "Thiếu cột nào thì để trống cột ấy; để trống cả “Công việc” ở dòng có thôn, tổ thì hiểu là cộng tác viên.",
    }  # fmt: skip
    return render(request, "staff/paste.html", context)


def lines_of(request, wide, longest):
    """The lines of a posted grid that hold anything."""
    columns = [request.POST.getlist(f"c{at}")[:longest] for at in range(wide)]
    return [line for line in zip(*columns, strict=False) if any(cell.strip() for cell in line)]


def grid_rows(rows, columns):
    """What the grid's template shows of each row that was read."""
    return [
        {"at": at, "cells": list(zip(columns, row.cells, strict=True)), "row": row, "word": row.word}
        for at, row in enumerate(rows, 1)
    ]
