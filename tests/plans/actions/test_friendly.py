"""From the first points to the decision: every step, who may not, what is refused, what stays."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfWriter

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from plans import friendly_table
from plans.actions import friendly
from plans.models import Criterion, CriterionPart, Evaluation, FriendlyThreshold, PartScore, Standard
from tests import people
from tests.plans import friendly_worlds as worlds

pytestmark = pytest.mark.django_db


def test_what_is_known_of_the_table_and_what_is_not():
    standard = Standard.objects.get()
    points = {
        row.number: friendly.friendly.most_of(list(row.parts.all())) for row in standard.criteria.prefetch_related("parts")
    }
    assert len(points) == 13
    assert {number: most for number, most in points.items() if most} == {1: 100, 6: 125, 7: 50}
    assert CriterionPart.objects.get(criterion__number=1, position=4).evidence == "unverified"
    assert dict(FriendlyThreshold.objects.values_list("code", "points")) == {"ward": 900, "other": 850, "remote": 800}


def test_a_criterion_without_points_cannot_be_scored_and_the_evaluation_says_why(an):
    row = worlds.begun()
    assert friendly.result_of(row).unloaded == [2, 3, 4, 5, 8, 9, 10, 11, 12, 13]
    empty = CriterionPart.objects.create(criterion=Criterion.objects.get(number=2), position=1, text="Chưa rõ")
    with pytest.raises(Refusal, match="Chưa nạp điểm"):
        friendly.score(
            evaluation=row, criterion=empty.criterion, by=an, version=row.version, given={empty: {"points": Decimal(5)}}
        )
    with pytest.raises(Refusal, match="chưa được nạp"):
        friendly.hold_council(evaluation=row, by=an, version=row.version, **worlds.COUNCIL)


def test_points_are_given_taken_back_and_never_beyond_the_most(an):
    row = worlds.begun()
    part = CriterionPart.objects.get(criterion__number=7)
    seven = part.criterion
    row = friendly.score(
        evaluation=row,
        criterion=seven,
        by=an,
        version=row.version,
        given={part: {"points": Decimal("49.5"), "source": "Trạm y tế"}},
    )
    kept = PartScore.objects.get()
    assert (kept.points, kept.most, kept.source, kept.scored_by) == (Decimal("49.5"), 50, "Trạm y tế", an)
    with pytest.raises(Refusal, match="một chữ số"):
        friendly.score(evaluation=row, criterion=seven, by=an, version=row.version, given={part: {"points": Decimal("49.55")}})
    for wrong in (Decimal("50.1"), Decimal(-1)):
        with pytest.raises(Refusal, match="từ 0 đến 50"):
            friendly.score(evaluation=row, criterion=seven, by=an, version=row.version, given={part: {"points": wrong}})
    friendly.score(evaluation=row, criterion=seven, by=an, version=row.version, given={part: {"points": None}})
    assert not PartScore.objects.exists()


def test_of_two_who_score_at_once_the_second_looks_again(an):
    row = worlds.begun()
    part = CriterionPart.objects.get(criterion__number=7)
    given = {part: {"points": Decimal(10)}}
    friendly.score(evaluation=row, criterion=part.criterion, by=an, version=row.version, given=given)
    with pytest.raises(Refusal, match="người khác sửa"):
        friendly.score(evaluation=row, criterion=part.criterion, by=an, version=row.version, given=given)


def test_one_evaluation_a_year_and_only_of_a_commune(an, dung):
    worlds.begun()
    with pytest.raises(Refusal, match="đã có bản tự chấm năm 2024"):
        worlds.begun()
    worlds.begun(year=2022)
    with pytest.raises(Refusal, match="Chỉ xã, phường"):
        worlds.begun(by=dung, code=people.KIEN_AN)


def test_the_whole_way_to_the_recognition(an, dung):
    row = worlds.submitted()
    assert friendly.result_of(row).total == 1000
    done = friendly.decide(
        evaluation=row, by=dung, version=row.version, recognised=True, decision="1234/QĐ-UBND", decided_on=date(2024, 5, 2)
    )
    assert (done.state, done.decision, done.decided_by) == ("recognised", "1234/QĐ-UBND", dung)
    told = [entry.action for entry in Entry.objects.filter(action__startswith="friendly.").order_by("pk")]
    assert told[0] == "friendly.begun" and told[-3:] == ["friendly.council_held", "friendly.submitted", "friendly.decided"]
    with pytest.raises(Refusal, match="Được công nhận"):
        friendly.submit(evaluation=done, by=an, version=done.version)


def test_below_the_total_or_with_a_zero_nobody_can_recognise(dung):
    row = worlds.submitted(share=0.8)
    decision = {"by": dung, "decision": "1/QĐ", "decided_on": date(2024, 5, 2)}
    with pytest.raises(Refusal, match="Không công nhận được. Chưa đạt: tổng 800 điểm, yêu cầu ít nhất 900"):
        friendly.decide(evaluation=row, version=row.version, recognised=True, **decision)
    with pytest.raises(Refusal, match="vì sao"):
        friendly.decide(evaluation=row, version=row.version, recognised=False, **decision)
    done = friendly.decide(evaluation=row, version=row.version, recognised=False, remark="Thiếu 100 điểm", **decision)
    assert done.state == "refused"


def test_the_same_points_pass_where_less_is_wanted(dung):
    assert friendly.result_of(worlds.submitted(share=0.8, threshold="remote")).passed
    assert not friendly.result_of(worlds.submitted(share=0.8, code=people.VAN_DAU, by=people.chi())).passed


def test_a_council_meets_only_over_points_that_say_where_they_come_from(an):
    row = worlds.scored(source="")
    with pytest.raises(Refusal, match="chưa ghi nguồn"):
        friendly.hold_council(evaluation=row, by=an, version=row.version, **worlds.COUNCIL)


def test_the_council_may_open_the_scoring_again_and_the_district_give_it_back(an, dung):
    row = worlds.met()
    row = friendly.back_to_scoring(evaluation=row, by=an, version=row.version)
    row = friendly.hold_council(evaluation=row, by=an, version=row.version, **worlds.COUNCIL)
    row = friendly.submit(evaluation=row, by=an, version=row.version)
    with pytest.raises(Refusal, match="cần bổ sung gì"):
        friendly.give_back(evaluation=row, by=dung, version=row.version, remark=" ")
    row = friendly.give_back(evaluation=row, by=dung, version=row.version, remark="Bổ sung phiếu khảo sát")
    assert (row.state, row.remark) == ("scoring", "Bổ sung phiếu khảo sát")


def test_what_was_scored_stays_when_the_table_is_corrected_later(an, quan):
    row = worlds.submitted()
    part = CriterionPart.objects.get(criterion__number=7)
    friendly.correct_part(
        part=part,
        by=quan,
        version=part.version,
        text="Khác",
        max_points=Decimal(10),
        steps=[],
        indicator="",
        verified=True,
        note="",
    )
    CriterionPart.objects.create(criterion=part.criterion, position=2, text="Mục mới", max_points=40)
    result = friendly.result_of(worlds.fresh(row))
    assert result.total == 1000 and result.complete


def test_an_older_page_does_not_overwrite_a_correction(quan):
    part = CriterionPart.objects.get(criterion__number=7)
    values = {"by": quan, "text": "x", "max_points": Decimal(10), "indicator": "", "verified": False, "note": ""}
    with pytest.raises(Refusal, match="cao hơn điểm tối đa"):
        friendly.correct_part(part=part, version=part.version, steps=[[98, 50]], **values)
    friendly.correct_part(part=part, version=part.version, steps=[], **values)
    with pytest.raises(Refusal, match="người khác sửa"):
        friendly.correct_part(part=part, version=part.version, steps=[], **values)


def a_pdf():
    """A page with nothing on it."""
    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.write(out)
    return out.getvalue()


def test_a_paper_is_kept_made_harmless_and_voided_for_everybody(an):
    row = worlds.begun()
    seven = Criterion.objects.get(number=7)
    paper = friendly.keep_paper(evaluation=row, criterion=seven, by=an, title="Báo cáo tiêm chủng", name="a.pdf", data=a_pdf())
    assert paper.file.content_type == "application/pdf"
    with pytest.raises(Refusal):
        friendly.keep_paper(evaluation=row, criterion=seven, by=an, title="x", name="a.exe", data=b"MZ")
    friendly.void_paper(paper=paper, by=an)
    paper.refresh_from_db()
    assert paper.voided_at


# the table as a file


def test_the_table_goes_out_and_comes_back_as_it_was(quan):
    standard = Standard.objects.get()
    before = list(
        CriterionPart.objects.order_by("pk").values("pk", "text", "max_points", "steps", "indicator", "evidence", "note")
    )
    codes = dict(Criterion.objects.values_list("number", "indicators"))
    friendly_table.take_in(standard=standard, data=friendly_table.as_csv(standard), by=quan)
    after = list(
        CriterionPart.objects.order_by("pk").values("pk", "text", "max_points", "steps", "indicator", "evidence", "note")
    )
    assert after == before and dict(Criterion.objects.values_list("number", "indicators")) == codes


def test_an_administrator_fills_the_table_in_excel_and_the_criterion_can_be_scored(an, quan):
    standard = Standard.objects.get()
    text = friendly_table.as_csv(standard).decode("utf-8-sig").replace(
        "2;Trẻ em được khai sinh đúng quy định;;;;DS-13;;;", "2;Trẻ em được khai sinh đúng quy định;1;Tỷ lệ khai sinh;80;DS-13;\"98:80; 95,5:60\";x;"
    )  # fmt: skip
    assert friendly_table.take_in(standard=standard, data=text.encode(), by=quan) == 8
    part = CriterionPart.objects.get(criterion__number=2)
    assert (part.max_points, part.steps, part.evidence, part.indicator) == (80, [[98, 80], [95.5, 60]], "text", "DS-13")
    assert 2 not in friendly.result_of(worlds.begun()).unloaded


HEAD = "Tiêu chí;Tên tiêu chí;Mục;Nội dung;Điểm tối đa;Chỉ tiêu;Nấc điểm;Đã đối chiếu;Ghi chú\n"


@pytest.mark.parametrize(
    "rows, sentence",
    [
        ("x;Tên;1;Nội dung;5;;;;", "Dòng 2: cột “Tiêu chí”"),
        ("1;Tên;1;Nội dung;năm;;;;", "Dòng 2: điểm phải là số"),
        ("1;Tên;1;Nội dung;5;;98:9;;", "Dòng 2: nấc điểm cao hơn"),
        ("1;Tên;1;Nội dung;5;;98;;", "Dòng 2: Không đọc được nấc"),
        ("1;Tên;;Nội dung;5;;;;", "Dòng 2: có điểm thì phải có số thứ tự"),
        ("1;Tên;1;A;5;;;;\n1;Tên;1;B;5;;;;", "Dòng 3: tiêu chí 1 mục 1 có hai lần"),
        ("", "Tệp không có dòng nào"),
    ],
    ids=["number", "points", "step", "colon", "part", "twice", "empty"],
)
def test_a_fault_is_told_with_its_line_and_nothing_is_changed(quan, rows, sentence):
    before = CriterionPart.objects.count()
    with pytest.raises(Refusal, match=sentence):
        friendly_table.take_in(standard=Standard.objects.get(), data=(HEAD + rows).encode(), by=quan)
    assert CriterionPart.objects.count() == before


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"a;b\n", b"x" * (1024 * 1024 + 1)], ids=["not text", "no heads", "huge"])
def test_what_is_no_table_is_refused(quan, data):
    with pytest.raises(Refusal):
        friendly_table.take_in(standard=Standard.objects.get(), data=data, by=quan)


def test_a_part_that_somebody_scored_is_not_dropped_by_a_file(an, quan):
    worlds.scored()
    with pytest.raises(Refusal, match="đã có xã, phường chấm điểm"):
        friendly_table.take_in(standard=Standard.objects.get(), data=(HEAD + "1;Tên;1;Nội dung;5;;;;").encode(), by=quan)
    assert Evaluation.objects.count() == 1 and Criterion.objects.count() == 13


def test_loading_again_leaves_corrections_alone(quan):
    CriterionPart.objects.filter(criterion__number=7).update(max_points=60)
    friendly_table.load_friendly()
    assert CriterionPart.objects.get(criterion__number=7).max_points == 60
