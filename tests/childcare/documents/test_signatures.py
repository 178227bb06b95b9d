"""Digital signatures: the seal of the unit, a signature made outside, and everything that only looks like one."""

import io
import shutil
import subprocess
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.generic import ArrayObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdf import PdfReader, PdfWriter

from childcare.documents import sealing
from childcare.documents.archival import place_in
from childcare.documents.pdf import render_pdf
from childcare.documents.signatures import signatures_on
from childcare.lib.refusal import Refusal
from tests.childcare.documents import certificates, samples
from tests.childcare.documents.certificates import PASSWORD, p12, signed_outside

UNIT = "UBND phường Nam Sơn"
MM = 72 / 25.4


@pytest.fixture(scope="module")
def issued():
    return render_pdf(samples.one_page())


@pytest.fixture(scope="module")
def seal_picture():
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((3, 3, 196, 196), outline=(200, 0, 0, 255), width=8)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def sealed(data, **how):
    return sealing.sealed(data, key=p12(UNIT), password=PASSWORD, name=UNIT, **how)


def box(data):
    """(page, left, bottom, right, top) of the last signature's field."""
    for page, sheet in enumerate(PdfReader(io.BytesIO(data)).pages):
        for note in reversed(sheet.get("/Annots") or []):
            return page, *(float(side) for side in note.get_object()["/Rect"])


def test_a_seal_is_put_behind_the_issued_bytes_and_covers_a_third_of_the_signature(issued, seal_picture):
    data = sealed(issued, picture=seal_picture, width_mm=34)
    assert data.startswith(issued)
    (found,) = signatures_on(data, issued)
    assert (found.subject, found.issuer, found.trusted) == (UNIT, "CA thử nghiệm", False)
    page, left, bottom, right, top = box(data)
    assert page == place_in(PdfReader(io.BytesIO(issued)))[0]
    assert [round((right - left) / MM), round((top - bottom) / MM)] == [34, 34]  # its real size
    _, room_left, low, room_right, high = place_in(PdfReader(io.BytesIO(issued)))
    signature = (room_left + room_right) / 2 - 20 * MM
    assert (right - signature) / (40 * MM) == pytest.approx(1 / 3, abs=0.02) and left < signature
    assert (bottom + top) / 2 == pytest.approx((low + high) / 2, abs=1)


def test_without_a_picture_a_frame_says_who_and_when(issued):
    data = sealed(issued)
    _, left, _, right, _ = box(data)
    assert round((right - left) / MM) == 42 and signatures_on(data, issued)


def test_a_document_without_a_place_bears_the_text_at_the_top_right_of_page_1():
    listed = render_pdf(replace(samples.printed_list(), signer=None))
    page, _, _, right, top = box(sealed(listed))
    sheet = PdfReader(io.BytesIO(listed)).pages[0].mediabox
    assert page == 0 and float(sheet.right) - right == pytest.approx(20 * MM, abs=1) and float(sheet.top) - top < 9 * MM


def test_person_first_then_unit_and_a_trusted_chain_is_told(issued, settings, tmp_path):
    settings.SIGNATURE_ROOTS = certificates.root_file(tmp_path)
    person = signed_outside(issued)
    (one,) = signatures_on(person, issued)
    assert (one.subject, one.trusted) == ("Phạm Thị Lan", True) and one.at is not None
    both = signatures_on(sealed(person), issued, before=1)
    assert [each.subject for each in both] == ["Phạm Thị Lan", UNIT] and all(each.trusted for each in both)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils are not installed")
def test_pdfsig_finds_both_signatures_valid(issued, seal_picture, tmp_path):
    (tmp_path / "a.pdf").write_bytes(sealed(signed_outside(issued), picture=seal_picture))
    told = subprocess.run(["pdfsig", str(tmp_path / "a.pdf")], capture_output=True, text=True).stdout
    assert told.count("Signature is Valid") == 2 and told.count("ETSI.CAdES.detached") == 2 and "Total document signed" in told


def test_what_is_not_ours_is_refused_with_the_reason(issued):
    other = render_pdf(samples.printed_list())
    rewritten = PdfWriter(clone_from=io.BytesIO(issued))
    copy = io.BytesIO()
    rewritten.write(copy)
    for data in (signed_outside(other), signed_outside(copy.getvalue())):
        with pytest.raises(Refusal, match="không phải bản đã ban hành"):
            signatures_on(data, issued)
    with pytest.raises(Refusal, match="chưa có chữ ký số"):
        signatures_on(issued, issued)
    for rubbish in (b"MZ", b"%PDF-1.7 rubbish", issued + b"\nrubbish", issued[:5] + b"x" * 100):
        with pytest.raises(Refusal):
            signatures_on(rubbish, issued)
    with pytest.raises(Refusal, match="20 MB"):
        signatures_on(issued + b" " * 21_000_000, issued)


def drawn_over(data):
    """One more revision that draws a white box over the page: what a forger would do before he signs."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    box_over = writer.add_object(StreamObject(stream_data=b"q 1 1 1 rg 100 500 400 200 re f Q"))
    page[pdf_name("/Contents")] = ArrayObject([page.raw_get("/Contents"), box_over])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_was_drawn_over_the_page_before_signing_is_found(issued):
    with pytest.raises(Refusal, match="nội dung thêm vào ngoài chữ ký"):
        signatures_on(signed_outside(drawn_over(issued)), issued)


def test_what_was_changed_after_signing_is_found(issued):
    signed = signed_outside(issued)
    with pytest.raises(Refusal):
        signatures_on(drawn_over(signed), issued)
    flipped = bytearray(signed)
    flipped[signed.rindex(b"/Signature1") if b"/Signature1" in signed else len(issued) + 40] ^= 1
    with pytest.raises(Refusal):
        signatures_on(bytes(flipped), issued)


def test_a_frame_that_covers_the_page_is_no_signature(issued):
    writer = IncrementalPdfFileWriter(io.BytesIO(issued))
    append_signature_field(writer, SigFieldSpec("Signature1", on_page=0, box=(50, 50, 550, 800)))
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(Refusal, match="Khung chữ ký số quá lớn"):
        signatures_on(signed_outside(file.getvalue()), issued)


@pytest.mark.parametrize(
    ("how", "password", "sentence"),
    [
        ({"until": -1, "since": -400}, PASSWORD, "đã hết hiệu lực từ"), ({"since": 5}, PASSWORD, "chỉ có hiệu lực từ"),
        ({"signs": False}, PASSWORD, "không dùng để ký được"), ({}, "sai", "mật khẩu sai"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_seal_is_refused(how, password, sentence):
    with pytest.raises(Refusal, match=sentence):
        sealing.opened(p12(UNIT, **how), password)
    with pytest.raises(Refusal, match="Không mở được"):
        sealing.opened(b"not a key", password)


def test_what_a_certificate_says_is_read(issued):
    told = sealing.opened(p12(UNIT), PASSWORD)
    assert (told.subject, told.issuer) == (UNIT, "CA thử nghiệm") and told.valid_from < told.valid_until


def test_a_signature_by_an_ended_certificate_is_refused(issued):
    with pytest.raises(Refusal, match="không còn hiệu lực lúc ký"):
        signatures_on(signed_outside(issued, since=-400, until=-1), issued)
