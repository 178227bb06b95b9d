"""What is done about accounts, sign-ins, the log and settings."""

WORDS = {
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
    "session.unlocked": "Mở khóa màn hình bằng mật khẩu",
    "session.proved": "Gõ lại mật khẩu trước việc quan trọng",
    "session.ended": "Kết thúc lần đăng nhập đang mở",
    "factor.turned_on": "Bật xác nhận hai bước",
    "factor.turned_off": "Tắt xác nhận hai bước",
    "factor.codes_renewed": "Tạo lại mã dự phòng",
    "factor.wrong": "Gõ sai mã xác nhận",
    "role.rule_changed": "Đổi quy định đăng nhập của vai trò",
    "appointment.made": "Phân công cán bộ",
    "appointment.ended": "Kết thúc phân công",
    # nhật ký, cấu hình
    "audit.viewed": "Xem nhật ký",
    "day.added": "Thêm ngày nghỉ, ngày làm bù",
    "day.removed": "Bỏ ngày nghỉ, ngày làm bù",
    "demo.built": "Tạo dữ liệu dùng thử",
}
