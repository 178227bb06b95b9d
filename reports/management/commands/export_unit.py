"""manage.py export_unit --unit CODE --output DIR [--on DATE] [--by USER]: everything of a unit, readable without us."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from childcare.accounts.models import Officer
from childcare.audit import actions as audit
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from reports.unit_archive import Archive


class Command(BaseCommand):
    help = "Write everything of a unit as XLSX, JSON and files with a dictionary of the data. The texts are decrypted."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit")
        parser.add_argument("--output", required=True, help="a new folder")
        parser.add_argument("--on", help="day on which the code names the unit, YYYY-MM-DD (default today)")
        parser.add_argument("--by", help="account for whom it is exported; goes into the log")

    def handle(self, *, unit, output, on, by, verbosity, **options):
        day = date.fromisoformat(on) if on else today()
        try:
            found = Unit.objects.by_code(unit, day)
        except Unit.DoesNotExist:
            raise CommandError(f"Không có đơn vị mã {unit} vào ngày {day:%d/%m/%Y}.")
        officer = None
        if by:
            officer = Officer.objects.filter(username=by).first()
            if officer is None:
                raise CommandError(f"Không có tài khoản {by}.")
        audit.record("unit.exported", by=officer, subject=found)
        try:
            counts = Archive(found, Path(output), day=day).write(
                progress=lambda label: self.stderr.write(label) if verbosity > 1 else None
            )
        except Refusal as refusal:
            raise CommandError(str(refusal))
        self.stdout.write(json.dumps({"unit": found.code, "folder": output, "rows": counts}, ensure_ascii=False))
