"""The unit's digital seal: kept, put on an issued document, taken away; a copy that was signed outside: checked and kept."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.documents import sealing
from childcare.documents.files import open_bytes, path_of, store
from childcare.documents.issuers import BODIES, committee
from childcare.documents.models import IssuedDocument, SignedCopy, UnitSeal
from childcare.documents.signatures import signatures_on
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import harmless

PDF = "application/pdf"
LARGEST_KEY = 100_000
NOT_PNG = "Ảnh dấu phải là tệp PNG nền trong suốt. Hãy lưu lại thành PNG rồi tải lên."
NO_SEAL = "Đơn vị chưa có chứng thư số của cơ quan. Lãnh đạo đơn vị đưa tệp chứng thư lên ở trang Chứng thư số của cơ quan."
SEALED = "Văn bản này đã có chữ ký số của cơ quan. Người có thẩm quyền ký trước, cơ quan đóng dấu sau cùng."
NO_PDF = "Văn bản này không có bản PDF trong phần mềm nên không ký số ở đây được."
NEWER = "Văn bản đã có bản ký số mới hơn. Hãy tải “Bản để ký số” về lại, ký trên bản đó rồi tải lên."


def seal_of(unit, office=None):
    """The seal that the issuer uses now, or None."""
    return UnitSeal.objects.filter(unit=unit, office=office, removed_at=None).select_related("picture", "added_by").first()


def keep_seal(*, unit, office, by, key, password, picture=None, width_mm=36):
    """Keep the seal of an issuer encrypted, in place of the one before. Refused when it cannot be opened or does not hold."""
    if len(key) > LARGEST_KEY:
        raise Refusal(sealing.CANNOT_OPEN)
    told = sealing.opened(key, password)
    stored = _picture(picture, by) if picture else None
    try:
        with transaction.atomic():
            _take_away(unit, office, by)
            made = UnitSeal.objects.create(
                unit=unit, office=office, key=sealing.packed(key), password=password, picture=stored, width_mm=width_mm,
                subject=told.subject, issuer=told.issuer, serial=told.serial, valid_from=told.valid_from,
                valid_until=told.valid_until, added_by=by,
            )  # fmt: skip
            audit.record("seal.kept", subject=made, by=by)
    except BaseException:
        if stored:
            path_of(stored).unlink(missing_ok=True)
        raise
    return made


def _picture(data, by):
    clean, ending, kind = harmless(data, "dau.png")
    if ending != "png":
        raise Refusal(NOT_PNG)
    return store(name="dau.png", content_type=kind, data=clean, by=by)


def _take_away(unit, office, by):
    """End the seal in use: the key and the password are forgotten, what the certificate said stays."""
    rows = UnitSeal.objects.filter(unit=unit, office=office, removed_at=None)
    return rows.update(removed_at=timezone.now(), removed_by=by, key="", password="")


@transaction.atomic
def remove_seal(*, unit, office, by):
    """Take the seal away: lost, ended, or of no use any more."""
    seal = seal_of(unit, office)
    if seal is None:
        raise Refusal(NO_SEAL)
    _take_away(unit, office, by)
    audit.record("seal.removed", subject=seal, by=by)


def newest(document):
    """The stored file that carries every signature so far: the newest signed copy, else the frozen PDF."""
    copy = document.signed_copies.select_related("file").last()
    return copy.file if copy else document.pdf


def seal_document(*, document, by):
    """Put the seal of the issuer on the newest copy of a document. Returns the copy."""
    seal = seal_of(document.unit, document.office)
    if seal is None:
        raise Refusal(NO_SEAL)
    _require(document)
    sealing.require_valid(seal.valid_from, seal.valid_until)
    base = newest(document)
    data = sealing.sealed(
        open_bytes(base), key=sealing.unpacked(seal.key), password=seal.password, name=issuer_name(document),
        picture=open_bytes(seal.picture) if seal.picture else None, width_mm=seal.width_mm,
    )  # fmt: skip
    told = signatures_on(data, open_bytes(document.pdf))[-1]
    return _keep(document, base, data, told, SignedCopy.Kind.SEAL, by, "document.sealed")


def issuer_name(document):
    """Who seals, in words."""
    if document.office:
        return document.office.name
    return document.unit.name if document.unit.kind in BODIES else committee(document.unit)


def _require(document):
    if document.pdf_id is None:
        raise Refusal(NO_PDF)
    if document.signed_copies.filter(kind=SignedCopy.Kind.SEAL).exists():
        raise Refusal(SEALED)


def add_signed(*, document, by, data):
    """Keep a copy that its signer signed outside with a token of his own. Refused, with the reason, when it is not ours."""
    _require(document)
    base, count, issued = newest(document), document.signed_copies.count(), open_bytes(document.pdf)
    if data.startswith(issued) and not data.startswith(open_bytes(base)):
        raise Refusal(NEWER)
    found = signatures_on(data, issued, before=count)
    return _keep(document, base, data, found[-1], SignedCopy.Kind.PERSON, by, "document.signed_digitally")


def _keep(document, base, data, told, kind, by, action):
    """Store the copy, unless somebody added another meanwhile."""
    stored = None
    try:
        with transaction.atomic():
            held = IssuedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
            if newest(held).pk != base.pk:
                raise Refusal(NEWER)
            stored = store(name=document.pdf.name.replace(".pdf", ".ky-so.pdf"), content_type=PDF, data=data, by=by)
            copy = SignedCopy.objects.create(
                document=document, kind=kind, file=stored, subject=told.subject, issuer=told.issuer, signed_at=told.at,
                trusted=told.trusted, added_by=by,
            )  # fmt: skip
            IssuedDocument.objects.filter(pk=document.pk).update(method="digital")
            audit.record(action, subject=document, by=by)
    except BaseException:
        if stored:
            path_of(stored).unlink(missing_ok=True)
        raise
    return copy
