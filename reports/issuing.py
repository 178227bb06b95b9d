"""Who issues a report and who signs it: the head, the notation, the addressees, the signer's lines of a unit or its office."""

from dataclasses import dataclass

from childcare.documents.structure import Issuer
from childcare.units.models import Office
from reports.facts import small

PEOPLES = "Ủy ban nhân dân"
FOR = "TM. ỦY BAN NHÂN DÂN"
COMMITTEE = (f"{FOR}\nCHỦ TỊCH", f"{FOR}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", f"{FOR}\nQ. CHỦ TỊCH")
HEAD_OF_OFFICE = ("TRƯỞNG PHÒNG", "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG", "Q. TRƯỞNG PHÒNG")
DIRECTORS = ("GIÁM ĐỐC", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")
SCHOOL = ("HIỆU TRƯỞNG", "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG")


@dataclass(frozen=True)
class Issuing:
    """Everything about the issuer that a document prints."""

    issuer: Issuer
    notation: str
    place: str
    addressees: tuple
    recipients: tuple
    authorities: tuple  # ways to sign, the usual one first; lines divided by a line break


def committee(unit):
    """ "Ủy ban nhân dân phường Nam Sơn"."""
    return f"{PEOPLES} {small(unit.name)}"


def short(unit):
    """ "UBND quận Kiến An"."""
    return f"UBND {small(unit.name)}"


def of(obligation, as_office):
    """How the report of an obligation is issued: by the unit, or by the office that writes for it."""
    unit, office = obligation.unit, obligation.office
    if as_office and office:
        return _by_office(obligation, unit, office)
    if unit.kind in ("hamlet", "school", "facility"):
        return _by_body(obligation, unit)
    parent = short(unit.parent) if unit.parent else ""
    return Issuing(
        issuer=Issuer(parent=parent, name=f"{PEOPLES}\n{unit.name}", plain=committee(unit)),
        notation="BC-UBND",
        place=unit.bare_name,
        addressees=addressees(obligation),
        recipients=(f"Chủ tịch, các Phó Chủ tịch UBND {unit.kind_word}", f"Lưu: VT{', ' + office.sign if office else ''}"),
        authorities=COMMITTEE,
    )


def _by_office(obligation, unit, office):
    bare = office.name.removesuffix(small(unit.name)).strip()
    return Issuing(
        issuer=Issuer(parent=short(unit), name=in_two(bare), plain=office.name),
        notation=f"BC-{office.sign}",
        place=unit.bare_name,
        addressees=(*addressees(obligation), committee(unit)),
        recipients=(f"Lưu: VT, {office.sign}",),
        authorities=DIRECTORS if office.name.startswith("Sở") else HEAD_OF_OFFICE,
    )


def _by_body(obligation, unit):
    heads = {"school": SCHOOL, "facility": DIRECTORS}
    return Issuing(
        issuer=Issuer(parent=short(unit.parent), name=unit.name, plain=unit.name),
        notation="BC",
        place=unit.parent.bare_name,
        addressees=addressees(obligation),
        recipients=("Lưu",),
        authorities=heads.get(unit.kind, (f"TRƯỞNG {'THÔN' if unit.name.lower().startswith('thôn') else 'TỔ DÂN PHỐ'}",)),
    )


def in_two(name):
    """A long name on two lines, broken near its middle at "và" or a dash's word."""
    if len(name) < 30:
        return name
    if " - " in name:
        return name.replace(" - ", " -\n", 1)
    words = name.split(" ")
    place = next((at for at, word in enumerate(words) if word == "và" and at > len(words) // 2), (len(words) + 1) // 2)
    return f"{' '.join(words[:place])}\n{' '.join(words[place:])}"


def addressees(obligation):
    """Kính gửi: the committee above and its office in charge; above a district the Sở."""
    to = obligation.to_unit
    office = Office.objects.on(obligation.cutoff).filter(unit=to).first()
    if to.kind == "province":
        return (office.name,) if office else (committee(to),)
    return (committee(to), office.name) if office else (committee(to),)
