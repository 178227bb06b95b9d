"""The table of figures of many units that one counting fills."""

from dataclasses import replace
from functools import cached_property

from childcare.lib.vietnamese import number
from reports.measures import (
    arrivals,
    cases,
    deeds,
    flows,
    incidents,
    organisation,
    people,
    population,
    pupils,
    recognition,
    staffing,
)
from reports.measures.catalogue import (
    BODY,
    CASE,
    CHILD,
    CONFIRM,
    DEED,
    INCIDENT,
    INCIDENT_CHILD,
    MEASURED,
    NO_DATA,
    NO_DENOMINATOR,
    NO_SOURCE,
    OF_ABUSED,
    OF_INCIDENTS,
    RECORD,
    SENSITIVE,
    SERVICE,
    STAFF,
    UNIT,
    Measure,
)
from reports.measures.figure import Figure, gap, origin_of, summable
from reports.measures.recognition import JUDGED, PASSED
from reports.measures.scope import Cells, Scope
from reports.measures.typed import Typed
from reports.measures.window import year_earlier
from reports.measures.zeros import Zeros

REGISTERED = (CHILD, INCIDENT, INCIDENT_CHILD, CASE, SERVICE)
OF_STAFF = (STAFF, UNIT, BODY, RECORD)
COUNTED_FIRST = (*OF_STAFF, DEED)  # a typed figure answers only where nobody wrote down what these are counted from
CHANGES = {"XH-09": ("XH-01", "trẻ em", 1), "TH-02": ("TH-01", "cuộc", -1)}  # what changed, its noun, +1: by how much it grew
ALIAS = {("DS-01", "poor"): "DS-08", ("DS-01", "near"): "DS-09"}


class Table:
    """Figures of units at the end of a window. Made by `measures.count`; ask `figure`."""

    def __init__(self, units, window, by=(), kinds=None, keep=False, boundaries=None):
        self.window, self.by, self._made, self._kinds, self._arrivals = window, tuple(by), {}, kinds, {}
        self.earlier, self._done = year_earlier(window), set()
        self.scope = Scope(units, window, boundaries)
        self.units = {pk: self.scope.rows[pk] for pk in self.scope.rows}
        self._count(keep)
        self.typed = Typed(self.scope, window, self.earlier, lambda: self.schools)
        self.zeros = Zeros(self.scope, window, self.earlier)

    def _count(self, keep):
        self.cells = Cells(self.scope, keep)
        population.count(self.cells, self.scope, self.by)
        people.count(self.cells, self.scope, self.by, self._kinds)
        incidents.count(self.cells, self.scope, self.by, self.earlier, self._kinds)
        cases.count(self.cells, self.scope)
        flows.count_activities(self.cells, self.scope)
        flows.count_fund_supports(self.cells, self.scope)
        flows.count_reports(self.cells, self.scope)

    def count_everything(self):
        """Count also what is otherwise counted when it is first asked for; of schools nothing."""
        for code in organisation.OF:
            self._organised(code)
        self._deeds_counted, self._recognition_counted  # noqa: B018 (fill the cells once)

    @cached_property
    def schools(self):
        """The schools of the scope. A district has hundreds: they are counted when the figure of one is asked for."""
        return [pk for pk in self.scope.rows if self.scope.kind(pk) == "school"]

    @cached_property
    def _recognition_counted(self):
        """Communes are judged twice in five years: counted when the figure is asked for."""
        recognition.count(self.cells, self.scope)
        return True

    @cached_property
    def _schools_counted(self):
        pupils.count(self.cells, self.schools, self.window, self.by, self._kinds)
        return True

    def _organised(self, code):
        """Staff, bodies and records are counted when the first of their figures is asked for: a list of children needs none."""
        organisation.count(self.cells, self.scope, code, self._done)
        return True

    @cached_property
    def _deeds_counted(self):
        """Persons reached, funds and money spent are counted when the first of their figures is asked for."""
        deeds.count(self.cells, self.scope)
        return True

    # asking

    def figure(self, code, unit, breakdown=""):
        """The figure of a unit (a Unit or its key) at or below those counted; see the module docstring for breakdowns."""
        unit = getattr(unit, "pk", unit)
        parts = [part for part in breakdown.split("&") if part]
        for part in [part for part in parts if part.startswith("unit=")]:
            parts.remove(part)
            unit = int(part.removeprefix("unit="))
        breakdown = "&".join(parts)
        if (code, breakdown) in ALIAS:
            return replace(self._figure(ALIAS[code, breakdown], unit, ""), code=code)
        return self._figure(code, unit, breakdown)

    def rest(self, code, unit):
        """What the unit itself holds and none of its communes: the row "Cấp trên trực tiếp quản lý"; None when nothing."""
        unit = getattr(unit, "pk", unit)
        measure = MEASURED[code]
        if deeds.tells(code):
            self._deeds_counted  # noqa: B018 (fills the cells once)
        parts = self.scope.communes(unit)
        amount = self.cells.rest(measure.numerator, unit, parts) if parts else 0
        return Figure(code, amount) if amount else None

    def rest_of(self, code, unit, parts, breakdown=""):
        """What lies in the unit but in none of the parts (units), as a Figure; for a rate both numbers."""
        measure, keys = MEASURED[code], [part.pk for part in parts]
        if deeds.tells(code, breakdown):
            self._deeds_counted  # noqa: B018 (fills the cells once)
        amount = self.cells.rest(measure.numerator, unit.pk, keys, breakdown)
        below = self.cells.rest(measure.denominator, unit.pk, keys, breakdown) if measure.denominator else None
        return Figure(code, amount, below, measure.multiplier)

    def people(self, unit):
        """How many people work with children in the unit at the end of the cut-off day."""
        return self._organised("NL-01") and self.cells.value("NL-01 all", getattr(unit, "pk", unit))

    def unknown_birth(self, unit):
        """How many who live in the unit have no birth date at all: in no figure, in the list of what needs checking."""
        return self.cells.value(population.UNKNOWN_BIRTH, getattr(unit, "pk", unit))

    def _figure(self, code, unit, breakdown, late=False):
        """Each figure is made once: the sum of a district asks for those of its communes again."""
        asked = (code, unit, breakdown, late)
        if asked not in self._made:
            self._made[asked] = self._make(*asked)
        return self._made[asked]

    def arrivals(self, unit):
        """Who came and who left of a commune or hamlet, counted when the first of these figures is asked for."""
        if unit not in self._arrivals:
            self._arrivals[unit] = arrivals.Arrivals(self.scope, unit)
        return self._arrivals[unit]

    def _make(self, code, unit, breakdown, late):
        measure = MEASURED.get(code)
        if arrivals.tells(code, breakdown):
            if self.scope.kind(unit) not in arrivals.COUNTED_FOR:
                return gap(code, arrivals.NOT_COUNTED)
            return Figure(code, self.arrivals(unit).count(breakdown)) if self._has_data(unit) else gap(code, NO_DATA)
        if deeds.tells(code, breakdown):
            self._deeds_counted  # noqa: B018 (fills the cells once)
        if measure is not None and measure.of in COUNTED_FIRST and not measure.official:
            found = self._counted(code, unit, breakdown, late, measure)
            return (self.typed.figure(code, unit, breakdown, late, None) or found) if found.missing else found
        typed = self.typed.figure(code, unit, breakdown, late, measure)
        if typed is not None:
            return typed
        found = self._counted(code, unit, breakdown, late, measure)
        if code in ("XH-01", "XH-03") and found.numerator and not breakdown:
            done, all_of = self.cells.value("HS-10", unit), self.cells.value("XH-01", unit)
            return replace(found, handled=f"{done}/{all_of}" if all_of else "")
        return found

    def _counted(self, code, unit, breakdown, late, measure):
        if code in CHANGES:
            return self._change(code, unit)
        if measure is not None and measure.of in OF_STAFF and self._organised(code) and code == "NL-03":
            return self._lower_trained(unit)
        parts = [] if code in organisation.NOT_SUMMED else self.scope.communes(unit)
        if measure is None:
            return self._sum(code, Measure(""), unit, breakdown, parts, late) if parts else gap(code, NO_SOURCE)
        if late:
            measure = replace(measure, numerator=f"{measure.numerator}{incidents.LATE}")
        if code == "BC-01":
            return self._reports(unit)
        if code == "PH-01":
            return self._recognised(unit, parts)
        if code == "PH-02":
            return self._scored(unit, parts)
        if not parts:
            return self._single(code, measure, unit, breakdown, late)
        return self._sum(code, measure, unit, breakdown, parts, late)

    # counted

    def _single(self, code, measure, unit, breakdown, late):
        """The figure of a unit that reports for itself: a commune, or a hamlet, school or facility."""
        school = self.scope.kind(unit) == "school" and self._schools_counted
        amount = self.cells.value(measure.numerator, unit, breakdown)
        below, note = self._denominator(measure, unit, breakdown)
        if below is None and measure.denominator:
            return gap(code, note)
        if school and measure.of in REGISTERED and not pupils.is_counted(measure.numerator, breakdown):
            return gap(code, pupils.NOT_COUNTED)
        if measure.of == DEED:
            reason = deeds.refuses(code, breakdown, amount, below, self.cells, unit)
            said = deeds.remark(code, self.cells, unit, breakdown) or measure.note
            return gap(code, reason) if reason else Figure(code, amount, below, measure.multiplier, note=said)
        if measure.of in OF_STAFF:
            return self._of_staff(code, measure, unit, amount, below)
        if not amount and not below and not self._has_data(unit):
            return gap(code, pupils.NO_PUPILS if school else NO_DATA)
        if reason := self._unconfirmed(code, measure, unit, below, late):
            return gap(code, reason)
        return Figure(code, amount, below, measure.multiplier, note=self._remark(code, measure, unit))

    def _of_staff(self, code, measure, unit, amount, below):
        """A figure of staff, bodies or records: known as soon as somebody began their list."""
        if reason := organisation.why_missing(self.cells, code, unit):
            return gap(code, reason)
        return Figure(code, amount, below, measure.multiplier, note=self._remark(code, measure, unit))

    def _lower_trained(self, unit):
        """NL-03: how many of the units right below were reached by a training; it is never added up over levels."""
        lower = self.cells.value(staffing.LOWER, unit)
        if not lower or not self.cells.value(staffing.KNOWN, unit):
            return gap("NL-03", staffing.NO_TRAINING if lower else "Không có đơn vị cấp dưới.")
        amount = self.cells.value("NL-03", unit)
        return Figure("NL-03", amount, note=f"{number(amount)}/{number(lower)} đơn vị cấp dưới trực tiếp.")

    def _denominator(self, measure, unit, breakdown):
        if not measure.denominator:
            return None, ""
        if measure.denominator.startswith("year:"):
            key = measure.denominator.removeprefix("year:")
            if key == "audience":
                return deeds.audience(breakdown, self.cells.value("DS-01", unit), self.scope.years[unit])
            return self.scope.years[unit].get(key), NO_DENOMINATOR[key]
        return self.cells.value(measure.denominator, unit, breakdown), ""

    def _has_data(self, unit):
        """A commune or school that nobody entered has no zero but nothing; the hamlets of one that has count as entered."""
        return self.scope.kind(unit) == "hamlet" or self.cells.value(population.RESIDENTS, unit) > 0

    def _unconfirmed(self, code, measure, unit, below, late=False):
        """Why a zero may not be printed yet, or ""."""
        counted = measure.numerator.removesuffix(incidents.LATE)
        if counted in SENSITIVE:
            zero = not self.cells.value(measure.numerator, unit)
        elif counted in OF_INCIDENTS:
            counted, zero = "XH-03", not self.cells.value("XH-03", unit)
        elif counted in OF_ABUSED:
            counted, zero = "XH-01", not self.cells.value("XH-01", unit)
        else:
            counted, zero = "XH-01", measure.denominator in ("XH-01", "XH-05 all") and not below
        return CONFIRM if zero and not self.zeros.covers(counted, unit, late) else ""

    def _remark(self, code, measure, unit):
        if measure.of in OF_STAFF:
            return organisation.remark(self.cells, code, unit) or measure.note
        if code == "XH-05":
            abused, at_risk = (
                "/".join(number(self.cells.value(count, unit, part)) for count in (measure.numerator, measure.denominator))
                for part in ("part=abused", "part=risk")
            )
            return f"Bị xâm hại {abused}; có nguy cơ {at_risk}."
        if self.scope.kind(unit) == "school" and measure.numerator in pupils.OF_REGISTRY:
            matched, all_of = (number(self.cells.value(name, unit)) for name in (pupils.MATCHED, population.RESIDENTS))
            return f"Tính trên {matched}/{all_of} học sinh đã khớp với sổ; không tính thông tin hạn chế người xem."
        if code == "DL-01":
            return self._completeness(unit)
        unknown = self.unknown_birth(unit) if code == "DS-01" else 0
        return f"Chưa tính {unknown} người chưa có ngày sinh." if unknown else measure.note

    def _completeness(self, unit):
        """Our own registry beside the ministry's software: how many of the official number it holds."""
        held, official = self._figure("DS-01", unit, ""), self.scope.years[unit].get("children_official")
        if held.missing:
            return ""
        share = f", bằng {number(held.numerator * 100 / official, 1)}% số trẻ em theo Công an hoặc Thống kê" if official else ""
        return f"Sổ của đơn vị có {number(held.numerator)} trẻ em{share}."

    def _sum(self, code, measure, unit, breakdown, parts, late):
        """Σ numerator / Σ denominator over the communes that have both, and what the unit itself holds."""
        figures, have = self._parts(code, measure, breakdown, parts, late)
        rest = self.cells.rest(measure.numerator, unit, parts, breakdown) if measure.numerator else 0
        amount = sum(figure.numerator for figure in have.values()) + rest
        if self._whole(measure.numerator, have, parts, breakdown):
            amount = self.cells.value(measure.numerator, unit, breakdown)
        below = self._sum_below(measure, unit, breakdown, parts, have)
        if not have and not rest:
            return self._alone(code, measure, unit, breakdown, late, figures)
        multiplier = next((figure.multiplier for figure in have.values()), measure.multiplier)
        return Figure(
            code, amount, below, multiplier, note=self._share_of(parts, have) or self._remark(code, measure, unit),
            origin=origin_of(have.values()), units_with=len(have), units_total=len(parts),
        )  # fmt: skip

    def _parts(self, code, measure, breakdown, parts, late=False):
        """(figures of the communes, those of them that can be added)."""
        figures = {part: self._figure(code, part, breakdown, late) for part in parts}
        return figures, {part: figure for part, figure in figures.items() if summable(figure, measure, figures.values())}

    def left_out(self, code, unit, breakdown=""):
        """Communes that the figure of the unit leaves out: their list is not behind its number."""
        unit, measure = getattr(unit, "pk", unit), MEASURED[code]
        parts = self.scope.communes(unit)
        _, have = self._parts(code, measure, breakdown, parts)
        if not have or self._whole(measure.numerator, have, parts, breakdown):
            return []
        return [part for part in parts if part not in have]

    def _whole(self, count, have, parts, breakdown):
        """True when everything counted in the unit is wanted: a child of two communes then counts once above them."""
        live = all(figure.origin == "live" for figure in have.values())
        return count and live and not any(self.cells.value(count, part, breakdown) for part in parts if part not in have)

    def _sum_below(self, measure, unit, breakdown, parts, have):
        typed = [figure.denominator for figure in have.values() if figure.denominator is not None]
        if measure.denominator.startswith("year:") or not measure.numerator:
            return sum(typed) if typed else None
        if not measure.denominator:
            return None
        if self._whole(measure.denominator, have, parts, breakdown):
            return self.cells.value(measure.denominator, unit, breakdown)
        return sum(typed) + self.cells.rest(measure.denominator, unit, parts, breakdown)

    def _alone(self, code, measure, unit, breakdown, late, figures):
        """No commune has it: a general figure or a confirmation of the unit itself may still tell."""
        total = len(figures)
        if measure.denominator.startswith("year:"):
            below, note = self._denominator(measure, unit, breakdown)
            amount = self.cells.value(measure.numerator, unit, breakdown)
            if below is not None and amount:
                return Figure(code, amount, below, measure.multiplier, units_with=total, units_total=total)
            return gap(code, note, units_with=0, units_total=total)
        if measure.numerator in SENSITIVE and not measure.denominator and self.zeros.covers(measure.numerator, unit, late):
            return Figure(code, 0, units_with=0, units_total=total)
        note = next((figure.note for figure in figures.values()), NO_SOURCE)
        return gap(code, note, units_with=0, units_total=total)

    def _share_of(self, parts, have):
        return f"{len(have)}/{len(parts)} {self.scope.word(parts)} có số liệu" if len(have) < len(parts) else ""

    def _change(self, code, unit):
        """XH-09, TH-02: how a count changed against the same window a year earlier; TH-02 tells by how much it fell."""
        counted, noun, sign = CHANGES[code]
        now, before = self._figure(counted, unit, ""), self._figure(counted, unit, "", late=True)
        if now.missing:
            return gap(code, now.note)
        if before.missing or before.numerator is None:
            return gap(code, "Chưa có số liệu cùng kỳ: nhập theo báo cáo cũ hoặc xác nhận không phát sinh.")
        note = f"{number(now.numerator)} {noun}; cùng kỳ {number(before.numerator)} {noun}"
        return Figure(code, sign * (now.numerator - before.numerator), before.numerator, 100, note=note, origin=before.origin)

    def _recognised(self, unit, parts):
        """Recognised communes of all communes; as long as none was judged here nobody knows."""
        judged = self._recognition_counted and self.cells.value(JUDGED, unit)
        if not judged:
            return gap("PH-01", "Chưa có xã, phường nào được xét công nhận.")
        all_of = max(len(parts), 1)
        note = f"{judged}/{all_of} {self.scope.word(parts)} đã có kết quả xét" if judged < all_of else ""
        return Figure("PH-01", self.cells.value(PASSED, unit), all_of, 100, note=note)

    def _scored(self, unit, parts):
        """The points of the last self-scoring of a commune."""
        if parts or not (self._recognition_counted and self.cells.value(recognition.SCORED, unit)):
            return gap("PH-02", recognition.OF_COMMUNES if parts else recognition.NOT_SCORED)
        return Figure("PH-02", self.cells.value("PH-02", unit))

    def _reports(self, unit):
        due = self.cells.value("BC-01 all", unit)
        if not due:
            return gap("BC-01", "Trong kỳ không có báo cáo nào của cấp dưới đến hạn.")
        return Figure("BC-01", self.cells.value("BC-01", unit), due, 100)
