"""The depth of the demo's activities and the fund of each commune: people by kind, gifts, plans, money in and out."""

from datetime import date, timedelta
from random import Random

from childcare.units.models import UnitYear
from plans.models import Activity, ActivityMoney, Fund, FundEntry, Tally
from reports.demo.families import key
from reports.demo.names import FICTITIOUS

DONORS = (
    ("donor", "Công ty may Hoa Phượng (minh họa)", 5_000_000, "money", "Ủng hộ quỹ đầu năm"),
    ("campaign", "", 3_200_000, "money", "Quyên góp của các tổ dân phố"),
    ("donor", "Hội đồng hương (minh họa)", 2_400_000, "goods", "24 cặp sách và đồ dùng học tập"),
)
SPENDING = (
    ("relief", 1_500_000, "money", "Thăm hỏi trẻ em ốm đau dài ngày", 6),
    ("education", 1_800_000, "goods", "18 cặp sách cho học sinh khó khăn", 18),
    ("growth", 700_000, "money", "Quà sinh hoạt hè", 14),
)
SHARES = {"family": 0.5, "school": 0.1, "community": 0.4}  # of the adults at a talk


def deepen(place, *, children, with_official, on, by):
    """Lines beneath the activities of the last year, and general figures to count them of; nothing where there are some."""
    held = list(Activity.objects.filter(unit=place, held_on__gt=on - timedelta(days=365), tallies=None))
    rng = Random(f"deeds {place.code} {on}")
    for activity in held:
        _tell(activity, children)
    if held and place.kind == "commune":
        _plan_ahead(place, on, by, rng)
        _keep_fund(place, on, by, rng)
    if with_official:
        for name, value in (("families", children * 0.62), ("school_staff", children * 0.05), ("adults", children / 0.3)):
            UnitYear.objects.get_or_create(
                unit=place, year=on.year, key=name,
                defaults={"value": round(value), "source": "Số liệu minh họa", "source_date": min(on, date(on.year, 1, 15))},
            )  # fmt: skip


def _tell(activity, children):
    rows = []
    if activity.kind in ("communication", "forum") and activity.children:
        girls = activity.children // 2
        boys = activity.children - girls
        rows += [("children", "m", "6-10", boys, None), ("children", "f", "6-10", girls, None)]
        rows.append(("children", "", "", activity.children, min(activity.children, children // 6)))
    if activity.kind == "communication" and activity.adults:
        for what, share in SHARES.items():
            times = int(activity.adults * share)
            rows.append((what, "", "", times, min(times, int(children * 0.62 * share / 4))))
    if activity.kind == "forum" and activity.children:
        rows += [("consulted", "", "", None, activity.children // 3), ("rights", "", "", None, activity.children // 2)]
    if activity.products:
        rows.append(("leaflet", "", "", activity.products, None))
    Tally.objects.bulk_create(
        Tally(activity=activity, what=what, sex=sex, band=band, times=times, people=people)
        for what, sex, band, times, people in rows
    )
    if activity.gifts and not activity.money:
        _give(activity)


def _give(activity):
    """The presents of an activity, two thirds from donors."""
    given = activity.gifts * 2 // 3
    price = 30_000 if activity.kind == "mid_autumn" else 400_000
    lines = (("Quà tặng", "donor", given, price), ("Quà tặng", "commune", activity.gifts - given, price))
    for position, (text, source, packs, price) in enumerate(lines, 1):
        ActivityMoney.objects.create(
            activity=activity, position=position, text=text, source=source, packs=packs, price=price, amount=packs * price
        )
    activity.money = sum(packs * price for _, _, packs, price in lines)
    activity.occasion = {"gifts": "new_year", "mid_autumn": "mid_autumn"}.get(activity.kind, "")
    activity.save(update_fields=["money", "occasion"])


def _plan_ahead(place, on, by, rng):
    day = on + timedelta(days=30)
    Activity.objects.create(
        public_id=key(rng), unit=place, kind="action_month", held_on=day, planned=True, recorded_by=by, note=FICTITIOUS,
        title="Lễ phát động Tháng hành động vì trẻ em", place=f"Nhà văn hóa {place.name[0].lower()}{place.name[1:]}",
    )  # fmt: skip


def _keep_fund(place, on, by, rng):
    first = max(date(on.year, 1, 1), place.valid_from or date.min)
    if Fund.objects.filter(unit=place).exists() or on - first < timedelta(days=60):
        return
    fund = Fund.objects.create(
        public_id=key(rng), unit=place, kind="protection", opened_on=first, recorded_by=by,
        name=f"Quỹ bảo vệ trẻ em {place.name[0].lower()}{place.name[1:]}",
    )  # fmt: skip
    _enter(fund, "opening", 1, first, by, rng, amount=4_500_000, text="Số dư khi bắt đầu theo dõi")
    for at, (origin, donor, amount, form, text) in enumerate(DONORS, 1):
        about = {"amount": amount, "form": form, "text": text, "origin": origin, "donor": donor, "estimated": form == "goods"}
        _enter(fund, "income", at, first + timedelta(days=9 * at), by, rng, paper=f"PT {at:02d}", **about)
    for at, (purpose, amount, form, text, children) in enumerate(SPENDING, 1):
        about = {"amount": amount, "form": form, "text": text, "purpose": purpose, "children": children}
        _enter(fund, "spending", at, first + timedelta(days=30 + 9 * at), by, rng, paper=f"PC {at:02d}", **about)


def _enter(fund, kind, number, on, by, rng, **facts):
    FundEntry.objects.create(
        public_id=key(rng), fund=fund, kind=kind, number=number, on=on, year=on.year, recorded_by=by, **facts
    )
