import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from childcare.lib.calendar import today
from reports import obligations, reminders


class Command(BaseCommand):
    help = "Sends the reminders due on a day, exactly once; ignores obligations more than 60 days late."

    def add_arguments(self, parser):
        parser.add_argument("--on", help="YYYY-MM-DD, default today")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, on, dry_run, **options):
        try:
            day = date.fromisoformat(on) if on else today()
        except ValueError:
            raise CommandError(f"--on {on}: viết ngày dạng 2024-04-25.")
        if not dry_run:
            obligations.ensure_obligations(day.year)
        self.stdout.write(json.dumps(reminders.remind(on=day, dry_run=dry_run).as_dict()))
