"""The process that reads a workbook: it bounds itself, reads one file from its input and answers with JSON."""

import gc
import json
import resource
import sys
from datetime import date, datetime

from childcare.lib.refusal import Refusal
from childcare.lib.workbooks import limits, ods, xls, xlsx

MEMORY, CPU_SECONDS = 700 * 1024 * 1024, 60  # address space; the resident part stays far below
MAX_TEXT = 40_000_000  # letters in all cells together
READERS = {"xlsx": xlsx.read, "ods": ods.read, "xls": xls.read}


def main(kind):
    """Read the workbook on the standard input and write its sheets, or the sentence of a refusal, to the output."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # it lives for one file
    data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
    sys.stdout.write(_answer(kind, data))


def _answer(kind, data):
    try:
        sheets = READERS[kind](data)
        check(sheets)
        return json.dumps({"sheets": [_told(sheet) for sheet in sheets]}, default=_plain)
    except Refusal as refusal:
        return json.dumps({"refused": str(refusal)})
    except MemoryError:
        return json.dumps({"refused": limits.TOO_HARD})
    except BaseException:  # a panic of the reader is no Exception
        return json.dumps({"refused": limits.NOT_A_WORKBOOK})


def check(sheets):
    """Refuse more rows, cells or letters than are read further."""
    if len(sheets) > limits.MAX_SHEETS:
        raise Refusal(limits.TOO_MANY_SHEETS)
    if sum(len(sheet.rows) for sheet in sheets) > limits.MAX_ROWS:
        raise Refusal(limits.TOO_LONG)
    cells = letters = 0
    for sheet in sheets:
        for number, row in sheet.rows:
            texts = [len(cell) for cell in row if isinstance(cell, str)]
            cells, letters = cells + len(row), letters + sum(texts)
            if max(texts, default=0) > limits.MAX_CELL:
                raise Refusal(limits.TOO_LONG_CELL.format(sheet.name, number))
    if cells > limits.MAX_CELLS * 4 or letters > MAX_TEXT:
        raise Refusal(limits.TOO_MANY_CELLS)


def _told(sheet):
    told = dict(sheet.__dict__)
    told["fonts"] = [(row, index, font, before) for (row, index), (font, before) in sheet.fonts.items()]
    told["colours"] = list(sheet.colours.items())
    return told


def _plain(value):
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else str(value)
