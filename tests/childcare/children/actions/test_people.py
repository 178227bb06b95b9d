"""Adding and correcting children."""

import uuid
from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import people
from childcare.children.actions.base import Conflict
from childcare.children.models import Child, ChildRevision, Residence
from childcare.lib.calendar import parse_partial
from childcare.lib.refusal import Refusal
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_name_and_a_birth_year_are_enough(an, ward):
    child = people.add(by=an, unit=ward, full_name="Nguyễn Thị Hoà", birth=parse_partial("2016"))
    child.refresh_from_db()
    assert (child.folded_name, child.birth_precision, child.birth_latest) == ("nguyen thi hoa", "year", date(2016, 12, 31))
    assert (child.unit, child.residing, child.household, child.created_by) == (ward, True, None, an)
    home = child.residences.get()
    assert (home.started_on, home.start_reason, home.recorded_by) == (None, "existing", an)


def test_a_newborn_lives_here_since_its_birth(an, ward):
    child = people.add(by=an, unit=ward, full_name="Trai", birth=parse_partial("3/4/2024"), start_reason="birth")
    assert child.residences.get().started_on == date(2024, 4, 3)
    child = people.add(by=an, unit=ward, full_name="Gái", birth=parse_partial("4/2024"), start_reason="birth")
    assert child.residences.get().started_on is None


def test_a_birth_date_without_a_name_is_enough(an, ward):
    assert people.add(by=an, unit=ward, birth=parse_partial("2/2024")).name_state == "missing"
    assert people.add(by=an, unit=ward, full_name="chưa đặt tên").name_state == "unnamed"


def test_nothing_at_all_is_refused(an, ward):
    with pytest.raises(Refusal, match="tên hoặc ngày sinh"):
        people.add(by=an, unit=ward)
    assert not Child.objects.exists()


def test_adding_leaves_one_entry_without_any_value(an, ward):
    child = people.add(by=an, unit=ward, full_name="Nguyễn Thị Hoà", birth=parse_partial("2016"), sex="f")
    entry = Entry.objects.get(action="child.added")
    assert (entry.subject_id, entry.subject) == (str(child.public_id), "")
    assert {"full_name", "sex"} <= set(entry.fields)
    assert "Hoà" not in str(vars(entry))


def test_somebody_of_eighteen_is_refused_and_of_seventeen_taken(an, ward):
    with pytest.raises(Refusal, match="18 tuổi"):
        people.add(by=an, unit=ward, full_name="Lê Văn Tư", birth=parse_partial("2/5/2006"))
    assert people.add(by=an, unit=ward, full_name="Lê Văn Tư", birth=parse_partial("3/5/2006")).age == 17


def test_a_number_in_use_is_refused_and_a_malformed_one_kept(an, ward):
    factories.child(ward, identity_number="031216001234", identity_valid=True)
    with pytest.raises(Refusal, match="đã có ở một trẻ khác"):
        people.add(by=an, unit=ward, full_name="Lê Thị Năm", identity_number="031 216 001 234")
    child = people.add(by=an, unit=ward, full_name="Lê Thị Năm", identity_number="12345")
    assert (child.identity_number, child.identity_valid) == ("12345", False)


def test_a_number_in_use_elsewhere_tells_nothing_of_the_other_child(chi, ward, an):
    factories.child(ward, "Trần Thị Mận", identity_number="031216001234", identity_valid=True)
    with pytest.raises(Refusal) as refusal:
        people.add(by=chi, unit=chi.unit, full_name="Lê Thị Năm", identity_number="031216001234")
    assert "thuộc đơn vị khác" in str(refusal.value) and "Mận" not in str(refusal.value) and "Nam Sơn" not in str(refusal.value)


def test_the_same_post_twice_makes_one_child(an, ward):
    key = uuid.uuid4()
    first = people.add(by=an, unit=ward, full_name="Nguyễn Thị Hoà", once=key)
    again = people.add(by=an, unit=ward, full_name="Nguyễn Thị Hoà", once=key)
    assert first.pk == again.pk and Child.objects.count() == Residence.objects.count() == 1


def test_a_key_of_somebody_else_is_refused(an, lan, ward):
    child = people.add(by=an, unit=ward, full_name="Nguyễn Thị Hoà", once=uuid.uuid4())
    with pytest.raises(Refusal, match="Mở lại trang|mở lại trang"):
        people.add(by=lan, unit=ward, full_name="Ai khác", once=child.public_id)


def test_a_residence_before_birth_is_refused_and_nothing_is_written(an, ward):
    with pytest.raises(Refusal, match="trước ngày sinh"):
        people.add(by=an, unit=ward, full_name="Lê Văn Tư", birth=parse_partial("2016"), since=date(2015, 1, 1))
    assert not Child.objects.exists()


def test_a_correction_leaves_a_revision_each_and_one_entry(an, ward):
    child = factories.child(ward, "Nguyễn Thị Hoa", sex="f")
    changes = {"full_name": "Nguyễn Thị Hoà", "birth": parse_partial("13/5/2016"), "sex": "f", "phone": "0912"}
    changed = people.correct(child=child, by=an, version=1, changes=changes)
    assert changed == ["full_name", "birth", "phone"]
    child.refresh_from_db()
    assert (child.full_name, child.birth.text, child.version) == ("Nguyễn Thị Hoà", "13/05/2016", 2)
    told = {(row.field, row.old, row.new, row.by, row.version) for row in child.revisions.all()}
    assert told == {
        ("full_name", "Nguyễn Thị Hoa", "Nguyễn Thị Hoà", an, 2), ("birth", "12/05/2016", "13/05/2016", an, 2), ("phone", "", "0912", an, 2),
    }  # fmt: skip
    assert Entry.objects.get(action="child.corrected").fields == ["birth", "full_name", "phone"]


def test_a_correction_that_changes_nothing_writes_nothing(an, ward):
    child = factories.child(ward, "Nguyễn Thị Hoa")
    assert people.correct(child=child, by=an, version=1, changes={"full_name": " Nguyễn  Thị Hoa"}) == []
    child.refresh_from_db()
    assert child.version == 1 and not ChildRevision.objects.exists() and not Entry.objects.exists()


def test_two_officers_on_one_child_the_second_learns_which_fields_changed(an, lan, ward):
    child = factories.child(ward, "Nguyễn Thị Hoa")
    people.correct(child=child, by=an, version=1, changes={"sex": "f", "birth": parse_partial("2015")})
    with pytest.raises(Conflict) as conflict:
        people.correct(child=child, by=lan, version=1, changes={"phone": "0912"})
    assert set(conflict.value.fields) == {"sex", "birth"}
    assert "Nguyễn Thị An vừa sửa" in str(conflict.value) and "giới tính" in str(conflict.value)
    child.refresh_from_db()
    assert child.phone == ""


def test_fields_that_are_nobodys_to_type_are_refused(an, ward):
    child = factories.child(ward)
    for field in ("unit", "created_by", "residing", "household", "identity_valid"):
        with pytest.raises(TypeError):
            people.correct(child=child, by=an, version=1, changes={field: None})
