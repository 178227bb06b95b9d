"""Which indicator a target means: the one to which the same words were tied before, else the one with the likest name."""

import math
import re
from collections import Counter

from childcare.indicators.models import Indicator
from childcare.lib.vietnamese import fold
from plans.models import Target

SURE = 0.8  # share of a name's weighty word pairs that the target says, below which nothing is proposed
SAME = 0.6  # share of common word pairs of two targets that mean the same


def pairs(text):
    """The pairs of neighbouring words, without accents: "tre em", "em bi" …"""
    words = re.findall(r"[a-z]+", fold(text))
    return set(zip(words, words[1:], strict=False))


class Guesser:
    """Reads the names once; answers for any number of targets."""

    def __init__(self):
        self.indicators = list(Indicator.objects.order_by("position"))
        self.names = {row.code: pairs(row.name) for row in self.indicators}
        counts = Counter(pair for found in self.names.values() for pair in found)
        self.weight = {pair: math.log(1 + len(self.names) / count) for pair, count in counts.items()}
        known = Target.objects.exclude(indicator=None).order_by("text").values_list("text", "indicator__code", "unit_text")
        self.known = [(pairs(text), code, unit) for text, code, unit in known.distinct()[:5000]]

    def code(self, text, unit):
        """The code of the indicator, or "" when none is near enough. `unit`: "%" is only ever a rate."""
        said = pairs(text)
        best = max(((self._alike(said, words), code) for words, code, what in self.known if what == unit), default=(0, ""))
        if best[0] >= SAME:
            return best[1]
        rows = [row for row in self.indicators if (row.unit == "%") == (unit == "%")]
        best = max(((self._named(said, row.code), row.code) for row in rows), default=(0, ""))
        return best[1] if best[0] >= SURE else ""

    @staticmethod
    def _alike(one, other):
        return len(one & other) / len(one | other) if one and other else 0

    def _named(self, said, code):
        whole = sum(self.weight[pair] for pair in self.names[code])
        return sum(self.weight[pair] for pair in self.names[code] & said) / whole if whole else 0
