"""The data that go with an outgoing document (NĐ 30/2020/NĐ-CP, Phụ lục VI), as XML or JSON beside the PDF.

Names of fields are those of the decree. What the product does not know stands empty (docs/decisions/numbers.md).
"""

import io
import json
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pypdf import PdfReader

from childcare.documents.files import open_bytes
from childcare.documents.issuers import BODIES, committee


def fields(entry):
    """Field → value of a row of the register: texts, numbers, lists."""
    document = entry.document
    return {
        "FileCode": {"OrganId": "", "FileCatalog": entry.year, "FileNotation": ""},
        "DocOrdinal": entry.order,
        "TypeName": entry.kind or "Công văn",
        "CodeNumber": entry.number,
        "CodeNotation": entry.notation,
        "IssuedDate": entry.issued_on.isoformat(),
        "OrganName": organ(entry),
        "Subject": entry.subject,
        "Language": "Tiếng Việt",
        "PageAmount": pages(document) if document and document.pdf else "",
        "Description": entry.note,
        "SignerInfo": {"Position": position(document), "FullName": entry.signer_name},
        "To": list(entry.recipients),
        "Priority": "",
        "IssuedAmount": entry.copies or "",
        "DueDate": "",
    }


def organ(entry):
    """The issuing body in words."""
    if entry.office:
        return entry.office.name
    return entry.unit.name if entry.unit.kind in BODIES else committee(entry.unit)


def position(document):
    """In what office it was signed: the last line over the signature."""
    return document.signer_authority[-1].capitalize() if document and document.signer_authority else ""


def pages(document):
    """How many pages the PDF has."""
    return len(PdfReader(io.BytesIO(open_bytes(document.pdf))).pages)


def as_json(entry):
    return json.dumps(fields(entry), ensure_ascii=False, indent=1).encode()


def as_xml(entry):
    """The same as XML: one element a field, one `To` a recipient."""
    root = Element("Document")
    for name, value in fields(entry).items():
        _add(root, name, value)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _add(parent, name, value):
    if isinstance(value, list):
        for one in value:
            SubElement(parent, name).text = str(one)
    elif isinstance(value, dict):
        inner = SubElement(parent, name)
        for part, text in value.items():
            _add(inner, part, text)
    else:
        SubElement(parent, name).text = str(value)
