"""The lines of an activity as boxes of its form: people by kind, results, products; gifts and money."""

from django import forms

from childcare.lib.fields import LineField
from plans.actions import activities as actions
from plans.forms import dong, whole
from plans.models import ActivityMoney, Tally

BANDS = (("0-5", "Dưới 6 tuổi"), ("6-10", "6–10 tuổi"), ("11-15", "11–15 tuổi"))
SEXES = (("m", "Nam"), ("f", "Nữ"))
ADULTS, TRAINED, PRODUCTS = (actions.PARTS[name] for name in ("adults", "staff", "products"))
BLANK = 3  # empty money lines beside those that are there
PRODUCT = "Thành tiền không bằng số suất nhân đơn giá. Để trống ô này thì máy tự tính."
SMALL = "form-control form-control-sm"


def small(field, label):
    """A box in a table: its words stand in the heads of row and column."""
    field.widget.attrs |= {"aria-label": label, "class": SMALL}
    return field


class TallyLines:
    """Boxes for the tallies. A box left empty says nothing."""

    def add_tallies(self, activity):
        kept = {(row.what, row.sex, row.band): row for row in activity.tallies.all()} if activity else {}
        for sex, sex_word in SEXES:
            for band, word in BANDS:
                self._box(f"c_{sex}_{band}", f"{word}, {sex_word.lower()}", kept.get(("children", sex, band)), "times")
        self._box("children_people", "Số trẻ em khác nhau", kept.get(("children", "", "")), "people")
        for what in ADULTS:
            self._box(f"{what}_times", f"{what.label}: lượt", kept.get((what, "", "")), "times")
            self._box(f"{what}_people", f"{what.label}: người khác nhau", kept.get((what, "", "")), "people")
        for what in (*TRAINED, *PRODUCTS):
            self._box(what.value, what.label, kept.get((what, "", "")), "times")
        for what in actions.RESULTS:
            self._box(what.value, what.label, kept.get((what, "", "")), "people")

    def _box(self, name, label, row, attribute):
        self.fields[name] = small(whole(label), label)
        self.initial[name] = getattr(row, attribute) if row else None

    def clean_tallies(self, data):
        """The tallies typed, as the action takes them."""
        rows = [
            _tally("children", times=data.get(f"c_{sex}_{band}"), sex=sex, band=band) for sex, _ in SEXES for band, _ in BANDS
        ]
        people = data.get("children_people")
        if people is not None:
            times = data.get("children")
            if times is None:
                times = sum(row["times"] or 0 for row in rows) or people
            rows.append(_tally("children", times=times, people=people))
            self._within("children_people", people, times)
        for what in ADULTS:
            times, people = data.get(f"{what}_times"), data.get(f"{what}_people")
            times = people if times is None else times
            rows.append(_tally(what, times=times, people=people))
            self._within(f"{what}_people", people, times)
        rows += [_tally(what, times=data.get(what.value)) for what in (*TRAINED, *PRODUCTS)]
        rows += [_tally(what, people=data.get(what.value)) for what in actions.RESULTS]
        return [row for row in rows if row["times"] is not None or row["people"] is not None]

    def _within(self, name, people, times):
        if people is not None and times is not None and people > times:
            self.add_error(name, "Số người khác nhau không được lớn hơn số lượt.")

    @property
    def ages(self):
        """(band in words, [box of each sex]) for the page."""
        return [(word, [self[f"c_{sex}_{band}"] for sex, _ in SEXES]) for band, word in BANDS]

    @property
    def grown(self):
        """(kind in words, box of visits, box of persons)."""
        return [(what.label, self[f"{what}_times"], self[f"{what}_people"]) for what in ADULTS]

    @property
    def trained(self):
        return [self[what.value] for what in TRAINED]

    @property
    def made(self):
        return [self[what.value] for what in PRODUCTS]

    @property
    def results(self):
        return [self[what.value] for what in actions.RESULTS]


def _tally(what, *, times=None, people=None, sex="", band=""):
    return {"what": Tally.What(what), "sex": sex, "band": band, "times": times, "people": people}


class MoneyLines:
    """Boxes for gifts and money: suất × đơn giá, or an amount."""

    def add_moneys(self, activity):
        kept = list(activity.moneys.all()) if activity else []
        self.lines = range(1, len(kept) + BLANK + 1)
        for number in self.lines:
            row = kept[number - 1] if number <= len(kept) else None
            for name, field in self._boxes(number).items():
                self.fields[f"m{number}_{name}"] = field
                self.initial[f"m{number}_{name}"] = getattr(row, name) if row else None

    @staticmethod
    def _boxes(number):
        about = f"Dòng {number}"
        text = small(LineField(max_length=200, required=False), f"{about}: nội dung")
        text.widget.attrs["placeholder"] = "ví dụ: quà Tết"
        sources = forms.ChoiceField(choices=[("", "Chọn nguồn"), *ActivityMoney.Source.choices], required=False)
        sources.widget.attrs |= {"aria-label": f"{about}: nguồn", "class": "form-select form-select-sm"}
        return {
            "text": text,
            "source": sources,
            "donor": small(LineField(max_length=160, required=False), f"{about}: nơi tài trợ"),
            "packs": small(whole("Số suất"), f"{about}: số suất"),
            "price": small(dong("Đơn giá"), f"{about}: đơn giá (đồng)"),
            "amount": small(dong("Thành tiền"), f"{about}: thành tiền (đồng)"),
        }

    def clean_moneys(self, data):
        """The money lines typed, as the action takes them; what is half typed is said at its box."""
        found = []
        for number in self.lines:
            row = {name: data.get(f"m{number}_{name}") for name in ("text", "source", "donor", "packs", "price", "amount")}
            if not any(value not in (None, "") for value in row.values()):
                continue
            found.append(self._line(number, row))
        return found

    def _line(self, number, row):
        packs, price, amount = row["packs"], row["price"], row["amount"]
        if packs is not None and price is not None:
            if amount is not None and amount != packs * price:
                self.add_error(f"m{number}_amount", PRODUCT)
            row["amount"] = packs * price
        elif amount is None:
            self.add_error(f"m{number}_amount", "Hãy ghi số suất và đơn giá, hoặc thành tiền.")
            row["amount"] = 0
        if not row["text"]:
            row["text"] = "Quà tặng" if packs else "Chi hoạt động"
        if not row["source"]:
            self.add_error(f"m{number}_source", "Hãy chọn nguồn của dòng này.")
        return row

    @property
    def money_rows(self):
        """The boxes of each line, by name, for the page."""
        names = ("text", "source", "donor", "packs", "price", "amount")
        return [{name: self[f"m{number}_{name}"] for name in names} for number in self.lines]
