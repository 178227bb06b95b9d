"""Workbooks: those from outside are opened within limits, and cells going out cannot become formulas."""

import re

import xlsxwriter

from childcare.lib.workbooks.limits import MAX_CELL, check_packing
from childcare.lib.workbooks.opening import open_workbook
from childcare.lib.workbooks.sheet import Sheet

__all__ = ["Sheet", "check_packing", "new_workbook", "open_workbook", "safe_cell", "safe_text", "write_row"]

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
NUMBER_LIKE = re.compile(r"[+-]?[\d .,]+")  # +84 912 345 678 and -5 stay readable
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def safe_text(text):
    """A text that no spreadsheet program takes for a formula (IO-03, CWE-1236): an apostrophe before a dangerous beginning."""
    text = CONTROL.sub("", str(text))
    bare = text.lstrip(" \u00a0\u200b\ufeff")
    if bare.startswith(DANGEROUS) and not NUMBER_LIKE.fullmatch(bare):
        return "'" + text.lstrip("\t\r\n")
    return text


def safe_cell(value):
    """A value for a cell of a CSV or XLSX file: numbers, dates and truth values as they are, all else safe text."""
    if value is None or isinstance(value, (bool, int, float)) or hasattr(value, "isoformat"):
        return value
    return safe_text(value)


def write_row(worksheet, row, values, form=None):
    """Write a row with XlsxWriter, texts always as strings: neither formulas nor links arise from them. Row from 0."""
    for column, value in enumerate(values):
        value = safe_cell(value)
        if isinstance(value, str):
            worksheet.write_string(row, column, value[:MAX_CELL], form)
        elif value is not None:
            worksheet.write(row, column, value, form)


def new_workbook(target, **more):
    """An XlsxWriter workbook into a buffer or file that makes nothing of texts but texts; `more` are options of the writer."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    return xlsxwriter.Workbook(target, {**options, **more})
