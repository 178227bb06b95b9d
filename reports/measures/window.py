"""The days between which something is counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from childcare.lib import periods


@dataclass(frozen=True)
class Window:
    """Số liệu từ … đến. Stock is counted at the end of `cutoff`, flow from `data_from` to `cutoff`, both days included.

    `known_at`: count as it was known at that moment (rows recorded later or voided before it left out); None = as known now.
    """

    data_from: date
    cutoff: date
    known_at: datetime | None = None

    @classmethod
    def of(cls, owed, known_at=None):
        """The window of an obligation, a snapshot or anything else with `data_from` and `cutoff`."""
        return cls(owed.data_from, owed.cutoff, known_at)

    @property
    def opening(self):
        """The day whose end is the start of the period (đầu kỳ)."""
        return self.data_from - timedelta(days=1)

    @property
    def year(self):
        """The year of general figures and of poverty classes."""
        return self.cutoff.year


def year_earlier(window):
    """The same window one year earlier (cùng kỳ năm trước), as it is known now."""
    return Window(periods.year_earlier(window.data_from), periods.year_earlier(window.cutoff))
