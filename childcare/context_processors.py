"""What the frame of every page shows: the officer and his unit, the menu that his permissions open, his messages, the day."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import BigIntegerField, Count
from django.urls import reverse
from django.utils.functional import cached_property

from childcare.accounts.roles import Permission as P
from childcare.accounts.sessions import is_locked
from childcare.inbox.models import Message
from childcare.lib.calendar import today
from childcare.lib.compiled import compiled

# Word, URL name, the permissions of which one opens it (none: every officer), the beginnings of addresses that lie there,
# the permission whose holder needs it no more (he finds it on another page).
MENU = [
    ("Việc cần làm", "home", (), ("/nhac-viec/",)),
    ("Đoàn kiểm tra", "inspector", (P.INSPECT,), ("/doan-kiem-tra/",)),
    (
        "Trẻ em",
        "child-list",
        (P.CHILD_VIEW,),
        (
            "/tre-em/",
            "/nhap-tep/",
            "/hoan-canh/",
            "/tro-giup/",
            "/nguoi-cham-soc/",
            "/ho/",
            "/hang-loat/",
            "/dot-ra-soat/",
            "/ra-soat-bo-sung/",
            "/cu-tru/",
            "/giay-to/",
            "/dong-y/",
            "/han-che/",
        ),
    ),
    ("Học sinh", "school", (P.PUPIL_MANAGE,), ("/hoc-sinh/",)),
    ("Báo tin", "notice-add", (P.NOTICE_SEND,), ("/bao-tin/",), P.NOTICE_TAKE),
    (
        "Hồ sơ can thiệp",
        "case-list",
        (P.PROTECTED_VIEW, P.CASE_WORK),
        ("/vu-viec/", "/ho-so/", "/cham-soc-thay-the/", "/cam-ket/"),
    ),
    ("Hồ sơ can thiệp", "case-workload", (P.CASE_TAKE,), ("/vu-viec/", "/ho-so/")),
    ("Hồ sơ can thiệp", "incident-list", (P.CHILD_VIEW,), ("/vu-viec/",)),
    (
        "Kế hoạch",
        "plan-list",
        (P.PLAN_VIEW,),
        ("/ke-hoach/", "/hoat-dong/", "/quy/", "/lich/", "/nhan-luc/", "/to-chuc/", "/chi-tieu-duoc-giao/"),
    ),
    ("Chỉ tiêu được giao", "assigned-list", (P.PLAN_ANSWER,), ("/chi-tieu-duoc-giao/",), P.PLAN_VIEW),
    ("Báo cáo", "report-list", (P.REPORT_VIEW,), ("/bao-cao/",)),
    ("Tổng hợp", "summary", (P.FIGURE_VIEW,), ("/tong-hop/", "/so-lieu/", "/so-lieu-nhap-tay/")),
]
SETTINGS_MENU = [
    ("Đơn vị", "unit-list", (P.FIGURE_VIEW, P.SETTINGS), ("/don-vi/",)),
    ("Chỉ tiêu", "indicator-list", (P.FIGURE_VIEW, P.SETTINGS), ("/chi-tieu/",)),
    ("Chế độ báo cáo", "regime-list", (P.REPORT_VIEW, P.SETTINGS), ("/che-do-bao-cao/",)),
    ("Mẫu văn bản", "form-list", (P.SETTINGS,), ("/ho-so/mau-van-ban/",)),
    ("Cán bộ", "officer-list", (P.ACCOUNT_MANAGE,), ("/can-bo/", "/phan-cong/")),
    ("Vai trò", "grants", (P.ACCOUNT_MANAGE, P.SETTINGS), ("/vai-tro/",)),
    ("Yêu cầu về dữ liệu", "request-list", (P.PROTECTED_VIEW,), ("/yeu-cau-du-lieu/",)),
    ("Dữ liệu cá nhân", "data-rules", (P.PROTECTED_VIEW, P.SETTINGS), ("/du-lieu-ca-nhan/",)),
    ("Nhật ký", "audit-log", (P.AUDIT_VIEW,), ("/nhat-ky/",)),
    ("Hệ thống", "settings", (P.SETTINGS,), ("/cai-dat/",)),
]


@compiled(officer=BigIntegerField())
def _unread(officer):
    """The number of messages that wait for an officer; no row for none."""
    waiting = Message.objects.filter(officer=officer).unread().order_by()
    return waiting.values("officer").annotate(number=Count("pk")).values_list("number", flat=True)


@dataclass
class Entry:
    word: str
    url: str
    here: bool


class Frame:
    """Everything is asked only when the page shows it: a fragment or a download costs no query."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def officer(self):
        user = getattr(self.request, "user", None)
        known = user is not None and user.is_authenticated
        return user if known and not is_locked(getattr(self.request, "session", {})) else None

    @cached_property
    def menu(self):
        return self._entries(MENU)

    @cached_property
    def settings_menu(self):
        return self._entries(SETTINGS_MENU)

    def _entries(self, rows):
        if not self.officer:
            return []
        allowed = [row for row in rows if not row[2] or any(self.officer.can(permission) for permission in row[2])]
        allowed = [row for row in allowed if len(row) < 5 or not self.officer.can(row[4])]
        first = {row[0]: row for row in reversed(allowed)}  # of two rows with one word the first that is open to the officer
        urls = [(word, reverse(name), places) for word, name, _, places, *_ in reversed(first.values())]
        path = self.request.path
        return [Entry(word, url, path == url or path.startswith(places)) for word, url, places in urls]

    @cached_property
    def trail(self):
        """The names of the units from the top down to the officer's own."""
        unit, names = self.officer.unit if self.officer else None, []
        while unit is not None:
            names.insert(0, unit.name if not names else unit.bare_name)
            unit = unit.parent
        return names

    @cached_property
    def unread(self):
        """How many messages wait; one indexed count."""
        return sum(_unread.rows(officer=self.officer.pk))

    @property
    def search_url(self):
        return reverse("child-search") if self.officer and self.officer.can(P.CHILD_VIEW) else ""

    training = property(lambda self: bool(settings.TRAINING_TODAY))


def frame(request):
    """Values for base.html."""
    return {"today": today(), "frame": Frame(request)}
