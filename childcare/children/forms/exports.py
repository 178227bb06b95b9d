"""Which layout a workbook of children gets."""

from django import forms

from childcare.children import exporting, layouts
from childcare.children.models import ExportChoice
from childcare.lib.calendar import show

STANDARD = "xlsx"
CHOOSE = "Hãy chọn một mẫu trong danh sách."
WORDS = {
    STANDARD: ("Theo mẫu của phần mềm", "Đủ các cột của sổ trẻ em."),
    exporting.MINISTRY: ("Theo cột phần mềm của Bộ", "Thứ tự cột chưa đối chiếu với tệp thật của phần mềm của Bộ."),
}
OWN = "Các cột của tệp ấy, cùng thứ tự, thêm cột “Mã trong sổ” ở cuối. Cột phần mềm không biết, cột ghi chú thì để trống."


class ExportForm(forms.Form):
    """One choice: an own layout of the commune out of which the list comes, the standard one, the ministry's."""

    layout = forms.ChoiceField(label="Mẫu của tệp", error_messages=dict.fromkeys(["required", "invalid_choice"], CHOOSE))

    def __init__(self, *args, filters, officer, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.own = {str(layout.public_id): layout for layout in layouts.offered(layouts.unit_of(filters, officer))}
        self.fields["layout"].choices = [*((key, self._label(layout)) for key, layout in self.own.items()), *self._others()]
        self.initial.setdefault("layout", self._last(unit))

    @staticmethod
    def _label(layout):
        return f"Theo mẫu của đơn vị (như tệp {layout.file_name} nhập ngày {show(layout.taken_in_on)})"

    @staticmethod
    def _others():
        return [(key, title) for key, (title, _) in WORDS.items()]

    def _last(self, unit):
        """What the unit chose last, as far as it is offered here; else its own newest layout, else the standard one."""
        row = ExportChoice.objects.select_related("layout").filter(unit=unit).first()
        chosen = row and (str(row.layout.public_id) if row.layout else row.form)
        offered = dict(self.fields["layout"].choices)
        return chosen if chosen in offered else next(iter(self.own), STANDARD)

    def shown(self):
        """(value, title, hint, chosen) of each choice, for the page."""
        value = self["layout"].value()
        return [
            {"value": key, "title": title, "hint": OWN if key in self.own else WORDS[key][1], "chosen": key == value}
            for key, title in self.fields["layout"].choices
        ]

    @property
    def form(self):
        """The form of file (a key of `exporting.FORMS`) of a valid choice."""
        return exporting.OWN if self.cleaned_data["layout"] in self.own else self.cleaned_data["layout"]

    @property
    def chosen(self):
        """The own layout of a valid choice, or None."""
        return self.own.get(self.cleaned_data["layout"])
