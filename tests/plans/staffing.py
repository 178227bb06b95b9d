"""People who work with children and trainings, for the tests."""

from datetime import date

from cases.models import Shelter
from plans.actions import bodies, records, staff
from plans.actions import training as actions
from plans.models import Activity, Plan, Task, TaskScope
from tests import factories


def post(unit, name="Mai Thị Cúc", kind="collaborator", **facts):
    """A person in a post of the unit."""
    return staff.add(by=None, unit=unit, name=name, kind=kind, **facts)


def training(unit, title="Tập huấn", on=date(2024, 3, 12), people=None, came=()):
    """A training of the unit: `people` is a number that was typed, `came` are persons who were ticked."""
    activity = Activity.objects.create(unit=unit, held_on=on, kind="training", title=title, staff=people)
    if came:
        actions.set_attendance(activity=activity, by=None, among=came, came=came)
    return activity


def body(unit, kind="standing", name="Nhóm thường trực", **facts):
    """A body of the unit."""
    return bodies.found(by=None, unit=unit, kind=kind, name=name, **facts)


def place(unit, kind="play", name="Sân chơi", state="used", **facts):
    """A place for children."""
    return records.add_place(by=None, unit=unit, kind=kind, name=name, state=state, **facts)


def homes(unit, *results, on=date(2024, 3, 5)):
    """Houses examined on a day: (household or None, head, met)."""
    return records.examine(by=None, unit=unit, on=on, results=results)


def everything(ward, district, by):
    """Something behind every figure of staff, bodies and records of a ward."""
    hamlet = factories.hamlet(ward, "Tổ dân phố 77")
    people = [post(hamlet, "Mai Thị Cúc").staff, post(ward, "Lê Công", "official").staff]
    training(ward, came=people)
    body(ward, signed_on=date(2024, 1, 5), number="5/QĐ-UBND")
    body(hamlet, "club", "Câu lạc bộ quyền trẻ em", children=30)
    place(hamlet)
    place(factories.school(ward, "Trường Tiểu học 77"), "toilet", "Nhà vệ sinh")
    place(ward, "upgrade", "Nâng cấp nhà văn hóa thiếu nhi", started_on=date(2024, 2, 2))
    homes(hamlet, (None, "Phạm Văn Hộ", True), (None, "Vũ Văn Hộ", False))
    Shelter.objects.create(unit=ward, kind="trusted", name="Nhà bà Sáu")
    plan = Plan.objects.create(unit=district, subject="Kế hoạch", first_year=2024, last_year=2024, state="issued")
    model = Task.objects.create(plan=plan, position=1, kind="model", text="Mô hình 1", status="running")
    project = Task.objects.create(plan=plan, position=2, kind="project", text="Dự án 3", status="running")
    TaskScope.objects.create(task=project, position=1, status="expand", kind_word="xã", stated=8, within="Lý Nhân")
    return model
