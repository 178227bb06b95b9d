"""One target compared over the units to which it was handed down: given, reached, told by the unit itself. No HTTP here."""

from dataclasses import dataclass, replace

from childcare.accounts.roles import Permission
from childcare.lib.vietnamese import number
from plans.models import Assignment, Plan, TargetAnswer
from reports import judging, measures
from reports.measures.catalogue import is_masked_kind
from reports.measures.masking import FEW
from reports.target_table import Cell, target_cells


@dataclass(frozen=True)
class UnitRow:
    """One unit beside the others: what it was given, its figure and verdict, its last answer, its plan where it may be read."""

    cell: Cell
    assignment: Assignment | None
    behind: bool  # its plan still says another value
    answer: TargetAnswer | None
    plan: Plan | None

    @property
    def told(self):
        """ "12/15 (80%)" of the unit's own answer."""
        answer = self.answer
        if answer is None or answer.done is None:
            return ""
        if answer.of is None:
            return number(answer.done)
        return f"{number(answer.done)}/{number(answer.of)} ({number(answer.done * 100 / answer.of, 1)}%)"


def given_units(plan, units):
    """Of the units those to which anything of the plan is given."""
    keys = set(Assignment.objects.open().filter(target__plan=plan).values_list("unit", flat=True))
    return [unit for unit in units if unit.pk in keys]


def over_units(target, units, window, officer):
    """{"whole": Cell of the issuer, "rows": [UnitRow], "given", "met", "answered"}; a fixed number of questions.

    What no figure counts is judged by what the unit answered.
    """
    whole, *cells = target_cells(target, [target.plan.unit, *units], window, officer)
    open_rows = Assignment.objects.open().filter(target=target, unit__in=units).select_related("target")
    given = {row.unit_id: row for row in open_rows}
    own = {
        row.plan.unit_id: row for row in target.assigned_to.filter(plan__unit__in=units).select_related("plan").order_by("pk")
    }
    answers = {row.target_id: row for row in TargetAnswer.objects.filter(target__in=own.values()).order_by("pk")}
    if not officer.can_in(Permission.PLAN_VIEW, target.plan.unit):
        answers = {}  # what a unit says of itself goes up, not to its neighbours
    rows = [_row(cell, given.get(cell.unit.pk), own.get(cell.unit.pk), answers, officer, window) for cell in cells]
    seen = set(Plan.objects.visible_to(officer).filter(pk__in=[row.plan.pk for row in rows if row.plan]))
    rows = [row if row.plan in seen else replace(row, plan=None) for row in rows]
    met = sum(row.cell.verdict.state == "met" for row in rows if row.assignment)
    answered = any(row.answer or row.cell.unit.kind in ("hamlet", "school") for row in rows)
    return {"whole": whole, "rows": rows, "given": len(given), "met": met, "answered": answered}


def _may_read(answer, cell, officer):
    """False for a small sensitive number that a unit told: it is covered like a counted one, its words with it."""
    if not is_masked_kind(cell.now.code) or answer.done is None or answer.done >= FEW and not cell.now.masked:
        return True
    return officer.can_in(Permission.CHILD_VIEW, cell.unit) and not cell.now.masked


def _row(cell, assignment, own, answers, officer, window):
    answer = answers.get(own.pk) if own else None
    if answer and not _may_read(answer, cell, officer):
        answer = None
    if cell.now.missing and answer and answer.done is not None:
        cell = _by_answer(cell, answer, window)
    behind = bool(assignment and own and own.value != assignment.value)
    return UnitRow(cell, assignment, behind, answer, own.plan if own else None)


def _by_answer(cell, answer, window):
    """The verdict from what the unit said of itself; the figure stays missing: nobody counted it."""
    told = measures.Figure(
        cell.now.code, answer.done, answer.of, cell.target.multiplier or (100 if answer.of else 1), origin="told"
    )
    verdict = judging.judge(cell.target, told, None, window.cutoff)
    return replace(cell, verdict=replace(verdict, sentence=f"Theo trả lời của đơn vị: {verdict.sentence}"))
