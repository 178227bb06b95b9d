"""Every figure that can be told in a few lines of SQL is the same when it is counted so, whatever happened to the children."""

from datetime import date

import pytest

from reports import measures, standing
from reports.measures.catalogue import MEASURED
from reports.measures.figures import Table
from tests.reports.histories import History
from tests.reports.plain_recount import RECOUNT, recount

WINDOW = measures.Window(date(2023, 11, 1), date(2024, 4, 30))


@pytest.mark.parametrize("seed", range(11, 15))
def test_figures_are_those_of_plain_sql_after_random_histories(db, quan, seed):
    history = History(seed, quan)
    for number in range(60):
        history.step()
        if number == 45 and seed % 2:
            history.merge()
        if number % 20 == 19:
            compare(history)


def compare(history):
    """Every indicator of the district and of each ward."""
    whole, told = measures.count([history.district], WINDOW), 0
    for unit in (history.district, *history.wards):
        table, alone = whole, measures.count([unit], WINDOW)
        for code in RECOUNT:
            have = table.cells.value(MEASURED[code].numerator, unit.pk)
            assert have == alone.cells.value(MEASURED[code].numerator, unit.pk), (code, unit.name, "counted alone")
            assert have == recount(code, unit, WINDOW), (code, unit.name)
            figure = table.figure(code, unit)
            assert figure.missing or figure.numerator == have
            told += not figure.missing and have > 0
    one_by_one = Table([history.district], WINDOW, standing.BY, keep=True)
    cells = measures.count([history.district], WINDOW, by=standing.BY).cells
    for count, breakdown in {*cells.sums, *cells.rows}:
        for unit in (history.district, *history.wards):
            have = cells.value(count, unit.pk, breakdown)
            assert have == one_by_one.cells.value(count, unit.pk, breakdown), (count, breakdown, unit.name)
    assert len(RECOUNT) >= 15 and told > 8  # the histories do say something
