"""Random histories of two wards: children come, move, leave, get facts, files are closed, rows are voided, wards merge."""

import random
from datetime import date, timedelta

from django.utils import timezone

from childcare.children import models as c
from plans.models import Activity
from tests import factories as make
from tests import people, unit_changes

FIRST, LAST = date(2023, 8, 1), date(2024, 5, 10)
CHANGE = date(2024, 3, 1)
GROUPS = ("N01", "N04.1", "N09", "N11", "L03", "L05", "L06", "R01", "R21")
SUPPORTS = ("S01", "S03", "S30", "S34")


class History:
    """`step()` writes something at random into the register; equal seeds write the same."""

    def __init__(self, seed, admin):
        self.dice, self.admin = random.Random(seed), admin
        self.wards = unit_changes.wards(people.NAM_SON, people.VAN_DAU)
        self.district = self.wards[0].parent
        self.places = [*self.wards, *(make.hamlet(ward, "Tổ dân phố 1") for ward in self.wards)]
        self.children, self.houses, self.changed = [], [], False
        for place in self.places:
            self.child(place)

    def step(self):
        """One random change."""
        steps = (
            self.child, self.child, self.circumstance, self.circumstance, self.support, self.support, self.move, self.leave,
            self.incident, self.incident, self.activity, self.poverty, self.void, self.close,
        )  # fmt: skip
        self.dice.choice(steps)()

    def day(self):
        """A day around the window, sometimes none at all."""
        return FIRST + timedelta(days=self.dice.randrange((LAST - FIRST).days))

    def maybe(self, share, value):
        return value if self.dice.random() < share else None

    def child(self, place=None):
        place = place or self.dice.choice(self.places)
        house = self.maybe(0.5, True) and make.household(place)
        born = self.dice.choice(("2006", "30/04/2008", "01/05/2008", "2011", "2015", "30/04/2018", "01/05/2018", "2021", ""))
        ethnic = self.dice.choice(("E01", "E02", "", "E55"))
        row = make.child(
            place, f"Trẻ {len(self.children)}", born, self.dice.choice("mf"), self.maybe(0.4, self.day()), house, ethnic=ethnic
        )
        self.children.append(row)
        if house:
            self.houses.append(house)

    def file(self, child):
        """A protected file of the child, sometimes restricted and held by the district."""
        row = make.protected_file(child)
        if self.dice.random() < 0.5:
            row.restricted, row.held_by = True, self.district
            row.save()
        return row

    def circumstance(self):
        child, code = self.dice.choice(self.children), self.dice.choice(GROUPS)
        since, until = sorted((self.day(), self.day()))
        own = {"since": self.maybe(0.6, since), "until": self.maybe(0.3, until)}
        if code.startswith("R") and self.houses and self.dice.random() < 0.4:
            make.circumstance(self.dice.choice(self.houses), code, **own)
        elif not c.Circumstance.objects.filter(child=child, kind__code=code, voided_at=None).exists():
            make.circumstance(child, code, protected_file=self.maybe(0.3, True) and self.file(child), **own)

    def support(self):
        child, code = self.dice.choice(self.children), self.dice.choice(SUPPORTS)
        running = code == "S01"
        if not (running and c.Support.objects.filter(child=child, kind__code=code, voided_at=None).exists()):
            file = self.maybe(0.15, True) and self.file(child)
            make.support(child, code, self.day(), running=running, protected_file=file)

    def stay(self, child):
        return c.Residence.objects.filter(child=child, voided_at=None, ended_on=None).first()

    def move(self):
        child, place, day = self.dice.choice(self.children), self.dice.choice(self.places), self.day()
        stay = self.stay(child)
        if stay and stay.unit != place and (stay.started_on is None or stay.started_on < day):
            self._end(stay, day, "departure")
            c.Residence.objects.create(child=child, unit=place, started_on=day, start_reason="arrival")
            child.unit = place
            child.save(update_fields=["unit"])

    def leave(self):
        stay, day = self.stay(self.dice.choice(self.children)), self.day()
        if stay and (stay.started_on is None or stay.started_on < day):
            self._end(stay, day, "death")

    def _end(self, stay, day, why):
        stay.ended_on, stay.end_reason = day, why
        stay.save(update_fields=["ended_on", "end_reason"])

    def incident(self):
        kind = self.dice.choice(("abuse", "abuse", "injury", "injury", "offence"))
        who = self.dice.sample(self.children, min(len(self.children), self.dice.randint(1, 2)))
        told = [(child, {"outcome": self.dice.choice(("injured", "died")), "form": self.dice.choice(("sexual", "violence"))})
                for child in who]  # fmt: skip
        cause = self.dice.choice(("drowning", "traffic", "fall")) if kind == "injury" else ""
        file = self.maybe(0.3, True) and self.file(who[0])
        make.incident(self.dice.choice(self.places), kind, self.day(), told, cause=cause, protected_file=file)

    def activity(self):
        kind = self.dice.choice(("communication", "mid_autumn", "guidance", "forum"))
        Activity.objects.create(
            unit=self.dice.choice(self.places), kind=kind, held_on=self.day(), title="Hoạt động", raised=self.dice.randrange(9)
        )

    def poverty(self):
        if self.houses:
            house, level = self.dice.choice(self.houses), self.dice.choice(("poor", "near"))
            if not c.PovertyStatus.objects.filter(household=house, year=2024, voided_at=None).exists():
                make.poverty(house, level)

    def void(self):
        model = self.dice.choice((c.Circumstance, c.Support, c.Incident, c.PovertyStatus))
        rows = list(model.objects.filter(voided_at=None).order_by("pk"))
        if rows:
            model.objects.filter(pk=self.dice.choice(rows).pk).update(voided_at=timezone.now(), void_reason="Ghi nhầm")

    def close(self):
        """A file that was open to the team is restricted, or one that was restricted opened."""
        rows = list(c.ProtectedFile.objects.order_by("pk"))
        if rows:
            row = self.dice.choice(rows)
            row.restricted = not row.restricted
            row.held_by = self.district if row.restricted else None
            row.save()

    def merge(self):
        """The two wards become one."""
        _, new = unit_changes.merge(self.admin, self.wards, on=CHANGE)
        self.wards, self.places = [new], [new, *new.__class__.objects.hamlets_of(new, CHANGE)]
        for child in self.children:
            child.refresh_from_db()
        for house in self.houses:
            house.refresh_from_db()
