"""Activities: recording, correcting by a new row, voiding; the list with its filters."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.units.models import Unit
from plans.actions import activities as actions
from plans.models import Activity
from tests import people

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def activity(unit, by=None, **fields):
    values = {"held_on": date(2024, 3, 1), "kind": "communication", "title": "Nói chuyện về đuối nước", **fields}
    return actions.record(by=by, unit=unit, **values)


def posted(unit, **fields):
    return {
        "kind": "gifts", "title": "Tặng quà Tết", "held_on": "5/2/2024", "unit": str(unit.public_id), "children": "1.035",
        "raised": "17.500.000", **fields,
    }  # fmt: skip


def test_an_records_an_activity_with_numbers_as_she_writes_them(as_, an, ward, ward_plan):
    target = ward_plan.targets.get(code="T001-13")
    response = as_(an).post(reverse("activity-add"), posted(ward, targets=[str(target.public_id)]))
    row = Activity.objects.get()
    assert response.status_code == 302 and response.url == reverse("activity", args=[row.public_id])
    assert (row.children, row.raised, row.held_on, row.recorded_by) == (1035, 17_500_000, date(2024, 2, 5), an)
    assert list(row.targets.all()) == [target]
    assert Entry.objects.get(action="activity.recorded").subject == "Phường Nam Sơn 05/02/2024"


def test_only_kind_title_day_and_unit_are_needed(as_, an, ward):
    response = as_(an).post(reverse("activity-add"), {**posted(ward), "children": "", "raised": "", "again": "1"})
    assert response.url == reverse("activity-add")
    assert Activity.objects.get().children is None


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("held_on", "3/5/2026", "quá xa"),
        ("held_on", "2024", "chưa đủ ngày"),
        ("children", "1,5", "số nguyên"),
        ("title", "", "Hãy điền ô này"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(as_, an, ward, field, value, sentence):
    page = text(as_(an).post(reverse("activity-add"), posted(ward, **{field: value})))
    assert sentence in page and not Activity.objects.exists()


def test_a_unit_that_is_not_ones_own_cannot_be_chosen(as_, an):
    page = text(as_(an).post(reverse("activity-add"), posted(people.unit(people.VAN_DAU))))
    assert not Activity.objects.exists() and "error" in page


def test_a_unit_is_valid_for_its_own_days_only(as_, settings, ward):
    settings.TRAINING_TODAY = "2026-05-02"
    today = Unit.objects.by_code("11443")
    officer = people.Officer.objects.create(username="ha", full_name="Hà", password="!")
    people.Appointment.objects.create(officer=officer, unit=today, role="commune", started_on=today.valid_from)
    page = text(as_(officer).post(reverse("activity-add"), posted(today, held_on="1/6/2025")))
    assert "Phường Kiến An không có hiệu lực vào ngày này" in page and not Activity.objects.exists()


@pytest.mark.parametrize("name", ["activity-add", "activity-list"])
def test_a_collaborator_and_the_administrator_are_kept_out(as_, binh, quan, name):
    for officer in (binh, quan):
        assert as_(officer).get(reverse(name)).status_code == 403


def test_a_leader_reads_and_does_not_write(as_, lan, an, ward):
    row = activity(ward, an)
    page = text(as_(lan).get(reverse("activity-list")))
    assert row.title in page and reverse("activity-quick") not in page
    assert as_(lan).get(reverse("activity-add")).status_code == 403


def test_correcting_puts_a_new_row_in_the_place_of_the_old(as_, an, ward):
    old = activity(ward, an, children=80)
    client, address = as_(an), reverse("activity-edit", args=[old.public_id])
    form = client.get(address).context["form"]
    assert form.initial["children"] == 80
    response = client.post(address, posted(ward, title=old.title, kind=old.kind, version=old.version))
    assert response.status_code == 302
    old.refresh_from_db()
    new = Activity.objects.valid().get()
    assert old.voided_at and old.void_reason and new.children == 1035
    assert Entry.objects.get(action="activity.corrected").fields == ["children", "held_on", "raised"]


def test_saving_without_a_change_writes_nothing(an, ward):
    old = activity(ward, an)
    assert actions.correct(activity=old, by=an, version=1, title=old.title) == old
    assert Activity.objects.count() == 1


def test_the_second_of_two_corrections_is_told(as_, an, ward):
    old = activity(ward, an)
    address = reverse("activity-edit", args=[old.public_id])
    as_(an).post(address, posted(ward, version=1))
    assert as_(an).post(address, posted(ward, version=1)).status_code == 404
    with pytest.raises(actions.Refusal, match="vừa được người khác sửa hoặc hủy"):
        actions.correct(activity=old, by=an, version=1, title="Khác")


def test_voiding_needs_a_reason_and_takes_it_out_of_the_list(as_, an, ward):
    row = activity(ward, an)
    address = reverse("activity-void", args=[row.public_id])
    assert "Hãy điền ô này" in text(as_(an).post(address, {"reason": " ", "version": 1}))
    assert as_(an).post(address, {"reason": "Ghi trùng", "version": 1}).status_code == 302
    assert row.title not in text(as_(an).get(reverse("activity-list")))
    row.refresh_from_db()
    assert (row.voided_by, row.void_reason) == (an, "Ghi trùng")


def test_strangers_find_nothing(as_, an, chi, ward):
    row = activity(ward, an)
    assert row.title not in text(as_(chi).get(reverse("activity-list")))
    for name in ("activity", "activity-edit", "activity-void", "activity-like", "activity-serve", "photo-add"):
        assert as_(chi).get(reverse(name, args=[row.public_id])).status_code == 404


@pytest.mark.parametrize("query, found", [({"kind": "gifts"}, "Quà"), ({"year": "2023"}, "Cũ"), ({}, "Nói")])
def test_the_list_is_filtered(as_, an, ward, query, found):
    activity(ward, an, title="Nói chuyện")
    activity(ward, an, title="Quà Tết", kind="gifts")
    activity(ward, an, title="Cũ lắm", held_on=date(2023, 3, 1))
    titles = {row.title for row in as_(an).get(reverse("activity-list"), query).context["rows"]}
    assert any(title.startswith(found) for title in titles)
    assert len(titles) == (1 if query else 3)


def test_the_district_filters_by_ward(as_, dung, an, chi, ward):
    activity(ward, an, title="Của Nam Sơn")
    activity(people.unit(people.VAN_DAU), chi, title="Của Văn Đẩu")
    page = as_(dung).get(reverse("activity-list"), {"unit": str(ward.public_id)})
    assert [row.title for row in page.context["rows"]] == ["Của Nam Sơn"]
    assert [tag.text for tag in page.context["tags"]] == ["Đơn vị: Phường Nam Sơn"]


def test_fifty_a_page_and_a_fixed_number_of_questions(as_, an, ward, django_assert_max_num_queries):
    for number in range(53):
        activity(ward, an, title=f"Buổi {number}")
    client = as_(an)
    with django_assert_max_num_queries(17):
        first = client.get(reverse("activity-list"))
    assert len(first.context["rows"]) == 50 and first.context["pager"].next.endswith("?trang=2")
    second = client.get(first.context["pager"].next)
    assert len(second.context["rows"]) == 3 and second.context["pager"].next == ""
    assert len(Entry.objects.filter(action="activity.listed").latest("pk").shown) == 3


def test_a_campaign_to_come_is_offered_as_an_activity_until_there_is_one(as_, settings, an, binh, ward):
    settings.TRAINING_TODAY = "2024-08-20"
    shown = as_(an).get(reverse("activity-list"))
    assert [row.short for row in shown.context["campaigns"]] == ["Tết Trung thu"]
    link = f"{reverse('activity-add')}?dip=2024-09-17.2024-09-17"
    assert link in shown.content.decode()
    form = as_(an).get(link).context["form"]
    assert (form["kind"].value(), form["occasion"].value(), form["title"].value()) == (
        "mid_autumn",
        "mid_autumn",
        "Tết Trung thu",
    )
    assert form["held_on"].value() == "17/09/2024"
    for wrong in ("2024-09-18.2024-09-18", "x", "²024"):
        assert as_(an).get(f"{reverse('activity-add')}?dip={wrong}").context["form"]["title"].value() is None
    Activity.objects.create(
        unit=ward, held_on=date(2024, 9, 16), kind="gifts", occasion="mid_autumn", title="Rằm", planned=True
    )
    assert as_(an).get(reverse("activity-list")).context["campaigns"] == []
    settings.TRAINING_TODAY = "2024-04-10"
    assert [row.short for row in as_(an).get(reverse("activity-list")).context["campaigns"]] == [
        "Ngày Quốc tế thiếu nhi", "Tháng hành động vì trẻ em",
    ]  # fmt: skip
