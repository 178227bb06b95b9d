"""Why a figure is another one now: rows that came and rows that left, sorted by what happened, as counts. No names here.

Late entries, corrections and moves are told apart by what was recorded, voided or changed since the figure was taken.
"""

from dataclasses import dataclass, field
from functools import cached_property

from childcare.children.models import Child, ChildRevision, Circumstance, PovertyStatus, Residence, Support
from reports.measures.catalogue import CHILD, MEASURED
from reports.measures.conditions import holds, valid

R = Residence.Reason
OF_FACTS = ("HC-", "LD-", "XH-", "DS-08", "DS-09", "DS-10")  # figures that ask for a circumstance, a support or a class
OTHER = "lý do khác"


@dataclass
class Why:
    """Counts by cause: [(words, how many)] of what came in and of what went out."""

    came: list = field(default_factory=list)
    left: list = field(default_factory=list)

    @property
    def parts(self):
        """ "thêm 3: 2 chuyển đến, 1 ghi sau", "bớt 1: 1 chuyển đi" — what there is of the two."""
        sides = (("thêm", self.came), ("bớt", self.left))
        return [f"{word} {sum(count for _, count in rows)}: {_listed(rows)}" for word, rows in sides if rows]

    @property
    def text(self):
        return "; ".join(self.parts)


def _listed(rows):
    return ", ".join(f"{count} {words}" for words, count in rows)


class Sorter:
    """Sorts the children of several figures of one unit at once; each question is asked once, and only when it is needed."""

    def __init__(self, obligation, since, keys):
        self.unit, self.cutoff, self.since = obligation.unit, obligation.cutoff, since
        self.keys = set(keys)

    def why(self, code, came, left):
        """The Why of one figure."""
        measure = MEASURED.get(code)
        if measure is None or measure.of != CHILD:
            more = [("ghi sau hoặc sửa lại", len(came))] if came else []
            return Why(more, [("bị hủy hoặc sửa lại", len(left))] if left else [])
        facts = code.startswith(OF_FACTS)
        return Why(self._sort(came, self._arrivals(facts)), self._sort(left, self._departures(facts)))

    def _sort(self, keys, causes):
        rest, found = set(keys), []
        for words, reached in causes:
            if rest and (hit := rest & reached()):
                found.append((words, len(hit)))
                rest -= hit
        return [*found, *([(OTHER, len(rest))] if rest else [])]

    def _arrivals(self, facts):
        own = [
            ("trẻ ghi vào sổ sau", lambda: self.new_children), ("chuyển đến, ghi sau", lambda: self.arrived),
            ("đính chính nơi ở", lambda: self.housed),
        ]  # fmt: skip
        if facts:
            own += [
                ("hoàn cảnh, nguy cơ ghi sau", lambda: self.noted), ("trợ giúp ghi sau", lambda: self.helped),
                ("loại hộ ghi sau", lambda: self.classed),
            ]  # fmt: skip
        return [*own, ("sửa thông tin của trẻ", lambda: self.revised)]

    def _departures(self, facts):
        own = [
            ("gộp trùng, hoàn tác nhập tệp", lambda: self.removed), ("mất, ghi sau", lambda: self.gone[0]),
            ("chuyển đi, ghi sau", lambda: self.gone[1]), ("đính chính nơi ở", lambda: self.gone[2]),
        ]  # fmt: skip
        if facts:
            own += [
                ("hoàn cảnh, nguy cơ bị hủy, đính chính", lambda: self.denied),
                ("hoàn cảnh, nguy cơ đã kết thúc, ghi sau", lambda: self.ended),
                ("trợ giúp bị hủy, đính chính", lambda: self.unhelped),
                ("loại hộ đính chính", lambda: self.declassed),
            ]  # fmt: skip
        return [*own, ("sửa thông tin của trẻ", lambda: self.revised)]

    # what happened since

    def _of(self, rows, name="child_id"):
        return set(rows.order_by().values_list(name, flat=True))

    @cached_property
    def new_children(self):
        return self._of(Child.with_removed.filter(pk__in=self.keys, created_at__gt=self.since), "pk")

    @cached_property
    def removed(self):
        return self._of(Child.with_removed.filter(pk__in=self.keys, removed_at__isnull=False), "pk")

    def _stays(self):
        return Residence.objects.filter(child__in=self.keys)

    @cached_property
    def arrived(self):
        return self._of(self._stays().filter(voided_at=None, recorded_at__gt=self.since, start_reason=R.ARRIVAL))

    @cached_property
    def housed(self):
        return self._of(self._stays().filter(voided_at=None, recorded_at__gt=self.since))

    @cached_property
    def gone(self):
        """(died, moved away, never lived here) of those who do not live in the unit at the cut-off as it is known now."""
        here = self._of(self._stays().filter(valid(), holds(self.cutoff), unit__path__startswith=self.unit.path))
        last = self._stays().filter(valid(), unit__path__startswith=self.unit.path, ended_on__lte=self.cutoff)
        why = dict(last.exclude(child__in=here).order_by("ended_on").values_list("child_id", "end_reason"))
        died = {key for key, reason in why.items() if reason == R.DEATH}
        return died, set(why) - died, self.keys - here - set(why)

    def _facts(self, model):
        return model.objects.filter(child__in=self.keys)

    @cached_property
    def noted(self):
        return self._of(self._facts(Circumstance).filter(voided_at=None, recorded_at__gt=self.since)) | self._housed(
            Circumstance
        )

    @cached_property
    def denied(self):
        return self._of(self._facts(Circumstance).filter(voided_at__gt=self.since)) | self._housed(Circumstance, False)

    @cached_property
    def ended(self):
        return self._of(self._facts(Circumstance).filter(voided_at=None, ended_on__lte=self.cutoff))

    @cached_property
    def helped(self):
        return self._of(self._facts(Support).filter(voided_at=None, recorded_at__gt=self.since))

    @cached_property
    def unhelped(self):
        return self._of(self._facts(Support).filter(voided_at__gt=self.since))

    @cached_property
    def classed(self):
        return self._housed(PovertyStatus)

    @cached_property
    def declassed(self):
        return self._housed(PovertyStatus, False)

    def _housed(self, model, there=True):
        """Children of households for which such a row was recorded since, or voided since."""
        when = {"voided_at": None, "recorded_at__gt": self.since} if there else {"voided_at__gt": self.since}
        rows = model.objects.filter(household__isnull=False, **when)
        return self._of(Child.with_removed.filter(pk__in=self.keys, memberships__household__in=rows.values("household")), "pk")

    @cached_property
    def revised(self):
        return self._of(ChildRevision.objects.filter(child__in=self.keys, at__gt=self.since))


def explain(obligation, since, then, now):
    """{code: Why} of figures: `then`, `now`: code → keys of the rows counted. Codes without keys on both sides are left out."""
    moved = {code: (set(now[code]) - set(keys), set(keys) - set(now[code])) for code, keys in then.items() if code in now}
    children = {key for code, sides in moved.items() for side in sides for key in side if MEASURED[code].of == CHILD}
    sorter = Sorter(obligation, since, children)
    return {code: sorter.why(code, came, left) for code, (came, left) in moved.items() if came or left}
