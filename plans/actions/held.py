"""One row changed by one officer at a time: the page of the other is told to look again, and a save counts the version up."""

from childcare.lib.refusal import Refusal


def check_version(row, version, word):
    """Refuse when somebody else saved the row since the page was opened. `word`: what it is, "Cuộc kiểm tra"."""
    if row.version != version:
        raise Refusal(f"{word} này vừa được người khác sửa. Hãy mở lại trang, xem rồi sửa lại.")


def saved(row, *fields):
    """Save the named fields and count the version up. Returns the row."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row
