import json

from django.core.management.base import BaseCommand

from cases.loading import load_cases
from childcare.children.loading import load_kinds
from childcare.indicators.loading import load_indicators
from childcare.units.loading import load_units
from plans.friendly_table import load_friendly
from plans.loading_records import load_criteria
from reports import marks
from reports.loading import load_regimes


class Command(BaseCommand):
    help = "Loads units, code lists, the indicator catalogue and reporting regimes; may be run again."

    def handle(self, *args, **options):
        counts = {**load_units(), **load_kinds(), **load_cases(), "indicators": load_indicators(), "regimes": load_regimes()}
        counts["safe_home_criteria"] = load_criteria()
        counts |= load_friendly()
        marks.put_up()
        self.stdout.write(json.dumps(counts))
