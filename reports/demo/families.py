"""Households, children and where they live: rows as the actions write them, in bulk."""

import uuid
from datetime import date, timedelta

from childcare.children.models import Caregiver, Child, Household, Membership, PovertyStatus, Residence
from childcare.children.records import child_fields
from childcare.lib.calendar import of_day, of_month, of_year
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit
from reports.demo.names import FAMILY, FICTITIOUS, STREETS, full_name, identity_number, phone

BATCH = 2000
CHILDREN_IN_A_HOUSE = [1] * 5 + [2] * 6 + [3] * 2


def key(rng):
    """A public id that is the same in every run of the demo."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def some_day(rng, first, last):
    """A day between two others, both included."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def make_hamlets(place, count):
    """The hamlets of a commune, with its own dates. Returns those that stand or are new, in order."""
    word = place.hamlet_word[:1].upper() + place.hamlet_word[1:]
    for number in range(1, count + 1):
        hamlet, new = Unit.objects.get_or_create(
            code=f"{place.code}-T{number:02d}",
            valid_from=place.valid_from,
            defaults={
                "kind": "hamlet",
                "name": f"{word} {number}",
                "parent": place,
                "valid_to": place.valid_to,
                "note": FICTITIOUS,
            },
        )
        if new:
            hamlet.path = f"{place.path}{hamlet.pk}."
            hamlet.save(update_fields=["path"])
    return list(Unit.objects.filter(parent=place, kind="hamlet").order_by("code"))


def make_households(hamlets, count, rng):
    """Households with so many children together. Returns [(household, [sex of each child])]."""
    families = []
    while count > 0:
        size = min(rng.choice(CHILDREN_IN_A_HOUSE), count)
        count -= size
        hamlet = rng.choice(hamlets)
        head = full_name(rng, "m")
        address = f"Số {rng.randrange(1, 300)} đường {rng.choice(STREETS)}" if "Tổ" in hamlet.name else hamlet.name
        house = Household(
            public_id=key(rng), unit=hamlet, head_name=head, head_folded=fold(head), address=address, phone=phone(rng)
        )
        families.append((house, [rng.choice("mmmmmmmmmmmffffffffff") for _ in range(size)]))
    Household.objects.bulk_create([house for house, _ in families], batch_size=BATCH)
    return families


def birth_of(rng, on):
    """A birth date between seventeen years ago and the day: mostly a day, sometimes a month or only a year."""
    born = some_day(rng, date(on.year - 16 - (rng.random() < 0.05), on.month, min(on.day, 28)), on - timedelta(days=3))
    chance = rng.random()
    if chance < 0.03 and born.year < on.year:
        return of_year(born.year)
    return of_month(born.year, born.month) if chance < 0.045 and born < on - timedelta(days=40) else of_day(born)


def make_children(families, *, province, on, by, rng):
    """Children of the households. Returns them; each knows its household and hamlet."""
    used, children = set(), []
    for house, sexes in families:
        family = house.head_name.split(" ")[0]
        mother = full_name(rng, "f", rng.choice(FAMILY))
        for sex in sexes:
            children.append(_child(house, sex, family, mother, province=province, on=on, by=by, rng=rng, used=used))
    Child.objects.bulk_create(children, batch_size=BATCH)
    return children


def _child(house, sex, family, mother, *, province, on, by, rng, used):
    birth = birth_of(rng, on)
    number = ""
    if rng.random() < 0.86:
        number = identity_number(rng, province, sex, birth.latest.year)
        number = "" if number in used else number
        used.add(number)
    verified = number and rng.random() < 0.84
    state = rng.choices(["present", "absent", ""], [92, 5, 3])[0]
    return Child(
        public_id=key(rng),
        sex=sex,
        ethnic="E01" if rng.random() < 0.985 else "E02",
        identity_verified_on=some_day(rng, max(birth.latest, on - timedelta(days=900)), on) if verified else None,
        ministry_state=state,
        birth_certificate=f"{rng.randrange(1, 400)}/{birth.latest.year}" if rng.random() < 0.97 else "",
        mother_name=mother,
        father_name=house.head_name,
        phone=house.phone,
        schooling=_schooling(on.year - birth.latest.year),
        note=FICTITIOUS,
        unit=house.unit,
        household=house,
        created_by=by,
        **child_fields(full_name(rng, sex, family), birth, identity_number=number),
    )


def _schooling(age):
    """What a child of that age visits."""
    steps = [(3, ""), (6, "mẫu giáo"), (11, "tiểu học"), (15, "trung học cơ sở"), (18, "trung học phổ thông")]
    return next((word for limit, word in steps if age < limit), "")


def make_residences(children, *, since, on, by, rng):
    """Where each lives: most from before, some born or arrived in the period, a few left it. Returns who stayed."""
    residences, members, left = [], [], []
    for child in children:
        residence = Residence(public_id=key(rng), child=child, unit=child.unit, recorded_by=by)
        if child.birth_latest > since:
            residence.started_on, residence.start_reason = child.birth_latest, "birth"
        elif rng.random() < 0.03:
            residence.started_on, residence.start_reason = some_day(rng, since, on), "arrival"
        elif rng.random() < 0.015:
            residence.ended_on, residence.end_reason = some_day(rng, since, on), "departure"
            child.residing = False
            left.append(child)
        residences.append(residence)
        members.append(
            Membership(
                child=child, household=child.household, relation_to_head="con", started_on=residence.started_on, recorded_by=by
            )
        )  # fmt: skip
    Residence.objects.bulk_create(residences, batch_size=BATCH)
    Membership.objects.bulk_create(members, batch_size=BATCH)
    Child.objects.bulk_update(left, ["residing"])
    return [child for child in children if child.residing]


def make_carers(children, *, by, rng):
    """The mother of each, or a grandparent."""
    Caregiver.objects.bulk_create(
        (
            Caregiver(child=child, name=child.mother_name, relation="mother", phone=child.phone, recorded_by=by)
            if rng.random() < 0.94
            else Caregiver(child=child, name=full_name(rng, "f"), relation="grandparent", recorded_by=by)
            for child in children
        ),
        batch_size=BATCH,
    )


def make_poverty(families, *, years, by, rng):
    """The class of the poor and near-poor households in each of the years. Returns household key → class of the last year."""
    rows, last = [], {}
    for house, _ in families:
        chance = rng.random()
        if chance > 0.11:
            continue
        for year in years:
            level = "poor" if chance < 0.045 else "near"
            if year == years[-1] and rng.random() < 0.1:
                level = "near" if level == "poor" else "other"
            decision = f"Danh sách rà soát {year} (minh họa)"
            rows.append(PovertyStatus(household=house, year=year, level=level, decision=decision, recorded_by=by))
            last[house.pk] = level
    PovertyStatus.objects.bulk_create(rows, batch_size=BATCH)
    return last
