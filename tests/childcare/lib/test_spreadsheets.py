import io
from datetime import date

import pytest

from childcare.lib import spreadsheets


@pytest.mark.parametrize(
    "payload",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "＝1+1",
        "＋1+x",
        "－1-x",
        "＠x",
        "  =1",
        "\u200b=1",
    ],
)
def test_no_text_becomes_a_formula(payload):
    assert spreadsheets.safe_cell(payload).startswith("'")


@pytest.mark.parametrize("value", ["+84 912 345 678", "-5", "Nguyễn Văn An", "", 5, 2.5, None, True, date(2016, 5, 12)])
def test_harmless_values_stay_readable(value):
    assert spreadsheets.safe_cell(value) == value


def test_a_written_row_reads_back_as_text():
    buffer = io.BytesIO()
    book = spreadsheets.new_workbook(buffer)
    spreadsheets.write_row(book.add_worksheet("S"), 0, ["=1+1", "038216001234", None, 5, "http://a.vn"])
    book.close()
    [sheet] = spreadsheets.open_workbook(buffer.getvalue(), "a.xlsx")
    assert sheet.rows == [(1, ["'=1+1", "038216001234", "", 5.0, "http://a.vn"])]
