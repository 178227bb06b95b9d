"""PDF, DOCX and JSON say the same, paragraph by paragraph."""

import io

import docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from childcare.documents.docx import COUNTRY, MOTTO, render_docx
from childcare.documents.pdf import render_pdf
from childcare.documents.plain import texts
from tests.childcare.documents import samples
from tests.childcare.documents.looking import pages

SIGNS = str.maketrans("", "", "☐☑✓")
ONE_PAGE_TABLES = ["one_page", "letter"]


def docx_texts(data):
    """Every paragraph of the body in order, the lines of one joined; a merged cell once."""
    found = []

    def walk(container):
        for item in container.iter_inner_content():
            if isinstance(item, Paragraph):
                found.append(" ".join(item.text.split()))
            elif isinstance(item, Table):
                for row in item._tbl.tr_lst:
                    for cell in row.tc_lst:
                        walk(docx.table._Cell(cell, item))

    walk(docx.Document(io.BytesIO(data)))
    return [text for text in found if text and text not in (COUNTRY, MOTTO)]


def squeezed(found):
    return ["".join(text.split()) for text in found]


@pytest.mark.parametrize("name", samples.ALL)
def test_the_docx_says_what_the_json_says(name):
    doc = getattr(samples, name)()
    assert squeezed(docx_texts(render_docx(doc))) == squeezed(texts(doc))


@pytest.mark.parametrize("name", samples.ALL)
def test_the_pdf_says_what_the_json_says(name):
    """Every text stands in the PDF in the order of the JSON; what comes between is a table's repeated head or the nation's name."""
    doc = getattr(samples, name)()
    written = "".join(page.written for page in pages(render_pdf(doc)))
    heads = {"".join(cell.text.split()) for block in _tables(doc) for row in block.head_rows for cell in row}
    at, rest = 0, ""
    for text in squeezed(texts(doc)):
        text = text.translate(SIGNS)
        where = written.find(text, at)
        assert where >= 0, f"{text!r} is missing or out of order"
        rest += written[at:where]
        at = where + len(text)
    rest += written[at:]
    for words in ["".join(COUNTRY.split()), "".join(MOTTO.split()), *sorted(heads, key=len, reverse=True)]:
        rest = rest.replace(words, "")
    assert rest == ""


def _tables(doc):
    blocks = [*doc.blocks, *(block for annex in doc.annexes for block in annex.blocks)]
    return [block for block in blocks if hasattr(block, "head_rows")]
