"""Opening a workbook: the limits here, the reading in a process of its own with no secrets, little memory, little time."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

from childcare.lib.refusal import Refusal
from childcare.lib.workbooks import limits
from childcare.lib.workbooks.sheet import Sheet

DEADLINE = 120  # seconds
ROOT = Path(__file__).resolve().parents[2]
# The package without its __init__, which would start the whole application: the reader needs three modules of it.
START = (
    "import sys, types; package = types.ModuleType('childcare'); package.__path__ = [sys.argv[1]]; "
    "sys.modules['childcare'] = package; from childcare.lib.workbooks import reader; reader.main(sys.argv[2])"
)


def open_workbook(data, name):
    """The worksheets of a workbook in bytes, cells as Python values. Raises Refusal with a sentence for the officer.

    The reader runs without our environment; when it needs more memory or time than it has, the file is refused.
    """
    limits.check_packing(data, name)
    command = [sys.executable, "-I", "-c", START, str(ROOT), limits.kind_of(name)]
    try:
        found = subprocess.run(command, input=data, capture_output=True, timeout=DEADLINE, env={"LC_ALL": "C.UTF-8"})
    except subprocess.TimeoutExpired:
        raise Refusal(limits.TOO_HARD)
    if found.returncode:  # killed by a limit
        raise Refusal(limits.TOO_HARD)
    answer = json.loads(found.stdout, object_hook=_value)
    if "refused" in answer:
        raise Refusal(answer["refused"])
    return [_sheet(told) for told in answer["sheets"]]


def _value(found):
    """Days and moments, which JSON does not have."""
    if "day" in found:
        return date.fromisoformat(found["day"])
    return datetime.fromisoformat(found["moment"]) if "moment" in found else found


def _sheet(told):
    sheet = Sheet(**told)
    sheet.rows = [tuple(row) for row in sheet.rows]
    sheet.merged = [(tuple(first), tuple(last)) for first, last in sheet.merged]
    sheet.fonts = {(row, index): (font, before) for row, index, font, before in sheet.fonts}
    sheet.colours = dict(sheet.colours)
    return sheet
