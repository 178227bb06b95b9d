"""Mẫu số 01: the report of information received (NĐ 56/2017 Điều 25.1)."""

from cases.models import Intake
from cases.printing.fill import boxes, field, line, moment
from cases.printing.paper import sheet
from childcare.children.models import Child
from childcare.documents.structure import Heading, Paragraph
from childcare.lib.calendar import TZ
from childcare.lib.vietnamese import small

KINDS = (
    ("abused", "bị xâm hại"),
    ("violence", "có nguy cơ bị bạo lực"),
    ("exploited", "có nguy cơ bị bóc lột"),
    ("left", "có nguy cơ bị bỏ rơi"),
    ("special", "có hoàn cảnh đặc biệt"),
)
# Beginnings of names of groups and risks → which of the five kinds of the form it is.
WORDS = (("xâm hại", "abused"), ("bạo lực", "violence"), ("bóc lột", "exploited"), ("bỏ rơi", "left"))


def kind_of(kind):
    """Which kind the form names for a group or risk; "" when the form has no word for it."""
    if kind is None:
        return ""
    told = kind.words.lower()
    return next((key for word, key in WORDS if word in told), "special" if kind.family == "N" else "")


def report(facts):
    """The report, with the hour of the call and the hour of the typing."""
    told = facts.row or Intake()
    blank = facts.row is None
    blocks = [
        boxes("Trẻ em thuộc trường hợp", KINDS, kind_of(facts.case.kind) if facts.case else ""),
        Heading("A. Thông tin chung", 1),
        Heading("1. Nguồn nhận thông tin", 2),
        *field("Thông qua (điện thoại, gặp trực tiếp, người khác báo)", "" if blank else told.get_channel_display()),
        Paragraph(f"Thời gian nhận tin: {moment(None if blank else told.received_at)}."),
        Paragraph(f"Thời gian nhập máy: {moment(None if blank else told.entered_at)}."),
        Heading("2. Thông tin về trẻ em", 2),
        *field("Họ và tên trẻ em", facts.name),
        *field("Ngày, tháng, năm sinh hoặc ước lượng tuổi", facts.birth),
        boxes("Giới tính", [*(("m", "Nam"), ("f", "Nữ")), ("?", "Không biết")], facts.sex or ("" if blank else "?")),
        *field("Nơi ở của trẻ em", facts.home),
        *field("Địa điểm xảy ra vụ việc", told.place, 2),
        *field("Tình trạng hiện tại của trẻ em", told.condition, 4),
        *field("Phỏng đoán hậu quả có thể xảy ra cho trẻ em nếu không được hỗ trợ, can thiệp", told.consequence, 3),
        *_parents(facts),
        *field("Hoàn cảnh gia đình", facts.family, 3),
        *field("Hiện ai là người chăm sóc trẻ em (nếu biết)", facts.carer, 2),
        *field("Những hành động hỗ trợ, can thiệp đã thực hiện trước khi nhận được thông tin", told.done_before, 3),
        Heading("3. Thông tin về người cung cấp thông tin (nếu đồng ý cung cấp)", 2),
        *field("Họ và tên", facts.informant),
        *field("Số điện thoại, địa chỉ", facts.informant_contact),
        *field("Ghi chú thêm", "", 2),
    ]
    by = told.received_by.full_name if not blank and told.received_by else ""
    return sheet(
        facts,
        "BÁO CÁO",
        "Tiếp nhận thông tin trẻ em",
        blocks,
        signer="CÁN BỘ TIẾP NHẬN THÔNG TIN",
        name=by,
        notation="BC-UBND",
        day=told.entered_at.astimezone(TZ).date() if told.entered_at else None,
    )


def _parents(facts):
    if facts.told_parents:
        return field("Cha, mẹ (họ và tên, tuổi, nghề nghiệp)", facts.told_parents)
    names = dict(facts.parents)
    return [
        line((f"Họ và tên {word}", names.get(word, ""), 45), ("Tuổi", "", 10), ("Nghề nghiệp", "", 30))
        for word in ("cha", "mẹ")
    ]


def child_head(facts):
    """The lines about the child that head every later form."""
    sex = small(dict(Child.Sex.choices).get(facts.sex, ""))
    return [
        *field("Họ và tên trẻ em", facts.name),
        line(("Ngày, tháng, năm sinh", facts.birth, 40), ("Giới tính", sex, 20)),
        *field("Nơi ở hiện nay", facts.home),
    ]
