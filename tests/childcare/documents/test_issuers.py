"""Who issues and who signs: committees, offices, schools and hamlets."""

import pytest

from childcare.documents.issuers import authorities, issuer_of, notation, place_of, school_in_two
from childcare.units.models import Office, Unit
from tests.people import HAI_PHONG, KIEN_AN, NAM_SON, TODAY, unit

pytestmark = pytest.mark.django_db


def test_a_ward_issues_as_its_committee_under_that_of_the_district():
    issuer = issuer_of(unit(NAM_SON))
    assert issuer.parent_lines == ("UBND QUẬN KIẾN AN",)
    assert issuer.name_lines == ("ỦY BAN NHÂN DÂN", "PHƯỜNG NAM SƠN")
    assert issuer.plain == "Ủy ban nhân dân phường Nam Sơn"
    assert (notation("KH", unit(NAM_SON)), place_of(unit(NAM_SON))) == ("KH-UBND", "Nam Sơn")


def test_a_province_has_nobody_above_it():
    assert issuer_of(unit(HAI_PHONG)).parent_lines == ()


def test_an_office_issues_under_its_committee_with_its_own_letters_and_head():
    office = Office.objects.on(TODAY).filter(unit=unit(KIEN_AN)).get()
    issuer = issuer_of(office.unit, office)
    assert issuer.parent_lines == ("UBND QUẬN KIẾN AN",)
    assert "KIẾN AN" not in " ".join(issuer.name_lines)
    assert notation("BC", office.unit, office) == f"BC-{office.sign}"
    assert authorities(office.unit, office)[0] == "TRƯỞNG PHÒNG"


def test_a_school_and_a_hamlet_sign_by_their_heads_and_write_the_place_of_the_commune():
    school = Unit(name="Trường THCS Nam Sơn", kind="school", parent=unit(NAM_SON))
    assert authorities(school)[0] == "HIỆU TRƯỞNG"
    assert (notation("KH", school), place_of(school)) == ("KH", "Nam Sơn")
    assert issuer_of(school).name_lines == ("TRƯỜNG THCS NAM SƠN",)
    hamlet = Unit(name="Thôn 3", kind="hamlet", parent=unit(NAM_SON))
    assert authorities(hamlet) == ("TRƯỞNG THÔN",)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Trường THCS An Bằng - Vinh An", "Trường THCS\nAn Bằng - Vinh An"),
        ("Trường PTDT bán trú Tiểu học và THCS Nậm Mười", "Trường PTDT bán trú Tiểu học và THCS\nNậm Mười"),
        ("Trường THCS Nam Sơn", "Trường THCS Nam Sơn"),
        ("Tổ dân phố 3", "Tổ dân phố 3"),
    ],
)
def test_a_long_name_of_a_school_breaks_after_its_kind(name, shown):
    assert school_in_two(name) == shown
