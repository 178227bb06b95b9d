"""What every list page of plans and figures shares: a page of rows with its pager, and the tags of the filters in use."""

from dataclasses import dataclass

from childcare.lib.paging import PAGE, Pager, address, paged

__all__ = ["PAGE", "Pager", "Tag", "address", "paged", "tags"]


@dataclass(frozen=True)
class Tag:
    """One filter in use and the address without it."""

    text: str
    url: str


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
