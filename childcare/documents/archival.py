"""What makes a PDF one for the archive (PDF/A-2b, ISO 19005-2): its own colours, XMP beside the properties, a lasting id.

The properties say kind and number and nothing else: no subject, no person, no time.
"""

import hashlib
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

PRODUCER = "childcare"
PLACE = "/ChildcareSignature"  # page from 0, then left, bottom, right, top in points: where the pen would sign
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="B"/>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="{producer}"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@cache
def colours():
    """The sRGB profile that comes with the PDF maker."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def make_lasting(writer, title, parts):
    """Turn a joined document into PDF/A-2b; equal parts give an equal id."""
    writer.pdf_header = "%PDF-1.7"
    writer.metadata = {"/Title": title, "/Producer": PRODUCER}
    root = writer.root_object
    about = DecodedStreamObject()
    about.set_data(XMP.format(title=escape(title), producer=PRODUCER).encode())
    about.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    root[NameObject("/Metadata")] = writer._add_object(about)
    root[NameObject("/OutputIntents")] = ArrayObject([writer._add_object(_intent(writer))])
    # Nothing to fill in yet: signatures come into this list, and its being there lets them be told from other changes.
    root[NameObject("/AcroForm")] = writer._add_object(DictionaryObject({NameObject("/Fields"): ArrayObject()}))
    root[NameObject("/Lang")] = TextStringObject("vi")
    digest = hashlib.sha256(b"".join(parts)).digest()[:16]
    writer._ID = ArrayObject([ByteStringObject(digest), ByteStringObject(digest)])


def _intent(writer):
    profile = DecodedStreamObject()
    profile.set_data(colours())
    packed = profile.flate_encode()
    packed[NameObject("/N")] = NumberObject(3)
    name = TextStringObject("sRGB IEC61966-2.1")
    return DictionaryObject({
        NameObject("/Type"): NameObject("/OutputIntent"),
        NameObject("/S"): NameObject("/GTS_PDFA1"),
        NameObject("/OutputConditionIdentifier"): name,
        NameObject("/Info"): name,
        NameObject("/DestOutputProfile"): writer._add_object(packed),
    })  # fmt: skip


def mark_place(writer, place):
    """Write down where the signature belongs: (page from 0, left, bottom, right, top); None for a paper that nobody signs."""
    if place is not None:
        page, *sides = place
        marks = [NumberObject(page), *(FloatObject(round(side, 2)) for side in sides)]
        writer.root_object[NameObject(PLACE)] = ArrayObject(marks)


def place_in(reader):
    """(page, left, bottom, right, top) as `mark_place` wrote it, or None. `reader` is a pypdf reader."""
    found = reader.root_object.get(PLACE)
    if found is None or len(found) != 5:
        return None
    page, *sides = found
    return (int(page), *(float(side) for side in sides))
