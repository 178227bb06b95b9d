"""Live figures of every indicator as JSON."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from childcare.indicators.models import Indicator
from childcare.lib import periods
from childcare.units.models import Unit
from reports import measures
from reports.measures.catalogue import AGES, LAW_GROUPS, LOCAL_GROUPS

BREAKDOWNS = {
    "sex": ("sex=m", "sex=f"),
    "age": tuple(key for key, _ in AGES),
    "group": tuple(f"group={code}" for code in (*LAW_GROUPS, LOCAL_GROUPS)),
}
GROUPED = ("HC-01", "HC-03", "HC-04")


class Command(BaseCommand):
    help = "Live figures of a unit: from the first day of the period to the as-of date (default: the period's last day)."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit, valid on the as-of date")
        parser.add_argument("--period", required=True, help="2024-H1, 2024, 2024-Q3, 2024-9M or 2024-03")
        parser.add_argument("--as-of", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--by", default="", help="sex,age,group,unit")

    def handle(self, *, unit, period, as_of, by, **options):
        window, place = self._asked(unit, period, as_of)
        by = tuple(filter(None, by.split(",")))
        if wrong := sorted(set(by) - {*BREAKDOWNS, "unit"}):
            raise CommandError(f"Không có phân tổ “{wrong[0]}”. Chọn trong sex, age, group, unit.")
        table = measures.count([place], window, by=by)
        parts = [part for part in Unit.objects.under(place, window.cutoff).order_by("code") if part.parent_id == place.pk]
        found = {}
        for code in Indicator.objects.order_by("position").values_list("code", flat=True):
            found[code] = as_json(table.figure(code, place))
            if inner := {key: as_json(table.figure(code, place, key)) for key in keys(code, by) if key}:
                found[code]["by"] = inner
            if "unit" in by:
                found[code]["units"] = {part.code: as_json(table.figure(code, part)) for part in parts}
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))

    def _asked(self, unit, period, as_of):
        try:
            period = periods.parse(period)
        except ValueError as error:
            raise CommandError(str(error))
        last = as_of or period.last
        if last < period.first:
            raise CommandError(f"Ngày {last:%d/%m/%Y} trước ngày đầu kỳ {period.first:%d/%m/%Y}.")
        place = Unit.objects.on(last).filter(code=unit).first()
        if place is None:
            raise CommandError(f"Không có đơn vị mã “{unit}” vào ngày {last:%d/%m/%Y}.")
        return measures.Window(period.first, last), place


def keys(code, by):
    """The breakdowns of a counted indicator that were asked for."""
    measure = measures.MEASURED.get(code)
    if measure is None or measure.of not in ("child", "incident_child"):
        return []
    groups = BREAKDOWNS["group"] if "group" in by and code in GROUPED else ()
    return [*(key for name in ("sex", "age") if name in by for key in BREAKDOWNS[name]), *groups]


def as_json(figure):
    """Numbers as numbers; a missing figure says why."""
    row = {"numerator": plain(figure.numerator), "denominator": plain(figure.denominator), "value": plain(figure.value)}
    if figure.missing:
        row["missing"] = True
    if figure.origin != "live":
        row["origin"] = figure.origin
    if figure.note:
        row["note"] = figure.note
    return row


def plain(number):
    """An int when it is whole, else a float of four decimals; None stays None."""
    if number is None:
        return None
    return int(number) if number == int(number) else round(float(number), 4)
