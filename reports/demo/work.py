"""What the units did and reported: activities, general figures of the year, figures of the time before the system."""

import random
from datetime import date, timedelta

from childcare.indicators.models import Indicator
from childcare.units.models import UnitYear
from plans.models import Activity, Plan
from reports import windows
from reports.demo.families import key
from reports.demo.names import FICTITIOUS
from reports.models import ManualFigure

SOURCE = "Số liệu minh họa"
# kind, month, day, title, numbers; the year is the one in which the day last came round.
YEARLY = [
    ("action_month", 6, 1, "Lễ phát động Tháng hành động vì trẻ em", {"children": 180, "adults": 60, "money": 12_000_000}),
    ("mid_autumn", 9, 25, "Đêm hội trăng rằm", {"children": 320, "adults": 150, "gifts": 320, "raised": 15_000_000}),
    ("communication", 11, 20, "Nói chuyện về phòng, chống xâm hại trẻ em", {"children": 120, "adults": 45, "products": 200}),
    ("training", 12, 12, "Tập huấn cộng tác viên: phát hiện sớm trẻ em có nguy cơ", {"staff": 9, "money": 4_500_000}),
    ("gifts", 2, 3, "Tặng quà trẻ em nhân dịp Tết Nguyên đán", {"children": 35, "gifts": 35, "raised": 17_500_000}),
    ("communication", 3, 15, "Truyền thông phòng, chống đuối nước", {"children": 210, "adults": 80, "products": 150}),
    ("guidance", 3, 20, "Kế hoạch công tác trẻ em của phường", {}),
    ("forum", 4, 18, "Diễn đàn trẻ em cấp phường", {"children": 90, "adults": 20, "money": 6_000_000}),
    ("inspection", 4, 24, "Kiểm tra điểm vui chơi, ao hồ", {"adults": 6}),
]
SERVES = {"forum": "TG-04", "action_month": "TG-05", "mid_autumn": "TG-06", "training": "NL-02", "communication": "TR-01"}


def last_time(month, day, on):
    """The last day with this month and day up to `on`."""
    found = date(on.year, month, day)
    return found if found <= on else date(on.year - 1, month, day)


def make_activities(place, *, on, by, rng):
    """Two years of activities, tied to the targets of the unit's plan that they serve."""
    if Activity.objects.filter(unit=place).exists():
        return
    for kind, month, day, title, numbers in YEARLY:
        last = last_time(month, day, on)
        for held_on in (last, last.replace(year=last.year - 1)):
            held_on += timedelta(days=rng.randrange(-2, 1))
            if rng.random() >= 0.12 and place.valid_on(held_on):
                make_activity(place, kind, held_on, title, numbers, by=by, rng=rng)


def about(rng, value):
    """A number near another, money in whole thousands."""
    found = int(value * rng.uniform(0.7, 1.2))
    return found // 1000 * 1000 if value > 10**5 else found


def make_activity(place, kind, held_on, title, numbers, *, by, rng):
    """One activity with numbers near the usual ones."""
    scaled = {name: about(rng, value) for name, value in numbers.items()}
    activity = Activity.objects.create(
        public_id=key(rng), unit=place, kind=kind, held_on=held_on, title=title, recorded_by=by, note=FICTITIOUS, **scaled
    )
    for plan in Plan.objects.filter(unit=place).of_year(held_on.year):
        activity.targets.add(*plan.targets.filter(indicator__code=SERVES.get(kind, "")))


def make_unit_years(place, *, children, years, with_official, on, rng):
    """Population, households, schools, and the children counted by the police (some wards have not sent that one)."""
    for year in years:
        facts = {
            "population": round(children / 0.235),
            "households": round(children / 0.235 / 3.4),
            "schools": rng.randrange(2, 6),
        }
        if with_official:
            facts["children_official"] = round(children * rng.uniform(1.0, 1.05))
        for name, value in facts.items():
            UnitYear.objects.get_or_create(
                unit=place,
                year=year,
                key=name,
                defaults={"value": value, "source": SOURCE, "source_date": min(on, date(year, 1, 15))},
            )


def make_old_figures(place, *, children, windows, by, rng):
    """Figures "theo báo cáo cũ" of the year before, so that the first year has its cùng kỳ."""
    special = max(1, round(children * rng.uniform(0.035, 0.05)))
    helped = special - (rng.random() < 0.5)
    injured = rng.randrange(1, 6)
    facts = {
        "DS-01": (round(children * 0.98), None), "HC-01": (special, None), "HC-03": (helped, None), "HC-04": (helped, special),
        "XH-01": (rng.randrange(0, 2), None), "TN-01": (injured, None), "TN-03": (0, None), "TN-05": (0, None),
        "NL-05": (rng.randrange(10, 30) * 1_000_000, None),
    }  # fmt: skip
    indicators = {row.code: row for row in Indicator.objects.filter(code__in=facts)}
    for name, first, last in windows:
        for code, (numerator, denominator) in facts.items():
            ManualFigure.objects.get_or_create(
                unit=place, indicator=indicators[code], breakdown="", data_from=first, cutoff=last, origin="old_report",
                voided_at=None,
                defaults={
                    "numerator": numerator, "denominator": denominator, "source": f"Báo cáo {name} ({SOURCE.lower()})",
                    "source_date": last + timedelta(days=8), "entered_by": by,
                },
            )  # fmt: skip


def make_old_years(place, *, children, years, by):
    """What old annual reports told of some main figures, so that a trend over five years is there to be seen."""
    dice = random.Random(place.code)
    indicators = {row.code: row for row in Indicator.objects.filter(code__in=("DS-01", "HC-01", "TN-01"))}
    for back, year in enumerate(sorted(years, reverse=True), 2):
        window = windows.of_year(place, year)
        told = {"DS-01": round(children * (1 - 0.012 * back)), "HC-01": round(children * (0.03 + 0.004 * back) + dice.random())}
        for code, number in {**told, "TN-01": dice.randrange(1, 7)}.items():
            ManualFigure.objects.get_or_create(
                unit=place, indicator=indicators[code], breakdown="", data_from=window.data_from, cutoff=window.cutoff,
                origin="old_report", voided_at=None,
                defaults={
                    "numerator": number, "source": f"Báo cáo năm {year} ({SOURCE.lower()})",
                    "source_date": window.cutoff + timedelta(days=8), "entered_by": by,
                },
            )  # fmt: skip


def make_sector_figures(place, figures, *, first, last, by):
    """Figures of other sectors for the current window. `figures`: code → (numerator, denominator)."""
    for code, (numerator, denominator) in figures.items():
        ManualFigure.objects.get_or_create(
            unit=place, indicator=Indicator.objects.get(code=code), breakdown="", data_from=first, cutoff=last, origin="sector",
            voided_at=None,
            defaults={
                "numerator": numerator, "denominator": denominator, "source": SOURCE, "source_date": last, "entered_by": by,
            },
        )  # fmt: skip
