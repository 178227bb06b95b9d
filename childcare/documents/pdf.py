"""The PDF of an administrative document by WeasyPrint: text from the structure, layout from static/documents/document.css.

Long tables are rendered in parts that end at a page's end and are joined, so that memory stays flat at any length.
Equal structures give equal bytes. Costs 0.3 to 0.5 CPU-seconds a page: call it in a job.
"""

import io
import logging
import threading
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from pypdf import PdfWriter
from weasyprint import HTML

from childcare.documents.archival import make_lasting, mark_place
from childcare.documents.fetcher import BASE, OwnFilesOnly
from childcare.documents.structure import (
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Signatures,
    Table,
    above_signatures,
    balanced,
    cell_text,
    is_copy_line,
    table_size,
)

ROWS_PER_PART = 80
POINTS = 0.75  # of a CSS pixel
SIGNER = "nguoi-ky"  # the anchor of the signer's name in the page
ROOM = 26 / 25.4 * 72  # points over the name for the pen and the seal, as in document.css
_one_at_a_time = threading.Lock()  # Pango and fontconfig are not made for threads

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Flow:
    """Blocks that are laid out one after the other with page numbers of their own: the document itself or an annex."""

    doc: object
    annex: object
    label: str
    blocks: tuple
    landscape: bool


def render_pdf(doc, progress=None):
    """The document as PDF/A-2b bytes. `progress(rows, of)` is told after each part how many rows of the tables are laid out."""
    flows = [Flow(doc, None, "", doc.blocks, doc.landscape)]
    flows += [Flow(doc, annex, doc.annex_label(at), annex.blocks, annex.landscape) for at, annex in enumerate(doc.annexes)]
    with _one_at_a_time:
        done, total, parts, places = 0, sum(len(_rows(flow)) for flow in flows), [], []
        for flow in flows:
            for part, rows, pages in _parts(flow):
                parts.append(part)
                places += [_signing_place(page) for page in pages]
                if progress:
                    progress(done + rows, total)
            done += len(_rows(flow))
        return _join(parts, doc.file_title, next(((at, *place) for at, place in enumerate(places) if place), None))


def lay_out(html):
    """The pages of an HTML text. It can load our own style and fonts and nothing else, whatever it says."""
    return HTML(string=html, base_url=BASE, url_fetcher=OwnFilesOnly()).render()


def _rows(flow):
    """(block, row) of every row of the flow's tables."""
    return [
        (at, row) for at, block in enumerate(flow.blocks) for row in range(len(block.rows) if isinstance(block, Table) else 0)
    ]


def _parts(flow):
    """(PDF, rows laid out so far, pages) of the flow in order. Each part but the last ends where its last page would begin."""
    rows = _rows(flow)
    start, page, size = (0, 0), 1, ROWS_PER_PART
    while True:
        ahead = [row for row in rows if row >= start]
        stop = ahead[size] if len(ahead) > size * 3 // 2 else None
        pages = lay_out(_html(flow, start, stop, page))
        if stop is None:
            yield pages.write_pdf(), len(rows), pages.pages
            return
        again = _begins_with_row(*pages.pages[-2:]) if len(pages.pages) > 1 else None
        if again is None or again <= start:  # no cut before the last page: take more rows, until it begins with one
            size *= 2
            continue
        yield pages.copy(pages.pages[:-1]).write_pdf(), sum(row < again for row in rows), pages.pages[:-1]
        start, page, size = again, page + len(pages.pages) - 1, ROWS_PER_PART


def _begins_with_row(before, page):
    """(block, row) that a page begins with; None when it begins with something else, or with the rest of a row cut in two."""
    if set(before.anchors) & set(page.anchors):
        return None
    marks = [name[1:].split("r") for name in page.anchors if name.startswith("b")]
    rows = sorted((int(mark[0]), int(mark[1])) for mark in marks if len(mark) == 2)
    return rows[0] if rows and len(rows) == len(marks) and rows[0][0] == rows[-1][0] and rows[0][1] > 0 else None


def _html(flow, start, stop, page):
    starts, ends = start == (0, 0), stop is None
    wide = "landscape" if flow.landscape else "portrait"
    more = "more-landscape" if flow.landscape else "more"
    blocks = [_view(flow.blocks, at, start, stop) for at in range(start[0], len(flow.blocks)) if ends or at <= stop[0]]
    return render_to_string(
        "documents/document.html",
        {
            "doc": flow.doc,
            "annex": flow.annex,
            "label": flow.label,
            "note": _note(flow) if flow.annex else "",
            "page": wide if starts and not flow.annex else more,
            "first_page": page,
            "blocks": blocks,
            "starts": starts,
            "ends": ends,
        },
    )


def _note(flow):
    """The note under an annex; one that is too long for a line is broken before the issuer's name."""
    note = flow.doc.annex_note(flow.annex)
    limit = 105 if flow.landscape else 70
    said, of, issuer = note.rpartition(" của ")
    if len(note) <= limit or len(issuer) > limit:
        return note
    return f"{said}\ncủa {issuer}" if of and len(said) <= limit else "\n".join(balanced(note, limit))


def _view(blocks, at, start, stop):
    """A block as its template wants it; of a table only the rows between start and stop."""
    block = blocks[at]
    if isinstance(block, Signatures):
        return {"template": "documents/signatures.html", "signers": block.signers, "hint": block.hint}
    if isinstance(block, Picture):
        svg = mark_safe(block.svg)  # made by lib.drawing, which escapes every word
        return {"template": "documents/picture.html", "id": f"b{at}", "svg": svg, "words": block.text, "wide": f"{block.wide}%"}
    if not isinstance(block, Table):
        lead = block.lead if isinstance(block, Paragraph) else ""
        look = _look(block) + " with-text" * (is_copy_line(block) and above_signatures(blocks, at))
        return {"template": "documents/text.html", "id": f"b{at}", "lines": _lines(block), "look": look, "lead": lead}
    first = start[1] if at == start[0] else 0
    last = stop[1] if stop and at == stop[0] else len(block.rows)
    aligns = [column.align for column in block.columns]
    rows = [
        {
            "id": f"b{at}r{row}",
            "look": " ".join(("total" * (row in block.total_rows), "keep" * _keeps(block, row))).strip(),
            "cells": list(zip(aligns, map(cell_text, block.rows[row]), strict=True)),
        }
        for row in range(first, last)
    ]
    return {
        "template": "documents/table.html",
        "id": f"b{at}",
        "caption": block.caption if first == 0 else "",
        "size": table_size(block),
        "widths": [f"{100 * width:.3f}%" for width in block.widths],
        "head": block.head_rows,
        "rows": rows,
    }


def _keeps(block, row):
    """True for a row that stays with the one above: no row stands alone under a head or at an end, nor beside its total."""
    last = len(block.rows) - 1
    return row in (1, last) or (row == last - 1 and last > 3 and last in block.total_rows)


def _lines(block):
    return block.lines if isinstance(block, Bullets) else [block.text]


def _look(block):
    if isinstance(block, Heading):
        return f"text heading level-{block.level}"
    if isinstance(block, Bullets):
        return "text"
    words = ["text", block.align if block.align != "justify" else "", "italic" * block.italic, "bold" * block.bold]
    return " ".join(word for word in words if word)


def _signing_place(page):
    """(left, bottom, right, top) in points of the room over the signer's name on the page, or None."""
    if SIGNER not in page.anchors:
        return None
    left, top, right, _ = (side * POINTS for side in page.anchors[SIGNER])
    bottom = page.height * POINTS - top
    return left, bottom, right, bottom + ROOM


def _join(parts, title, place):
    """One PDF of the parts, for the archive, with fixed metadata and the place of the signature."""
    writer = PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part), import_outline=False)
    make_lasting(writer, title, parts)
    mark_place(writer, place)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
