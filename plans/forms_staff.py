"""Forms of staff: one person and what he does, filters of the list, who came to a training."""

from datetime import timedelta

from django import forms

from childcare.lib.fields import DateTextField, LineField
from plans.models import StaffPost
from plans.workplaces import places_in

STATES = [("", "Đang làm"), ("da-thoi", "Đã thôi"), ("tat-ca", "Tất cả")]


class StaffFilter(forms.Form):
    """Which posts: what work, where, still running or ended."""

    kind = forms.ChoiceField(label="Công việc", required=False, choices=[("", "Tất cả"), *StaffPost.Kind.choices])
    place = forms.ChoiceField(label="Nơi làm việc", required=False)
    state = forms.ChoiceField(label="Tình trạng", required=False, choices=STATES)

    def __init__(self, data, *, places):
        super().__init__(data)
        self.fields["place"].choices = [("", "Tất cả"), *((str(place.public_id), place.name) for place in places)]


class PlacedForm(forms.Form):
    """A form that asks where in the unit something is."""

    ELSEWHERE = ()  # fields that the action takes in another way

    def __init__(self, data=None, *, unit, initial=None, now=None):
        self.places = {str(place.public_id): place for place in places_in(unit)}
        if now is not None:
            self.places.setdefault(str(now.public_id), now)
        super().__init__(data, initial={"place": str(unit.public_id), **(initial or {})})
        self.fields["place"].choices = [(key, place.name) for key, place in self.places.items()]

    def clean_place(self):
        return self.places[self.cleaned_data["place"]]

    @property
    def facts(self):
        """What the action takes: the place is its unit."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("place", *self.ELSEWHERE)}
        return {**data, "unit": self.cleaned_data["place"]}


class PostForm(PlacedForm):
    """What somebody does for children, where and since when. Only the work and the place are asked for."""

    ELSEWHERE = ("name", "phone", "namesake", "version")

    kind = forms.ChoiceField(label="Công việc", choices=StaffPost.Kind.choices)
    place = forms.ChoiceField(
        label="Nơi làm việc", help_text="Cộng tác viên, an ninh viên của thôn, tổ nào thì chọn thôn, tổ ấy."
    )
    started_on = DateTextField(
        label="Làm từ ngày", required=False, past=True, help_text="Để trống nếu làm từ trước, không rõ ngày."
    )
    time = forms.ChoiceField(label="Chế độ", choices=StaffPost.Time.choices, required=False)
    position = LineField(
        label="Chức danh, nghề nghiệp", max_length=120, required=False, help_text="Ví dụ: chi hội trưởng phụ nữ."
    )
    decision_number = LineField(label="Số quyết định giao việc", max_length=60, required=False)
    decision_on = DateTextField(label="Ngày quyết định", required=False, past=True)
    note = LineField(label="Ghi chú", max_length=300, required=False)


class StaffForm(PostForm):
    """A new person with what he does."""

    name = LineField(label="Họ và tên", max_length=120)
    phone = LineField(label="Điện thoại", max_length=30, required=False, help_text="Chỉ ghi khi người đó đồng ý.")
    namesake = forms.BooleanField(label="Người khác, trùng tên với người đã có", required=False)
    field_order = ["name", "kind", "place", "started_on", "time", "position", "phone", "decision_number", "decision_on", "note"]


class PostEditForm(PostForm):
    """The same of a post that is there, with its last day when it has one."""

    last = DateTextField(label="Ngày cuối cùng làm việc này", required=False, past=True, help_text="Để trống nếu còn đang làm.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def facts(self):
        data = dict(super().facts)
        last = data.pop("last")
        return {**data, "ended_on": last + timedelta(days=1) if last else None}


class PersonForm(forms.Form):
    """Name and phone number of a person."""

    name = LineField(label="Họ và tên", max_length=120)
    phone = LineField(label="Điện thoại", max_length=30, required=False, help_text="Chỉ ghi khi người đó đồng ý.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class LastDayForm(forms.Form):
    """The last day on which something held."""

    last = DateTextField(label="Ngày cuối cùng", past=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def on(self):
        """The first day on which it no longer holds."""
        return self.cleaned_data["last"] + timedelta(days=1)
