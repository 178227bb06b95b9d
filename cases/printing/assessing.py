"""Mẫu số 02, 03 and 06: marks in two tables with both totals, the level that a person confirmed."""

from cases.models import Assessment, AssessmentItem, Case
from cases.printing.fill import BOX, TICKED, boxes, day, field, moment, table
from cases.printing.intake import child_head
from cases.printing.paper import sheet
from childcare.documents.structure import Bullets, Column, Heading, Paragraph, Table

MARKS = (("high", "Cao"), ("medium", "Trung bình"), ("low", "Thấp"))
SAFETY = ("Chỗ ở, ăn, mặc", "Y tế", "Môi trường chăm sóc")
POINTS = (
    "Tình trạng thể chất, tâm lý, tình cảm của trẻ em",
    "Hoàn cảnh gia đình, mối quan hệ của trẻ em, năng lực bảo vệ trẻ em của cha, mẹ, các thành viên trong gia đình",
    "Các yếu tố làm trẻ em có thể bị xâm hại, tiếp tục bị xâm hại hoặc tiếp tục rơi vào hoàn cảnh đặc biệt",
    "Điều kiện, khả năng học tập và khả năng tự bảo vệ của trẻ em",
    "Mức độ an toàn và khả năng hỗ trợ của cộng đồng dân cư nơi trẻ em sinh sống",
)
LETTERS = "abcdđ"


def initial(facts):
    """Mẫu số 02 (Điều 26.2)."""
    row = facts.row or Assessment()
    blocks = [
        *_head(facts),
        Heading("1. Đánh giá nguy cơ ban đầu", 1),
        *_judged(facts, "initial", "Mức độ tổn hại, nguy cơ tiếp tục bị xâm hại", "Khả năng tự bảo vệ của trẻ em"),
        Heading("2. Nhu cầu về an toàn tạm thời và biện pháp bảo đảm", 1),
        *field("Nhu cầu của trẻ em", row.needs, 2),
        *field("An toàn tạm thời (chỗ ở, ăn, mặc; y tế; môi trường chăm sóc)", row.safety, 3),
        table(
            [("Nhu cầu", 3, "left"), ("Dịch vụ cần cung cấp", 5, "left"), ("Đơn vị, người cung cấp", 5, "left")],
            [(need, "", "") for need in SAFETY],
        ),
        *_done(facts),
    ]
    return _sheet(facts, "ĐÁNH GIÁ", "Nguy cơ ban đầu, thực hiện biện pháp bảo đảm an toàn tạm thời cho trẻ em", blocks)


def full(facts):
    """Mẫu số 03 (Điều 27.1, points a to h)."""
    row = facts.row or Assessment()
    blocks = [
        *_head(facts),
        Heading("1. Thông tin thu thập", 1),
        *_points(row),
        Heading("2. Đánh giá nguy cơ cụ thể", 1),
        *_judged(facts, "full", "Mức độ tổn hại, nguy cơ đối với trẻ em", "Khả năng tự bảo vệ, phục hồi của trẻ em"),
        Heading("3. Vấn đề và nhu cầu của trẻ em", 1),
        *field("Nhu cầu chăm sóc, trợ giúp, giáo dục, pháp lý, tư vấn, trị liệu, dịch vụ khác", row.needs, 4),
        Heading("4. Ý kiến, nguyện vọng", 1),
        *field("Của trẻ em", row.child_view, 3),
        *field("Của cha, mẹ, người chăm sóc (trừ người gây tổn hại)", row.carer_view, 3),
    ]
    return _sheet(facts, "BÁO CÁO", "Thu thập thông tin, đánh giá nguy cơ cụ thể", blocks)


def review(facts):
    """Mẫu số 06 (Điều 30): the marks once more, then the end or another plan."""
    row = facts.row or Assessment()
    blocks = [
        *_head(facts),
        Heading("1. Đánh giá nguy cơ tại giai đoạn kết thúc", 1),
        *_judged(facts, "review", "Đánh giá mức độ tổn hại của trẻ em", "Đánh giá khả năng tự bảo vệ, phục hồi của trẻ em"),
        Heading("2. Kết quả thực hiện kế hoạch", 1),
        *field("Tình trạng của trẻ em, mức độ an toàn của nơi trẻ em sinh sống", row.findings, 4),
        *_services(facts),
        *field("Ý kiến, nguyện vọng của trẻ em", row.child_view, 2),
        Heading("3. Kết luận, kiến nghị", 1),
        boxes("", [("end", "Kết thúc hỗ trợ, can thiệp"), ("go_on", "Tiếp tục, lập kế hoạch mới")], _conclusion(facts)),
        *field("Kiến nghị", "", 2),
    ]
    return _sheet(facts, "RÀ SOÁT, ĐÁNH GIÁ", "Tình trạng của trẻ em sau khi thực hiện kế hoạch hỗ trợ, can thiệp", blocks)


def _sheet(facts, kind, subject, blocks):
    done = facts.row.done_on if facts.row else None
    return sheet(facts, kind, subject, blocks, signer="NGƯỜI ĐÁNH GIÁ", name=_by(facts), day=done)


def _by(facts):
    return facts.row.completed_by.full_name if facts.row and facts.row.completed_by else ""


def _head(facts):
    done = facts.row.done_on if facts.row else None
    return [
        *child_head(facts),
        *field("Họ và tên cán bộ thực hiện", _by(facts) or facts.worker),
        Paragraph(f"Thời gian thực hiện: {day(done, None if done else facts.year)}."),
    ]


def _judged(facts, form, harm, ability):
    """Both tables of marks under their headings, then the level that was confirmed."""
    parts = (("harm", f"a) {harm}"), ("ability", f"b) {ability}"))
    tables = [block for part, words in parts for block in (Heading(words, 3), marks(facts, form, part))]
    return [*tables, *level(facts.row or Assessment())]


def marks(facts, form, part):
    """One table of marks: each item with its three levels, the marked one ticked; "Tổng số" counts each."""
    given = {mark.item_id: mark.mark for mark in facts.row.marks.all()} if facts.row else {}
    asked = AssessmentItem.objects.filter(form=form, part=part)
    items = [item for item in asked if item.active or item.pk in given]
    rows = [(f"{at}. {item.name}", _levels(item, given.get(item.pk))) for at, item in enumerate(items, 1)]
    counts = {mark: sum(given.get(item.pk) == mark for item in items) for mark, _ in MARKS}
    total = "; ".join(f"{word}: {counts[mark] if given else '......'}" for mark, word in MARKS)
    head = AssessmentItem.Part(part).label
    columns = [Column(head, 5), Column("Mức độ (Cao, Trung bình, Thấp)", 6)]
    return Table(columns, [*rows, ("Tổng số", total)], total_rows=frozenset([-1]))


def _levels(item, mark):
    words = [f"{TICKED if key == mark else BOX} {word}" for key, word in MARKS]
    told = [(getattr(item, key) or "").strip() for key, _ in MARKS]
    if not any(told):
        return "; ".join(words)
    return "\n".join(f"{word} ({text[:1].lower()}{text[1:]})" if text else word for word, text in zip(words, told, strict=True))


def level(row):
    """The level that was confirmed, what the rule proposed, and why another was chosen."""
    names = dict(Case.Level.choices)
    if not row.level:
        return [boxes("Kết luận", Case.Level.choices, ""), *field("Lý do", "", 2)]
    other = row.proposed and row.proposed != row.level
    note = f" (theo số mục đã chấm: {names[row.proposed].lower()})" if other else ""
    return [Paragraph(f"Kết luận: {names[row.level]}{note}.", bold=True), *(field("Lý do", row.reason) if row.reason else [])]


def _points(row):
    if row.findings:
        return field("", row.findings)
    texts = (field(f"{letter}) {text}", "", 3) for letter, text in zip(LETTERS, POINTS, strict=True))
    return [paragraph for text in texts for paragraph in text]


def _done(facts):
    steps = list(facts.case.emergency_steps.all()) if facts.case and facts.row else []
    if not steps:
        return field("Biện pháp đã thực hiện ngay", "", 2)
    lines = [
        f"{step.get_kind_display()}, lúc {moment(step.done_at)}{f': {step.detail}' if step.detail else ''}" for step in steps
    ]
    return [Paragraph("Biện pháp đã thực hiện ngay:"), Bullets([one.replace("\n", " ") for one in lines])]


def _services(facts):
    done = [service for service in facts.more if service.support_id]
    left = [service for service in facts.more if not service.support_id]
    if not facts.more:
        return field("Dịch vụ đã thực hiện", "", 2) + field("Chưa thực hiện, lý do", "", 2)
    names = "; ".join(f"{service.kind.name} ({service.support.started_on:%d/%m/%Y})" for service in done)
    why = "; ".join(
        f"{service.kind.name}{f' ({service.dropped_reason})' if service.dropped_reason else ''}" for service in left
    )
    return field("Dịch vụ đã thực hiện", names or "chưa có") + (field("Chưa thực hiện", why) if left else [])


def _conclusion(facts):
    if not (facts.case and facts.row):
        return ""
    closed = facts.case.state == Case.State.CLOSED
    return "end" if closed else ""
