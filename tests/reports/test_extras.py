"""Đề cương over three tiers: what the district adds is in the ward's draft, checked, frozen, printed and added up."""

from datetime import date as D
from decimal import Decimal

import pytest

from childcare.documents.models import StoredFile
from childcare.lib.refusal import Refusal
from reports import checks, documents, drafts, exporting, extras, freezing
from reports.actions import answering, drafting, on_behalf, outlines, signing
from reports.models import Obligation, Regime, SnapshotFigure
from reports.obligations import ensure_obligations
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())


@pytest.fixture
def outline(dung, an):
    """The district's outline for the half-year reports of its wards: one section, one number that is summed, one that is not."""
    row = outlines.issue(
        issuer=people.unit(people.KIEN_AN), by=dung, title="Đề cương 45", regime=Regime.objects.get(code="RG01"),
        since=D(2024, 4, 30),
    )  # fmt: skip
    outlines.add_section(outline=row, by=dung, title="Phòng, chống bắt nạt trên mạng", hint="Nêu rõ số trường đã làm.")
    outlines.add_item(outline=row, by=dung, name="Lớp dạy bơi", measure="lớp", summed=True)
    outlines.add_item(outline=row, by=dung, name="Trường có tư vấn tâm lý", measure="%", summed=False)
    return row


def codes(outline):
    return [item.code for item in outline.items.order_by("pk")]


def filled(by, numbers, code=people.NAM_SON, text="Đã phổ biến ở 2 trường."):
    """A draft of a ward with what it typed."""
    row = drafting.begin(obligation=reporting.owed(code), by=by)
    section = drafts.load(row).added[0]["key"]
    return drafting.save_text(submission=row, by=by, version=row.version, texts={section: text}, numbers=numbers)


def test_the_ward_sees_what_is_new_types_it_and_it_is_frozen_and_printed(outline, an, phuc):
    reporting.small_ward()
    swim, advice = codes(outline)
    row = filled(an, {swim: "3", advice: "62,5"})
    draft = drafts.load(row)
    assert [(line["name"], line["now"], line["new"]) for line in extras.lines(draft)] == [
        ("Lớp dạy bơi", "3", True), ("Trường có tư vấn tâm lý", "62,5", True),
    ]  # fmt: skip
    added = next(section for section in draft.layout if section.key == draft.added[0]["key"])
    assert added.heading == "10. Phòng, chống bắt nạt trên mạng" and draft.added[0]["new"]
    drafting.refresh(submission=row, by=an)
    assert drafts.load(drafting.locked(row)).figures(advice).numerator == Decimal("62.5")  # counting again forgets nothing
    row.refresh_from_db()
    shown = drafting.present(submission=row, by=an, version=row.version)
    assert SnapshotFigure.objects.get(snapshot=shown.snapshot, code=swim).numerator == 3 and freezing.verify(shown.snapshot)
    outlines.drop(row=outline.items.first(), by=people.dung())  # whatever the issuer does now
    printed = documents.of_submission(shown)
    annex = next(annex for annex in printed.annexes if annex.title == "Chỉ tiêu bổ sung")
    assert list(annex.blocks[0].rows[0][1:5]) == ["Lớp dạy bơi", "lớp", "3", "–"]
    said = [getattr(block, "text", "") for block in printed.blocks]
    assert "10. Phòng, chống bắt nạt trên mạng" in said and "Đã phổ biến ở 2 trường." in said
    assert b"62.5" in exporting.as_json(shown, printed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("nhiều", "không phải là số"), ("-3", "từ 0 trở lên"), ("120", "không được lớn hơn 100%")],
    ids=["words", "negative", "percent"],
)
def test_what_is_no_such_number_is_kept_said_and_not_signed(outline, an, typed, sentence):
    reporting.small_ward()
    row = filled(an, {codes(outline)[1]: typed})
    draft = drafts.load(row)
    assert extras.lines(draft)[1]["typed"] == typed and sentence in extras.lines(draft)[1]["wrong"]
    assert any(sentence in warning.sentence for warning in checks.warnings(draft))
    assert any("“Lớp dạy bơi” chưa nhập" in warning.sentence for warning in checks.warnings(draft))
    with pytest.raises(Refusal, match=sentence):
        drafting.present(submission=row, by=an, version=row.version)


def test_the_district_adds_up_what_is_summed_the_province_adds_on_and_the_rest_stands_side_by_side(
    outline, an, chi, dung, phuc, son
):
    reporting.small_ward()
    swim, advice = codes(outline)
    row = filled(an, {swim: "3", advice: "50"})
    row = drafting.present(submission=row, by=an, version=row.version)
    row = signing.sign(submission=row, by=an, version=row.version, scan=reporting.PDF, **reporting.SIGNED)
    answering.accept(submission=answering.send(submission=row, by=an), by=phuc)
    paper = reporting.owed(people.VAN_DAU)
    asked = [line | {"typed": "4" if line["code"] == swim else "70"} for line in extras.rows_of(paper)[1]]
    on_behalf.enter(
        obligation=paper,
        by=dung,
        received_on=people.TODAY,
        content={"multipliers": {}, "asked": asked, "figures": {"DS-01": (Decimal(5), None)}},
    )
    upper = reporting.owed(people.KIEN_AN)
    mine = drafting.begin(obligation=upper, by=dung)
    draft = drafts.load(mine)
    assert draft.figures(swim).numerator == 7 and draft.figures(swim).note == "2/10 đơn vị có số liệu"
    assert draft.figures(advice).missing  # 50 and 70 of 100 are never added, nor their mean made
    table = next(section for section in draft.parts["sections"] if section["title"] == "Chỉ tiêu bổ sung")
    assert [cell for cell in table["rows"][1]["cells"] if cell != "–"] == ["50", "70"] and table["rows"][0]["total"] == "7"
    assert not [sentence for sentence in extras.doubts(draft) if "chưa nhập" in sentence]
    mine = drafting.present(submission=mine, by=dung, version=mine.version)
    values = {**reporting.SIGNED, "signer_lines": ["TRƯỞNG PHÒNG"]}
    mine = signing.sign(submission=mine, by=dung, version=mine.version, scan=reporting.PDF, **values)
    answering.send(submission=mine, by=dung)
    assert SnapshotFigure.objects.get(snapshot=mine.snapshot, code=swim).numerator == 7


def test_the_next_period_shows_the_number_before_and_only_what_came_since_is_new(outline, an, dung):
    reporting.small_ward()
    swim, advice = codes(outline)
    Regime.objects.filter(code="RG01").update(active=False)
    month = Regime.objects.create(
        code="DP0001", name="Báo cáo tháng", report_kind="PERIODIC_M", every="month", from_kinds=["commune"], to_kind="district",
        due_rule="before", due_day=10, evidence="text", reminder_days=[],
    )  # fmt: skip
    outline.regime, outline.since = month, D(2024, 1, 1)
    outline.save()
    ensure_obligations(2024)
    rows = {row.period: row for row in Obligation.objects.filter(regime=month, unit__code=people.NAM_SON).select_related(
        "unit__parent", "to_unit", "regime")}  # fmt: skip
    first = drafting.begin(obligation=rows["2024-01"], by=an)
    drafting.save_text(submission=first, by=an, version=first.version, numbers={swim: "40"})
    outlines.add_item(outline=outline, by=dung, name="Áo phao đã cấp", measure="chiếc", summed=True)
    second = drafting.begin(obligation=rows["2024-02"], by=an)
    drafting.save_text(submission=second, by=an, version=second.version, numbers={swim: "4"})
    draft = drafts.load(drafting.locked(second))
    assert [(line["name"], line["new"], line["before"]) for line in extras.lines(draft)] == [
        ("Lớp dạy bơi", False, "40"), ("Trường có tư vấn tâm lý", False, ""), ("Áo phao đã cấp", True, ""),
    ]  # fmt: skip
    assert "Lớp dạy bơi giảm mạnh so với kỳ trước: 40 → 4 lớp." in list(extras.doubts(draft))
    assert drafts.changed_since(drafting.locked(first)) == [drafts.OUTLINE_CHANGED]  # January is asked for it as well
    assert drafts.changed_since(drafting.locked(second)) == []


def test_an_outline_holds_for_its_issuer_its_regime_and_its_periods_alone(outline, an, dung, chi):
    reporting.small_ward()
    half = reporting.owed()
    assert [row.pk for row in extras.wanted(half).outlines] == [outline.pk]
    year = reporting.owed(period="2024", regime="RG02")
    assert not extras.wanted(year).outlines and not extras.wanted(reporting.owed(people.KIEN_AN)).outlines
    outline.since = D(2024, 5, 1)
    outline.save()
    assert not extras.wanted(half).outlines
    outline.since, outline.until = D(2024, 4, 30), D(2024, 5, 1)
    outline.save()
    assert extras.wanted(half).outlines
    outlines.stop(outline=outline, by=dung)
    assert not extras.wanted(half).outlines
    with pytest.raises(Refusal, match="thôi dùng"):
        outlines.add_item(outline=outline, by=dung, name="A", measure="lớp", summed=True)


def test_a_double_click_adds_nothing_and_the_file_is_kept_without_what_acts(outline, dung):
    same = {"outline": outline, "by": dung, "name": "Lớp  dạy bơi", "measure": "lớp"}
    outlines.add_item(**same, summed=True)
    assert outline.items.count() == 2
    with pytest.raises(Refusal, match="cùng tên"):
        outlines.add_item(**same, summed=False)
    with pytest.raises(Refusal):
        outlines.attach(outline=outline, by=dung, file=b"MZ program", file_name="de-cuong.exe")
    assert not StoredFile.objects.filter(name__startswith="de-cuong").exists()
