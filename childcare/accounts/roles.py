"""Roles, permissions, and the one table that grants them. Imports no model; the database stores the short value."""

from django.db.models import TextChoices


class Role(TextChoices):
    COLLABORATOR = "collaborator", "Cộng tác viên"
    COMMUNE = "commune", "Công chức LĐ-TB&XH xã/phường"
    COMMUNE_LEADER = "commune_leader", "Lãnh đạo UBND xã/phường"
    DISTRICT = "district", "Chuyên viên Phòng LĐTBXH"
    OFFICE_LEADER = "office_leader", "Lãnh đạo Phòng"
    DISTRICT_LEADER = "district_leader", "Lãnh đạo UBND quận"
    PROVINCE = "province", "Chuyên viên Sở"
    SCHOOL = "school", "Cán bộ phụ trách của trường"
    CLERK = "clerk", "Văn thư"
    SOCIAL_WORKER = "social_worker", "Nhân viên công tác xã hội"
    CARE_STAFF = "care_staff", "Cán bộ trạm y tế, cơ sở trợ giúp xã hội"
    INSPECTOR = "inspector", "Đoàn kiểm tra"
    ADMIN = "admin", "Quản trị hệ thống"


class Permission(TextChoices):
    """What may be done. Views ask for a permission, never for a role."""

    CHILD_VIEW = "child.view", "Xem trẻ em trong địa bàn"
    CHILD_EDIT = "child.edit", "Thêm, sửa trẻ em"
    CHILD_MERGE = "child.merge", "Rà trẻ có thể bị trùng, gộp hai hồ sơ của một trẻ"
    REVIEW_TICK = "review.tick", "Đánh dấu trẻ em trong đợt rà soát"
    FACT_RECORD = "fact.record", "Ghi hoàn cảnh, trợ giúp, vụ việc, loại hộ"
    PROTECTED_VIEW = "protected.view", "Xem thông tin nhạy cảm của trẻ em được giao"
    CASE_WORK = "case.work", "Lập hồ sơ can thiệp, đánh giá, kế hoạch"
    CASE_DECIDE = "case.decide", "Phê duyệt kế hoạch, quyết định kết thúc hồ sơ can thiệp"
    CASE_TAKE = "case.take", "Giao người xử lý hồ sơ hạn chế do đơn vị mình giữ"
    NOTICE_SEND = "notice.send", "Báo tin về trẻ em tới xã, phường hoặc cấp trên"
    NOTICE_TAKE = "notice.take", "Tiếp nhận tin báo gửi tới đơn vị mình"
    INFORMANT_VIEW = "informant.view", "Xem ai là người báo tin"
    CHILD_EXPORT = "child.export", "Xuất, in danh sách trẻ em"
    CHILD_IMPORT = "child.import", "Nhập danh sách từ tệp Excel"
    PUPIL_MANAGE = "pupil.manage", "Nhập, giữ danh sách học sinh của trường"
    PLAN_VIEW = "plan.view", "Xem kế hoạch"
    PLAN_EDIT = "plan.edit", "Sửa kế hoạch, ghi hoạt động"
    PLAN_ANSWER = "plan.answer", "Xem, trả lời chỉ tiêu được giao cho thôn, tổ dân phố, trường"
    FIGURE_VIEW = "figure.view", "Xem số liệu tổng hợp"
    FIGURE_ENTER = "figure.enter", "Nhập số liệu ngành khác, số liệu chung"
    REPORT_VIEW = "report.view", "Xem báo cáo"
    REPORT_WRITE = "report.write", "Soạn và trình ký báo cáo"
    REPORT_SIGN = "report.sign", "Ký báo cáo"
    REPORT_SEND = "report.send", "Ghi số, gửi báo cáo"
    REPORT_ACCEPT = "report.accept", "Tiếp nhận, yêu cầu chỉnh sửa báo cáo cấp dưới"
    REPORT_ON_BEHALF = "report.on_behalf", "Nhập thay báo cáo giấy của cấp dưới"
    INSPECT = "inspect", "Xem báo cáo, hồ sơ được chọn ngẫu nhiên theo quyết định kiểm tra"
    ACCOUNT_MANAGE = "account.manage", "Mở, đặt lại, kết thúc tài khoản cấp dưới"
    SETTINGS = "settings", "Cấu hình hệ thống"
    AUDIT_VIEW = "audit.view", "Xem nhật ký"


P = Permission
READ_FIGURES = {P.PLAN_VIEW, P.FIGURE_VIEW, P.REPORT_VIEW}
GRANTS = {
    Role.COLLABORATOR: {P.CHILD_VIEW, P.REVIEW_TICK, P.NOTICE_SEND, P.PLAN_ANSWER},
    Role.COMMUNE: READ_FIGURES
    | {P.CHILD_VIEW, P.CHILD_EDIT, P.FACT_RECORD, P.PROTECTED_VIEW, P.CHILD_EXPORT, P.CHILD_IMPORT, P.PLAN_EDIT, P.FIGURE_ENTER}
    | {P.CASE_WORK, P.NOTICE_SEND, P.NOTICE_TAKE, P.INFORMANT_VIEW, P.PLAN_ANSWER}
    | {P.REPORT_WRITE, P.REPORT_SEND, P.REPORT_ACCEPT, P.REPORT_ON_BEHALF, P.ACCOUNT_MANAGE, P.CHILD_MERGE, P.REVIEW_TICK},
    Role.COMMUNE_LEADER: READ_FIGURES
    | {P.CHILD_VIEW, P.PROTECTED_VIEW, P.CASE_DECIDE, P.CHILD_EXPORT, P.REPORT_SIGN, P.REPORT_SEND, P.AUDIT_VIEW},
    Role.DISTRICT: READ_FIGURES
    | {P.CHILD_VIEW, P.CHILD_EXPORT, P.PLAN_EDIT, P.FIGURE_ENTER, P.REPORT_WRITE, P.REPORT_SEND, P.REPORT_ACCEPT}
    | {P.REPORT_ON_BEHALF, P.ACCOUNT_MANAGE, P.CHILD_MERGE, P.CASE_WORK, P.NOTICE_TAKE, P.INFORMANT_VIEW},
    Role.OFFICE_LEADER: READ_FIGURES | {P.CHILD_VIEW, P.CASE_TAKE, P.REPORT_SIGN, P.REPORT_SEND, P.REPORT_ACCEPT, P.AUDIT_VIEW},
    Role.DISTRICT_LEADER: READ_FIGURES | {P.REPORT_SIGN},
    Role.PROVINCE: READ_FIGURES
    | {P.FIGURE_ENTER, P.REPORT_WRITE, P.REPORT_SEND, P.REPORT_ACCEPT, P.REPORT_ON_BEHALF, P.ACCOUNT_MANAGE, P.CASE_TAKE}
    | {P.PLAN_EDIT, P.CASE_WORK, P.NOTICE_TAKE, P.INFORMANT_VIEW},
    Role.SCHOOL: READ_FIGURES
    | {P.PUPIL_MANAGE, P.PLAN_EDIT, P.PLAN_ANSWER, P.FIGURE_ENTER, P.REPORT_WRITE, P.REPORT_SEND, P.NOTICE_SEND},
    Role.CLERK: {P.REPORT_VIEW, P.REPORT_SEND},
    Role.SOCIAL_WORKER: {P.CHILD_VIEW, P.FACT_RECORD, P.CASE_WORK, P.REVIEW_TICK, P.NOTICE_SEND},
    Role.CARE_STAFF: {P.NOTICE_SEND},
    Role.INSPECTOR: READ_FIGURES | {P.AUDIT_VIEW, P.INSPECT},
    Role.ADMIN: {P.SETTINGS, P.ACCOUNT_MANAGE, P.AUDIT_VIEW},
}

# The kinds of unit in which a role is held; an account form offers no other.
ROLE_UNITS = {
    Role.COLLABORATOR: {"hamlet", "commune"},
    Role.COMMUNE: {"commune"},
    Role.COMMUNE_LEADER: {"commune"},
    Role.DISTRICT: {"district"},
    Role.OFFICE_LEADER: {"district"},
    Role.DISTRICT_LEADER: {"district"},
    Role.PROVINCE: {"province"},
    Role.SCHOOL: {"school"},
    Role.CLERK: {"commune", "district", "province"},
    Role.SOCIAL_WORKER: {"commune", "facility"},
    Role.CARE_STAFF: {"commune", "facility"},
    Role.INSPECTOR: {"commune", "district", "province"},
    Role.ADMIN: {"commune", "district", "province"},
}


def may_grant(own, role, *, below):
    """True when a holder of the role `own` may grant `role`, in a unit below his (`below`) or in his own.

    The administrator grants everything. Others: below their unit every role but the administrator's; in their own unit
    only roles that may do strictly less than they may, so that nobody makes his equal or his superior.
    """
    if Permission.ACCOUNT_MANAGE not in GRANTS[own]:
        return False
    if own == Role.ADMIN:
        return True
    return role != Role.ADMIN and (below or GRANTS[role] < GRANTS[own])
