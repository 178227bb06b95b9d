"""Every error page: what happened, what to do, a way on, and the typed text; nothing of how we are built."""

import json

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.childcare.error_urls")]
TEXT = "Cháu ở với bà ngoại <từ> năm 2019"
HERE = {"HTTP_ORIGIN": "http://testserver"}
HEADINGS = {
    "400": (400, "Không đọc được yêu cầu"),
    "403": (403, "Anh/chị chưa được giao việc này"),
    "404": (404, "Không tìm thấy trang này"),
    "409": (409, "Chưa làm được việc này"),
    "500": (500, "Hệ thống gặp lỗi"),
    "503": (503, "Hệ thống đang bận"),
}


@pytest.fixture
def officer(as_, an):
    """An's client, which shows the 500 page instead of raising."""
    client = as_(an)
    client.raise_request_exception = False
    return client


def body(response):
    return response.content.decode()


@pytest.mark.parametrize("fault", HEADINGS)
def test_the_page_says_what_happened_and_keeps_the_text(officer, fault):
    status, heading = HEADINGS[fault]
    response = officer.post(f"/fail/{fault}", {"note": TEXT, "csrfmiddlewaretoken": "x" * 64, "password": "mật-khẩu-1"})
    assert response.status_code == status
    page = body(response)
    assert heading in page and "Cháu ở với bà ngoại &lt;từ&gt; năm 2019" in page
    assert "mật-khẩu-1" not in page and "x" * 64 not in page


@pytest.mark.parametrize("fault", HEADINGS)
def test_the_page_tells_nothing_of_how_we_are_built(officer, fault):
    page = body(officer.get(f"/fail/{fault}"))
    assert not [word for word in ("secret detail", "Traceback", "Django", "django", ".py") if word in page]


@pytest.mark.parametrize("fault", HEADINGS)
def test_the_page_offers_a_way_on(officer, fault):
    assert 'href="/"' in body(officer.get(f"/fail/{fault}"))


def test_a_refusal_shows_its_sentence_and_leads_back_to_the_form(officer):
    page = body(officer.post("/fail/409", {"note": TEXT}, HTTP_REFERER="http://testserver/tre-em/them/?nhap=1"))
    assert "Trẻ em này đã có trong danh sách." in page
    assert 'href="/tre-em/them/?nhap=1"' in page


def test_a_page_of_another_site_is_no_way_back(officer):
    assert "evil" not in body(officer.post("/fail/409", {"note": TEXT}, HTTP_REFERER="http://evil.example/x"))


def test_a_refused_fragment_is_a_fragment(officer):
    response = officer.post("/fail/409", {"note": TEXT}, headers={"HX-Request": "true"})
    assert response.status_code == 409 and "<html" not in body(response)
    assert "Trẻ em này đã có trong danh sách." in body(response)


def test_the_labels_beside_the_boxes_name_the_kept_texts(officer):
    labels = json.dumps({"note": "Ghi chú"})
    page = body(officer.post("/fail/409", {"note": TEXT, "sex": "f", "_labels": labels}))
    assert "<dt>Ghi chú</dt>" in page and "<dd>f</dd>" not in page


@pytest.mark.parametrize("labels", ["{", "[1]", '"text"', "null"])
def test_broken_labels_lose_no_text(officer, labels):
    assert "Ô thứ 1" in body(officer.post("/fail/409", {"note": TEXT, "_labels": labels}))


def test_after_a_fault_of_ours_the_same_text_may_be_sent_again(officer):
    page = body(officer.post("/fail/503", {"note": TEXT, "version": "3"}, **HERE))
    assert 'action="/fail/503"' in page and 'name="version" value="3"' in page


def test_what_another_site_sent_is_never_offered_again(officer):
    page = body(officer.post("/fail/503", {"note": TEXT}, HTTP_ORIGIN="http://evil.example"))
    assert "data-resend" not in page


def test_a_form_with_a_file_or_a_password_is_not_sent_again(officer):
    assert "data-resend" not in body(officer.post("/fail/503", {"note": TEXT, "password": "x"}, **HERE))
    with open(__file__, "rb") as file:
        page = body(officer.post("/fail/503", {"note": TEXT, "scan": file}, **HERE))
    assert "data-resend" not in page and "chọn tệp lần nữa" in page


def test_a_busy_database_says_when_to_try_again(officer):
    assert officer.get("/fail/503")["Retry-After"] == "60"


def test_too_many_fields_at_once_is_413(officer, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = officer.post("/read", {f"f{number}": "1" for number in range(5)})
    assert response.status_code == 413 and "Gửi một lần quá nhiều" in body(response)


def test_too_long_a_text_is_413(officer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = officer.post("/read", "note=" + "a" * 200, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


def test_a_form_without_its_token_keeps_the_text_and_is_refused(an):
    client = Client(enforce_csrf_checks=True)
    client.force_login(an, backend="childcare.accounts.backends.OfficerBackend")
    response = client.post("/guarded", {"note": TEXT}, **HERE)
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in body(response) and "data-resend" in body(response)


def test_a_form_after_the_session_ended_keeps_its_text_and_offers_to_sign_in(client):
    response = client.post("/guarded", {"note": TEXT}, **HERE)
    assert response.status_code == 401
    page = body(response)
    assert "Cháu ở với bà ngoại" in page and 'target="_blank"' in page and 'action="/guarded"' in page


def test_a_fragment_after_the_session_ended_is_no_sign_in_page(client):
    response = client.get("/guarded", headers={"HX-Request": "true"})
    assert response.status_code == 401 and "<html" not in body(response)


def test_a_page_after_the_session_ended_leads_to_the_sign_in(client):
    response = client.get("/guarded")
    assert response.status_code == 302 and "dang-nhap" in response["Location"]


def test_the_token_for_sending_again_tells_whether_somebody_is_signed_in(client, an):
    assert client.get("/phien").json()["signed_in"] is False
    client.force_login(an, backend="childcare.accounts.backends.OfficerBackend")
    answer = client.get("/phien").json()
    assert answer["signed_in"] is True and len(answer["token"]) == 64


def test_an_unknown_address_of_a_stranger_asks_for_no_sign_in(client):
    response = client.get("/khong-co/")
    assert response.status_code == 404 and "Không tìm thấy" in body(response)
