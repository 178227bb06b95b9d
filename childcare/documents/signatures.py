"""Digital signatures on a PDF: who signed, when, is it intact, may the chain be trusted, is it our own document beneath?

A signed copy must begin with the very bytes that were issued and add nothing but signatures: whatever else was drawn over or
written behind them is refused. Nothing is fetched from a network; the roots that are trusted are given by the operator.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from childcare.lib.refusal import Refusal

# What may follow the issued bytes: what pyHanko allows after a signature, and the flag that there are signatures.
ONLY_SIGNATURES = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(DEFAULT_DIFF_POLICY.form_rule.field_rules, ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"}),
)
WIDEST, HIGHEST = 90 / 25.4 * 72, 50 / 25.4 * 72  # points
LARGEST = 20 * 1024 * 1024
TOO_BIG = "Tệp lớn quá 20 MB. Hãy ký lại trên tệp PDF tải từ phần mềm, không quét hay chèn thêm ảnh lớn."
NOT_PDF = "Không đọc được tệp này như một tệp PDF đã ký. Hãy tải lên đúng tệp PDF mà phần mềm ký số đã lưu."
OTHER_CONTENT = (
    "Nội dung tệp không phải bản đã ban hành của phần mềm: hãy tải “Bản để ký số”, ký trên chính tệp đó rồi tải lên. "
    "Phần mềm ký phải ghi chữ ký nối vào tệp, không lưu lại thành tệp khác."
)
ADDED = "Tệp có nội dung thêm vào ngoài chữ ký số (chữ, hình vẽ hoặc ghi chú). Hãy tải “Bản để ký số” về và chỉ ký số lên đó."
UNSIGNED = "Tệp chưa có chữ ký số nào mới. Hãy ký số rồi tải lên."
BROKEN = "Chữ ký số của “{}” không toàn vẹn: tệp đã bị sửa sau khi ký. Hãy ký lại trên “Bản để ký số”."
OUT_OF_DATE = "Chứng thư số của “{}” không còn hiệu lực lúc ký. Hãy ký lại bằng chứng thư còn hiệu lực."
TOO_LARGE = "Khung chữ ký số quá lớn, che nội dung văn bản. Hãy ký lại với khung không quá 90 × 50 mm."
TOO_OLD = "Văn bản này được lập trước khi phần mềm có ký số, nên không kiểm được bản ký số. Hãy lưu bản quét có chữ ký và dấu."
BEHIND = "Sau chữ ký cuối cùng tệp còn bị ghi thêm. Hãy tải lên đúng tệp mà phần mềm ký số đã lưu."


@dataclass(frozen=True)
class Found:
    """One signature on a PDF."""

    subject: str
    issuer: str
    at: datetime | None
    trusted: bool


def signatures_on(data, original, *, before=0):
    """The signatures behind the issued bytes `original`, all of them checked; `before` of them were known already.

    Raises Refusal with the reason when the file is not ours, adds anything but signatures, or one is broken.
    """
    if len(data) > LARGEST:
        raise Refusal(TOO_BIG)
    if not data.startswith(b"%PDF-"):
        raise Refusal(NOT_PDF)
    if not data.startswith(original):
        raise Refusal(OTHER_CONTENT)
    try:
        return _checked(data, original, before)
    except Refusal:
        raise
    except (
        PdfError,
        SignatureValidationError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        RecursionError,
    ):
        raise Refusal(NOT_PDF)


def _checked(data, original, before):
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    _require_ours(reader, original)
    embedded = list(reader.embedded_regular_signatures)
    if len(embedded) <= before:
        raise Refusal(UNSIGNED)
    found = [_one(signature) for signature in embedded]
    if embedded[-1].evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        raise Refusal(BEHIND)
    return found


def _require_ours(reader, original):
    """The first revision of the file is the issued document, and what came later are signatures and nothing else."""
    ours = PdfFileReader(io.BytesIO(original), strict=False)
    xrefs = reader.xrefs
    if xrefs.get_startxref_for_revision(0) != ours.last_startxref or ours.xrefs.total_revisions != 1:
        raise Refusal(OTHER_CONTENT)
    if xrefs.total_revisions < 2:
        raise Refusal(UNSIGNED)
    if "/AcroForm" not in ours.root:
        raise Refusal(TOO_OLD)
    try:
        change = ONLY_SIGNATURES.apply(
            old=reader.get_historical_resolver(0), new=reader.get_historical_resolver(xrefs.total_revisions - 1)
        )
    except SuspiciousModification:
        raise Refusal(ADDED)
    if change.modification_level > ModificationLevel.FORM_FILLING:
        raise Refusal(ADDED)


def _require_small(signature):
    """A frame of a signature must not hide the text: whatever is drawn in it is no part of our document."""
    widgets = signature.sig_field.get("/Kids") or [signature.sig_field]
    for widget in widgets:
        sides = [float(side) for side in widget.get("/Rect", (0, 0, 0, 0))]
        if abs(sides[2] - sides[0]) > WIDEST or abs(sides[3] - sides[1]) > HIGHEST:
            raise Refusal(TOO_LARGE)


def _one(signature):
    _require_small(signature)
    context = ValidationContext(trust_roots=list(roots()), allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    holder = status.signing_cert
    name = _named(holder.subject)
    if not (status.intact and status.valid):
        raise Refusal(BROKEN.format(name))
    at = status.timestamp_validity.timestamp if status.timestamp_validity else status.signer_reported_dt
    if at is not None and not holder.not_valid_before <= at <= holder.not_valid_after:
        raise Refusal(OUT_OF_DATE.format(name))
    return Found(name, _named(holder.issuer), at, bool(status.trusted))


def _named(name):
    return str(name.native.get("common_name") or name.human_friendly)[:200]


def roots():
    """The certificates at whose end a chain is trusted: those of the operator's file, none without it."""
    path = settings.SIGNATURE_ROOTS
    return _roots(path, Path(path).stat().st_mtime) if path and Path(path).exists() else ()


@lru_cache(maxsize=2)
def _roots(path, changed):
    return tuple(load_certs_from_pemder([path]))
