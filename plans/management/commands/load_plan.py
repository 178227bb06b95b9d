import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from plans.loading import load_plan, of_unit, read, years_of


class Command(BaseCommand):
    help = "Loads the plan of a unit from CSV files in the columns of plan_items_in_seeds.csv and targets_in_seeds.csv."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True)
        parser.add_argument("--items", required=True)
        parser.add_argument("--targets", required=True)

    def handle(self, *args, unit, items, targets, **options):
        items, targets = read(items), read(targets)
        reason = f"Không có đơn vị mã {unit}."
        for place in Unit.objects.filter(code=unit).order_by("valid_from"):
            try:
                seed, _, own = of_unit(items, targets, place)
            except Refusal as refusal:
                reason = refusal
                continue
            year = years_of(own)[0]
            if not place.valid_on(date(year, 6, 30)):
                reason = f"{place.name} không tồn tại trong năm {year}."
                continue
            plan, counts = load_plan(unit=place, items=items, targets=targets, seed=seed)
            self.stdout.write(json.dumps({"plan": str(plan.public_id), **counts}))
            return
        raise CommandError(str(reason))
