"""Text to typed values for a report that came on paper: head, file, every figure, every table row, the words worth keeping."""

from decimal import Decimal

from django import forms

from childcare.indicators.models import Indicator
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from childcare.lib.refusal import Refusal
from reports import collecting, extras, paper

NUMBER = r"^\d{1,5}[a-zđ]?$"
MOST = 99_999_999_999
NEED_WHOLE = "Hãy nhập cả số này: cấp trên cộng từng số, không cộng tỷ lệ."
NOTHING = "Hãy nhập ít nhất một số liệu của báo cáo giấy."


def number_field(label="", whole=True):
    return NumberField(label=label, required=False, min_value=0, max_value=MOST, whole=whole)


class FiguresForm(forms.Form):
    """Every figure and table cell of a report. Nothing unknown blocks; `shown`: values to begin with, by name of the box."""

    def __init__(self, *args, obligation, **kwargs):
        super().__init__(*args, **kwargs)
        names = collecting.names()
        indicators = {row.code: row for row in Indicator.objects.order_by("position")}
        self.main = paper.main_lines()
        self.sections = list(paper.lines(names, indicators))
        self.grids = paper.grids(obligation, names)
        for line in self.every_line():
            if line.count:
                self.fields[f"n_{line.code}"] = number_field(line.what, whole=not line.code.startswith("NL-0"))
            if line.whole:
                self.fields[f"d_{line.code}"] = number_field(line.whole)
        for grid in self.grids:
            for name, row, column, _ in grid.cells():
                self.fields[name] = number_field(f"{grid.rows[row][0]}: {grid.columns[column]}")
            if grid.name == "PL3":
                for row in range(len(grid.rows)):
                    self.fields[f"s_PL3_{row}"] = LineField(label=f"{grid.rows[row][0]}: nguồn", required=False, max_length=100)

    def every_line(self):
        return [*self.main, *(line for _, rows in self.sections for line in rows)]

    # for the template

    def _boxes(self, rows):
        return [
            (line, self[f"n_{line.code}"] if line.count else None, self[f"d_{line.code}"] if line.whole else None)
            for line in rows
        ]

    @property
    def lines(self):
        """(line, box, box of the whole or None) of the main figures."""
        return self._boxes(self.main)

    @property
    def more(self):
        """(title, boxes, open) of the other figures by section; open where something is typed or wrong."""
        return [(title, boxes, any(self._used(box) for _, *pair in boxes for box in pair if box)) for title, boxes in
                ((title, self._boxes(rows)) for title, rows in self.sections)]  # fmt: skip

    @property
    def tables(self):
        """(grid, rows of (label, boxes, box of the source or None), open) of the tables that have rows."""
        found = []
        for grid in self.grids:
            boxes = {(row, column): self[name] for name, row, column, _ in grid.cells()}
            rows = [
                (label, [boxes.get((row, column)) for column in range(len(grid.columns))], self._source(grid, row))
                for row, (label, _) in enumerate(grid.rows)
            ]
            if rows:
                found.append((grid, rows, any(self._used(box) for box in boxes.values())))
        return found

    def _source(self, grid, row):
        return self[f"s_PL3_{row}"] if grid.name == "PL3" else None

    def _used(self, box):
        return bool(box.errors) or box.value() not in (None, "")

    # what was typed

    def clean(self):
        data = super().clean()
        for line in self.every_line():
            if line.count and line.whole:
                self._check_part(line.code, data)
        if not self.says_something(data):
            raise forms.ValidationError(NOTHING)
        return data

    def says_something(self, data):
        return any(value is not None for name, value in data.items() if name.startswith(("n_", "g_")))

    def _check_part(self, code, data):
        top, below = data.get(f"n_{code}"), data.get(f"d_{code}")
        if top is not None and below is None and f"d_{code}" not in self.errors:
            self.add_error(f"d_{code}", NEED_WHOLE)
        if top is not None and below is not None and top > below:
            self.add_error(f"n_{code}", f"Số này không được lớn hơn {below}.")

    @property
    def figures(self):
        """Key → (numerator, denominator or None) of what was typed."""
        data, found = self.cleaned_data, {}
        for line in self.every_line():
            top, below = data.get(f"n_{line.code}"), data.get(f"d_{line.code}")
            if line.code == paper.POPULATION:
                top = data.get("n_DS-01") if below else None
            if top is not None:
                found[line.code] = (Decimal(top), None if below is None else Decimal(below))
        for grid in self.grids:
            for name, _, _, key in grid.cells():
                if not grid.own and data.get(name) is not None:
                    found[key] = (Decimal(data[name]), None)
        return found

    def _grid(self, wanted):
        grid = next(grid for grid in self.grids if grid.name == wanted)
        rows = {}
        for name, row, column, key in grid.cells():
            if self.cleaned_data.get(name) is not None:
                rows.setdefault(row, {})[key] = (column, self.cleaned_data[name])
        return [(row, grid.rows[row][0], cells) for row, cells in sorted(rows.items())]

    @property
    def parts(self):
        """(name, {key: number}) of the rows of PL1 that were typed."""
        return [(label, {key: int(value) for key, (_, value) in cells.items()}) for _, label, cells in self._grid("PL1P")]

    @property
    def helped(self):
        """(name, [times, children, money, source]) of the rows of PL3 that were typed."""
        found = []
        for row, label, cells in self._grid("PL3"):
            values = [None, None, None]
            for column, value in cells.values():
                values[column] = int(value)
            found.append((label, [*values, self.cleaned_data.get(f"s_PL3_{row}", "")]))
        return found

    @property
    def content(self):
        """Keyword arguments of `paper.build`."""
        return {"figures": self.figures, "parts": self.parts, "helped": self.helped, "multipliers": paper.multipliers()}


class PaperForm(FiguresForm):
    """A report that came on paper: number, day, when it came, the file, and all that it says."""

    received_on = DateTextField(label="Ngày nhận báo cáo", past=True, help_text="Ngày này quyết định đúng hạn hay chậm.")
    number = forms.RegexField(
        NUMBER, label="Số văn bản", required=False, max_length=6,
        error_messages={"invalid": "Chỉ gõ số, ví dụ 05 hoặc 127."},
    )  # fmt: skip
    issued_on = DateTextField(label="Ngày ký", past=True, required=False)
    signer_name = LineField(label="Người ký", required=False, max_length=120)
    paper = forms.FileField(label="Bản quét báo cáo giấy", required=False, help_text="PDF, JPG hoặc PNG, không quá 10 MB.")

    def __init__(self, *args, obligation, asked=(), **kwargs):
        super().__init__(*args, obligation=obligation, **kwargs)
        self.asked = list(asked)
        self.extras = [row for row in asked if row["mode"] == extras.TYPED]
        for row in self.extras:
            self.fields[f"extra-{row['code']}"] = forms.CharField(
                label=f"{row['name']} ({row['measure']})", required=False, max_length=40, help_text=row["hint"]
            )
        self.keys = [section.key for section in paper.words_of(obligation)]
        for section in paper.words_of(obligation):
            self.fields[f"t_{section.key}"] = ParagraphField(label=section.heading, required=False, max_length=20_000)

    def says_something(self, data):
        """A chỉ tiêu bổ sung alone is something, too."""
        self.added = {row["code"]: self._read(row) for row in self.extras}
        return super().says_something(data) or any(self.added.values())

    def _read(self, row):
        """The typed number of a chỉ tiêu bổ sung as text, "" when it is none; what is wrong is said at its box."""
        name = f"extra-{row['code']}"
        try:
            extras.read(row, self.cleaned_data.get(name, ""))
        except Refusal as refusal:
            self.add_error(name, str(refusal))
            return ""
        return self.cleaned_data.get(name, "").strip()

    @property
    def extra_boxes(self):
        return [self[f"extra-{row['code']}"] for row in self.extras]

    @property
    def words(self):
        """(box) of the sections whose words can be kept, and whether something stands in one."""
        boxes = [self[f"t_{key}"] for key in self.keys]
        return boxes, any(self._used(box) for box in boxes)

    @property
    def content(self):
        """Keyword arguments of `paper.build`."""
        texts = {key: self.cleaned_data.get(f"t_{key}", "") for key in self.keys}
        asked = [row | {"typed": self.added.get(row["code"], "")} for row in self.asked]
        return super().content | {"texts": texts, "asked": asked}


def initial_of(draft, obligation):
    """What the boxes begin with: the figures, rows and words of a draft."""
    names = collecting.names()
    found = {}
    for key, figure in draft.figures.rows.items():
        if "|" not in key and figure.known:
            found |= {f"n_{key}": figure.numerator, f"d_{key}": figure.denominator}
    for grid in paper.grids(obligation, names):
        for name, row, column, key in grid.cells():
            value = _cell(draft, grid, row, column) if grid.own else draft.figures(*key.partition("|")[::2]).numerator
            if value is not None:
                found[name] = value
        if grid.name == "PL3":
            rows = {row["name"]: row["values"] for row in draft.tables.get("PL3", {}).get("rows", ())}
            found |= {f"s_PL3_{row}": rows[label][3] for row, (label, _) in enumerate(grid.rows) if label in rows}
    found |= {f"extra-{row['code']}": row["typed"] for row in draft.extras}
    return found | {f"t_{key}": draft.text(key) for key in paper.WORDS}


def _cell(draft, grid, row, column):
    """A number of a row of a part or of a kind of help, found again by its name."""
    table = draft.tables.get(grid.name[:3], {})
    values = next((one["values"] for one in table.get("rows", ()) if one["name"] == grid.rows[row][0]), None)
    return values[column] if values else None
