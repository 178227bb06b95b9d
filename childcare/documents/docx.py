"""The DOCX of an administrative document by python-docx: the texts of the PDF in real tables and sections, to edit in Word."""

import io
import zipfile
from datetime import datetime
from functools import cache

import docx
import segno
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from fontTools.ttLib import TTFont

from childcare.documents.docx_tables import table_xml
from childcare.documents.fetcher import FOLDER
from childcare.documents.structure import Bullets, Heading, Picture, Signatures, Table, above_signatures

FACE = "Times New Roman"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
TOP, RIGHT, BOTTOM, LEFT = 20, 20, 20, 30
HEAD_SHARE = 0.445  # of the text's width for the issuer, the rest for the nation, as in document.css
EPOCH = (1980, 1, 1, 0, 0, 0)
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def render_docx(doc):
    """The document as DOCX bytes; equal structures give equal bytes."""
    word = docx.Document()
    _face(word)
    section = word.sections[0]
    _page(section, doc.landscape)
    section.different_first_page_header_footer = True
    _page_number(section)
    _foot(section, doc.foot)
    _head(word, doc, _wide(section))
    _blocks(word, doc.blocks, _wide(section))
    _closing(word, doc, _wide(section))
    for at, annex in enumerate(doc.annexes):
        section = word.add_section(WD_SECTION.NEW_PAGE)
        _page(section, annex.landscape)
        section.different_first_page_header_footer = False
        _page_number(section, restart=True)
        _foot(section, doc.foot)
        _annex_head(word, doc, annex, at)
        _blocks(word, annex.blocks, _wide(section))
    return _bytes(word, doc)


def _face(word):
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(14)
    fonts = normal.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FACE)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.widow_control = True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)


def _page(section, landscape):
    wide, high = (297, 210) if landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Mm(TOP),
        Mm(RIGHT),
        Mm(BOTTOM),
        Mm(LEFT),
    )
    section.header_distance, section.footer_distance = Mm(8), Mm(8)


def _wide(section):
    """Millimetres between the side margins."""
    return round(section.page_width.mm) - LEFT - RIGHT


def _page_number(section, restart=False):
    """The number top centre; not on the first page of the document, and from 1 in an annex."""
    section.header.is_linked_to_previous = False
    field = (
        f'<w:r {nsdecls("w")}><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r {nsdecls("w")}><w:rPr><w:sz w:val="26"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>',
        f'<w:r {nsdecls("w")}><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>',
    )
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Normal"
    paragraph.alignment = ALIGN["center"]
    for run in field:
        paragraph._p.append(parse_xml(run))
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    if restart:
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def _foot(section, text):
    """The small line at the foot of every page, the first too."""
    if not text:
        return
    for foot in (section.footer, section.first_page_footer):
        foot.is_linked_to_previous = False
        run = foot.paragraphs[0].add_run(text)
        foot.paragraphs[0].style, run.font.size = "Normal", Pt(9)


def _text(
    place, text, size=14, bold=False, italic=False, align="left", before=0, first=0, left=0, keep=False, line=None, lead=""
):
    """A paragraph; `first` and `left` are indents in mm, `before` points above; `lead` stands bold before the text."""
    paragraph = place.add_paragraph()
    form = paragraph.paragraph_format
    paragraph.alignment = ALIGN[align]
    form.space_before, form.keep_with_next = Pt(before), keep or None
    form.first_line_indent, form.left_indent = Mm(first) if first else None, Mm(left) if left else None
    form.line_spacing = line
    if lead:
        run = paragraph.add_run(f"{lead} ")
        run.font.size, run.bold = Pt(size), True
    for at, part in enumerate(text.split("\n")):
        run = paragraph.add_run(part)
        run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
        if at:
            run._r.insert(1, OxmlElement("w:br"))
    return paragraph


def _rule(place, length, wide):
    """A line `length` mm long in the middle of a cell or page of `wide` mm: the upper border of a very low paragraph."""
    paragraph = place.add_paragraph()
    side = Mm(max(0, (wide - length) / 2))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before, form.line_spacing = Pt(2), Pt(3)
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        ),
        "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )  # fmt: skip


@cache
def _advances(face):
    with TTFont(FOLDER / "fonts" / f"Tinos-{face}.ttf") as font:
        widths, names = font["hmtx"], font.getBestCmap()
        return {chr(code): widths[name][0] / font["head"].unitsPerEm for code, name in names.items()}


def text_width(text, size, face="Bold"):
    """Millimetres that a line takes in Times (Tinos has its widths)."""
    advances = _advances(face)
    return sum(advances.get(letter, 0.5) for letter in text) * size * 25.4 / 72


def _frame(word, wide, share=HEAD_SHARE):
    """A table without lines of two columns; returns its rows as they are added."""
    return _columns(word, wide, (share, 1 - share))


def _columns(word, wide, shares):
    """A table without lines; `shares` of the width add up to 1. Returns what adds a row."""
    table = word.add_table(rows=0, cols=len(shares))
    table.autofit = False
    borders = f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    table._tblPr.insert_element_before(parse_xml(borders), "w:tblLook")

    def row():
        cells = table.add_row().cells
        table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, part in zip(cells, shares, strict=True):
            cell.width = Mm(wide * part)
            cell._tc.remove(cell.paragraphs[0]._p)
        return cells

    for column, part in zip(table.columns, shares, strict=True):
        column.width = Mm(wide * part)
    return row


def _head_alone(word, doc, wide):
    """The nation alone over the whole width: of an application there is no issuer."""
    _text(word, COUNTRY, 12, bold=True, align="center")
    _text(word, MOTTO, 13, bold=True, align="center")
    _rule(word, text_width(MOTTO, 13), wide)
    _text(word, doc.place_line, 13, italic=True, align="center", before=6)
    _title(word, doc, wide)


def _head(word, doc, wide):
    if doc.nation_alone:
        _head_alone(word, doc, wide)
        return
    row, left_wide, right_wide = _frame(word, wide), wide * HEAD_SHARE, wide * (1 - HEAD_SHARE)
    left, right = row()
    for line in doc.issuer.parent_lines:
        _text(left, line, 12, align="center")
    for line in doc.issuer.name_lines:
        _text(left, line, 12, bold=True, align="center")
    if doc.issuer.name_lines:
        _rule(left, 0.4 * max(text_width(line, 12) for line in doc.issuer.name_lines), left_wide)
    else:
        left.add_paragraph()
    _text(right, COUNTRY, 12, bold=True, align="center")
    _text(right, MOTTO, 13, bold=True, align="center")
    _rule(right, text_width(MOTTO, 13), right_wide)
    left, right = row()
    _text(left, doc.number_line, 13, align="center", before=6)
    _text(right, doc.place_line, 13, italic=True, align="center", before=6)
    if not doc.kind:
        _text(left, "\n".join(doc.about_lines), 12, align="center", before=6)
    if doc.marks:
        left, right = row()
        for mark in doc.marks:
            _mark(left, mark, left_wide)
        right.add_paragraph()
    _title(word, doc, wide)


def _title(word, doc, wide):
    if doc.kind:
        _text(word, doc.kind, bold=True, align="center", before=16)
        _text(word, "\n".join(doc.subject_lines), bold=True, align="center")
        _rule(word, 0.36 * max(text_width(line, 14) for line in doc.subject_lines or ("",)), wide)
    one = len(doc.addressees) == 1
    for at, line in enumerate(doc.addressee_lines):
        _text(word, line, align="center" if one else "left", before=0 if at else 12, left=0 if one else 40 if at else 30)
    for line in doc.base_lines:
        _text(word, line, italic=True, align="justify", before=6, first=10, line=1.1)


def _mark(place, mark, wide):
    """A framed mark such as LƯU HÀNH NỘI BỘ."""
    paragraph = _text(place, mark, 13, bold=True, align="center", before=6)
    side = Mm(max(0, (wide - text_width(mark, 13) - 5) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    sides = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="1" w:color="000000"/>' for edge in ("top", "left", "bottom", "right")
    )
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _annex_head(word, doc, annex, at):
    for mark in annex.marks:
        _mark(word, mark, 240 if annex.landscape else 160)
    _text(word, doc.annex_label(at), bold=True, align="center", keep=True)
    _text(word, annex.title.upper(), bold=True, align="center", keep=True)
    _text(word, doc.annex_note(annex), italic=True, align="center", keep=True)


def _blocks(word, blocks, wide):
    for at, block in enumerate(blocks):
        last = at == len(blocks) - 1 or above_signatures(blocks, at)
        if isinstance(block, Table):
            if block.caption:
                _text(word, block.caption, bold=True, align="center", before=8, keep=True)
            word.element.body.insert_element_before(parse_xml(table_xml(block, wide)), "w:sectPr")
            word.add_paragraph().paragraph_format.line_spacing = Pt(6)
        elif isinstance(block, Signatures):
            _signatures(word, block, wide)
        elif isinstance(block, Picture):
            _text(word, block.text, italic=True, align="center", before=6)
        elif isinstance(block, Heading):
            align = "center" if block.level == 0 else "left"
            _text(
                word,
                block.text,
                bold=block.level < 3,
                align=align,
                before=6,
                first=10 if block.level else 0,
                keep=True,
                line=1.1,
            )
        elif isinstance(block, Bullets):
            for place, line in enumerate(block.lines, 1):
                _text(word, line, align="justify", before=6, first=10, keep=last and place == len(block.lines), line=1.1)
        else:
            first = 0 if block.align in ("center", "right") else 10
            look = {"before": 6, "first": first, "keep": last, "line": 1.1, "lead": block.lead}
            _text(word, block.text, 14, block.bold, block.italic, block.align, **look)


def _signatures(word, block, wide):
    _text(word, "", 6, keep=True)
    row = _columns(word, wide, [1 / len(block.signers)] * len(block.signers))
    for cell, signer in zip(row(), block.signers, strict=True):
        for line in signer.lines:
            _text(cell, line, 12, bold=True, align="center", keep=True)
        if block.hint or not signer.lines:
            _text(cell, block.hint, 12, italic=True, align="center", keep=True)
    for cell, signer in zip(row(), block.signers, strict=True):
        _text(cell, signer.name, 12, bold=True, align="center", before=62)  # 22 mm for the pen
    word.add_paragraph().paragraph_format.line_spacing = Pt(1)


def _closing(word, doc, wide):
    if not (doc.recipient_lines or doc.signer or doc.check_url):
        return
    _text(word, "", 6, keep=True)
    left, right = _frame(word, wide, 0.45)()
    if doc.recipient_lines:
        _text(left, "Nơi nhận:", 12, bold=True, italic=True)
    for line in doc.recipient_lines:
        _text(left, line, 11)
    if doc.check_url:
        _check(left, doc)
    for line in doc.signer.lines if doc.signer else ():
        _text(right, line, bold=True, align="center")
    if doc.signer:
        _text(right, doc.signer.name, bold=True, align="center", before=74)  # 26 mm for the pen and the seal
    for cell in (left, right):
        if not cell.paragraphs:
            cell.add_paragraph()
    word.add_paragraph().paragraph_format.line_spacing = Pt(1)  # Word wants a paragraph after a table


def _check(place, doc):
    """The QR code that leads to the page of checking, with its words."""
    picture = io.BytesIO()
    segno.make(doc.check_url, error="m").save(picture, kind="png", border=0, scale=8)
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(17)
    paragraph.add_run().add_picture(picture, width=Mm(20))
    _text(place, doc.check_words, 9)


def _bytes(word, doc):
    """The package with fixed properties and times."""
    about = word.core_properties
    about.title, about.author, about.comments, about.language = doc.file_title, "", "", "vi-VN"
    about.created = about.modified = datetime(2000, 1, 1)
    about.revision = 1
    made, fixed = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in package.namelist():
            out.writestr(zipfile.ZipInfo(name, EPOCH), package.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
