"""TM., Q., KT., TL., TUQ.: the line over the signature fits the office of who signs, else a sentence says what to choose."""

import pytest

from childcare.documents import capacities
from childcare.lib.refusal import Refusal
from childcare.units.models import Office
from tests import people

pytestmark = pytest.mark.django_db
TM = "TM. ỦY BAN NHÂN DÂN"
HEAD, DEPUTY, ACTING = [TM, "CHỦ TỊCH"], [TM, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], [TM, "Q. CHỦ TỊCH"]
ORDER, MANDATE = ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"]


def fits(lines, position="", mandate="", office=None, name="Lê Văn Ký", code=people.NAM_SON):
    unit = people.unit(code)
    capacities.require_fitting(
        lines, name=name, position=position, unit=unit, office=office, mandate=mandate, on=people.TODAY
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "position", "mandate"),
    [
        (HEAD, "Chủ tịch", ""), (HEAD, "Chủ tịch UBND phường", ""), (DEPUTY, "Phó Chủ tịch", ""), (ACTING, "Quyền Chủ tịch", ""),
        (ORDER, "Chánh Văn phòng", ""), (MANDATE, "Trưởng phòng", "GUQ số 03/GUQ-UBND, đến hết 31/12/2024"),
        (HEAD, "", ""), (DEPUTY, "", ""),
    ],
)  # fmt: skip
def test_what_fits_is_let_through_and_an_unknown_office_holds_nobody_up(lines, position, mandate):
    fits(lines, position, mandate)


@pytest.mark.parametrize(
    ("lines", "position", "sentence"),
    [
        (HEAD, "Phó Chủ tịch", "ký thay Chủ tịch. Hãy chọn “TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH”"),
        (DEPUTY, "Chủ tịch", "ký trực tiếp. Hãy chọn “TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH”"),
        (HEAD, "Q. Chủ tịch", "Hãy chọn “TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH”"),
        (HEAD, "Chánh Văn phòng", "Hãy chọn “TL. CHỦ TỊCH” hoặc, khi có văn bản ủy quyền, “TUQ. CHỦ TỊCH”"),
        (MANDATE, "Trưởng phòng", "phải có văn bản ủy quyền"),
        (["TL. CHỦ TỊCH"], "", "ghi chức vụ của người ký"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_choose(lines, position, sentence):
    with pytest.raises(Refusal) as refusal:
        fits(lines, position)
    assert sentence in str(refusal.value)


def test_the_office_of_an_appointment_is_known_without_being_typed():
    lan = people.lan()
    lan.appointments.update(position="Phó Chủ tịch UBND phường")
    with pytest.raises(Refusal, match="KT. CHỦ TỊCH"):
        fits(HEAD, name=lan.full_name)
    with pytest.raises(Refusal, match="KT. CHỦ TỊCH"):
        fits(HEAD, "Chủ tịch", name=lan.full_name)
    fits(DEPUTY, name=lan.full_name)


def test_an_office_is_signed_for_by_its_head_or_deputy():
    office = Office.objects.on(people.TODAY).filter(unit=people.unit(people.KIEN_AN)).first()
    fits(["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"], "Phó Trưởng phòng", office=office, code=people.KIEN_AN)
    with pytest.raises(Refusal, match="“KT. TRƯỞNG PHÒNG / PHÓ TRƯỞNG PHÒNG”"):
        fits(["TRƯỞNG PHÒNG"], "Phó Trưởng phòng", office=office, code=people.KIEN_AN)
    assert capacities.ways(people.unit(people.KIEN_AN), office)[-2:] == ["TL. TRƯỞNG PHÒNG", "TUQ. TRƯỞNG PHÒNG"]
