"""Numbers of outgoing documents: one series an issuer, kind and year, without gap or double, whoever else is at it."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.db import connections, transaction

from childcare.audit.models import Entry
from childcare.documents.actions import issuing, numbers
from childcare.documents.books import CHILD_DECISION, Series
from childcare.documents.files import open_bytes
from childcare.documents.models import IssuedDocument, NumberSeries, OutgoingEntry, StoredFile
from childcare.lib.refusal import Refusal
from tests import people
from tests.childcare.documents import samples

DAY = date(2024, 5, 2)


def series(code="BC"):
    return Series(people.unit(people.NAM_SON), None, code)


def take(of, by, number="", on=DAY, subject="Về việc thử"):
    return numbers.take(of, by=by, issued_on=on, number=number, subject=subject)


def issue(by, of, typed="", step=lambda keep: keep()):
    """A document of one line whose bytes tell its number."""
    document = replace(samples.one_page(), number="", day=DAY)
    files = [("pdf", "application/pdf", lambda made: f"%PDF-{made.number_line}".encode())]
    return issuing.issue(document, by=by, series=of, typed=typed, files=files, step=step)


@pytest.mark.django_db
class TestOff:
    """The default: the officer types what the paper book gave."""

    def test_a_number_is_typed_and_stands_once_a_year(self, an):
        with pytest.raises(Refusal, match="gõ số do văn thư cấp"):
            take(series(), an)
        assert take(series(), an, "5").full_number == "05/BC-UBND"
        with pytest.raises(Refusal, match="Số 05/BC-UBND năm 2024 đã dùng"):
            take(series(), an, "05")
        assert [take(*what).full_number for what in (
            (series("CV"), an, "5"), (series(), an, "5", date(2023, 12, 29)), (series(), an, "5a"),
        )] == ["05/UBND", "05/BC-UBND", "5a/BC-UBND"]  # fmt: skip

    def test_a_document_goes_into_the_book_with_its_signer_and_recipients(self, an):
        document = issue(an, series(), "7")
        row = document.entry
        assert (row.full_number, row.given, row.signer_name) == ("07/BC-UBND", False, "Phạm Thị Lan")
        assert row.recipients == ["Ủy ban nhân dân quận Kiến An", "UBND quận (để b/c)"]
        assert open_bytes(document.pdf).decode() == "%PDF-Số: 07/BC-UBND"


@pytest.mark.django_db
class TestOn:
    """The application gives the numbers."""

    @pytest.fixture
    def on(self, lan):
        numbers.switch(series(), by=lan, on=True, year=2024)
        return series()

    def test_they_follow_each_other_and_begin_anew_each_year(self, an, on):
        given = [take(on, an).number, issue(an, on).number, take(on, an, on=date(2025, 1, 2)).number, take(on, an).number]
        assert given == ["01", "02", "01", "03"]
        assert all(row.given for row in OutgoingEntry.objects.all())

    def test_a_unit_that_begins_in_the_middle_of_a_year_goes_on_where_its_paper_book_stands(self, an, lan):
        take(series(), an, "46")
        with pytest.raises(Refusal, match="đã dùng đến số 46. Số tiếp theo phải từ 47"):
            numbers.switch(series(), by=lan, on=True, year=2024, first=46)
        numbers.switch(series(), by=lan, on=True, year=2024, first=58)
        assert [take(series(), an).number, take(series(), an).number] == ["58", "59"]
        numbers.switch(series("CV"), by=lan, on=True, year=2024)
        assert take(series("CV"), an).number == "01"  # another kind, another book

    def test_what_failed_leaves_no_gap_no_row_and_no_file(self, an, on, settings):
        def fail(keep):
            keep()
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            issue(an, on, step=fail)
        assert not IssuedDocument.objects.exists() and not OutgoingEntry.objects.exists() and not StoredFile.objects.exists()
        assert [file for file in settings.FILES_DIR.rglob("*") if file.is_file()] == []
        assert issue(an, on).number == "01"

    def test_a_number_taken_before_is_used_by_typing_it_and_no_other_may_be_typed(self, an, on):
        early = take(on, an, subject="Sẽ ghi sau")
        for wrong in ("9", "1a"):
            with pytest.raises(Refusal, match="để trống ô số"):
                issue(an, on, typed=wrong)
        document = issue(an, on, typed="1")
        early.refresh_from_db()
        assert early.document == document and early.subject == document.subject
        with pytest.raises(Refusal, match="để trống ô số"):
            issue(an, on, typed="1")
        with pytest.raises(Refusal, match="để trống ô số"):
            take(on, an, "2")

    def test_a_cancelled_number_is_named_and_never_given_again(self, an, lan, on):
        row = take(on, an)
        with pytest.raises(Refusal, match="lý do"):
            numbers.cancel(entry=row, by=an, reason=" ")
        numbers.cancel(entry=row, by=an, reason="Không ban hành nữa")
        assert take(on, an).number == "02"
        with pytest.raises(Refusal, match="đã được hủy"):
            numbers.cancel(entry=row, by=an, reason="x")
        with pytest.raises(Refusal, match="để trống ô số"):
            issue(an, on, typed="1")
        numbers.switch(on, by=lan, on=False, year=2024)
        with pytest.raises(Refusal, match="đã hủy ngày .*, không dùng lại"):
            take(on, an, "01")
        told = list(Entry.objects.filter(action__startswith="number.").order_by("pk").values_list("action", flat=True))
        assert told == ["number.switched", "number.given", "number.cancelled", "number.given", "number.switched"]

    def test_the_number_of_a_signed_document_is_not_cancelled(self, an, on):
        with pytest.raises(Refusal, match="thay thế hoặc đính chính"):
            numbers.cancel(entry=issue(an, on).entry, by=an, reason="Sai")

    def test_a_number_that_went_to_somebody_else_meanwhile_is_proposed_anew(self, an, on):
        quicker = iter(range(9))

        def step(keep):
            if next(quicker) < 4:  # more often than TRIES: in the end the series is held
                NumberSeries.objects.filter(code="BC").update(last=NumberSeries.objects.get(code="BC").last + 1)
            return keep()

        NumberSeries.objects.filter(code="BC").update(last=10)
        with pytest.raises(numbers.Moved):
            issue(an, on, step=step)
        assert not OutgoingEntry.objects.exists() and NumberSeries.objects.get(code="BC").last == 10

    def test_a_decision_about_a_child_names_nobody(self, an):
        assert take(series("QĐ"), an, "3", subject=CHILD_DECISION).what == "Quyết định: Quyết định trong hồ sơ trẻ em"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(settings.SQLITE, reason="rows are held on PostgreSQL only; SQLite has one writer")
def test_clerks_who_work_at_once_leave_neither_gap_nor_double(db):
    an, lan = people.an(), people.lan()
    book = series()
    numbers.switch(book, by=lan, on=True, year=2024)
    gate, faults = threading.Barrier(8), []

    def failing(keep):
        keep()
        raise ZeroDivisionError

    def work(place):
        gate.wait()
        try:
            for turn in range(3):
                if (place + turn) % 4 == 3:  # one in four goes wrong after its number was given
                    with pytest.raises(ZeroDivisionError):
                        issue(an, book, step=failing)
                elif place % 2:
                    issue(lan, book)
                else:
                    take(book, an)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    rows = list(OutgoingEntry.objects.order_by("order").values_list("number", flat=True))
    assert rows == [f"{place:02d}" for place in range(1, 19)]  # 24 tries, 6 of them failed
    assert NumberSeries.objects.get(code="BC", year=2024).last == 18
    assert {document.number for document in IssuedDocument.objects.all()} <= set(rows)
    assert transaction.get_connection().vendor == "postgresql"
