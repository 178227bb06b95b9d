"""A list of staff pasted from Excel: each cell read as people write it, all rows written together or none."""

from dataclasses import dataclass, field

from django.db import transaction

from childcare.lib.calendar import parse_partial, show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold
from plans.actions import staff as actions
from plans.models import StaffPost
from plans.workplaces import place_called, places_in

LONGEST = 200
COLUMNS = [
    "Họ và tên", "Công việc", "Thôn, tổ, trường", "Làm từ ngày", "Chuyên trách, kiêm nhiệm", "Chức danh", "Điện thoại",
    "Số quyết định", "Ngày quyết định",
]  # fmt: skip
K, T = StaffPost.Kind, StaffPost.Time
# The first word found decides: longer and rarer ones stand first.
KIND_WORDS = (
    ("an ninh", K.SECURITY), ("tinh nguyen", K.VOLUNTEER), ("tuyen truyen", K.SPEAKER), ("cong tac vien", K.COLLABORATOR),
    ("ctv", K.COLLABORATOR), ("cong tac xa hoi", K.SOCIAL_WORKER), ("nv ctxh", K.SOCIAL_WORKER), ("y te", K.HEALTH),
    ("tram truong", K.HEALTH), ("giao vien", K.TEACHER), ("tong phu trach", K.TEACHER), ("pho chu tich", K.LEADER),
    ("chu tich", K.LEADER), ("lanh dao", K.LEADER), ("cong chuc", K.OFFICIAL), ("ldtbxh", K.OFFICIAL), ("ld-tb", K.OFFICIAL),
    ("van hoa", K.OFFICIAL), ("bao ve tre em", K.WORKER), ("khac", K.OTHER),
)  # fmt: skip
NO_KIND = "Không hiểu công việc “{}”. Hãy ghi như: cộng tác viên, công chức, y tế trường học, an ninh viên, tình nguyện viên."


@dataclass
class Row:
    """One line of the grid: texts as typed, what they mean, what is wrong."""

    cells: list
    values: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    word: str = ""


def read(lines, *, unit):
    """Rows of the grid; `lines` are lists of cell texts. Everything wrong of a row is told at once."""
    places, seen, rows = places_in(unit), set(), []
    for line in lines:
        row = Row([clean_text(cell) for cell in line])
        rows.append(row)
        if fold(row.cells[0]) in ("ho va ten", "ho ten"):
            row.errors.append("Đây là dòng tiêu đề: hãy xóa các ô của dòng này.")
            continue
        _read(row, places)
        key = (fold(row.cells[0]), row.values.get("kind"), row.values.get("unit"))
        if key in seen:
            row.errors.append("Người này đã có ở dòng trên với cùng công việc, cùng nơi.")
        seen.add(key)
    return rows


def _read(row, places):
    name, kind, place, since, time, position, phone, number, day = row.cells
    if not name:
        row.errors.append("Chưa có họ và tên.")
    row.values = {"name": name[:120], "position": position[:120], "phone": phone[:30], "decision_number": number[:60]}
    where = place_called(place, places) if place else places[0]
    if where is None:
        row.errors.append(f"Không tìm thấy “{place}” ở {places[0].name}.")
    row.values["unit"] = where
    row.values["kind"] = _kind(kind, where)
    if row.values["kind"] is None:
        row.errors.append(NO_KIND.format(kind))
    row.values["time"] = _time(time)
    row.values["started_on"] = _day(row, "Làm từ ngày", since)
    row.values["decision_on"] = _day(row, "Ngày quyết định", day)
    if where is not None and row.values["kind"]:
        row.word = f"{StaffPost.Kind(row.values['kind']).label} · {where.name}"


def _kind(text, where):
    plain = fold(text)
    if not plain and where is not None:
        return {"hamlet": K.COLLABORATOR, "school": K.TEACHER}.get(where.kind, K.OFFICIAL)
    labels = {fold(label): value for value, label in K.choices}
    return labels.get(plain) or next((value for word, value in KIND_WORDS if word in plain), None)


def _time(text):
    plain = fold(text)
    return T.PART if "kiem" in plain else T.FULL if "chuyen" in plain else T.UNKNOWN


def _day(row, column, text):
    """A whole day; a month or a year alone means its first day. None for nothing."""
    try:
        found = parse_partial(text)
    except ValueError as error:
        row.errors.append(f"{column}: {error}")
        return None
    if found and found.earliest > today():
        row.errors.append(f"{column}: ngày {show(found.earliest)} chưa tới.")
    return found.earliest if found else None


@transaction.atomic
def write(rows, *, by):
    """Write every row, or none and say which is wrong. Returns how many."""
    for number, row in enumerate(rows, 1):
        try:
            actions.add(by=by, **row.values)
        except Refusal as refusal:
            raise Refusal(f"Dòng {number}: {refusal} Chưa ghi dòng nào.")
    return len(rows)
