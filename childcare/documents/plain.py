"""A document as data: what is printed and nothing else, for machines and for comparing the renderers."""

from childcare.documents.structure import Bullets, Heading, Signatures, Table, cell_text


def as_json(doc):
    """Every printed text of the document in reading order, ready for json.dumps."""
    return {
        "kind": doc.kind,
        "subject": doc.subject if doc.kind else doc.about_line,
        "issuer": {"parent": list(doc.issuer.parent_lines), "name": list(doc.issuer.name_lines)},
        "number": doc.number_line,
        "place_and_day": doc.place_line,
        "marks": list(doc.marks),
        "foot": doc.foot,
        "addressees": list(doc.addressee_lines),
        "bases": list(doc.base_lines),
        "blocks": [_block(block) for block in doc.blocks],
        "recipients": list(doc.recipient_lines),
        "check": doc.check_words,
        "signer": {"lines": list(doc.signer.lines), "name": doc.signer.name} if doc.signer else None,
        "annexes": [
            {
                "label": doc.annex_label(place),
                "title": annex.title,
                "note": doc.annex_note(annex),
                "marks": list(annex.marks),
                "blocks": [_block(block) for block in annex.blocks],
            }
            for place, annex in enumerate(doc.annexes)
        ],
    }


def _block(block):
    if isinstance(block, Table):
        return {
            "table": [[cell_text(value) for value in row] for row in block.rows],
            "head": [[cell.text for cell in row] for row in block.head_rows],
            "caption": block.caption,
        }
    if isinstance(block, Bullets):
        return {"bullets": list(block.lines)}
    if isinstance(block, Signatures):
        return {"signatures": list(block.texts)}
    if isinstance(block, Heading):
        return {"heading": block.text, "level": block.level}
    return {"paragraph": block.whole}


def texts(doc):
    """The document as a flat list of texts, one a paragraph or cell, in reading order."""
    data = as_json(doc)
    head = [*data["issuer"]["parent"], *data["issuer"]["name"], data["number"]]
    title = [data["kind"], data["subject"]] if doc.kind else []
    about = [] if doc.kind else [data["subject"]]
    found = [*head, *about, data["place_and_day"], *data["marks"], *title, *data["addressees"], *data["bases"]]
    for block in data["blocks"]:
        found += _block_texts(block)
    if data["recipients"]:
        found += ["Nơi nhận:", *data["recipients"]]
    found += [data["check"]] if data["check"] else []
    if data["signer"]:
        found += [*data["signer"]["lines"], data["signer"]["name"]]
    for annex in data["annexes"]:
        found += [*annex["marks"], annex["label"], annex["title"].upper(), annex["note"]]
        for block in annex["blocks"]:
            found += _block_texts(block)
    return [text.replace("\n", " ") for text in found if text]


def _block_texts(block):
    if "table" in block:
        return [block["caption"], *(text for rows in (block["head"], block["table"]) for row in rows for text in row)]
    return block.get("bullets") or block.get("signatures") or [block.get("heading") or block["paragraph"]]
