"""Where the doing of a task is recorded: by what its words are about, the pages on which the facts are written down."""

import re
from dataclasses import dataclass

from django.urls import reverse

from childcare.accounts.roles import Permission as P
from childcare.lib.vietnamese import fold
from plans.models import Activity

K = Activity.Kind


@dataclass(frozen=True)
class Place:
    """A page where something is recorded. `of_unit`: its address names the unit; `kind`: of the activity to record there."""

    words: str
    route: str
    permission: P
    about: str  # a pattern on words without accents
    of_unit: bool = False
    kind: str = ""


PLACES = (
    Place("Ghi hoạt động truyền thông", "activity-add", P.PLAN_EDIT,
          r"truyen thong|tuyen truyen|thong tin dai chung|pho bien|quan triet|pa no|khau hieu|to roi|noi chuyen chuyen de|"
          r"giao duc phap luat|nang cao nhan thuc|van dong xa hoi|long ghep noi dung", kind=K.COMMUNICATION),
    Place("Ghi lớp tập huấn", "activity-add", P.PLAN_EDIT,
          r"tap huan|boi duong|nang cao nang luc|ky nang|hoc tap kinh nghiem", kind=K.TRAINING),
    Place("Ghi hoạt động Tháng hành động vì trẻ em", "activity-add", P.PLAN_EDIT, r"thang hanh dong", kind=K.ACTION_MONTH),
    Place("Ghi hoạt động Tết Trung thu", "activity-add", P.PLAN_EDIT, r"trung thu", kind=K.MID_AUTUMN),
    Place("Ghi Diễn đàn, hoạt động quyền tham gia của trẻ em", "activity-add", P.PLAN_EDIT,
          r"dien dan|quyen tham gia|tham gia cua tre em|quyen tre em", kind=K.PARTICIPATION),
    Place("Ghi đợt thăm hỏi, tặng quà", "activity-add", P.PLAN_EDIT, r"tang qua|tham hoi|vui choi|the duc", kind=K.GIFTS),
    Place("Ghi đợt khám sàng lọc", "activity-add", P.PLAN_EDIT, r"kham|phau thuat|y te|suc khoe", kind=K.SCREENING),
    Place("Ghi lớp học nghề", "activity-add", P.PLAN_EDIT, r"hoc nghe|day nghe|nhung nghe|viec lam", kind=K.VOCATION),
    Place("Ghi lớp dạy bơi, giải bơi", "activity-add", P.PLAN_EDIT,
          r"(giai|day|hoc|biet|be) boi|boi (an toan|cuu)|duoi nuoc", kind=K.SWIMMING),
    Place("Ghi văn bản chỉ đạo đã ban hành", "activity-add", P.PLAN_EDIT,
          r"chi dao|lanh dao|nghi quyet|tham muu|ban hanh|xay dung (va trien khai )?ke hoach|huong dan|chu truong|phoi hop|"
          r"ke hoach hoat dong|trien khai thuc hien|hop tac", kind=K.GUIDANCE),
    Place("Ghi cuộc kiểm tra, tự kiểm tra", "inspection-list", P.PLAN_VIEW, r"kiem tra|thanh tra|giam sat|danh gia"),
    Place("Ghi khảo sát, mở đợt rà soát", "round-list", P.CHILD_VIEW, r"khao sat|ra soat|phan loai|thong ke"),
    Place("Cập nhật, làm sạch danh sách trẻ em", "child-list", P.CHILD_VIEW,
          r"co so du lieu|phan mem|cap nhat|du lieu|lap ho so|so lieu|chi tieu thong ke"),
    Place("Ghi trợ giúp cho từng trẻ hoặc cả danh sách", "bulk-list", P.FACT_RECORD,
          r"tro giup|tro cap|ho tro|chinh sach|mien giam|hoc phi|phuc hoi chuc nang|can thiep som|giao duc hoa nhap|"
          r"the bao hiem"),
    Place("Ghi hồ sơ can thiệp", "case-list", P.CASE_WORK, r"can thiep|xam hai|bao luc|tham van|cong tac xa hoi|nguy co"),
    Place("Ghi chăm sóc thay thế", "placement-list", P.CASE_WORK,
          r"nhan nuoi|thay the|nhan cham soc|cham soc .*tai cong dong|mo hinh cham soc|ban tru"),
    Place("Ghi nhà tạm lánh, địa chỉ tin cậy", "shelter-list", P.CASE_WORK,
          r"tam lanh|dia chi tin cay|cung cap (va ket noi )?dich vu|dich vu bao ve"),
    Place("Ghi vụ việc", "incident-list", P.CHILD_VIEW,
          r"xam hai|tai nan thuong tich|vi pham phap luat|thien tai|lao dong som"),
    Place("Ghi cộng tác viên, cán bộ", "staff-list", P.PLAN_VIEW,
          r"cong tac vien|nhan luc|can bo|doi ngu|mang luoi", of_unit=True),
    Place("Ghi Nhóm thường trực, ban, câu lạc bộ", "body-list", P.PLAN_VIEW,
          r"nhom thuong truc|ban chi dao|cau lac bo|nhom tre nong cot|an ninh vien|kien toan", of_unit=True),
    Place("Ghi điểm vui chơi, công trình", "place-list", P.PLAN_VIEW,
          r"san choi|bai tap|co so vat chat|trang thiet bi", of_unit=True),
    Place("Đánh giá Ngôi nhà an toàn", "home-list", P.PLAN_VIEW, r"ngoi nha an toan", of_unit=True),
    Place("Ghi sổ quỹ, vận động nguồn lực", "fund-list", P.PLAN_VIEW,
          r"quy (bao|vi) |van dong (cac )?(nguon|nha)|huy dong|dong gop|nguon luc|vien tro|tai tro|kinh phi|"
          r"ngan sach|tai chinh"),
    Place("Chấm điểm xã, phường phù hợp với trẻ em", "friendly-list", P.PLAN_VIEW, r"phu hop voi tre em"),
    Place("Nhập số liệu học tập, y tế của ngành", "manual-figures", P.FIGURE_ENTER,
          r"pho cap|hoc sinh (kha|len lop)|tot nghiep|giao duc hoa nhap|y te|tiem chung"),
    Place("Soạn báo cáo", "report-list", P.REPORT_VIEW, r"bao cao|tong hop"),
)  # fmt: skip


def about(text):
    """The places that the words are about, in the order of the table."""
    said = fold(text)
    return [place for place in PLACES if re.search(place.about, said)]


def places_for(task, officer):
    """[(words, address)] for the page of a task: what its own words and the paragraphs about it name, as far as he may."""
    text = " ".join([task.text, *(item.text for item in task.items.all())])
    return [(place.words, _address(place, task)) for place in about(text) if officer.can(place.permission)]


def _address(place, task):
    if place.kind:
        return f"{reverse(place.route)}?loai={place.kind}&nhiem-vu={task.public_id}"
    return reverse(place.route, args=[task.plan.unit.public_id] if place.of_unit else [])
