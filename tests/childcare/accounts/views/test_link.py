"""The one-use link: public, read without being used, used once."""

import pytest

from childcare.accounts import actions
from childcare.accounts.models import AccessLink

pytestmark = pytest.mark.django_db
GOOD = {"new_password1": "trăng sáng ngoài hiên", "new_password2": "trăng sáng ngoài hiên"}


@pytest.fixture
def address(an, dung):
    return f"/mo-tai-khoan/{actions.reset(officer=an, by=dung)}/"


def test_opening_the_page_does_not_use_it(client, address):
    for _ in range(2):
        page = client.get(address)
        assert page.status_code == 200 and "Nguyễn Thị An" in page.content.decode()
    assert AccessLink.objects.get().used_at is None
    assert page["Cache-Control"].count("no-store")


def test_choosing_a_password_leads_to_the_sign_in_page_and_it_works(client, address, an):
    response = client.post(address, GOOD)
    assert response["Location"] == "/dang-nhap/"
    assert "Đã đặt mật khẩu" in client.get("/dang-nhap/").content.decode()
    assert client.post("/dang-nhap/", {"username": "an", "password": GOOD["new_password1"]}).status_code == 302


def test_a_used_link_says_so(client, address):
    client.post(address, GOOD)
    for response in (client.get(address), client.post(address, GOOD)):
        assert response.status_code == 410 and "chỉ dùng được một lần" in response.content.decode()


@pytest.mark.parametrize("token", ["aaaa-bbbb", "x", "%00", "a" * 500])
def test_an_unknown_token_says_the_same(client, db, token):
    assert client.get(f"/mo-tai-khoan/{token}/").status_code == 410


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngắn quá", "ít nhất 12 ký tự"),
        ("password1234", "phổ biến"),
        ("aaaaaaaaaaaaaa", "phổ biến"),
        ("nguyenthian2024", "tên của mình"),
        ("BaoVeTreEm2024!", "tên của hệ thống"),
        ("x" * 100 + "yz!" * 40, "dài quá 200"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do_and_the_link_stays(client, address, password, sentence):
    page = client.post(address, {"new_password1": password, "new_password2": password})
    assert page.status_code == 200 and sentence in page.content.decode()
    assert client.post(address, GOOD).status_code == 302


@pytest.mark.parametrize("password", ["mười hai chữ", "một câu dài " * 15, "Ð€∂ƒ©∆˙∫≈ç√~"])
def test_length_is_enough_and_nothing_is_cut_off(client, address, an, password):
    assert client.post(address, {"new_password1": password, "new_password2": password}).status_code == 302
    an.refresh_from_db()
    assert an.check_password(password) and not an.check_password(password[:-1])


def test_two_different_passwords_are_refused(client, address):
    page = client.post(address, {**GOOD, "new_password2": "trăng sáng ngoài sân"})
    assert "không giống nhau" in page.content.decode()


def test_a_link_used_by_somebody_signed_in_signs_him_out(as_, chi, an, address):
    client = as_(chi)
    client.post(address, GOOD)
    assert client.get("/tai-khoan/").status_code == 302
