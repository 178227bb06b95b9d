"""The rows of the list of children as HTML: fifty rows by a template would take longer than finding them."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ROW = (
    '<tr><td>{tick}<a href="{url}">{name}</a><small>{birth} · {place}{left_words}</small></td><td class="desk">{sex}</td>'
    '<td data-label="Hoàn cảnh">{groups}</td><td data-label="Loại hộ" class="nowrap">{poverty}</td>'
    "<td>{check_words}</td></tr>\n"
)
LEFT = format_html(' · <span class="soon">{}</span>', "đã chuyển đi hoặc tử vong")
TICK = (
    '<label class="row-tick"><input type="checkbox" class="form-check-input" name="child" value="{}" form="pick" data-pick{}>'
    '<span class="visually-hidden">Chọn {}</span></label>'
)
CHECKED = SafeString(" checked")
CHECK = '<span class="status status-soon">{}</span>'


def rows_html(rows, *, picking=False, picked=()):
    """Rows of `listing.rows_of` as lines of a table; when `picking` with a box, ticked for the ids in `picked`. All escaped."""
    return format_html_join("", ROW, (_shown(row, picking, picked) for row in rows))


def _shown(row, picking, picked):
    ticked = CHECKED if picked and str(row["public_id"]) in picked else ""
    tick = format_html(TICK, row["public_id"], ticked, row["name"]) if picking else ""
    check = format_html(CHECK, row["check"]) if row["check"] else ""
    return {**row, "url": SafeString(row["url"]), "left_words": LEFT if row["left"] else "", "check_words": check, "tick": tick}
