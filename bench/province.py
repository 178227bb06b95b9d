"""A province of two million children over 160 communes: made by SQL in a few minutes, measured by `bench/scale.py`.

PostgreSQL only, in a database of its own named by DATABASE_URL: what it makes stays there, and is not made twice.
CHILDREN=2000000 by default. Names are put together from words by rank, so that some are frequent and most are rare.
"""

import os
import sys
import time
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "childcare.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402

from childcare.children import models as c  # noqa: E402
from childcare.lib.vietnamese import fold, name_key  # noqa: E402
from childcare.units.models import Unit  # noqa: E402

CHILDREN, COMMUNES, HAMLETS = int(os.environ.get("CHILDREN", 2_000_000)), 160, 9
DAY, CODE = date(2024, 5, 2), "BENCH"
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Đinh Lương Đoàn Mai Tô Khổng".split()
MIDDLE = "Thị Văn Minh Ngọc Gia Bảo Đức Thu Hải Kim Khánh Quỳnh Tuấn Anh Phương Xuân Diệu Hữu Thanh Hồng".split()
GIVEN = """Anh Linh Hà Nam Minh Hoà Lan Dũng Trang Huy Phúc An Bình Chi Giang Khánh Mai Oanh Quân Thảo Yến Đạt Hiếu Long Ngân
Nhi Tú Vy Sơn Tùng Uyên Việt Châu Duy Hân Kiên Loan Nga Phong Quyên Tâm Thư Trâm Vinh Xuyến Ý Đan Hùng Lâm Thuỷ""".split()
HEAPED = (c.Child, c.Residence, c.Household, c.Membership, c.PovertyStatus, c.Circumstance, c.Support)


def names():
    """A table of names as the registry stores them; drawn by rank: the first of each list come most often."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_name (id serial, full_name text, folded text, key text)")
        rows = []
        for place in range(60_000):
            first, middle, given = place % 17, place // 17 % 20, place // 340 % 49
            words = [FAMILY[first * first // 17], MIDDLE[middle], GIVEN[given * given // 49]]
            if place % 3 == 0:
                words.insert(2, GIVEN[place // 7 % 49])
            name = " ".join(words)
            rows.append((name, fold(name), name_key(name)))
        cursor.executemany("INSERT INTO bench_name (full_name, folded, key) VALUES (%s, %s, %s)", rows)
        cursor.execute("CREATE INDEX ON bench_name (id)")
        cursor.execute("ANALYZE bench_name")


def places():
    """A province with communes and hamlets."""
    top = _unit(CODE, "province", "Tỉnh Đo Thử", None)
    for number in range(COMMUNES):
        commune = _unit(f"{CODE}{number:03d}", "commune", f"Xã Đo Thử {number + 1}", top)
        for place in range(1, HAMLETS + 1):
            _unit(f"{CODE}{number:03d}-T{place:02d}", "hamlet", f"Thôn {place}", commune)


def _unit(code, kind, name, parent):
    row = Unit.objects.create(code=code, kind=kind, name=name, parent=parent)
    row.path = f"{parent.path if parent else '.'}{row.pk}."
    row.save(update_fields=["path"])
    return row


def put(model, columns, source, **values):
    """INSERT … SELECT: `columns` maps names of columns to SQL, every other field gets its default."""
    others = [field for field in model._meta.concrete_fields if field.column not in columns and not field.primary_key]
    heads, parts, given = list(columns), list(columns.values()), []
    for field in others:
        heads.append(field.column)
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            parts.append("now()")
        elif isinstance(field, models.UUIDField):
            parts.append("gen_random_uuid()")
        else:
            parts.append(f"%(v{len(given)})s")
            given.append(field.get_db_prep_save(field.get_default(), connection))
    heads = ", ".join(f'"{head}"' for head in heads)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({heads}) SELECT {", ".join(parts)} FROM {source}',
            {**{f"v{at}": value for at, value in enumerate(given)}, **values},
        )


def fill():
    """The rows, without foreign keys looked up and with the indexes put back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(
            "CREATE TEMP TABLE bench_unit AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM units_unit "
            "WHERE code LIKE 'BENCH%' AND kind = 'hamlet'"
        )
        dropped = take_indexes(cursor)
    people()
    facts()
    with connection.cursor() as cursor:
        for statement in dropped:
            cursor.execute(statement)
        for model in HEAPED:
            table = model._meta.db_table
            last = f"(SELECT coalesce(max(id), 1) FROM {table})"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")
            cursor.execute(f"VACUUM (ANALYZE) {table}")
        cursor.execute("SET session_replication_role = origin")


def drawn(alias, number, factor):
    """A name for each number: a multiplier spreads names over numbers without a dice."""
    return f"JOIN bench_name {alias} ON {alias}.id = 1 + ({number})::bigint * {factor} %% 60000"


def people():
    """Children by twos in households; where they live and to which household they belong, as dated rows."""
    house, born = "h", "(date '2006-06-01' + (n::bigint * 6271 %% 6540)::int)"
    unit = "JOIN bench_unit u ON u.at = ({})::bigint * 31 %% " + str(COMMUNES * HAMLETS)
    phone = "'09' || lpad((h * 37 %% 100000000)::text, 8, '0')"
    put(
        c.Household,
        {
            "id": "h + 1", "unit_id": "u.id", "head_name": "father.full_name", "head_folded": "father.folded", "phone": phone,
            "found_by": f"' ' || father.folded || ' ' || {phone}",
        },
        f"generate_series(0, {CHILDREN // 2}) h {drawn('father', house, 15485863)} {unit.format(house)}",
    )  # fmt: skip
    number = f"'03' || (1 + n / 1000000) || (2 + n %% 2) || to_char({born}, 'YY') || lpad((n %% 1000000)::text, 6, '0')"
    names = f"{drawn('w', 'n', 7919)} {drawn('mother', 'n / 2', 104729)} {drawn('father', 'n / 2', 15485863)}"
    put(
        c.Child,
        {
            "id": "n", "full_name": "w.full_name", "folded_name": "w.folded", "name_key": "w.key", "birth_latest": born,
            "birth_earliest": born, "birth_precision": "'day'", "sex": "CASE WHEN n %% 2 = 0 THEN 'm' ELSE 'f' END",
            "ethnic": "CASE WHEN n %% 20 = 0 THEN 'E02' ELSE 'E01' END", "mother_name": "mother.full_name",
            "father_name": "father.full_name", "found_by": "' ' || mother.folded || ' ' || father.folded",
            "identity_number": f"CASE WHEN n %% 9 > 0 THEN {number} END", "identity_valid": "n %% 9 > 0",
            "unit_id": "u.id", "household_id": "n / 2 + 1", "changed_at": "now() - n * interval '1 second'",
            "ministry_state": "CASE WHEN n %% 3 = 0 THEN 'absent' ELSE 'present' END",
            "insurance_number": "CASE WHEN n %% 10 = 0 THEN '' ELSE 'HS4' END",
            "birth_certificate": "CASE WHEN n %% 11 = 0 THEN '' ELSE '12/2016' END",
        },
        f"generate_series(1, {CHILDREN}) n {names} {unit.format('n / 2')}",
    )  # fmt: skip
    put(c.Residence, {"child_id": "c.id", "unit_id": "c.unit_id"}, "children_child c")
    put(c.Membership, {"child_id": "c.id", "household_id": "c.household_id"}, "children_child c")


def facts():
    """An eighth of the households poor or nearly, one child in 29 in a group, one in 25 at risk, one in 17 helped."""
    put(
        c.PovertyStatus,
        {"household_id": "h.id", "year": "2024", "level": "CASE WHEN h.id %% 2 = 0 THEN 'poor' ELSE 'near' END"},
        "children_household h WHERE h.id %% 10 < 1 OR h.id %% 31 = 2",
    )
    kinds = (
        "(SELECT id, family, row_number() OVER (PARTITION BY family = 'R' ORDER BY id) - 1 AS at, "
        "count(*) OVER (PARTITION BY family = 'R') AS many FROM children_circumstancekind WHERE active AND NOT sensitive) k"
    )
    for family, share, step in (("k.family <> 'R'", 29, 7), ("k.family = 'R'", 25, 11)):
        put(
            c.Circumstance,
            {"child_id": "c.id", "kind_id": "k.id", "started_on": f"date '2022-01-01' + (c.id * {step} %% 800)::int"},
            f"children_child c JOIN {kinds} ON {family} AND k.at = c.id / {share} %% k.many WHERE c.id %% {share} = 0",
        )
    kinds = (
        "(SELECT id, recurrence, row_number() OVER (ORDER BY id) - 1 AS at, count(*) OVER () AS many "
        "FROM children_supportkind) k"
    )
    put(
        c.Support,
        {
            "child_id": "c.id", "unit_id": "c.unit_id", "kind_id": "k.id", "running": "k.recurrence IN ('monthly', 'stay')",
            "started_on": "date '2023-06-01' + (c.id * 13 %% 330)::int",
        },
        f"children_child c JOIN {kinds} ON k.at = c.id / 17 %% k.many WHERE c.id %% 17 = 0",
    )  # fmt: skip


def take_indexes(cursor):
    """Drop the indexes that no constraint holds; returns the statements that put them back."""
    tables = [model._meta.db_table for model in HEAPED]
    cursor.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s) AND NOT EXISTS "
        "(SELECT 1 FROM pg_constraint k WHERE k.conname = i.indexname) AND i.indexdef NOT LIKE 'CREATE UNIQUE%%'", [tables],
    )  # fmt: skip
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]


def made():
    """The province, made now or found made before. Takes some minutes for two million."""
    if connection.vendor != "postgresql":
        raise SystemExit("Needs PostgreSQL: set DATABASE_URL.")
    call_command("migrate", verbosity=0)
    if not Unit.objects.filter(code=CODE).exists():
        begun = time.perf_counter()
        call_command("load_units", verbosity=0)
        call_command("load_reference", verbosity=0)
        names()
        places()
        fill()
        print(f"{CHILDREN} children in {COMMUNES} communes made in {time.perf_counter() - begun:.0f} s")
    return Unit.objects.get(code=CODE)


if __name__ == "__main__":
    made()
