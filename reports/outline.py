"""The outline of the half-year and annual report: nine parts in the body of part III, and which figures each of them tells.

Assembled from published reports (`evidence: secondary`); a default that the officer edits, not law.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One place in the report. `key` is stored with the text, `mark` is printed; a section without text is only a heading."""

    key: str
    mark: str
    title: str
    level: int
    codes: tuple = ()
    written: bool = True

    @property
    def heading(self):
        return f"{self.mark}. {self.title}" if self.level < 3 else f"{self.mark}) {self.title}"

    @property
    def anchor(self):
        """An id for the page: s-III-4-a."""
        return "s-" + self.key.replace(".", "-")


POPULATION = ("DS-01", "DS-02", "DS-03", "DS-05", "DS-06", "DS-07", "DS-08", "DS-09")
INJURIES = ("TN-01", "TN-03", "TN-05", "TN-06", "TN-07", "TN-11")
SECTIONS = (
    Section("I", "I", "Đặc điểm tình hình", 1, (*POPULATION, "HC-01", "HC-02", "HC-05", "HC-06")),
    Section("II", "II", "Công tác chỉ đạo, điều hành", 1, ("TR-04", "NL-04", "NL-13")),
    Section("III", "III", "Kết quả thực hiện", 1, written=False),
    Section("III.1", "1", "Truyền thông, giáo dục, vận động xã hội", 2, ("TR-02", "TR-03", "TR-01", "NL-01", "NL-02")),
    Section("III.2", "2", "Chăm sóc sức khỏe, dinh dưỡng", 2, ("YT-09", "YT-04", "YT-05", "YT-07", "YT-12")),
    Section("III.3", "3", "Giáo dục", 2, ("GD-02", "GD-03", "GD-04", "GD-05")),
    Section("III.4", "4", "Bảo vệ trẻ em", 2, written=False),
    Section("III.4.a", "a", "Trẻ em có hoàn cảnh đặc biệt và trợ giúp", 3, ("HC-01", "HC-03", "HC-04", "HC-16", "HC-07")),
    Section(
        "III.4.b",
        "b",
        "Phòng, chống xâm hại trẻ em",
        3,
        ("XH-03", "XH-01", "XH-02", "XH-05", "XH-07", "XH-08", "HS-01", "HS-05", "HS-06"),
    ),
    Section("III.4.c", "c", "Phòng, chống tai nạn, thương tích, đuối nước", 3, INJURIES),
    Section("III.4.d", "d", "Lao động trẻ em, tảo hôn", 3, ("LD-03", "LD-02", "LD-04", "TH-01")),
    Section("III.4.e", "đ", "Chăm sóc thay thế", 3, ("HC-08", "HC-17", "HC-18")),
    Section("III.5", "5", "Văn hóa, vui chơi, giải trí", 2, ("VH-01", "VH-02")),
    Section("III.6", "6", "Sự tham gia của trẻ em", 2, ("TG-05", "TG-06", "TG-04", "TG-08", "TG-01")),
    Section("III.7", "7", "Vận động nguồn lực, Quỹ Bảo trợ trẻ em", 2, ("NL-05", "NL-06", "NL-07")),
    Section("III.8", "8", "Xã, phường phù hợp với trẻ em", 2, ("PH-01", "PH-02")),
    Section("III.9", "9", "Dữ liệu trẻ em", 2, ("DL-01", "DL-02", "DL-03")),
    Section("IV", "IV", "Đánh giá so với chỉ tiêu kế hoạch", 1),
    Section("V", "V", "Tồn tại, hạn chế, nguyên nhân", 1),
    Section("VI", "VI", "Phương hướng, nhiệm vụ", 1),
    Section("VII", "VII", "Kiến nghị, đề xuất", 1),
)
BY_KEY = {section.key: section for section in SECTIONS}
WRITTEN = tuple(section for section in SECTIONS if section.written)
CODES = tuple(dict.fromkeys(code for section in SECTIONS for code in section.codes))
# The few figures that are typed for a unit that sends paper, enough for the sums of the plan's main targets:
# (code, what is counted, of how many when it is a rate).
THIN = (
    ("DS-01", "Trẻ em dưới 16 tuổi", ""),
    ("DS-03", "Trẻ em dưới 6 tuổi", ""),
    ("HC-01", "Trẻ em có hoàn cảnh đặc biệt", ""),
    ("HC-04", "Trẻ em có hoàn cảnh đặc biệt được trợ giúp", "trên tổng số trẻ em có hoàn cảnh đặc biệt"),
    ("HC-05", "Trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt", ""),
    ("XH-03", "Vụ xâm hại trẻ em", ""),
    ("XH-01", "Trẻ em bị xâm hại", ""),
    ("XH-05", "Trẻ em bị xâm hại, có nguy cơ được hỗ trợ, can thiệp", "trên số trẻ em được phát hiện"),
    ("TN-01", "Trẻ em bị tai nạn, thương tích", ""),
    ("TN-05", "Trẻ em tử vong do đuối nước", ""),
    ("YT-09", "Trẻ em dưới 6 tuổi có thẻ bảo hiểm y tế", "trên tổng số trẻ em dưới 6 tuổi"),
    ("DL-01", "Trẻ em đã cập nhật trên phần mềm quản lý trẻ em", "trên số trẻ em theo Công an hoặc Thống kê"),
    ("DL-02", "Trẻ em có số định danh đã xác thực", "trên số trẻ em đã cập nhật"),
)


NEXT = {
    "month": "tháng tới", "quarter": "quý tới", "nine-months": "3 tháng cuối năm", "campaign": "thời gian tới",
    "event": "thời gian tới", "request": "thời gian tới",
}  # fmt: skip


def next_task(period):
    """The title of part VI: what comes after the period."""
    if period.kind == "half":
        return "6 tháng cuối năm" if period.code.endswith("H1") else f"năm {period.year + 1}"
    return NEXT.get(period.kind, f"năm {period.year + 1}")


def heading(section, period):
    """The printed heading of a section in a period."""
    return f"{section.heading} {next_task(period)}" if section.key == "VI" else section.heading
