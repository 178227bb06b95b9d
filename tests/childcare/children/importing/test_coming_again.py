"""Last year's file once more, and a file after corrections by hand: the officer's word stays, nobody is doubled, nothing lost."""

import uuid
from datetime import date

import pytest

from childcare.children import models as c
from childcare.children.actions import people as verbs
from childcare.children.actions import residence, transfers
from childcare.children.importing import offers, registry, writing
from childcare.children.importing.reading import read
from childcare.lib.calendar import parse_partial
from tests import factories, people
from tests.childcare.children.importing.test_writing import BINH, HOA, take_in, workbook

NHI = [4, "Vũ Thị Nhi", "3/5/2008", "Nữ", "", "Tổ dân phố 1", "Lê Thị Tâm", "", "", "", ""]
LON = [5, "Đỗ Văn Lớn", "3/5/2006", "Nam", "", "Tổ dân phố 1", "Lê Thị Tâm", "", "", "", ""]


@pytest.fixture
def hamlets(ward):
    return [factories.hamlet(ward, f"Tổ dân phố {number}") for number in (1, 2)]


def on(ward, by, day, *rows):
    """The list taken in as of another day."""
    reading = read(workbook(*rows), "danh-sach.xlsx", registry.place_of(ward, day))
    return reading, writing.write(reading=reading, rows=offers.apply(reading, []), unit=ward, by=by)


def correct(child, by, **changes):
    child.refresh_from_db()
    verbs.correct(child=child, by=by, version=child.version, changes=changes)


def test_a_year_later_the_same_rows_are_the_same_children_and_who_grew_up_stays_in_the_book(ward, hamlets, an):
    _, first = on(ward, an, date(2023, 5, 4), HOA, BINH, NHI, LON)
    assert (first["created"], first["rejected"]) == (4, 0)  # 15, and 17 years old
    reading, second = on(ward, an, date(2024, 5, 4), HOA, BINH, NHI, LON)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 3)
    assert [row["reason_code"] for row in reading.rejected] == ["adult"]  # Lớn turned 18 on 03/05/2024
    assert {w["kind"] for w in reading.warnings} == {"age_16_17"}  # Nhi turned 16
    assert c.Child.objects.count() == 4 and not c.ChildRevision.objects.exists()


def test_who_moved_within_the_ward_or_died_is_not_doubled_and_does_not_come_back(ward, hamlets, an):
    take_in(ward, an, HOA, BINH)
    hoa, binh = (c.Child.objects.get(folded_name=name) for name in ("nguyen thi hoa", "nguyen van binh"))
    residence.end(child=binh, by=an, on=date(2024, 4, 1), reason=c.Residence.Reason.DEATH)
    hoa.unit = hamlets[1]
    hoa.save(update_fields=["unit"])
    counts = take_in(ward, an, HOA, BINH)
    assert (counts["created"], counts["unchanged"]) == (0, 2)
    hoa.refresh_from_db(), binh.refresh_from_db()
    assert hoa.unit == hamlets[1] and not binh.residing


def test_who_moved_to_another_ward_is_not_made_anew_by_an_old_list(ward, hamlets, an, chi):
    take_in(ward, an, BINH)
    child = c.Child.objects.get()
    other = people.unit(people.VAN_DAU)
    transfers.send(child=child, by=an, once=uuid.uuid4(), to=other, on=people.TODAY)
    counts = take_in(ward, an, BINH)
    assert counts["created"] == 0 and counts["elsewhere"] == 1
    assert c.Child.objects.get().unit == other


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "Nguyễn Văn Bính Anh"},
        {"birth": parse_partial("12/6/2018")},
        {"mother_name": "Lê Thị Mai Hoa"},
        {"full_name": "Nguyễn Văn Bằng", "birth": parse_partial("12/6/2018"), "mother_name": "Lê Thị Mây"},
    ],
)
def test_a_child_whose_name_birth_or_mother_was_corrected_by_hand_is_known_again_and_stays_corrected(
    ward, hamlets, an, changes
):
    take_in(ward, an, BINH)
    child = c.Child.objects.get()
    correct(child, an, **changes)
    counts = take_in(ward, an, BINH)
    assert (counts["created"], counts["updated"], counts["unchanged"]) == (0, 0, 1)
    child.refresh_from_db()
    for name, value in changes.items():
        assert getattr(child, name) == value
    assert c.Child.objects.count() == 1


def test_what_was_corrected_twice_is_known_by_each_of_its_former_words(ward, hamlets, an):
    take_in(ward, an, BINH)
    child = c.Child.objects.get()
    correct(child, an, full_name="Nguyễn Văn Bằng")
    correct(child, an, full_name="Nguyễn Văn Bảo")
    middle = [BINH[0], "Nguyễn Văn Bằng", *BINH[2:]]
    assert take_in(ward, an, BINH)["unchanged"] == take_in(ward, an, middle)["unchanged"] == 1
    assert c.Child.objects.count() == 1


def test_a_new_child_that_bears_the_former_name_of_another_is_asked_about_by_its_number(ward, hamlets, an):
    take_in(ward, an, BINH)
    child = c.Child.objects.get()
    correct(child, an, full_name="Nguyễn Văn Bằng", identity_number="031218000044")
    numbered = [*BINH[:4], "031218000045", *BINH[5:]]
    assert take_in(ward, an, numbered)["created"] == 1  # another valid number: another child
    assert c.Child.objects.count() == 2


def test_two_children_who_were_called_so_before_decide_nothing(ward, hamlets, an):
    take_in(ward, an, BINH, [3, *BINH[1:]])
    for number, child in enumerate(c.Child.objects.order_by("pk")):
        correct(child, an, full_name=f"Nguyễn Văn Khác {'AB'[number]}")
    assert take_in(ward, an, BINH)["created"] == 1


def test_a_mixed_file_fills_blanks_leaves_the_officers_words_and_brings_the_new(ward, hamlets, an):
    take_in(ward, an, HOA, BINH)
    hoa = c.Child.objects.get(folded_name="nguyen thi hoa")
    correct(hoa, an, mother_name="Lê Thị Mai Hương", phone="0912345678")
    counts = take_in(ward, an, HOA, [*BINH[:3], "Nam", "031218000044", *BINH[5:]], NHI, same=True)
    assert (counts["created"], counts["updated"], counts["unchanged"]) == (1, 1, 1)
    hoa.refresh_from_db()
    assert (hoa.mother_name, hoa.phone) == ("Lê Thị Mai Hương", "0912345678")
    assert c.Child.objects.get(folded_name="nguyen van binh").identity_number == "031218000044"
