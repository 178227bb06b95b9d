"""manage.py report --unit CODE --period 2024-H1 --format pdf|docx|xlsx|json --output FILE: the report of a unit and period."""

import hashlib
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from childcare.lib import periods
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from reports import exporting


class Command(BaseCommand):
    help = "Write the report of a unit and period, counted to its cut-off; of a signed report the frozen bytes."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit")
        parser.add_argument("--period", required=True, help="2024-H1, 2024")
        parser.add_argument("--format", required=True, choices=exporting.ENDINGS)
        parser.add_argument("--output", required=True, help="file to write")

    def handle(self, *, unit, period, format, output, **options):
        try:
            year = periods.parse(period).year
            found = Unit.objects.by_code(unit, date(year, 4, 30) if period.endswith("H1") else date(year, 10, 31))
            data = exporting.data_of(exporting.version_for(found, period), format)
        except (ValueError, Refusal) as error:
            raise CommandError(str(error))
        except Unit.DoesNotExist:
            raise CommandError(f"Không có đơn vị mã {unit} trong kỳ {period}.")
        Path(output).write_bytes(data)
        self.stdout.write(f"{output} {hashlib.sha256(data).hexdigest()}")
