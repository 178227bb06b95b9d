"""Words of the catalogue, and the national targets as they stand in the programmes: read from our file, kept in memory."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

NATIONAL = Path(__file__).parent / "data" / "national_targets.csv"
GROUPS = {
    "DS": "Dân số trẻ em", "HC": "Hoàn cảnh đặc biệt, nguy cơ", "HS": "Hồ sơ can thiệp",
    "XH": "Xâm hại, bạo lực", "VP": "Vi phạm pháp luật",
    "LD": "Lao động trẻ em", "TH": "Tảo hôn", "TN": "Tai nạn, thương tích", "YT": "Y tế, dinh dưỡng", "GD": "Giáo dục",
    "VH": "Văn hóa, vui chơi", "TG": "Sự tham gia của trẻ em", "NL": "Nguồn lực, đội ngũ", "TR": "Truyền thông",
    "PH": "Xã, phường phù hợp với trẻ em", "DL": "Dữ liệu trẻ em", "BC": "Báo cáo", "QL": "Quản lý",
}  # fmt: skip
SOURCES = {
    "registry": "Đếm từ sổ trẻ em",
    "case": "Đếm từ vụ việc, hồ sơ can thiệp",
    "event": "Đếm từ vụ việc, hoạt động đã ghi",
    "plan": "Theo kế hoạch, báo cáo",
    "manual": "Nhập tay từ ngành khác, có nguồn và ngày",
}
COMPARISONS = {"ge": "từ {} trở lên", "gt": "trên {}", "le": "không quá {}", "lt": "dưới {}", "eq": "đúng {}"}


@dataclass(frozen=True)
class NationalTarget:
    """One target of a national programme for 2025 and 2030; a year without value is None."""

    programme: str
    number: str
    text: str
    comparison: str
    by_2025: Decimal | None
    by_2030: Decimal | None
    unit: str
    evidence: str


@cache
def national_targets():
    """Indicator code → its national targets in the order of the file."""
    found = {}
    with open(NATIONAL, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = [Decimal(row[name]) if row[name] else None for name in ("value_2025", "value_2030")]
            target = NationalTarget(
                row["programme"], row["no"], row["text_vi"], row["comparison"], *values, row["unit"], row["evidence"]
            )
            found.setdefault(row["indicator_code"], []).append(target)
    return found


def group_of(code):
    """The words of the group of a code: "Hoàn cảnh đặc biệt, nguy cơ" of HC-04."""
    return GROUPS.get(code.split("-")[0], "Chỉ tiêu khác")
