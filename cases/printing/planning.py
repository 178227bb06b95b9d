"""The minutes of the meeting (Điều 27.2), Mẫu số 04 with its services and their sum, Mẫu số 05 that approves it."""

from cases.models import InterventionPlan, Meeting
from cases.printing.fill import day, dots, field, moment, said, table
from cases.printing.intake import child_head
from cases.printing.paper import decision, in_force, people, sheet
from childcare.documents.structure import Bullets, Heading, Paragraph, Signatures, Signer
from childcare.lib.calendar import TZ, show
from childcare.lib.vietnamese import money_in_words, number, small

SERVICE_COLUMNS = [
    ("TT", 1, "center"),
    ("Dịch vụ, công việc", 5.2, "left"),
    ("Bắt đầu, dự kiến kết thúc", 3, "center"),
    ("Người, cơ quan chịu trách nhiệm", 3.6, "left"),
    ("Cơ sở cung cấp dịch vụ", 3.6, "left"),
    ("Dự toán (đồng)", 2.8, "right"),
]


def minutes(facts):
    """Biên bản họp xác định biện pháp bảo vệ trẻ em."""
    row = facts.row or Meeting()
    present = people(row.participants)
    begun = moment(row.held_at) if facts.row else moment(None)
    blocks = [
        *field("Thời gian bắt đầu", begun),
        *field("Địa điểm", row.place),
        *child_head(facts),
        Heading("1. Thành phần", 1),
        *field("Chủ trì", row.chair),
        *field("Ghi biên bản", row.secretary),
        *([Paragraph("Tham dự:"), Bullets(present)] if present else field("Tham dự", "", 4)),
        Heading("2. Nội dung", 1),
        *field("Báo cáo kết quả đánh giá nguy cơ, nhu cầu của trẻ em", _assessed(facts), 3),
        *field("Ý kiến của các thành phần tham dự", row.opinions, 6),
        Heading("3. Biện pháp bảo vệ được thống nhất", 1),
        *field("", row.measures, 5),
        Paragraph(f"Cuộc họp kết thúc lúc {dots(20)} giờ {dots(20)} phút cùng ngày. Biên bản đã được đọc lại, thống nhất."),
        Signatures([Signer(["NGƯỜI GHI BIÊN BẢN"], row.secretary.split(",")[0]), Signer(["CHỦ TRÌ"], row.chair.split(",")[0])]),
    ]
    held = row.held_at.astimezone(TZ).date() if facts.row else None
    return sheet(facts, "BIÊN BẢN", "Họp xác định biện pháp bảo vệ trẻ em", blocks, notation="BB-UBND", day=held)


def _assessed(facts):
    last = _last(facts, ("initial", "full"))
    if last is None:
        return ""
    needs = f" Nhu cầu: {last.needs}" if last.needs else ""
    return f"{last.get_level_display()}, đánh giá ngày {show(last.done_on)}.{needs}"


def _last(facts, forms):
    """The last assessment of a kind in a case; a blank form has none."""
    if facts.case is None or facts.row is None:
        return None
    return facts.case.assessments.filter(form__in=forms).order_by("completed_at", "pk").last()


def plan(facts):
    """Mẫu số 04: contents a to d of Điều 28.3."""
    row = facts.row or InterventionPlan()
    last = _last(facts, ("full", "initial"))
    blocks = [
        Heading("I. Thông tin về trẻ em", 1),
        *child_head(facts),
        *field("Người chăm sóc trẻ em", facts.carer),
        Heading("II. Tóm tắt đánh giá", 1),
        *field("Mức độ nguy cơ", f"{last.get_level_display()}, đánh giá ngày {show(last.done_on)}" if last else ""),
        *field("Nhu cầu của trẻ em", last.needs if last else "", 3),
        Heading("III. Mục tiêu", 1),
        *field("", row.goals, 3),
        Heading("IV. Dịch vụ, công việc cần thực hiện", 1),
        *field("Thời gian thực hiện", _span(row)),
        *_services(facts),
        Heading("V. Theo dõi, đánh giá", 1),
        *field("Người theo dõi, đôn đốc", facts.worker),
        *field("Rà soát, đánh giá khi kết thúc kế hoạch", f"ngày {show(row.ends_on)}" if row.ends_on else ""),
    ]
    again = f", lần {row.round}" if facts.row and row.round > 1 else ""
    return sheet(
        facts,
        "KẾ HOẠCH",
        f"Hỗ trợ, can thiệp đối với trẻ em{again}",
        blocks,
        signer="NGƯỜI LẬP KẾ HOẠCH",
        name=facts.worker,
        notation="KH-UBND",
    )


def _span(row):
    return f"từ {day(row.starts_on)} đến {day(row.ends_on)}" if row.starts_on or row.ends_on else ""


def _services(facts):
    rows = [
        (str(at), _what(service), _when(service), service.responsible, service.provider, service.cost)
        for at, service in enumerate(facts.more, 1)
    ]
    costs = [service.cost for service in facts.more if service.cost is not None]
    if not rows:
        return [table(SERVICE_COLUMNS, [], blank=4), *field("Tổng kinh phí dự toán (bằng chữ)", "", 2)]
    rows.append((" ", "Cộng", " ", " ", " ", sum(costs) if costs else ""))
    words = [Paragraph(f"Bằng chữ: {money_in_words(sum(costs))}.", italic=True)] if costs else []
    missing = len(facts.more) - len(costs)
    note = [Paragraph(f"Chưa có dự toán: {missing} dịch vụ, công việc.", italic=True)] if costs and missing else []
    return [table(SERVICE_COLUMNS, rows, total_rows=frozenset([-1])), *words, *note]


def _what(service):
    return f"{service.kind.name}: {service.detail}" if service.detail else service.kind.name


def _when(service):
    return "\n".join(filter(None, [show(service.starts_on), show(service.ends_on) and f"đến {show(service.ends_on)}"]))


def approval(facts):
    """Mẫu số 05: goes to every body with a task and to the parents or carer (Điều 28.5)."""
    row = facts.row or InterventionPlan()
    whom = sorted({name for service in facts.more for name in (service.responsible, service.provider) if name})
    tasks = [Bullets(whom)] if whom else field("", "", 3)
    about = ", ".join([facts.name or dots(60), f"sinh {facts.birth or dots(25)}", f"nơi ở: {facts.home or dots(50)}"])
    span = _span(row) or f"từ {day(None)} đến {day(None)}"
    articles = [
        (
            f"Phê duyệt Kế hoạch hỗ trợ, can thiệp đối với trẻ em {about} (có kế hoạch kèm theo).",
            said(f"Thời gian thực hiện: {span}."),
            *_sum(facts),
        ),
        ("Giao các cơ quan, tổ chức, cá nhân sau đây thực hiện nội dung được phân công trong Kế hoạch:", *tasks),
        in_force(facts, "người làm công tác bảo vệ trẻ em, các cơ quan, tổ chức, cá nhân có tên tại Điều 2"),
    ]
    asks = f"ông (bà) {facts.worker}, " if facts.worker else ""
    signed = {}
    if row.state == InterventionPlan.State.APPROVED:
        signed = {"number": row.decision_number, "day": row.decision_on, "signer": row.signer}
    return decision(
        facts,
        "Phê duyệt kế hoạch hỗ trợ, can thiệp đối với trẻ em",
        articles,
        why=[f"Theo đề nghị của {asks}người làm công tác bảo vệ trẻ em"],
        recipients=("Như Điều 2, Điều 3", "Cha, mẹ hoặc người chăm sóc trẻ em", "Lưu: VT, hồ sơ"),
        **signed,
    )


def _sum(facts):
    costs = [service.cost for service in facts.more if service.cost is not None]
    if costs:
        total = f"{number(sum(costs), 0)} đồng ({small(money_in_words(sum(costs)))})"
        return [Paragraph(f"Tổng kinh phí dự toán: {total}.")]
    return [] if facts.row else field("Tổng kinh phí dự toán", "")
