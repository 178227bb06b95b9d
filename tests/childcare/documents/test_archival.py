"""PDF/A-2b: what the standard asks of a file, looked up in the file; a place for the signature; a code that leads to the check."""

import io
import shutil
import subprocess
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from childcare.documents.archival import place_in
from childcare.documents.docx import render_docx
from childcare.documents.pdf import render_pdf
from tests.childcare.documents import samples
from tests.childcare.documents.looking import pages

ADDRESS = "https://treem.vidu.vn/kiem-tra/0123456789abcdef0123456789abcdef/"
NS = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}  # fmt: skip


@pytest.fixture(scope="module")
def checked():
    return render_pdf(replace(samples.one_page(), check_url=ADDRESS))


def test_the_file_says_that_it_is_pdf_a_2b_with_its_own_colours_and_id(checked):
    root, reader = PdfReader(io.BytesIO(checked)).root_object, PdfReader(io.BytesIO(checked))
    said = ElementTree.fromstring(root["/Metadata"].get_object().get_data().decode().split("?>", 1)[1].rsplit("<?", 1)[0])
    about = said.find(".//rdf:Description[@pdfaid:part]", NS)
    assert (
        about is not None and about.get(f"{{{NS['pdfaid']}}}part") == "2" and about.get(f"{{{NS['pdfaid']}}}conformance") == "B"
    )
    assert said.find(".//dc:title//rdf:li", NS).text == reader.metadata.title == "Báo cáo 05/BC-UBND"
    intent = root["/OutputIntents"][0]
    assert intent["/S"] == "/GTS_PDFA1" and intent["/DestOutputProfile"].get_object()["/N"] == 3
    assert reader.trailer["/ID"][0] and not reader.is_encrypted and b"%PDF-1.7\n%" == checked[:10]


def test_every_face_is_embedded_and_nothing_acts_by_itself(checked):
    reader = PdfReader(io.BytesIO(checked))
    faces = [face.get_object() for page in reader.pages for face in page["/Resources"]["/Font"].values()]
    inner = [face["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for face in faces]
    assert inner and all(any(key in face for key in ("/FontFile2", "/FontFile3")) for face in inner)
    assert not {"/OpenAction", "/AA"} & set(reader.root_object) and b"/JavaScript" not in checked


def test_the_properties_name_nobody_and_equal_documents_have_equal_bytes(checked):
    assert dict(PdfReader(io.BytesIO(checked)).metadata) == {"/Title": "Báo cáo 05/BC-UBND", "/Producer": "childcare"}
    assert checked == render_pdf(replace(samples.one_page(), check_url=ADDRESS))
    assert "Phạm Thị Lan".encode("utf-16-be") not in checked and "Phạm Thị Lan".encode() not in checked


def test_the_place_of_the_signature_lies_between_capacity_and_name(checked):
    page, left, bottom, right, top = place_in(PdfReader(io.BytesIO(checked)))
    looked = pages(checked)[page]
    mm = 72 / 25.4
    over, under = looked.high - top / mm, looked.high - bottom / mm
    assert over >= looked.find("PHÓ CHỦ TỊCH").bottom - 1.5 and under <= looked.find("Phạm Thị Lan").top + 1
    assert looked.find("Phạm Thị Lan").middle == pytest.approx((left + right) / 2 / mm, abs=0.5)


def test_a_long_document_is_signed_on_the_page_of_its_name_and_a_list_nowhere():
    data = render_pdf(samples.report())
    looked = pages(data)
    page = place_in(PdfReader(io.BytesIO(data)))[0]
    assert looked[page].shows("Nơi nhận:") and page < len(looked) - 1  # the annexes come after
    assert place_in(PdfReader(io.BytesIO(render_pdf(replace(samples.printed_list(), signer=None))))) is None


def test_the_code_stands_beside_the_signature_in_both_formats(checked, tmp_path):
    looked = pages(checked)[0]
    words = looked.find("Quét mã để kiểm tra văn bản")
    assert words.left == pytest.approx(30, abs=0.5) and words.top > looked.find("- Lưu: VT.").bottom
    word = render_docx(replace(samples.one_page(), check_url=ADDRESS))
    assert word == render_docx(replace(samples.one_page(), check_url=ADDRESS)) and b"word/media/image1.png" in word


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler-utils are not installed")
def test_other_programs_read_it_without_complaint(checked, tmp_path):
    (tmp_path / "a.pdf").write_bytes(checked)
    told = subprocess.run(["pdfinfo", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True)
    assert "Encrypted:       no" in told.stdout and not told.stderr
