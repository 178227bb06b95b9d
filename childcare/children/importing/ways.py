"""The two kinds of workbook that are taken in: a list of children, and our own list to be checked that came back."""

from childcare.children.importing import differing, files, guesses, offers, writing
from childcare.children.importing.reading import Reading, read_sheets
from childcare.children.importing.registry import place_of
from childcare.children.importing.words import ANSWER_REASONS, REASONS
from childcare.children.models import ImportBatch
from childcare.children.returning import writing as returned
from childcare.children.returning.layout import is_returned
from childcare.children.returning.reading import Answers, read_answers

WRONG = "Lỗi"


def read(sheets, *, name, unit, on, progress=None, left_out=()):
    """The reading of a workbook, of whichever kind it is. Raises Refusal when it is neither."""
    if not is_returned(sheets):
        return read_sheets(sheets, name, place_of(unit, on, progress, left_out))
    return returned.decided(read_answers(sheets, name, on), unit)


def counts(reading, *, unit, by):
    """What writing the reading now would do, without doing it. A list is offered the cells that differ from the registry."""
    if isinstance(reading, Answers):
        return returned.counts_of(reading)
    found, registry = writing.preview(reading=reading, rows=reading.rows, unit=unit, by=by)
    reading.offers += [*guesses.offered(found), *differing.alike(found, registry), *differing.offered(found)]
    reading.warnings += differing.told(found)
    return found.counts()


def errors(sheets, reading):
    """The workbook of the rows that stayed out, or None."""
    if isinstance(reading, Answers):
        words = REASONS | ANSWER_REASONS
        return files.errors_workbook(sheets, reading, mending=WRONG, reasons=words)
    return files.errors_workbook(sheets, reading)


def write(reading, *, accepted, unit, by, batch, trace):
    """(the reading as it was written, counts): all of it, within the transaction of the caller."""
    if isinstance(reading, Answers):
        return returned.write(answers=reading, accepted=accepted, unit=unit, by=by, subject=batch, trace=trace)
    rows = offers.apply(reading, accepted)
    return reading, writing.write(reading=reading, rows=rows, unit=unit, by=by, subject=batch, trace=trace)


def kind_of(reading):
    """The kind of a batch by its reading."""
    return ImportBatch.Kind.ANSWERS if isinstance(reading, Answers) else ImportBatch.Kind.LIST


def from_json(data):
    """The reading that was kept."""
    return (Answers if data.get("kind") == "answers" else Reading).from_json(data)
