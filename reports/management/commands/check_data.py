import sys

from django.core.management.base import BaseCommand

from reports.integrity import breaches


class Command(BaseCommand):
    help = "Checks what no constraint can hold on both databases: one line a breach, exit 1 when there is one."

    def add_arguments(self, parser):
        parser.add_argument("--fast", action="store_true", help="do not read the bytes of every stored file")

    def handle(self, *args, fast, **options):
        found = 0
        for found, line in enumerate(breaches(fast=fast), 1):  # noqa: B007
            self.stdout.write(line)
        if found:
            sys.exit(1)
