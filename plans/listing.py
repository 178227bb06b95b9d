"""What every list page of plans and figures shares: a page of rows with its pager, and the tags of the filters in use."""

from dataclasses import dataclass
from urllib.parse import urlencode

PAGE = 50


@dataclass(frozen=True)
class Pager:
    """Addresses of the page before and after, empty when there is none."""

    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class Tag:
    """One filter in use and the address without it."""

    text: str
    url: str


def address(path, values):
    """The path with the values that are not empty."""
    query = urlencode({name: value for name, value in values.items() if value not in ("", None)})
    return f"{path}?{query}" if query else path


def paged(request, rows, size=PAGE):
    """(rows of the page asked for by `trang`, Pager). One query: it reads one row more than it shows."""
    text = request.GET.get("trang", "1")
    number = max(1, min(int(text), 10_000)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    found = list(rows[(number - 1) * size : number * size + 1])
    values = request.GET.dict()
    previous = address(request.path, {**values, "trang": number - 1 if number > 2 else ""}) if number > 1 else ""
    following = address(request.path, {**values, "trang": number + 1}) if len(found) > size else ""
    return found[:size], Pager(previous, following)


def tags(request, form):
    """The filters of a valid GET form that are in use, as removable tags."""
    values = {name: value for name, value in request.GET.dict().items() if name != "trang"}
    found = []
    for name, field in form.fields.items():
        if form.cleaned_data.get(name) in ("", None, False):
            continue
        word = next(
            (label for key, label in getattr(field, "choices", ()) if str(key) == values.get(name)), values.get(name, "")
        )
        without = {key: value for key, value in values.items() if key != name}
        found.append(Tag(f"{field.label}: {word}" if word else field.label, address(request.path, without)))
    return found
