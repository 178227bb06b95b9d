"""The district's sum by hand: one ward accepted, one on paper and late, the others missing; register beside reports."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from childcare.children.models import Child
from plans.models import Activity
from reports import beside, consolidation, differences, drafts, measures
from reports.actions import answering, drafting, on_behalf, signing
from reports.models import Obligation, Regime, Submission
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())


@pytest.fixture
def district(an, chi, dung, phuc, settings):
    """Nam Sơn: 3 children, 2 in special circumstances, 1 helped, accepted in time. Văn Đẩu: 120, 4, 3, on paper two days late."""
    ward = reporting.small_ward()
    reporting.accepted(an)
    settings.TRAINING_TODAY = "2024-05-12"
    on_behalf.enter(
        obligation=reporting.owed(people.VAN_DAU), by=dung, received_on=date(2024, 5, 11), content={
            "figures": {"DS-01": (Decimal(120), None), "HC-01": (Decimal(4), None), "HC-04": (Decimal(3), Decimal(4))},
            "multipliers": {"HC-04": 100},
        },
    )  # fmt: skip
    factories.child(ward, "Phạm Thị Mới", "09/09/2019", "f")  # since the report was signed
    return reporting.owed(people.KIEN_AN)


def test_the_last_day_of_the_district_is_14_05(an, dung):
    owed = reporting.owed(people.KIEN_AN)
    assert (str(owed.last_day), owed.office.sign, owed.to_unit.code) == ("2024-05-14", "LĐTBXH", "31")


def test_the_sum_is_of_numerators_and_denominators_of_accepted_reports(district):
    draft = drafts.load(drafting.begin(obligation=district, by=people.dung()))
    assert draft.figures("DS-01").numerator == 123  # 3 + 120; the register says 4 for Nam Sơn alone
    assert draft.figures("HC-04").text == "4/6 (66,7%)"  # (1 + 3) / (2 + 4), not the mean of 50 and 75
    assert draft.figures("HC-01").numerator == 6
    assert draft.figures("TN-01").numerator == 0 and draft.figures("TN-01").note == "1/10 đơn vị có số liệu"


def test_a_report_of_another_kind_in_the_same_period_is_no_part_of_the_sum(district):
    campaign = Regime.objects.get(code="RG18")
    ward = reporting.owed(people.NAM_SON, regime="RG01")
    Obligation.objects.create(
        regime=campaign, unit=ward.unit, to_unit=district.unit, period=district.period, data_from=ward.data_from,
        cutoff=ward.cutoff, last_day=ward.last_day,
    )  # fmt: skip
    parts = consolidation.parts_of(district)
    assert len(parts) == 10 and all(part.obligation.regime.code == "RG01" for part in parts)


def test_the_missing_and_the_late_are_named(district):
    draft = drafts.load(drafting.begin(obligation=district, by=people.dung()))
    text = draft.text("I")
    assert "Tổng hợp từ 2/10 đơn vị đã được tiếp nhận báo cáo." in text
    assert "Gửi chậm: Văn Đẩu (2 ngày)." in text and "Nhập từ báo cáo giấy: Văn Đẩu." in text
    assert "Chưa có báo cáo: Quán Trữ, Lãm Hà" in text and "Nam Sơn" not in text.split("Chưa có báo cáo:")[1].split("\n")[0]
    assert draft.parts["names"][4:5] == ["Nam Sơn"] and len(draft.parts["names"]) == 10


def test_what_the_reports_say_stands_beside_the_register_of_today_ward_by_ward(district, dung, as_):
    found = beside.comparison(district, dung)
    row = next(row for row in found["rows"] if row["code"] == "DS-01")
    assert row["whole"] == beside.Cell("123", "4", True)
    cells = {part.name: cell for part, cell in row["pairs"]}
    assert cells["Nam Sơn"] == beside.Cell(
        "3", "4", True, open=True
    )  # its cause can be opened: keys were kept when it was signed
    assert cells["Văn Đẩu"] == beside.Cell("120", "–", True)  # from paper: no rows behind it, nobody entered there
    assert cells["Quán Trữ"] == beside.Cell("–", "–", False)
    page = as_(dung).get(reverse("report-consolidated", args=[district.public_id])).content.decode()
    ward = reporting.owed(people.NAM_SON)
    address = reverse("report-difference", args=[ward.public_id, "DS-01"])
    assert f'<a href="{address}">sổ: 4</a>' in page
    opened = as_(dung).get(address).content.decode()
    assert "Thêm 1: 1 trẻ ghi vào sổ sau" in opened and "Phạm Thị Mới" in opened
    counts = as_(people.son()).get(address).content.decode()  # the province: the causes as counts, no list
    assert "Thêm 1: 1 trẻ ghi vào sổ sau" in counts and "Phạm Thị Mới" not in counts


def test_a_small_sensitive_number_of_the_register_is_masked_beside_the_reports(district, dung):
    nam = Child.objects.get(full_name="Nguyễn Văn Nam")
    ward = people.unit(people.NAM_SON)
    factories.incident(
        ward, "abuse", children=[(nam, {"form": "violence"})], protected_file=factories.protected_file(nam, ward)
    )
    row = next(row for row in beside.comparison(district, dung)["rows"] if row["code"] == "XH-01")
    cells = {part.name: cell for part, cell in row["pairs"]}
    assert cells["Nam Sơn"].counted == beside.MASK and not cells["Nam Sơn"].differs and not cells["Nam Sơn"].open
    assert row["whole"].counted == beside.MASK
    report = Submission.objects.get(obligation__unit=ward).snapshot
    assert differences.causes(reporting.owed(people.NAM_SON), report, "XH-01", dung) is None


def test_a_returned_report_is_not_in_the_sum(an, phuc, dung):
    reporting.small_ward()
    answering.return_(submission=reporting.sent(an), by=phuc, reason="Thiếu")
    draft = drafts.load(drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung))
    assert draft.figures("DS-01").missing and draft.tables["PL1"]["rows"] == []


def test_what_the_district_did_itself_is_added(district):
    Activity.objects.create(unit=district.unit, held_on=date(2024, 3, 5), kind="forum", title="Diễn đàn trẻ em cấp quận")
    draft = drafts.load(drafting.begin(obligation=district, by=people.dung()))
    assert draft.figures("TG-04").numerator == 1
    assert "Diễn đàn trẻ em cấp quận" in draft.text("III.6")


def test_population_of_the_district_is_told_ward_by_ward(district):
    table = drafts.load(drafting.begin(obligation=district, by=people.dung())).tables["PL1"]
    assert [(row["name"], row["values"][0]) for row in table["rows"]] == [("Phường Nam Sơn", 3), ("Phường Văn Đẩu", 120)]
    assert (table["word"], table["total"][0]) == ("Phường", 123)


def test_the_district_signs_as_its_office_or_as_its_committee(district, dung):
    row = drafting.begin(obligation=district, by=dung)
    assert row.as_office
    row = drafting.save_text(submission=row, by=dung, version=row.version, as_office=False)
    row = drafting.present(submission=row, by=dung, version=row.version)
    row = signing.sign(submission=row, by=dung, version=row.version, **{**reporting.SIGNED, "issued_on": date(2024, 5, 12)})
    assert row.document.notation == "BC-UBND" and row.document.office is None
    assert answering.send(submission=row, by=dung).state == Submission.State.SENT


@pytest.mark.parametrize("wards", [0, 2])
def test_the_number_of_questions_does_not_grow_with_the_wards(an, dung, django_assert_max_num_queries, wards):
    reporting.small_ward()
    owed = reporting.owed(people.KIEN_AN)
    if wards:
        reporting.accepted(an)
    with django_assert_max_num_queries(45):
        beside.comparison(owed, dung)
    assert measures.SENSITIVE


def column(draft, table, mark):
    """The values of the row with that mark in a kept table."""
    return next(row["values"] for row in draft.tables[table]["rows"] if row["mark"] == mark)


def test_a_paper_report_with_totals_alone_leaves_no_row_that_does_not_add_up(district):
    """Nam Sơn: đầu kỳ 1, tăng 1, cuối kỳ 2. Văn Đẩu wrote only cuối kỳ 4: the sum is 6 and what led to it is not known."""
    draft = drafts.load(drafting.begin(obligation=district, by=people.dung()))
    start, more, less, end, girls, small, minority, helped, *_ = column(draft, "PL2", "")
    assert (start, more, less, end) == (None, None, None, 6)
    assert (girls, small, minority) == (None, None, None)
    assert helped == 4  # 1 of Nam Sơn, and 3 of 4 that the paper of Văn Đẩu tells
    assert column(draft, "PL2", "N04")[:4] == [1, 1, 0, 2]  # only Nam Sơn told groups, and its row adds up
    assert draft.tables["PL2"]["notes"] == ["Chỉ có tổng số, không có số chi tiết: Văn Đẩu."]


def test_boys_and_girls_are_not_printed_under_a_total_that_is_not_theirs(district):
    """123 children of two wards, boys and girls told by one: 2 + 1 would stand under 123."""
    draft = drafts.load(drafting.begin(obligation=district, by=people.dung()))
    total = draft.tables["PL1"]["total"]
    assert total[0] == 123 and total[1:] == [None] * 8
    assert "Chỉ có tổng số, không có số chi tiết: Văn Đẩu." in draft.tables["PL1"]["notes"]


def test_when_every_report_tells_everything_every_column_is_summed(an, dung):
    reporting.small_ward()
    reporting.accepted(an)
    draft = drafts.load(drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung))
    start, more, less, end, girls, small, minority, helped, *_ = column(draft, "PL2", "")
    assert start + more - less == end == 2 and (girls, helped) == (0, 1)
    assert draft.tables["PL1"]["total"][:3] == [3, 2, 1] and not draft.tables["PL2"]["notes"]
