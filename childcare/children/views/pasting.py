"""The grid into which help or circumstances are pasted from Excel: checked in place, nothing typed is lost, written once."""

import uuid
from itertools import zip_longest

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import pasting
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.models import BulkAction
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number

EMPTY_ROWS = 10
WORDS = {"support": "Dán trợ giúp từ Excel", "circumstance": "Dán hoàn cảnh từ Excel"}


@require(Permission.FACT_RECORD)
def paste(request, kind):
    """Show the grid, check it, write it."""
    if kind not in pasting.COLUMNS:
        raise Http404
    if request.method != "POST":
        return _page(request, kind, [], uuid.uuid4())
    once = uuid_or_blank(request.POST.get("once")) or uuid.uuid4()
    if made := BulkAction.objects.filter(public_id=once, created_by=request.user).first():
        return redirect("bulk", made.public_id)
    rows, sentence = _read(request, kind), ""
    if request.POST.get("write") and rows and not any(row.errors for row in rows):
        try:
            bulk = pasting.try_to_record(by=request.user, once=once, kind=kind, rows=rows)
        except Refusal as refusal:
            bulk, sentence = None, str(refusal)
        if bulk is not None:
            messages.success(request, f"Đã ghi {number(len(rows))} dòng.")
            return redirect("bulk", bulk.public_id)
    return _page(request, kind, rows, once, sentence)


def _read(request, kind):
    """The lines that hold anything, with the child chosen for each."""
    wide = len(pasting.COLUMNS[kind])
    columns = [request.POST.getlist(f"c{at}")[: pasting.LONGEST] for at in range(wide)]
    chosen = [*request.POST.getlist("child"), *[""] * pasting.LONGEST]
    lines = list(zip_longest(*columns, fillvalue=""))  # a page that was open before a column came has one less
    kept = [(line, choice) for line, choice in zip(lines, chosen, strict=False) if any(cell.strip() for cell in line)]
    return pasting.read(kind, [line for line, _ in kept], [choice for _, choice in kept], officer=request.user)


def _page(request, kind, rows, once, sentence=""):
    columns, found = pasting.COLUMNS[kind], []
    for at, row in enumerate(rows, 1):
        choices = [(str(child.public_id), pasting.word(child)) for child in row.found]
        first = choices[0][0] if len(choices) == 1 and row.cells[1] else ""
        chosen = str(row.child.public_id) if row.child else first
        cells = list(zip(columns, row.cells, strict=True))
        found.append(
            {
                "at": at,
                "cells": cells,
                "choices": choices,
                "chosen": chosen,
                "row": row,
                "word": row.child and pasting.word(row.child),
            }
        )
    seen = [child.public_id for row in rows for child in [row.child, *row.found] if child is not None]
    if seen:
        audit.record("child.searched", by=request.user, shown=dict.fromkeys(seen))
    empty = range(len(rows) + 1, max(len(rows) + 3, EMPTY_ROWS) + 1)
    context = {
        "kind": kind, "heading": WORDS[kind], "columns": columns, "rows": found, "empty": empty, "once": once,
        "sentence": sentence, "summary": pasting.summary(rows) if rows else "", "longest": pasting.LONGEST,
    }  # fmt: skip
    return render(request, "bulk/paste.html", context)
