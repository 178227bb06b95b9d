"""The same import as the page, from the command line; prints JSON."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from childcare.accounts.models import Officer
from childcare.children.importing import batches, offers
from childcare.children.returning.reading import Answers
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit


class Command(BaseCommand):
    help = "Takes a workbook of children into a commune."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="code of the commune")
        parser.add_argument("--by", required=True, help="user name of the officer who imports")
        parser.add_argument("--on", type=date.fromisoformat, help="day of the import, YYYY-MM-DD; default today")
        parser.add_argument("--dry-run", action="store_true", help="read and compare, write nothing")
        parser.add_argument("--same", action="store_true", help="rows of the name, birth and mother of a child are that child")
        parser.add_argument("--errors", type=Path, help="where to put the workbook of the rows that stayed out")

    def handle(self, *, file, unit, by, on, dry_run, same, errors, **options):
        on = on or today()
        try:
            officer = Officer.objects.get(username=by)
            place = Unit.objects.by_code(unit, on)
            reading, counts, workbook = batches.take_in(
                data=file.read_bytes(), name=file.name, unit=place, on=on, by=officer, dry_run=dry_run, same=same
            )
        except Officer.DoesNotExist:
            raise CommandError(f"No officer has the user name {by}.")
        except Unit.DoesNotExist:
            raise CommandError(f"No unit has the code {unit} on {on}.")
        except OSError as problem:
            raise CommandError(str(problem))
        except Refusal as refusal:
            raise CommandError(str(refusal))
        if errors and workbook:
            errors.write_bytes(workbook)
        self.stdout.write(json.dumps(report(reading, counts), ensure_ascii=False))


def report(reading, counts):
    """What the command prints: the counts of its contract, then everything in the vocabulary of the sample workbooks."""
    return {
        "rows": reading.rows_total, **{key: counts[key] for key in ("created", "updated", "unchanged", "rejected")},
        "warnings": reading.warnings, "accepted": len(reading.rows), "counts": counts, "rejected_rows": reading.rejected,
        "offers": reading.offers, "repeated_rows": reading.repeated, "twins": reading.twins,
        "not_children": reading.not_children,
        "sheets": [{key: value for key, value in sheet.items() if key != "mapping"} for sheet in reading.sheets],
        "conversions": reading.conversions, "totals": reading.totals(),
        **(answered(reading) if isinstance(reading, Answers) else {"children": with_offers(reading)}),
    }  # fmt: skip


def answered(reading):
    """What a returned list changes beside that."""
    return {"exported_on": reading.exported_on, "updates": reading.updates, "unchanged_rows": reading.unchanged}


def with_offers(reading, first=25):
    """The first rows as they are stored, and under "offered" what accepting every offer would change."""
    after = {(row["sheet"], row["row"]): row for row in offers.apply(reading, range(len(reading.offers)))}
    children = []
    for row in reading.rows[:first]:
        changed = {name: value for name, value in after[row["sheet"], row["row"]].items() if row.get(name) != value}
        children.append(row | ({"offered": changed} if changed else {}))
    return children
