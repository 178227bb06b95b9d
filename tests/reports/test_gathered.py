"""Words of the reports below in the collecting report: side by side, taken by the sentence, with their source."""

import json

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from reports import drafts, gathered
from reports.actions import answering, drafting, gathering, signing
from reports.models import Submission
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
BUSY = "Đội ngũ cán bộ làm công tác trẻ em chủ yếu kiêm nhiệm."


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def sent(officer, code, texts, accept=True, number="05"):
    """The report of a ward with words of its own, sent and perhaps accepted."""
    row = reporting.draft(officer, code=code)
    row = drafting.save_text(submission=row, by=officer, version=row.version, texts=texts)
    row = drafting.present(submission=row, by=officer, version=row.version)
    signed = {**reporting.SIGNED, "number": number}
    row = signing.sign(submission=row, by=officer, version=row.version, scan=reporting.PDF, **signed)
    row = answering.send(submission=row, by=officer)
    return answering.accept(submission=row, by=people.phuc()) if accept else row


@pytest.fixture
def two(an, chi, dung):
    """Nam Sơn accepted with two sentences of difficulties, Văn Đẩu sent with one that is the same; the district's draft."""
    sent(an, people.NAM_SON, {"V": f"{BUSY}\n- Kinh phí còn hạn hẹp.", "VII": "Đề nghị tập huấn cộng tác viên."})
    sent(chi, people.VAN_DAU, {"V": BUSY, "VI": "", "VII": ""}, accept=False)
    return reporting.draft(dung, code=people.KIEN_AN)


def offered(row, key="V"):
    return [line for line in gathered.every_line(row.obligation, drafts.load(row)).values() if line.key == key]


def take(row, by, lines):
    return gathering.take(submission=row, by=by, version=row.version, boxes=[line.box for line in lines])


def test_every_sentence_of_the_four_parts_is_offered_with_its_unit(two):
    assert [(line.unit.code, line.text) for line in offered(two)] == [
        (people.NAM_SON, BUSY), (people.NAM_SON, "Kinh phí còn hạn hẹp."), (people.VAN_DAU, BUSY),
    ]  # fmt: skip
    assert {line.text for line in offered(two, "VII")} == {"Đề nghị tập huấn cộng tác viên."}
    assert {section.key for section, _ in gathered.sides(two.obligation, drafts.load(two))} == {"II", "V", "VI", "VII"}


def test_a_paragraph_is_offered_sentence_by_sentence(an, dung):
    first, second = (
        "Ban hành Kế hoạch số 05/KH-UBND ngày 1.2.2024 của UBND TP. Hải Phòng.",
        "Kiện toàn Nhóm thường trực (12 người).",
    )
    sent(an, people.NAM_SON, {"II": f"{first} {second}\n1. Cộng tác viên"})
    row = reporting.draft(dung, code=people.KIEN_AN)
    assert [line.text for line in offered(row, "II")] == [first, second, "1. Cộng tác viên"]
    row, new = take(row, dung, offered(row, "II")[1:2])
    assert new == 1 and [line.taken for line in offered(row, "II")] == [False, True, False]


def test_a_sentence_that_is_reworded_keeps_its_source_and_says_so(two, dung, as_):
    row, _ = take(two, dung, offered(two)[1:2])
    row = drafting.save_text(
        submission=row, by=dung, version=row.version, texts={"V": f"{BUSY} Kinh phí một số phường còn hạn hẹp."}
    )
    assert gathered.sources(drafts.load(row), "V") == [
        ("Kinh phí một số phường còn hạn hẹp.", ["Phường Nam Sơn (đã sửa lời)"])
    ]  # fmt: skip
    mine = Submission.objects.get(obligation__unit__code=people.NAM_SON)
    Submission.objects.filter(pk=mine.pk).update(state="returned")
    page = as_(dung).get(reverse("report", args=[two.obligation.public_id])).content.decode()
    assert "đã sửa lời, báo cáo nguồn đã đổi" in page
    assert "Nam Sơn" in gathered.silent(two.obligation) and "Văn Đẩu" not in gathered.silent(two.obligation)


def test_what_is_not_sent_is_not_offered(an, dung):
    row = reporting.presented(an)
    drafting.withdraw(submission=row, by=an)
    assert offered(reporting.draft(dung, code=people.KIEN_AN)) == []


def test_a_chosen_sentence_stands_at_the_end_of_its_section_with_its_source(two, dung):
    before = drafts.load(two).text("V")
    row, new = take(two, dung, offered(two)[1:2])
    draft = drafts.load(row)
    assert new == 1 and draft.text("V") == f"{before}\nKinh phí còn hạn hẹp.".strip()
    assert gathered.sources(draft, "V") == [("Kinh phí còn hạn hẹp.", ["Phường Nam Sơn"])]
    assert draft.edited("V") and not draft.edited("VII")


def test_the_same_sentence_of_two_units_stands_once_with_both_sources(two, dung):
    same = [line for line in offered(two) if line.text == BUSY]
    row, new = take(two, dung, same)
    draft = drafts.load(row)
    assert draft.text("V").count(BUSY) == 1 and new <= 1
    assert dict(gathered.sources(draft, "V"))[BUSY] == ["Phường Nam Sơn", "Phường Văn Đẩu"]


def test_taking_it_again_changes_nothing(two, dung):
    row, _ = take(two, dung, offered(two)[1:2])
    text = drafts.load(row).text("V")
    row, new = take(row, dung, offered(row)[1:2])
    draft = drafts.load(row)
    assert new == 0 and draft.text("V") == text and len(draft.sources["V"]) == 1


def test_a_source_goes_from_the_list_with_its_sentence(two, dung):
    row, _ = take(two, dung, offered(two)[1:2])
    row = drafting.save_text(submission=row, by=dung, version=row.version, texts={"V": "Lời khác."})
    assert gathered.sources(drafts.load(row), "V") == []


def test_sources_are_frozen_with_the_report(two, dung):
    row, _ = take(two, dung, offered(two)[1:2])
    row = drafting.present(submission=row, by=dung, version=row.version)
    assert json.loads(row.snapshot.text)["sources"]["V"][0]["unit"] == "Phường Nam Sơn"


def test_words_stay_when_the_figures_are_counted_again(two, dung):
    row, _ = take(two, dung, offered(two)[1:2])
    drafting.refresh(submission=row, by=dung)
    draft = drafts.load(Submission.objects.get(pk=row.pk))
    assert "Kinh phí còn hạn hẹp." in draft.text("V") and draft.sources["V"]


def test_nothing_chosen_an_unknown_sentence_and_an_old_page_are_refused(two, dung):
    with pytest.raises(Refusal, match="ít nhất một câu"):
        take(two, dung, [])
    with pytest.raises(Refusal, match="vừa thay đổi"):
        gathering.take(submission=two, by=dung, version=two.version, boxes=["0" * 20])
    with pytest.raises(Refusal, match="người khác lưu"):
        gathering.take(submission=two, by=dung, version=two.version - 1, boxes=[offered(two)[0].box])
    assert drafts.load(Submission.objects.get(pk=two.pk)).sources == {}


def test_the_district_reads_them_side_by_side_and_takes_some(two, dung, as_):
    address = reverse("report-words-below", args=[two.obligation.public_id])
    page = as_(dung).get(address).content.decode()
    assert "Phường Nam Sơn" in page and "Kinh phí còn hạn hẹp." in page and page.count(BUSY) >= 2
    answer = as_(dung).post(address, {"version": two.version, "take": [offered(two)[1].box]}, follow=True)
    assert "Đã đưa 1 câu" in answer.content.decode() and "(Phường Nam Sơn)" in answer.content.decode()
    assert "đã có trong báo cáo" in as_(dung).get(address).content.decode()
    assert Entry.objects.filter(action="report.gathered", note="1 câu").count() == 1


def test_a_ward_has_no_words_below_and_nobody_else_reads_them(two, an, binh, chi, son, as_):
    mine = Submission.objects.get(obligation__unit__code=people.NAM_SON)
    assert as_(an).get(reverse("report-words-below", args=[mine.obligation.public_id])).status_code == 404
    address = reverse("report-words-below", args=[two.obligation.public_id])
    assert [as_(person).get(address).status_code for person in (an, chi, binh, son)] == [404, 404, 403, 403]


def test_the_page_asks_a_fixed_number_of_queries(two, dung, as_, django_assert_max_num_queries):
    client = as_(dung)
    with django_assert_max_num_queries(30):
        client.get(reverse("report-words-below", args=[two.obligation.public_id]))
