"""manage.py plan --unit CODE --year 2024 --format pdf|docx --output FILE: the plan of a unit as a document."""

import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans import exporting
from plans.models import Plan


class Command(BaseCommand):
    help = "Write the plan of a unit in a year as a document; of several the one issued last."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--format", required=True, choices=exporting.RENDER)
        parser.add_argument("--output", required=True, help="file to write")

    def handle(self, *, unit, year, format, output, **options):
        plans = Plan.objects.of_year(year).filter(unit__code=unit).select_related("unit__parent", "office")
        plan = plans.order_by("-state", "-issued_on", "-pk").first()
        if plan is None:
            raise CommandError(f"Đơn vị mã {unit} không có kế hoạch năm {year}.")
        data = exporting.data_of(plan, format)
        Path(output).write_bytes(data)
        self.stdout.write(f"{output} {hashlib.sha256(data).hexdigest()}")
