"""A plan pasted from Word or typed: its headings, bullets and kinds of paragraphs, guessed for an officer to confirm.

The rows are those of the items file (`path`, `kind`, `bullet`, `text_vi`, `note`): pasted, typed and loaded plans are one.
"""

import re

from childcare.lib.vietnamese import clean_text, fold

KINDS = {
    "number_line": "Số, ký hiệu", "place_date": "Địa danh, ngày", "agency": "Tên cơ quan", "motto": "Quốc hiệu, tiêu ngữ",
    "title": "Tên loại văn bản", "subject": "Trích yếu", "basis": "Căn cứ", "intro": "Mở đầu", "section": "Mục lớn (I, II …)",
    "subsection": "Mục nhỏ (1, 2 …)", "objective": "Mục đích, mục tiêu", "target": "Chỉ tiêu", "target_group": "Đối tượng",
    "scope": "Phạm vi", "timeframe": "Thời gian", "task": "Nhiệm vụ", "project": "Dự án", "model": "Mô hình",
    "activity": "Hoạt động, nội dung", "solution": "Giải pháp", "budget": "Kinh phí", "responsible": "Phân công",
    "report_regime": "Chế độ báo cáo", "label": "Dòng dẫn", "closing": "Kết thúc", "closing_deadline": "Kết thúc, hạn báo cáo",
    "footnote": "Chú thích", "recipients_label": "Chữ “Nơi nhận”", "recipient": "Nơi nhận", "signer_authority": "Thẩm quyền ký",
    "signer_name": "Người ký",
}  # fmt: skip
ROMAN = re.compile(r"(?=[IVX])(X{0,2}(?:IX|IV|V?I{0,3}))\s*[./)]\s*(?=\D)")
NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\s*[.)/]\s*")
BULLET = re.compile(r"([-–—•·▪*+o])\s+|([-–•+])(?=\S)")
SIGNERS = re.compile(r"(TM|KT|TL|TUQ|Q)\.\s|(PHÓ )?(CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG PHÒNG|HIỆU TRƯỞNG)$")
AREAS = (  # what a section is about, by the words of its heading; the first that fits
    ("responsible", ("to chuc thuc hien", "phan cong")),
    ("report_regime", ("che do bao cao", "thong tin bao cao")),
    ("budget", ("kinh phi",)),
    ("target_group", ("doi tuong",)),
    ("aim", ("muc tieu", "muc dich", "chi tieu")),
    ("task", ("nhiem vu", "noi dung", "hoat dong")),
    ("solution", ("giai phap",)),
)
LEADS = (  # what a paragraph is by its first words
    ("scope", ("pham vi",)),
    ("budget", ("kinh phi",)),
    ("timeframe", ("thoi gian thuc hien", "thoi gian:")),
    ("responsible", ("don vi thuc hien", "co quan chu tri")),
    ("closing", ("tren day la", "trong qua trinh")),
)
LABEL = ("muc tieu", "noi dung", "noi dung hoat dong", "pham vi", "hoat dong")
GOAL = re.compile(r"\d\s*%|\d+(?:,\d+)?\s*/\s*\d|\bkhong (?:co|de xay ra)\b|\bgiam (?:ty|ti|so)\b")
DAY = re.compile(r"ngày\s*\d{0,2}\s*tháng\s*\d{0,2}\s*năm\s*\d{2,4}", re.IGNORECASE)
NAME = re.compile(r"(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]*\s+){1,5}[A-ZÀ-ỸĐ][a-zà-ỹđ]*$")


def recognise(text):
    """The rows of a plan from its text, a paragraph a line."""
    reader = _Reader()
    for line in text.splitlines():
        line = clean_text(line)
        if line:
            reader.take(line)
    return reader.rows


def as_text(items):
    """The text of a plan's paragraphs, a line each, as an officer edits it."""
    return "\n".join(f"{item.bullet} {item.text}".strip() for item in items)


class _Reader:
    """Reads line after line and remembers in which section it is."""

    def __init__(self):
        self.rows, self.area, self.place = [], "head", "head"
        self.section = self.number = ""
        self.seen = {}

    def take(self, line):
        bullet, text = self._bullet(line)
        for step in (self._foot, self._section, self._numbered, self._head, self._named, self._rest):
            row = step(bullet, text)
            if row:
                kind, path = row
                self.rows.append({"path": path, "kind": kind, "bullet": bullet, "text_vi": text, "note": ""})
                return

    @staticmethod
    def _bullet(line):
        found = BULLET.match(line)
        if not found:
            return "", line
        return "+" if line[0] in "+o" else "-", line[found.end() :].strip()

    @property
    def path(self):
        return ".".join(filter(None, [self.section, self.number])) or self.place

    def _foot(self, bullet, text):
        words = fold(text)
        if words.rstrip(":. ") == "noi nhan":
            self.area = "foot"
            return "recipients_label", "recipients"
        if SIGNERS.match(text) and text == text.upper():
            self.area = "foot"
            return "signer_authority", "signer"
        if self.area != "foot":
            return None
        named = not bullet and NAME.fullmatch(text)
        return ("signer_name", "signer") if named else ("recipient", "recipients")

    def _section(self, bullet, text):
        found = ROMAN.match(text)
        if bullet or not found:
            return None
        times = self.seen[found[1]] = self.seen.get(found[1], 0) + 1
        self.section, self.number = found[1] if times == 1 else f"{found[1]}({times})", ""
        self.area = self.heading = self._area(text) or "task"
        return "section", self.section

    @staticmethod
    def _area(text):
        words = fold(text)
        return next((area for area, marks in AREAS if any(mark in words for mark in marks)), "")

    def _numbered(self, bullet, text):
        found = NUMBER.match(text)
        if bullet or not found or not self.section:
            return None
        words = fold(text[found.end() :])
        if "." in found[1]:
            if words.rstrip(":. ") in LABEL:
                return "label", self.path
            return self._lead(words) or ("objective" if words.startswith("muc tieu") else "activity"), self.path
        self.number = found[1]
        if words.startswith("du an"):
            self.area = "task"
            return "project", self.path
        if self.heading in ("aim", "target_group") or words.rstrip(":. ").startswith(("muc tieu", "doi tuong", "chi tieu")):
            self.area = self._area(text) or ("scope" if words.startswith("pham vi") else self.heading)
            return (len(words) > len("pham vi:") and self._lead(words)) or "subsection", self.path
        self.area = self.heading
        return {"responsible": "responsible"}.get(self.heading, self.heading), self.path

    def _head(self, bullet, text):
        if self.section or bullet:
            return None
        words = fold(text)
        if words.startswith("so:") or re.match(r"số\s*:?\s*\d*\s*/", text, re.IGNORECASE):
            return "number_line", "head"
        if DAY.search(text) and len(text) < 60:
            return "place_date", "head"
        if words.startswith(("cong hoa xa hoi", "doc lap")):
            return "motto", "head"
        if words in ("ke hoach", "chuong trinh", "de an"):
            self.place = "title"
            return "title", "head"
        return self._opening(text, words)

    def _opening(self, text, words):
        if self.place == "head" and text == text.upper():
            return "agency", "head"
        if words.startswith(("can cu", "thuc hien quyet dinh", "thuc hien ke hoach", "thuc hien luat", "thuc hien nghi")):
            self.place = "intro"
            return "basis", "intro"
        if self.place in ("title", "head"):
            self.place = "subject"
            return "subject", "head"
        if self.place == "subject" and not re.search(r"[.;:]$", text) and len(text) < 100 and text[:1].islower():
            return "subject", "head"
        self.place = "intro"
        return "intro", "intro"

    def _lead(self, words):
        return next((kind for kind, marks in LEADS if words.startswith(marks)), None)

    def _named(self, bullet, text):
        words = fold(text)
        if re.match(r"mo hinh \d+", words) and not bullet:
            self.number = f"{self.number.split('.')[0]}.M{re.match(r'mo hinh ([0-9]+)', words)[1]}"
            self.area = "task"
            return "model", self.path
        if words.rstrip(":. ") in LABEL:
            return "label", self.path
        lead = self._lead(words)
        if lead == "closing" and not bullet:
            dated = re.search(r"\d{1,2}/\d{1,2}/\d{4}", text)
            return ("closing_deadline" if dated and "bao cao" in words else "closing"), "closing"
        return (lead, self.path) if lead and lead != "closing" else None

    def _rest(self, bullet, text):
        words = fold(text)
        if self.area == "aim":
            return ("target" if GOAL.search(words) or "%" in text else "objective"), self.path
        if self.area == "task":
            if bullet == "-" and re.match(r"(thi diem|xay dung|duy tri|nhan rong|va| )+ mo hinh", words):
                return "model", self.path
            goal = words.startswith("muc tieu") or re.match(r"(phan dau|\d+(,\d+)?\s*%|khong (co|de))", words)
            return ("target" if goal else "activity"), self.path
        if self.area == "solution":
            return ("solution" if not bullet else "activity"), self.path
        if self.area == "responsible" and re.search(r"(dinh ky|bao cao (quy|thang|nam)|truoc ngay)", words):
            return "report_regime", self.path
        return (self.area if self.area in KINDS else "activity"), self.path
