"""Officers of every role with one easy password, so that anybody can try each of them."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import Role
from childcare.lib.calendar import today
from childcare.units.models import Unit
from reports.demo.names import SHORT

PASSWORD = "hoa phuong do 2024"
THEN, NOW = date(2022, 1, 1), date(2025, 7, 1)
WARDS = {
    "11428": "quantru", "11429": "lamha", "11431": "donghoa", "11434": "bacson", "11437": "namson", "11440": "ngocson",
    "11443": "tranthanhngo", "11446": "vandau", "11449": "phulien", "11452": "trangminh",
}  # fmt: skip


@dataclass(frozen=True)
class Post:
    """One demo account: who, in which role, where, since when."""

    username: str
    full_name: str
    role: Role
    code: str
    since: date
    office: str = ""


def posts():
    """Every demo account. The administrator serves Hải Phòng before and after 01/07/2025 (two rows of one person)."""
    yield Post("quantri", "Bùi Văn Quân", Role.ADMIN, "31", THEN)
    yield Post("quantri", "Bùi Văn Quân", Role.ADMIN, "31", NOW)
    yield Post("sold", "Hoàng Văn Sơn", Role.PROVINCE, "31", THEN, "31-O01")
    yield Post("soyte", "Đinh Thị Thanh", Role.PROVINCE, "31", NOW, "31-O02")
    yield Post("quan", "Vũ Văn Dũng", Role.DISTRICT, "307", THEN, "307-O01")
    yield Post("truongphong", "Đỗ Văn Phúc", Role.OFFICE_LEADER, "307", THEN, "307-O01")
    yield Post("lanhdao.quan", "Ngô Thị Hải", Role.DISTRICT_LEADER, "307", THEN)
    yield Post("vanthu.quan", "Mai Thị Loan", Role.CLERK, "307", THEN)
    yield Post("kiemtra", "Cao Văn Thịnh", Role.INSPECTOR, "307", THEN)
    given = ["Nguyễn Thị An", "Lê Thị Chi", "Trần Thị Giang", "Phạm Văn Hùng", "Đào Thị Kim", "Đặng Văn Lộc", "Tô Thị Mơ"]
    for number, (code, name) in enumerate(WARDS.items()):
        yield Post(name, given[number % len(given)], Role.COMMUNE, code, THEN)
        yield Post(f"lanhdao.{name}", given[(number + 3) % len(given)], Role.COMMUNE_LEADER, code, THEN)
    yield Post("ctv.namson", "Trần Văn Bình", Role.COLLABORATOR, "11437-T01", THEN)
    yield Post("vanthu.namson", "Lương Thị Nga", Role.CLERK, "11437", THEN)
    yield Post("ctxh.namson", "Khúc Thị Oanh", Role.SOCIAL_WORKER, "11437", THEN)
    yield Post("truong.namson", "Đoàn Thị Quyên", Role.SCHOOL, "11437-S01", THEN)
    yield Post("tramyte.namson", "Đào Thị Trâm", Role.CARE_STAFF, "11437", THEN)
    yield Post("camchau", "Quách Thị Hiền", Role.COMMUNE, "15160", THEN)
    yield Post("lanhdao.camchau", "Phạm Văn Tài", Role.COMMUNE_LEADER, "15160", THEN)
    yield Post("truong.anbang", "Hồ Thị Xuân", Role.SCHOOL, "19948-S01", THEN)
    yield Post("kienan", "Nguyễn Thị Hà", Role.COMMUNE, "11443", NOW, "11443-O01")
    yield Post("lanhdao.kienan", "Phạm Thị Lan", Role.COMMUNE_LEADER, "11443", NOW)
    yield Post("vanthu.kienan", "Vũ Thị Minh", Role.CLERK, "11443", NOW)
    yield Post("ctv.kienan", "Bùi Văn Tiến", Role.COLLABORATOR, "11443-T01", NOW)


def _of_inspector():
    """A Đoàn has its decision and its last day: here the end of the year of trying out."""
    return {"decision": "QĐ 45/QĐ-UBND ngày 10/04/2024", "ended_on": date(today().year + 1, 1, 1)}


def make_officers():
    """Create the accounts that are missing, each marked as fictitious; passwords only where DEMO is on. Returns how many."""
    password = make_password(PASSWORD if settings.DEMO else None)
    made = 0
    for post in posts():
        officer, new = Officer.objects.get_or_create(
            username=post.username, defaults={"full_name": f"{post.full_name} ({SHORT})", "password": password}
        )
        made += new
        place = Unit.objects.by_code(post.code, post.since)
        Appointment.objects.get_or_create(
            officer=officer,
            unit=place,
            role=post.role,
            defaults={
                "started_on": post.since,
                "office": place.offices.filter(code=post.office).first(),
                "position": f"tài khoản {SHORT}",
                **(_of_inspector() if post.role == Role.INSPECTOR else {}),
            },
        )
    return made
