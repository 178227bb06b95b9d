"""Who issues a document and in what capacity it is signed (NĐ 30/2020/NĐ-CP, Phụ lục I): a unit, its office, a school."""

import re

from childcare.documents.structure import Issuer
from childcare.lib.vietnamese import clean_text, fold, small

PEOPLES = "Ủy ban nhân dân"
FOR = "TM. ỦY BAN NHÂN DÂN"
COMMITTEE = (f"{FOR}\nCHỦ TỊCH", f"{FOR}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", f"{FOR}\nQ. CHỦ TỊCH")
HEAD_OF_OFFICE = ("TRƯỞNG PHÒNG", "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG", "Q. TRƯỞNG PHÒNG")
DIRECTORS = ("GIÁM ĐỐC", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")
SCHOOL = ("HIỆU TRƯỞNG", "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG")
SCHOOL_KINDS = re.compile(
    r"(Trường (?:(?:Phổ thông dân tộc|PTDT) (?:nội trú|bán trú) )?"
    r"(?:Tiểu học và THCS|TH&THCS|THCS và THPT|THCS|THPT|Tiểu học|TH|Mầm non|Mẫu giáo)) "
)
BODIES = ("hamlet", "school", "facility")  # units without a people's committee


def committee(unit):
    """ "Ủy ban nhân dân phường Nam Sơn"."""
    return f"{PEOPLES} {small(unit.name)}"


def short(unit):
    """ "UBND quận Kiến An"."""
    return f"UBND {small(unit.name)}"


def issuer_of(unit, office=None):
    """The unit, or the office that writes for it, as the issuer of a document."""
    if office:
        bare = office.name.removesuffix(small(unit.name)).strip()
        return Issuer(parent=short(unit), name=in_two(bare), plain=office.name)
    parent = short(unit.parent) if unit.parent else ""
    if unit.kind in BODIES:
        return Issuer(parent=parent, name=school_in_two(unit.name), plain=unit.name)
    return Issuer(parent=parent, name=f"{PEOPLES}\n{unit.name}", plain=committee(unit))


def place_of(unit):
    """The place beside the day: "Nam Sơn"; of a school or hamlet that of its commune."""
    return (unit.parent if unit.kind in BODIES and unit.parent else unit).bare_name


def sign_of(unit, office=None):
    """The letters after the kind in a document's number: "UBND" of "05/BC-UBND"; "" for a school or hamlet."""
    if office:
        return office.sign
    return "" if unit.kind in BODIES else "UBND"


def notation(kind, unit, office=None):
    """ "KH-UBND", or the kind alone for a body without letters of its own."""
    return "-".join(filter(None, [kind, sign_of(unit, office)]))


def authorities(unit, office=None):
    """The ways to sign, the usual one first; lines divided by a line break."""
    if office:
        return DIRECTORS if office.name.startswith("Sở") else HEAD_OF_OFFICE
    if unit.kind == "hamlet":
        return (f"TRƯỞNG {'THÔN' if unit.name.lower().startswith('thôn') else 'TỔ DÂN PHỐ'}",)
    return {"school": SCHOOL, "facility": DIRECTORS}.get(unit.kind, COMMITTEE)


def head(unit, office=None):
    """Who decides for a body in his own right: "Chủ tịch Ủy ban nhân dân phường Nam Sơn", "Trưởng Phòng Y tế", …"""
    if office is None:
        return f"Chủ tịch {committee(unit)}"
    return f"Giám đốc {office.name}" if office.name.startswith("Sở") else f"Trưởng {small(office.name)}"


def in_person(title, unit, office=None):
    """The lines over a signature in the head's own right, from the title as typed: no "TM.", which is for the committee.

    "" or the head's own title: the head; a deputy signs KT.; an acting head Q.; whoever else was empowered TUQ.
    """
    ways = authorities(unit, office) if unit or office else COMMITTEE
    usual, *others = (lines.removeprefix(f"{FOR}\n").split("\n") for lines in ways)
    title = clean_text(title or "")
    plain = fold(title)
    if "pho " in f"{plain} ":
        return next((lines for lines in others if lines[0].startswith("KT.")), usual)
    if plain.startswith(("q.", "quyen ")):
        return [f"Q. {usual[-1]}"]
    if not plain or plain.startswith(fold(usual[-1])):
        return usual
    return [f"TUQ. {usual[-1]}", title.upper()]


def school_in_two(name):
    """The name of a school on two lines where it is long, broken after what kind of school it is: "Trường THCS" / "An Bằng"."""
    found = SCHOOL_KINDS.match(name)
    return f"{found[1]}\n{name[found.end() :]}" if found and len(name) > 22 else name


def in_two(name):
    """A long name on two lines, broken near its middle at "và" or a dash's word."""
    if len(name) < 30:
        return name
    if " - " in name:
        return name.replace(" - ", " -\n", 1)
    words = name.split(" ")
    place = next((at for at, word in enumerate(words) if word == "và" and at > len(words) // 2), (len(words) + 1) // 2)
    return f"{' '.join(words[:place])}\n{' '.join(words[place:])}"
