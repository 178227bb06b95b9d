"""Activities in depth: people by kind, money line by line, planned ones, the quick entry, photos, the list on paper."""

import io
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from childcare.audit.models import Entry
from childcare.documents.files import open_bytes
from plans import activity_lists
from plans.actions import activities as actions
from plans.actions import photos
from plans.models import Activity, ActivityPhoto, Task
from reports import measures

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def activity(unit, by=None, **fields):
    values = {"held_on": date(2024, 3, 1), "kind": "communication", "title": "Nói chuyện về đuối nước", **fields}
    return actions.record(by=by, unit=unit, **values)


def posted(unit, **fields):
    return {
        "kind": "communication", "title": "Nói chuyện về đuối nước", "held_on": "5/2/2024", "unit": str(unit.public_id),
        "once": str(uuid.uuid4()), **fields,
    }  # fmt: skip


def photo_bytes(place=True):
    """A small JPEG with a place in it."""
    picture, out = Image.new("RGB", (40, 30), "green"), io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (20.8, 0.0, 0.0)}
    picture.save(out, "JPEG", exif=exif if place else Image.Exif())
    return out.getvalue()


def test_people_by_kind_are_added_up_to_the_totals(as_, an, ward):
    lines = {"c_m_6-10": "30", "c_f_6-10": "25", "c_f_11-15": "5", "children_people": "50", "family_times": "20",
             "family_people": "18", "school_times": "4", "leaflet": "100", "article": "2", "online": "45"}  # fmt: skip
    as_(an).post(reverse("activity-add"), posted(ward, **lines))
    row = Activity.objects.get()
    assert (row.children, row.adults, row.products, row.staff) == (60, 24, 102, None)
    assert {(tally.what, tally.sex, tally.band, tally.times, tally.people) for tally in row.tallies.all()} == {
        ("children", "m", "6-10", 30, None), ("children", "f", "6-10", 25, None), ("children", "f", "11-15", 5, None),
        ("children", "", "", 60, 50), ("family", "", "", 20, 18), ("school", "", "", 4, None), ("leaflet", "", "", 100, None),
        ("article", "", "", 2, None), ("online", "", "", None, 45),
    }  # fmt: skip


@pytest.mark.parametrize(
    "lines, sentence",
    [
        ({"children": "10", "c_m_6-10": "30"}, "Tổng lượt trẻ em (10) nhỏ hơn các phần cộng lại (30)"),
        ({"family_times": "5", "family_people": "6"}, "Số người khác nhau không được lớn hơn số lượt"),
        ({"children": "10", "consulted": "11"}, "nhiều hơn số lượt trẻ em dự"),
        ({"m1_text": "Cặp sách", "m1_packs": "3", "m1_price": "100.000", "m1_amount": "400.000", "m1_source": "donor"}, "không bằng số suất nhân đơn giá"),
        ({"m1_text": "Cặp sách", "m1_packs": "3", "m1_source": "donor"}, "Hãy ghi số suất và đơn giá, hoặc thành tiền"),
        ({"m1_amount": "400.000"}, "Hãy chọn nguồn của dòng này"),
        ({"begins_on": "06/02/2024"}, "Ngày bắt đầu không được sau ngày kết thúc"),
    ],
    ids=["parts", "people", "consulted", "product", "price", "source", "days"],
)  # fmt: skip
def test_numbers_that_cannot_be_are_told_and_nothing_typed_is_lost(as_, an, ward, lines, sentence):
    page = text(as_(an).post(reverse("activity-add"), posted(ward, **lines)))
    assert sentence in page and not Activity.objects.exists()
    assert all(f'value="{value}"' in page for value in lines.values() if value[0].isdigit())


def test_gifts_are_packs_times_price_by_source(as_, an, ward):
    lines = {
        "m1_text": "Quà Tết", "m1_source": "donor", "m1_donor": "Hội đồng hương", "m1_packs": "35", "m1_price": "500.000",
        "m2_text": "Loa đài", "m2_source": "commune", "m2_amount": "1.200.000",
    }  # fmt: skip
    as_(an).post(reverse("activity-add"), posted(ward, kind="gifts", occasion="new_year", **lines))
    row = Activity.objects.get()
    assert (row.gifts, row.money) == (35, Decimal(18_700_000))
    assert [line.amount for line in row.moneys.all()] == [17_500_000, 1_200_000]
    page = text(as_(an).get(reverse("activity", args=[row.public_id])))
    assert "Hội đồng hương" in page and "17.500.000" in page and "Tết Nguyên đán" in page


def test_correcting_keeps_the_lines_and_takes_the_photos_along(as_, an, ward):
    old = activity(ward, an, children=10, tallies=[tally("family", 8, 6)])
    photo = photos.keep(by=an, activity=old, name="a.jpg", data=photo_bytes())
    client, address = as_(an), reverse("activity-edit", args=[old.public_id])
    form = client.get(address).context["form"]
    assert form.initial["family_people"] == 6 and form.initial["adults"] is None  # the sum follows its parts
    client.post(address, posted(ward, children="12", family_times="7", family_people="6", version=1))
    new = Activity.objects.valid().get()
    photo.refresh_from_db()
    assert (new.children, new.adults, photo.activity) == (12, 7, new)
    assert list(old.tallies.values_list("times", flat=True)) == [8]
    changed = Entry.objects.get(action="activity.corrected").fields
    assert {"children", "adults", "tallies"} <= set(changed)


def tally(what, times=None, people=None, sex="", band=""):
    return {"what": what, "sex": sex, "band": band, "times": times, "people": people}


def test_a_day_ahead_is_a_plan_that_counts_nowhere_until_it_is_held(as_, settings, an, ward):
    client = as_(an)
    client.post(reverse("activity-quick"), posted(ward, held_on="9/5/2024", children="100"))
    row = Activity.objects.get()
    assert row.planned and "Hoạt động dự kiến" in text(client.get(reverse("activity", args=[row.public_id])))
    settings.TRAINING_TODAY = "2024-05-10"
    window = measures.Window(date(2024, 5, 1), date(2024, 5, 10))
    count = lambda: measures.count([ward], window).cells.value("TR-02", ward.pk)  # noqa: E731
    assert count() == 0
    assert "Chưa ghi kết quả" in text(client.get(reverse("activity-list")))
    client.post(reverse("activity-edit", args=[row.public_id]), posted(ward, held_on="9/5/2024", children="87", version=1))
    assert count() == 1 and Activity.objects.valid().get().children == 87


def test_three_fields_are_enough_on_a_phone_and_a_double_tap_makes_one(as_, an, ward):
    client, once = as_(an), str(uuid.uuid4())
    page = client.get(reverse("activity-quick"))
    assert page.context["form"]["held_on"].value() == "02/05/2024" and "data-draft" in text(page)
    for _ in range(2):
        response = client.post(reverse("activity-quick"), posted(ward, once=once))
    row = Activity.objects.get()
    assert response.url == reverse("activity", args=[row.public_id]) and str(row.public_id) == once


def test_the_full_form_sent_twice_makes_one(as_, an, ward):
    values = posted(ward)
    for _ in range(2):
        as_(an).post(reverse("activity-add"), values)
    assert Activity.objects.count() == 1


def test_a_similar_activity_takes_words_and_place_and_not_the_numbers(as_, an, ward, ward_plan):
    target = ward_plan.targets.get(code="T001-13")
    first = activity(ward, an, place="Nhà văn hóa tổ 3", children=50, targets=[target])
    form = as_(an).get(reverse("activity-like", args=[first.public_id])).context["form"]
    assert form.initial["title"] == first.title and form.initial["place"] == "Nhà văn hóa tổ 3"
    assert (
        form.initial["targets"] == [str(target.public_id)] and "children" not in form.initial and "held_on" not in form.initial
    )


def test_the_likely_targets_are_proposed_and_tied_by_one_press(as_, an, ward, ward_plan):
    task = Task.objects.create(plan=ward_plan, position=90, path="3", kind="task", text="Truyền thông phòng, chống đuối nước")
    row = activity(ward, an, title="Truyền thông phòng, chống đuối nước cho học sinh")
    client = as_(an)
    proposed = client.get(reverse("activity", args=[row.public_id])).context["proposals"]
    assert ("task", task) in proposed
    client.post(reverse("activity-serve", args=[row.public_id]), {"task": str(task.public_id)})
    assert list(row.tasks.all()) == [task]
    assert ("task", task) not in client.get(reverse("activity", args=[row.public_id])).context["proposals"]


def test_a_target_of_another_ward_cannot_be_tied(as_, an, district_plan, ward):
    row, target = activity(ward, an), district_plan.targets.first()
    as_(an).post(reverse("activity-serve", args=[row.public_id]), {"target": str(target.public_id)})
    assert not row.targets.exists()


def upload(client, row, name="hoi.jpg", data=None, **fields):
    file = SimpleUploadedFile(name, data or photo_bytes())
    return client.post(reverse("photo-add", args=[row.public_id]), {"file": file, "agreed": "on", **fields})


def test_a_photo_is_kept_without_its_place_and_opens_only_to_who_sees_the_activity(as_, an, chi, ward):
    row = activity(ward, an)
    assert upload(as_(an), row, caption="Toàn cảnh").status_code == 302
    photo = ActivityPhoto.objects.get()
    kept = Image.open(io.BytesIO(open_bytes(photo.file)))
    assert not kept.getexif() and kept.size == (40, 30)
    answer = as_(an).get(reverse("photo", args=[photo.public_id]))
    assert (
        answer["Content-Disposition"].startswith("attachment") and Entry.objects.filter(action="activity.photo_opened").exists()
    )
    assert as_(chi).get(reverse("photo", args=[photo.public_id])).status_code == 404


def test_a_photo_needs_the_word_about_faces_and_must_be_a_photo(as_, an, ward):
    row = activity(ward, an)
    assert "Hãy xem lại ảnh" in text(upload(as_(an), row, agreed=""))
    assert "Chỉ nhận" in text(upload(as_(an), row, name="a.pdf", data=b"%PDF-1.4 x"))
    assert "Ảnh rõ mặt trẻ em" in text(as_(an).get(reverse("photo-add", args=[row.public_id])))
    assert not ActivityPhoto.objects.exists()


def test_there_are_at_most_six_photos_and_a_voided_one_opens_no_more(as_, an, lan, ward):
    row = activity(ward, an)
    for _ in range(6):
        photos.keep(by=an, activity=row, name="a.jpg", data=photo_bytes())
    with pytest.raises(photos.Refusal, match="nhiều nhất 6 ảnh"):
        photos.keep(by=an, activity=row, name="a.jpg", data=photo_bytes())
    photo = row.photos.first()
    assert as_(lan).get(reverse("photo-void", args=[photo.public_id])).status_code == 403
    as_(an).post(reverse("photo-void", args=[photo.public_id]), {"reason": "Rõ mặt trẻ", "version": 1})
    assert as_(an).get(reverse("photo", args=[photo.public_id])).status_code == 404


def test_photos_of_a_voided_activity_open_no_more(as_, an, ward):
    row = activity(ward, an)
    photo = photos.keep(by=an, activity=row, name="a.jpg", data=photo_bytes())
    actions.void(activity=row, by=an, version=1, reason="Ghi trùng")
    assert as_(an).get(reverse("photo", args=[photo.public_id])).status_code == 404


def listed(ward, an):
    activity(ward, an, held_on=date(2024, 1, 5), children=40, money=2_000_000)
    activity(ward, an, held_on=date(2024, 1, 20), kind="gifts", title="Tặng quà", occasion="new_year", children=35,
             moneys=[{"text": "Quà Tết", "source": "donor", "donor": "", "packs": 35, "price": 500_000, "amount": 17_500_000}])  # fmt: skip
    activity(ward, an, held_on=date(2024, 3, 9), children=60, adults=5)
    activity(ward, an, held_on=date(2024, 5, 9), planned=True, children=999, title="Sẽ làm")


def test_sums_by_kind_and_month_leave_out_what_is_only_planned(as_, an, ward):
    listed(ward, an)
    sums = as_(an).get(reverse("activity-list")).context["sums"]
    kinds, months = (dict((line.name, line) for line in lines) for _, lines in sums["tables"])
    assert kinds["Truyền thông"].held == 2 and kinds["Truyền thông"].values["children"] == 100
    assert kinds["Truyền thông"].planned == 1
    assert (months["Tháng 1/2024"].held, months["Tháng 1/2024"].values["money"]) == (2, 19_500_000)
    assert (sums["total"].held, sums["total"].values["children"], sums["total"].values["gifts"]) == (3, 135, 35)


@pytest.mark.parametrize(
    "query, titles",
    [
        ({"month": "1"}, {"Nói chuyện về đuối nước", "Tặng quà"}),
        ({"occasion": "new_year"}, {"Tặng quà"}),
        ({"state": "planned"}, {"Sẽ làm"}),
    ],
    ids=["month", "occasion", "state"],
)
def test_the_list_narrows_by_month_occasion_and_state(as_, an, ward, query, titles):
    listed(ward, an)
    assert {row.title for row in as_(an).get(reverse("activity-list"), query).context["rows"]} == titles


def test_the_list_narrows_by_plan(as_, an, ward, ward_plan):
    activity(ward, an, title="Có", targets=[ward_plan.targets.first()])
    activity(ward, an, title="Không")
    page = as_(an).get(reverse("activity-list"), {"plan": str(ward_plan.public_id)})
    assert [row.title for row in page.context["rows"]] == ["Có"]


def test_the_list_on_paper_has_the_sums_in_words(an, ward):
    listed(ward, an)
    rows = activity_lists.ready(Activity.objects.visible_to(an))
    paper = activity_lists.document(ward, rows, "năm 2024", officer=an, copy=7)
    table, gifts = (block for block in paper.blocks if hasattr(block, "rows"))
    assert table.rows[-1] == ("", "", "Cộng (đã làm)", "", "", 135, 5, 35, 19_500_000)
    assert gifts.rows[-1] == ("", "", "Cộng", "", 35, None, 17_500_000)
    said = " ".join(getattr(block, "text", "") for block in paper.blocks)
    assert "3 hoạt động đã làm, 1 hoạt động dự kiến (năm 2024)" in said
    assert "Mười chín triệu năm trăm nghìn đồng" in said and "Mười bảy triệu năm trăm nghìn đồng" in said


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_the_list_is_given_as_a_file_with_a_copy_number_in_the_log(as_, an, ward, ending):
    listed(ward, an)
    answer = as_(an).get(reverse("activities-file", args=[ending]), {"kind": "gifts"})
    assert answer.status_code == 200 and len(answer.content) > 1000
    assert len(Entry.objects.get(action="activity.printed").shown) == 1


def test_an_empty_list_is_not_printed(as_, an, ward):
    assert "Không có hoạt động nào để in" in text(as_(an).get(reverse("activities-file", args=["pdf"])))


def test_strangers_and_collaborators_print_nothing_of_the_ward(as_, an, binh, chi, ward):
    listed(ward, an)
    address = reverse("activities-file", args=["pdf"])
    assert as_(binh).get(address).status_code == 403
    assert as_(chi).get(address).status_code == 409


def test_what_was_recorded_before_the_details_counts_as_it_did(ward):
    """Rows as the first version of the table wrote them."""
    for kind, children in (("communication", 80), ("communication", None), ("forum", 30)):
        Activity.objects.create(unit=ward, held_on=date(2024, 3, 1), kind=kind, title="Cũ", children=children, products=7)
    table = measures.count([ward], measures.Window(date(2023, 11, 1), date(2024, 4, 30)))
    value = lambda code, part="": table.cells.value(code, ward.pk, part)  # noqa: E731
    assert (value("TR-02"), value("TR-02", "sum=children"), value("TR-03"), value("TG-04"), value("TG-08")) == (2, 80, 21, 1, 1)
