"""What is offered of a list of pupils or of the ministry's file: one by one, applied when the list is let in, never by itself."""

import re
from datetime import date

import pytest
from django.urls import reverse

from childcare.children.importing import lists
from childcare.children.models import Child, Pupil, TakenList
from tests import factories
from tests.childcare.children.schools import test_ministry as ministry
from tests.childcare.children.schools.books import pupils_file, row, workbook

SHORT, WHOLE = "31212000011", "031212000011"


def upload(unit, by, data, kind="pupils", **asked):
    taken = lists.upload(by=by, kind=kind, unit=unit, on=date(2023, 9, 5), asked=asked, name="tep.xlsx", data=data)
    lists.read_file(taken=taken, by=by)
    return TakenList.objects.get(pk=taken.pk)


@pytest.fixture
def of_pupils(school, hoa):
    """Two names in capitals; the number of the first has lost its nought."""
    return upload(school, hoa, pupils_file(row("NGUYỄN VĂN NAM", number=SHORT), row("TRẦN THỊ BÍCH")), school_year=2023)


def page(taken, name="list", *more):
    return reverse(name, args=[taken.public_id, *more])


def finish(taken, by):
    lists.write_list(taken=TakenList.objects.get(pk=taken.pk), by=by)


def place_of(taken, kind, after):
    found = lists.kept_of(taken)["offers"]
    return next(place for place, offer in enumerate(found) if (offer["kind"], offer["to"]) == (kind, after))


def test_the_preview_offers_each_cell_and_nothing_is_mended_by_itself(of_pupils, as_, hoa):
    answer = as_(hoa).get(page(of_pupils)).text
    assert "Viết hoa đúng chữ đầu của họ tên" in answer and "Nguyễn Văn Nam" in answer and WHOLE in answer
    as_(hoa).post(page(of_pupils, "list-decide"))
    finish(of_pupils, hoa)
    assert set(Pupil.objects.values_list("full_name", "identity_number")) == {
        ("NGUYỄN VĂN NAM", SHORT), ("TRẦN THỊ BÍCH", None),
    }  # fmt: skip


def test_one_cell_is_taken_the_other_left(of_pupils, as_, hoa):
    place = place_of(of_pupils, "name_case", "Nguyễn Văn Nam")
    as_(hoa).post(page(of_pupils, "list-decide"), {"offer": [place]})
    finish(of_pupils, hoa)
    assert set(Pupil.objects.values_list("full_name", flat=True)) == {"Nguyễn Văn Nam", "TRẦN THỊ BÍCH"}


def test_a_whole_kind_is_taken(of_pupils, as_, hoa):
    as_(hoa).post(page(of_pupils, "list-decide"), {"kind": ["identity_leading_zero", "name_case"]})
    finish(of_pupils, hoa)
    assert Pupil.objects.get(full_name="Nguyễn Văn Nam").identity_number == WHOLE


def test_a_number_mended_by_an_offer_finds_the_child(of_pupils, as_, hoa, ward):
    child = factories.child(ward, "Nguyễn Văn Nam", "12/05/2012", identity_number=WHOLE, identity_valid=True)
    as_(hoa).post(page(of_pupils, "list-decide"), {"kind": ["identity_leading_zero"]})
    finish(of_pupils, hoa)
    assert Pupil.objects.get(identity_number=WHOLE).child == child


def test_the_page_of_a_kind_keeps_what_was_ticked(of_pupils, as_, hoa):
    client, url = as_(hoa), page(of_pupils, "list-offers", "name_case")
    assert "Trần Thị Bích" in client.get(url).text
    place = place_of(of_pupils, "name_case", "Trần Thị Bích")
    assert client.post(url, {"offer": [place]})["Location"] == page(of_pupils)
    of_pupils.refresh_from_db()
    assert of_pupils.accepted == {"offers": [place]}
    assert "đang nhận 1 trên 2 dòng" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(page(of_pupils)).text))
    client.post(url, {"which": "all"})
    client.post(page(of_pupils, "list-decide"))
    finish(of_pupils, hoa)
    assert set(Pupil.objects.values_list("full_name", flat=True)) == {"Nguyễn Văn Nam", "Trần Thị Bích"}


def test_three_people_at_the_page_of_a_kind(of_pupils, as_, hoa, tuan, binh):
    url = page(of_pupils, "list-offers", "name_case")
    assert [as_(one).get(url).status_code for one in (hoa, tuan, binh)] == [200, 404, 403]
    assert [as_(one).post(url, {"which": "all"}).status_code for one in (tuan, binh)] == [404, 403]
    of_pupils.refresh_from_db()
    assert of_pupils.accepted == {}
    assert as_(hoa).get(page(of_pupils, "list-offers", "phone_leading_zero")).status_code == 404


def test_nothing_is_chosen_any_more_of_a_list_that_went_in(of_pupils, as_, hoa):
    as_(hoa).post(page(of_pupils, "list-decide"))
    finish(of_pupils, hoa)
    assert as_(hoa).get(page(of_pupils, "list-offers", "name_case")).status_code == 409


def test_a_school_is_neither_asked_nor_told_of_circumstances(school, hoa, as_):
    head = ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Hoàn cảnh", "Số quyết định", "Số tiền", "Ghi chú"]
    line = [1, "Nguyễn Văn Nam", "12/05/2012", "6A", "mồ côi, khuyết tật", "12/QĐ", "1.234", "Chuyển đi Bình Dương"]
    taken = upload(school, hoa, workbook({"6A": [head, line]}), school_year=2023)
    kept = lists.kept_of(taken)
    assert (kept["offers"], kept["warnings"]) == ([], [])
    assert "khuyết tật" not in as_(hoa).get(page(taken)).text


def test_what_is_doubtful_is_told(school, hoa, as_):
    taken = upload(school, hoa, pupils_file(row("Nguyễn Văn Nam", "31/02/2012", number="123")), school_year=2023)
    answer = as_(hoa).get(page(taken)).text
    assert "Ngày sinh không thể có" in answer and "Số định danh không đúng dạng" in answer


def test_the_file_of_the_ministry_is_offered_too(ward, an, as_):
    head = [*ministry.HEAD]
    data = workbook({"Trẻ em": [head, [1, *ministry.line("NGUYỄN VĂN NAM", number="31216001234")]]})
    taken = upload(ward, an, data, kind="ministry", whole=False)
    child = factories.child(ward, "Nguyễn Văn Nam", "12/05/2016", identity_number="031216001234", identity_valid=True)
    assert "Thêm số 0 ở đầu số định danh" in as_(an).get(page(taken)).text
    as_(an).post(page(taken, "list-decide"), {"kind": ["identity_leading_zero"]})
    finish(taken, an)
    assert Child.objects.get(pk=child.pk).ministry_state in ("present", "different")


def test_a_list_read_before_there_were_offers_still_goes_in(of_pupils, hoa, monkeypatch):
    kept = {key: value for key, value in lists.kept_of(of_pupils).items() if key not in ("offers", "warnings", "conversions")}
    monkeypatch.setattr(lists, "kept_of", lambda taken: kept)
    lists.decide(taken=of_pupils, by=hoa, accepted={})
    finish(of_pupils, hoa)
    assert Pupil.objects.count() == 2
