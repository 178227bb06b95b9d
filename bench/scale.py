"""Search, list, count and live figures of a province of two million children (bench/province.py), as ratios.

Both sides in turn (A B A B …) in one run, medians, or the 95th percentile where a tail is what is asked about.
PostgreSQL in DATABASE_URL, in a database of its own. CHILDREN=2000000 ROUNDS=9 by default.
"""

import os
import random
import statistics
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("TRAINING_TODAY", "2024-05-02")
os.environ.setdefault("CHILDREN", "2000000")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import ours, theirs, timed  # noqa: E402, I001  (it sets Django up)
from province import CODE, DAY, FAMILY, GIVEN, MIDDLE, made  # noqa: E402

from django.db import connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402

from childcare.accounts.models import Appointment, Officer  # noqa: E402
from childcare.accounts.roles import GRANTS, Permission, Role  # noqa: E402
from childcare.children import listing, search  # noqa: E402
from childcare.children.forms.filters import ChildFilter  # noqa: E402
from childcare.children.models import Child  # noqa: E402
from childcare.lib.vietnamese import fold  # noqa: E402
from childcare.units.models import Unit  # noqa: E402

ROUNDS, QUERIES = int(os.environ.get("ROUNDS", 9)), int(os.environ.get("QUERIES", 60))


def officer(name, unit, role):
    person = Officer.objects.create(username=name, full_name="Người đo", password="!")
    Appointment.objects.create(officer=person, unit=unit, role=role, started_on=date(2024, 1, 1))
    return person


def in_turn(*sides, rounds=ROUNDS):
    """Median seconds of each side, run in turn."""
    times = [[] for _ in sides]
    for side in sides:
        side()
    for _ in range(rounds):
        for place, side in enumerate(sides):
            times[place].append(timed(side)[0])
    return [statistics.median(side) for side in times]


def told(words, a, b, goal, unit="ms"):
    print(f"{words:<74}{a * 1000:>9.1f} {unit}{b * 1000:>10.1f} {unit}{a / b:>9.3f}   (goal {goal})")


def children(person, unit=None):
    return listing.filtered(officer=person, on=DAY, unit=unit)


def page(person, unit=None, **how):
    return listing.page(children(person, unit), officer=person, on=DAY, **how)


def as_asked(person, query=""):
    """The page as the view makes it from the address."""
    asked = QueryDict(query)
    return ChildFilter(asked, officer=person).page(after=asked.get("after"), before=None)


def lists(top, of_top, commune, of_commune):
    """First pages, a page a hundred thousand rows further on, the count."""
    for sort in ("name", "birth", "change"):
        first = page(of_top, sort=sort)
        deep = deep_mark(of_top, sort)
        a, b = in_turn(lambda s=sort, m=deep: page(of_top, sort=s, after=m), lambda s=sort: page(of_top, sort=s))
        told(f"province, page after {min(1_000_000, Child.objects.count() // 2):,} rows / first page, by {sort}", a, b, 1.5)
        assert first.rows and first.number == listing.CAP + 1
    hamlet = Unit.objects.filter(parent=commune, kind="hamlet").first()
    one = f"unit={hamlet.public_id}"
    a, b = in_turn(lambda: as_asked(of_commune), lambda: as_asked(of_commune, one))
    told("commune / one of its nine hamlets (9 times the rows), first page", a, b, 1.2)
    mark = as_asked(of_commune).after
    for _ in range(40):
        mark = as_asked(of_commune, f"after={mark}").after
    a, b = in_turn(lambda: as_asked(of_commune, f"after={mark}"), lambda: as_asked(of_commune))
    told("commune, page after 2,000 rows / first page, by name", a, b, 1.5)
    a, b = in_turn(lambda: as_asked(of_top), lambda: as_asked(of_commune))
    told("province / commune (160 times the rows), first page", a, b, 1.2)
    counted = listing.Counted(children(of_top).order_by().values("pk")[: listing.CAP + 1])
    a, b = in_turn(
        lambda: list(Unit.objects.filter(pk=top.pk).annotate(number=counted).values_list("number", flat=True)),
        lambda: children(of_top).count(), rounds=5,
    )  # fmt: skip
    told("count beside a list / exact count", a, b, 0.01)


def deep_mark(person, sort):
    """The public id of the row in the middle of the province's list."""
    middle = listing.ordered(children(person), sort)
    return middle.values_list("public_id", flat=True)[min(1_000_000, Child.objects.count() // 2)]


def queries():
    """What officers type: one to three words, often only begun, some of the rarest and most frequent."""
    dice = random.Random(11)
    for _ in range(QUERIES):
        words = dice.sample([dice.choice(FAMILY), dice.choice(MIDDLE), dice.choice(GIVEN)], dice.choice((1, 2, 2, 3, 3)))
        yield " ".join(fold(word)[: dice.choice((2, 3, 9, 9))] for word in words)


WAYS = ("bitmapscan", "indexscan", "indexonlyscan")


def like(text, path):
    """The same words by LIKE, without any index on the names."""
    wanted = " AND ".join("(c.folded_name LIKE %s OR c.folded_name LIKE %s)" for _ in text.split())
    values = [part for word in text.split() for part in (f"{word}%", f"% {word}%")]
    with connection.cursor() as cursor:
        for way in WAYS:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(
            f"SELECT c.id FROM children_child c JOIN units_unit u ON u.id = c.unit_id WHERE u.path LIKE %s AND {wanted} "
            "ORDER BY c.name_key, c.id LIMIT 11",
            [f"{path}%", *values],
        )
        found = cursor.fetchall()
        for way in WAYS:
            cursor.execute(f"SET LOCAL enable_{way} = on")
    return found


def searches(top, of_top, of_commune):
    a, b, c = [], [], []
    for text in queries():
        a.append(timed(lambda t=text: search.find(t, officer=of_top))[0])
        b.append(timed(lambda t=text: like(t, top.path))[0])
        c.append(timed(lambda t=text: search.find(t, officer=of_commune))[0])
    a, b, c = (statistics.quantiles(side, n=20)[-1] for side in (a, b, c))
    told("name search in the province, p95 / LIKE without index, p95", a, b, "1/8 = 0.125")
    told("name search in a commune, p95 / LIKE over the province, p95", c, b, "-")
    number, phone = "4321", "345678"
    a, b = in_turn(lambda: search.find(number, officer=of_top), lambda: like("nguyen", top.path), rounds=5)
    told("last four digits of a number in the province / one LIKE", a, b, "-")
    a, b = in_turn(lambda: search.find(phone, officer=of_top), lambda: like("nguyen", top.path), rounds=5)
    told("end of a telephone in the province / one LIKE", a, b, "-")


def figures(top):
    units = [top, *Unit.objects.filter(parent=top, kind="commune")]
    a, b = in_turn(lambda: ours(top, units), lambda: theirs(top), rounds=int(os.environ.get("FIGURES", 3)))
    told(f"live figures of the province, {len(units)} units / one SQL", a, b, 1.3)


def main():
    top = made()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rights = {**GRANTS, Role.PROVINCE: GRANTS[Role.PROVINCE] | {Permission.CHILD_VIEW}}
    with patch.dict(GRANTS, rights), transaction.atomic():
        commune = Unit.objects.get(code=f"{CODE}080")
        of_top, of_commune = officer("bench.top", top, Role.PROVINCE), officer("bench.commune", commune, Role.COMMUNE)
        print(f"{Child.objects.count():,} children; ours, theirs, ratio of medians; {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
        lists(top, of_top, commune, of_commune)
        searches(top, of_top, of_commune)
        figures(top)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
