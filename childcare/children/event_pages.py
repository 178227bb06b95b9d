"""The events of a period as the officer sees them: rows with names where he may read them, the printed list, the workbook."""

from dataclasses import dataclass

from django.db.models import Q

from childcare.children.events import KINDS, period_word
from childcare.children.models import Child, Circumstance, Support
from childcare.children.querysets import open_files
from childcare.children.row_texts import NAME_STATES, birth_text, place_text
from childcare.documents.issuers import issuer_of
from childcare.documents.structure import AdminDocument, Column, Paragraph, Signer, Table
from childcare.lib.calendar import now, show
from childcare.lib.refusal import Refusal

SIZE, LIMIT = 50, 5000
VALUES = (
    "pk", "public_id", "full_name", "name_state", "birth_latest", "birth_precision", "sex", "unit__name", "unit__kind",
    "unit__parent__name",
)  # fmt: skip


@dataclass
class Seen:
    """Events whose child the officer may see, and how many others are counted without a name."""

    events: list
    hidden: int


def seen_by(events, officer, *, export=False):
    """Split the events: an event of a child that now belongs elsewhere, or under a closed file, is only a number."""
    children = Child.objects.visible_to(officer)
    children = children.exportable_by(officer) if export else children
    visible = set(children.filter(pk__in={event.child for event in events}).values_list("pk", flat=True))
    files = {event.file for event in events} - {None}
    opened = set(open_files(officer).filter(pk__in=files).values_list("pk", flat=True)) if files else set()
    kept = [
        event for event in events if (event.unknown or event.child in visible) and (event.file is None or event.file in opened)
    ]
    return Seen(kept, len(events) - len(kept))


def rows_of(events, on):
    """The events as they are shown: everything is text. One query."""
    found = Child.objects.filter(pk__in={event.child for event in events}).values(*VALUES)
    children = {row["pk"]: row for row in found}
    return [_row(event, children.get(event.child), on) for event in events]


def _row(event, child, on):
    base = {"day": show(event.day), "kind": KINDS[event.kind], "detail": event.detail}
    if child is None:
        return {**base, "name": f"({event.unknown})", "public_id": None, "birth": "", "sex": "", "place": ""}
    return {
        **base, "public_id": child["public_id"], "name": child["full_name"] or f"({NAME_STATES[child['name_state']]})",
        "birth": birth_text(child["birth_latest"], child["birth_precision"], on),
        "sex": {"m": "nam", "f": "nữ"}.get(child["sex"], "chưa rõ"),
        "place": place_text(child["unit__name"], child["unit__kind"], child["unit__parent__name"]),
    }  # fmt: skip


def asked(found, kind):
    """The events of one kind, or of all in the order of the day."""
    if kind:
        return found[kind]
    return sorted((event for events in found.values() for event in events), key=lambda event: (event.day, event.child or 0))


def counts_table(found):
    """Kinds and how often they happened."""
    rows = [[KINDS[kind], len(events)] for kind, events in found.items()]
    return Table(
        columns=[Column("Biến động", 20), Column("Số trẻ em", 6, "center")], rows=rows, caption="Số biến động theo loại"
    )


def list_table(rows, caption="Danh sách"):
    """The rows with a running number."""
    columns = [
        Column("STT", 4, "center"), Column("Ngày", 9, "center"), Column("Biến động", 10), Column("Họ và tên", 16),
        Column("Ngày sinh (tuổi)", 13), Column("Giới tính", 6, "center"), Column("Nơi ở hiện nay", 14), Column("Nội dung", 16),
    ]  # fmt: skip
    keys = ("day", "kind", "name", "birth", "sex", "place", "detail")
    return Table(
        columns=columns, rows=[[number, *(row[key] for key in keys)] for number, row in enumerate(rows, 1)], caption=caption
    )  # fmt: skip


def document(*, unit, commune, officer, found, seen, first, last, on, copy, kind=""):
    """The events of the period as an administrative list."""
    if len(seen.events) > LIMIT:
        raise Refusal("Danh sách quá dài để in một lần. Hãy chọn kỳ ngắn hơn hoặc một loại biến động.")
    what = f": {KINDS[kind].lower()}" if kind else ""
    taken = f"Người in: {officer.full_name}, lúc {now():%H:%M} ngày {show(now().date())}; bản in số {copy}."
    hidden = [Paragraph(hidden_sentence(seen.hidden), italic=True)] if seen.hidden else []
    return AdminDocument(
        kind="DANH SÁCH", subject=f"Biến động trẻ em{what}, {unit.name}, {period_word(first, last)}", issuer=issuer_of(commune),
        notation="DS-UBND", place=commune.bare_name, year=on.year, landscape=True, marks=["LƯU HÀNH NỘI BỘ"], closing=False,
        blocks=[
            *([] if kind else [counts_table(found)]), list_table(rows_of(seen.events, on)), *hidden,
            Paragraph(taken, italic=True),
        ],
        signer=Signer(lines=["NGƯỜI LẬP DANH SÁCH"], name=officer.full_name),
    )  # fmt: skip


def hidden_sentence(number):
    """Why the list is shorter than its number."""
    return f"{number} trẻ em nay không thuộc phạm vi xem của anh/chị (đã chuyển đi nơi khác …): chỉ tính vào số, không có tên."


def with_open_facts(rows, *, officer):
    """The rows, each with the open circumstances and running supports that the officer may see. Two queries."""
    keys = [row["public_id"] for row in rows]
    facts = {key: [] for key in keys}
    for model, open_one in ((Circumstance, Q(ended_on=None)), (Support, Q(running=True))):
        found = (
            model.objects.uncovered(officer)
            .valid()
            .filter(open_one, child__public_id__in=keys)
            .order_by("kind__position", "pk")
        )
        for key, name in found.values_list("child__public_id", "kind__name"):
            facts[key].append(name)
    return [{**row, "facts": "; ".join(dict.fromkeys(facts[row["public_id"]]))} for row in rows]
