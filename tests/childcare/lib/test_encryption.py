"""Secrets at rest: closed without their key, open after the keys were changed, never searchable by their text."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from childcare.children.models import Child
from childcare.lib.encryption import EncryptedTextField, blind_index, decrypt, decrypt_bytes, encrypt, encrypt_bytes, rotate
from tests import factories

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = "Người báo tin: bà Hoà, CANARY-42"


@given(st.text(st.characters(codec="utf-8")))
def test_a_text_comes_back(text):
    assert decrypt(encrypt(text)) == text


@given(st.binary())
def test_bytes_come_back(data):
    assert decrypt_bytes(encrypt_bytes(data)) == data


def test_a_token_says_nothing_and_differs_every_time():
    one, two = encrypt(SECRET), encrypt(SECRET)
    assert one != two and "CANARY" not in one and one.isascii()


def test_another_key_does_not_open(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt(SECRET)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(ValueError, match="FIELD_KEYS lacks its key"):
        decrypt(token)


def test_a_new_key_in_front_opens_the_old_and_rotation_frees_from_it(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt(SECRET)
    settings.FIELD_KEYS = [NEW, OLD]
    assert decrypt(token) == SECRET
    turned = rotate(token)
    settings.FIELD_KEYS = [NEW]
    assert decrypt(turned) == SECRET
    with pytest.raises(ValueError):
        rotate(token)


@pytest.mark.parametrize(
    "change", [lambda token: token[:-6] + "AAAAA=", lambda token: "", lambda token: "gAAAA", lambda token: token[:20]]
)
def test_a_changed_token_is_refused(change):
    with pytest.raises(ValueError):
        decrypt(change(encrypt(SECRET)))


@given(st.text(st.characters(codec="utf-8")))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_token_raises_anything_but_value_error(text):
    with pytest.raises(ValueError):
        decrypt(text)


def test_keys_that_are_none_stop_with_a_sentence(settings):
    settings.FIELD_KEYS = ["kurz"]
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS must be Fernet keys"):
        encrypt("x")


def test_spaces_and_empty_parts_between_keys_do_no_harm(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt(SECRET)
    settings.FIELD_KEYS = [f" {OLD} ", ""]
    assert decrypt(token) == SECRET


def test_a_blind_index_is_equal_for_equal_texts_and_keeps_when_a_key_comes_in_front(settings):
    settings.FIELD_KEYS = [OLD]
    index = blind_index("031016000123")
    assert index == blind_index("031016000123") != blind_index("031016000124") and len(index) == 64
    settings.FIELD_KEYS = [NEW, OLD]
    assert blind_index("031016000123") == index
    settings.FIELD_KEYS = [NEW]
    assert blind_index("031016000123") != index


@pytest.mark.django_db
def test_the_database_holds_only_a_token(ward):
    child = factories.child(ward, note=SECRET)
    with connection.cursor() as cursor:
        cursor.execute("select note from children_child where id = %s", [child.pk])
        (stored,) = cursor.fetchone()
    assert "CANARY" not in stored and stored != ""
    assert Child.objects.get(pk=child.pk).note == SECRET


@pytest.mark.django_db
def test_nothing_stays_nothing(ward):
    child = factories.child(ward)
    with connection.cursor() as cursor:
        cursor.execute("select note from children_child where id = %s", [child.pk])
        assert cursor.fetchone() == ("",)
    assert list(Child.objects.filter(note="")) == [child]


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "regex", "gt", "in", "iexact"])
def test_a_question_that_could_find_nothing_is_refused(lookup):
    with pytest.raises(FieldError):
        str(Child.objects.filter(**{f"note__{lookup}": "x"}).query)


def test_whether_it_is_empty_may_be_asked():
    assert "IS NULL" in str(Child.objects.filter(note__isnull=True).query).upper() or EncryptedTextField().get_lookup("isnull")
