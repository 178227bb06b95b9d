"""The one way a file leaves the site: as an attachment that no browser opens on our origin (IO-05)."""

from urllib.parse import quote

from django.http import HttpResponse

from childcare.documents.files import open_bytes
from childcare.lib.vietnamese import clean_text, fold

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"
CSV = "text/csv; charset=utf-8"
TYPES = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "json": JSON, "csv": CSV}
FORBIDDEN = '\\/:*?"<>|;%'  # in file names of Windows, and in the header


def safe_name(name):
    """A file name that every system takes: no folders, no quotes, no leading dots, 120 characters, its ending kept."""
    name = clean_text(str(name))
    name = "".join("-" if letter in FORBIDDEN else letter for letter in name).strip(" .-")
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 5:
        stem, dot, ending = name, "", ""
    return (stem.encode()[:180].decode(errors="ignore")[:110].rstrip(" .-") or "tep") + dot + ending


def disposition(name):
    """The Content-Disposition of RFC 6266: a plain name for old programs and the Vietnamese one."""
    name = safe_name(name)
    plain = "".join(letter if letter.isascii() else "_" for letter in fold(name)).replace(" ", "-")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def download(data, *, name, content_type=None):
    """The bytes as a response to be saved under `name`; without a type the ending of the name tells it."""
    ending = name.rpartition(".")[2].lower()
    response = HttpResponse(data, content_type=content_type or TYPES.get(ending, "application/octet-stream"))
    response["Content-Disposition"] = disposition(name)
    response["Content-Length"] = len(response.content)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store, private"
    return response


def download_stored(stored, *, name=None):
    """A stored file as a response; the caller checked the right to its owner. Raises FileNotFoundError, ValueError."""
    return download(open_bytes(stored), name=name or stored.name, content_type=stored.content_type)
