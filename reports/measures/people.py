"""What each child with a circumstance, risk or support counts for."""

from collections import defaultdict
from functools import cache

from childcare.lib.calendar import SIXTEEN
from reports.measures.catalogue import CARE, LAW_GROUPS, LOCAL_GROUPS, RISK_OF_HARM, SERVICES, TREATMENT
from reports.measures.persons import NEAR, POOR, People
from reports.measures.timely import REPORTED, began, counts, of_harm

STOCK = {  # children who hold the group at the cut-off; "… all" is the denominator of a rate over the group
    "HC-29": ("L03",), "LD-02": ("L05",), "LD-03": ("L07",), "LD-04": ("L06",),
    "HC-08 all": ("N01", "N03"), "HC-09 all": ("N01", "N02", "N03"), "HC-10 all": ("N04",), "HC-11 all": ("N04", "L11", "L12"),
    "HC-13 all": ("L06",), "HC-21 all": ("L11",),
}  # fmt: skip
GIVEN = {  # children who were given one of the kinds in the window
    "HC-20": ("S29",), "HC-23": ("S12", "S13"), "HC-27": ("S03", "S04", "S05"), "HC-30": ("S37",),
}  # fmt: skip
RUNNING = {"HC-16": ("S01",), "HC-17": ("S28",), "HC-18": ("S24", "S25"), "HC-19": ("S26",)}  # in force at the cut-off


def by_code(counts):
    """The same the other way round: code → counts."""
    return {code: [count for count, codes in counts.items() if code in codes] for codes in counts.values() for code in codes}


COUNTS_OF, GIVEN_BY, RUNNING_BY = by_code(STOCK), by_code(GIVEN), by_code(RUNNING)
HARMED = ("L10", "N09", "L21")
SPECIAL = frozenset(LAW_GROUPS)


def count(cells, scope, by, kinds=None):
    """Fill the cells of children by circumstance, risk and support. `kinds` narrows which supports count as help."""
    alike, people = defaultdict(list), People(scope)
    timely = of_harm(scope, people.values())
    for person in people.values():
        # Most are poor and nothing else: they count alike, unit by unit and breakdown by breakdown.
        poor = None if cells.keep else person.only_poor()
        alike[(poor, *person.keys(by, scope.window.cutoff)) if poor else person.key].append(person)
    for persons in alike.values():
        Tally(persons[0], cells, scope, by, kinds, len(persons), timely).run()


@cache
def heads(code):
    """What a code counts for: itself, its head group, and for a local group the whole of them."""
    return {code, code.split(".")[0], *([LOCAL_GROUPS] if code.startswith("L") else [])}


class Tally:
    """One child, or so many who count alike."""

    def __init__(self, person, cells, scope, by, kinds, times=1, timely=None):
        self.times, self.timely = times, timely
        self.person, self.cells, self.scope, self.by, self.kinds = person, cells, scope, by, kinds
        self.window = scope.window
        self.day = self.window.cutoff
        self.unit = person.unit_on(self.day)
        self.above = scope.above(self.unit)
        self.child = self.unit is not None and person.under(SIXTEEN, self.day)
        self.groups = self._groups(self.day)
        self.keys = person.keys(by, self.day) if by else ("",)
        self.aids = list(person.aids.values())
        self.plain_aids = [aid for aid in self.aids if aid[5] is None]  # those under no restricted file
        self.covered = any(fact.file for fact in person.facts.values())
        self.restricted = self.covered and any(fact.holder for fact in person.facts.values())

    def _groups(self, day):
        """Code → facts that hold on the day."""
        found = {}
        for fact in self.person.facts.values():
            if fact.holds(day):
                for code in heads(fact.code):
                    found.setdefault(code, []).append(fact)
        return found

    def run(self):
        if self.child:
            self._stock()
            if self.aids:
                self._supports()
        if any(fact.code[0] in "NL" for fact in self.person.facts.values()):
            self._flows()

    # where a child counts

    def place(self, facts, above=None):
        """Where the facts are counted: where the child lives, unless all are restricted: then where the restriction is held."""
        if not self._held(facts):
            return self.above if above is None else above
        return self.scope.above(facts[0].holder)

    def _held(self, facts):
        """True when every one of the facts is restricted."""
        return self.restricted and bool(facts) and all(fact.holder is not None for fact in facts)

    def _aids(self, facts):
        """The supports that count with the facts: a restricted one tells nothing where the child lives."""
        return self.aids if self._held(facts) else self.plain_aids

    def put(self, count, facts=(), group=""):
        """Count the child once, under the total and under each breakdown asked for."""
        units = self.place(facts)
        for key in self.keys:
            name = (count, f"{group}&{key}" if group and key else group or key)
            self.cells.child(name, units, self.person.key, self.times)
            if self.covered:
                self.cells.cover(name, units, {fact.file for fact in facts if fact.file})

    def facts(self, codes):
        """The facts of any of the groups."""
        return [fact for code in codes if code in self.groups for fact in self.groups[code]]

    def given(self, facts, kinds=None):
        """True when a counted support of one of the kinds (None: any that counts as help) falls in the window."""
        return any(self._falls(*aid) for aid in self._aids(facts) if self._wanted(aid[0], kinds))

    def _wanted(self, code, kinds):
        return code in kinds if kinds else (not self.kinds or code in self.kinds)

    def _falls(self, code, first, last, running, file, holder):
        if not running and last is None:
            return first is not None and self.window.data_from <= first <= self.day
        return (first is None or first <= self.day) and (last is None or last > self.window.data_from)

    def in_force(self, facts, kinds):
        """True when a support of one of the kinds runs at the end of the cut-off day."""
        return any(aid[0] in kinds and self._runs(*aid) for aid in self._aids(facts))

    def _runs(self, code, first, last, running, file, holder):
        return (running or last is not None) and (first is None or first <= self.day) and (last is None or last > self.day)

    # what it counts for

    def _stock(self):
        special = [fact for code in self.groups if code in SPECIAL for fact in self.groups[code]]
        if special:
            self._special(special)
        for count, facts in self._shares().items():
            self.put(count, facts)
            if count.endswith(" all") and self._reached(count, facts):
                self.put(count.removesuffix(" all"), facts)
        if "group" in self.by:
            for code in (code for code in self.groups if code[0] in "NL"):
                self.put("HC-01", self.groups[code], f"group={code}")
                if self.given(self.groups[code]):
                    self.put("HC-03", self.groups[code], f"group={code}")
        self._risks(special)
        if self.timely is not None:  # of pupils nothing of this is told
            self._found_in_window()

    def _special(self, special):
        self.put("HC-01", special)
        if self.given(special):
            self.put("HC-03", special)
        if self.person.card:
            self.put("HC-15", special)
        if self.given(special, ("S30", "S31")):
            self.put("HC-25", special)

    def _shares(self):
        """Counts of single groups, each with the facts that make it."""
        found = {}
        for code in self.groups:
            for count in COUNTS_OF.get(code, ()):
                found.setdefault(count, []).extend(self.groups[code])
        return found

    def _reached(self, count, facts):
        """True when the child got what the rate over its group asks for."""
        if count in ("HC-08 all", "HC-09 all"):
            return self.person.cared or self.in_force(facts, CARE)
        if count == "HC-21 all":
            return any(aid[0] == "S08" for aid in self._aids(facts))
        return self.given(facts, {"HC-10 all": TREATMENT, "HC-11 all": SERVICES}.get(count))

    def _risks(self, special):
        poor, near = self.groups.get(POOR), self.groups.get(NEAR)
        if poor or near:
            self.put("DS-10", poor or near)
            for count, facts in (("DS-08", poor), ("DS-09", near)):
                if facts:
                    self.put(count, facts)
        risks = [code for code in self.groups if code[0] == "R"] if not special else ()
        if risks:
            facts = self.facts(risks)
            self.put("HC-05", facts)
            if self.given(facts):
                self.put("HC-07", facts)
            if "group" in self.by:
                for code in risks:
                    self.put("HC-05", self.groups[code], f"group={code}")
        if "N04" in self.groups and self.given(self.groups["N04"], TREATMENT[:5]):
            self.put("HC-22", self.groups["N04"])

    def _found_in_window(self):
        """Risks of harm and harm that began in the window: "được phát hiện trong kỳ"."""
        new = [fact for fact in self.person.facts.values() if began(fact, self.window)]
        if not new:
            return
        if harmed := [fact for fact in new if fact.code.split(".")[0] in HARMED]:
            self.put("XH-13", harmed)
        if told := [fact for fact in new if fact.code.split(".")[0] in REPORTED]:
            self._in_time("XH-06", told)
        if risky := [fact for fact in new if fact.code in RISK_OF_HARM]:
            units, files = self.place(risky), {fact.file for fact in risky if fact.file}
            self._detected("XH-05 all", units, files)
            if self.given(risky) or any(self.timely.cases(self.person.key, fact.file, fact.started_on) for fact in risky):
                self._detected("XH-05", units, files)

    def _detected(self, count, units, files):
        """An abused child and one at risk are one child: incidents count under the same key."""
        for key in ("", "part=risk"):
            self.cells.put((count, key), units, ("child", self.person.key), self.person.key)
            self.cells.cover((count, key), units, files)

    def _in_time(self, count, facts):
        """Harm found in the window: helped in time, late, or in neither while the time still runs."""
        facts = [fact for fact in facts if counts(fact, self.scope)]
        found = [
            self.timely.judged(
                child=self.person.key, file=fact.file, day=fact.started_on, unit=self.unit, begun=self._first_help([fact])
            )
            for fact in facts
        ]
        for name, wanted in ((f"{count} all", (True, False)), (count, (True,))):
            if kept := [fact for fact, verdict in zip(facts, found, strict=True) if verdict in wanted]:
                self.put(name, kept)

    def _first_help(self, facts):
        """The day of the first counted support that was given since the facts began, or None."""
        since = min(fact.started_on for fact in facts)
        days = [aid[1] for aid in self._aids(facts) if self._wanted(aid[0], None) and aid[1] and since <= aid[1] <= self.day]
        return min(days, default=None)

    def _supports(self):
        """Counts of supports themselves: where the child lives, or, when all are restricted, where they are held."""
        found = {}
        for aid in self.aids:
            falls = GIVEN_BY.get(aid[0], ()) if self._falls(*aid) else ()
            runs = RUNNING_BY.get(aid[0], ()) if self._runs(*aid) else ()
            for count in (*falls, *runs):
                found.setdefault(count, []).append(aid)
        for count, aids in sorted(found.items()):
            self._put_support(count, aids)

    def _put_support(self, count, aids):
        held = all(aid[5] is not None for aid in aids)
        units, files = self.scope.above(aids[0][5]) if held else self.above, {aid[4] for aid in aids if held}
        for key in self.keys:
            self.cells.child((count, key), units, self.person.key, self.times)
            if files:
                self.cells.cover((count, key), units, files)

    # what came in and went out

    def _flows(self):
        opening = self.window.opening
        unit = self.person.opening_unit(opening)
        was_child = unit is not None and self.person.under(SIXTEEN, opening)
        before = self._groups(opening) if was_child else {}
        after = self.groups if self.child else {}
        wanted = [("", [code for code in {*before, *after} if code in SPECIAL])]
        if "group" in self.by:
            wanted += [(f"group={code}", (code,)) for code in sorted({*before, *after}) if code[0] in "NL"]
        for group, codes in wanted:
            old = [fact for code in codes for fact in before.get(code, ())]
            new = [fact for code in codes for fact in after.get(code, ())]
            if old or new:
                self._flow(group, old, new, unit)

    def _flow(self, group, old, new, unit):
        """đầu kỳ, tăng, giảm, cuối kỳ at every level: a move between two wards is a flow of both and none of the district."""
        first = set(self.place(old, self.scope.above(unit, self.window.opening))) if old else set()
        last = set(self.place(new)) if new else set()
        files = {fact.file for fact in (*old, *new) if fact.file}
        parts = {"flow=start": first, "flow=in": last - first, "flow=out": first - last, "flow=end": last}
        for key, units in parts.items():
            self._move(group, key, units, files)
        if not group:
            self._move("", "", parts["flow=in"], files)
        if "reason" in self.by:
            for place in parts["flow=in"]:
                self._move(group, f"flow=in&reason={self._came(new, place, unit)}", {place}, files)
            for place in parts["flow=out"]:
                self._move(group, f"flow=out&reason={self._went(place)}", {place}, files)

    def _move(self, group, key, units, files):
        name = ("HC-32", "&".join(filter(None, (group, key))))
        self.cells.child(name, units, self.person.key, self.times)
        self.cells.cover(name, units, files)

    def _came(self, facts, place, unit):
        """Why a child is new in a group of the place: "new", or "moved" with a circumstance that it had before."""
        lived_here = unit is not None and place in self.scope.above(unit, self.window.opening)
        return "new" if lived_here or any(began(fact, self.window) for fact in facts) else "moved"

    def _went(self, place):
        """Why a child left a group of the place: died, sixteen, moved, resolved."""
        if self.unit is None and self.person.died():
            return "died"
        if not self.person.under(SIXTEEN, self.day):
            return "sixteen"
        return "resolved" if self.unit is not None and place in self.scope.above(self.unit) else "moved"
