"""Checks before signing: rules between figures, and what still has to be confirmed. They warn, ask why, and never block."""

from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from childcare.lib.calendar import show
from childcare.lib.vietnamese import number
from reports import extras


@dataclass(frozen=True)
class Warning:
    """What does not fit, as a sentence, and the section where to look."""

    sentence: str
    key: str = ""
    place: str = ""
    reason: str = ""  # why the officer lets the figures stand
    by: str = ""

    @property
    def box(self):
        """The name of the box for the reason: another sentence, another box."""
        return "reason-" + sha256(self.sentence.encode()).hexdigest()[:16]

    @property
    def anchor(self):
        """Where on the report's page to look."""
        return f"s-{self.key.replace('.', '-')}" if self.key else self.place


# (section, smaller code, larger code, sentence)
ORDER = (
    ("I", "DS-03", "DS-01", "Số trẻ em dưới 6 tuổi lớn hơn số trẻ em dưới 16 tuổi"),
    ("I", "HC-01", "DS-01", "Số trẻ em có hoàn cảnh đặc biệt lớn hơn số trẻ em"),
    ("III.4.a", "HC-03", "HC-01", "Số trẻ em được trợ giúp lớn hơn số trẻ em có hoàn cảnh đặc biệt"),
    ("III.4.c", "TN-03", "TN-01", "Số trẻ em tử vong do tai nạn lớn hơn số trẻ em bị tai nạn"),
    ("III.4.c", "TN-05", "TN-03", "Số trẻ em tử vong do đuối nước lớn hơn số trẻ em tử vong do tai nạn"),
    ("III.9", "DL-02", "DL-01", "Số thông tin đã làm sạch lớn hơn số đã cập nhật"),
)


STOCKS = tuple(("I", code) for code in ("DS-01", "DS-03", "HC-01", "HC-05", "HC-06"))
CLASS = "Lớp"
JUMP, LEAST = Decimal("0.2"), 10  # a change that is asked about: a fifth, and ten children at least


def warnings(draft, unconfirmed=(), cutoff=None, on=None, old=(), names=None):
    """Everything that should be looked at before the report is presented, each with the reason given for it.

    `cutoff` and `on` tell whether the period is over; `old`: (name, day) of typed figures older than the period;
    `names`: code → name of an indicator.
    """
    early = cutoff is not None and on is not None and on < cutoff
    found = [
        *([Warning(f"Kỳ số liệu đến {show(cutoff)} chưa kết thúc; số liệu còn có thể thay đổi.")] if early else ()),
        *between(draft.figures), *of_groups(draft.tables.get("PL2")), *of_parts(draft.tables.get("PL1")),
        *jumps(draft.figures, draft.earlier, names or {}), *of_old(old), *of_text(draft),
        *(Warning(sentence, place="chi-tieu-bo-sung") for sentence in extras.doubts(draft)),
        *(Warning(f"Chưa xác nhận “không phát sinh”: {row['name']}.", place="khong-phat-sinh") for row in unconfirmed),
    ]  # fmt: skip
    return [with_reason(warning, draft.explained.get(warning.sentence)) for warning in found]


def with_reason(warning, said):
    """The warning with what the officer wrote about exactly this sentence; another figure makes another sentence."""
    return replace(warning, reason=said["reason"], by=said["by"]) if said else warning


def jumps(now, earlier, names):
    """Stocks that moved by a fifth and by ten or more against the same period a year earlier."""
    for key, code in STOCKS:
        new, old = now(code), earlier(code)
        if not (new.known and old.known) or None in (new.numerator, old.numerator) or not old.numerator:
            continue
        step = new.numerator - old.numerator
        if abs(step) >= LEAST and abs(step) >= JUMP * old.numerator:
            word, share = "tăng" if step > 0 else "giảm", number(abs(step) * 100 / old.numerator, 0)
            yield Warning(f"{names.get(code, code)} {word} {share}% so với cùng kỳ: {old.count} → {new.count}.", key)


def of_old(rows):
    """Typed figures whose source speaks of a day before the period."""
    for name, day in rows:
        yield Warning(f"{name}: số của ngành lấy ngày {show(day)}, trước kỳ báo cáo. Hãy hỏi lại số mới.")


def between(figures):
    """Rules between the figures of the unit."""
    for key, small, large, sentence in ORDER:
        few, many = figures(small), figures(large)
        if few.known and many.known and None not in (few.numerator, many.numerator) and few.numerator > many.numerator:
            yield Warning(f"{sentence}: {few.count} > {many.count}.", key)
    boys, girls, children = figures("DS-05"), figures("DS-06"), figures("DS-01")
    if boys.known and girls.known and children.known and boys.numerator + girls.numerator != children.numerator:
        rest = children.numerator - boys.numerator - girls.numerator
        yield Warning(
            f"Nam ({boys.count}) + nữ ({girls.count}) khác tổng số trẻ em ({children.count}): "
            f"{abs(int(rest))} trẻ em chưa có giới tính.", "I",
        )  # fmt: skip


def of_groups(table):
    """Đầu kỳ + tăng − giảm = cuối kỳ, and được trợ giúp ≤ cuối kỳ, of every group of PL2."""
    for row in table["rows"] if table else ():
        start, came, left, end, _girls, _small, _minority, helped = row["values"][:8]
        if None not in (start, came, left, end) and start + came - left != end:
            yield Warning(f"{row['name']}: đầu kỳ {start} + tăng {came} − giảm {left} khác cuối kỳ {end}.", "III.4.a")
        if None not in (helped, end) and helped > end:
            yield Warning(f"{row['name']}: được trợ giúp ({helped}) lớn hơn cuối kỳ ({end}).", "III.4.a")


def of_parts(table):
    """The parts of PL1 add up to the whole."""
    if not table or not table["rows"] or table["word"] == CLASS:
        return  # classes hold pupils of 16 and more, too
    added = sum(row["values"][0] or 0 for row in table["rows"])
    whole = table["total"][0]
    if whole is not None and added != whole:
        yield Warning(f"Cộng các {table['word'].lower()} được {added}, khác tổng số trẻ em {whole}.", "I")


def of_text(draft):
    """Own words that speak of older figures; sections left empty."""
    for key in draft.stale():
        yield Warning(f"Mục “{draft.section(key).title}”: số liệu đã đổi sau khi anh/chị sửa lời.", key)
    for section in draft.written:
        if section.key in draft.sections and not draft.text(section.key).strip():
            yield Warning(f"Mục “{section.title}” còn để trống.", section.key)
