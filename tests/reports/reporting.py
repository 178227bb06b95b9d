"""A small ward with known figures, and its half-year report of 2024 in any state.

Three children: Nam (m, 2016, disabled, helped), Hoa (f, 2020), Minh (m, 2010, disabled, not helped). Last permitted day 09/05/2024.
"""

from datetime import date

from childcare.units.models import Unit
from reports.actions import answering, drafting, signing
from reports.models import Obligation
from reports.obligations import ensure_obligations
from tests import factories, people

PDF = b"%PDF-1.7 scan of the signed paper"
SIGNED = {
    "number": "05",
    "issued_on": date(2024, 5, 2),
    "signer_lines": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    "signer_name": "Phạm Thị Lan",
}


def small_ward(code=people.NAM_SON):
    """The ward, with two hamlets and three children."""
    ward = people.unit(code)
    first, second = factories.hamlet(ward, "Tổ dân phố 2"), factories.hamlet(ward, "Tổ dân phố 10")
    nam = factories.child(first, "Nguyễn Văn Nam", "12/05/2016", "m")
    factories.child(first, "Trần Thị Hoa", "01/02/2020", "f")
    minh = factories.child(second, "Lê Văn Minh", "03/04/2010", "m")
    factories.circumstance(nam, "N04", since=date(2023, 3, 12))
    factories.circumstance(minh, "N04", since=date(2024, 1, 5))
    factories.support(nam, on=date(2024, 2, 1), unit=ward)
    return ward


def owed(code=people.NAM_SON, period="2024-H1", regime=None):
    """What the unit owes for the period; somebody uses the system there."""
    people.an(), people.dung()
    ensure_obligations(2024)
    found = Obligation.objects.filter(unit=Unit.objects.by_code(code, people.TODAY), period=period)
    return (
        (found.filter(regime__code=regime) if regime else found)
        .select_related("unit__parent", "to_unit", "office", "regime")
        .get()
    )


def draft(by=None, **which):
    return drafting.begin(obligation=owed(**which), by=by or people.an())


def presented(by=None, **which):
    row = draft(by, **which)
    return drafting.present(submission=row, by=by or people.an(), version=row.version)


def signed(by=None, number="05", scan=PDF, **which):
    row = presented(by, **which)
    values = {**SIGNED, "number": number}
    return signing.sign(submission=row, by=by or people.an(), version=row.version, scan=scan, **values)


def sent(by=None, **which):
    return answering.send(submission=signed(by, **which), by=by or people.an())


def accepted(by=None, **which):
    return answering.accept(submission=sent(by, **which), by=people.phuc())
