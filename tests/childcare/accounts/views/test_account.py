"""The officer's own page: his contact, his password; never his post."""

import pytest

from childcare.audit.models import Entry
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "trăng sáng ngoài hiên"


def test_he_sees_his_posts_and_changes_his_contact_only(as_, an):
    client = as_(an)
    assert "Phường Nam Sơn" in client.get("/tai-khoan/").content.decode()
    data = {"version": 1, "email": "an2@example.vn", "phone": "0901", "full_name": "Người Khác", "username": "khac"}
    assert client.post("/tai-khoan/", data).status_code == 302
    an.refresh_from_db()
    assert (an.email, an.phone, an.full_name, an.username) == ("an2@example.vn", "0901", "Nguyễn Thị An", "an")


def test_an_older_form_is_refused(as_, an):
    client = as_(an)
    client.post("/tai-khoan/", {"version": 1, "email": "", "phone": "1"})
    response = client.post("/tai-khoan/", {"version": 1, "email": "", "phone": "2"})
    assert response.status_code == 409 and "vừa được người khác sửa" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"old_password": "sai", "new_password1": NEW, "new_password2": NEW}, "Mật khẩu đang dùng không đúng"),
        ({"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW + "x"}, "không giống nhau"),
        ({"old_password": PASSWORD, "new_password1": "ngắn", "new_password2": "ngắn"}, "ít nhất 12 ký tự"),
        ({"old_password": PASSWORD, "new_password1": "", "new_password2": ""}, "Mật khẩu mới"),
    ],
)
def test_a_password_that_does_not_fit_changes_nothing(as_, an_with_password, data, sentence):
    page = as_(an_with_password).post("/tai-khoan/mat-khau/", data)
    assert page.status_code == 200 and sentence in page.content.decode()
    an_with_password.refresh_from_db()
    assert an_with_password.check_password(PASSWORD)


def test_the_rules_are_said_on_the_page_and_no_password_is_written_back(as_, an_with_password):
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": "khác hẳn câu trên"}
    page = as_(an_with_password).post("/tai-khoan/mat-khau/", data).content.decode()
    assert "Ít nhất 12 ký tự" in page and NEW not in page and PASSWORD not in page


def test_a_change_of_password_is_logged_without_it(as_, an_with_password):
    as_(an_with_password).post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert Entry.objects.filter(action="account.password_changed").count() == 1
    assert NEW not in str(list(Entry.objects.values()))
