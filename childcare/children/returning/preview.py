"""A returned list as the officer sees it before he lets it in: what each line changes, in words."""

from datetime import date

from childcare.children.importing import words
from childcare.children.importing.preview import Preview
from childcare.children.importing.values import from_iso
from childcare.lib.calendar import show

SHOWN_LINES = 200
LABELS = {
    "full_name": "Họ tên", "birth_date": "Ngày sinh", "identity_number": "Số định danh", "verified_on": "Công an xác thực ngày",
}  # fmt: skip
WHY = {
    "empty": "không ghi gì thêm", "no usable value": "nội dung ghi không dùng được", "no number": "chưa có số",
    "waits for a decision": "chờ anh/chị quyết định ở phần Đề nghị sửa",
    "verified without a number": "có ngày xác nhận mà chưa có số định danh", "same": "sổ đã có đúng như vậy",
}  # fmt: skip


class AnswersPreview(Preview):
    """What the page of a returned list shows of its reading."""

    def __init__(self, reading, *, may_protect=False):
        super().__init__(reading, may_protect=may_protect)
        self.names |= {(line["sheet"], line["row"]): line["full_name"] for line in reading.lines}

    def updates(self):
        """(where, child, what changes) of the first lines that change something."""
        return [self._update(row) for row in self.reading.updates[:SHOWN_LINES]]

    def more_updates(self):
        """How many lines beyond those."""
        return max(0, len(self.reading.updates) - SHOWN_LINES)

    def _update(self, row):
        changes = row["changes"]
        told = [f"{LABELS[name]}: {_shown(name, changes)}" for name in LABELS if changes.get(name)]
        if changes.get("identity_status") == "chưa hợp lệ":
            told.append("số chưa hợp lệ")
        return {"where": self.where(row), "name": self.names.get((row["sheet"], row["row"]), ""), "changes": "; ".join(told)}

    def unchanged(self):
        """The lines that change nothing, and why."""
        return [
            {"where": self.where(row), "name": self.names.get((row["sheet"], row["row"]), ""), "why": WHY[row["why"]]}
            for row in self.reading.unchanged[:SHOWN_LINES]
        ]

    def notes(self):
        """What the hamlet wrote in the column of notes: nothing of it is stored by itself."""
        return [{"where": self.where(row), "name": row["full_name"], "note": row["note"]} for row in self.reading.notes]

    def rejected(self):
        """Rows that stay out, with the reason."""
        reasons = words.REASONS | words.ANSWER_REASONS
        return [
            {"where": self.where(row), "name": row["full_name"] or "", "reason": reasons[row["reason_code"]]}
            for row in self.reading.rejected
        ]


def _shown(name, changes):
    value = changes[name]
    if name == "birth_date":
        return from_iso(value, changes["birth_precision"]).text
    return show(date.fromisoformat(value)) if name == "verified_on" else value
