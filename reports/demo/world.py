"""The whole demo in one transaction: reference data, plans, officers, places and families. A second run changes nothing."""

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases.loading import load_cases
from cases.models import Case
from childcare.accounts.models import Officer
from childcare.audit import actions as audit
from childcare.children.loading import load_kinds
from childcare.children.models import Child, Circumstance, Household, Incident, Pupil, Support
from childcare.indicators.loading import load_indicators
from childcare.lib.calendar import today
from childcare.lib.periods import year_earlier
from childcare.units.loading import load_units
from childcare.units.models import Unit
from plans.friendly_table import load_friendly
from plans.loading import load_plan, read
from plans.loading_records import load_criteria
from plans.models import Activity, Plan, Target
from reports.demo import care, cases, checking, deeds, facts, families, officers, planning, reported, schools, staffing, work
from reports.loading import load_regimes
from reports.models import Obligation
from reports.obligations import ensure_obligations

PLANS = Path(settings.BASE_DIR) / "plans" / "data"
TRAINING = date(2024, 5, 2)
DEFAULT = 1500
SEED = 2024


@dataclass(frozen=True)
class Place:
    """A commune of the demo: its share of the children, hamlets, day up to which it has data, who entered them."""

    code: str
    share: float
    hamlets: int
    on: date
    username: str
    province: str = "031"
    official: bool = True


def places(current):
    """The ten wards of Kiến An in 2024 (two without the children's number of the police), Cẩm Châu in 2023, a ward of today."""
    shares = {"11437": (0.17, 8), "11446": (0.14, 8)}
    for code, name in officers.WARDS.items():
        share, hamlets = shares.get(code, (0.035, 6))
        yield Place(code, share, hamlets, TRAINING, name, official=code not in ("11429", "11452"))
    yield Place("15160", 0.06, 7, date(2023, 10, 31), "camchau", province="038")
    yield Place("11443", 0.35, 12, current, "kienan")


def load_reference():
    """Units, code lists, catalogue, regimes."""
    load_units()
    load_kinds()
    load_cases()
    load_indicators()
    load_regimes()
    load_criteria()
    load_friendly()


def plan_of(code, on, name, year=None):
    """Load one of our own short plans, for another year than it was written for if need be."""
    items, targets = read(PLANS / f"{name}_items.csv"), read(PLANS / f"{name}_targets.csv")
    if year:
        for row in [*items, *targets]:
            for field, text in row.items():
                row[field] = text.replace("2026", str(year)) if field in ("text_vi", "years", "seed") else text
    return load_plan(unit=Unit.objects.by_code(code, on), items=items, targets=targets)[0]


HISTORY = (  # plans of other units, as history: code, a day on which the unit held, file
    ("15160", date(2023, 6, 30), "cam_chau_2023"),
    ("35", date(2014, 6, 30), "ha_nam_2014"),
    ("34", date(2014, 6, 30), "thai_binh_2014"),
    ("19948-S01", date(2023, 6, 30), "an_bang_2023"),
)


def load_plans(current):
    """Kiến An 2024 with its ten wards, the four plans of elsewhere, and the plan of the ward of today."""
    district = plan_of("307", TRAINING, "kien_an_2024") if not Plan.objects.filter(seed="demo-kien-an-2024").exists() else None
    if district:
        planning.hand_down(district, TRAINING)
    for code, on, name in HISTORY:
        if not Plan.objects.filter(seed=f"demo-{name.replace('_', '-')}").exists():
            plan_of(code, on, name)
    if not Plan.objects.filter(seed__startswith="demo-kien-an-", unit__code="11443").exists():
        plan_of("11443", current, "phuong_kien_an_2026", current.year)


def populate(place, count):
    """Families and facts of one commune, unless it has some."""
    unit = Unit.objects.by_code(place.code, place.on)
    hamlets = families.make_hamlets(unit, place.hamlets)
    if Household.objects.filter(unit__path__startswith=unit.path).exists() or not count:
        return
    rng = random.Random(f"{SEED}-{place.code}-{place.on.year >= 2025}")
    by = Officer.objects.get(username=place.username)
    since = date(place.on.year - 1, 11, 1)
    houses = families.make_households(hamlets, count, rng)
    children = families.make_children(houses, province=place.province, on=place.on, by=by, rng=rng)
    staying = families.make_residences(children, since=since, on=place.on, by=by, rng=rng)
    families.make_carers(children, by=by, rng=rng)
    poverty = families.make_poverty(houses, years=[place.on.year - 1, place.on.year], by=by, rng=rng)
    held = facts.make_circumstances(staying, poverty, since=since, on=place.on, by=by, rng=rng)
    facts.make_supports(staying, held, poverty, place=unit, on=place.on, by=by, rng=rng)
    make_events(unit, place, staying, held, since=since, by=by, rng=rng)
    make_figures(unit, place, len(staying), since=since, by=by, rng=rng)


def make_events(unit, place, children, held, *, since, by, rng):
    """Injuries everywhere; one case of violence in Văn Đẩu and in the ward of today; one drowning in Bắc Sơn."""
    small = [child for child in children if 5 <= place.on.year - child.birth_latest.year <= 12 and child.pk not in held]
    if unit.name in ("Phường Văn Đẩu", "Phường Kiến An") and small:
        day = date(place.on.year, 3, 14)
        facts.make_abuse(small.pop(), unit, on=day, intervened_on=day.replace(day=15), by=by, rng=rng)
    if unit.name == "Phường Bắc Sơn" and small:
        facts.make_drowning(small.pop(), unit, on=date(place.on.year, 4, 20), by=by, rng=rng)
    still = [child for child in small if child.residing]
    facts.make_injuries(still, unit, count=rng.randrange(1, 4), first=since, last=place.on, by=by, rng=rng)
    first, last = max(year_earlier(since), unit.valid_from or date.min), year_earlier(place.on)
    there = [child for child in still if child.birth_latest < first] if first <= last else []
    facts.make_injuries(there, unit, count=rng.randrange(1, 5), first=first, last=last, by=by, rng=rng)


def make_figures(unit, place, children, *, since, by, rng):
    """Activities, general figures, figures of old reports and of other sectors."""
    work.make_activities(unit, on=place.on, by=by, rng=rng)
    staffing.make(unit, on=place.on, by=by)
    work.make_unit_years(
        unit, children=children, years=[place.on.year - 1, place.on.year], with_official=place.official, on=place.on, rng=rng
    )
    deeds.deepen(unit, children=children, with_official=place.official, on=place.on, by=by)
    half, year = date(since.year + 1, 4, 30), date(since.year + 1, 10, 31)
    windows = [(f"6 tháng đầu năm {since.year}", year_earlier(since), year_earlier(half)),
               (f"năm {since.year}", year_earlier(since), year_earlier(year))]  # fmt: skip
    work.make_old_figures(unit, children=children, windows=windows, by=by, rng=rng)
    work.make_old_years(unit, children=children, years=range(since.year - 4, since.year), by=by)
    work.make_sector_figures(unit, {"VP-01": (0, None), "VP-02": (0, None)}, first=since, last=half, by=by)


@transaction.atomic
def build(children=DEFAULT, reports=True):
    """Everything that is missing of the demo. Returns the numbers of the summary."""
    current = max(today(), date(2026, 6, 30))
    load_reference()
    hamlet_places = list(places(current))
    for place in hamlet_places:
        families.make_hamlets(Unit.objects.by_code(place.code, place.on), place.hamlets)
    school = schools.make_school(TRAINING)
    made = officers.make_officers()
    load_plans(current)
    reach = begun = 0
    for place in hamlet_places:
        reach += place.share
        populate(place, round(children * reach) - begun)
        begun = round(children * reach)
    schools.make_pupils(school, Officer.objects.get(username="truong.namson"))
    district = Unit.objects.by_code("307", TRAINING)
    by = Officer.objects.get(username="quan")
    work.make_sector_figures(district, {"PH-01": (8, 10)}, first=date(2023, 11, 1), last=date(2024, 4, 30), by=by)
    owed = ensure_obligations(2023, within=Unit.objects.by_code("15160", date(2023, 10, 31)))  # where the plan of 2023 lives
    owed += sum(ensure_obligations(year) for year in sorted({2024, current.year}))
    cases.make_cases()
    care.make_care()
    checking.make_checks()
    if reports:
        reported.make_reports(current)
    if made or owed:
        audit.record("demo.built", note="dữ liệu minh họa")
    return summary()


def summary():
    """What there is, as numbers."""
    counted = {
        "units": Unit, "officers": Officer, "plans": Plan, "targets": Target, "activities": Activity, "households": Household,
        "children": Child, "circumstances": Circumstance, "supports": Support, "incidents": Incident, "pupils": Pupil,
        "obligations": Obligation, "cases": Case,
    }  # fmt: skip
    return {name: model.objects.count() for name, model in counted.items()}
