"""Phiếu trình ký: on one page what the leader must know before he signs. Made from what was frozen when it was presented."""

from childcare.documents.issuers import place_of
from childcare.documents.structure import AdminDocument, Column, Paragraph, Signatures, Signer, Table
from childcare.lib.calendar import TZ, show
from childcare.lib.vietnamese import capital, join_list, number
from reports import checks, collecting, documents, drafts, issuing
from reports.outline import THIN

MOST = 3  # lines of a list; how many more there are is said
DOTS = "." * 90
NOT_MET = ("missed", "behind")


def build(submission):
    """The phiếu of a version that was presented: what moved, targets not met, warnings and reasons, what is missing."""
    owed, draft = submission.obligation, drafts.load(submission)
    how, at = issuing.of(owed, submission.as_office), submission.presented_at.astimezone(TZ)
    return AdminDocument(
        kind="PHIẾU TRÌNH KÝ",
        subject=documents.subject(owed),
        issuer=how.issuer,
        place=place_of(owed.unit),
        day=at.date(),
        blocks=[
            Paragraph(
                f"Số liệu từ {show(owed.data_from)} đến {show(owed.cutoff)}; gửi {join_list(how.addressees)}, chậm nhất "
                f"{show(owed.last_day)}."
            ),
            *moved(draft), told(submission, draft),
            Signatures([Signer(["NGƯỜI TRÌNH"], submission.presented_by.full_name), Signer(["LÃNH ĐẠO"])]),
        ],
        closing=False,
    )  # fmt: skip


def shortened(lines, what):
    """The first lines, and how many more there are."""
    rest = len(lines) - MOST
    return [*lines[:MOST], f"… và {rest} {what} khác"] if rest > 0 else lines


def moved(draft):
    """The main figures that differ from the same period a year earlier, the largest step first."""
    rows = []
    for code, what, _ in THIN:
        now, old = draft.figures(code), draft.earlier(code)
        if now.known and old.known and None not in (now.numerator, old.numerator) and now.numerator != old.numerator:
            step = now.numerator - old.numerator
            rows.append((abs(step), [what, now.text, old.text, f"{'tăng' if step > 0 else 'giảm'} {number(abs(step))}"]))
    if not rows:
        return [Paragraph("Số liệu chính: không có số nào khác cùng kỳ năm trước, hoặc chưa có số cùng kỳ.")]
    columns = [Column("Số liệu chính", 46), Column("Kỳ này", 20, "center"), Column("Cùng kỳ", 20, "center")]
    columns += [Column("Thay đổi", 14, "center")]
    found = [row for _, row in sorted(rows, key=lambda pair: -pair[0])[:MOST]]
    return [Table(columns=columns, rows=found)]


def told(submission, draft):
    """Targets not met, warnings with their reasons, what is missing: a row each, so that all fits one page."""
    found = [
        ("Chỉ tiêu chưa đạt hoặc chậm", targets(draft)),
        ("Cảnh báo khi kiểm tra số liệu", doubts(submission, draft)),
        ("Phần còn thiếu", missing(draft, submission.obligation)),
    ]
    rows = [[title, "\n".join(f"- {line}" for line in lines) or "Không có."] for title, lines in found]
    rows.append(["Ý kiến của lãnh đạo", opinion(submission)])
    return Table(columns=[Column("Nội dung", 24), Column("Chi tiết", 76)], rows=rows)


def targets(draft):
    """Lines of the targets of the plan that are not met or late."""
    rows = [f"{row['text']}: {row['now']}, kế hoạch {row['planned']}" for row in draft.targets if row["state"] in NOT_MET]
    return shortened(rows, "chỉ tiêu")


def doubts(submission, draft):
    """Lines of what the checks doubt, with the reason that the officer gave."""
    owed, day = submission.obligation, submission.presented_at.astimezone(TZ).date()
    rows = checks.warnings(draft, (), owed.cutoff, day, (), collecting.names())
    said = {row.sentence: row.reason for row in rows} | {text: row["reason"] for text, row in draft.explained.items()}
    lines = [f"{text.rstrip('.')}. {f'Lý do: {reason}' if reason else 'Chưa ghi lý do'}" for text, reason in said.items()]
    return shortened(lines, "cảnh báo")


def missing(draft, owed):
    """Zeros that nobody confirmed, and the units below that have not sent theirs."""
    zeros = [row["name"] for row in collecting.unconfirmed(owed)]
    lines = [f"Chưa xác nhận không phát sinh: {'; '.join(shortened(zeros, 'nội dung'))}"] if zeros else []
    return [*lines, *draft.parts.get("notes", [])[:MOST]]


def opinion(submission):
    """The leader's word that was recorded, else room for it."""
    if submission.opinion_agrees is None:
        return "\n".join([DOTS] * 3)
    word = "Đồng ý ký." if submission.opinion_agrees else "Yêu cầu sửa."
    said = f"({submission.opinion_by.full_name}, {show(submission.opinion_at.astimezone(TZ).date())})"
    return " ".join(filter(None, [word, capital(submission.opinion), said]))
