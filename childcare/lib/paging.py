"""Pages of a list by their number: for lists of some hundreds; lists of children page by keyset (children.listing)."""

from dataclasses import dataclass
from urllib.parse import urlencode

PAGE = 50


@dataclass(frozen=True)
class Pager:
    """Addresses of the page before and after, empty when there is none."""

    previous: str = ""
    next: str = ""


def address(path, values):
    """The path with the values that are not empty."""
    query = urlencode({name: value for name, value in values.items() if value not in ("", None)})
    return f"{path}?{query}" if query else path


def pager(page, **kept):
    """Pager of a page of django's Paginator; `kept` are the parameters of the address that stay."""
    before = page.previous_page_number() if page.has_previous() else 0
    after = page.next_page_number() if page.has_next() else 0
    return Pager(*(address("", {**kept, "trang": number}) if number else "" for number in (before, after)))


def paged(request, rows, size=PAGE):
    """(rows of the page asked for by `trang`, Pager). One query: it reads one row more than it shows."""
    text = request.GET.get("trang", "1")
    number = max(1, min(int(text), 10_000)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    found = list(rows[(number - 1) * size : number * size + 1])
    values = request.GET.dict()
    previous = address(request.path, {**values, "trang": number - 1 if number > 2 else ""}) if number > 1 else ""
    following = address(request.path, {**values, "trang": number + 1}) if len(found) > size else ""
    return found[:size], Pager(previous, following)
