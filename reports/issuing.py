"""How a report is issued: its head, the addressees and recipients, the signer's lines of the unit or its office."""

from dataclasses import dataclass

from childcare.documents.issuers import BODIES, authorities, committee, issuer_of, notation, place_of
from childcare.documents.structure import Issuer
from childcare.units.models import Office


@dataclass(frozen=True)
class Issuing:
    """Everything about the issuer that a document prints."""

    issuer: Issuer
    notation: str
    place: str
    addressees: tuple
    recipients: tuple
    authorities: tuple  # ways to sign, the usual one first; lines divided by a line break


def of(obligation, as_office):
    """How the report of an obligation is issued: by the unit, or by the office that writes for it."""
    unit, office = obligation.unit, obligation.office
    writer = office if as_office else None
    to = addressees(obligation)
    return Issuing(
        issuer=issuer_of(unit, writer),
        notation=notation("BC", unit, writer),
        place=place_of(unit),
        addressees=(*to, committee(unit)) if writer else to,
        recipients=recipients(unit, office, writer),
        authorities=authorities(unit, writer),
    )


def recipients(unit, office, writer):
    """Nơi nhận after "Như trên"."""
    if writer:
        return (f"Lưu: VT, {writer.sign}",)
    if unit.kind in BODIES:
        return ("Lưu",)
    return (f"Chủ tịch, các Phó Chủ tịch UBND {unit.kind_word}", f"Lưu: VT{', ' + office.sign if office else ''}")


def addressees(obligation):
    """Kính gửi: the committee above and its office in charge; above a district the Sở."""
    to = obligation.to_unit
    office = Office.objects.on(obligation.cutoff).filter(unit=to).first()
    if to.kind == "province":
        return (office.name,) if office else (committee(to),)
    return (committee(to), office.name) if office else (committee(to),)
