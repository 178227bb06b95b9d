"""Phiếu trình ký: what the leader must know, on one page."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from childcare.documents import plain
from childcare.documents.pdf import render_pdf
from reports import checks, drafts, slip
from reports.actions import drafting, opinions
from reports.kept import Figures, Kept
from reports.models import Submission
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db):
    return reporting.small_ward()


def count(value):
    return Kept(Decimal(value), None, 1, missing=False)


def said(row):
    return "\n".join(plain.texts(slip.build(row)))


def test_it_says_who_presents_what_to_whom_and_until_when(an):
    text = said(reporting.presented(an))
    assert "PHIẾU TRÌNH KÝ" in text and "Kết quả công tác trẻ em 6 tháng đầu năm 2024" in text
    assert "Số liệu từ 01/11/2023 đến 30/04/2024" in text and "chậm nhất 09/05/2024" in text
    assert "NGƯỜI TRÌNH" in text and "Nguyễn Thị An" in text and "LÃNH ĐẠO" in text


def test_the_largest_steps_come_first_and_equal_figures_stay_out():
    draft = drafts.Draft(
        figures=Figures({"DS-01": count(110), "HC-01": count(5), "TN-01": count(3)}),
        earlier=Figures({"DS-01": count(100), "HC-01": count(7), "TN-01": count(3)}),
    )
    table = slip.moved(draft)[0]
    assert [list(row) for row in table.rows] == [
        ["Trẻ em dưới 16 tuổi", "110", "100", "tăng 10"],
        ["Trẻ em có hoàn cảnh đặc biệt", "5", "7", "giảm 2"],
    ]


def test_without_figures_of_the_year_before_it_says_so():
    assert "chưa có số cùng kỳ" in slip.moved(drafts.Draft())[0].text


def test_targets_met_stay_out_and_many_are_shortened():
    row = {"text": "Chỉ tiêu", "now": "50%", "planned": "99%", "state": "missed"}
    draft = drafts.Draft(targets=[{**row, "state": "met"}, *[{**row, "text": f"Chỉ tiêu {n}"} for n in range(8)]])
    lines = slip.targets(draft)
    assert len(lines) == slip.MOST + 1 and lines[-1] == f"… và {8 - slip.MOST} chỉ tiêu khác"
    assert lines[0] == "Chỉ tiêu 0: 50%, kế hoạch 99%"


def test_a_warning_stands_with_its_reason_or_says_that_there_is_none(an):
    row = reporting.draft(an)
    row = drafting.save_text(submission=row, by=an, version=row.version, texts={"V": ""})
    first = "Mục “Tồn tại, hạn chế, nguyên nhân” còn để trống."
    row = drafting.present(submission=row, by=an, version=row.version)
    assert f"{first.rstrip('.')}. Chưa ghi lý do" in said(row)
    row = drafting.withdraw(submission=row, by=an)
    row = drafting.explain(submission=row, by=an, version=row.version, reasons={first: "Đã đối chiếu sổ giấy"})
    row = drafting.present(submission=row, by=an, version=row.version)
    assert f"{first.rstrip('.')}. Lý do: Đã đối chiếu sổ giấy" in said(row)


def test_zeros_that_nobody_confirmed_are_named(an):
    assert "Chưa xác nhận không phát sinh: Số " in said(reporting.presented(an))


def test_there_is_room_for_the_leaders_word_until_it_is_given(an, lan):
    row = reporting.presented(an)
    assert slip.DOTS in said(row)
    row = opinions.give(submission=row, by=lan, agrees=True, text="đồng ý, gửi ngay", version=row.version)
    text = said(Submission.objects.get(pk=row.pk))
    assert slip.DOTS not in text and "Đồng ý ký. Đồng ý, gửi ngay (Phạm Thị Lan, 02/05/2024)" in text


def test_it_fits_one_page_even_with_much_to_say(an):
    row = reporting.draft(an)
    draft = drafts.load(row)
    draft.targets = [
        {"key": str(n), "text": f"Tỷ lệ trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp số {n}", "now": "5/10 (50,0%)",
         "planned": "từ 99% trở lên", "state": "missed", "earlier": "", "word": "Chưa đạt"}
        for n in range(12)
    ]  # fmt: skip
    draft.explained = {
        f"Cảnh báo số {n} về số liệu của kỳ này.": {"reason": "Đã đối chiếu", "by": "An", "at": ""} for n in range(9)
    }
    row.text = draft.dump()
    row.save(update_fields=["text"])
    row = drafting.present(submission=row, by=an, version=row.version)
    assert len(PdfReader(io.BytesIO(render_pdf(slip.build(row)))).pages) == 1


def test_the_reason_for_a_figure_that_changed_since_no_longer_counts():
    draft = drafts.Draft(
        figures=Figures({"HC-01": count(12), "DS-01": count(10)}),
        explained={"Số trẻ em có hoàn cảnh đặc biệt lớn hơn số trẻ em: 11 > 10.": {"reason": "x", "by": "An", "at": ""}},
    )
    assert [(warning.sentence, warning.reason) for warning in checks.warnings(draft)] == [
        ("Số trẻ em có hoàn cảnh đặc biệt lớn hơn số trẻ em: 12 > 10.", "")
    ]
