"""Which events: of which place, in which period, of which kind."""

from django import forms

from childcare.children import places
from childcare.children.events import KINDS
from childcare.children.forms.base import optional
from childcare.children.forms.filters import QuietForm
from childcare.lib.periods import parse
from childcare.lib.vietnamese import capital

MONTHS, YEARS = 13, 3


def periods(on):
    """Codes of the periods to choose: the last thirteen months, the quarters and halves of two years, three years."""
    months = [divmod(on.year * 12 + on.month - 1 - back, 12) for back in range(MONTHS)]
    codes = [f"{year}-{month + 1:02d}" for year, month in months]
    parts = [f"{year}-{part}" for year in (on.year, on.year - 1) for part in ("H2", "H1", "Q4", "Q3", "Q2", "Q1")]
    years = [str(on.year - back) for back in range(YEARS)]
    return [code for code in (*codes, *parts, *years) if parse(code).first <= on]


class EventFilter(QuietForm):
    """A GET form: what it cannot read is the officer's own unit, this month, every kind."""

    unit = forms.ChoiceField(label="Địa bàn", required=False)
    period = forms.ChoiceField(label="Kỳ", required=False)
    kind = forms.ChoiceField(label="Loại biến động", choices=optional(KINDS.items(), "Tất cả"), required=False)

    def __init__(self, data, *, officer):
        super().__init__(data)
        self.on = places.as_of(officer)
        own = places.scope(officer)
        self.places = {str(unit.public_id): unit for unit in dict.fromkeys([*own, *places.filter_places(officer)])}
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.places.items()]
        codes = periods(self.on)
        self.fields["period"].choices = [(code, capital(parse(code).name)) for code in codes]
        self.place = self.places.get(self.value("unit")) or next(iter(self.places.values()), None)
        self.span = parse(self.value("period") or codes[0])

    @property
    def first(self):
        """The first day of the period."""
        return self.span.first

    @property
    def last(self):
        """Its last day, or today while it runs."""
        return min(self.span.last, self.on)
