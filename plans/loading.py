"""Loading a plan from the two CSV files of a plan: its paragraphs in print order, and its targets."""

import csv
import re
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import transaction

from childcare.audit import actions as audit
from childcare.indicators.models import Indicator
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold, nfc
from plans.models import BudgetLine, Plan, PlanItem, Target

HEAD = {"number_line", "place_date", "title", "subject", "agency", "motto"}
FOOT = {"recipients_label", "recipient", "signer_authority", "signer_name"}
LOADED = (
    "position", "code", "section", "text", "indicator_id", "comparison", "value", "unit_text", "multiplier", "kind", "note"
)  # fmt: skip
AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+)\s*đ")


def read(path):
    """The rows of a file, every text in NFC."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{key: nfc(value or "") for key, value in row.items()} for row in csv.DictReader(file)]


def seed_key(seed):
    """One name for a plan in both files: the items write "001", the targets "001_cfd55f….txt"."""
    found = re.match(r"(\d{3})(?:_|$)", seed)
    return found[1] if found else seed


def of_unit(items, targets, unit, seed=None):
    """The rows of the one plan in the files that belongs to the unit. Refuses when none or several do."""
    if seed is None:
        names = (fold(unit.name), fold(unit.bare_name))
        seeds = {seed_key(row["seed"]) for row in targets if fold(row["unit_name"]) in names}
        if len(seeds) != 1:
            raise Refusal(f"Trong tệp có {len(seeds)} kế hoạch của {unit.name}; cần đúng một.")
        seed = seeds.pop()
    own_items = [row for row in items if seed_key(row["seed"]) == seed]
    own_targets = [row for row in targets if seed_key(row["seed"]) == seed]
    if not own_items or not own_targets:
        raise Refusal(f"Tệp thiếu phần nội dung hoặc phần chỉ tiêu của kế hoạch {seed}.")
    return seed, own_items, own_targets


def years_of(targets):
    """First and last year: "2024" or "2014-2020"."""
    numbers = [int(text) for text in re.findall(r"\d{4}", targets[0]["years"])]
    return numbers[0], numbers[-1]


def texts(items, kind):
    return [row["text_vi"] for row in items if row["kind"] == kind]


def written_day(text):
    """The date in "Thái Bình, ngày 10 tháng 01 năm 2014"; None while day or month are blank."""
    found = re.search(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", text)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def head_of(items):
    """Number, place and day, subject, signer, recipients as the plan prints them; blanks stay blank."""
    place_date = next(iter(texts(items, "place_date")), "")
    number = next(iter(texts(items, "number_line")), "")
    return {
        "number": number.removeprefix("Số:").strip(),
        "place": place_date.split(",")[0].strip() if "," in place_date else "",
        "issued_text": place_date,
        "issued_on": written_day(place_date),
        "subject": " ".join(texts(items, "subject"))[:500] or "Kế hoạch công tác trẻ em",
        "signer_lines": texts(items, "signer_authority"),
        "signer_name": next(iter(texts(items, "signer_name")), ""),
        "recipients": texts(items, "recipient"),
    }


def amount_in(text):
    """The đồng in "Dự án 1: …: 140.000.000đ", or None."""
    found = AMOUNT.findall(text)
    return Decimal(found[-1].replace(".", "")) if found else None


def item_of(plan, position, row):
    """A paragraph from a row of the items file."""
    return PlanItem(
        plan=plan,
        position=position,
        path=row["path"],
        kind=row["kind"],
        bullet=row["bullet"],
        text=row["text_vi"],
        note=row["note"],
    )


def target_of(plan, position, row, indicators):
    """A target from a row of the targets file."""
    return Target(
        plan=plan,
        position=position,
        code=row["id"],
        section=row["section"][:40],
        text=row["text_vi"],
        indicator=indicators.get(row["indicator_code"]),
        comparison=row["comparison"],
        value=Decimal(row["value"]) if row["value"] else None,
        unit_text=row["unit"],
        multiplier=int(row["multiplier"]) if row["multiplier"] else None,
        kind=row["target_kind"],
        note=row["note"],
    )


@transaction.atomic
def load_plan(*, unit, items, targets, by=None, seed=None):
    """Write the plan of a unit from the rows of both files; what an earlier load of the same plan wrote is replaced.

    Returns (plan, {"items", "targets", "budget_lines"}). Refuses other rows once targets are assigned down or worked on.
    """
    seed, items, targets = of_unit(items, targets, unit, seed)
    first, last = years_of(targets)
    plan, made = Plan.objects.update_or_create(
        unit=unit, first_year=first, last_year=last, seed=seed[:60], defaults=head_of(items)
    )
    if not made and not _same(plan, items, targets):
        _clear(plan)
        made = True
    if made:
        _fill(plan, items, targets)
        audit.record("plan.loaded", subject=plan, by=by)
    return plan, {"items": plan.items.count(), "targets": plan.targets.count(), "budget_lines": plan.budget_lines.count()}


def _same(plan, items, targets):
    """True when the plan holds exactly these rows: a second load changes nothing."""
    stored = list(plan.items.values_list("path", "kind", "bullet", "text", "note"))
    if stored != [(row["path"], row["kind"], row["bullet"], row["text_vi"], row["note"]) for row in items]:
        return False
    indicators = {row.code: row for row in Indicator.objects.all()}
    wanted = [target_of(plan, number, row, indicators) for number, row in enumerate(targets, 1)]
    return [_content(target) for target in plan.targets.all()] == [_content(target) for target in wanted]


def _content(target):
    return [getattr(target, name) for name in LOADED]


def _clear(plan):
    """Take away what an earlier load wrote, unless somebody has built on it."""
    worked_on = plan.targets.exclude(status="", status_note="") | plan.targets.filter(activities__isnull=False)
    if worked_on.exists() or Target.objects.filter(assigned_from__plan=plan).exists():
        raise Refusal("Chỉ tiêu của kế hoạch này đã được giao xuống, đã đánh giá hoặc đã gắn hoạt động nên không nạp lại được.")
    for rows in (plan.items, plan.targets, plan.budget_lines):
        rows.all().delete()


def _fill(plan, items, targets):
    indicators = {row.code: row for row in Indicator.objects.all()}
    PlanItem.objects.bulk_create(item_of(plan, number, row) for number, row in enumerate(items, 1))
    Target.objects.bulk_create(target_of(plan, number, row, indicators) for number, row in enumerate(targets, 1))
    BudgetLine.objects.bulk_create(
        BudgetLine(plan=plan, position=number, text=row["text_vi"], amount=amount_in(row["text_vi"]))
        for number, row in enumerate((row for row in items if row["kind"] == "budget"), 1)
    )


def sections(plan):
    """The plan's body for reading: (path, [items]) in print order, head and foot left out."""
    body = [item for item in plan.items.all() if item.kind not in HEAD | FOOT]
    return [(path, list(rows)) for path, rows in groupby(body, key=lambda item: item.path)]
