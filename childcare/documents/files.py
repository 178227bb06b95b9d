"""Storing and opening bytes: encrypted on disk under a random name, found only through their row."""

import hashlib

from django.conf import settings
from django.db import transaction

from childcare.documents.models import StoredFile
from childcare.lib.encryption import decrypt_bytes, encrypt_bytes


def path_of(stored):
    """Where the bytes lie: two letters of the random id as a folder."""
    name = stored.public_id.hex
    return settings.FILES_DIR / name[:2] / name


def store(*, name, content_type, data, by=None):
    """Keep bytes; the file of a transaction that fails is removed by `check_data`, a row without file cannot arise."""
    stored = StoredFile(
        name=name[:200], content_type=content_type, size=len(data), sha256=hashlib.sha256(data).hexdigest(), uploaded_by=by
    )
    path = path_of(stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    try:
        half.write_bytes(encrypt_bytes(data))
        half.replace(path)
        with transaction.atomic():
            stored.save()
    except BaseException:
        half.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise
    return stored


def open_bytes(stored):
    """The bytes as they came in. Raises FileNotFoundError, or ValueError when they were changed on disk."""
    data = decrypt_bytes(path_of(stored).read_bytes())
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise ValueError(f"stored file {stored.pk} does not match its digest")
    return data
