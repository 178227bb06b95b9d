"""Exports of the registry by django-import-export: what a row says, for whom, in which columns."""

from itertools import islice

from import_export import resources
from import_export.fields import Field

from childcare.children import ethnics, row_texts
from childcare.children.models import PovertyStatus
from childcare.lib.calendar import show

BATCH = 500


class ChildResource(resources.Resource):
    """A list of children. Circumstances and risks are those that the officer may see; the rest of a file is not told of."""

    code = Field("public_id", "Mã trẻ")
    full_name = Field("display_name", "Họ và tên")
    birth = Field(column_name="Ngày sinh")
    sex = Field(column_name="Giới tính")
    ethnic = Field(column_name="Dân tộc")
    identity_number = Field("identity_number", "Số định danh cá nhân", default="")
    hamlet = Field(column_name="Thôn, tổ dân phố")
    commune = Field(column_name="Xã, phường")
    mother_name = Field("mother_name", "Họ tên mẹ")
    father_name = Field("father_name", "Họ tên cha")
    head = Field(column_name="Chủ hộ")
    address = Field(column_name="Địa chỉ")
    phone = Field("phone", "Điện thoại")
    poverty = Field(column_name="Loại hộ")
    circumstances = Field(column_name="Hoàn cảnh, nguy cơ")
    schooling = Field("schooling", "Tình trạng học")
    school_name = Field("school_name", "Trường, lớp")
    residing = Field(column_name="Cư trú")

    def __init__(self, *, officer, on):
        super().__init__()
        self.officer, self.on = officer, on

    def iter_queryset(self, queryset):
        """The children in batches, each with its circumstances and classes of the year in two queries."""
        rows = queryset.select_related("unit", "unit__parent", "household").iterator(BATCH)
        while children := list(islice(rows, BATCH)):
            houses = {child.household_id for child in children if child.household_id}
            keys = [child.pk for child in children]
            self.groups = row_texts.groups_of(keys, houses, officer=self.officer, on=self.on)
            poverty = PovertyStatus.objects.valid().filter(household__in=houses, year=self.on.year)
            self.levels = {row.household_id: row.get_level_display() for row in poverty}
            yield from children

    def dehydrate_code(self, child):
        return str(child.public_id)

    def dehydrate_birth(self, child):
        return child.birth.text if child.birth else child.birth_text

    def dehydrate_sex(self, child):
        return child.get_sex_display().capitalize() if child.sex else ""

    def dehydrate_ethnic(self, child):
        return ethnics.names().get(child.ethnic, "")

    def dehydrate_hamlet(self, child):
        return child.unit.name if child.unit.kind == "hamlet" else ""

    def dehydrate_commune(self, child):
        return (child.unit.parent if child.unit.kind == "hamlet" else child.unit).name

    def dehydrate_head(self, child):
        return child.household.head_name if child.household else ""

    def dehydrate_address(self, child):
        return child.household.address if child.household else ""

    def dehydrate_poverty(self, child):
        return self.levels.get(child.household_id, "")

    def dehydrate_circumstances(self, child):
        own, house = self.groups.get(("child", child.pk), []), self.groups.get(("house", child.household_id), [])
        return "; ".join([*own, *house])

    def dehydrate_residing(self, child):
        return "đang cư trú" if child.residing else "đã chuyển đi hoặc tử vong"


def title(unit, on):
    """What an export is called: its place and day, never a child."""
    return f"Danh sách trẻ em {unit.name} {show(on).replace('/', '-')}"
