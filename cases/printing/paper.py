"""The frame of a form: who issues it, its number and day, who signs. The forms themselves only say what stands in it."""

import re

from cases.printing.fill import dots, said, sentence
from childcare.documents import issuers
from childcare.documents.structure import AdminDocument, Heading, Issuer, Paragraph, Signer
from childcare.documents.wording import listed
from childcare.lib.vietnamese import clean_text

NUMBER = re.compile(r"\s*(\d{1,6}[a-zđ]?)\s*(?:/\s*(\S.*))?$", re.IGNORECASE)
BLANK_UNIT = "Ủy ban nhân dân\nXã, phường " + dots(30, 12)


def issuer(unit, office=None):
    """The committee of the commune (or the office that decides), or room for its name."""
    if unit is None:
        return Issuer(parent=f"Ủy ban nhân dân {dots(25, 12)}", name=BLANK_UNIT, plain=f"Ủy ban nhân dân {dots(40)}")
    return issuers.issuer_of(unit, office)


def body(name):
    """A body that is no unit of the register of units, under one that nobody wrote down; without a name, room for it."""
    return Issuer(parent=f"Cơ quan chủ quản {dots(25, 12)}", name=name or f"Tên cơ sở\n{dots(40, 12)}", plain=name)


def committee(unit):
    """ "Ủy ban nhân dân phường Nam Sơn", or room for the name."""
    return issuers.committee(unit) if unit else f"Ủy ban nhân dân xã, phường {dots(40)}"


def place(unit):
    """The place beside the day."""
    return issuers.place_of(unit) if unit else dots(30, 13)


def number_of(text, notation):
    """(number, notation) of a number as typed: "12/QĐ-UBND", "12" or something else, which is then left to the pen."""
    found = NUMBER.match(clean_text(text or ""))
    return (found[1], clean_text(found[2] or "") or notation) if found else ("", notation)


def sheet(
    facts, kind, subject, blocks, *, signer="", name="", day=None, notation="", number="", landscape=False, issued_by=None
):
    """A working paper of the case: signed by the officer who did it; it bears a foot and no closing mark."""
    return AdminDocument(
        subject=subject,
        kind=kind,
        issuer=issued_by or issuer(facts.unit),
        number=number,
        notation=notation,
        place=place(facts.unit),
        day=day,
        year=facts.year,
        blocks=blocks,
        closing=False,
        foot=facts.foot,
        landscape=landscape,
        signer=Signer([signer], name) if signer else None,
    )


def letter(facts, kind, subject, blocks, *, to=(), signer="NGƯỜI LÀM ĐƠN", name="", day=None):
    """An application of a person: no issuer, no number."""
    return AdminDocument(
        subject=subject,
        kind=kind,
        issuer=Issuer(),
        place=place(facts.unit),
        day=day,
        year=facts.year,
        addressees=to,
        blocks=blocks,
        closing=False,
        signer=Signer([signer], name),
    )


def decision(facts, subject, articles, *, why=(), number="", day=None, signer="", recipients=()):
    """A decision of the chairman: authority, bases, "QUYẾT ĐỊNH:", articles (a text, further blocks)."""
    unit, office = facts.unit, facts.office
    number, notation = number_of(number, issuers.notation("QĐ", unit, office) if unit else "QĐ-UBND")
    bases = [*(f"Căn cứ {base}" for base in facts.bases or [dots(120), dots(120)]), *why]
    head = issuers.head(unit, office) if unit else f"Chủ tịch {committee(None)}"
    blocks = [Heading(head.upper(), 0), *(Paragraph(text, italic=True) for text in listed(bases, mark=""))]
    blocks.append(Heading("QUYẾT ĐỊNH:", 0))
    for at, (first, *more) in enumerate(articles, 1):
        blocks += [Paragraph(first, align=said(first).align, lead=f"Điều {at}."), *more]
    lines, name = capacity(signer, unit, office)
    return AdminDocument(
        subject=subject,
        kind="QUYẾT ĐỊNH",
        issuer=issuer(unit, office),
        number=number,
        notation=notation,
        place=place(facts.unit),
        day=day,
        year=facts.year,
        blocks=blocks,
        recipients=recipients,
        foot=facts.foot,
        signer=Signer(lines, name),
    )


def capacity(signer, unit=None, office=None):
    """(lines, name) of who signed, as typed: "Phạm Thị Lan" or "Phạm Thị Lan, Phó Chủ tịch"."""
    name, _, title = clean_text(signer or "").partition(",")
    return issuers.in_person(title, unit, office), name.strip()


def people(text):
    """The lines of a text as sentences for a list: one person, one body, one measure each."""
    return [sentence(row)[:-1] for row in str(text or "").split("\n") if clean_text(row)]


def in_force(facts, other):
    """The last article of a decision: from when it holds, who carries it out."""
    office = facts.office.name if facts.office else f"Văn phòng {committee(facts.unit)}"
    return (f"Quyết định này có hiệu lực kể từ ngày ký. {office}, {other} chịu trách nhiệm thi hành Quyết định này.",)
