"""Papers and photos from outside: what is let in, what is taken off, what is refused with which sentence."""

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from childcare.lib import uploads
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import harmless

GPS = 0x8825


def picture(kind="JPEG", size=(40, 30), exif=None, mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()


def pdf(change=None, pages=1):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def package(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def refused(data, name):
    with pytest.raises(Refusal) as refusal:
        harmless(data, name)
    return str(refusal.value)


def test_a_photo_loses_where_it_was_taken_and_with_what():
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của Hoa"
    exif.get_ifd(GPS)[2] = (20.0, 50.0, 0.0)
    data = picture(exif=exif)
    assert b"Hoa" in data
    kept, ending, content_type = harmless(data, "ANH.JPG")
    assert (ending, content_type) == ("jpg", "image/jpeg")
    again = Image.open(io.BytesIO(kept))
    assert not again.getexif() and b"Hoa" not in kept and again.size == (40, 30)


def test_a_photo_taken_sideways_is_turned_before_its_mark_is_lost():
    exif = Image.Exif()
    exif[0x0112] = 6
    kept, _, _ = harmless(picture(exif=exif), "anh.jpg")
    assert Image.open(io.BytesIO(kept)).size == (30, 40)


def test_a_large_photo_becomes_smaller_and_keeps_its_shape():
    kept, _, _ = harmless(picture(size=(6000, 3000)), "anh.jpg")
    assert Image.open(io.BytesIO(kept)).size == (2400, 1200)


def test_what_stands_behind_a_picture_is_gone():
    kept, _, _ = harmless(picture("PNG") + b"<script>alert(1)</script>", "anh.png")
    assert b"script" not in kept and Image.open(io.BytesIO(kept)).format == "PNG"


def test_a_picture_with_glass_keeps_it():
    kept, _, _ = harmless(picture("PNG", mode="RGBA"), "dau.png")
    assert Image.open(io.BytesIO(kept)).mode == "RGBA"


def test_a_picture_of_too_many_points_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_PIXELS", 1000)
    assert refused(picture(size=(40, 30)), "a.jpg") == uploads.HUGE_PICTURE
    assert refused(picture("PNG", size=(20, 20)), "a.png") == uploads.HUGE_PICTURE  # a PNG is decoded whole: a quarter


def test_half_a_picture_is_refused():
    assert refused(picture()[:200], "a.jpg") == uploads.BAD_PICTURE
    assert refused(b"\x89PNG\r\n\x1a\n" + b"0" * 50, "a.png") == uploads.BAD_PICTURE


def test_a_pdf_keeps_its_pages_and_loses_what_acts_by_itself():
    def arm(writer):
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({
            NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")
        })  # fmt: skip
        writer.add_attachment("virus.exe", b"MZ")
        link = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            NameObject("/A"): DictionaryObject({
                NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc")
            }),
        })  # fmt: skip
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    armed = pdf(arm, pages=2)
    assert b"/JavaScript" in armed and b"calc" in armed
    kept, ending, _ = harmless(armed, "quyet-dinh.pdf")
    assert ending == "pdf" and len(PdfReader(io.BytesIO(kept)).pages) == 2
    for trace in (b"/JavaScript", b"/EmbeddedFile", b"/Launch", b"calc", b"/OpenAction"):
        assert trace not in kept


def test_a_pdf_with_a_password_too_many_pages_or_none_is_refused(monkeypatch):
    assert refused(pdf(lambda writer: writer.encrypt("x")), "a.pdf") == uploads.LOCKED_PDF
    monkeypatch.setattr(uploads, "MAX_PAGES", 2)
    assert refused(pdf(pages=3), "a.pdf") == uploads.LONG_PDF
    assert refused(b"%PDF-1.7 khong co gi", "a.pdf") == uploads.BAD_PDF


@pytest.mark.parametrize(("name", "part"), [("don.docx", "word/document.xml"), ("bang.xlsx", "xl/workbook.xml")])
def test_plain_office_files_come_in_as_they_are(name, part):
    data = package("[Content_Types].xml", part)
    kept, ending, _ = harmless(data, name)
    assert kept == data and name.endswith(ending)


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml"])
def test_macros_and_embedded_objects_are_refused(part):
    assert refused(package("word/document.xml", part), "don.docx") == uploads.MACROS


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.pdf", uploads.EMPTY),
        (b"MZ\x90", "a.exe", uploads.WRONG_KIND),
        (b"<svg onload='x'/>", "a.svg", uploads.WRONG_KIND),
        (b"<svg onload='x'/>", "a.png", uploads.WRONG_KIND),
        (picture(), "a.png", uploads.OTHER_KIND),
        (picture(), "a.docm", uploads.WRONG_KIND),
        (package("word/document.xml"), "a.xlsx", uploads.OTHER_KIND),
        (package("ghi-chu.txt"), "a.docx", uploads.OTHER_KIND),
        (package("ghi-chu.txt"), "a.pdf", uploads.WRONG_KIND),
        (b"PK\x03\x04hong", "a.docx", uploads.BAD_OFFICE),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused_with_what_to_do(data, name, sentence):
    assert refused(data, name) == sentence


def test_a_file_over_ten_megabytes_is_refused_before_it_is_looked_at():
    assert refused(b"%PDF-" + b"0" * uploads.MAX_BYTES, "a.pdf") == uploads.TOO_BIG


def test_a_package_that_unpacks_into_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UNPACKED", 5)
    assert refused(package("word/document.xml", "word/styles.xml"), "a.docx") == uploads.BAD_OFFICE
