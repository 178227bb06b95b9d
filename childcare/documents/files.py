"""Storing and opening bytes: encrypted on disk under a random name, found only through their row."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from childcare.documents.models import StoredFile
from childcare.lib.calendar import show
from childcare.lib.encryption import decrypt_bytes, encrypt_bytes
from childcare.lib.refusal import Refusal

DISCARDED = "Tệp này đã hết thời gian lưu giữ, nội dung đã xóa ngày {}. Cần thì lập lại tệp mới."


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


def discard(stored):
    """Give up the bytes whose time of keeping has ended; the row stays and says when. May be run again after a kill."""
    path_of(stored).unlink(missing_ok=True)
    StoredFile.objects.filter(pk=stored.pk, discarded_at=None).update(discarded_at=timezone.now())


def open_bytes(stored):
    """The bytes as they came in. Raises Refusal when they were discarded, FileNotFoundError, or ValueError when changed."""
    if stored.discarded_at is not None:
        raise Refusal(DISCARDED.format(show(stored.discarded_at.date())))
    data = decrypt_bytes(path_of(stored).read_bytes())
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise ValueError(f"stored file {stored.pk} does not match its digest")
    return data
