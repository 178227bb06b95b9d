"""A whole report on paper: typed, kept, shown again, summed up; figures by hand."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports import drafts, paper
from reports.actions import drafting, signing
from reports.forms_paper import PaperForm, initial_of
from reports.models import Obligation
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
GROUP = "HC-01|group=N04"


@pytest.fixture(autouse=True)
def small_ward(db, monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def boxes(obligation, typed):
    """{name of the box: text} for {figure key: text}."""
    names = {key: name for grid in paper.grids(obligation, {}) if not grid.own for name, _, _, key in grid.cells()}
    return {names[key]: text for key, text in typed.items()}


def pl2(row):
    return {one["mark"]: one["values"] for one in drafts.load(row).tables["PL2"]["rows"]}


FLOWS = {
    "HC-32|group=N04&flow=start": "5", "HC-32|group=N04&flow=in": "3", "HC-32|group=N04&flow=out": "1", GROUP: "7",
    "HC-01|group=N04&sex=f": "2", "HC-03|group=N04": "6",
}  # fmt: skip


def test_every_row_is_typed_kept_and_offered_again_and_the_district_adds_it_up(as_, an, dung):
    reporting.accepted(an)  # Nam Sơn: Nam since 2023, Minh new, disabled both, one helped
    owed = reporting.owed(people.VAN_DAU)
    data = boxes(owed, FLOWS) | {
        "received_on": "2/5/2024", "number": "9", "n_DS-01": "1.200", "n_HC-01": "7", "d_DS-02": "5.000", "t_VII": "Đề nghị tập huấn.",
        "g_PL3_0_0": "12", "g_PL3_0_1": "10", "g_PL3_0_2": "5.000.000", "s_PL3_0": "Ngân sách phường",
        "paper": SimpleUploadedFile("a.pdf", reporting.PDF),
    }  # fmt: skip
    assert as_(dung).post(reverse("report-on-behalf", args=[owed.public_id]), data).status_code == 302
    row = owed.submissions.get()
    draft = drafts.load(row)
    assert pl2(row)["N04"][:8] == [5, 3, 1, 7, 2, None, None, 6] and draft.figures("DS-02").text == "1.200/5.000 (24,0%)"
    assert draft.tables["PL3"]["rows"][0]["values"] == [12, 10, 5_000_000, "Ngân sách phường"]
    assert row.snapshot.figures.get(code="HC-32", breakdown="group=N04&flow=in").numerator == 3
    page = as_(people.chi()).get(reverse("report", args=[owed.public_id])).content.decode()
    assert "Đề nghị tập huấn." in page and "1.200/5.000 (24,0%)" in page and "Mục này còn trống" not in page
    again = initial_of(draft, owed)  # what the form begins with when it is typed again
    assert again["n_DS-01"] == 1200 and {name: str(again[name]) for name in boxes(owed, FLOWS)} == boxes(owed, FLOWS)
    assert again["s_PL3_0"] == "Ngân sách phường" and again["t_VII"] == "Đề nghị tập huấn."
    whole = pl2(drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung))["N04"]
    assert whole[:4] == [6, 4, 1, 9] and whole[7] == 7  # 1 + 5, 1 + 3, 0 + 1, 2 + 7; helped 1 + 6
    assert whole[0] + whole[1] - whole[2] == whole[3]


def test_a_paper_with_the_closing_number_alone_leaves_no_row_that_does_not_add_up(as_, an, dung):
    reporting.accepted(an)
    owed = reporting.owed(people.VAN_DAU)
    data = boxes(owed, {GROUP: "5"}) | {"received_on": "2/5/2024", "n_HC-01": "5"}
    as_(dung).post(reverse("report-on-behalf", args=[owed.public_id]), data)
    draft = drafts.load(drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung))
    rows = {one["mark"]: one["values"] for one in draft.tables["PL2"]["rows"]}
    assert rows["N04"][:4] == [None, None, None, 7] and rows[""][:4] == [None, None, None, 7]
    assert "tăng" not in draft.text("III.4.a").split("cùng kỳ")[-1] and "1 + 1" not in draft.text("III.4.a")
    assert "Chỉ có tổng số, không có số chi tiết: Văn Đẩu." in draft.tables["PL2"]["notes"]


def test_a_hamlet_and_a_school_are_typed_by_the_ward_with_their_own_tables(as_, an, small_ward):
    reporting.owed()
    owed = Obligation.objects.get(unit__parent=small_ward, unit__name="Tổ dân phố 2", regime__code="RG17")
    page = as_(an).get(reverse("report-on-behalf", args=[owed.public_id])).content.decode()
    assert "PL2. Trẻ em có hoàn cảnh đặc biệt" in page and "theo đơn vị" not in page  # a hamlet has no parts
    as_(an).post(reverse("report-on-behalf", args=[owed.public_id]), {"received_on": "2/5/2024", **boxes(owed, FLOWS)})
    assert pl2(owed.submissions.get())["N04"][:4] == [5, 3, 1, 7]


def test_what_is_wrong_is_said_beside_the_box_and_nothing_typed_is_lost(as_, dung):
    owed = reporting.owed()
    form = PaperForm({name: "9" * 30 for name in PaperForm(obligation=owed).fields}, obligation=owed)
    assert form.errors["g_PL2_3_0"] == form.errors["n_DS-01"] == ["Số này không được lớn hơn 99.999.999.999."]
    page = as_(dung).post(
        reverse("report-on-behalf", args=[owed.public_id]), {"received_on": "2/5/2024", "n_HC-04": "5", "d_HC-04": "4", "g_PL2_3_0": "x"}
    ).content.decode()  # fmt: skip
    assert "không được lớn hơn 4" in page and 'name="g_PL2_3_0" value="x"' in page


def test_the_words_of_a_paper_report_can_be_taken_upwards(as_, dung, small_ward):
    owed = reporting.owed(people.VAN_DAU)
    as_(dung).post(
        reverse("report-on-behalf", args=[owed.public_id]),
        {"received_on": "2/5/2024", "n_DS-01": "9", "t_V": "Thiếu sân chơi."},
    )
    district = drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung)
    assert (
        "Thiếu sân chơi." in as_(dung).get(reverse("report-words-below", args=[district.obligation.public_id])).content.decode()
    )


def test_the_end_of_a_group_is_the_end_of_its_flow():
    figures = paper.figures_from({GROUP: (Decimal(7), None)}, {})
    assert figures("HC-32", "group=N04&flow=end").numerator == 7
    assert figures("HC-32", "flow=end").missing
