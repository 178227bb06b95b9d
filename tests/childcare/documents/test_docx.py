"""The DOCX opens in Word as paper of NĐ 30: margins, face, repeated heads, rows that are never cut, numbering of pages."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from childcare.documents.docx import render_docx, text_width
from childcare.documents.pdf import render_pdf
from childcare.documents.structure import Column, HeadCell, Paragraph, Table
from tests.childcare.documents import samples
from tests.childcare.documents.looking import pages

ORDER_OF_TBLPR = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
ORDER_OF_PPR = ["pStyle", "keepNext", "widowControl", "pBdr", "spacing", "ind", "jc", "rPr", "sectPr"]


@pytest.fixture(scope="module")
def word():
    return docx.Document(io.BytesIO(render_docx(samples.report())))


def data_tables(word):
    return [table for table in word.tables if table._tbl.findall(".//" + qn("w:tblHeader"))]


def test_the_page_is_a4_with_the_margins_of_the_decree(word):
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [
        round(side.mm) for side in (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    ] == [20, 20, 20, 30]


def test_the_face_is_times_new_roman_everywhere(word):
    fonts = word.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert not word.element.body.findall(".//" + qn("w:rFonts"))


def test_sizes_and_weights_are_those_of_the_decree(word):
    runs = {
        run.text: run
        for table in word.tables
        for row in table.rows
        for cell in row.cells
        for p in cell.paragraphs
        for run in p.runs
    }
    nation, motto, number = (
        runs[text] for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 127/BC-UBND")
    )
    assert (nation.font.size.pt, motto.font.size.pt, number.font.size.pt) == (12, 13, 13)
    assert nation.bold and motto.bold and not number.bold
    assert runs["Kiến An, ngày 05 tháng 01 năm 2024"].italic
    copies = runs["Nơi nhận:"]
    assert copies.font.size.pt == 12 and copies.bold and copies.italic
    assert runs["- Lưu: VT, LĐTBXH."].font.size.pt == 11


def test_the_rule_under_the_motto_is_as_long_as_its_text():
    """By the widths of the face: the same as WeasyPrint lays it out."""
    printed = pages(render_pdf(samples.one_page()))[0].find("Độc lập - Tự do - Hạnh phúc")
    assert text_width("Độc lập - Tự do - Hạnh phúc", 13) == pytest.approx(printed.length, abs=0.5)


def test_no_page_number_on_the_first_page_and_annexes_begin_with_one(word):
    first, *annexes = word.sections
    assert first.different_first_page_header_footer and not first.first_page_header.paragraphs[0].text
    assert " PAGE " in first.header._element.xml
    assert len(annexes) == 2
    for section in annexes:
        assert not section.different_first_page_header_footer and not section.header.is_linked_to_previous
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_a_wide_annex_lies_and_a_narrow_one_stands(word):
    assert [round(section.page_width.mm) for section in word.sections] == [210, 297, 210]


def test_heads_are_repeated_and_rows_are_not_cut(word):
    tables = data_tables(word)
    assert [len(table._tbl.findall(".//" + qn("w:tblHeader"))) for table in tables] == [1, 3, 3]
    for table in tables:
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_a_head_of_two_rows_is_merged():
    table = Table(
        [Column("")] * 3, [[1, 2, 3]], head_rows=[[HeadCell("TT", down=2), HeadCell("Trong đó", across=2)], ["Nam", "Nữ"]]
    )
    made = data_tables(docx.Document(io.BytesIO(render_docx(replace(samples.one_page(), blocks=[table])))))[0]
    assert [cell.text for cell in made.rows[0].cells] == ["TT", "Trong đó", "Trong đó"]
    assert [cell.text for cell in made.rows[1].cells] == ["TT", "Nam", "Nữ"]


def test_the_signature_is_kept_with_the_last_text(word):
    last = next(p for p in word.paragraphs if p.text.endswith("./."))
    assert last.paragraph_format.keep_with_next


def test_headings_are_kept_with_their_text(word):
    assert all(p.paragraph_format.keep_with_next for p in word.paragraphs if p.text.startswith(("I. ", "II. ", "1. ", "a) ")))


def test_properties_lie_in_the_order_of_the_schema(word):
    """Word calls a file broken whose elements come in another order."""
    for tag, order in (("w:tblPr", ORDER_OF_TBLPR), ("w:pPr", ORDER_OF_PPR)):
        for found in word.element.body.iter(qn(tag)):
            names = [child.tag.split("}")[1] for child in found]
            assert names == sorted(names, key=order.index), names


def test_every_cell_ends_with_a_paragraph_and_the_body_with_one_before_its_section(word):
    assert all(cell[-1].tag == qn("w:p") for cell in word.element.body.iter(qn("w:tc")))
    for name in samples.ALL:
        body = docx.Document(io.BytesIO(render_docx(getattr(samples, name)()))).element.body
        assert [child.tag for child in body][-2:] == [qn("w:p"), qn("w:sectPr")]


def test_the_properties_name_no_child_and_equal_structures_give_equal_bytes(word):
    about = word.core_properties
    assert about.title == "Báo cáo 127/BC-UBND" and about.author == "" and about.created.year == 2000
    assert render_docx(samples.report()) == render_docx(samples.report())


def test_text_of_officers_is_never_markup():
    doc = replace(samples.one_page(), blocks=[Paragraph("<w:p/> & ]]>"), Table([Column("<a>")], [["</w:tbl> & \"'"]])])
    word = docx.Document(io.BytesIO(render_docx(doc)))
    assert any(p.text == "<w:p/> & ]]>" for p in word.paragraphs)
    assert data_tables(word)[0].rows[1].cells[0].text == "</w:tbl> & \"'"
