"""Form fields for what officers type: days, partial dates, numbers, text. They echo what they read and say what is wrong."""

from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError

from childcare.lib.calendar import PartialDate, parse_day, parse_partial, show, today
from childcare.lib.vietnamese import clean_text, fold, number, parse_number

DAY_HINT = "ngày/tháng/năm"
PARTIAL_HINT = "ngày/tháng/năm hoặc năm"
REQUIRED = "Hãy điền ô này."
FUTURE = "Ngày này chưa tới. Hãy gõ một ngày không sau hôm nay, {}."


class DateTextInput(forms.TextInput):
    """A line for a day: digits first on a phone, no browser calendar, no history of other people's birthdays."""

    def __init__(self, attrs=None):
        super().__init__({"placeholder": DAY_HINT, "autocomplete": "off", "class": "w-day", **(attrs or {})})


class NumberInput(forms.TextInput):
    """A line for a number as people write it here: 1.234,5."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "w-number", **(attrs or {})})


class _TypedField(forms.Field):
    """Text read by the `parse(text)` of a kind of field: None for nothing, ValueError with the sentence for the officer.

    Its `written(value)` is the value as it stands in the box.
    """

    default_error_messages = {"required": REQUIRED}

    def to_python(self, value):
        if value is None or isinstance(value, str) and not value.strip():
            return None
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid")

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.written(value)

    def bound_data(self, data, initial):
        """What was typed comes back tidied when it can be read, else as it was typed."""
        try:
            value = self.to_python(data)
        except ValidationError:
            return data
        return data if value is None else self.written(value)

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class DateTextField(_TypedField):
    """A full day typed as text; gives a `date` or None. `past=True` refuses a day after today."""

    widget = DateTextInput

    def __init__(self, *, past=False, **kwargs):
        self.past = past
        super().__init__(**kwargs)

    def parse(self, text):
        day = parse_day(text)
        if self.past and day and day > today():
            raise ValueError(FUTURE.format(show(today())))
        return day

    def written(self, value):
        return show(value)


class TimeTextField(_TypedField):
    """A time of the day typed as 14:30, 14h30 or 8 giờ; gives a `time` or None."""

    widget = DateTextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs["placeholder"] = "giờ:phút"

    def parse(self, text):
        plain = fold(text).replace("gio", ":").replace("h", ":").replace("phut", "").replace(" ", "").strip(":")
        hour, _, minute = plain.partition(":")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError:
            raise ValueError(f"Không đọc được giờ “{clean_text(text)}”. Hãy gõ giờ:phút, ví dụ 14:30.")

    def written(self, value):
        return f"{value:%H:%M}"


class PartialDateField(_TypedField):
    """A day, month, year or "khoảng 2016"; gives a `PartialDate` or None. `past=True` refuses what is wholly to come."""

    widget = DateTextInput

    def __init__(self, *, past=False, **kwargs):
        self.past = past
        super().__init__(**kwargs)
        self.widget.attrs["placeholder"] = PARTIAL_HINT

    def parse(self, text):
        found = parse_partial(text)
        if self.past and found and found.earliest > today():
            raise ValueError(FUTURE.format(show(today())))
        return found

    def written(self, value):
        return show(value) if isinstance(value, date) else value.text if isinstance(value, PartialDate) else str(value)


class NumberField(_TypedField):
    """A number typed as 1.234,5; gives a `Decimal`, or an `int` with `whole=True`; None for nothing."""

    widget = NumberInput

    def __init__(self, *, whole=False, min_value=None, max_value=None, **kwargs):
        self.whole, self.min_value, self.max_value = whole, min_value, max_value
        super().__init__(**kwargs)
        if whole:
            self.widget.attrs["inputmode"] = "numeric"

    def parse(self, text):
        value = parse_number(text)
        if self.whole and value != value.to_integral_value():
            raise ValueError(f"“{clean_text(text)}” có phần lẻ. Ô này chỉ nhận số nguyên.")
        if self.min_value is not None and value < self.min_value:
            raise ValueError(f"Số này phải từ {number(self.min_value)} trở lên.")
        if self.max_value is not None and value > self.max_value:
            raise ValueError(f"Số này không được lớn hơn {number(self.max_value)}.")
        return int(value) if self.whole else value

    def written(self, value):
        return number(value)


class LineField(forms.CharField):
    """One line of Vietnamese text: composed (NFC), one space between words."""

    default_error_messages = {"required": REQUIRED}

    def to_python(self, value):
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


class ParagraphField(forms.CharField):
    """Several lines of Vietnamese text; each line is tidied, empty lines stay."""

    default_error_messages = {"required": REQUIRED}

    def __init__(self, *, rows=3, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = "\n".join(clean_text(line) for line in value.splitlines()).strip()
        return super().to_python(value)
