"""Forms of a fund: opening its book, what came in, what was spent."""

from datetime import timedelta

from django import forms

from childcare.accounts.roles import Permission
from childcare.children.forms.base import OnceForm
from childcare.lib.calendar import show, today
from childcare.lib.fields import DateTextField, LineField
from childcare.lib.vietnamese import number
from plans.actions import funds as actions
from plans.forms import dong, whole
from plans.models import Activity, Fund, FundEntry

BACK = 400  # days of activities that are offered
NO_NAME = "Không ghi tên trẻ em: nội dung này ai xem sổ quỹ cũng thấy."


class FundForm(OnceForm):
    """Which fund, since when, with what it had then."""

    kind = forms.ChoiceField(label="Loại quỹ", choices=Fund.Kind.choices)
    name = LineField(label="Tên quỹ", max_length=160, required=False, help_text="Để trống thì lấy theo loại và tên đơn vị.")
    unit = forms.ChoiceField(label="Đơn vị quản lý quỹ")
    opened_on = DateTextField(
        label="Theo dõi từ ngày", past=True, help_text="Ngày đầu tiên ghi thu, chi trong phần mềm, ví dụ 01/01 năm nay."
    )
    money = dong("Số dư tiền khi đó (đồng)")
    goods = dong("Hiện vật còn lại khi đó, quy tiền (đồng)")

    def __init__(self, data=None, *, officer):
        self.units = {str(unit.public_id): unit for unit in officer.units_for(Permission.PLAN_EDIT)}
        super().__init__(data, initial={"unit": next(iter(self.units), None)})
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]

    def clean(self):
        data = super().clean()
        data["unit"] = self.units.get(data.get("unit"))
        if data["unit"] and not data.get("name") and data.get("kind"):
            data["name"] = Fund.usual_name(data["kind"], data["unit"])
        return data


class BalanceForm(forms.Form):
    """On which day the balance is asked for."""

    on = DateTextField(label="Số dư cuối ngày", past=True, required=False)


class EntryForm(OnceForm):
    """What income and spending have in common."""

    on = DateTextField(label="Ngày", past=True)
    form = forms.ChoiceField(label="Hình thức", choices=FundEntry.Form.choices, widget=forms.RadioSelect, initial="money")
    amount = dong("Số tiền, hoặc giá trị hiện vật (đồng)")
    text = LineField(label="Nội dung", max_length=300, help_text=NO_NAME)
    paper = LineField(
        label="Số chứng từ", max_length=40, required=False, help_text="Số biên lai, phiếu thu, phiếu chi, nếu có."
    )
    activity = forms.ChoiceField(label="Gắn với hoạt động", required=False)

    def __init__(self, data=None, *, fund, **fields):
        super().__init__(data, initial={"on": today(), "form": "money"})
        self.fields["amount"].min_value = 1
        rows = Activity.objects.valid().filter(
            unit__path__startswith=fund.unit.path, held_on__gte=today() - timedelta(days=BACK)
        )
        rows = self.offered(rows).select_related("unit").order_by("-held_on", "-pk")[:100]
        self.activities = {str(row.public_id): row for row in rows}
        self.fields["activity"].choices = [
            ("", "Không gắn"), *((key, f"{row.days}: {row.title}") for key, row in self.activities.items())
        ]  # fmt: skip

    def offered(self, rows):
        return rows.done()

    def clean(self):
        data = super().clean()
        data["activity"] = self.activities.get(data.get("activity"))
        return data


class IncomeForm(EntryForm):
    """Money or goods that came in."""

    origin = forms.ChoiceField(label="Nguồn thu", choices=FundEntry.Origin.choices)
    donor = LineField(label="Người, đơn vị ủng hộ", max_length=160, required=False)
    anonymous = forms.BooleanField(label="Người ủng hộ đề nghị không nêu tên khi công khai", required=False)
    estimated = forms.BooleanField(label="Giá trị hiện vật là ước tính", required=False)

    field_order = ["once", "on", "origin", "donor", "anonymous", "form", "amount", "estimated", "text", "paper", "activity"]

    def __init__(self, data=None, *, fund):
        super().__init__(data, fund=fund)
        self.fields["amount"].required = True
        self.fields["text"].help_text = "Hiện vật thì ghi tên, số lượng, ví dụ: 50 cặp sách. Không ghi tên trẻ em."
        self.fields["activity"].help_text = "Tiền thu được ở hoạt động vận động đã ghi thì gắn vào, để không cộng hai lần."

    def offered(self, rows):
        return rows.done().filter(raised__gt=0)


class SpendingForm(EntryForm):
    """What the fund paid or gave, perhaps for supports of named children that are in the registry already."""

    purpose = forms.ChoiceField(label="Mục đích", choices=FundEntry.Purpose.choices)
    children = whole("Số trẻ em được giúp mà không ghi tên", "Trẻ đã chọn ở danh sách dưới thì không đếm lại ở đây.")
    supports = forms.MultipleChoiceField(label="Trợ giúp do quỹ chi", required=False, widget=forms.CheckboxSelectMultiple)

    field_order = ["once", "on", "purpose", "form", "amount", "text", "paper", "children", "activity", "supports"]

    def __init__(self, data=None, *, fund, officer):
        super().__init__(data, fund=fund)
        rows = actions.payable(fund, officer).select_related("child", "kind").order_by("-started_on", "pk")[:200]
        self.rows = {str(row.public_id): row for row in rows}
        self.fields["supports"].choices = [(key, self._line(row)) for key, row in self.rows.items()]
        self.fields["amount"].help_text = "Đã chọn trợ giúp ở danh sách dưới thì để trống, máy tự cộng."
        if not self.rows:
            del self.fields["supports"]

    @staticmethod
    def _line(row):
        return f"{row.child.display_name}: {row.kind.name}, {show(row.started_on)}, {number(row.amount)} đồng"

    def clean(self):
        data = super().clean()
        data["supports"] = [self.rows[key] for key in data.get("supports", [])]
        if data.get("amount") is None and "amount" not in self.errors:
            if data["supports"]:
                data["amount"] = sum(row.amount for row in data["supports"])
            else:
                self.add_error("amount", "Hãy ghi số tiền, hoặc chọn các trợ giúp mà quỹ đã chi.")
        return data
