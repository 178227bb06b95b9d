"""IO-05: a file leaves as an attachment, under a Vietnamese name that cannot break the header."""

from urllib.parse import unquote

import pytest
from django.http import HttpResponse

from childcare.documents.downloads import disposition, download, download_stored, safe_name
from childcare.documents.files import path_of, store


def starred(header):
    return unquote(header.partition("filename*=UTF-8''")[2])


def test_a_vietnamese_name_comes_in_both_forms():
    header = disposition("Báo cáo 6 tháng – Phường Nam Sơn.pdf")
    assert 'filename="bao-cao-6-thang-_-phuong-nam-son.pdf"' in header
    assert starred(header) == "Báo cáo 6 tháng – Phường Nam Sơn.pdf"


@pytest.mark.parametrize(
    "hostile",
    ['../../x.html"; filename=evil.exe', "a\r\nSet-Cookie: x=1.pdf", "..\\..\\boot.ini", "C:\\x.pdf", "\u202egpj.exe", '"', "", ".", "a\x00b.pdf", "x;y.pdf", "%0d%0aX: 1"],
)  # fmt: skip
def test_a_hostile_name_stays_inside_the_header(hostile):
    header = disposition(hostile)
    plain = header.split('"')[1]
    assert header.count('"') == 2 and header.isascii() and "\r" not in header and "\n" not in header
    for name in (plain, starred(header)):
        assert name and not name.startswith(".") and not set(name) & set('/\\";:\x00\u202e')
    HttpResponse()["Content-Disposition"] = header  # Django refuses broken headers


def test_a_long_name_is_cut_and_keeps_its_ending():
    name = safe_name("Danh sách trẻ em " * 40 + ".xlsx")
    assert name.endswith(".xlsx") and len(name) <= 120


def test_a_name_of_letters_in_two_parts_is_composed():
    assert safe_name("Ha\u0300.pdf") == "Hà.pdf"


def test_the_response_is_saved_and_never_opened_on_our_origin():
    response = download(b"%PDF-1.7", name="Báo cáo.pdf")
    assert response.content == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Length"] == "8"


def test_an_unknown_ending_is_bytes():
    assert download(b"<svg/>", name="hình.svg")["Content-Type"] == "application/octet-stream"


def test_a_stored_file_comes_back_under_its_name(db):
    stored = store(name="Bản quét.pdf", content_type="application/pdf", data=b"%PDF-1.4 scan")
    assert b"scan" not in path_of(stored).read_bytes()  # encrypted on disk
    response = download_stored(stored)
    assert response.content == b"%PDF-1.4 scan"
    assert starred(response["Content-Disposition"]) == "Bản quét.pdf"


def test_a_changed_stored_file_is_not_served(db):
    stored = store(name="a.pdf", content_type="application/pdf", data=b"one")
    other = store(name="b.pdf", content_type="application/pdf", data=b"two")
    path_of(stored).write_bytes(path_of(other).read_bytes())
    with pytest.raises(ValueError):
        download_stored(stored)
