"""A school takes in its list: layouts of the education sector, its own rows, matching that tells it nothing, again and again."""

from datetime import date

import pytest

from childcare.children.codes import code_of
from childcare.children.importing import lists
from childcare.children.models import Child, Circumstance, Enrolment, Pupil, TakenList
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.childcare.children.schools.books import HEAD, pupils_file, row, workbook

SINCE = date(2023, 9, 5)


def take(school, by, data, *, year=2023, on=SINCE, name="hoc-sinh.xlsx"):
    """Upload, read, decide, write: what the pages and the worker do."""
    taken = lists.upload(by=by, kind="pupils", unit=school, on=on, asked={"school_year": year}, name=name, data=data)
    lists.read_file(taken=taken, by=by)
    lists.decide(taken=taken, by=by, accepted={})
    lists.write_list(taken=taken, by=by)
    taken.refresh_from_db()
    return taken


def classes(school):
    """Name → class of those who attend."""
    rows = Enrolment.objects.open().filter(unit=school)
    return dict(rows.values_list("pupil__full_name", "class_name"))


def test_a_list_becomes_pupils_with_what_the_school_wrote(school, hoa):
    data = pupils_file(
        row("Nguyễn Văn Nam", code="HS01", ethnic="Tày", father="Nguyễn Văn Ba", mother="Lê Thị Tư", phone="0912345678"),
        row("Trần Thị Bích", "2011", sex="Nữ", into="7B"),
    )
    taken = take(school, hoa, data)
    assert (taken.state, taken.summary["created"], taken.summary["unmatched"]) == ("done", 2, 2)
    nam = Pupil.objects.get(code="HS01")
    assert (nam.full_name, nam.birth_latest, nam.sex, nam.ethnic) == ("Nguyễn Văn Nam", date(2012, 5, 12), "m", "E02")
    assert (nam.father_name, nam.mother_name, nam.phone) == ("Nguyễn Văn Ba", "Lê Thị Tư", "0912345678")
    assert classes(school) == {"Nguyễn Văn Nam": "6A", "Trần Thị Bích": "7B"}
    assert Enrolment.objects.get(pupil=nam).started_on == SINCE
    assert Child.objects.count() == 0


def test_the_same_list_twice_changes_nothing(school, hoa):
    data = pupils_file(row("Nguyễn Văn Nam", code="HS01"), row("Nguyễn Văn Nam", "01/02/2012"), row("Lê Thị Lan", "3/4/2012"))
    take(school, hoa, data)
    again = take(school, hoa, data)
    assert (again.summary["created"], again.summary["unchanged"], again.summary["absent"]) == (0, 3, 0)
    assert (Pupil.objects.count(), Enrolment.objects.count()) == (3, 3)


def test_every_class_on_a_sheet_of_its_own_without_a_column_of_classes(school, hoa):
    head = [title for title in HEAD if title != "Lớp"]
    lines = {
        name: [["DANH SÁCH HỌC SINH"], head, [1, "", child, "5/6/2012", "Nữ", "Kinh"]]
        for name, child in (("6A", "Đỗ Thị Một"), ("Lớp 6B", "Đỗ Thị Hai"))
    }
    lines["Trang ba"] = [["Trường THCS Nam Sơn"], ["Lớp: 7C"], head, [1, "", "Đỗ Thị Ba", "5/6/2011", "Nữ", "Kinh"]]
    take(school, hoa, workbook(lines))
    assert classes(school) == {"Đỗ Thị Một": "6A", "Đỗ Thị Hai": "6B", "Đỗ Thị Ba": "7C"}


def test_a_line_with_the_class_above_its_pupils(school, hoa):
    head = [title for title in HEAD if title != "Lớp"]
    lines = [head, ["Lớp 6A"], [1, "", "Đỗ Thị Một", "5/6/2012"], ["Lớp 6B"], [1, "", "Đỗ Thị Hai", "6/6/2012"]]
    take(school, hoa, workbook({"Tất cả": lines}))
    assert classes(school) == {"Đỗ Thị Một": "6A", "Đỗ Thị Hai": "6B"}


def test_the_code_of_the_education_sector_is_no_identity_number(school, hoa):
    head = ["STT", "Mã định danh Bộ GD&ĐT", "Họ và tên", "Ngày sinh", "Lớp"]
    take(school, hoa, workbook({"6A": [head, [1, "3101234567", "Đỗ Thị Một", "5/6/2012", "6A"]]}))
    pupil = Pupil.objects.get()
    assert (pupil.code, pupil.identity_number) == ("3101234567", None)


def test_a_number_matches_a_child_wherever_it_lives_when_the_birth_bears_it_out(school, hoa, chi):
    far = factories.child(
        people.unit(people.VAN_DAU), "Nguyễn Văn Nam", "12/05/2012", identity_number="031212001234", identity_valid=True
    )
    take(school, hoa, pupils_file(row("NGUYỄN VĂN NAM", number="031212001234")))
    pupil = Pupil.objects.get()
    assert (pupil.child, pupil.asked, pupil.enrolments.get().child) == (far, None, far)


def test_a_number_of_somebody_else_matches_nobody(school, hoa, ward):
    factories.child(ward, "Phạm Thị Khác", "01/01/2010", identity_number="031212001234", identity_valid=True)
    taken = take(school, hoa, pupils_file(row("Nguyễn Văn Nam", number="031212001234")))
    assert (taken.summary["matched"], Pupil.objects.get().asked) == (0, ward)


def test_our_printed_code_matches(school, hoa, ward):
    long, short = (factories.child(ward, name, "12/05/2012") for name in ("Nguyễn Văn Nam", "Nguyễn Văn Bắc"))
    rows = row("Nguyễn Văn Nam", child=long.public_id), row("Nguyễn Văn Bắc", child=code_of(short.pk))
    take(
        school, hoa, pupils_file(*rows, row("Lê Thị Lạ", "1/1/2013", child=f"{code_of(long.pk)[:-1]}0"), row("Ai", child="TE"))
    )
    found = dict(Pupil.objects.values_list("full_name", "child"))
    assert found == {"Nguyễn Văn Nam": long.pk, "Nguyễn Văn Bắc": short.pk, "Lê Thị Lạ": None, "Ai": None}


def test_a_printed_code_on_the_line_of_somebody_else_matches_nobody(school, hoa, ward):
    child = factories.child(ward, "Nguyễn Văn Nam", "12/05/2012")
    take(school, hoa, pupils_file(row("Lê Thị Lạ", "1/1/2013", child=code_of(child.pk))))
    assert Pupil.objects.get().child is None


def test_name_birth_and_mother_alone_are_left_to_a_person(school, hoa, ward):
    factories.child(ward, "Nguyễn Văn Nam", "12/05/2012", mother_name="Lê Thị Tư")
    taken = take(school, hoa, pupils_file(row("Nguyễn Văn Nam", mother="Lê Thị Tư")))
    assert (Pupil.objects.get().child, Pupil.objects.get().asked) == (None, ward)
    assert taken.summary["unmatched"] == 1


def test_the_commune_that_the_list_names_is_asked(school, hoa, ward):
    take(school, hoa, pupils_file(row("Lê Thị Lan", commune="Phường Văn Đẩu"), row("Lê Thị Hà", "1/2/2012", commune="Xã Lạ")))
    asked = dict(Pupil.objects.values_list("full_name", "asked__name"))
    assert asked == {"Lê Thị Lan": "Phường Văn Đẩu", "Lê Thị Hà": ward.name}


def test_what_a_list_says_of_circumstances_is_not_kept(school, hoa, ward):
    head = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Hoàn cảnh", "Hộ nghèo"]
    data = workbook({"6A": [head, [1, "Đỗ Thị Một", "5/6/2012", "6A", "mồ côi cả cha và mẹ", "x"]]})
    taken = take(school, hoa, data)
    kept = lists.kept_of(taken)["rows"][0]
    assert (kept["circumstances"], kept["poverty"], Circumstance.objects.count()) == ([], None, 0)


def test_nothing_of_the_registry_is_kept_with_a_list(school, hoa, ward):
    """The school brought a number and a name: what is stored for it holds no word of the child that it met."""
    factories.child(
        ward, "Nguyễn Văn Nam", "12/05/2012", identity_number="031212001234", identity_valid=True, mother_name="Bùi Thị Kín",
        phone="0999888777", ethnic="E05",
    )  # fmt: skip
    taken = take(school, hoa, pupils_file(row("Nguyễn Văn Nam", number="031212001234", ethnic="")))
    pupil = Pupil.objects.get()
    assert pupil.child is not None
    assert (pupil.mother_name, pupil.phone, pupil.ethnic) == ("", "", "")
    assert "Kín" not in str(lists.kept_of(taken)) + str(taken.summary)


def test_another_class_later_in_the_year_ends_the_row_and_opens_one(school, hoa):
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01")))
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01", into="6B")), on=date(2024, 1, 15))
    old, new = Enrolment.objects.order_by("pk")
    assert (old.ended_on, old.end_reason) == (date(2024, 1, 15), "class")
    assert (new.class_name, new.started_on, new.start_reason) == ("6B", date(2024, 1, 15), "class")


def test_another_class_on_the_same_day_replaces_the_row(school, hoa):
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01")))
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01", into="6B")))
    old, new = Enrolment.objects.order_by("pk")
    assert old.voided_at and new.replaces == old and classes(school) == {"Nguyễn Văn Nam": "6B"}


def test_the_list_of_the_next_year_is_the_promotion(school, hoa):
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01")), year=2022, on=date(2022, 9, 5))
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01", into="7A")))
    old, new = Enrolment.objects.order_by("pk")
    assert (old.end_reason, new.school_year, new.class_name) == ("promoted", 2023, "7A")


def test_an_older_list_does_not_bring_back_a_pupil_who_left(school, hoa):
    data = pupils_file(row("Nguyễn Văn Nam", code="HS01"))
    take(school, hoa, data)
    Enrolment.objects.update(ended_on=date(2024, 1, 10), end_reason="transferred")
    assert take(school, hoa, data).summary["older"] == 1
    assert classes(school) == {}


def test_a_pupil_of_whom_the_list_does_not_tell_is_only_counted(school, hoa):
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01"), row("Lê Thị Lan", "3/4/2012")))
    taken = take(school, hoa, pupils_file(row("Nguyễn Văn Nam", code="HS01")))
    assert taken.summary["absent"] == 1
    assert len(classes(school)) == 2


def test_a_child_that_attends_another_school_is_left_to_the_commune(school, other_school, hoa, ward):
    child = factories.child(ward, "Nguyễn Văn Nam", "12/05/2012", identity_number="031212001234", identity_valid=True)
    factories.pupil(other_school, child=child)
    take(school, hoa, pupils_file(row("Nguyễn Văn Nam", number="031212001234")))
    pupil = Pupil.objects.get(unit=school)
    assert (pupil.child, pupil.asked) == (None, ward)
    assert Enrolment.objects.get(unit=other_school).ended_on is None


def test_rows_without_name_come_back_and_adults_too(school, hoa):
    taken = take(school, hoa, pupils_file(row("Lê Thị Lan"), row("Phạm Văn Lớn", "1/1/2000")))
    assert (taken.summary["created"], taken.summary["rejected"]) == (1, 1)
    assert taken.errors_file is not None


def test_writing_twice_writes_once_and_a_cancelled_list_nothing(school, hoa):
    taken = take(school, hoa, pupils_file(row("Lê Thị Lan")))
    lists.write_list(taken=taken, by=hoa)
    assert Pupil.objects.count() == 1
    other = lists.upload(by=hoa, kind="pupils", unit=school, on=SINCE, asked={"school_year": 2023}, name="a.xlsx",
                         data=pupils_file(row("Đỗ Văn Mới")))  # fmt: skip
    lists.cancel(taken=other, by=hoa)
    lists.read_file(taken=other, by=hoa)
    with pytest.raises(Refusal):
        lists.decide(taken=other, by=hoa, accepted={})
    assert Pupil.objects.count() == 1


def test_only_the_officer_of_the_school_takes_in_its_list(school, tuan, an):
    for officer in (tuan, an):
        with pytest.raises(Refusal):
            take(school, officer, pupils_file(row("Lê Thị Lan")))
    assert TakenList.objects.count() == 0


def test_three_hundred_pupils_take_as_many_statements_as_three(school, hoa, django_assert_max_num_queries):
    data = pupils_file(*(row(f"Nguyễn Thị {number}", f"{number % 28 + 1}/3/2012", code=f"H{number}") for number in range(300)))
    with django_assert_max_num_queries(90):
        take(school, hoa, data)
    assert Pupil.objects.count() == 300
