"""Documents as the units of the seed plans would issue them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from childcare.documents.structure import (
    AdminDocument,
    Annex,
    Bullets,
    Column,
    HeadCell,
    Heading,
    Issuer,
    Paragraph,
    Signatures,
    Signer,
    Table,
)  # fmt: skip

NAM_SON = Issuer("ỦY BAN NHÂN DÂN QUẬN KIẾN AN", "ỦY BAN NHÂN DÂN\nPHƯỜNG NAM SƠN", "Ủy ban nhân dân phường Nam Sơn")
KIEN_AN = Issuer("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", "ỦY BAN NHÂN DÂN\nQUẬN KIẾN AN", "Ủy ban nhân dân quận Kiến An")
LONG = Issuer(
    "ỦY BAN NHÂN DÂN THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG HẢI PHÒNG",
    "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\nTRUNG TÂM CÔNG TÁC XÃ HỘI VÀ QUỸ BẢO TRỢ TRẺ EM THÀNH PHỐ",
    "Trung tâm Công tác xã hội và Quỹ Bảo trợ trẻ em thành phố",
)
CHAIR = Signer(["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phạm Thị Lan")
SENTENCE = (
    "Toàn phường hiện có 1.842 trẻ em dưới 16 tuổi (cùng kỳ 1.815), chiếm 24,1% dân số; trong đó 652 trẻ em dưới 6 tuổi; "
    "31 trẻ em có hoàn cảnh đặc biệt (1,7%); 74 trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt (4%); 28 trẻ em thuộc hộ nghèo."
)


def one_page():
    return AdminDocument(
        kind="Báo cáo", subject="Kết quả công tác trẻ em 6 tháng đầu năm 2024", issuer=NAM_SON, number="5", notation="BC-UBND",
        place="Nam Sơn", day=date(2024, 5, 9), addressees=["Ủy ban nhân dân quận Kiến An"],
        blocks=[Paragraph("Thực hiện Kế hoạch số 61/KH-UBND, Ủy ban nhân dân phường Nam Sơn báo cáo như sau:"), Heading("I. ĐẶC ĐIỂM TÌNH HÌNH"), Paragraph(SENTENCE)],
        recipients=["UBND quận (để b/c)", "Lưu: VT"], signer=CHAIR,
    )  # fmt: skip


def targets():
    columns = [Column("TT", 1, "center"), Column("Chỉ tiêu", 6), Column("Kế hoạch", 2, "right"), Column("Thực hiện", 2, "right"), Column("Đánh giá", 2, "center")]  # fmt: skip
    names = (
        "Trẻ em có hoàn cảnh đặc biệt được trợ giúp",
        "Trẻ em bị xâm hại được can thiệp",
        "Trẻ em được cập nhật thông tin lên phần mềm",
        "Phường đạt tiêu chuẩn phù hợp với trẻ em",
    )
    rows = [
        [place, f"{names[place % 4]} ({place})", "≥ 99%", "96,8%", ("Đạt", "Chưa đạt", "Chậm tiến độ")[place % 3]]
        for place in range(1, 41)
    ]
    return Table(columns, rows, caption="Bảng đánh giá so với chỉ tiêu kế hoạch năm")


def groups():
    head = [
        [HeadCell("TT", down=2), HeadCell("Nhóm trẻ em", down=2), HeadCell("Trong kỳ", across=3), HeadCell("Trong đó", across=3), HeadCell("Được trợ giúp", across=2)],
        ["Đầu kỳ", "Tăng", "Giảm", "Nữ", "Dưới 6 tuổi", "Dân tộc thiểu số", "Số trẻ", "Tỷ lệ"],
        *[[f"({place})" for place in range(1, 11)]],
    ]  # fmt: skip
    columns = [Column("TT", 1, "center"), Column("Nhóm", 6), *[Column(str(place), 1.4, "right") for place in range(8)]]
    rows = [[place, f"Nhóm {place}: trẻ em mồ côi cả cha và mẹ", 12, 3, 1, 7, 2, 0, 12, "96,8%"] for place in range(1, 15)]
    return Table(
        columns,
        [*rows, [None, "Tổng số (không trùng)", 31, 5, 3, 14, 6, 1, 30, Decimal("96.8")]],
        head_rows=head,
        total_rows={-1},
    )


def report():
    """Some eight pages, two annexes."""
    text = [
        Paragraph(SENTENCE),
        Bullets([f"Tổ dân phố số {place}: 128 trẻ em, 3 trẻ em có hoàn cảnh đặc biệt;" for place in range(1, 5)]),
        Paragraph(SENTENCE),
    ]
    parts = (
        "I. ĐẶC ĐIỂM TÌNH HÌNH",
        "II. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
        "III. KẾT QUẢ THỰC HIỆN",
        "IV. TỒN TẠI, HẠN CHẾ",
        "V. PHƯƠNG HƯỚNG, NHIỆM VỤ",
    )
    blocks = [
        block
        for part in parts
        for block in (Heading(part), Heading("1. Truyền thông, giáo dục", 2), *text, Heading("a) Hoàn cảnh đặc biệt", 3), *text)
    ]
    return AdminDocument(
        kind="BÁO CÁO", subject="Kết quả công tác trẻ em 6 tháng đầu năm 2024 trên địa bàn quận Kiến An", issuer=KIEN_AN, number="127",
        notation="BC-UBND", place="Kiến An", day=date(2024, 1, 5), addressees=["Ủy ban nhân dân thành phố Hải Phòng", "Sở Lao động - Thương binh và Xã hội"],
        bases=["Luật Trẻ em ngày 05 tháng 4 năm 2016", "Nghị định số 56/2017/NĐ-CP ngày 09 tháng 5 năm 2017 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em"],
        blocks=[*blocks, targets(), Paragraph("Trên đây là báo cáo kết quả công tác trẻ em 6 tháng đầu năm 2024.")],
        recipients=["Sở LĐTBXH", "CT, các PCT UBND quận", "Các phòng: TC - KH, Tư pháp, GD&ĐT, Y tế, Văn hóa", "UBND các phường", "Lưu: VT, LĐTBXH"],
        signer=Signer(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Nguyễn Phong Doanh"), marks=["LƯU HÀNH NỘI BỘ"],
        annexes=[
            Annex("Trẻ em có hoàn cảnh đặc biệt theo 14 nhóm", blocks=[groups()]),
            Annex("Số vụ, số trẻ em bị xâm hại", blocks=[Paragraph("Trong kỳ không xảy ra trường hợp nào."), groups()], landscape=False, marks=["Lưu hành nội bộ"]),
        ],
    )  # fmt: skip


def child_list(count=300):
    """A list of many rows, of different height."""
    columns = [
        Column("TT", 1, "center"),
        Column("Họ và tên", 4),
        Column("Ngày sinh", 2, "center"),
        Column("Nam/Nữ", 1.3, "center"),
        Column("Chỗ ở", 4),
        Column("Hoàn cảnh", 4),
        Column("Trợ giúp", 3),
        Column("Ghi chú", 2),
    ]
    rows = [
        [
            place,
            f"Nguyễn Thị Hoà {place}",
            "12/05/2016",
            "Nữ",
            f"Tổ dân phố {place % 9 + 1}, phường Nam Sơn",
            "Trẻ em mồ côi cả cha và mẹ được người thân nuôi dưỡng" * (place % 4 == 0),
            "Trợ cấp hằng tháng",
            "",
        ]
        for place in range(1, count + 1)
    ]
    return Table(columns, rows)


def annex_300():
    doc = one_page()
    return replace(doc, annexes=[Annex("Danh sách trẻ em", blocks=[child_list()], landscape=True)])


def printed_list():
    return AdminDocument(
        kind="DANH SÁCH", subject="Trẻ em có hoàn cảnh đặc biệt", issuer=NAM_SON, notation="DS-UBND", place="Nam Sơn", year=2024,
        blocks=[child_list(60), Paragraph("Danh sách này có 60 trẻ em.")], signer=Signer(["NGƯỜI LẬP"], "Nguyễn Thị An"), recipients=["Lưu: VT"], landscape=True,
    )  # fmt: skip


def letter():
    return AdminDocument(
        kind="", subject="rà soát, bổ sung thông tin trẻ em năm 2024", issuer=LONG, number="12", notation="UBND - VX", place="Hải Phòng", day=date(2024, 2, 12),
        addressees=["Các phòng, ban", "UBND các phường"], blocks=[Paragraph(SENTENCE), Bullets(["☐ chưa rà soát", "☑ đã rà soát ✓", "Ðường Hoà"])],
        recipients=["Lưu: VT"], signer=Signer(["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"], ""),
    )  # fmt: skip


def signed_list():
    """A list that three people sign side by side."""
    return AdminDocument(
        kind="Danh sách", subject="Cấp phát quà Tết Trung thu năm 2024", issuer=NAM_SON, notation="DS-UBND", place="Nam Sơn", year=2024, closing=False,
        blocks=[
            Table([Column("STT", 1, "center"), Column("Họ và tên", 5), Column("Ký nhận", 3)], [[1, "Nguyễn Thị Hoà", ""], [2, "Đặng Văn Ân", ""]]),
            Signatures([Signer(["Người lập danh sách"], "Nguyễn Thị An"), Signer(["Người cấp phát"]), Signer(["TM. Ủy ban nhân dân", "Chủ tịch"], "Phạm Thị Lan")]),
        ],
    )  # fmt: skip


ALL = ["one_page", "report", "annex_300", "printed_list", "letter", "signed_list"]
