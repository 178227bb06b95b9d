"""Papers and photos from outside, made harmless before they are kept: pictures drawn anew, PDF without actions.

The kind is decided by the first bytes and must agree with the ending of the name (IO-04).
"""

import io
import zipfile

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from childcare.lib.refusal import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000  # of a JPEG, which is decoded at a smaller scale; a quarter of it for PNG
MAX_SIDE = 2400  # of the picture that is kept: an A4 page at 200 dots an inch
MAX_PAGES = 200
MAX_ENTRIES = 2000
MAX_UNPACKED = 100 * 1024 * 1024
QUALITY = 85
ACTIVE = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie")
ENDINGS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "docx": "docx", "xlsx": "xlsx"}
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

TOO_BIG = "Tệp lớn hơn 10 MB. Hãy chụp hoặc quét lại với cỡ nhỏ hơn."
EMPTY = "Tệp này trống. Hãy chọn lại tệp."
WRONG_KIND = (
    "Chỉ nhận tệp PDF, ảnh JPG hoặc PNG, Word (.docx), Excel (.xlsx). Hãy lưu lại thành một trong các kiểu đó rồi tải lên."
)
OTHER_KIND = "Đuôi tên tệp không khớp với nội dung. Hãy mở tệp, lưu lại đúng kiểu rồi tải lên."
BAD_PICTURE = "Không đọc được ảnh này. Hãy chụp hoặc lưu lại ảnh rồi tải lên."
HUGE_PICTURE = "Ảnh có quá nhiều điểm ảnh. Hãy giảm cỡ ảnh rồi tải lên."
BAD_PDF = "Không đọc được tệp PDF này. Hãy in lại thành PDF, hoặc chụp ảnh trang giấy rồi tải lên."
LOCKED_PDF = "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi tải lên."
LONG_PDF = "Tệp PDF có hơn 200 trang. Hãy chia thành nhiều tệp."
BAD_OFFICE = "Không đọc được tệp này. Hãy mở bằng Word hoặc Excel, lưu lại rồi tải lên."
MACROS = "Tệp có macro hoặc tệp nhúng bên trong. Hãy lưu lại thành PDF rồi tải lên."


def harmless(data, name):
    """(bytes to keep, ending, content type) of an uploaded paper or photo. Raises Refusal with a sentence for the officer.

    A picture loses its place and camera (EXIF) and is drawn anew; a PDF loses scripts, actions and embedded files.
    """
    if not data:
        raise Refusal(EMPTY)
    if len(data) > MAX_BYTES:
        raise Refusal(TOO_BIG)
    wanted = ENDINGS.get(name.rpartition(".")[2].lower())
    found = _kind(data)
    if wanted is None or found is None:
        raise Refusal(WRONG_KIND)
    if found == "zip":
        found = _office(data, wanted)
    if found != wanted:
        raise Refusal(OTHER_KIND)
    kept = {"jpg": _picture, "png": _picture, "pdf": _pdf}.get(found, lambda same: same)(data)
    return kept, found, CONTENT_TYPES[found]


def _kind(data):
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "zip" if data.startswith(b"PK\x03\x04") else None


def _picture(data):
    try:
        picture = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
        allowed = MAX_PIXELS if picture.format == "JPEG" else MAX_PIXELS // 4
        if picture.width * picture.height > allowed:
            raise Refusal(HUGE_PICTURE)
        picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        out = io.BytesIO()
        if data.startswith(b"\x89PNG"):
            mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
            _drawn_anew(picture, mode).save(out, "PNG")
        else:
            _drawn_anew(picture, "RGB").save(out, "JPEG", quality=QUALITY)
    except Refusal:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal(BAD_PICTURE)
    return out.getvalue()


def _drawn_anew(picture, mode):
    """The same points in a picture that carries nothing else."""
    clean = Image.new(mode, picture.size)
    clean.paste(picture.convert(mode))
    return clean


def _pdf(data):
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Refusal(LOCKED_PDF)
        if len(reader.pages) > MAX_PAGES:
            raise Refusal(LONG_PDF)
        writer = PdfWriter()
        for page in reader.pages:
            _without_actions(page)
            writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
    except Refusal:
        raise
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError):
        raise Refusal(BAD_PDF)
    if not writer.pages:
        raise Refusal(BAD_PDF)
    return out.getvalue()


def _without_actions(page):
    """Take what acts by itself or on a click off a page; what is seen stays."""
    page.pop("/AA", None)
    kept = ArrayObject()
    for each in page.get("/Annots") or ():
        note = each.get_object()
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") in ACTIVE:
            continue
        note.pop("/A", None)
        note.pop("/AA", None)
        kept.append(each)
    if "/Annots" in page:
        page[NameObject("/Annots")] = kept


def _office(data, wanted):
    """ "docx" or "xlsx" when the package is that, without macros or embedded objects."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refusal(BAD_OFFICE)
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED or len(names) != len(entries):
        raise Refusal(BAD_OFFICE)
    if any("vbaProject" in name or "/embeddings/" in name or "/activeX/" in name for name in names):
        raise Refusal(MACROS)
    return next((kind for kind, part in MAIN_PART.items() if part in names), None) or _refuse(wanted)


def _refuse(wanted):
    raise Refusal(WRONG_KIND if wanted not in MAIN_PART else OTHER_KIND)
