"""What was converted from the fonts of before Unicode: shown per file, name by name, before and after."""

from childcare.children.importing.header import letter
from childcare.lib.legacy_fonts import encoding_of


def conversions(sheets, headers, found):
    """Fonts, headings and names of a file that were converted, and the rows whose names were not; None when none was.

    `headers`: name of a sheet with children → its Header; `found`: its ReadChild rows.
    """
    fonts = {font for sheet in sheets if sheet.name in headers for font, _ in sheet.fonts.values()}
    if not fonts:
        return None
    names = [one.conversion for one in found if one.conversion]
    return {
        "encoding": ", ".join(sorted({encoding_of(font) for font in fonts})),
        "fonts": sorted(fonts),
        "header_examples": [example for sheet in sheets if sheet.name in headers for example in _headings(sheet, headers)],
        "names_converted": len(names),
        "not_converted_rows": [one.row for one in found if not one.conversion and one.fields["full_name"]],
        "full_name": names,
    }


def _headings(sheet, headers):
    """Each heading that was converted."""
    for number, cells in sheet.rows:
        if number in headers[sheet.name].rows:
            for index, cell in enumerate(cells):
                before = sheet.fonts.get((number, index), ("", cell))[1]
                if before != cell:
                    yield {"cell": f"{letter(index)}{number}", "from": before, "to": cell}
