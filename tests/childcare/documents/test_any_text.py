"""Whatever officers type or paste, every renderer prints it and none falls over (IO-11)."""

import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from childcare.documents.docx import render_docx
from childcare.documents.pdf import render_pdf
from childcare.documents.plain import texts
from childcare.documents.structure import Annex, Bullets, Column, Heading, Paragraph, Table, paragraphs
from childcare.documents.xlsx import render_xlsx
from tests.childcare.documents import samples
from tests.childcare.documents.looking import pages
from tests.childcare.documents.test_same_text import docx_texts, squeezed

HOSTILE = "\ufffe\uffff\ufdd0\x00\x0b\x85\ud800\U0001fffe\u2028\u202e<&>]]>'\"\\{{%💥漢①\u0301\u0323"
TEXT = st.text(st.one_of(st.characters(), st.sampled_from(HOSTILE)), max_size=40)
CELL = st.one_of(TEXT, st.none(), st.integers(-(10**12), 10**12), st.decimals(-(10**9), 10**9, places=3))


@st.composite
def documents(draw):
    width = draw(st.integers(1, 4))
    table = Table([Column(draw(TEXT), align=draw(st.sampled_from(["left", "right", "center"]))) for _ in range(width)], draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=4)), caption=draw(TEXT))  # fmt: skip
    blocks = [
        Heading(draw(TEXT), draw(st.integers(0, 3))),
        *paragraphs(draw(TEXT)),
        Bullets(draw(st.lists(TEXT, max_size=3))),
        Paragraph(draw(TEXT)),
        table,
    ]
    return replace(
        samples.one_page(), subject=draw(TEXT), place=draw(TEXT), notation=draw(TEXT), addressees=draw(st.lists(TEXT, max_size=3)), bases=draw(st.lists(TEXT, max_size=2)),
        recipients=draw(st.lists(TEXT, max_size=3)), marks=draw(st.lists(TEXT, max_size=1)), blocks=blocks, annexes=[Annex(draw(TEXT), draw(TEXT), [table])],
    )  # fmt: skip


@given(documents())
@settings(max_examples=60, deadline=None)
def test_docx_says_what_json_says_and_xlsx_opens(doc):
    assert squeezed(docx_texts(render_docx(doc))) == [text for text in squeezed(texts(doc)) if text]
    openpyxl.load_workbook(io.BytesIO(render_xlsx(doc)))
    docx.Document(io.BytesIO(render_docx(doc)))


@given(documents())
@settings(max_examples=12, deadline=None)
def test_pdf_is_made_of_our_face_alone(doc):
    for page in pages(render_pdf(doc)):
        assert {char["fontname"].split("+")[1].split("-")[0] for char in page.chars} <= {"Tinos"}


@pytest.mark.parametrize("letter", HOSTILE)
def test_one_by_one(letter):
    doc = replace(samples.one_page(), blocks=[Paragraph(f"a{letter}b"), Table([Column(f"c{letter}")], [[f"d{letter}e"]])])
    assert squeezed(docx_texts(render_docx(doc))) == squeezed(texts(doc))
    assert render_pdf(doc).startswith(b"%PDF")
    assert openpyxl.load_workbook(io.BytesIO(render_xlsx(doc)))
