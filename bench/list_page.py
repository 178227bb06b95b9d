"""The list of children against a bare page of fifty rows in memory; a deep page against the first; the count beside it.

Both sides in turn, medians. Needs PostgreSQL in DATABASE_URL; leaves nothing behind. CHILDREN=20000 ROUNDS=15 by default.
"""

import os
import statistics

from figures import CHILDREN, make, timed  # sets Django up, so it comes first

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.template import engines
from django.test import RequestFactory

from childcare.accounts.models import Appointment, Officer
from childcare.children import listing
from childcare.children.models import Child
from childcare.children.views.lists import child_list
from childcare.lib.calendar import today
from childcare.units.models import Unit

ROUNDS = int(os.environ.get("ROUNDS", 15))
BARE = """{% extends "base.html" %}{% block content %}<table class="table list">{% for row in rows %}<tr>
<td><a href="/tre-em/{{ row.public_id }}/">{{ row.name }}</a><small>{{ row.birth }} · {{ row.place }}</small></td>
<td>{{ row.sex }}</td><td>{{ row.groups }}</td><td>{{ row.poverty }}</td><td>{{ row.check }}</td></tr>
{% endfor %}</table>{% endblock %}"""


def officer_of(district):
    """An officer of the district, the widest list that anybody sees."""
    officer = Officer.objects.create(username="bench", full_name="Đo Tốc Độ", password="!")
    Appointment.objects.create(officer=officer, unit=district, role="district", started_on=today())
    return officer


def ask(officer, address, view):
    """One request past the middleware: what the page itself costs, the officer read anew as each request does."""
    request = RequestFactory().get(address)
    request.user = Officer.objects.get(pk=officer.pk)
    request.htmx, request._messages = False, []
    return view(request)


def bare(rows):
    template = engines["django"].from_string(BARE)
    return lambda request: template.render({"rows": rows}, request)


def ratio(name, ours, theirs, goal):
    """Both sides in turn; prints the ratio of their medians."""
    a, b = [], []
    for _ in range(ROUNDS):
        a.append(timed(ours)[0])
        b.append(timed(theirs)[0])
    first, second = statistics.median(a), statistics.median(b)
    print(f"{name}: {first * 1000:.1f} ms, against {second * 1000:.1f} ms; ratio {first / second:.2f} (goal {goal})")


def deep(officer):
    """The address of the page after 90% of the children."""
    rows = listing.ordered(Child.objects.visible_to(officer), "name").values_list("public_id", flat=True)
    return f"/tre-em/?after={rows[int(len(rows) * 0.9)]}"


def measure(district):
    officer = officer_of(district)
    first = listing.page(Child.objects.visible_to(officer), officer=officer, on=today())
    plain = bare(first.rows)
    children = Child.objects.visible_to(officer).residing()
    with_filters = "/tre-em/?group=any&age=0-15"
    far = deep(officer)
    ratio(
        "list page, against a bare page",
        lambda: ask(officer, "/tre-em/", child_list),
        lambda: ask(officer, "/tre-em/", plain),
        1.5,
    )
    ratio(
        "list page filtered, against a bare page",
        lambda: ask(officer, with_filters, child_list),
        lambda: ask(officer, "/", plain),
        1.5,
    )
    ratio(
        "page after 90%, against the first",
        lambda: ask(officer, far, child_list),
        lambda: ask(officer, "/tre-em/", child_list),
        1.5,
    )
    ratio("count up to 1.000, against the exact one", lambda: listing.count_text(children), children.count, "0.01 at 2,000,000")


def main():
    if connection.vendor != "postgresql":
        raise SystemExit("Needs PostgreSQL: set DATABASE_URL.")
    settings.TRAINING_TODAY = "2024-05-02"
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        call_command("load_units", verbosity=0)
        call_command("load_reference", verbosity=0)
        district = Unit.objects.by_code("307", today())
        make(district)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{CHILDREN} children")
        measure(district)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
