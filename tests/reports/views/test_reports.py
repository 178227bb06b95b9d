"""Pages of reports as people see them: An writes, Bình has no part in it, Chi is a stranger, Lan leads, Dũng and Phúc take."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from childcare.audit.models import Entry
from reports import drafts
from reports.actions import drafting, signing
from reports.models import Obligation, Submission
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db, monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def url(name, owed, *args):
    return reverse(name, args=[owed.public_id, *args])


def made(state):
    """A report of the ward in the state, or None before it is begun."""
    makers = {"draft": reporting.draft, "to_sign": reporting.presented, "signed": reporting.signed, "sent": reporting.sent,
              "accepted": reporting.accepted}  # fmt: skip
    return makers[state](people.an()) if state != "none" else None


def test_the_list_tells_window_last_day_and_state(as_, an):
    reporting.draft(an)
    page = as_(an).get(reverse("report-list")).content.decode()
    assert "6 tháng đầu năm 2024" in page and "01/11/2023 – 30/04/2024" in page
    assert "chậm nhất 09/05/2024" in page and "Dự thảo" in page
    assert "chậm nhất 09/11/2024" in page and "ngày làm việc cuối cùng 08/11/2024" in page  # 09/11/2024 is a Saturday


def test_the_list_says_how_late(as_, an, settings):
    reporting.owed()
    settings.TRAINING_TODAY = "2024-05-11"
    assert "Chưa gửi, chậm 2 ngày" in as_(an).get(reverse("report-list")).content.decode()


def test_the_list_can_be_narrowed(as_, an):
    reporting.draft(an)
    page = as_(an).get(reverse("report-list"), {"period": "2024-H1", "state": "sent"}).content.decode()
    assert "Chưa có báo cáo nào" in page
    assert "chậm nhất" in as_(an).get(reverse("report-list"), {"period": "2024-H1", "state": "draft"}).content.decode()


@pytest.mark.parametrize("who, status", [("an", 200), ("lan", 200), ("dung", 200), ("binh", 403), ("quan", 403)])
def test_who_sees_the_list(as_, who, status):
    assert as_(getattr(people, who)()).get(reverse("report-list")).status_code == status


@pytest.mark.parametrize("state", ["none", "draft", "to_sign", "signed", "sent", "accepted"])
@pytest.mark.parametrize(
    "who, status", [("an", 200), ("lan", 200), ("dung", 200), ("phuc", 200), ("son", 200), ("binh", 403), ("chi", 404)]
)
def test_who_opens_a_report(as_, who, status, state):
    made(state)
    assert as_(getattr(people, who)()).get(url("report", reporting.owed())).status_code == status


def test_the_level_above_sees_nothing_of_a_draft(as_, an, dung):
    row = reporting.draft(an)
    page = as_(dung).get(url("report", row.obligation)).content.decode()
    assert "Phường Nam Sơn chưa gửi báo cáo này" in page and "3 trẻ em dưới 16 tuổi" not in page
    for name, args in [("report-preview", ()), ("report-file", ("pdf",)), ("report-differences", ())]:
        assert as_(dung).get(url(name, row.obligation, *args)).status_code == 404


ACTS = {
    "report-begin": ("none", "an", {}),
    "report-save": ("draft", "an", {"version": 1, "text-V": "Lời"}),
    "report-autosave": ("draft", "an", {"version": 1, "text-V": "Lời"}),
    "report-zero": ("draft", "an", {"codes": ["XH-01"], "checked_with": "Công an phường"}),
    "report-present": ("draft", "an", {"version": 1}),
    "report-withdraw": ("to_sign", "an lan", {}),
    "report-sign": ("to_sign", "an lan", {"version": 2, "number": "5", "issued_on": "2/5/2024", "signer_name": "Phạm Thị Lan",
                                          "authority": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"}),
    "report-send": ("signed", "an lan", {}),
    "report-accept": ("sent", "dung phuc", {}),
    "report-return": ("sent", "dung phuc", {"reason": "Thiếu phụ lục"}),
    "report-on-behalf": ("none", "dung", {"received_on": "2/5/2024", "n_DS-01": "120"}),
}  # fmt: skip


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("who", ["an", "binh", "chi", "lan", "dung", "phuc", "son"])
def test_who_may_do_what(as_, act, who):
    state, allowed, data = ACTS[act]
    row = made(state)
    response = as_(getattr(people, who)()).post(url(act, reporting.owed()), data)
    after = Submission.objects.filter(obligation=reporting.owed()).order_by("-number").first()
    if who in allowed.split():
        assert response.status_code in (200, 302)
        assert after.version > row.version if row else after is not None
    else:
        assert response.status_code in (403, 404)
        assert (after.state, after.version) == (row.state, row.version) if row else after is None


def test_a_section_is_edited_and_the_page_says_so(as_, an):
    row = reporting.draft(an)
    as_(an).post(url("report-save", row.obligation), {"version": row.version, "text-V": "Còn thiếu cộng tác viên."})
    page = as_(an).get(url("report", row.obligation)).content.decode()
    assert "Còn thiếu cộng tác viên." in page and "Sửa lời (đã sửa)" in page


def test_changed_figures_are_listed_when_the_report_is_opened(as_, an, small_ward):
    row = reporting.draft(an)
    factories.child(small_ward, "Phạm Thị Mới", "09/09/2019", "f")
    before = Submission.objects.get(pk=row.pk).version
    page = as_(an).get(url("report", row.obligation)).content.decode()
    assert "số đã thay đổi trong sổ từ lần cập nhật trước" in page
    assert Submission.objects.get(pk=row.pk).version == before
    saved = as_(an).post(url("report-save", row.obligation), {"version": before, "next": "refresh"})
    assert saved["Location"] == url("report-refresh", row.obligation)  # first read, then take
    as_(an).post(url("report-refresh", row.obligation))
    assert drafts.load(Submission.objects.get(pk=row.pk)).figures("DS-01").numerator == 4


def test_words_that_were_kept_are_shown_beside_the_new_proposal(as_, an, small_ward):
    row = reporting.draft(an)
    row = drafting.save_text(submission=row, by=an, version=row.version, texts={"I": "Lời của tôi"})
    factories.child(small_ward, "Phạm Thị Mới", "09/09/2019", "f")
    drafting.refresh(submission=row, by=an)
    page = as_(an).get(url("report", row.obligation)).content.decode()
    assert "Số liệu đã đổi, lời do anh/chị sửa được giữ." in page and "Lời của tôi" in page and "4 trẻ em dưới 16 tuổi" in page
    version = Submission.objects.get(pk=row.pk).version
    as_(an).post(url("report-save", row.obligation), {"version": version, "text-I": "Lời của tôi", "take": "I"})
    assert not drafts.load(Submission.objects.get(pk=row.pk)).edited("I")


def test_a_conflict_shows_both_texts_and_overwrites_nothing(as_, an):
    row = reporting.draft(an)
    other = people.officer("dao", "Đào Thị Đào", "commune", people.NAM_SON)
    drafting.save_text(submission=row, by=other, version=row.version, texts={"V": "Của Đào"})
    response = as_(an).post(url("report-save", row.obligation), {"version": row.version, "text-V": "Của An"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Của Đào" in page and "Của An" in page and "Đào Thị Đào đã lưu" in page
    assert drafts.load(Submission.objects.get(pk=row.pk)).text("V") == "Của Đào"


def test_saving_by_itself_answers_when_and_with_the_new_version(as_, an):
    row = reporting.draft(an)
    given = {"version": row.version, "page": "a" * 32, "text-V": "Một"}
    page = as_(an).post(url("report-autosave", row.obligation), given).content.decode()
    assert "Đã lưu lúc " in page and f'value="{row.version + 1}"' in page
    assert as_(an).post(url("report-autosave", row.obligation), {**given, "page": "b" * 32, "text-V": "Hai"}).status_code == 409
    assert Submission.objects.get(pk=row.pk).state == "draft"


def test_the_signing_pages_list_who_confirmed_which_zero(as_, an):
    row = reporting.draft(an)
    row = drafting.confirm_zero(submission=row, by=an, codes=["XH-01"], checked_with="Công an phường")
    page = as_(an).get(url("report-present", row.obligation)).content.decode()
    assert "Đã xác nhận không phát sinh" in page and "Công an phường" in page and "Nguyễn Thị An" in page
    drafting.present(submission=row, by=an, version=row.version)
    assert "Công an phường" in as_(an).get(url("report-sign", row.obligation)).content.decode()


def test_a_signature_is_noted_with_its_scan(as_, an):
    row = reporting.presented(an)
    data = ACTS["report-sign"][2] | {"version": row.version, "scan": SimpleUploadedFile("ky.pdf", reporting.PDF)}
    assert as_(an).post(url("report-sign", row.obligation), data).status_code == 302
    row.refresh_from_db()
    assert row.document.full_number == "05/BC-UBND" and row.document.scan.sha256
    assert as_(an).get(url("report-scan", row.obligation)).content == reporting.PDF


@pytest.mark.parametrize(
    "change, sentence",
    [({"number": "5/BC"}, "Chỉ gõ số"), ({"issued_on": "3/5/2024"}, "chưa tới"), ({"signer_name": ""}, "Hãy điền ô này")],
)
def test_a_wrong_entry_is_told_beside_its_field(as_, an, change, sentence):
    row = reporting.presented(an)
    response = as_(an).post(url("report-sign", row.obligation), ACTS["report-sign"][2] | {"version": row.version} | change)
    assert response.status_code == 200 and sentence in response.content.decode()


def test_a_scan_that_is_none_is_refused_with_a_sentence(as_, an):
    row = reporting.presented(an)
    data = ACTS["report-sign"][2] | {"version": row.version, "scan": SimpleUploadedFile("ky.pdf", b"MZ")}
    response = as_(an).post(url("report-sign", row.obligation), data)
    assert response.status_code == 409 and "PDF, JPG hoặc PNG" in response.content.decode()


def test_every_format_leaves_as_an_attachment_and_is_logged(as_, an):
    row = reporting.signed(an)
    for ending, begin in [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"PK"), ("json", b"{")]:
        response = as_(an).get(url("report-file", row.obligation, ending))
        assert response.content.startswith(begin) and "attachment" in response["Content-Disposition"]
    assert Entry.objects.filter(action="report.downloaded").count() == 5
    assert as_(an).get(url("report-file", row.obligation, "exe")).status_code == 404


def test_the_history_names_who_and_when_and_keeps_every_version(as_, an, dung):
    row = reporting.sent(an)
    as_(dung).post(url("report-return", row.obligation), {"reason": "Thiếu phụ lục"})
    as_(an).post(url("report-new-version", row.obligation))
    page = as_(an).get(url("report-versions", row.obligation)).content.decode()
    assert "Bản 2" in page and "Bản 1" in page and "Thiếu phụ lục" in page and "Vũ Văn Dũng yêu cầu chỉnh sửa bản 1" in page
    assert as_(an).get(url("report-file", row.obligation, "pdf") + "?ban=1").content.startswith(b"%PDF")


def test_a_difference_is_opened_to_its_rows_by_who_may_see_them(as_, an, dung, chi, small_ward):
    row = reporting.sent(an)
    child = factories.child(small_ward, "Phạm Thị Mới", "09/09/2019", "f")
    page = as_(an).get(url("report-differences", row.obligation)).content.decode()
    assert "Dân số trẻ em" in page
    opened = as_(an).get(url("report-difference", row.obligation, "DS-01")).content.decode()
    assert "Phạm Thị Mới" in opened and "Nay có, khi ký chưa có: 1" in opened
    assert Entry.objects.get(action="report.difference_opened").shown == [str(child.public_id)]
    counts = as_(people.son()).get(url("report-difference", row.obligation, "DS-01")).content.decode()  # figures, no children
    assert "Thêm 1: 1 trẻ ghi vào sổ sau" in counts and "Phạm Thị Mới" not in counts
    assert as_(chi).get(url("report-differences", row.obligation)).status_code == 404


def test_the_district_sees_who_has_not_sent(as_, an, dung):
    reporting.sent(an)
    page = as_(dung).get(reverse("report-owed")).content.decode()
    assert "9 chưa gửi" in page and "1 đã gửi" in page and "Phường Văn Đẩu" in page
    only = as_(dung).get(reverse("report-owed"), {"period": "2024-H1", "state": "sent"}).content.decode()
    assert "Phường Nam Sơn</a>" in only and "Phường Văn Đẩu</a>" not in only


def test_a_paper_report_is_typed_in_and_confirmed(as_, an, dung):
    owed = reporting.owed()
    data = {
        "received_on": "2/5/2024",
        "number": "9",
        "n_DS-01": "1.200",
        "n_HC-04": "30",
        "d_HC-04": "31",
        "paper": SimpleUploadedFile("a.pdf", reporting.PDF),
    }
    assert as_(dung).post(url("report-on-behalf", owed), data).status_code == 302
    page = as_(an).get(url("report", owed)).content.decode()
    assert "nhập thay từ báo cáo giấy" in page and "1.200" in page and "30/31 (96,8%)" in page
    as_(an).post(url("report-confirm", owed))
    assert "Nguyễn Thị An xác nhận đúng" in as_(dung).get(url("report", owed)).content.decode()


@pytest.mark.parametrize(
    "data, sentence",
    [
        ({}, "ít nhất một số liệu"),
        ({"n_HC-04": "3"}, "Hãy nhập cả số này"),
        ({"n_HC-04": "5", "d_HC-04": "4"}, "không được lớn hơn 4"),
    ],
)
def test_the_thin_form_says_what_does_not_fit(as_, dung, data, sentence):
    response = as_(dung).post(url("report-on-behalf", reporting.owed()), {"received_on": "2/5/2024", **data})
    assert response.status_code == 200 and sentence in response.content.decode()


def test_the_consolidation_page_names_the_parts(as_, an, dung):
    reporting.accepted(an)
    page = as_(dung).get(url("report-consolidated", reporting.owed(people.KIEN_AN))).content.decode()
    assert "Tổng hợp từ 1/10 đơn vị" in page and "Theo sổ hôm nay" in page and "Văn Đẩu" in page


def test_the_list_asks_few_questions(as_, an, django_assert_max_num_queries):
    reporting.draft(an)
    client = as_(an)
    with django_assert_max_num_queries(18):
        client.get(reverse("report-list"))


def test_the_page_of_a_draft_asks_a_bounded_number_of_questions(as_, an, django_assert_max_num_queries):
    row = reporting.draft(an)
    client = as_(an)
    with django_assert_max_num_queries(80):
        client.get(url("report", row.obligation))


def test_the_button_says_where_the_report_goes(as_, an):
    row = reporting.signed(an)
    assert "Gửi UBND quận</button>" in as_(an).get(url("report", row.obligation)).content.decode()


def test_the_district_chooses_in_whose_name_it_goes_out(as_, dung):
    row = drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung)
    page = as_(dung).get(url("report", row.obligation)).content.decode()
    assert "ký hiệu BC-LĐTBXH" in page and "ký hiệu BC-UBND" in page
    as_(dung).post(url("report-save", row.obligation), {"version": row.version, "as_office_shown": "1", "as_office": ""})
    assert not Submission.objects.get(pk=row.pk).as_office


def test_a_ward_types_in_what_its_hamlet_sent_on_paper(as_, an, small_ward):
    reporting.owed()
    owed = Obligation.objects.get(unit__parent=small_ward, unit__name="Tổ dân phố 2", regime__code="RG17")
    assert (
        as_(an).post(url("report-on-behalf", owed), {"received_on": "2/5/2024", "n_DS-01": "2", "number": "1"}).status_code
        == 302
    )
    assert owed.submissions.get().document.full_number == "01/BC"
    assert "Nhập thay" in as_(an).get(reverse("report-owed"), {"period": "2024"}).content.decode()
