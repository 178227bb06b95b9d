"""What an officer typed and could not save: shown again on every error page, sent again when that is safe."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

LABELS = "_labels"  # app.js sends the words beside the boxes, so that a kept text has its name
SILENT = {"version", "base", "_draft", "_draft_page"}  # sent again, never shown
OWN = {"csrfmiddlewaretoken", LABELS, *SILENT}
SECRET = ("password", "mat_khau", "token", "secret")


@dataclass
class Kept:
    """`rows`: (label, text) to read and copy; `fields`: (name, value) to send again; `whole`: nothing had to be left out.

    `back` is the page of ours from which the form was sent, for a link that opens it again.
    """

    action: str = ""
    back: str = "/"
    rows: list = field(default_factory=list)
    fields: list = field(default_factory=list)
    files: bool = False
    whole: bool = False


def kept(request):
    """The text fields of a POST, without passwords, tokens and files; an empty Kept for anything else."""
    if request.method != "POST":
        return Kept(back=_page_before(request))
    try:
        posted, files = request.POST, bool(request.FILES)
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return Kept(back=_page_before(request))
    labels = _labels(posted)
    pairs = [(name, value) for name, values in posted.lists() for value in values]
    secret = [name for name, _ in pairs if _is_secret(name)]
    fields = [(name, value) for name, value in pairs if name not in OWN - SILENT and not _is_secret(name)]
    typed = [(name, value) for name, value in fields if value.strip() and name not in OWN]
    if labels:
        typed = [(name, value) for name, value in typed if name in labels]
    rows = [(labels.get(name) or f"Ô thứ {place}", value) for place, (name, value) in enumerate(typed, 1)]
    whole = bool(fields) and not secret and not files and _from_here(request)
    return Kept(request.get_full_path(), _page_before(request), rows, fields, files, whole)


def _is_secret(name):
    return name != "csrfmiddlewaretoken" and any(word in name.lower() for word in SECRET)


def _labels(posted):
    try:
        labels = json.loads(posted.get(LABELS, "{}"))
    except ValueError:
        return {}
    return {str(name): str(label)[:200] for name, label in labels.items()} if isinstance(labels, dict) else {}


def _from_here(request):
    """True when one of our own pages sent the form: what another site sent is never offered to be sent again."""
    return _ours(request, request.headers.get("Origin") or request.headers.get("Referer", ""))


def _page_before(request):
    referer = request.headers.get("Referer", "")
    if not _ours(request, referer):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def _ours(request, address):
    try:
        return urlsplit(address).netloc == request.get_host()
    except (ValueError, SuspiciousOperation):
        return False
