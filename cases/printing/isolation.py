"""Mẫu số 07: the decision to isolate a child (Điều 32), its extension and its end."""

from cases.models import IsolationOrder
from cases.printing.fill import day, dots, field, moment, said
from cases.printing.paper import decision, in_force

FROM = "khỏi cha, mẹ, người chăm sóc trẻ em"
WHO = "người làm công tác bảo vệ trẻ em, Công an cấp xã và các tổ chức, cá nhân có tên tại Điều 2"
RECIPIENTS = ("Như Điều 2, Điều 3", "Lưu: VT, hồ sơ")


def order(facts):
    """The first decision: at most fifteen days with every extension (Điều 32.3)."""
    row, step = _rows(facts)
    until = (row.until if row else None) or (step.until if step else None)
    articles = [
        (
            f"Tạm thời cách ly trẻ em {about(facts)} {FROM}.",
            *field("Người phải cách ly khỏi trẻ em"),
            said(f"Thời gian cách ly: từ {moment(step.done_at if step else None)} đến hết {day(until)}."),
            *field("Lý do", row.reason if row else "", 2),
        ),
        ("Nơi ở an toàn và chăm sóc thay thế trong thời gian cách ly:", *_care(row)),
        in_force(facts, WHO),
    ]
    subject = "Về việc tạm thời cách ly trẻ em khỏi cha, mẹ, người chăm sóc trẻ em"
    return decision(facts, subject, articles, why=_why(), recipients=RECIPIENTS, **_signed(row, step))


def extension(facts):
    """More days, still fifteen in all unless a competent body asks for more."""
    row, step = _rows(facts)
    asked = f" theo yêu cầu của {row.asked_by}" if row and row.asked_by else ""
    until = day(row.until if row else None)
    articles = [
        (
            f"Gia hạn đến hết {until}{asked} thời gian tạm thời cách ly trẻ em {about(facts)} {FROM}, "
            f"đã được quyết định tại {_first(step)}.",
            *field("Lý do", row.reason if row else "", 2),
        ),
        ("Nơi ở an toàn và chăm sóc thay thế trong thời gian gia hạn:", *_care(row)),
        in_force(facts, WHO),
    ]
    subject = "Gia hạn thời gian tạm thời cách ly trẻ em"
    return decision(facts, subject, articles, why=_why(), recipients=RECIPIENTS, **_signed(row))


def ending(facts):
    """The home is safe, or the days are over (Điều 32.3, TT 14/2020 Điều 14.3)."""
    row, step = _rows(facts)
    ended = day(step.ended_on if step else None)
    articles = [
        (
            f"Kết thúc, kể từ {ended}, việc tạm thời cách ly trẻ em {about(facts)} {FROM}, "
            f"đã được quyết định tại {_first(step)}.",
            *field("Lý do", row.reason if row else "", 2),
        ),
        (
            "Giao trẻ em cho người chăm sóc:",
            *field("Người nhận trẻ em", row.carer if row else ""),
            *field("Nơi ở", row.place if row else ""),
        ),
        in_force(facts, WHO),
    ]
    subject = "Kết thúc việc tạm thời cách ly trẻ em"
    return decision(facts, subject, articles, why=_why(), recipients=RECIPIENTS, **_signed(row))


def _rows(facts):
    """(order, step): a form may be about an order, about a step that has none yet, or blank."""
    if isinstance(facts.row, IsolationOrder):
        return facts.row, facts.row.step
    return None, facts.row


def about(facts):
    """ "Trương Thị Bảo Hân, sinh 03/04/2015, nơi ở: …"."""
    parts = [facts.name or dots(60), f"sinh {facts.birth}" if facts.birth else f"sinh {dots(30)}"]
    return ", ".join([*parts, f"nơi ở: {facts.home or dots(50)}"])


def _care(row):
    place, carer = (row.place, row.carer) if row else ("", "")
    return field("Nơi ở", place) + field("Người chăm sóc trẻ em", carer)


def _first(step):
    """The number and day of the order that is extended or ended."""
    rows = [row for row in step.orders.all() if row.kind == "order" and row.voided_at is None] if step else []
    if rows and rows[-1].number:
        return f"Quyết định số {rows[-1].number}{f' {day(rows[-1].signed_on)}' if rows[-1].signed_on else ''}"
    if step and step.decision:
        return f"Quyết định số {step.decision}"
    return f"Quyết định số {dots(25)} {day(None)}"


def _why():
    return ["Xét mức độ nguy cơ đối với trẻ em và đề nghị của người làm công tác bảo vệ trẻ em"]


def _signed(row, step=None):
    if row:
        return {"number": row.number, "day": row.signed_on, "signer": row.signer}
    return {"number": step.decision, "day": None} if step and step.decision else {}
