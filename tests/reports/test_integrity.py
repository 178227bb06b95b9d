"""check_data finds each breach that no constraint can hold, and nothing in sound data."""

import uuid
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from childcare.children import models as c
from childcare.documents.files import open_bytes, path_of, store
from childcare.documents.models import IssuedDocument, StoredFile
from childcare.units.models import Unit
from plans.models import Activity
from reports import integrity
from reports.freezing import digest_of
from reports.models import Obligation, Regime, Snapshot, SnapshotFigure, Submission
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    return factories.child(ward, house=factories.household(ward))


@pytest.fixture
def obligation(ward):
    return Obligation.objects.create(
        regime=Regime.objects.first(), unit=ward, period="2024-H1", data_from=date(2023, 11, 1), cutoff=date(2024, 4, 30), last_day=date(2024, 5, 9)
    )  # fmt: skip


def snapshot(obligation, text='{"lời": "Nội dung"}'):
    row = Snapshot(
        unit=obligation.unit, period=obligation.period, data_from=obligation.data_from, cutoff=obligation.cutoff, text=text
    )
    figures = [SnapshotFigure(snapshot=row, code="HC-01", unit=obligation.unit, numerator=31, denominator=1842)]
    row.digest = digest_of(row, text, figures)
    row.save()
    for figure in figures:
        figure.save()
    return row


def submission(obligation, **fields):
    return Submission.objects.create(obligation=obligation, **fields)


def lines(check):
    return list(check())


def test_sound_data_has_no_breach(child, obligation):
    factories.circumstance(child)
    store(name="a.pdf", content_type="application/pdf", data=b"%PDF")
    submission(obligation)
    out = StringIO()
    call_command("check_data", stdout=out)
    assert out.getvalue() == ""


def test_a_breach_is_a_line_and_exit_one(child):
    c.Child.objects.filter(pk=child.pk).update(folded_name="khac")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("check_data", "--fast", stdout=out)
    assert end.value.code == 1
    assert out.getvalue().strip() == f"trẻ {child.public_id}: tên để tìm hoặc khóa xếp tên không khớp họ tên"
    assert child.full_name not in out.getvalue()


@pytest.mark.parametrize("copies", [{"unit": None}, {"unit": "other"}, {"residing": False}])
def test_the_copy_of_the_residence_must_be_that_of_the_open_row(child, copies):
    if copies.get("unit") == "other":
        copies = {"unit": people.unit(people.VAN_DAU)}
    c.Child.objects.filter(pk=child.pk).update(**copies)
    assert lines(integrity.copies_of_residence) == [f"trẻ {child.public_id}: địa bàn hiện nay khác nơi cư trú đang hiệu lực"]


def test_who_left_keeps_the_last_unit_and_is_not_residing(child):
    child.residences.update(ended_on=date(2024, 3, 1), end_reason="departure")
    assert len(lines(integrity.copies_of_residence)) == 1  # still said to reside
    c.Child.objects.filter(pk=child.pk).update(residing=False)
    assert lines(integrity.copies_of_residence) == []


def test_who_never_lived_anywhere_does_not_reside(child):
    child.residences.update(voided_at=timezone.now(), void_reason="nhầm")
    assert len(lines(integrity.copies_of_residence)) == 1
    c.Child.objects.filter(pk=child.pk).update(residing=False)
    assert lines(integrity.copies_of_residence) == []


def test_the_copy_of_the_household_must_be_that_of_the_open_membership(child, ward):
    assert lines(integrity.copies_of_household) == []
    c.Child.objects.filter(pk=child.pk).update(household=factories.household(ward))
    assert len(lines(integrity.copies_of_household)) == 1
    c.Child.objects.filter(pk=child.pk).update(household=None)
    assert len(lines(integrity.copies_of_household)) == 1
    child.memberships.update(ended_on=date(2024, 1, 1))
    assert lines(integrity.copies_of_household) == []


def test_a_birth_date_may_not_end_before_it_begins(child):
    c.Child.objects.filter(pk=child.pk).update(birth_earliest=date(2017, 1, 1))
    assert len(lines(integrity.birth_in_order)) == 1


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((None, date(2024, 1, 1)), (date(2024, 1, 1), None), 0),
        ((None, date(2024, 1, 2)), (date(2024, 1, 1), None), 1),
        ((date(2020, 1, 1), date(2021, 1, 1)), (date(2021, 6, 1), None), 0),
        ((date(2020, 1, 1), date(2024, 1, 1)), (date(2021, 6, 1), date(2022, 1, 1)), 1),
        ((None, date(2020, 1, 1)), (None, date(2021, 1, 1)), 1),
        ((date(2020, 1, 1), date(2020, 1, 1)), (date(2020, 1, 1), None), 0),
    ],
)
def test_nobody_lives_in_two_places_on_a_day(child, first, second, count):
    child.residences.update(started_on=first[0], ended_on=first[1])
    row = c.Residence.objects.create(child=child, unit=child.unit, started_on=second[0], ended_on=second[1])
    assert len(lines(integrity.one_place_a_day)) == count
    row.voided_at, row.void_reason = timezone.now(), "nhầm"
    row.save()
    assert lines(integrity.one_place_a_day) == []


def test_no_circumstance_holds_twice_on_a_day_but_two_kinds_may(child):
    factories.circumstance(child, "N04", since=date(2023, 1, 1))
    factories.circumstance(child, "N03", since=date(2023, 1, 1))
    assert lines(integrity.one_place_a_day) == []
    factories.circumstance(child, "N04", since=date(2022, 1, 1), until=date(2023, 2, 1))
    assert len(lines(integrity.one_place_a_day)) == 1


def test_a_replaced_row_is_void(child):
    old = factories.circumstance(child, since=date(2023, 1, 1), until=date(2023, 2, 1))
    factories.circumstance(child, since=date(2023, 1, 5), replaces=old)
    assert lines(integrity.replaced_rows_are_void) == [f"hoàn cảnh {old.public_id}: đã có dòng thay mà chưa hủy"]


def test_sensitive_facts_lie_under_a_file_of_their_own_child(child, ward):
    code = c.CircumstanceKind.objects.filter(sensitive=True).first().code
    row = factories.circumstance(child, code)
    abuse = factories.incident(ward, "abuse")
    assert len(lines(integrity.sensitive_facts_are_covered)) == 2
    row.protected_file = abuse.protected_file = factories.protected_file(child)
    row.save()
    abuse.save()
    assert lines(integrity.sensitive_facts_are_covered) == []
    row.protected_file = factories.protected_file(factories.child(ward, "Trần Thị Na"))
    row.save()
    assert len(lines(integrity.sensitive_facts_are_covered)) == 1


def test_the_path_of_a_unit_leads_through_its_parent(ward):
    assert lines(integrity.unit_paths) == []
    Unit.objects.filter(pk=ward.pk).update(path=".9.")
    assert [line for line in lines(integrity.unit_paths) if ward.name in line] == [
        f"đơn vị {ward.code} {ward.name}: đường dẫn sai"
    ]


def test_a_unit_and_its_parent_shared_a_day(ward):
    Unit.objects.filter(pk=ward.pk).update(valid_from=date(2030, 1, 1), valid_to=None)
    assert any("cấp trên" in line for line in lines(integrity.unit_paths))


def test_a_code_names_one_unit_a_day(ward):
    assert lines(integrity.one_unit_a_code_and_day) == []
    Unit.objects.create(
        code=ward.code,
        name="Phường Khác",
        kind="commune",
        parent=ward.parent,
        valid_from=date(2024, 6, 1),
        path=f"{ward.path}x",
    )
    assert len(lines(integrity.one_unit_a_code_and_day)) == 1


def test_a_regime_without_scope_exists_once():
    regime = Regime.objects.filter(scope=None).first()
    assert lines(integrity.once_without_bound) == []
    regime.pk = None
    try:
        with transaction.atomic():
            regime.save()
    except IntegrityError:
        return  # PostgreSQL knows that nothing equals nothing
    assert lines(integrity.once_without_bound) == [f"chế độ báo cáo {regime.code}: có 2 dòng giống nhau"]


def test_facts_lie_in_units_that_existed_on_their_day(ward, child):
    day = date(2030, 1, 1)
    factories.incident(ward, on=day)
    factories.support(child, on=day)
    Activity.objects.create(unit=ward, held_on=day, kind=Activity.Kind.choices[0][0])
    factories.incident(ward, on=date(2024, 1, 1))
    found = lines(integrity.units_held_on_the_day)
    assert len(found) == 3 and all("không có hiệu lực vào ngày 01/01/2030" in line for line in found)


def test_a_report_with_versions_has_one_current_and_it_is_the_newest(obligation):
    old = submission(obligation, number=1, current=False, state="draft")
    assert lines(integrity.current_submissions) == [f"báo cáo phải gửi {obligation.pk}: có 0 bản hiện hành"]
    submission(obligation, number=2, current=True)
    assert lines(integrity.current_submissions) == []
    Submission.objects.update(current=False)
    Submission.objects.filter(pk=old.pk).update(current=True)
    assert lines(integrity.current_submissions) == [f"báo cáo {old.public_id}: bản hiện hành không phải bản mới nhất"]


def test_a_signed_report_has_its_document_unless_it_was_typed_in(obligation):
    row = submission(obligation, state="signed", snapshot=snapshot(obligation))
    assert lines(integrity.signed_reports_are_complete) == [f"báo cáo {row.public_id}: đã ký mà không có văn bản"]
    Submission.objects.update(on_behalf=True)
    assert lines(integrity.signed_reports_are_complete) == []


def test_frozen_figures_and_text_stay_as_they_were(obligation):
    row = snapshot(obligation)
    row.figures.update(numerator=30)
    assert lines(integrity.signed_reports_are_complete) == [f"số liệu chốt {row.public_id}: khác với lúc chốt"]


def test_files_and_rows_belong_together(settings):
    kept, lost, changed = (
        store(name=f"{name}.pdf", content_type="application/pdf", data=name.encode()) for name in ("a", "b", "c")
    )
    path_of(lost).unlink()
    path_of(changed).write_bytes(path_of(kept).read_bytes())
    stray = settings.FILES_DIR / "zz" / uuid.uuid4().hex
    stray.parent.mkdir()
    stray.write_bytes(b"x")
    assert lines(integrity.stored_files) == [
        f"tệp {lost.public_id}: tệp lưu không còn trên đĩa",
        f"tệp {changed.public_id}: tệp lưu đã bị sửa hoặc không mở được bằng khóa hiện có",
        f"tệp trên đĩa {stray.name}: không có dòng nào trong cơ sở dữ liệu",
    ]
    assert lines(integrity.stored_file_gone) == [
        f"tệp {lost.public_id}: không còn trên đĩa",
        f"tệp trên đĩa {stray.name}: không có dòng nào trong cơ sở dữ liệu",
    ]


@pytest.fixture
def issued(obligation, tmp_path):
    """A signed report, and its PDF as somebody got it."""
    pdf = store(name="a.pdf", content_type="application/pdf", data=b"%PDF-1.7 report")
    document = IssuedDocument.objects.create(
        unit=obligation.unit,
        kind="BÁO CÁO",
        number="05",
        notation="BC-UBND",
        issued_on=date(2024, 5, 9),
        subject="Kết quả",
        pdf=pdf,
    )
    submission(obligation, state="sent", snapshot=snapshot(obligation), document=document)
    file = tmp_path / "nhan-duoc.pdf"
    file.write_bytes(b"%PDF-1.7 report")
    return file


def verify(file):
    out = StringIO()
    try:
        call_command("verify_document", str(file), stdout=out)
    except SystemExit as end:
        return out.getvalue().strip(), end.code
    return out.getvalue().strip(), 0


def test_a_document_as_it_was_issued_is_verified(issued):
    assert verify(issued) == (
        "Đúng văn bản đã ban hành: BÁO CÁO số 05/BC-UBND ngày 09/05/2024 của Phường Nam Sơn; số liệu chốt nguyên vẹn.",
        0,
    )


def test_one_byte_altered_is_not(issued):
    issued.write_bytes(b"%PDF-1.7 repoRt")
    assert verify(issued) == ("Không đúng: tệp đã bị sửa hoặc không phải văn bản do hệ thống này ban hành.", 1)


def test_a_changed_snapshot_is_not(issued):
    SnapshotFigure.objects.update(numerator=1)
    sentence, code = verify(issued)
    assert code == 1 and "số liệu chốt" in sentence


def test_a_changed_text_is_not(issued):
    Snapshot.objects.update(text='{"lời": "Khác"}')
    assert verify(issued)[1] == 1


def test_a_stored_copy_that_was_changed_is_told(issued):
    path_of(StoredFile.objects.get()).write_bytes(b"x")
    assert verify(issued) == ("Không xác minh được BÁO CÁO số 05/BC-UBND ngày 09/05/2024 của Phường Nam Sơn: tệp lưu đã bị sửa hoặc không mở được bằng khóa hiện có.", 1)  # fmt: skip


def test_a_replaced_report_is_named_as_such(issued):
    Submission.objects.update(state="returned")
    assert "đã được yêu cầu chỉnh sửa" in verify(issued)[0] and verify(issued)[1] == 0


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert verify(tmp_path / "khong-co.pdf")[1] == 1


def test_a_report_signed_in_the_app_is_verified_and_breaks_nothing(tmp_path):
    reporting.small_ward()
    document = reporting.accepted().document
    file = tmp_path / "bao-cao.pdf"
    file.write_bytes(open_bytes(document.pdf))
    sentence, code = verify(file)
    assert code == 0 and sentence.startswith("Đúng văn bản đã ban hành: BÁO CÁO số 05/BC-UBND ngày 02/05/2024")
    assert list(integrity.breaches()) == []


def test_a_day_of_the_police_needs_a_valid_number(child):
    c.Child.objects.filter(pk=child.pk).update(identity_verified_on=date(2024, 4, 1), identity_number="0312")
    assert lines(integrity.verified_numbers_are_valid) == [
        f"trẻ {child.public_id}: có ngày công an xác thực mà số định danh không đúng dạng"
    ]
    c.Child.objects.filter(pk=child.pk).update(identity_number="031216000012", identity_valid=True)
    assert lines(integrity.verified_numbers_are_valid) == []


@pytest.mark.parametrize("wrong", ["school", "no child", "another child", "a child of nobody"])
def test_an_enrolment_that_is_not_its_pupils(wrong, child, school, other_school):
    row = factories.pupil(school, child=child).enrolments.get()
    assert lines(integrity.enrolments_of_their_pupil) == []
    if wrong == "school":
        c.Enrolment.objects.update(unit=other_school)
    elif wrong == "a child of nobody":
        c.Pupil.objects.update(child=None)
    else:
        c.Enrolment.objects.update(child=None if wrong == "no child" else factories.child(school.parent))
    assert lines(integrity.enrolments_of_their_pupil) == [
        f"dòng học ở trường {row.public_id}: khác trường hoặc khác trẻ với học sinh của nó"
    ]
