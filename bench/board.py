"""The board of a province (bench/province.py) from kept counts, as ratios: reading, counting again, the cost of marks.

Both sides in turn (A B A B …) in one run, medians. PostgreSQL in DATABASE_URL, in a database of its own.
CHILDREN=2000000 ROUNDS=5 by default.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("ROUNDS", "5")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from scale import in_turn, officer, told  # noqa: E402, I001  (it sets Django up)
from figures import theirs  # noqa: E402
from province import CODE, DAY, made  # noqa: E402

from django.db import connection, transaction  # noqa: E402

from childcare.accounts.roles import Role  # noqa: E402
from childcare.children.models import Child, Support, SupportKind  # noqa: E402
from childcare.units.models import Unit  # noqa: E402
from reports import marks, measures, standing  # noqa: E402
from reports.measures.kept_table import pack  # noqa: E402
from reports.models import KeptCount  # noqa: E402
from reports.summary import groups  # noqa: E402
from reports.summary.board import Board  # noqa: E402

ROWS = 10_000


def shown(top, person):
    """What the board of the province shows, 160 communes on it, made anew."""
    board = Board(top, person, DAY)
    return board.figures, groups.everybody(board.figures.table, top), board.groups, board.tiles


def reading(top, person):
    """The board from the kept count, and one that had to be counted, against one SQL over all children."""
    window = Board(top, person, DAY).window
    standing.refresh(top, window, (), DAY)
    kept, live = standing.counted([top], window).table, measures.count([top], window, by=standing.BY)
    units = [top, *Unit.objects.filter(parent=top, kind="commune")]
    wrong = [code for code in measures.MEASURED for unit in units if kept.figure(code, unit) != live.figure(code, unit)]
    print(f"kept and live figures of {len(units)} units: {'different: ' + ', '.join(wrong) if wrong else 'the same'}")
    print(f"kept: {len(bytes(KeptCount.objects.get(unit=top, cutoff=window.cutoff).cells)) / 1e6:.2f} MB")
    with patch.object(standing, "QUICK", 0):
        a, b = in_turn(lambda: shown(top, person), lambda: theirs(top))
        told("board of the province from kept counts / one SQL", a, b, 0.01)
        a, b = in_turn(lambda: standing.counted([top], window), lambda: theirs(top))
        told("the kept count alone, unpacked / one SQL", a, b, 0.01)


def again(top):
    """Counting one commune again, and the whole province as the job does it."""
    commune, window = Unit.objects.get(code=f"{CODE}080"), standing.windows.running(top, DAY)
    a, b = in_turn(lambda: pack(measures.count([commune], window, by=standing.BY)), lambda: theirs(top))
    told("one commune counted again / one SQL over the province", a, b, 0.05)
    a, b = in_turn(lambda: pack(measures.count([top], window, by=standing.BY)), lambda: theirs(top), rounds=3)
    told("the province counted again in the background / one SQL", a, b, "-")


def inserting(with_marks):
    kind, children = SupportKind.objects.order_by("pk").first(), Child.objects.order_by("pk")[:ROWS]
    table = Support._meta.db_table
    rows = [Support(child_id=child.pk, unit_id=child.unit_id, kind=kind, started_on=DAY) for child in children]

    def insert():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER TABLE "{table}" {"ENABLE" if with_marks else "DISABLE"} TRIGGER {marks.NAME}')
            Support.objects.bulk_create(rows, 5000)
            transaction.set_rollback(True)
        for row in rows:
            row.pk = None

    return insert


def main():
    top = made()
    marks.put_up()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with transaction.atomic():
        person = officer("bench.board", top, Role.PROVINCE)
        print(f"{Child.objects.count():,} children; ours, theirs, ratio of medians; {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
        reading(top, person)
        again(top)
        transaction.set_rollback(True)
    a, b = in_turn(inserting(True), inserting(False))
    told(f"{ROWS:,} rows inserted with marks / without", a, b, 1.05)


if __name__ == "__main__":
    main()
