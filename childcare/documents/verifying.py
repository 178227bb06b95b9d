"""Is a file, byte for byte, a document that was issued here, and do we still hold the same bytes?"""

import hashlib

from django.db.models import Q

from childcare.documents.files import open_bytes
from childcare.documents.models import IssuedDocument


def issued_as(data):
    """The issued documents (newest first) whose PDF, or a signed copy of it, has exactly these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    found = IssuedDocument.objects.filter(Q(pdf__sha256=digest) | Q(signed_copies__file__sha256=digest)).distinct()
    return found.select_related("unit", "office", "pdf").order_by("-pk")


def damage(stored):
    """What is wrong with the stored bytes as a sentence, or ""."""
    try:
        open_bytes(stored)
    except FileNotFoundError:
        return "tệp lưu không còn trên đĩa"
    except ValueError:
        return "tệp lưu đã bị sửa hoặc không mở được bằng khóa hiện có"
    return ""
