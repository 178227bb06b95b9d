"""Secrets at rest: texts and files under keys that can be changed, and a blind index to find a text again."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

UNOPENED = "an encrypted value cannot be opened: FIELD_KEYS lacks its key, or the value was changed"


@lru_cache(maxsize=4)
def _box(keys):
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured(
            "FIELD_KEYS must be Fernet keys (32 bytes in base64) with commas between; the first encrypts."
        )


def _keys():
    return tuple(key.strip() for key in settings.FIELD_KEYS if key.strip())


def encrypt_bytes(data):
    """The bytes as a token of the first key."""
    return _box(_keys()).encrypt(data)


def decrypt_bytes(token):
    """The bytes of a token of any key. Raises ValueError when none opens it."""
    try:
        return _box(_keys()).decrypt(token)
    except InvalidToken:
        raise ValueError(UNOPENED)


def encrypt(text):
    """The text as a token, itself text; the same text gives another token every time."""
    return encrypt_bytes(text.encode()).decode("ascii")


def decrypt(token):
    """The text of a token. Raises ValueError when no key opens it."""
    return decrypt_bytes(token.encode()).decode()


def rotate(token):
    """The same text under the first key. Raises ValueError when no key opens it."""
    try:
        return _box(_keys()).rotate(token.encode()).decode("ascii")
    except InvalidToken:
        raise ValueError(UNOPENED)


def blind_index(text):
    """64 hex digits, equal for equal texts and useless without the key: for unique constraints and exact search.

    Made with the last (oldest) key, so that a new key in front changes no index; before dropping it, compute them anew.
    """
    key = hashlib.sha256(b"blind index:" + _keys()[-1].encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """A text that the database holds only as a token. None and "" stay so; it can only be asked whether it is empty."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name):
        """Only "exact" (of use for "" alone) and "isnull": every other question would silently find nothing."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None
