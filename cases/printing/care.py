"""Mẫu số 08 to 16: alternative care (NĐ 56/2017 Điều 38–48). Filled from `Care`, which knows no model; all empty: blank."""

from cases.models.carers import CONDITIONS
from cases.printing.care_facts import Care, Facility
from cases.printing.fill import BOX, LANDSCAPE, TICKED, boxes, day, dots, field, line, said, table
from cases.printing.intake import child_head
from cases.printing.isolation import about
from cases.printing.paper import body, committee, decision, in_force, letter, sheet
from childcare.documents.structure import Column, Heading, Paragraph, Table

EMPTY = Care()
PROMISE = (
    "Tôi cam kết những điều khai trên là đúng; đủ điều kiện theo khoản 2 Điều 63 Luật Trẻ em; bảo đảm chăm sóc, nuôi dưỡng, "
    "giáo dục trẻ em an toàn và thông báo tình hình của trẻ em theo quy định."
)
WHO = "người làm công tác bảo vệ trẻ em, người nhận chăm sóc thay thế"
WHY = ("Theo đề nghị của người làm công tác bảo vệ trẻ em",)
RECIPIENTS = ("Như Điều 1, Điều 3", "Lưu: VT, hồ sơ")


def _care(facts):
    return facts.row if isinstance(facts.row, Care) else EMPTY


def _person(one):
    return [
        *field("Họ và tên", one.name),
        line(("Ngày, tháng, năm sinh", one.birth, 35), ("Số định danh cá nhân", one.identity, 40)),
        *field("Nơi cư trú", one.address),
        *field("Điện thoại", one.phone),
        *field("Nghề nghiệp, thu nhập", one.job),
    ]


def application(facts):
    """Mẫu số 08 (Điều 39.1)."""
    one = _care(facts).person
    blocks = [
        Paragraph("Tôi (đại diện gia đình) là:"),
        *_person(one),
        *field("Thành viên gia đình (họ và tên, năm sinh, quan hệ, nghề nghiệp)", one.family, 4),
        *field("Nguyện vọng nhận chăm sóc thay thế cho trẻ em (độ tuổi, giới tính, tình trạng, thời gian)", one.wishes, 3),
        *field("Lý do nhận chăm sóc thay thế", "", 3),
        Paragraph(PROMISE),
        *field("Giấy tờ kèm theo", "giấy khám sức khỏe trong 06 tháng; phiếu lý lịch tư pháp (đối với người nước ngoài)"),
    ]
    to = [committee(facts.unit)]
    return letter(facts, "ĐƠN ĐĂNG KÝ", "Nhận chăm sóc thay thế", blocks, to=to, name=one.name, day=one.applied_on)


def register(facts):
    """Mẫu số 09 (Điều 40.1), kept by the commune and brought up to date every quarter."""
    columns = [
        ("TT", 1, "center"),
        ("Họ và tên", 4, "left"),
        ("Năm sinh", 2.2, "center"),
        ("Nơi cư trú, điện thoại", 5, "left"),
        ("Nghề nghiệp, thu nhập", 3.4, "left"),
        ("Nguyện vọng", 4, "left"),
        ("Ngày đăng ký", 2.6, "center"),
        ("Kết quả xác minh", 3, "left"),
    ]
    rows = [
        (
            str(at),
            one.name,
            one.birth,
            ", ".join(filter(None, [one.address, one.phone])),
            one.job,
            one.wishes,
            f"{one.applied_on:%d/%m/%Y}" if one.applied_on else "",
            one.state,
        )
        for at, one in enumerate(facts.more, 1)
    ]
    return _list(facts, "Cá nhân, gia đình có nguyện vọng nhận chăm sóc thay thế", columns, rows)


def searching(facts):
    """Mẫu số 14 (Điều 45.1): the facility's own list, signed by its head; renewed every six months (TT 14/2020 Điều 3.2)."""
    columns = [
        ("TT", 1, "center"),
        ("Họ và tên trẻ em", 4, "left"),
        ("Ngày sinh", 2.6, "center"),
        ("Giới tính", 1.8, "center"),
        ("Tình trạng, nhu cầu", 5, "left"),
        ("Ngày vào cơ sở", 2.6, "center"),
        ("Nguyện vọng", 4, "left"),
        ("Ghi chú", 2.4, "left"),
    ]
    rows = [(str(at), *row) for at, row in enumerate(facts.more, 1)]
    home = facts.row or Facility()
    blocks = [
        *field("Địa chỉ của cơ sở", home.address),
        table(columns, rows, blank=8, wide=LANDSCAPE),
        *field("Người lập danh sách", home.written_by),
    ]
    subject = "Trẻ em có nhu cầu tìm cá nhân, gia đình chăm sóc thay thế"
    paper = {"signer": "NGƯỜI ĐỨNG ĐẦU CƠ SỞ", "day": facts.day, "landscape": True, "issued_by": body(home.name)}
    return sheet(facts, "DANH SÁCH", subject, blocks, **paper)


def _list(facts, subject, columns, rows):
    rows = table(columns, rows, blank=8, wide=LANDSCAPE)
    signer = "NGƯỜI LẬP DANH SÁCH"
    return sheet(facts, "DANH SÁCH", subject, [rows], signer=signer, name=facts.worker, day=facts.day, landscape=True)


def child_report(facts):
    """Mẫu số 10 (Điều 38.3.d)."""
    care = _care(facts)
    blocks = [
        *child_head(facts),
        *field("Số định danh cá nhân", facts.identity),
        Heading("1. Hoàn cảnh gia đình", 1),
        *field("Cha, mẹ", ", ".join(f"{word} {name}" for word, name in facts.parents) or facts.told_parents),
        *field("Người đang chăm sóc", facts.carer),
        *field("Anh, chị, em ruột", care.siblings),
        Heading("2. Hoàn cảnh, tình trạng của trẻ em", 1),
        *field("", care.situation, 5),
        *field("Học tập", facts.schooling),
        Heading("3. Nhu cầu chăm sóc của trẻ em", 1),
        *field("", care.needs, 4),
        Heading("4. Ý kiến, nguyện vọng của trẻ em (từ đủ 07 tuổi phải lấy ý kiến)", 1),
        *field("", care.child_view, 3),
        Heading("5. Đề xuất", 1),
        *field("Hình thức chăm sóc thay thế phù hợp", care.form),
    ]
    subject = "Đánh giá hoàn cảnh, tình trạng và nhu cầu, nguyện vọng của trẻ em"
    return sheet(facts, "BÁO CÁO", subject, blocks, signer="NGƯỜI BÁO CÁO", name=facts.worker)


def verification(facts):
    """Mẫu số 11 (Điều 42.1): the conditions of Luật Trẻ em Điều 63.2, one answer each."""
    one = _care(facts).person
    given = dict(one.conditions)
    rows = [
        (str(at), text, *(TICKED if given.get(code) == key else BOX for key in ("yes", "no")))
        for at, (code, text) in enumerate(CONDITIONS.items(), 1)
    ]
    columns = [
        Column("TT", 1, "center"),
        Column("Điều kiện", 11),
        Column("Đủ", 1.5, "center"),
        Column("Không đủ", 1.8, "center"),
    ]
    blocks = [
        Heading("1. Cá nhân, đại diện gia đình nhận chăm sóc thay thế", 1),
        *_person(one),
        *field("Thành viên gia đình", one.family, 3),
        *field("Quan hệ với trẻ em (nếu là người thân thích)", one.relation),
        Heading("2. Điều kiện (khoản 2 Điều 63 Luật Trẻ em)", 1),
        Table(columns, rows),
        *field("Nội dung xác minh", one.found, 4),
        Heading("3. Kết luận", 1),
        boxes("", [("yes", "Đủ điều kiện"), ("no", "Không đủ điều kiện")], one.conclusion),
    ]
    subject = "Điều kiện của cá nhân, gia đình nhận chăm sóc thay thế"
    return sheet(facts, "XÁC MINH", subject, blocks, signer="NGƯỜI XÁC MINH", name=facts.worker, day=one.verified_on)


def giving(facts):
    """Mẫu số 12 (Điều 42.7)."""
    care = _care(facts)
    one = care.person
    until = f" đến hết {day(care.until)}" if care.until else ""
    duty = (
        "Người nhận chăm sóc thay thế bảo đảm điều kiện để trẻ em được sống an toàn, thực hiện quyền và bổn phận của trẻ em, "
        "thông báo tình hình của trẻ em theo quy định; người làm công tác bảo vệ trẻ em theo dõi, đánh giá theo quy định."
    )
    guardian = "Cử người nhận chăm sóc thay thế đồng thời làm người giám hộ của trẻ em."
    articles = [
        (
            f"Giao trẻ em {about(facts)} cho ông (bà) {_who(one)} nhận chăm sóc thay thế{until}.",
            *field("Hình thức chăm sóc thay thế", care.form),
            *([Paragraph(guardian)] if care.guardian else []),
        ),
        (duty, Paragraph("Việc giao, nhận trẻ em thực hiện trong 15 ngày làm việc kể từ ngày ký Quyết định, có biên bản.")),
        in_force(facts, WHO),
    ]
    subject = "Giao, nhận trẻ em cho cá nhân, gia đình nhận chăm sóc thay thế"
    signed = {"number": care.number, "day": care.decided_on, "signer": care.signer}
    return decision(facts, subject, articles, why=WHY, recipients=RECIPIENTS, **signed)


def _who(one):
    parts = [one.name or dots(60), f"sinh {one.birth}" if one.birth else f"sinh {dots(25)}"]
    return ", ".join([*parts, f"nơi cư trú: {one.address or dots(60)}"])


def follow_up(facts):
    """Mẫu số 13 (Điều 43.2): every six months, and at once on a change."""
    care = _care(facts)
    blocks = [
        *child_head(facts),
        *field("Người nhận chăm sóc thay thế", ", ".join(filter(None, [care.person.name, care.person.address]))),
        *field("Hình thức; ngày giao nhận", _since(care)),
        Paragraph(f"Ngày theo dõi, đánh giá: {day(care.visited_on, None if care.visited_on else facts.year)}."),
        Heading("1. Điều kiện sống", 1),
        *field("", care.living, 3),
        Heading("2. Sức khỏe thể chất, tinh thần", 1),
        *field("", care.health, 3),
        Heading("3. Học tập", 1),
        *field("", care.schooling, 2),
        Heading("4. Sự hòa nhập với gia đình, cộng đồng", 1),
        *field("", care.fitting_in, 3),
        Heading("5. Ý kiến, nguyện vọng của trẻ em", 1),
        *field("", care.child_view, 2),
        Heading("6. Vấn đề phát sinh; việc đã làm, kiến nghị", 1),
        *field("Vấn đề phát sinh", care.problems, 2),
        *field("Việc đã làm, kiến nghị", care.actions, 2),
        *field("Đánh giá", care.outcome),
    ]
    subject = "Theo dõi, đánh giá trẻ em được nhận chăm sóc thay thế"
    return sheet(
        facts,
        "BÁO CÁO",
        subject,
        blocks,
        signer="NGƯỜI BÁO CÁO",
        name=care.visitor or facts.worker,
        notation="BC-UBND",
        day=care.visited_on,
    )


def _since(care):
    return "; ".join(filter(None, [care.form, f"{care.started_on:%d/%m/%Y}" if care.started_on else ""]))


def request_to_end(facts):
    """Mẫu số 15 (Điều 48.1): reasons of Luật Trẻ em Điều 69.1.c, d."""
    care = _care(facts)
    blocks = [
        Paragraph("Tôi (đại diện gia đình) nhận chăm sóc thay thế là:"),
        *_person(care.person),
        said(f"Đang nhận chăm sóc thay thế trẻ em {about(facts)}, theo {_decision(care)}."),
        *field("Nay đề nghị chấm dứt việc chăm sóc thay thế vì lý do", care.asked_reason, 4),
        *field("Đề nghị về việc chăm sóc trẻ em sau khi chấm dứt", "", 3),
        Paragraph(
            "Trong khi chờ giải quyết, tôi tiếp tục chăm sóc trẻ em và bàn giao trẻ em theo quyết định của Ủy ban nhân dân."
        ),
    ]
    subject = "Chấm dứt việc chăm sóc thay thế"
    return letter(
        facts,
        "ĐƠN ĐỀ NGHỊ",
        subject,
        blocks,
        to=[committee(facts.unit)],
        name=care.asked_by or care.person.name,
        day=care.asked_on,
    )


def _decision(care):
    if care.number:
        return f"Quyết định số {care.number} {day(care.decided_on)}"
    return f"Quyết định số {dots(25)} {day(None)}"


def ending(facts):
    """Mẫu số 16 (Điều 48.2)."""
    care = _care(facts)
    articles = [
        (
            f"Chấm dứt, kể từ {day(care.ended_on)}, việc chăm sóc thay thế của ông (bà) {_who(care.person)} đối với trẻ em "
            f"{about(facts)}, theo {_decision(care)}.",
            *field("Lý do", care.end_reason, 2),
        ),
        (
            "Chuyển hình thức chăm sóc thay thế đối với trẻ em:",
            *field("Hình thức chăm sóc tiếp theo", care.after),
            *field("Người, cơ sở tiếp nhận trẻ em"),
            Paragraph("Việc bàn giao trẻ em thực hiện trong 15 ngày làm việc, có biên bản."),
        ),
        in_force(facts, WHO),
    ]
    subject = "Chấm dứt việc chăm sóc thay thế và chuyển hình thức chăm sóc thay thế"
    signed = {"number": care.end_number, "day": care.end_on, "signer": care.end_signer}
    return decision(facts, subject, articles, why=WHY, recipients=RECIPIENTS, **signed)
