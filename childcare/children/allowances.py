"""Which monthly allowance the recorded data point to on a day, and why. Advice, never a decision (NĐ 20/2021 Điều 5, 6, 20).

Only facts that the officer may see are asked: the same child may get other advice from somebody who knows more.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from childcare.children import allowance_cases as cases
from childcare.children.allowance_cases import ALLOWANCE, SIXTEEN, THREE, TWENTY_TWO
from childcare.children.models import (
    AllowanceCase,
    AllowanceRate,
    Circumstance,
    CircumstanceKind,
    PovertyStatus,
    Support,
)
from childcare.lib.calendar import age_on, birthday, show
from childcare.lib.vietnamese import number

FOUR = 4
# Clause of Điều 5 → (under this age, row): the first that fits.
BY_AGE = {"1": ((FOUR, "A1"), (SIXTEEN, "A2")), "3": ((FOUR, "A4"), (SIXTEEN, "A5"))}
BY_GROUP = {"N04.1": "A7", "N04.2": "A8"}
STUDYING = "A3"
TO_CARER = {"A6"}
NOT_THE_CHILDS = ("A6", "C1", "C2", "C3", "C4", "C5", "C6", "C7")
# Groups of children who live with somebody who took them in: Điều 20.1 pays the carer as well.
TAKEN_IN = ("N01.3", "N01.4", "N02.2")
HIV = ("A4", "A5")
NO_DAY = "chưa rõ ngày sinh"
# What a group says more than the case of the law: the officer has to look.
CHECK = {
    "N01.2": "trẻ ở cơ sở có chế độ nuôi dưỡng riêng",
    "N02": "không tính trẻ đã được nhận làm con nuôi",
    "N03.2": "chỉ khi người còn lại đang hưởng chế độ tại cơ sở trợ giúp xã hội, nhà xã hội",
}


@dataclass(frozen=True)
class Fact:
    """An open circumstance that an allowance may answer to."""

    code: str
    words: str
    paper: str = ""
    protected: bool = False


@dataclass
class Known:
    """What is recorded of a child, as far as the officer may see it."""

    birth_latest: date | None
    birth_exact: bool
    unit_path: str
    facts: list = field(default_factory=list)
    poverty: str = ""
    running: list = field(default_factory=list)
    studies: bool | None = None  # None: nobody wrote it down
    was_paid: bool = False  # by clause 1 on the day before it became sixteen
    alone: str = ""  # why one parent seems to raise it alone
    hard: bool = False  # lives in an especially hard area


@dataclass(frozen=True)
class Advice:
    """A row of the table with its reason; `doubts` is what must be looked at before anybody decides."""

    rate: AllowanceRate
    why: str
    doubts: tuple = ()
    protected: bool = False

    @property
    def money(self):
        """ "hệ số 1,5 × 360.000 đ = 540.000 đ"."""
        rate = self.rate
        return f"hệ số {number(rate.coefficient)} × {number(rate.base, 0)} đ = {number(rate.amount, 0)} đ"


class Rates:
    """The table once, for as many children as a page shows."""

    def __init__(self):
        self.rows = defaultdict(list)
        for row in AllowanceRate.objects.exclude(paid_to="one-off").select_related("unit"):
            self.rows[row.code].append(row)

    def at(self, code, on, path=""):
        """The row of the code on the day; a province's own row when it is the higher (Điều 4.3). None without one."""
        held = [row for row in self.rows[code] if row.valid_from <= on and (row.valid_to is None or on < row.valid_to)]
        here = [row for row in held if row.unit is None or path.startswith(row.unit.path)]
        return max(here, key=lambda row: (row.amount, row.unit is None), default=None)

    def codes_on(self, on, path=""):
        """The rows that hold on the day, by code."""
        return [row for code in sorted(self.rows) if (row := self.at(code, on, path)) is not None]


class Groups:
    """Which kinds of circumstance answer to which clause; one reading of the cases."""

    def __init__(self):
        self.clauses = {}
        for case in AllowanceCase.objects.exclude(clause=""):
            for group in case.groups.split():
                self.clauses[group] = case.clause

    def clause(self, code):
        """The clause for a kind's code: its own, or that of a head that answers as a whole (N01 for N01.3); "" for none."""
        return self.clauses.get(code) or self.clauses.get(code.partition(".")[0], "")

    def kinds(self, *clauses):
        """Keys of the kinds that answer to one of the clauses."""
        rows = CircumstanceKind.objects.filter(family="N").values_list("pk", "code")
        return [pk for pk, code in rows if self.clause(code) in clauses]


def advise(known, on, rates, groups):
    """(advice of the highest coefficient or None, further advice for the carer) for the child on the day (Điều 6.2)."""
    if known.birth_latest is None:
        return None, []
    age = age_on(known.birth_latest, on)
    found = [line for fact in known.facts if (line := _for_fact(known, fact, age, on, rates, groups))]
    best = max(found, key=lambda line: (line.rate.coefficient, not line.doubts), default=None)
    best = best or _student(known, age, on, rates) or _young(known, age, on, rates)
    return best, [*_for_carer(known, age, on, rates), *_for_parent(known, age, on, rates)]


def _young(known, age, on, rates):
    """A9: under three, poor or near poor, in an especially hard area, and in none of the clauses 1, 3, 6 (Điều 5.7)."""
    rate = rates.at("A9", on, known.unit_path) if age < THREE and known.hard and known.poverty in cases.POOR else None
    if rate is None:
        return None
    word = PovertyStatus.Level(known.poverty).label
    why = f"{word}, vùng đặc biệt khó khăn, {_years(age)} ngày {show(on)}"
    return Advice(rate, why, () if known.birth_exact else (NO_DAY,))


def _student(known, age, on, rates):
    """A3: had the allowance of clause 1 when it became sixteen, studies, not yet twenty-two (Điều 5.2)."""
    if not (SIXTEEN <= age < TWENTY_TWO and known.was_paid and known.studies is not False):
        return None
    rate = rates.at(STUDYING, on, known.unit_path)
    why = f"hưởng theo khoản 1 khi đủ 16 tuổi, đang học, {_years(age)} ngày {show(on)}"
    return rate and Advice(rate, why, () if known.studies else (cases.ASK_SCHOOL,))


def _for_parent(known, age, on, rates):
    """A6: a poor single parent, one share for each child under sixteen, or studying up to twenty-two (Điều 5.4, 6.2)."""
    counts = age < SIXTEEN or age < TWENTY_TWO and known.studies
    rate = rates.at("A6", on, known.unit_path) if counts and known.alone and known.poverty in cases.POOR else None
    if rate is None:
        return []
    return [Advice(rate, f"{known.alone}, {PovertyStatus.Level(known.poverty).label}", (cases.ASK_ALONE,))]


def _years(age):
    return f"{age} tuổi" if age else "chưa đủ 1 tuổi"


def _for_fact(known, fact, age, on, rates, groups):
    clause = groups.clause(fact.code)
    if clause in BY_AGE:
        code = next((row for under, row in BY_AGE[clause] if age < under), "")
    else:
        code = BY_GROUP.get(fact.code, "") if clause == "6" and age < SIXTEEN else ""
    rate = rates.at(code, on, known.unit_path) if code else None
    if rate is None or clause == "3" and known.poverty != PovertyStatus.Level.POOR:
        return None
    poor = " thuộc hộ nghèo" if clause == "3" else ""
    return Advice(
        rate, f"{fact.words}{poor}, {_years(age)} ngày {show(on)}", tuple(_doubts(known, fact, clause)), fact.protected
    )


def _doubts(known, fact, clause):
    """What the data do not say for certain."""
    return tuple(filter(None, (
        "" if known.birth_exact else NO_DAY,
        "chưa ghi giấy xác nhận mức độ khuyết tật" if clause == "6" and not fact.paper else "",
        CHECK.get(fact.code) or CHECK.get(fact.code.partition(".")[0]),
    )))  # fmt: skip


def _for_carer(known, age, on, rates):
    """What the carer of the child may get besides (Điều 20): lowest amounts of the decree."""
    for fact in known.facts:
        code = ""
        if fact.code in TAKEN_IN and age < SIXTEEN:
            code = "C1" if age < FOUR else "C2"
        elif fact.code == "N04.1":
            code = "C3"
        if code and (rate := rates.at(code, on, known.unit_path)):
            return [Advice(rate, rate.name, ("mức thấp nhất của nghị định; kiểm tra điều kiện của người nuôi dưỡng",))]
    return []


def known_of(children, officer, on):
    """Key → Known, of children already found visible: four queries however many there are."""
    keys = [child.pk for child in children]
    known = {
        child.pk: Known(child.birth_latest, child.birth_precision == "day", child.unit.path if child.unit else "")
        for child in children
    }
    facts = Circumstance.objects.uncovered(officer).valid().at_end_of(on).filter(child__in=keys, kind__family="N")
    for row in facts.select_related("kind", "kind__parent").order_by("pk"):
        known[row.child_id].facts.append(Fact(row.kind.code, row.kind.words, row.paper, row.protected_file_id is not None))
    houses = {child.household_id for child in children if child.household_id}
    poverty = dict(PovertyStatus.objects.valid().filter(household__in=houses, year=on.year).values_list("household", "level"))
    for child in children:
        known[child.pk].poverty = poverty.get(child.household_id, "")
    for row in running(officer, on).filter(child__in=keys).order_by("pk"):
        known[row.child_id].running.append(row)
    cases.fill(known, children, officer, on)
    return known


def running(officer, on):
    """Monthly allowances that run at the end of the day and that the officer may see."""
    rows = Support.objects.uncovered(officer).valid().at_end_of(on).filter(kind__code=ALLOWANCE, child__isnull=False)
    return rows.filter(Q(running=True) | Q(ended_on__isnull=False))


def of_rows(child, on, *, circumstances, supports, poverty, carers=(), enrolled=False):
    """The panel of a child's page, from the rows that the page has read already: the advice, what runs, whether they differ.

    None when there is nothing to say. `poverty`: the class of the household in the year of the day, "" when unknown.
    """
    known = Known(child.birth_latest, child.birth_precision == "day", child.unit.path if child.unit else "", poverty=poverty)
    known.facts = [
        Fact(row.kind.code, row.kind.words, row.paper, row.protected_file_id is not None)
        for row in circumstances
        if row.child_id and row.kind.family == "N" and _holds(row, on)
    ]
    known.running = [row for row in supports if row.child_id and row.kind.code == ALLOWANCE and _runs(row, on)]
    groups = {row.kind.code for row in circumstances if row.child_id and _holds(row, on)}
    known.studies, known.was_paid = cases.studies(child.schooling, enrolled), cases.was_paid(supports, child.birth_latest)
    known.alone = cases.alone(carers, groups) if poverty in cases.POOR else ""
    if poverty in cases.POOR and child.birth_latest and age_on(child.birth_latest, on) < THREE:
        known.hard = cases.hard(cases.areas_on(on), known.unit_path)
    if not (known.facts or known.running or known.was_paid or known.alone or known.hard):
        return None
    best, beside = advise(known, on, Rates(), Groups())
    if best is None and not beside and not known.running:
        return None
    codes = {row.allowance_code for row in known.running}
    differs = bool(best and known.running and best.rate.code not in codes and codes - {None} and not codes & {STUDYING})
    return {
        "best": best, "beside": beside, "running": known.running, "differs": differs, "steps": steps_of(known, on),
        "unverified": any(not line.rate.verified for line in [*([best] if best else []), *beside]),
    }  # fmt: skip


def _holds(row, on):
    began, over = row.started_on is None or row.started_on <= on, row.ended_on is not None and row.ended_on <= on
    return row.voided_at is None and began and not over


def _runs(row, on):
    return _holds(row, on) and (row.running or row.ended_on is not None)


def steps_of(known, on):
    """The birthdays ahead at which the allowance changes or ends, in words."""
    if known.birth_latest is None:
        return []
    days = [(years, birthday(known.birth_latest, years)) for years in (FOUR, SIXTEEN)]
    return [f"đủ {years} tuổi ngày {show(day)}" for years, day in days if day > on]
