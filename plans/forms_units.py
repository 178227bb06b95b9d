"""Forms of units: on which day, hamlets, general figures of a year."""

from datetime import timedelta

from django import forms

from childcare.lib.fields import DateTextField, LineField, NumberField
from childcare.units.models import Unit, UnitYear


class BelowFilter(forms.Form):
    """Units by their name; it stands in the address: a unit is no person."""

    q = LineField(
        label="Tìm theo tên", max_length=60, required=False, widget=forms.TextInput({"placeholder": "ví dụ: nam son"})
    )


class UnitFilter(BelowFilter):
    """Which units, on which day."""

    on = DateTextField(label="Có hiệu lực vào ngày", required=False)


class HamletForm(forms.Form):
    """A new hamlet."""

    name = LineField(label="Tên", max_length=200, help_text="Ví dụ: Tổ dân phố 5, Thôn Đông.")
    since = DateTextField(label="Có từ ngày", required=False, past=True, help_text="Để trống nếu đã có từ trước.")


class SchoolForm(forms.Form):
    """A new school."""

    name = LineField(label="Tên trường", max_length=200, help_text="Ví dụ: Trường THCS Nam Sơn, Trường Mầm non Hoa Sen.")


class RenameForm(forms.Form):
    """Another name since a day."""

    name = LineField(label="Tên mới", max_length=200)
    on = DateTextField(label="Từ ngày", past=True, help_text="Ngày đầu tiên mang tên mới.")


class EndForm(forms.Form):
    """The last day of a hamlet and where its people go."""

    last = DateTextField(label="Ngày cuối cùng còn hiệu lực", past=True)
    into = forms.ChoiceField(label="Người dân chuyển về", required=False)

    def __init__(self, data=None, *, others):
        super().__init__(data)
        self.others = {str(unit.public_id): unit for unit in others}
        none = ("", "Không có trẻ em nào ở đây")
        self.fields["into"].choices = [none, *((key, unit.name) for key, unit in self.others.items())]

    @property
    def on(self):
        """The first day on which it no longer holds."""
        return self.cleaned_data["last"] + timedelta(days=1)

    @property
    def receiver(self):
        """The hamlet to which the people go, or None."""
        return self.others.get(self.cleaned_data["into"])


class SchoolEndForm(EndForm):
    """The last day of a school and where its pupils go on."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last"].label = "Ngày hoạt động cuối cùng"
        self.fields["into"].label = "Học sinh chuyển về trường"
        self.fields["into"].choices = [("", "Không còn học sinh nào"), *self.fields["into"].choices[1:]]


class FiguresForm(forms.Form):
    """Every general figure of a unit in a year, each with its source and day."""

    def __init__(self, data=None, *, unit, year):
        super().__init__(data)
        self.stored = {row.key: row for row in UnitYear.objects.filter(unit=unit, year=year)}
        for key, label in UnitYear.Key.choices:
            row = self.stored.get(key)
            self.fields[key] = NumberField(label=label, whole=True, min_value=0, max_value=10**9, required=False,
                                           initial=row.value if row else None)  # fmt: skip
            self.fields[f"{key}-source"] = LineField(
                label=f"Nguồn của {label.lower()}", max_length=200, required=False, initial=row.source if row else "",
                help_text="Ví dụ: Công an phường, Chi cục Thống kê.",
            )  # fmt: skip
            self.fields[f"{key}-day"] = DateTextField(
                label=f"Ngày của {label.lower()}", required=False, past=True, initial=row.source_date if row else None
            )
            self.fields[f"{key}-version"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=row.version if row else None
            )

    @property
    def groups(self):
        """(words, value, source, day, version) for the page."""
        for key, label in UnitYear.Key.choices:
            yield label, self[key], self[f"{key}-source"], self[f"{key}-day"], self[f"{key}-version"]

    def clean(self):
        data = super().clean()
        for key, label in UnitYear.Key.choices:
            if data.get(key) is not None and not data.get(f"{key}-source"):
                self.add_error(f"{key}-source", f"Hãy ghi nguồn của {label.lower()}: ai cung cấp.")
        return data

    @property
    def figures(self):
        """What the action takes."""
        data = self.cleaned_data
        return {
            key: (data[key], data[f"{key}-source"], data[f"{key}-day"], data[f"{key}-version"]) for key in UnitYear.Key.values
        }


def year_of(request, unit, today):
    """The year of the address, else that of the unit's present or last day."""
    text = request.GET.get("nam", "")
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else unit.as_of(today).year


def other_hamlets(hamlet, day):
    """Hamlets of the same commune that hold on the day."""
    return Unit.objects.filter(parent=hamlet.parent, kind="hamlet").on(day).exclude(pk=hamlet.pk).order_by("code")
