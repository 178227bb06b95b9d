"""A school puts right what it wrote, says where a pupil lives, and the district directs those whose school lies in no commune."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.actions import pupils
from childcare.children.actions.base import Conflict
from childcare.children.models import Enrolment, Pupil
from childcare.units.models import Unit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Văn Nam", "12/05/2012", mother_name="Lê Thị Kín")


@pytest.fixture
def matched(school, child):
    return factories.pupil(school, "Nguyễn Văn Nam", child=child, code="HS01")


@pytest.fixture
def asked(school):
    return factories.pupil(school, "Lê Thị Lan", "3/4/2012", "f", code="HS02")


@pytest.fixture
def high_school(ward):
    """A school right below the district, with a pupil: no commune is the one to ask."""
    row = factories.school(ward, "Trường THPT Kiến An")
    row.parent, row.path = ward.parent, f"{ward.parent.path}{row.pk}."
    row.save(update_fields=["parent", "path"])
    return row


@pytest.fixture
def unplaced(high_school):
    return factories.pupil(high_school, "Vũ Văn Xa", "5/6/2009", address="Số 5 Văn Đẩu")


def url(name, *things):
    return reverse(name, args=[thing.public_id for thing in things])


def text(response):
    return response.content.decode()


def sent(row, **changes):
    """The form of the pupil as it is sent."""
    own = ("full_name", "code", "sex", "ethnic", "mother_name", "father_name", "phone", "address", "version")
    values = {name: getattr(row, name) for name in own} | {
        "birth": row.birth.text,
        "identity_number": row.identity_number or "",
    }
    return {**values, **changes}


def test_the_school_corrects_its_own_row_and_the_child_stays_as_it_is(as_, hoa, matched, child):
    page = as_(hoa).post(url("pupil-edit", matched), sent(matched, mother_name="Lê Thị Mai", phone="0912"), follow=True)
    assert "Đã lưu thông tin học sinh" in text(page)
    matched.refresh_from_db()
    child.refresh_from_db()
    assert (matched.mother_name, matched.phone, matched.child) == ("Lê Thị Mai", "0912", child)
    assert child.mother_name == "Lê Thị Kín" and "Kín" not in text(page)
    entry = Entry.objects.get(action="pupil.corrected")
    assert "Mai" not in str(entry.__dict__)


def test_nothing_changed_writes_nothing(as_, hoa, matched):
    assert "Không có gì thay đổi" in text(as_(hoa).post(url("pupil-edit", matched), sent(matched), follow=True))
    matched.refresh_from_db()
    assert matched.version == 1 and not Entry.objects.filter(action="pupil.corrected").exists()


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        ({"full_name": "Nguyễn Văn Nâm"}, True),
        ({"birth": "13/05/2012"}, True),
        ({"full_name": "Trần Văn Khác", "birth": "1/1/2011"}, False),
    ],
)
def test_somebody_else_is_asked_for_again_whatever_the_registry_holds(as_, hoa, matched, child, ward, changes, stays):
    as_(hoa).post(url("pupil-edit", matched), sent(matched, **changes))
    matched.refresh_from_db()
    assert (matched.child, matched.asked) == ((child, None) if stays else (None, ward))
    assert Enrolment.objects.get(pupil=matched).child == matched.child


def test_typing_the_childs_own_name_and_birth_into_another_row_tells_the_school_nothing(as_, hoa, asked, child):
    as_(hoa).post(url("pupil-edit", asked), sent(asked, full_name="Nguyễn Văn Nam", birth="12/05/2012"))
    asked.refresh_from_db()
    assert asked.state == "asked" and "Chưa khớp" in text(as_(hoa).get(url("pupil", asked)))


def test_a_code_of_another_pupil_and_a_wrong_day_stay_on_the_form_with_what_was_typed(as_, hoa, matched, asked):
    page = as_(hoa).post(url("pupil-edit", asked), sent(asked, code="HS01", birth="31/2/2012", address="Ngõ 5"))
    assert set(page.context["form"].errors) == {"code", "birth"} and "Ngõ 5" in text(page)


def test_two_officers_of_a_school_do_not_overwrite_each_other(as_, hoa, matched):
    as_(hoa).post(url("pupil-edit", matched), sent(matched, phone="0911"))
    values = {"full_name": "Nguyễn Văn Nam", "birth": matched.birth, "identity_number": ""}
    with pytest.raises(Conflict):
        pupils.correct(pupil=matched, by=hoa, version=1, **values, **{name: "" for name in pupils.OWN})
    assert as_(hoa).post(url("pupil-edit", matched), sent(matched, phone="0922")).status_code == 409


def test_the_school_says_where_an_unmatched_pupil_lives(as_, hoa, chi, asked, matched):
    as_(hoa).post(url("pupil-edit", asked), sent(asked, home="van dau"))
    asked.refresh_from_db()
    assert asked.asked == chi.unit and Pupil.objects.asked_of(chi).get() == asked
    assert 'name="home"' not in text(as_(hoa).get(url("pupil-edit", matched)))
    assert chi.unit.name not in text(as_(hoa).get(url("pupil-edit", asked))).split("<main")[1]


def test_a_pupil_nobody_knew_is_asked_for_again_when_it_was_corrected(as_, hoa, asked, ward):
    Pupil.objects.filter(pk=asked.pk).update(asked=None)
    asked.refresh_from_db()
    as_(hoa).post(url("pupil-edit", asked), sent(asked, identity_number="031212001234"))
    asked.refresh_from_db()
    assert asked.asked == ward and asked.identity_number == "031212001234"


@pytest.mark.parametrize(("who", "status"), [("hoa", 200), ("tuan", 404), ("an", 403), ("binh", 403), ("dung", 403)])
def test_a_pupil_is_corrected_by_its_school_alone(as_, request, who, status, matched):
    assert as_(request.getfixturevalue(who)).get(url("pupil-edit", matched)).status_code == status


class TestSchoolsWithoutACommune:
    def test_the_district_finds_them_and_says_which_commune_is_asked(self, as_, dung, chi, an, unplaced):
        page = text(as_(dung).get(reverse("home")))
        assert "Học sinh chưa rõ nơi ở" in page and "Vũ Văn Xa" not in page
        assert "Vũ Văn Xa" in text(as_(dung).get(reverse("pupil-unplaced")))
        answer = as_(dung).post(url("pupil-unplaced-one", unplaced), {"to": "vawn ddaaur"}, follow=True)
        assert "Đã chuyển Phường Văn Đẩu xác nhận" in text(answer)
        assert Pupil.objects.asked_of(chi).get() == unplaced and not Pupil.objects.asked_of(an).exists()
        assert as_(dung).get(url("pupil-unplaced-one", unplaced)).status_code == 404

    def test_a_name_of_no_commune_stays_on_the_form(self, as_, dung, unplaced):
        page = as_(dung).post(url("pupil-unplaced-one", unplaced), {"to": "nơi nào đó"})
        assert page.status_code == 200 and page.context["form"].errors

    def test_nobody_else_sees_them(self, as_, an, chi, binh, hoa, son, unplaced):
        codes = [as_(who).get(url("pupil-unplaced-one", unplaced)).status_code for who in (an, chi, binh, hoa, son)]
        assert codes == [404, 404, 403, 403, 403]
        assert "Vũ Văn Xa" not in text(as_(an).get(reverse("pupil-unplaced")))

    def test_pupils_of_a_commune_are_not_the_districts_to_direct(self, dung, asked):
        assert not Pupil.objects.to_direct_by(dung).exists()

    def test_a_matched_or_left_pupil_is_not_listed(self, as_, dung, unplaced, ward):
        Enrolment.objects.filter(pupil=unplaced).update(ended_on=date(2024, 4, 1), end_reason="other")
        assert "Vũ Văn Xa" not in text(as_(dung).get(reverse("pupil-unplaced")))

    def test_the_search_knows_the_communes_of_the_province(self, as_, dung, hoa, an, chi, high_school):
        for who in (dung, hoa):
            found = text(as_(who).get(reverse("pupil-home-search"), {"o": "to", "to": "van dau"}))
            assert "Phường Văn Đẩu" in found
        assert Unit.objects.filter(pk=high_school.pk, parent__kind="district").exists()

    def test_many_cost_no_question_more(self, as_, dung, high_school, django_assert_max_num_queries):
        for number in range(30):
            factories.pupil(high_school, f"Vũ Văn {number}", "5/6/2009")
        client = as_(dung)
        with django_assert_max_num_queries(10):
            client.get(reverse("pupil-unplaced"))
