"""A table of the structure as WordprocessingML: head repeated on every page, rows never cut, widths fixed."""

from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from childcare.documents.structure import cell_text, table_size

TWIPS = 1440 / 25.4  # per millimetre
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_xml(table, wide):
    """The `w:tbl` of the table, `wide` mm wide."""
    widths = [round(share * wide * TWIPS) for share in table.widths]
    size = table_size(table) * 2
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in EDGES)
    margins = '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join((*_head(table, widths, size), *_rows(table, widths, size)))
    return f"<w:tbl {nsdecls('w')}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _head(table, widths, size):
    """Rows of the head; a cell that is several rows high goes on below as an empty continued one."""
    rows = [[] for _ in table.head_rows]
    for top, left, cell in table.head_grid():
        width = sum(widths[left : left + cell.across])
        for down in range(cell.down):
            merge = "" if cell.down == 1 else '<w:vMerge w:val="restart"/>' if down == 0 else "<w:vMerge/>"
            rows[top + down].append(
                (left, _cell(cell.text if down == 0 else "", width, size, "center", True, cell.across, merge))
            )
    for row in rows:
        cells = "".join(xml for _, xml in sorted(row))
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _rows(table, widths, size):
    for at, row in enumerate(table.rows):
        bold = at in table.total_rows
        cells = (
            _cell(cell_text(value), width, size, column.align, bold)
            for value, width, column in zip(row, widths, table.columns, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(text, width, size, align, bold, across=1, merge=""):
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{align}"/></w:pPr>'
        f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r></w:p></w:tc>"
    )
