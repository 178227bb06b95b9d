"""Adding and correcting a child through the pages."""

import uuid

import pytest
from django.urls import reverse

from childcare.children.forms.people import ChildForm
from childcare.children.models import Child, Household, PovertyStatus
from tests import factories

pytestmark = pytest.mark.django_db
ADD = reverse("child-add")


@pytest.fixture
def place(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


def filled(place, **values):
    return {"once": str(uuid.uuid4()), "full_name": "Nguyễn Thị Hoà", "birth": "2016", "hamlet": str(place.public_id), **values}


def test_a_child_is_added_by_name_and_birth_year_alone(as_, an, place):
    response = as_(an).post(ADD, filled(place))
    child = Child.objects.get()
    assert response.status_code == 302 and response.url == reverse("child", args=[child.public_id])
    assert (child.unit, child.birth_precision, child.created_by) == (place, "year", an)


def test_everything_at_once(as_, an, place):
    as_(an).post(
        ADD,
        filled(
            place, sex="f", ethnic="E01", identity_number="031 3 16 001234", mother_name="Trần Thị Mai", head_name="Nguyễn Văn Hào", address="Số 7",
            poverty="near", start_reason="arrival", since="1/3/2024", twin="on",
        ),
    )  # fmt: skip
    child = Child.objects.get()
    assert (child.identity_number, child.identity_valid, child.twin, child.household.head_name) == (
        "031316001234",
        True,
        True,
        "Nguyễn Văn Hào",
    )
    assert PovertyStatus.objects.get().level == "near" and child.residences.get().start_reason == "arrival"


def test_a_brother_is_added_with_the_same_household_and_parents(as_, an, place):
    client = as_(an)
    response = client.post(ADD, filled(place, head_name="Nguyễn Văn Hào", mother_name="Trần Thị Mai", again="1"))
    sister = Child.objects.get()
    assert response.url == f"{ADD}?sibling={sister.public_id}"
    form = client.get(response.url).context["form"]
    assert (form["head_name"].value(), form["mother_name"].value(), form["hamlet"].value()) == (
        "Nguyễn Văn Hào",
        "Trần Thị Mai",
        str(place.public_id),
    )
    client.post(response.url, filled(place, full_name="Nguyễn Văn Nam", head_name="Nguyễn Văn Hào"))
    assert Household.objects.count() == 1 and Child.objects.filter(household=sister.household).count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"full_name": "", "birth": ""}, "full_name"), ({"birth": "30/2/2016"}, "birth"), ({"birth": "1/1/2030"}, "birth"),
        ({"birth": "2000"}, "birth"), ({"hamlet": str(uuid.uuid4())}, "hamlet"), ({"since": "2016"}, "since"), ({"ethnic": "E99"}, "ethnic"),
        ({"full_name": "A" * 121}, "full_name"),
    ],
)  # fmt: skip
def test_what_cannot_be_stays_in_the_form_with_its_reason(as_, an, place, values, field):
    response = as_(an).post(ADD, filled(place, **values))
    assert response.status_code == 200 and field in response.context["form"].errors and not Child.objects.exists()


def test_the_body_cannot_name_a_place_of_another_ward(as_, an, chi, place):
    other = factories.hamlet(chi.unit)
    assert "hamlet" in as_(an).post(ADD, filled(place, hamlet=str(other.public_id))).context["form"].errors


def test_the_body_cannot_set_what_is_not_in_the_form(as_, an, chi, place):
    every = {field.name: "1" for field in Child._meta.concrete_fields if field.name not in ChildForm.base_fields} | {
        "unit": chi.unit.pk,
        "created_by": chi.pk,
        "version": "9",
        "residing": "",
    }
    as_(an).post(ADD, every | filled(place, sex="f"))
    child = Child.objects.get()
    assert (child.unit, child.created_by, child.residing, child.version, child.identity_valid) == (place, an, True, 2, False)


def test_children_who_look_alike_are_shown_first(as_, an, place):
    factories.child(place, "Nguyễn Thị Hoà", "12/05/2016")
    client, post = as_(an), filled(place)
    response = client.post(ADD, post)
    assert response.status_code == 200 and "Có thể trẻ này đã có trong sổ" in response.content.decode()
    assert Child.objects.count() == 1
    client.post(ADD, {**post, "confirmed": "1"})
    assert Child.objects.count() == 2


def test_of_a_child_elsewhere_only_that_there_is_one(as_, chi, ward):
    there = factories.child(factories.hamlet(ward, "Tổ dân phố 77"), "Nguyễn Thị Hoà", "12/05/2016", mother_name="Trần Bí Mật")
    page = as_(chi).post(ADD, filled(chi.unit)).content.decode()
    assert "Có hồ sơ ở nơi khác, đề nghị liên hệ cấp trên." in page
    for trace in ("Tổ dân phố 77", "Trần Bí Mật", str(there.public_id), "Nam Sơn", "12/05/2016"):
        assert trace not in page


def test_the_same_post_ten_times_makes_one_child_and_the_same_answer(as_, an, place):
    client, post = as_(an), filled(place)
    answers = {client.post(ADD, post).url for _ in range(10)}
    assert len(answers) == 1 and Child.objects.count() == 1


def test_a_number_that_looks_odd_goes_in_with_a_word(as_, an, place):
    response = as_(an).post(ADD, filled(place, identity_number="031216001234", sex="f"), follow=True)
    assert Child.objects.get().identity_valid
    assert "không khớp với giới tính" in response.content.decode()


def test_a_number_in_use_is_told_beside_the_field_and_what_was_typed_stays(as_, an, place):
    holder = factories.child(place, "Khác", identity_number="031316001234", identity_valid=True)
    response = as_(an).post(ADD, filled(place, identity_number="031316001234", confirmed="1"))
    page = response.content.decode()
    assert Child.objects.count() == 1 and "đã có ở một trẻ khác trong địa bàn" in page and 'value="Nguyễn Thị Hoà"' in page
    assert reverse("child", args=[holder.public_id]) in page


def test_a_number_of_a_child_elsewhere_names_nobody(as_, an, chi, place):
    factories.child(chi.unit, "Lê Thị Mận", identity_number="031316001234", identity_valid=True)
    page = as_(an).post(ADD, filled(place, identity_number="031316001234", confirmed="1")).content.decode()
    assert "đã có ở một trẻ thuộc đơn vị khác" in page and "Mận" not in page and "Văn Đẩu" not in page


def test_the_colleague_may_not_and_the_stranger_adds_only_at_home(as_, binh, dung, place):
    for officer in (binh, dung):
        assert as_(officer).get(ADD).status_code == as_(officer).post(ADD, filled(place)).status_code == 403


def test_opening_the_form_writes_nothing(as_, an, place):
    as_(an).get(ADD)
    assert not Child.objects.exists() and not Household.objects.exists()


# --- edit ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def child(place):
    return factories.child(place, "Nguyễn Thị Hoa", "12/05/2016", "f")


def edit_url(child):
    return reverse("child-edit", args=[child.public_id])


def edited(child, **values):
    return {"version": str(child.version), "full_name": child.full_name, "birth": "12/05/2016", "sex": "f", **values}


def test_the_form_shows_what_is_there(as_, an, child):
    form = as_(an).get(edit_url(child)).context["form"]
    assert form["birth"].value() == "12/05/2016" and form["version"].value() == 1


def test_a_correction_is_saved_with_its_revision(as_, an, child):
    response = as_(an).post(edit_url(child), edited(child, full_name="Nguyễn Thị Hoà"))
    child.refresh_from_db()
    assert response.status_code == 302 and child.full_name == "Nguyễn Thị Hoà" and child.revisions.get().field == "full_name"


def test_two_officers_on_one_child_the_second_sees_the_difference_and_keeps_what_was_typed(as_, an, child):
    client = as_(an)
    opened = client.get(edit_url(child)).context["form"]["base"].value()
    client.post(edit_url(child), edited(child, phone="0911", school_name="Trường Nam Sơn"))
    mine = edited(child, full_name="Nguyễn Thị Hoà", phone="0922", base=opened)
    response = client.post(edit_url(child), mine)
    page = response.content.decode()
    assert response.status_code == 409 and "vừa sửa: " in page and "Đang lưu: <strong>0911</strong>" in page
    assert 'value="Nguyễn Thị Hoà"' in page and 'value="0922"' in page
    rows = {row["label"]: (row["mine"], row["now"], row["pick"]) for row in response.context["rivals"]}
    assert rows == {"Điện thoại gia đình": ("0922", "0911", "mine"), "Trường, lớp": ("", "Trường Nam Sơn", "now")}
    child.refresh_from_db()
    assert child.phone == "0911"
    again = {**mine, "version": child.version, "pick_phone": "mine", "pick_school_name": "now"}
    client.post(edit_url(child), again)
    child.refresh_from_db()
    assert (child.phone, child.full_name, child.school_name) == ("0922", "Nguyễn Thị Hoà", "Trường Nam Sơn")


def test_a_number_that_another_child_holds_opens_the_two_side_by_side(as_, an, chi, place, child):
    holder = factories.child(place, "Khác", identity_number="031316001234", identity_valid=True)
    page = as_(an).post(edit_url(child), edited(child, identity_number="031316001234", mother_name="Mẹ mới")).content.decode()
    assert reverse("child-compare", args=[child.public_id, holder.public_id]) in page and 'value="Mẹ mới"' in page
    holder.unit = chi.unit
    holder.save()
    page = as_(an).post(edit_url(child), edited(child, identity_number="031316001234")).content.decode()
    assert "so-sanh" not in page and "đã có ở một trẻ thuộc đơn vị khác" in page and "Khác," not in page


def test_the_body_cannot_move_the_child_or_change_its_author(as_, an, chi, child):
    before = {
        name: getattr(child, name)
        for name in ("unit_id", "household_id", "created_by_id", "residing", "public_id", "identity_valid")
    }
    as_(an).post(
        edit_url(child),
        edited(
            child,
            unit=chi.unit.pk,
            household="1",
            created_by=chi.pk,
            residing="",
            identity_valid="on",
            public_id=str(uuid.uuid4()),
        ),
    )
    child.refresh_from_db()
    assert {name: getattr(child, name) for name in before} == before


def test_the_colleague_may_not_edit_and_the_stranger_finds_nothing(as_, binh, chi, dung, child):
    assert as_(binh).get(edit_url(child)).status_code == 403
    assert as_(dung).post(edit_url(child), edited(child)).status_code == 403
    assert as_(chi).get(edit_url(child)).status_code == as_(chi).post(edit_url(child), edited(child)).status_code == 404


@pytest.mark.parametrize("junk", ["\x00", "a" * 10**6, "0001", "9999", "'; DROP TABLE x", "<svg onload=x>", "{{7*7}}"])
def test_any_text_in_any_field_is_an_answer_and_no_fault(as_, an, child, junk):
    for field in ("full_name", "birth", "identity_number", "phone", "note", "insurance_until", "version"):
        assert as_(an).post(edit_url(child), edited(child, **{field: junk})).status_code in (200, 302, 409)


def test_half_a_surrogate_is_an_answer_and_no_fault(as_, an, child):
    body = "version=1&full_name=%ED%A0%80&birth=%00&phone=%ff"
    assert as_(an).post(edit_url(child), body, content_type="application/x-www-form-urlencoded").status_code in (200, 302)


def test_a_brother_goes_into_the_very_household_also_when_it_has_no_head(as_, an, place):
    client = as_(an)
    response = client.post(ADD, filled(place, address="Số 7, ngõ 12", again="sibling"))
    house = Child.objects.get().household
    client.post(response.url, filled(place, full_name="Nguyễn Văn Nam", birth="2018", address="Số 7, ngõ 12"))
    assert set(Child.objects.values_list("household", flat=True)) == {house.pk}


def test_a_sister_in_another_place_or_with_another_head_gets_her_own_household(as_, an, place, ward):
    client, other = as_(an), factories.hamlet(ward, "Tổ dân phố 5")
    response = client.post(ADD, filled(place, head_name="Nguyễn Văn Hào", again="sibling"))
    client.post(response.url, filled(other, full_name="Nguyễn Thị Mai", birth="2018", head_name="Nguyễn Văn Hào"))
    one, two = Child.objects.order_by("pk")
    assert one.household != two.household and two.household.unit == other


def test_page_after_page_of_a_hamlet_keeps_the_place_only(as_, an, place):
    client = as_(an)
    response = client.post(ADD, filled(place, head_name="Nguyễn Văn Hào", again="place"))
    form = client.get(response.url).context["form"]
    assert form["hamlet"].value() == str(place.public_id) and not form["head_name"].value()


def test_the_next_step_is_remembered_while_a_child_alike_is_looked_at(as_, an, place):
    factories.child(place, "Nguyễn Thị Hoà", "2016")
    client, sent = as_(an), filled(place, again="sibling")
    page = client.post(ADD, sent).content.decode()
    assert "Vẫn thêm trẻ mới" in page and 'name="again" value="sibling"' in page
