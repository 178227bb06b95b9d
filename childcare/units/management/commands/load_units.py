import json

from django.core.management.base import BaseCommand

from childcare.units.loading import DATA, load_units


class Command(BaseCommand):
    help = "Loads units and offices from a CSV in the columns of units.csv; may be run again."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=DATA)

    def handle(self, *args, file, **options):
        self.stdout.write(json.dumps(load_units(file)))
