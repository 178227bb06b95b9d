"""What each action of the log is called on the screen. A test finds every action recorded anywhere and asks for its words."""

ACTIONS = {
    # tài khoản
    "account.signed_in": "Đăng nhập",
    "account.signed_out": "Đăng xuất",
    "account.opened": "Mở tài khoản",
    "account.reset": "Cấp lại đường dẫn đặt mật khẩu",
    "account.locked": "Khóa tài khoản",
    "account.unlocked": "Mở lại tài khoản",
    "account.password_chosen": "Đặt mật khẩu bằng đường dẫn dùng một lần",
    "account.password_changed": "Đổi mật khẩu",
    "account.details_changed": "Sửa thông tin của mình",
    "account.listed": "Xem danh sách cán bộ",
    "appointment.made": "Phân công cán bộ",
    "appointment.ended": "Kết thúc phân công",
    # nhật ký, cấu hình
    "audit.viewed": "Xem nhật ký",
    "day.added": "Thêm ngày nghỉ, ngày làm bù",
    "day.removed": "Bỏ ngày nghỉ, ngày làm bù",
    "demo.built": "Tạo dữ liệu dùng thử",
    # trẻ em
    "child.added": "Thêm trẻ em",
    "child.corrected": "Sửa thông tin trẻ em",
    "caregiver.recorded": "Ghi người chăm sóc",
    "caregiver.ended": "Kết thúc việc chăm sóc",
    "caregiver.voided": "Hủy dòng ghi người chăm sóc",
    "household.changed": "Sửa hộ gia đình",
    "household.joined": "Đưa trẻ em vào hộ gia đình",
    "poverty.recorded": "Ghi loại hộ theo năm",
    "residence.opened": "Ghi nơi cư trú",
    "residence.moved": "Chuyển nơi cư trú",
    "residence.ended": "Ghi trẻ em rời địa bàn",
    "residence.corrected": "Sửa nơi cư trú",
    "circumstance.recorded": "Ghi hoàn cảnh",
    "circumstance.ended": "Kết thúc hoàn cảnh",
    "circumstance.corrected": "Sửa hoàn cảnh",
    "circumstance.voided": "Hủy dòng ghi hoàn cảnh",
    "support.recorded": "Ghi trợ giúp",
    "support.ended": "Kết thúc trợ giúp",
    "support.corrected": "Sửa trợ giúp",
    "support.voided": "Hủy dòng ghi trợ giúp",
    "incident.recorded": "Ghi vụ việc",
    "incident.corrected": "Sửa vụ việc",
    "incident.voided": "Hủy dòng ghi vụ việc",
    # kế hoạch
    "plan.loaded": "Nạp kế hoạch",
    "plan.assigned": "Giao chỉ tiêu cho cấp dưới",
    "target.assessed": "Đánh giá chỉ tiêu",
    # báo cáo
    "reminders.sent": "Gửi nhắc việc",
    "report.begun": "Bắt đầu báo cáo",
    "report.saved": "Lưu báo cáo",
    "report.refreshed": "Lấy lại số liệu báo cáo",
    "report.zero_confirmed": "Xác nhận không phát sinh",
    "report.presented": "Trình ký báo cáo",
    "report.withdrawn": "Rút báo cáo đang chờ ký",
    "report.sent": "Gửi báo cáo",
    "report.accepted": "Tiếp nhận báo cáo",
    "report.returned": "Yêu cầu chỉnh sửa báo cáo",
    "report.version_begun": "Lập bản báo cáo mới",
}


def action_word(action):
    """The words of an action; one that is not known is said to be so and never hidden."""
    return ACTIONS.get(action, f"Việc khác ({action})")
