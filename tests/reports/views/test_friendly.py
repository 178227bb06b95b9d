"""Pages of xã, phường phù hợp với trẻ em: three people, the district's table, figures beside points, papers, the measure."""

from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from childcare.audit.models import Entry
from plans.models import Criterion, CriterionPart, Evaluation, EvaluationPaper, FriendlyThreshold, PartScore, Standard
from reports import measures
from tests import people
from tests.plans import friendly_worlds as worlds
from tests.reports import reporting

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def page(client, name, row, *more):
    return client.get(reverse(name, args=[row.public_id, *more]))


def printed(response):
    with pdfplumber.open(BytesIO(response.content)) as pdf:
        return " ".join((sheet.extract_text() or "") for sheet in pdf.pages)


def test_an_begins_and_sees_thirteen_criteria_of_which_ten_cannot_be_scored(as_, an, ward):
    ward_points = FriendlyThreshold.objects.get(code="ward")
    posted = {"unit": str(ward.public_id), "year": "2024", "threshold": str(ward_points.public_id)}
    response = as_(an).post(reverse("friendly-begin"), posted)
    row = Evaluation.objects.get()
    assert response.url == reverse("friendly", args=[row.public_id])
    shown = text(as_(an).get(response.url))
    assert shown.count("Chưa nạp điểm của tiêu chí này từ bản gốc") == 10
    assert "Chưa chấm được: bảng điểm của tiêu chí 2, 3" in shown
    again = text(as_(an).post(reverse("friendly-begin"), posted))
    assert "đã có bản tự chấm năm 2024" in again


def test_a_criterion_without_points_has_no_form(as_, an):
    row = worlds.begun()
    assert page(as_(an), "friendly-score", row, 2).status_code == 404
    assert page(as_(an), "friendly-score", row, 7).status_code == 200


def test_the_figure_stands_beside_the_points_and_the_points_are_the_officers(as_, an):
    reporting.small_ward()  # Nam is helped, Minh is not: HC-04 = 1/2
    row = worlds.begun()
    first, second = CriterionPart.objects.filter(criterion__number=6).order_by("position")
    shown = text(page(as_(an), "friendly-score", row, 6))
    assert "50,0% (1/2)" in shown and "nấc điểm thấp hơn chưa được nạp" in shown
    posted = {
        "version": row.version, f"points-{first.pk}": "30", f"source-{first.pk}": "Sổ theo dõi", f"note-{first.pk}": "",
        f"points-{second.pk}": "", f"source-{second.pk}": "", f"note-{second.pk}": "",
    }  # fmt: skip
    response = as_(an).post(reverse("friendly-score", args=[row.public_id, 6]), posted)
    assert response.status_code == 302
    score = PartScore.objects.get()
    assert (score.points, score.source, score.figure) == (30, "Sổ theo dõi", "HC-04: 50,0% (1/2)")


def test_wrong_points_are_said_and_what_was_typed_stays(as_, an):
    row = worlds.begun()
    part = CriterionPart.objects.get(criterion__number=7)
    posted = {"version": row.version, f"points-{part.pk}": "51", f"source-{part.pk}": "Trạm y tế phường", f"note-{part.pk}": ""}
    shown = text(as_(an).post(reverse("friendly-score", args=[row.public_id, 7]), posted))
    assert "không được lớn hơn 50" in shown and "Trạm y tế phường" in shown and not PartScore.objects.exists()


def test_bình_and_chi_see_nothing_and_the_district_only_what_was_submitted(as_, an, binh, chi, dung):
    row = worlds.begun()
    assert page(as_(binh), "friendly", row).status_code == 403
    assert page(as_(chi), "friendly", row).status_code == 404
    assert page(as_(dung), "friendly", row).status_code == 404
    table = text(as_(dung).get(reverse("friendly-list")))
    assert "Phường Nam Sơn" in table and "Chưa trình" in table and "Đang tự chấm" not in table


def test_the_district_decides_and_the_ward_does_not(as_, an, chi, dung):
    row = worlds.submitted()
    assert page(as_(dung), "friendly", row).status_code == 200
    assert page(as_(an), "friendly-decide", row).status_code == 404  # nobody decides on his own
    assert page(as_(chi), "friendly-decide", row).status_code == 404
    posted = {"recognised": "yes", "decision": "1234/QĐ-UBND", "decided_on": "02/05/2024", "remark": "", "version": row.version}
    response = as_(dung).post(reverse("friendly-decide", args=[row.public_id]), posted)
    assert response.status_code == 302 and worlds.fresh(row).state == "recognised"
    assert "1234/QĐ-UBND, 02/05/2024" in text(as_(dung).get(reverse("friendly-list")))


def test_a_refusal_stands_in_the_form(as_, dung):
    row = worlds.submitted(share=0.8)
    posted = {"recognised": "yes", "decision": "1/QĐ", "decided_on": "02/05/2024", "remark": "", "version": row.version}
    shown = text(as_(dung).post(reverse("friendly-decide", args=[row.public_id]), posted))
    assert "Không công nhận được" in shown and "1/QĐ" in shown and worlds.fresh(row).state == "submitted"


def test_council_submit_and_back_over_the_pages(as_, an, dung):
    row = worlds.scored()
    posted = {"held_on": "25/04/2024", "chair": "Phạm Thị Lan", "secretary": "Nguyễn Thị An", "members": "Trần Văn Tư", "opinions": "",
              "version": row.version}  # fmt: skip
    as_(an).post(reverse("friendly-council", args=[row.public_id]), posted)
    row = worlds.fresh(row)
    as_(an).post(reverse("friendly-submit", args=[row.public_id]), {"version": row.version})
    row = worlds.fresh(row)
    assert row.state == "submitted"
    as_(dung).post(reverse("friendly-give-back", args=[row.public_id]), {"remark": "Thiếu khảo sát", "version": row.version})
    assert "Thiếu khảo sát" in text(page(as_(an), "friendly", row))


def test_a_paper_opens_for_who_may_see_the_evaluation_and_for_nobody_once_voided(as_, an, chi, dung):
    row = worlds.begun()
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4 no page")
    shown = as_(an).post(reverse("friendly-paper-add", args=[row.public_id, 7]), {"title": "Báo cáo", "file": file})
    assert "Không đọc được tệp PDF" in text(shown)
    picture = BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    file = SimpleUploadedFile("a.png", picture.getvalue())
    as_(an).post(reverse("friendly-paper-add", args=[row.public_id, 7]), {"title": "Báo cáo tiêm chủng", "file": file})
    paper = EvaluationPaper.objects.get()
    assert page(as_(an), "friendly-paper", paper).status_code == 200
    assert page(as_(chi), "friendly-paper", paper).status_code == 404
    assert page(as_(dung), "friendly-paper", paper).status_code == 404
    assert as_(chi).post(reverse("friendly-paper-void", args=[paper.public_id])).status_code == 404
    as_(an).post(reverse("friendly-paper-void", args=[paper.public_id]))
    assert page(as_(an), "friendly-paper", paper).status_code == 404
    assert Entry.objects.filter(action="friendly.paper_opened").count() == 1


def test_the_minutes_say_every_criterion_the_total_and_the_conclusion(as_, an, chi):
    row = worlds.met()
    said = printed(page(as_(an), "friendly-minutes", row, "pdf"))
    assert "BIÊN BẢN" in said and "Trần Văn Tư, Công an phường" in said
    for criterion in Criterion.objects.all():
        assert criterion.name.split(" ")[0] in said
    assert "1.000" in said and "Đạt: tổng 1.000 điểm" in said.replace("\n", " ")
    assert page(as_(an), "friendly-minutes", row, "docx").content[:2] == b"PK"
    assert page(as_(chi), "friendly-minutes", row, "pdf").status_code == 404
    assert page(as_(an), "friendly-minutes", worlds.begun(year=2022), "pdf").status_code == 404


def test_the_list_of_the_recognised_counts_all_wards(as_, an, dung):
    worlds.recognised()
    said = printed(as_(dung).get(reverse("friendly-recognised", args=[2024, "pdf"])))
    assert "Phường Nam Sơn" in said and "1234/QĐ-UBND" in said and "Được công nhận: 1/10 phường" in said
    assert as_(an).get(reverse("friendly-recognised", args=[2024, "pdf"])).status_code == 404


def test_the_table_of_the_district_asks_few_questions(as_, dung, django_assert_num_queries, django_assert_max_num_queries):
    worlds.submitted()
    with django_assert_max_num_queries(30) as asked:
        as_(dung).get(reverse("friendly-list"))
    worlds.submitted(code=people.VAN_DAU, by=people.chi())
    with django_assert_num_queries(len(asked)):
        as_(dung).get(reverse("friendly-list"))


# the table of criteria


def test_everybody_reads_the_table_and_an_administrator_corrects_it(as_, an, quan):
    shown = text(as_(an).get(reverse("friendly-criteria")))
    assert shown.count("chưa nạp") >= 10 and "chưa đối chiếu văn bản" in shown and "Nạp bảng điểm" not in shown
    part = CriterionPart.objects.get(criterion__number=1, position=4)
    address = reverse("criterion-part", args=[part.public_id])
    assert as_(an).get(address).status_code == 403
    posted = {
        "text": part.text,
        "max_points": "20",
        "steps": "",
        "indicator": "",
        "verified": "on",
        "note": "",
        "version": part.version,
    }
    assert as_(quan).post(address, posted).status_code == 302
    part.refresh_from_db()
    assert part.evidence == "text"


def test_an_administrator_loads_the_table_and_nobody_else(as_, an, quan):
    data = as_(quan).get(reverse("friendly-criteria-file")).content
    assert as_(an).get(reverse("friendly-criteria-file")).status_code == 403
    as_(an).post(reverse("friendly-criteria"), {"file": SimpleUploadedFile("b.csv", b"x")})
    assert not Entry.objects.filter(action="friendly.table_loaded").exists()
    response = as_(quan).post(reverse("friendly-criteria"), {"file": SimpleUploadedFile("b.csv", data)})
    assert response.status_code == 302 and Entry.objects.filter(action="friendly.table_loaded").exists()


def test_an_administrator_types_a_part_from_the_original_and_the_criterion_can_be_scored(as_, an, quan):
    where = reverse("criterion-part-add", args=[2])
    assert as_(an).get(where).status_code == 403 and as_(quan).get(reverse("criterion-part-add", args=[99])).status_code == 404
    assert where in text(as_(quan).get(reverse("friendly-criteria")))
    assert where not in text(as_(an).get(reverse("friendly-criteria")))
    typed = {"text": "Trẻ em được khai sinh đúng hạn", "max_points": "50", "steps": "98:50; 95:60", "verified": "on"}
    assert "cao hơn điểm tối đa" in text(as_(quan).post(where, typed))
    as_(quan).post(where, {**typed, "steps": "98:50; 95:40"})
    part = CriterionPart.objects.get(criterion__number=2)
    assert (part.position, part.max_points, part.steps, part.evidence) == (1, 50, [[98, 50], [95, 40]], "text")
    as_(quan).post(where, {**typed, "steps": "", "max_points": ""})
    assert list(CriterionPart.objects.filter(criterion__number=2).values_list("position", flat=True)) == [1, 2]
    assert "4/13 tiêu chí" not in text(as_(quan).get(reverse("friendly-criteria")))  # its second part has no points
    assert Entry.objects.filter(action="friendly.part_added").count() == 2


def test_thresholds_are_data(as_, quan):
    row = FriendlyThreshold.objects.get(code="ward")
    as_(quan).post(reverse("criterion-threshold", args=[row.public_id]), {"text": "Phường", "points": "870", "note": ""})
    row.refresh_from_db()
    assert (row.text, row.points, row.evidence) == ("Phường", 870, "unverified")
    assert Standard.objects.get().thresholds.count() == 3


# the measure PH-01


def counted(unit=people.KIEN_AN, last=date(2024, 5, 2)):
    found = people.unit(unit)
    return measures.count([found], measures.Window(date(2023, 11, 1), last)).figure("PH-01", found)


def test_nobody_knows_as_long_as_no_ward_was_judged(an):
    worlds.submitted()
    assert counted().missing and "Chưa có xã, phường nào được xét" in counted().note


def test_recognised_wards_of_all_wards(dung):
    worlds.recognised()
    found = counted()
    assert (found.numerator, found.denominator, found.text) == (
        1,
        10,
        "10,0%",
    ) and "1/10 phường đã có kết quả xét" in found.note
    assert counted(people.NAM_SON).full == "100,0% (1/1)" and counted(people.VAN_DAU).missing
    assert counted(last=date(2024, 5, 1)).missing  # decided on the 2nd
    behind = measures.rows("PH-01", people.unit(people.KIEN_AN), measures.Window(date(2023, 11, 1), date(2024, 5, 2)))
    assert [row.unit.name for row in behind] == ["Phường Nam Sơn"]


def test_of_two_decisions_the_later_holds(dung):
    Evaluation.objects.filter(pk=worlds.recognised(year=2022).pk).update(decided_on=date(2022, 11, 20))
    row = worlds.begun(year=2024)
    Evaluation.objects.filter(pk=row.pk).update(state="refused", decision="9/QĐ", decided_on=date(2024, 4, 1))
    assert counted(last=date(2024, 3, 31)).numerator == 1
    assert counted().full == "0,0% (0/10)"
