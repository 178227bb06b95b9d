"""Import of a list (read, validated, matched, committed) against calamine + COPY of the same rows into the same tables.

Both sides in turn, medians of five. Needs PostgreSQL in DATABASE_URL; leaves nothing behind. ROWS=10000 by default.
"""

import io
import os
import statistics
import time
from datetime import date, timedelta

import django
import python_calamine
import xlsxwriter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "childcare.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from childcare.accounts.models import Appointment, Officer  # noqa: E402
from childcare.accounts.roles import Role  # noqa: E402
from childcare.children import models as c  # noqa: E402
from childcare.children.importing import batches  # noqa: E402
from childcare.documents import files  # noqa: E402
from childcare.documents.models import StoredFile  # noqa: E402
from childcare.units.models import Unit  # noqa: E402

ROWS, ROUNDS, GOAL = int(os.environ.get("ROWS", 10_000)), 5, 2.5
DAY = date(2024, 5, 2)
TABLES = (c.Household, c.Child, c.Residence, c.Membership, c.PovertyStatus, c.Circumstance)
HEAD = [
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Tổ dân phố", "Họ và tên mẹ",
    "Họ và tên cha", "Chủ hộ", "Loại hộ năm 2024", "Hoàn cảnh đặc biệt", "Số điện thoại",
]  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Vũ", "Ngô")
MIDDLE = ("Văn", "Thị", "Minh", "Thu", "Ngọc", "Đức", "Gia", "Bảo", "Hải", "Kim")
GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hoà",
    "Khánh",
    "Lan",
    "Linh",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quân",
    "Thảo",
    "Yến",
)


def name(seed):
    """A name that never was, always the same for a number."""
    return " ".join((FAMILY[seed % 10], MIDDLE[seed // 10 % 10], GIVEN[seed // 100 % 17], GIVEN[seed // 7 % 17]))


def workbook():
    """A ward's list: two children a household, five hamlets, one circumstance in forty."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Danh sách")
    sheet.write_row(0, 0, HEAD)
    for number in range(ROWS):
        house, born = number // 2, date(2010, 1, 1) + timedelta(days=number * 7 % 5000)
        girl = number % 2
        sheet.write_row(
            number + 1, 0,
            [number + 1, name(number * 13 + 5), born, "Nữ" if girl else "Nam", "Kinh", f"031{2 + girl}{born:%y}{number:06d}",
             f"Tổ dân phố {house % 5 + 1}", name(house * 7 + 1), name(house * 3 + 2), f"{name(house * 3 + 2)} {house}",
             ("Khác", "Hộ nghèo", "Hộ cận nghèo")[house % 20 % 3], "" if number % 40 else "Trẻ em khuyết tật nặng",
             f"09{number:08d}"],
        )  # fmt: skip
    book.close()
    return buffer.getvalue()


def prepare():
    """A ward with five hamlets and its officer."""
    call_command("migrate", verbosity=0)
    call_command("load_units", verbosity=0)
    call_command("load_reference", verbosity=0)
    top = Unit.objects.by_code("307", DAY)
    ward = Unit.objects.create(code="BENCH", kind="commune", name="Phường Đo thử", parent=top)
    places = [ward]
    places += [
        Unit.objects.create(code=f"BENCH-T0{n}", kind="hamlet", name=f"Tổ dân phố {n}", parent=ward) for n in range(1, 6)
    ]
    for place in places:
        place.path = f"{(ward if place != ward else top).path}{place.pk}."
        place.save()
    officer = Officer.objects.create(username="bench", full_name="Đo thử", password="!")
    Appointment.objects.create(officer=officer, unit=ward, role=Role.COMMUNE, started_on=DAY)
    return ward, officer


def ours(data, ward, officer):
    """The import as the command does it."""
    officer = Officer.objects.get(pk=officer.pk)
    _, counts, _ = batches.take_in(data=data, name="bench.xlsx", unit=ward, on=DAY, by=officer)
    assert counts["created"] == ROWS, counts


def raw(data, dumps):
    """The least that must be done: read the cells, COPY the finished rows."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert len(book.get_sheet_by_index(0).to_python()) == ROWS + 1
    with transaction.atomic(), connection.cursor() as cursor:
        for model, text in dumps:
            cursor.copy_expert(f'COPY "{model._meta.db_table}" FROM STDIN', io.StringIO(text))


def mine(model, ward):
    """The rows of a table that belong to the ward of the measurement."""
    path = (
        "unit"
        if model in (c.Household, c.Child, c.Residence)
        else "household__unit"
        if model is c.PovertyStatus
        else "child__unit"
    )
    return model.objects.filter(**{f"{path}__path__startswith": ward.path})


def dump(ward):
    """The rows of one import as COPY writes them."""
    found = []
    for model in TABLES:
        buffer = io.StringIO()
        keys = ",".join(map(str, mine(model, ward).values_list("pk", flat=True))) or "NULL"
        with connection.cursor() as cursor:
            cursor.copy_expert(f'COPY (SELECT * FROM "{model._meta.db_table}" WHERE id IN ({keys})) TO STDOUT', buffer)
        found.append((model, buffer.getvalue()))
    return found


def clear(ward):
    """Delete what one side wrote; tables and indexes are as before for the other."""
    with transaction.atomic():
        for model in reversed(TABLES):
            found = mine(model, ward)
            found._raw_delete(found.db)
        c.ImportBatch.objects.filter(unit=ward).delete()
        for stored in StoredFile.objects.filter(name="bench.xlsx"):
            files.path_of(stored).unlink(missing_ok=True)
            stored.delete()
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f'VACUUM (ANALYZE) "{model._meta.db_table}"')


def timed(work, *args):
    started = time.perf_counter()
    work(*args)
    return time.perf_counter() - started


def main():
    assert connection.vendor == "postgresql", "the goals are for PostgreSQL: set DATABASE_URL"
    settings.TRAINING_TODAY = DAY.isoformat()
    data, (ward, officer) = workbook(), prepare()
    try:
        ours(data, ward, officer)
        dumps = dump(ward)
        clear(ward)
        sides = ([], [])
        for _ in range(ROUNDS):
            sides[0].append(timed(ours, data, ward, officer))
            clear(ward)
            sides[1].append(timed(raw, data, dumps))
            clear(ward)
    finally:
        clear(ward)
        Officer.objects.filter(pk=officer.pk).delete()
        for unit in Unit.objects.filter(code__startswith="BENCH").order_by("-path"):
            unit.delete()
    mid = [statistics.median(side) for side in sides]
    print(f"import of {ROWS} rows: {mid[0]:.2f} s, calamine + COPY {mid[1]:.2f} s, ratio {mid[0] / mid[1]:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
