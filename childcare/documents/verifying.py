"""Is a file, byte for byte, a document that was issued here, and do we still hold the same bytes?"""

import hashlib

from childcare.documents.files import open_bytes
from childcare.documents.models import IssuedDocument


def issued_as(data):
    """The issued documents (newest first) whose PDF has exactly these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return IssuedDocument.objects.filter(pdf__sha256=digest).select_related("unit", "office", "pdf").order_by("-pk")


def damage(stored):
    """What is wrong with the stored bytes as a sentence, or ""."""
    try:
        open_bytes(stored)
    except FileNotFoundError:
        return "tệp lưu không còn trên đĩa"
    except ValueError:
        return "tệp lưu đã bị sửa hoặc không mở được bằng khóa hiện có"
    return ""
