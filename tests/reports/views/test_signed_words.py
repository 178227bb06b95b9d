"""A paper whose words were edited outside: ticks table by table, the scan that holds; another figure, a reason, a new snapshot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from reports import drafts, freezing, signed_papers
from reports.actions import answering, drafting, signed_words, signing
from reports.forms_paper import initial_of
from reports.models import FigureCorrection, SignedWords, Snapshot, Submission
from reports.views.signed_words import CorrectionForm
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
HEAD = {"number": "5", "issued_on": "2/5/2024", "signer_name": "Phạm Thị Lan", "authority": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"}


@pytest.fixture(autouse=True)
def small_ward(db, monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    return reporting.small_ward()


def url(name, row):
    return reverse(name, args=[row.obligation.public_id])


def scan(data=reporting.PDF):
    return SimpleUploadedFile("ky.pdf", data)


def post(client, row, ticked, **more):
    row = Submission.objects.get(pk=row.pk)
    return client.post(url("report-sign-paper", row), {**HEAD, "version": row.version, "same": ticked, "scan": scan(), **more})


def test_every_table_is_ticked_then_the_scan_holds_and_it_is_said_everywhere(as_, an, dung):
    row = reporting.presented(an)
    page = as_(an).get(url("report-sign-paper", row)).content.decode()
    keys = [sheet.key for sheet in signed_papers.sheets(row)]
    assert "Số liệu trong phần lời" in page and "Dân số trẻ em" in page and page.count('name="same"') == len(keys) >= 3
    some = post(as_(an), row, keys[1:])
    assert some.status_code == 200 and "Chưa đối chiếu: Số liệu trong phần lời" in some.content.decode()
    assert Submission.objects.get(pk=row.pk).state == "to_sign" and not SignedWords.objects.exists()
    assert post(as_(an), row, keys, scan="").status_code == 200  # without the scan there is nothing that holds
    bad = post(as_(an), row, keys, scan=scan(b"MZ"))
    assert "PDF, JPG hoặc PNG" in bad.content.decode() and not SignedWords.objects.exists()
    assert post(as_(an), row, keys).status_code == 302
    row = Submission.objects.get(pk=row.pk)
    assert (row.state, row.words_by_paper.confirmed_by, len(row.words_by_paper.tables)) == ("signed", an, len(keys))
    answering.send(submission=row, by=an)
    page = as_(dung).get(url("report", row)).content.decode()
    assert "Phần lời theo bản ký" in page and "Nguyễn Thị An đã đối chiếu" in page
    assert Entry.objects.filter(action="report.words_confirmed").count() == 1


def test_another_figure_asks_for_a_reason_and_takes_a_new_snapshot(as_, an, dung):
    row = reporting.presented(an)
    first, address = row.snapshot, url("report-sign-correct", row)
    page = as_(an).get(address).content.decode()
    assert 'name="n_DS-01" value="3"' in page  # it begins with what was frozen
    given = {"version": row.version, "n_DS-01": "4", "g_PL2_3_3": "3", "reason": ""}
    assert as_(an).post(address, given).status_code == 200 and row.snapshot_id == Submission.objects.get(pk=row.pk).snapshot_id
    as_(an).post(address, {**given, "reason": "Thêm một trẻ vừa chuyển đến, lãnh đạo sửa khi ký"})
    row = Submission.objects.select_related("snapshot").get(pk=row.pk)
    draft = drafts.load(row)
    assert row.snapshot_id != first.pk and Snapshot.objects.filter(pk=first.pk).exists() and freezing.verify(row.snapshot)
    assert (draft.figures("DS-01").numerator, draft.tables["PL1"]["total"][0]) == (4, 4)
    assert draft.figures("HC-02").text == "2/4 (50,0%)"  # what follows from it follows
    assert [one["values"][3] for one in draft.tables["PL2"]["rows"] if one["mark"] == "N04"] == [3]
    assert drafts.Draft.parse(first.text).sections == draft.sections  # words stay
    made = FigureCorrection.objects.get()
    assert made.before == first and ("DS-01", "3", "4") in {(one["key"], one["before"], one["after"]) for one in made.figures}
    assert not row.snapshot.keys.filter(code="DS-01").exists() and row.snapshot.keys.filter(code="DS-03").exists()
    post(as_(an), row, [sheet.key for sheet in signed_papers.sheets(row)])
    answering.send(submission=Submission.objects.get(pk=row.pk), by=an)
    page = as_(dung).get(url("report", row)).content.decode()
    assert "lãnh đạo sửa khi ký" in page and "3 → 4" in page


def test_the_page_sent_back_as_it_came_changes_nothing(as_, an):
    row = reporting.presented(an)
    form = CorrectionForm(obligation=row.obligation, initial=initial_of(drafts.load(row), row.obligation))
    data = {name: text for name in form.fields if (text := form[name].value()) not in (None, "")}
    assert {"n_DS-01", "n_HC-04", "d_HC-04", "g_PL2_3_0"} <= set(data)
    page = as_(an).post(url("report-sign-correct", row), {**data, "version": row.version, "reason": "Nhầm"}).content.decode()
    assert "Chưa có số nào khác" in page and not FigureCorrection.objects.exists()


def test_what_changes_nothing_or_comes_too_late_is_refused(an):
    row = reporting.presented(an)
    with pytest.raises(Refusal, match="Chưa có số nào khác"):
        signed_words.correct(submission=row, by=an, version=row.version, reason="Sửa", figures={"DS-01": (3, None)})
    with pytest.raises(Refusal, match="rút về"):
        signed_words.correct(submission=row, by=an, version=row.version - 1, reason="Sửa", figures={"DS-01": (4, None)})
    signed_words.correct(submission=row, by=an, version=row.version, reason="Sửa", figures={"DS-01": (4, None)})
    drafting.withdraw(submission=row, by=an)  # what was frozen for the signature is let go, corrections with it
    assert not FigureCorrection.objects.exists() and not Snapshot.objects.exists()
    with pytest.raises(Refusal, match="đang chờ ký"):
        signed_words.correct(submission=row, by=an, version=row.version, reason="Sửa", figures={"DS-01": (4, None)})


def test_only_who_may_note_a_signature_opens_the_pages(as_, an):
    row = reporting.presented(an)
    for name in ("report-sign-paper", "report-sign-correct"):
        seen = [as_(who()).get(url(name, row)).status_code for who in (people.lan, people.binh, people.chi, people.dung)]
        assert seen == [200, 403, 404, 403]


def test_the_word_of_one_scan_says_nothing_of_another(an):
    """Confirmed, then signed the ordinary way with another scan: the report does not claim that its words are the paper's."""
    row = reporting.presented(an)
    signed_words.confirm(submission=row, by=an, version=row.version, scan=b"%PDF- other", titles=["Một"])
    row = signing.sign(submission=row, by=an, version=row.version, scan=reporting.PDF, **reporting.SIGNED)
    assert Submission.objects.get(pk=row.pk).words_by_paper is None
