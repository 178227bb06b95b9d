"""Forms of bulk actions: one for each kind of thing, the unticking of the preview, the reason of an undo."""

from datetime import timedelta

from django import forms

from childcare.accounts.roles import Permission
from childcare.children import places
from childcare.children.actions.protection import commune_of
from childcare.children.forms.base import KindField, by_pk
from childcare.children.forms.facts import CircumstanceFields, SupportFields
from childcare.children.forms.people import PovertyForm
from childcare.children.models import BulkAction, CircumstanceKind
from childcare.lib.calendar import show, today
from childcare.lib.fields import DateTextField, LineField
from childcare.lib.vietnamese import clean_text

AHEAD = timedelta(days=60)
ROWS_WITH_NUMBERS = 300


class BulkForm(forms.Form):
    """What the forms of every kind take; `own_values` are those of single items, by position."""

    def __init__(self, *args, bulk, officer, **kwargs):
        self.bulk, self.officer = bulk, officer
        super().__init__(*args, **kwargs)

    def own_values(self):
        return {}


class BulkSupportForm(BulkForm, SupportFields):
    """One act of help for each; its day may lie ahead while the list is prepared."""

    field_order = ["kind", "started_on", "amount", "source", "occasion", "provider", "decision", "decision_on", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["running"], self.fields["per"]
        self.fields["started_on"] = DateTextField(
            label="Ngày trợ giúp", help_text="Ngày chưa tới cũng được: in danh sách cấp phát trước, phát xong rồi ghi vào sổ."
        )
        self.fields["amount"].label = "Số tiền mỗi trẻ (đồng)"
        self.order_fields(self.field_order)

    def clean_started_on(self):
        day = self.cleaned_data["started_on"]
        if day and day > today() + AHEAD:
            raise forms.ValidationError(f"Ngày này còn quá xa. Hãy gõ một ngày không sau {show(today() + AHEAD)}.")
        return day


class BulkCircumstanceForm(CircumstanceFields):
    """A circumstance that is not sensitive."""

    kind = KindField(label="Nhóm hoàn cảnh, nguy cơ", help_text="Hoàn cảnh nhạy cảm phải ghi ở trang của từng trẻ.")
    field_order = ["kind", "started_on", "paper", "paper_on", "note"]

    def __init__(self, *args, bulk, officer, **kwargs):
        super().__init__(*args, officer=officer, unit=bulk.unit, **kwargs)
        kinds = CircumstanceKind.objects.filter(applies_to="child", active=True, computed=False, sensitive=False)
        self.fields["kind"].offer(kinds.exclude(code="L00"))

    def own_values(self):
        return {}


class BulkPovertyForm(BulkForm, PovertyForm):
    """The class of the households in a year."""

    def __init__(self, *args, bulk, **kwargs):
        super().__init__(*args, bulk=bulk, on=places.day_of(bulk.unit), **kwargs)


class BulkInsuranceForm(BulkForm):
    """Until when the cards hold, and the number of each child where the list is short enough to type them."""

    insurance_until = DateTextField(label="Thẻ có giá trị đến ngày", required=False, help_text="Chung cho mọi trẻ đã chọn.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        items = list(self.bulk.items.select_related("child"))
        self.numbered = items if len(items) <= ROWS_WITH_NUMBERS else []
        for item in self.numbered:
            kept = item.values.get("insurance_number") or item.child.insurance_number
            name = f"number-{item.position}"
            self.fields[name] = LineField(label=f"Số thẻ của {item.child.display_name}", max_length=30, required=False)
            self.fields[name].widget.attrs |= {"autocomplete": "off", "class": "w-number"}
            self.initial[name] = kept

    def rows(self):
        """(item, its field) for the table."""
        return [(item, self[f"number-{item.position}"]) for item in self.numbered]

    def clean(self):
        values = super().clean()
        if not self.errors and not values.get("insurance_until") and not any(row for row in self.own_values().values()):
            raise forms.ValidationError("Hãy ghi hạn của thẻ, hoặc số thẻ của ít nhất một trẻ.")
        return values

    def own_values(self):
        found = {}
        for item in self.numbered:
            text = clean_text(self.cleaned_data.get(f"number-{item.position}") or "").replace(" ", "").upper()
            if text and text != item.child.insurance_number:
                found[item.position] = {"insurance_number": text}
        return found


class BulkHamletForm(BulkForm):
    """In which hamlet they live, and whether they moved there."""

    unit = forms.ChoiceField(label="Thôn, tổ dân phố")
    how = forms.ChoiceField(
        label="Vì sao ghi", initial="right", widget=forms.RadioSelect,
        choices=[("right", "Trẻ vẫn ở đó từ trước, sổ ghi thiếu hoặc ghi nhầm"), ("moved", "Trẻ chuyển đến đó")],
    )  # fmt: skip
    on = DateTextField(label="Chuyển đến từ ngày", past=True, required=False, help_text="Chỉ ghi khi trẻ chuyển đến.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        homes = places.homes(self.officer, Permission.CHILD_EDIT)
        mine = [unit for unit in homes if unit.kind == "hamlet" and commune_of(unit).pk == self.bulk.unit_id]
        self.units = {str(unit.public_id): unit for unit in mine}
        self.fields["unit"].choices = [("", "Chọn nơi ở"), *by_pk(mine, lambda unit: unit.name)]

    def clean(self):
        values = super().clean()
        how = values.pop("how", "")
        if how == "moved" and "on" not in self.errors and not values.get("on"):
            self.add_error("on", "Hãy ghi ngày chuyển đến.")
        if how == "right":
            values["on"] = None
        return values

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]


FORMS = {
    BulkAction.Kind.SUPPORT: BulkSupportForm,
    BulkAction.Kind.CIRCUMSTANCE: BulkCircumstanceForm,
    BulkAction.Kind.INSURANCE: BulkInsuranceForm,
    BulkAction.Kind.POVERTY: BulkPovertyForm,
    BulkAction.Kind.HAMLET: BulkHamletForm,
}


class UndoForm(forms.Form):
    """Why everything is taken back."""

    reason = LineField(
        label="Lý do hoàn tác",
        max_length=300,
        help_text="Các dòng đã ghi được hủy, vẫn nằm trong lịch sử và không được tính nữa.",
    )
