"""Loading a plan from the two CSV files of a plan: its paragraphs in print order, and its targets."""

import csv
import re
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.db.models import F

from childcare.audit import actions as audit
from childcare.indicators.models import Indicator
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold, nfc
from plans import structure
from plans.models import Assignment, BudgetLine, Plan, PlanItem, Target, Task

HEAD = {"number_line", "place_date", "title", "subject", "agency", "motto"}
FOOT = {"recipients_label", "recipient", "signer_authority", "signer_name"}
LOADED = (
    "position", "code", "section", "text", "indicator_id", "comparison", "value", "unit_text", "multiplier", "kind", "note"
)  # fmt: skip


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


def kind_of(subject, first, last):
    """What a plan is by its subject and years."""
    if re.search(r"\b(đề án|chương trình)\b", subject.lower()):
        return Plan.Kind.SCHEME
    return Plan.Kind.YEAR if first == last else Plan.Kind.MULTI_YEAR


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


def row_of(item):
    """The row of the items file that a paragraph came from."""
    return {"path": item.path, "kind": item.kind, "bullet": item.bullet, "text_vi": item.text, "note": item.note}


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
    head = head_of(items)
    plan, made = Plan.objects.update_or_create(
        unit=unit, first_year=first, last_year=last, seed=seed[:60],
        defaults={**head, "kind": kind_of(head["subject"], first, last)},
    )  # fmt: skip
    if not made and not _same(plan, items, targets):
        _refuse_when_built_on(plan)
        made = True
    if made:
        write(plan, items, targets)
        audit.record("plan.loaded", subject=plan, by=by)
    return plan, {"items": plan.items.count(), "targets": plan.targets.count(), "budget_lines": plan.budget_lines.count()}


@transaction.atomic
def write(plan, items, targets=None):
    """The text of a plan anew, with its tasks, scopes and money, and its targets unless they stay as they are (None).

    Rows whose words stay keep what was written on them. Refuses to take away one on which something stands, and says which.
    """
    plan.items.all().delete()
    rows = PlanItem.objects.bulk_create(item_of(plan, number, row) for number, row in enumerate(items, 1))
    tasks, lines = structure.build(plan, rows)
    take_away([*_targets(plan, targets), *tasks, *lines] if targets is not None else [*tasks, *lines])


def take_away(rows):
    """Delete targets, tasks or lines of money that the plan names no more. Refuses when something stands on one."""
    stands = [row for row in rows if _stands(row)]
    if stands:
        named = "; ".join(f"“{str(row)[:80]}”" for row in stands[:3])
        raise Refusal(f"Đã có kết quả, hoạt động hoặc số giao xuống gắn với: {named}. Hãy giữ nguyên lời của các mục này.")
    for row in rows:
        row.delete()


def _stands(row):
    """True when something was built on a target, a task or a line of money."""
    if isinstance(row, BudgetLine):
        return row.entries.exists()
    if row.activities.exists():
        return True
    if isinstance(row, Task):
        return row.worked_on
    return bool(row.status or row.status_note) or row.assigned_to.exists() or row.assignments.exists()


def _targets(plan, rows):
    """Write the targets; returns those that are not among the rows. A target keeps its row by its code, else by its words."""
    indicators = {row.code: row for row in Indicator.objects.all()}
    tasks = list(plan.tasks.filter(position__lt=structure.ASIDE))
    plan.targets.update(position=F("position") + structure.ASIDE)
    old = list(plan.targets.all())
    for number, row in enumerate(rows, 1):
        new = target_of(plan, number, row, indicators)
        new.task = structure.task_of(row["section"], tasks)
        kept = _kept(old, new)
        if kept is None:
            new.save()
            continue
        old.remove(kept)
        for name in (*LOADED, "task_id"):
            setattr(kept, name, getattr(new, name))
        kept.save(update_fields=[*(name.removesuffix("_id") for name in LOADED), "task"])
    return old


def _kept(old, new):
    """The target of before that is the same as a new one."""
    same = [target for target in old if target.code == new.code and new.code]
    same = same or [target for target in old if structure.key_of(target.text) == structure.key_of(new.text)]
    return same[0] if same else None


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


def _refuse_when_built_on(plan):
    """Refuse to load other rows once somebody has built on the targets."""
    worked_on = plan.targets.exclude(status="", status_note="") | plan.targets.filter(activities__isnull=False)
    if worked_on.exists() or Assignment.objects.filter(target__plan=plan).exists():
        raise Refusal("Chỉ tiêu của kế hoạch này đã được giao xuống, đã đánh giá hoặc đã gắn hoạt động nên không nạp lại được.")


def sections(plan):
    """The plan's body for reading: (path, [items]) in print order, head and foot left out."""
    body = [item for item in plan.items.all() if item.kind not in HEAD | FOOT]
    return [(path, list(rows)) for path, rows in groupby(body, key=lambda item: item.path)]
