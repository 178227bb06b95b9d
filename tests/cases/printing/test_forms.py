"""Each form says what the case knows, leaves dots for what it does not, and nothing that the officer may not see."""

import io
import subprocess
import sys
import uuid
from datetime import date, timedelta

import docx
import pytest

from cases.actions import planning
from cases.models import Carer, CareVisit, Placement
from cases.printing import making
from cases.printing.catalogue import BY_KEY, FORMS
from cases.printing.paper import capacity, number_of
from childcare.documents.docx import render_docx
from childcare.documents.pdf import render_pdf
from childcare.documents.plain import texts
from tests import people
from tests.cases import casework
from tests.cases.printing import papers as make
from tests.childcare.documents.looking import pages
from tests.childcare.documents.test_against_shared import TOOL
from tests.childcare.documents.test_same_text import docx_texts, squeezed

pytestmark = pytest.mark.django_db
KEYS = [form.key for form in FORMS]
KIN = Placement.Form.FAMILY


def test_the_report_keeps_both_hours_and_names_the_child_of_the_registry(an):
    text = make.said(make.told(an), "mau-01", an)
    assert "Thời gian nhận tin: 00 giờ 05 phút, ngày 02 tháng 5 năm 2024." in text and "Thời gian nhập máy: " in text
    for known in (
        "Trương Thị Bảo Hân",
        "03/04/2015",
        "☒ Nữ",
        "Ngõ 12, tổ dân phố 3",
        "Có vết bầm",
        "Trương Văn Bảo",
        "bà ngoại",
    ):
        assert known in text
    assert "Số:" in text and "/BC-UBND" in text and "Nguyễn Thị An" in text


def test_a_report_that_knows_almost_nothing_is_dots(an):
    text = make.said(casework.received(an), "mau-01", an)
    assert "Họ và tên trẻ em: ......" in text and "☒ Không biết" in text and "Điện thoại" in text


def test_a_child_only_told_of_is_named_as_it_was_told(an):
    case = casework.received(an, child_name="Bé Bông", child_birth="khoảng 6 tuổi", child_home="gần chợ", suspect="người cha")
    text = make.said(case, "mau-01", an)
    assert "Bé Bông" in text and "khoảng 6 tuổi" in text and "gần chợ" in text and "người cha" not in text


def test_who_told_it_is_printed_for_who_may_know_it_and_for_nobody_else(an, lan, dung):
    case = make.told(an)
    assert "Trần Thị Hàng Xóm" in make.said(case, "mau-01", an) and "0912 000 111" in make.said(case, "mau-01", an)
    without = make.said(case, "mau-01", lan)
    assert "Trần Thị Hàng Xóm" not in without and "0912" not in without
    case.intakes.update(informant="", informant_contact="")
    assert make.said(case, "mau-01", lan) == without


def test_marks_are_ticked_and_counted_and_the_confirmed_level_stands_below(an):
    case = make.whole(an)
    text = make.said(case, "mau-02", an)
    assert (
        "☒ Cao; ☐ Trung bình; ☐ Thấp" in text
        and "Cao: 1; Trung bình: 1; Thấp: 0" in text
        and "Cao: 0; Trung bình: 0; Thấp: 2" in text
    )
    assert "Kết luận: Nguy cơ cao." in text and "Khám vết thương" in text and "Tạm thời cách ly khỏi người gây hại" in text
    full = make.said(case, "mau-03", an)
    assert "Cao: 2; Trung bình: 1; Thấp: 1" in full and "Cao: 1; Trung bình: 1; Thấp: 1" in full and "Muốn ở với bà" in full


def test_a_level_against_the_rule_is_printed_with_both(an):
    case = casework.assessed(an, make.told(an), marks=make.HIGH, level="low", reason="cha đã đi khỏi nhà")
    text = make.said(case, "mau-02", an)
    assert "Kết luận: Nguy cơ thấp (theo số mục đã chấm: nguy cơ cao)." in text and "cha đã đi khỏi nhà" in text


def test_the_plan_lists_its_services_with_their_sum_in_words(an):
    text = make.said(make.whole(an), "mau-04", an)
    assert "Được an toàn" in text and "Tư vấn, tham vấn tâm lý cho trẻ em: việc 0" in text and "Hội Phụ nữ phường" in text
    assert "1.500.000" in text and "Bằng chữ: Một triệu năm trăm nghìn đồng." in text and "Chưa có dự toán: 1" in text


def test_the_approval_has_its_number_bases_tasks_and_signer(an):
    document = making.of_case(make.whole(an), "mau-05", an, copy=7)
    text = "\n".join(texts(document))
    assert "Số: 35/QĐ-UBND" in text and "ngày 02 tháng 5 năm 2024" in text and "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG NAM SƠN" in text
    assert "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;" in text and "147/2025" not in text
    assert (
        "- Hội Phụ nữ phường" in text
        and "Trung tâm Công tác xã hội" in text
        and "- Cha, mẹ hoặc người chăm sóc trẻ em;" in text
    )
    assert document.signer.name == "Phạm Thị Lan" and document.foot == "" and "Quyết định này./." in text


def test_a_decision_of_the_two_tier_state_quotes_its_own_bases(settings, an):
    settings.TRAINING_TODAY = "2026-03-02"
    text = "\n".join(texts(making.blank("mau-05")))
    assert "147/2025" in text and "16 tháng 6 năm 2025" in text and "19 tháng 6 năm 2015" not in text


def test_before_it_is_approved_the_decision_leaves_number_and_signer_to_the_pen(an):
    case, *_ = casework.planned(an)
    document = making.of_case(case, "mau-05", an)
    assert (document.number, document.day, document.signer.name) == ("", None, "") and document.notation == "QĐ-UBND"


def test_the_minutes_name_who_came_what_was_said_and_what_was_agreed(an):
    document = making.of_case(make.whole(an), "bien-ban-hop", an)
    text = "\n".join(texts(document))
    for known in (
        "Hoàng Văn Tú, Công an phường",
        "Công an: đã lập hồ sơ.",
        "Trẻ tạm ở nhà bà ngoại.",
        "00 giờ 25 phút",
        "Nguy cơ cao",
    ):
        assert known in text
    assert document.day == date(2024, 5, 2) and "NGƯỜI GHI BIÊN BẢN" in text and text.rstrip().endswith("Phạm Thị Lan")


def test_isolation_its_extension_and_its_end(an):
    case = make.whole(an)
    step = case.emergency_steps.get(kind="isolation")
    first = make.said(case, "mau-07", an)
    assert "Số: 31/QĐ-UBND" in first and "từ 00 giờ 10 phút, ngày 02 tháng 5 năm 2024 đến hết ngày 07 tháng 5 năm 2024" in first
    assert "Nhà bà ngoại, tổ dân phố 5" in first and "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nPhạm Thị Lan" in first
    make.order(step, an, "extension", until=date(2024, 5, 12), reason="Chưa đánh giá xong")
    longer = make.said(case, "mau-07-gia-han", an)
    assert "đến hết ngày 12 tháng 5 năm 2024" in longer and "Quyết định số 31/QĐ-UBND ngày 02 tháng 5 năm 2024" in longer
    make.order(step, an, "ending", ended_on=date(2024, 5, 2), carer="mẹ, Nguyễn Thị Mẹ", reason="Nhà đã an toàn")
    end = make.said(case, "mau-07-ket-thuc", an)
    assert "kể từ ngày 02 tháng 5 năm 2024" in end and "mẹ, Nguyễn Thị Mẹ" in end and "31/QĐ-UBND" in end


def test_the_review_tells_what_was_done_and_what_not(an):
    case = make.whole(an)
    planning.serve(service=case.plans.get().services.first(), by=an, on=people.TODAY, once=uuid.uuid4())
    case.refresh_from_db()
    casework.assessed(an, case, form="review", marks={"A601": "low", "A602": "low", "A603": "medium"}, level="low")
    text = make.said(case, "mau-06", an)
    assert "☒ Thấp (tổn hại không còn nghiêm trọng)" in text and "Cao: 0; Trung bình: 1; Thấp: 2" in text
    assert "(02/05/2024)" in text and "Chưa thực hiện: Tư vấn cho cha mẹ" in text


def placed(case, an, **values):
    """The child of a case with a foster family."""
    carer = Carer.objects.create(
        unit=case.unit, kind="family", name="Vũ Văn Nhận", birth="1979", address="Số 8, tổ dân phố 2", applied_on=date(2024, 1, 5),
        conditions={"residence": "yes", "health": "no"}, state="accepted", decided_on=date(2024, 2, 1),
    )  # fmt: skip
    return Placement.objects.create(
        unit=case.unit, child=case.child, case=case, protected_file=case.protected_file, form=KIN, opened_on=people.TODAY, carer=carer,
        decision_number="40/QĐ-UBND", decision_on=people.TODAY, decision_signer="Phạm Thị Lan", situation="Sống với bà đã yếu",
        guardian=True, **values,
    )  # fmt: skip


def test_the_forms_of_alternative_care_are_filled_from_the_placement(an):
    case = make.whole(an)
    place = placed(case, an, state="caring", started_on=people.TODAY)
    CareVisit.objects.create(placement=place, visited_on=people.TODAY, living="Nhà cấp bốn, sạch", recorded_by=an)
    assert "Sống với bà đã yếu" in make.said(case, "mau-10", an)
    given = make.said(case, "mau-12", an)
    assert "Số: 40/QĐ-UBND" in given and "Vũ Văn Nhận, sinh 1979" in given and "người giám hộ" in given
    assert "Nhà cấp bốn, sạch" in make.said(case, "mau-13", an) and "☒" in make.said(case, "mau-11", an)
    assert "Quyết định số 40/QĐ-UBND" in make.said(case, "mau-15", an) and "Vũ Văn Nhận" in make.said(case, "mau-16", an)


def test_the_register_holds_the_carers_of_the_commune_that_the_officer_sees(an, chi, ward):
    case = make.told(an)
    placed(case, an)
    text = "\n".join(texts(making.register(ward, an)))
    assert "Vũ Văn Nhận" in text and "05/01/2024" in text and "Đủ điều kiện" in text
    assert "Vũ Văn Nhận" not in "\n".join(texts(making.register(ward, chi)))


@pytest.mark.parametrize("key", KEYS)
def test_every_form_can_be_printed_empty_and_from_a_case_that_knows_nothing(an, key):
    for document in (
        making.blank(key),
        making.blank(key, people.unit(people.NAM_SON)),
        making.of_case(casework.received(an), key, an),
    ):
        text = "\n".join(texts(document))
        assert "....." in text and "None" not in text and "{" not in text


@pytest.mark.parametrize("key", KEYS)
def test_no_dotted_line_runs_over_the_margin_and_no_signature_stands_alone(an, key):
    case = make.whole(an)
    for document in (making.blank(key, people.unit(people.NAM_SON)), making.of_case(case, key, an, copy=1)):
        found = pages(render_pdf(document))
        margin = found[0].wide - 20
        assert all(word["x1"] / 72 * 25.4 <= margin + 1 for page in found for word in page.words)
        last = [word for word in found[-1].words if 18 < word["top"] / 72 * 25.4 < 275]
        signed = {*document.signer.lines, document.signer.name} if document.signer else {"CHỦ TRÌ", "NGƯỜI GHI BIÊN BẢN"}
        assert any(word["text"] not in signed for word in last), "the signature stands alone on its page"


def test_many_services_and_long_names_break_between_rows(an):
    case = make.whole(an, services=[("S17", 1_000_000)] * 40)
    case.child.full_name = "Nguyễn Hoàng Công Tằng Tôn Nữ Thị Bảo Châu Ngọc Minh Khuê Diệu Huyền"
    case.child.save()
    found = pages(render_pdf(making.of_case(case, "mau-04", an, live=True)))
    assert len(found) >= 4 and all("Dịch vụ, công việc" in page.text for page in found[1:3])
    assert "40.000.000" in "".join(page.text for page in found) and "Bốn mươi triệu đồng" in "".join(
        page.text for page in found
    )


@pytest.mark.parametrize("key", KEYS)
def test_the_docx_says_what_the_pdf_says(an, key):
    document = making.of_case(make.whole(an), key, an, copy=3)
    data = render_docx(document)
    assert squeezed(docx_texts(data)) == squeezed(texts(document))
    assert "Bảo Hân" not in docx.Document(io.BytesIO(data)).core_properties.title


@pytest.mark.shared
@pytest.mark.skipif(not TOOL.exists(), reason="../shared does not lie beside the checkout")
@pytest.mark.parametrize("key", ["mau-05", "mau-07", "mau-12", "mau-16"])
def test_the_layout_of_nd30_holds(an, key, tmp_path):
    document = making.of_case(make.whole(an), key, an, copy=3)
    file = tmp_path / "a.pdf"
    file.write_bytes(render_pdf(document))
    run = subprocess.run([sys.executable, TOOL, file, "--kind", document.kind], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12/QĐ-UBND", ("12", "QĐ-UBND")),
        ("12", ("12", "N")),
        ("05a / QĐ-UBND", ("05a", "QĐ-UBND")),
        ("theo bản giấy", ("", "N")),
        ("", ("", "N")),
    ],
)
def test_a_number_is_read_as_it_is_typed(typed, read):
    assert number_of(typed, "N") == read


def test_in_what_capacity_it_was_signed():
    assert capacity("Phạm Thị Lan") == (["CHỦ TỊCH"], "Phạm Thị Lan")
    assert capacity("Phạm Thị Lan, Phó Chủ tịch") == (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phạm Thị Lan")


def test_a_row_of_another_case_is_not_there(an):
    case, other = make.whole(an), casework.received(an)
    row = str(case.intakes.get().public_id)
    assert making.of_case(case, "mau-01", an, row_key=row) is not None
    assert making.of_case(other, "mau-01", an, row_key=row) is None and making.of_case(case, "mau-99", an) is None


def test_the_rows_to_choose_from_are_those_of_the_case(an):
    case = make.whole(an)
    rows = {form.key: len(found) for form, _, found in making.offered(case, an)}
    wanted = {"mau-01": 1, "mau-02": 1, "mau-03": 1, "bien-ban-hop": 1, "mau-04": 1, "mau-06": 0, "mau-07": 1}
    assert {key: rows[key] for key in wanted} == wanted and list(rows) == list(BY_KEY)


def test_each_step_names_the_forms_that_it_needs(an):
    case = casework.received(an)
    assert [form.key for form, _ in making.wanted(case)] == ["mau-01", "mau-02"]
    case.state = "submitted"  # Điều 28.2: what goes to the chairman
    assert [form.key for form, _ in making.wanted(case)] == ["mau-01", "mau-02", "mau-03", "bien-ban-hop", "mau-04", "mau-05"]
    case.state = "screened_out"
    assert making.wanted(case) == []


def test_file_names_carry_no_name(an):
    case = make.whole(an)
    assert making.file_name(case, "mau-04", "pdf") == f"mau-04 {case.code}.pdf"


def test_a_later_row_wins_unless_another_is_asked_for(an):
    case = make.whole(an)
    first = case.meetings.get()
    make.met(case.__class__.objects.get(pk=_back(case)), an, held_at=make.AT + timedelta(hours=1))
    assert "01 giờ 05 phút" in make.said(case, "bien-ban-hop", an)
    assert "00 giờ 25 phút" in make.said(case, "bien-ban-hop", an, row_key=str(first.public_id))


def _back(case):
    type(case).objects.filter(pk=case.pk).update(state="planning")
    return case.pk
