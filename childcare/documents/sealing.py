"""The digital seal of an issuer on a PDF: PAdES, an incremental change behind the frozen bytes (NĐ 30/2020/NĐ-CP, Phụ lục I).

Place: the picture of the seal covers a third of the signature from its left, in its real size; without a picture a framed
text stands there. A document that tells no place bears the text at the top right of page 1, size 10, as a copy does.
"""

import base64
import io
import logging
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.template.loader import render_to_string
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pypdf import PdfReader

from childcare.documents.archival import place_in
from childcare.documents.pdf import lay_out
from childcare.lib.calendar import now, show
from childcare.lib.refusal import Refusal

logging.getLogger("pyhanko").setLevel(logging.ERROR)  # it warns of boxes that are a billionth too wide
MM = 72 / 25.4
SIGNATURE_MM = 40  # how wide a signature is taken to be, in the middle of its room
TEXT_MM = (42, 22)  # width and height of the framed text
MARGIN_MM, TOP_MM = 20, 8
CANNOT_OPEN = "Không mở được tệp chứng thư số: mật khẩu sai, hoặc tệp không phải loại .p12, .pfx. Hãy kiểm tra rồi tải lại."
NO_KEY = "Tệp này không có khóa bí mật nên không đóng dấu được. Hãy xin tổ chức cấp chứng thư tệp .p12 có khóa."
EXPIRED = "Chứng thư số đã hết hiệu lực từ {}. Hãy gia hạn với tổ chức cấp rồi tải tệp mới lên."
NOT_YET = "Chứng thư số chỉ có hiệu lực từ {}. Hãy chờ đến ngày đó."
NOT_FOR_SIGNING = "Chứng thư số này không dùng để ký được. Hãy hỏi tổ chức cấp chứng thư."


@dataclass(frozen=True)
class Certificate:
    """What a certificate says about its holder."""

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime


def named(name):
    """The common name of a holder, else his whole name."""
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value if found else name.rfc4514_string())[:200]


def opened(key, password):
    """The certificate of a PKCS#12 file. Raises Refusal when it cannot be opened, has no key, or does not hold now."""
    try:
        secret, certificate, _ = pkcs12.load_key_and_certificates(key, password.encode() or None)
    except (ValueError, TypeError):
        raise Refusal(CANNOT_OPEN)
    if secret is None or certificate is None:
        raise Refusal(NO_KEY)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        usage = None
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise Refusal(NOT_FOR_SIGNING)
    found = Certificate(
        named(certificate.subject), named(certificate.issuer), f"{certificate.serial_number:x}"[:60],
        certificate.not_valid_before_utc, certificate.not_valid_after_utc,
    )  # fmt: skip
    require_valid(found.valid_from, found.valid_until)
    return found


def require_valid(valid_from, valid_until):
    """Refused outside the time in which a certificate holds."""
    if now() > valid_until:
        raise Refusal(EXPIRED.format(show(valid_until.astimezone(now().tzinfo).date())))
    if now() < valid_from:
        raise Refusal(NOT_YET.format(show(valid_from.astimezone(now().tzinfo).date())))


def box_of(place, wide, high):
    """(left, bottom, right, top) in points of a seal `wide` × `high` mm: a third of the signature's width from its left."""
    _, left, bottom, right, top = place
    edge = (left + right) / 2 - SIGNATURE_MM * MM / 2 + SIGNATURE_MM * MM / 3
    middle = (bottom + top) / 2
    return edge - wide * MM, middle - high * MM / 2, edge, middle + high * MM / 2


def sealed(data, *, key, password, name, picture=None, width_mm=36, at=None):
    """The PDF with the seal as one more revision; the bytes that were there stay as they are."""
    at = at or now()
    signer = signers.SimpleSigner.load_pkcs12_data(key, other_certs=[], passphrase=password.encode() or None)
    if signer is None:
        raise Refusal(CANNOT_OPEN)
    place = place_in(PdfReader(io.BytesIO(data)))
    with tempfile.TemporaryDirectory() as folder:
        if place and picture:
            box, style = box_of(place, width_mm, width_mm), _picture_style(picture)
        else:
            box, style = box_of(place, *TEXT_MM) if place else _corner(data), _text_style(name, at, Path(folder) / "seal.pdf")
        field = f"dau-{at:%Y%m%d%H%M%S}"
        about = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
        where = SigFieldSpec(field, on_page=place[0] if place else 0, box=tuple(round(side) for side in box))
        maker = signers.PdfSigner(about, signer=signer, stamp_style=style, new_field_spec=where)
        return maker.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data))).getvalue()


def _corner(data):
    page = PdfReader(io.BytesIO(data)).pages[0].mediabox
    right, top = float(page.right) - MARGIN_MM * MM, float(page.top) - TOP_MM * MM
    return right - TEXT_MM[0] * MM, top - TEXT_MM[1] * MM / 2, right, top


def _filling(scaling):
    return SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0),
        inner_content_scaling=scaling,
    )  # fmt: skip


def _picture_style(picture):
    image = Image.open(io.BytesIO(picture), formats=["PNG"])
    image.load()
    layout = _filling(InnerScaling.STRETCH_TO_FIT)
    return StaticStampStyle(border_width=0, background=PdfImage(image), background_opacity=1.0, background_layout=layout)


def _text_style(name, at, path):
    """Who and when in a red frame, laid out by our own PDF maker: the letters of pyHanko break Vietnamese.

    `path`: a file that must live until the PDF is sealed.
    """
    html = render_to_string("documents/seal.html", {"name": name, "at": at.isoformat(timespec="seconds"), "size": TEXT_MM})
    path.write_bytes(lay_out(html).write_pdf())
    layout = _filling(InnerScaling.SHRINK_TO_FIT)
    return StaticStampStyle.from_pdf_file(str(path), border_width=0, background_opacity=1.0, background_layout=layout)


def packed(key):
    """Bytes as the text that is kept encrypted."""
    return base64.b64encode(key).decode()


def unpacked(text):
    return base64.b64decode(text)
