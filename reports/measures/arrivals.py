"""Who came into the children of a commune or hamlet in the window and who left them, with why: DS-01 by flow.

    flow=start, flow=in, flow=out, flow=end; flow=in&reason=born|moved|noted; flow=out&reason=died|sixteen|moved|other

đầu kỳ + tăng − giảm = cuối kỳ. A change of the unit itself is no flow. Not for a district: a move between two of its wards is
a flow of both, and its report sums up what they told.
"""

from childcare.children.models import Child, Residence
from childcare.lib.calendar import SIXTEEN, birth_after_for_age
from reports.measures.conditions import aged, holds, valid

COUNTED_FOR = ("commune", "hamlet")
NOT_COUNTED = "Biến động trẻ em được tính ở từng xã, phường."
R = Residence.Reason
FIELDS = ("child_id", "unit_id", "started_on", "start_reason", "child__birth_earliest", "child__birth_latest")


def tells(code, breakdown):
    """True for a flow of all children."""
    return code == "DS-01" and breakdown.startswith("flow=")


class Arrivals:
    """The children of one unit by flow and reason: key of the breakdown → keys of children."""

    def __init__(self, scope, unit):
        self.scope, self.window, self.unit = scope, scope.window, unit
        before = {key: row for key, row in self._living(self.window.opening) if row["place"]}
        now = {key: row for key, row in self._living(self.window.cutoff) if row["place"]}
        kept = {key for key, row in now.items() if key not in before and self._renamed(row)}
        self.keys = {"flow=start": set(before) | kept, "flow=end": set(now)}
        self.keys["flow=in"] = self.keys["flow=end"] - self.keys["flow=start"]
        self.keys["flow=out"] = self.keys["flow=start"] - self.keys["flow=end"]
        for key in self.keys["flow=in"]:
            self.keys.setdefault(f"flow=in&reason={self._came(now[key])}", set()).add(key)
        self._leave(before)

    def _living(self, day):
        """(key, row) of the children under 16 of the unit at the end of the day; `place` False: the stay lies elsewhere."""
        found = Residence.objects.filter(valid(known_at=self.window.known_at), holds(day), aged(day, prefix="child__"))
        for row in found.filter(self.scope.inside("unit")).values(*FIELDS):
            row["place"] = self.unit in self.scope.above(row["unit_id"], day)
            yield row["child_id"], row

    def _renamed(self, row):
        """True when the stay began because the unit changed and the child was one at the opening: no flow."""
        opening = self.window.opening
        young = row["child__birth_earliest"] <= opening and row["child__birth_latest"] > birth_after_for_age(SIXTEEN, opening)
        return row["start_reason"] == R.UNIT_CHANGE and row["started_on"] and row["started_on"] > opening and young

    def _came(self, row):
        if row["child__birth_latest"] and row["child__birth_earliest"] >= self.window.data_from:
            return "born"
        return "moved" if row["start_reason"] == R.ARRIVAL else "noted"

    def _leave(self, before):
        gone = self.keys["flow=out"]
        stays = Residence.objects.filter(valid(known_at=self.window.known_at), child__in=gone, ended_on__isnull=False)
        stays = stays.filter(ended_on__gt=self.window.opening, ended_on__lte=self.window.cutoff)
        why = dict(stays.order_by("ended_on").values_list("child_id", "end_reason")) if gone else {}
        for key in gone:
            self.keys.setdefault(f"flow=out&reason={self._went(before[key], why.get(key))}", set()).add(key)

    def _went(self, row, why):
        if why == R.DEATH:
            return "died"
        if row["child__birth_latest"] <= birth_after_for_age(SIXTEEN, self.window.cutoff):
            return "sixteen"
        return "moved" if why in (R.DEPARTURE, R.ARRIVAL) else "other"

    def count(self, breakdown):
        return len(self.keys.get(breakdown, ()))

    def rows(self, breakdown):
        """The children behind a number."""
        return Child.with_removed.filter(pk__in=self.keys.get(breakdown, ()))
