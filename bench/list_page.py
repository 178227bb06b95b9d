"""The list page of children against a bare page of the same table from fifty rows in memory, through the whole stack, medians.

Needs PostgreSQL in DATABASE_URL; makes its data itself and leaves nothing behind. CHILDREN=20000 ROUNDS=41 by default.
"""

import os
import statistics
import sys
import time
from datetime import date
from functools import cache
from pathlib import Path

os.environ.setdefault("TRAINING_TODAY", "2024-05-02")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import WINDOW, make, timed  # noqa: E402, I001  (it sets Django up)

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import include, path  # noqa: E402

from childcare.accounts.models import Appointment, Officer  # noqa: E402
from childcare.accounts.permissions import for_every_officer  # noqa: E402
from childcare.accounts.roles import Role  # noqa: E402
from childcare.units.models import Unit  # noqa: E402

ROUNDS, GOAL = int(os.environ.get("ROUNDS", 41)), 1.5
BARE = """{% extends "base.html" %}{% block title %}Trẻ em{% endblock %}{% block heading %}Trẻ em{% endblock %}
{% block content %}<table class="table list">
<thead><tr><th>Họ và tên</th><th>Giới tính</th><th>Hoàn cảnh</th><th>Loại hộ</th><th>Cần kiểm tra</th></tr></thead><tbody>
{% for row in rows %}<tr><td><a href="{{ row.url }}">{{ row.name }}</a><small>{{ row.birth }} · {{ row.place }}</small></td>
<td>{{ row.sex }}</td><td>{{ row.groups }}</td><td>{{ row.poverty }}</td><td>{{ row.check }}</td></tr>{% endfor %}
</tbody></table>{% endblock %}"""
ROWS = [
    {
        "url": f"/tre-em/{number}/", "name": f"Nguyễn Văn Nam {number}", "birth": "12/05/2016 (7 tuổi)",
        "place": "Tổ dân phố 3", "sex": "nam", "groups": "Trẻ em khuyết tật", "poverty": "hộ nghèo",
        "check": "Chưa có số định danh",
    }
    for number in range(50)
]  # fmt: skip


@cache
def template():
    return engines["django"].from_string(BARE)


@for_every_officer
def bare(request):
    return HttpResponse(template().render({"rows": ROWS}, request))


urlpatterns = [path("trang-tron/", bare), path("", include("childcare.urls"))]


def main():
    if connection.vendor != "postgresql":
        raise SystemExit("Needs PostgreSQL: set DATABASE_URL.")
    call_command("migrate", verbosity=0)
    with transaction.atomic(), override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"]):
        call_command("load_units", verbosity=0)
        call_command("load_reference", verbosity=0)
        district = Unit.objects.by_code("307", WINDOW.cutoff)
        make(district)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        compare(district)
        transaction.set_rollback(True)


def compare(district):
    officer = Officer.objects.create(username="bench", full_name="Người đo", password="!")
    ward = Unit.objects.under(district, WINDOW.cutoff).filter(kind="commune").first()
    Appointment.objects.create(officer=officer, unit=ward, role=Role.COMMUNE, started_on=date(2024, 1, 1))
    client = Client()
    client.force_login(officer, backend="childcare.accounts.backends.OfficerBackend")
    pages = ("/tre-em/", "/trang-tron/")
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200 and answer.content.count(b"<tr>") == 51, (page, answer.status_code)
    times, busy = {page: [] for page in pages}, {page: [] for page in pages}
    for _ in range(ROUNDS):
        for page in pages:
            begun = time.process_time()
            times[page].append(timed(lambda page=page: client.get(page))[0])
            busy[page].append(time.process_time() - begun)
    told("by the clock", *(statistics.median(times[page]) for page in pages))
    told("processor time", *(statistics.median(busy[page]) for page in pages))


def told(how, whole, plain):
    """On a machine with other programs a page of nine statements waits nine times: the processor time tells what we cost."""
    print(f"list page, {how}: {whole * 1000:.1f} ms, bare page {plain * 1000:.1f} ms; ratio {whole / plain:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
