import json

from django.core.management.base import BaseCommand

from childcare.units.loading import DATA, load_units
from childcare.units.national import load_national


class Command(BaseCommand):
    help = "Loads units and offices from a CSV in the columns of units.csv, or the whole country; may be run again."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=DATA)
        parser.add_argument("--national", action="store_true", help="the 34 provinces and 3,321 communes since 01/07/2025")
        parser.add_argument("--former", action="store_true", help="with --national: also what ended on 30/06/2025")

    def handle(self, *args, file, national, former, **options):
        self.stdout.write(json.dumps(load_national(former) if national else load_units(file)))
