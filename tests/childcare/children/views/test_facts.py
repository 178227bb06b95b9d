"""Circumstances, supports, carers, poverty class and residence through the pages: An may, Bình may not, Chi finds nothing."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from childcare.children.models import Caregiver, Child, Circumstance, PovertyStatus, Support
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    return factories.child(place, "Nguyễn Thị Hoà", house=factories.household(place))


def url(name, row):
    return reverse(name, args=[row.public_id])


OF_CHILD = ["circumstance-add", "support-add", "caregiver-add", "poverty-add"]
OF_EDITOR = ["residence-move", "residence-end", "household-set", "child-edit"]
OF_HOUSEHOLD = ["household-edit", "household-poverty", "household-risk-add", "household-support-add"]


@pytest.mark.parametrize("name", [*OF_CHILD, *OF_EDITOR, *OF_HOUSEHOLD])
def test_who_may_open_which_form(as_, an, binh, chi, dung, lan, child, name):
    address = url(name, child.household if name in OF_HOUSEHOLD else child)
    assert as_(an).get(address).status_code == 200
    for officer in (binh, dung, lan):  # see the child, may not record
        assert as_(officer).get(address).status_code == as_(officer).post(address, {}).status_code == 403
    assert as_(chi).get(address).status_code == as_(chi).post(address, {}).status_code == 404


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("circumstance-end", factories.circumstance), ("circumstance-correct", factories.circumstance), ("circumstance-void", factories.circumstance),
        ("support-correct", factories.support), ("support-void", factories.support),
        ("support-end", lambda child: factories.support(child, "S01", running=True)),
        ("caregiver-end", lambda child: Caregiver.objects.create(child=child, name="Bà", relation="grandparent")),
        ("caregiver-void", lambda child: Caregiver.objects.create(child=child, name="Bà", relation="grandparent")),
    ],
)  # fmt: skip
def test_who_may_change_a_row(as_, an, binh, chi, child, name, make):
    address = url(name, make(child))
    assert as_(an).get(address).status_code == 200
    assert as_(binh).post(address, {}).status_code == 403
    assert as_(chi).get(address).status_code == as_(chi).post(address, {}).status_code == 404


@pytest.mark.parametrize("name", ["circumstance-end", "circumstance-correct", "circumstance-void"])
def test_a_protected_row_is_not_there_for_an_officer_outside_of_its_team(as_, an, lan, child, name):
    row = factories.circumstance(child, "N11", protected_file=factories.protected_file(child, officer=lan))
    assert as_(an).get(url(name, row)).status_code == 404


def test_a_circumstance_from_the_form_to_the_row(as_, an, child):
    response = as_(an).post(
        url("circumstance-add", child), {"kind": "N04.2", "started_on": "12/3/2023", "once": str(uuid.uuid4())}
    )
    row = Circumstance.objects.get()
    assert response.url == url("child", child) and (row.kind.code, row.started_on, row.child) == (
        "N04.2",
        date(2023, 3, 12),
        child,
    )


def test_what_does_not_fit_together_is_said_and_goes_in(as_, an, child):
    client = as_(an)
    assert "hãy ghi loại hộ" in client.post(url("circumstance-add", child), {"kind": "N13.1"}, follow=True).content.decode()
    factories.poverty(child.household, "near", 2024)
    assert "hãy ghi loại hộ" not in client.post(url("circumstance-add", child), {"kind": "N13.2"}, follow=True).content.decode()
    Child.objects.update(schooling="Tiểu học")
    assert (
        "tình trạng học của trẻ" in client.post(url("circumstance-add", child), {"kind": "N08"}, follow=True).content.decode()
    )
    assert Circumstance.objects.count() == 3


def test_the_form_offers_sensitive_groups_only_to_those_who_may_see_them(as_, an, child, ward):
    assert "N11" in as_(an).get(url("circumstance-add", child)).content.decode()
    worker = people.officer("worker", "Lê Công Tác", "social_worker", people.NAM_SON)
    page = as_(worker).get(url("circumstance-add", child)).content.decode()
    assert "N11" not in page and "N04" in page
    as_(worker).post(url("circumstance-add", child), {"kind": "N11"})
    assert not Circumstance.objects.exists()


def test_the_last_day_is_asked_and_the_first_day_without_is_kept(as_, an, child):
    row = factories.circumstance(child, "N04")
    as_(an).post(url("circumstance-end", row), {"version": "1", "last_day": "30/4/2024", "reason": "resolved"})
    row.refresh_from_db()
    assert row.ended_on == date(2024, 5, 1)


def test_two_officers_on_one_row_the_second_gets_409(as_, an, child):
    row = factories.circumstance(child, "N04")
    client, post = as_(an), {"version": "1", "last_day": "30/4/2024", "reason": "resolved"}
    client.post(url("circumstance-end", row), post)
    assert client.post(url("circumstance-end", row), post).status_code == 409


def test_a_correction_and_a_void_keep_the_history(as_, an, child):
    row = factories.circumstance(child, "N04", since=date(2023, 1, 1))
    client = as_(an)
    client.post(
        url("circumstance-correct", row),
        {"version": "1", "kind": "N04.2", "started_on": "1/2/2023", "last_day": "31/3/2024", "reason": "Nhầm mức"},
    )
    new = Circumstance.objects.valid().get()
    assert (new.replaces, new.kind.code, new.started_on, new.ended_on) == (row, "N04.2", date(2023, 2, 1), date(2024, 4, 1))
    client.post(url("circumstance-void", new), {"version": "1", "reason": "Nhầm trẻ"})
    assert not Circumstance.objects.valid().exists() and Circumstance.objects.count() == 2


def test_the_body_cannot_name_another_child_or_author(as_, an, chi, child):
    other = factories.child(chi.unit)
    junk = {
        "child": other.pk,
        "household": "1",
        "recorded_by": chi.pk,
        "voided_at": "2024-01-01",
        "protected_file": "1",
        "replaces": "1",
    }
    as_(an).post(url("circumstance-add", child), {**junk, "kind": "N04"})
    row = Circumstance.objects.get()
    assert (row.child, row.recorded_by, row.voided_at, row.protected_file, row.replaces) == (child, an, None, None, None)


def test_a_support_is_the_communes_whatever_the_body_says(as_, an, chi, ward, child):
    post = {
        "kind": "S33",
        "started_on": "6/2/2024",
        "amount": "300.000",
        "per": "once",
        "unit": chi.unit.pk,
        "once": str(uuid.uuid4()),
    }
    client = as_(an)
    for _ in range(5):  # a double click makes one
        client.post(url("support-add", child), post)
    row = Support.objects.get()
    assert (row.unit, row.amount, row.started_on, row.protected_file) == (ward, 300_000, date(2024, 2, 6), None)


def test_a_sensitive_support_is_hidden_from_the_colleague(as_, an, binh, child):
    as_(an).post(url("support-add", child), {"kind": "S17", "started_on": "6/2/2024", "per": "once", "sensitive": "on"})
    row = Support.objects.get()
    assert row.protected_file and not Support.objects.visible_to(binh).exists()


def test_a_support_without_a_day_stays_in_the_form(as_, an, child):
    assert "started_on" in as_(an).post(url("support-add", child), {"kind": "S33", "per": "once"}).context["form"].errors


def test_the_class_of_the_household(as_, an, child):
    as_(an).post(url("poverty-add", child), {"year": "2024", "level": "near"})
    assert PovertyStatus.objects.get().level == "near"
    as_(an).post(url("household-poverty", child.household), {"year": "2024", "level": "poor"})
    assert PovertyStatus.objects.valid().get().level == "poor"


def test_a_move_out_of_the_ward_takes_the_child_from_the_list(as_, an, chi, child):
    response = as_(an).post(
        url("residence-move", child), {"to-chon": str(chi.unit.public_id), "on": "1/4/2024", "kind": "permanent"}
    )
    assert response.url == reverse("child-list")
    assert as_(an).get(url("child", child)).status_code == 404 and as_(chi).get(url("child", child)).status_code == 200


def test_a_move_to_another_province_is_not_offered(as_, an, child):
    elsewhere = (
        factories.Unit.objects.filter(kind="commune").exclude(path__startswith=f".{child.unit.ancestor_keys[0]}.").first()
    )
    form = (
        as_(an)
        .post(url("residence-move", child), {"to": str(elsewhere.public_id), "on": "1/4/2024", "kind": "permanent"})
        .context["form"]
    )
    assert "to" in form.errors


def test_a_residence_written_down_wrongly_is_put_right(as_, an, binh, chi, ward, child):
    row, place = child.residences.get(), factories.hamlet(ward, "Tổ dân phố 4")
    post = {"version": "1", "unit": str(place.public_id), "since": "1/2/2024", "kind": "temporary", "reason": "Nhầm tổ"}
    address = url("residence-correct", row)
    assert as_(binh).post(address, post).status_code == 403 and as_(chi).post(address, post).status_code == 404
    assert as_(an).get(address).status_code == 200
    assert as_(an).post(address, {**post, "unit": str(chi.unit.public_id)}).context["form"].errors
    as_(an).post(address, post)
    child.refresh_from_db()
    new = child.residences.valid().get()
    assert (child.unit, new.started_on, new.kind, new.replaces) == (place, date(2024, 2, 1), "temporary", row)


def test_a_death_ends_what_was_open(as_, an, child):
    row = factories.circumstance(child, "N04")
    as_(an).post(url("residence-end", child), {"reason": "death", "on": "20/4/2024"})
    row.refresh_from_db()
    assert row.end_reason == "died" and not Child.objects.get().residing
    back = {"unit": str(child.unit.public_id), "on": "25/4/2024", "kind": "permanent"}
    assert as_(an).post(url("residence-move", child), back).status_code == 409  # nobody arrives after his death
    as_(an).post(url("residence-undo", child), {"reason": "Ghi nhầm trẻ"})
    assert Child.objects.get().residing and child.circumstances.get(voided_at=None).ended_on is None


def test_the_household_of_a_child(as_, an, child):
    as_(an).post(url("household-set", child), {"head_name": "Trần Văn Mới", "since": "1/3/2024"})
    child.refresh_from_db()
    assert child.household.head_name == "Trần Văn Mới" and child.household.unit == child.unit


@pytest.mark.parametrize("name", [*OF_CHILD, *OF_EDITOR])
def test_opening_a_form_writes_nothing(as_, an, child, name):
    before = (Circumstance.objects.count(), Support.objects.count(), Child.objects.get().version, PovertyStatus.objects.count())
    as_(an).get(url(name, child))
    assert before == (
        Circumstance.objects.count(),
        Support.objects.count(),
        Child.objects.get().version,
        PovertyStatus.objects.count(),
    )


@pytest.mark.parametrize("junk", ["\x00", "a" * 10**5, "0001", "9999", "31/12/9999", "1/1/0001", "-1", "' OR 1=1"])
def test_any_text_is_an_answer_and_no_fault(as_, an, child, junk):
    client = as_(an)
    for name, fields in (
        ("circumstance-add", ["kind", "started_on", "paper", "note", "once"]), ("support-add", ["kind", "started_on", "amount", "source", "once"]),
        ("residence-move", ["unit", "to", "to-chon", "on", "kind"]), ("residence-end", ["reason", "on"]), ("poverty-add", ["year", "level"]),
    ):  # fmt: skip
        for field in fields:
            assert client.post(url(name, child), {"kind": "N04", field: junk}).status_code in (200, 302, 409)


def content(response):
    return response.content.decode()


class TestAnotherCommune:
    """The line that searches: by name as it comes from the keyboard, with and without a script."""

    def test_the_line_finds_a_commune_while_one_types(self, as_, an):
        page = as_(an).get(reverse("destination-search"), {"o": "to", "to": "vawn dau"})
        assert page.status_code == 200 and "Phường Văn Đẩu, Quận Kiến An" in content(page)
        assert "Không có đơn vị nào" in content(as_(an).get(reverse("destination-search"), {"o": "to", "to": "nam son"}))

    def test_without_a_script_a_name_of_several_comes_back_with_the_choice(self, as_, an, chi, child):
        twin = factories.Unit.objects.create(
            code="99911", kind="commune", name="Phường Văn Đẩu", parent=chi.unit.parent.parent, path=f".{chi.unit.ancestor_keys[0]}.99911."
        )  # fmt: skip
        page = as_(an).post(
            url("residence-move", child), {"to": "van dau", "on": "1/4/2024", "kind": "permanent", "note": "Về bà"}
        )
        told = content(page)
        assert "Có 2 đơn vị hợp với tên này" in told and "Về bà" in told and 'value="van dau"' in told
        assert told.count('name="to-chon"') == 2 and str(twin.public_id) in told
        again = {"to": "van dau", "to-chon": str(chi.unit.public_id), "on": "1/4/2024", "kind": "permanent"}
        assert as_(an).post(url("residence-move", child), again).url == reverse("child-list")

    def test_what_was_chosen_comes_back_as_its_name(self, as_, an, chi, child):
        page = content(
            as_(an).post(url("residence-move", child), {"to-chon": str(chi.unit.public_id), "on": "x", "kind": "permanent"})
        )
        assert 'value="Phường Văn Đẩu, Quận Kiến An (11446)"' in page

    @pytest.mark.parametrize("more", [{}, {"to": "van dau", "unit": "own"}])
    def test_one_place_and_not_two_or_none(self, as_, an, ward, child, more):
        more = {**more, "unit": str(ward.public_id)} if "unit" in more else more
        form = as_(an).post(url("residence-move", child), {"on": "1/4/2024", "kind": "permanent", **more}).context["form"]
        assert set(form.errors) == ({"to"} if more else {"unit"})

    def test_only_who_changes_children_searches(self, as_, binh, dung):
        for who in (binh, dung):
            assert as_(who).get(reverse("destination-search"), {"o": "to", "to": "van dau"}).status_code == 403

    def test_three_thousand_communes_cost_the_form_no_question_more(self, as_, an, child, django_assert_max_num_queries):
        top = child.unit.ancestor_keys[0]
        factories.Unit.objects.bulk_create(
            factories.Unit(code=f"8{number:05d}", kind="commune", name=f"Xã Số {number}", folded_name=f"xa so {number}", path=f".{top}.8{number}.")
            for number in range(3000)
        )  # fmt: skip
        client = as_(an)
        with django_assert_max_num_queries(12):
            page = client.get(url("residence-move", child))
        assert len(page.content) < 60_000 and "Xã Số 17" not in content(page)
        with django_assert_max_num_queries(6):
            found = content(client.get(reverse("destination-search"), {"o": "to", "to": "xa so"}))
        assert found.count("<input") == 10 and "gõ thêm để thu hẹp" in found
