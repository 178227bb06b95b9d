"""KẾ HOẠCH as an administrative document: the paragraphs as they were signed, with head, recipients and signer (NĐ 30/2020)."""

import re

from childcare.documents.issuers import authorities, issuer_of, notation, place_of
from childcare.documents.structure import AdminDocument, Bullets, Heading, Paragraph, Signer
from plans import loading, structure
from plans.models import Plan

LEVELS = {"section": 1, "subsection": 2, "task": 2, "project": 2, "solution": 2, "responsible": 2, "model": 3}
LONGEST = 200  # characters of a heading: a longer one is a paragraph, unless its colon says that something follows
DRAFT_MARK = "DỰ THẢO"


def build(plan):
    """The document of a plan. One that is not issued bears the mark DỰ THẢO."""
    items = list(plan.items.all())
    number, _, sign = plan.number.partition("/")
    titles = [item.text for item in items if item.kind == "title"]
    bases, blocks = body(items)
    return AdminDocument(
        kind=titles[0] if titles else "KẾ HOẠCH",
        subject=plan.subject,
        issuer=issuer_of(plan.unit, plan.office),
        number=number.strip(),
        notation=sign.strip() or notation("KH", plan.unit, plan.office),
        place=plan.place or place_of(plan.unit),
        day=plan.issued_on,
        year=plan.first_year,
        month=month_in(plan.issued_text),
        bases=bases,
        blocks=blocks,
        recipients=plan.recipients,
        signer=signer_of(plan),
        closing=not any(item.kind == "footnote" for item in items),
        marks=[] if plan.state == Plan.State.ISSUED else [DRAFT_MARK],
    )


def month_in(text):
    """The month of a day that was left blank: 2 in "Cẩm Châu, ngày tháng 02 năm 2023"; None while it is blank too."""
    found = re.search(r"tháng (\d{1,2}) năm", text)
    return int(found[1]) if found else None


def signer_of(plan):
    """Who signs, as the plan says. One that was issued without a signer is printed without; a draft shows who would sign."""
    if plan.signer_lines or plan.signer_name:
        return Signer(lines=plan.signer_lines, name=plan.signer_name)
    if plan.state == Plan.State.ISSUED:
        return None
    return Signer(lines=authorities(plan.unit, plan.office)[0].split("\n"))


def body(items):
    """(legal bases, blocks) from the paragraphs in print order."""
    rows = [item for item in items if item.kind not in loading.HEAD | loading.FOOT | {"footnote"}]
    marks = {item.path: number for number, item in enumerate((item for item in items if item.kind == "footnote"), 1)}
    bases, blocks, dashes = [], [], []
    for at, item in enumerate(rows):
        text = marked(item, marks)
        if item.bullet == "-":
            dashes.append(text)
            continue
        if dashes:
            blocks.append(Bullets(dashes))
            dashes = []
        if item.kind == "basis" and text.startswith("Căn cứ") and not blocks:
            bases.append(text)
        elif heads(item, rows[at + 1] if at + 1 < len(rows) else None):
            blocks.append(Heading(text, LEVELS[item.kind]))
        else:
            blocks.append(Paragraph(f"{item.bullet} {text}" if item.bullet else text))
    blocks += [Bullets(dashes)] if dashes else []
    return bases, blocks + notes(items, marks)


def heads(item, following):
    """True when a paragraph is a heading: short, and something of its own section follows it."""
    if item.kind not in LEVELS or (len(item.text) > LONGEST and not item.text.rstrip().endswith(":")):
        return False
    if item.kind in ("section", "subsection"):
        return True
    return following is not None and following.path.startswith(item.path) and (following.bullet or following.kind != item.kind)


def marked(item, marks):
    """The text of a paragraph with the numbers of its footnotes in their places."""
    text = item.text
    for mark, after in structure.FOOTNOTE.findall(item.note):
        number = f" ({marks[mark]})" if mark in marks else ""
        text = text.replace(after.strip(), after.strip() + number, 1) if after else re.sub(r"\.?$", f"{number}.", text, count=1)
    return text


def notes(items, marks):
    """The footnotes after the text."""
    rows = [item for item in items if item.kind == "footnote"]
    if not rows:
        return []
    return [Paragraph("Chú thích:", italic=True), *(Paragraph(f"({marks[item.path]}) {item.text}") for item in rows)]
