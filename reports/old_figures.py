"""A CSV of figures "theo báo cáo cũ": all rows go in or none, each fault told by its line, a second time changes nothing."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import F

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.indicators.models import Indicator
from childcare.lib.calendar import parse_day, show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold, parse_number
from childcare.units.models import Unit
from reports.manual import check
from reports.models import ManualFigure

# Heading, what it is called in the code, what the template says of it.
COLUMNS = [
    ("Mã đơn vị", "unit", "mã xã, phường, quận như trong danh mục đơn vị"),
    ("Mã chỉ tiêu", "indicator", "ví dụ HC-04; xem danh mục chỉ tiêu"),
    ("Số liệu từ", "data_from", "ngày/tháng/năm"),
    ("Số liệu đến", "cutoff", "ngày/tháng/năm"),
    ("Tử số", "numerator", "số lượng; để trống nếu chỉ biết tỷ lệ"),
    ("Mẫu số", "denominator", "để trống nếu chỉ tiêu là số lượng"),
    ("Tỷ lệ", "percentage", "chỉ ghi khi không biết tử số, mẫu số"),
    ("Nguồn", "source", "báo cáo nào, ví dụ Báo cáo số 12/BC-UBND"),
    ("Ngày của số liệu", "source_date", "ngày/tháng/năm, có thể để trống"),
]
MAX_BYTES = 1024 * 1024
MAX_ROWS = 5000
OLD = ManualFigure.Origin.OLD


@dataclass
class Reading:
    """What a file holds: new figures, how many stand already, and the faults as (line, sentence)."""

    new: list = field(default_factory=list)
    unchanged: int = 0
    errors: list = field(default_factory=list)


def template():
    """The empty file with one example row, as bytes that Excel opens with Vietnamese letters."""
    example = ["11437", "HC-04", "01/11/2022", "30/04/2023", "30", "31", "", "Báo cáo 6 tháng đầu năm 2023", "08/05/2023"]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([heading for heading, _, _ in COLUMNS])
    writer.writerow(example)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def rows_of(data):
    """(line number, {name: text}) of a CSV with semicolons, commas or tabs. Raises Refusal when it cannot be read as one."""
    if len(data) > MAX_BYTES:
        raise Refusal("Tệp lớn hơn 1 MB. Hãy chia thành nhiều tệp.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("Tệp không phải CSV UTF-8. Trong Excel hãy chọn “Lưu thành”, kiểu “CSV UTF-8”, rồi tải lên lại.")
    if "\0" in text:
        raise Refusal("Tệp này không phải tệp CSV. Hãy dùng tệp mẫu.")
    lines = text.splitlines()
    head = lines[0] if lines else ""
    delimiter = max(";,\t", key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise Refusal("Không đọc được tệp CSV. Hãy dùng tệp mẫu.")
    if len(table) > MAX_ROWS + 1:
        raise Refusal(f"Tệp có hơn {MAX_ROWS} dòng. Hãy chia thành nhiều tệp.")
    names = _names(table[0] if table else [])
    for line, cells in enumerate(table[1:], 2):
        if any(cell.strip() for cell in cells):
            yield line, {name: clean_text(cells[place]) if place < len(cells) else "" for name, place in names.items()}


def _names(head):
    wanted = {fold(heading): name for heading, name, _ in COLUMNS}
    found = {wanted[fold(cell)]: place for place, cell in enumerate(head) if fold(cell) in wanted}
    missing = [heading for heading, name, _ in COLUMNS if name not in found and name not in ("percentage", "source_date")]
    if missing:
        raise Refusal(f"Dòng đầu của tệp thiếu cột: {', '.join(missing)}. Hãy dùng tệp mẫu.")
    return {**{name: 10**6 for _, name, _ in COLUMNS}, **found}


class _Reader:
    """Reads rows against what the officer may enter and what stands already. A few queries for the whole file."""

    def __init__(self, officer):
        self.units = {}
        own = officer.units_for(Permission.FIGURE_ENTER)
        for unit in Unit.objects.under_any(own).order_by(F("valid_from").asc(nulls_first=True)):
            self.units.setdefault(unit.code, []).append(unit)
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        found = ManualFigure.objects.valid().filter(
            unit__in=[unit.pk for rows in self.units.values() for unit in rows], origin=OLD
        )
        self.standing = {(row.unit_id, row.indicator_id, row.data_from, row.cutoff): row for row in found.filter(breakdown="")}
        self.lines = {}

    def unit(self, code, cutoff):
        """The unit of the code on the cut-off day, else the one that follows: a new ward may carry the figures of its parts."""
        rows = self.units.get(code, [])
        for unit in rows:
            if unit.valid_on(cutoff):
                return unit
        if not rows:
            raise ValueError(f"Không có đơn vị mã “{code}” trong địa bàn của mình.")
        return rows[-1]

    def row(self, line, cells):
        """The figure of a row, or None when it stands already. Raises ValueError or Refusal with the fault."""
        first, last = _day(cells, "data_from"), _day(cells, "cutoff")
        if first > last:
            raise ValueError("“Số liệu đến” phải sau “Số liệu từ”.")
        indicator = self.indicators.get(cells["indicator"].upper())
        if indicator is None:
            raise ValueError(f"Không có chỉ tiêu mã “{cells['indicator']}”.")
        if not cells["source"]:
            raise ValueError("Thiếu nguồn: số lấy từ báo cáo nào.")
        numbers = {
            name: parse_number(cells[name]) if cells[name] else None for name in ("numerator", "denominator", "percentage")
        }
        check(**numbers)
        figure = ManualFigure(
            unit=self.unit(cells["unit"], last), indicator=indicator, data_from=first, cutoff=last, origin=OLD,
            source=cells["source"][:200], source_date=parse_day(cells["source_date"]), **numbers,
        )  # fmt: skip
        return self._against(line, figure)

    def _against(self, line, figure):
        key = (figure.unit_id, figure.indicator_id, figure.data_from, figure.cutoff)
        if key in self.lines:
            raise ValueError(f"Trùng với dòng {self.lines[key]}: cùng đơn vị, chỉ tiêu và kỳ.")
        self.lines[key] = line
        old = self.standing.get(key)
        if old is None:
            return figure
        if (old.numerator, old.denominator, old.percentage) == (figure.numerator, figure.denominator, figure.percentage):
            return None
        raise ValueError(f"Đã có số khác của kỳ {show(figure.data_from)} – {show(figure.cutoff)}. Hãy hủy dòng cũ trước.")


def _day(cells, name):
    day = parse_day(cells[name])
    if not isinstance(day, date):
        heading = next(heading for heading, column, _ in COLUMNS if column == name)
        raise ValueError(f"Thiếu “{heading}”.")
    return day


def read(data, officer):
    """Read the whole file. Writes nothing."""
    reader, reading = _Reader(officer), Reading()
    for line, cells in rows_of(data):
        try:
            figure = reader.row(line, cells)
        except (ValueError, Refusal) as fault:
            reading.errors.append((line, str(fault)))
            continue
        if figure is None:
            reading.unchanged += 1
        else:
            reading.new.append(figure)
    return reading


@transaction.atomic
def take_in(*, data, by):
    """Write every row of a file without faults; with a fault write nothing. Returns the Reading."""
    reading = read(data, by)
    if reading.errors or not reading.new:
        return reading
    for figure in reading.new:
        figure.entered_by = by
    ManualFigure.objects.bulk_create(reading.new)
    audit.record(
        "figure.imported", by=by, shown=[figure.public_id for figure in reading.new], note=f"{len(reading.new)} số liệu"
    )
    return reading
