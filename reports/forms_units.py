"""Forms of a change of units: its day and basis, the units that end, those that begin, who takes what."""

from django import forms

from childcare.lib.fields import DateTextField, LineField
from childcare.units.fields import UnitSearchField
from childcare.units.models import Unit

KINDS = ("province", "district", "commune")


class HeadForm(forms.Form):
    """First day and legal basis."""

    effective_on = DateTextField(label="Có hiệu lực từ ngày", help_text="Ngày đầu tiên của đơn vị mới.")
    basis = LineField(
        label="Căn cứ", max_length=300,
        help_text="Ghi như trên văn bản, ví dụ: Nghị quyết số 1669/NQ-UBTVQH15 ngày 16/06/2025.",
    )  # fmt: skip


class EndingForm(forms.Form):
    """One more unit that ends."""

    unit = UnitSearchField(label="Đơn vị kết thúc")

    def __init__(self, *args, change, **kwargs):
        super().__init__(*args, **kwargs)
        day = change.effective_on.fromordinal(change.effective_on.toordinal() - 1)
        self.fields["unit"] = UnitSearchField(label="Đơn vị kết thúc", day=day, queryset=units_on(day))


class BeginningForm(forms.Form):
    """One more unit that begins, or one that goes on under its code and takes others in."""

    name = LineField(label="Tên đơn vị mới", max_length=200, help_text="Viết đủ cả loại đơn vị: Phường Kiến An, Xã Cẩm Vân.")
    code = forms.RegexField(
        r"^[0-9]{2,5}\Z", label="Mã đơn vị", max_length=20,
        help_text="Mã theo danh mục hành chính. Đơn vị đang có nhận thêm địa bàn thì ghi mã và tên của đơn vị đó.",
        error_messages={"invalid": "Mã gồm 2 đến 5 chữ số, theo danh mục hành chính."},
    )  # fmt: skip
    parent = UnitSearchField(label="Đơn vị cấp trên", required=False)

    def __init__(self, *args, change, **kwargs):
        super().__init__(*args, **kwargs)
        day = change.effective_on
        self.fields["parent"] = UnitSearchField(
            label="Đơn vị cấp trên", required=False, day=day, queryset=units_on(day).exclude(kind="commune")
        )


def units_on(day):
    """Provinces, districts and communes that held on a day."""
    return Unit.objects.on(day).filter(kind__in=KINDS).order_by("path")


def beginning_initial(change):
    """A renamed unit keeps most of what it had: the first beginning line starts from the only ending one."""
    rows = list(change.ending.select_related("unit__parent")[:2])
    if len(rows) != 1 or change.beginning.exists():
        parents = {row.unit.parent for row in rows}
        return {"parent": parents.pop()} if len(parents) == 1 else {}
    unit = rows[0].unit
    return {"name": unit.name, "code": unit.code, "parent": unit.parent}


class UndoForm(forms.Form):
    """Why a change is taken back."""

    reason = LineField(label="Lý do hoàn lại", max_length=300)


def takes_of(change, data):
    """What the page posted: key of an ending line → keys of the beginning lines ticked for it, and where each officer goes."""
    news = {new.pk for new in change.beginning.all()}
    takes = {
        row.pk: [int(key) for key in data.getlist(f"nhan-{row.pk}") if key.isdigit() and int(key) in news]
        for row in change.ending.all()
    }
    positions = set(change.beginning.values_list("position", flat=True))
    chosen = {key.removeprefix("can-bo-"): value for key, value in data.items() if key.startswith("can-bo-")}
    posts = {
        int(key): int(value) for key, value in chosen.items() if key.isdigit() and value.isdigit() and int(value) in positions
    }
    return takes, posts
