"""What each kind of job is called on the screen. A test asks for the words of every kind that has a handler."""

KINDS = {
    "children.retention": "Xóa tệp hết thời gian lưu giữ",
    "children.duplicates": "Tìm trẻ có thể bị trùng",
    "children.export": "Xuất danh sách trẻ em ra tệp",
    "children.bulk": "Ghi cho nhiều trẻ em cùng lúc",
    "children.sheet": "Lập văn bản để in",
    "children.print": "Lập danh sách trẻ em để in",
    "import.read": "Đọc tệp danh sách trẻ em",
    "children.checklist": "Lập danh sách cần rà soát, bổ sung",
    "import.undo": "Hoàn tác lần nhập tệp",
    "import.write": "Nhập trẻ em từ tệp",
    "list.read": "Đọc tệp của ngành khác",
    "list.write": "Ghi theo tệp của ngành khác",
    "units.change": "Thay đổi đơn vị hành chính",
    "units.change_undo": "Hoàn lại thay đổi đơn vị hành chính",
    "reports.counts": "Tính lại số liệu của bảng tổng hợp",
    "reports.remind": "Nhắc báo cáo buổi sáng",
}


def kind_word(kind):
    """The words of a kind; one that is not known is said to be so."""
    return KINDS.get(kind, f"Việc khác ({kind})")
