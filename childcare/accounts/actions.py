"""Verbs about accounts. Every one by somebody else's account asks whether he may; a refusal is a sentence for him."""

import hashlib
import secrets
from datetime import timedelta

from axes.utils import reset as forget_failures
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from childcare.accounts import sign_ins
from childcare.accounts.models import AccessLink, Appointment, Officer
from childcare.accounts.roles import ROLE_UNITS, Role, may_grant
from childcare.audit import actions as audit
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold

LINK_LIFE = timedelta(hours=24)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another on paper
GROUPS, GROUP = 7, 4  # 28 letters, 138 bits
CHANGED = "Tài khoản này vừa được người khác sửa. Hãy mở lại trang để xem thay đổi rồi sửa tiếp."
BEYOND = "Anh/chị không được phân vai trò này ở đơn vị này. Hãy đề nghị đơn vị cấp trên hoặc quản trị hệ thống."


def may_appoint(by, role, unit):
    """True when `by` holds a post from which he may grant the role in the unit."""
    for own in by.current_appointments:
        reached = own.role == Role.ADMIN or unit.is_under(own.unit)
        if reached and may_grant(own.role, role, below=unit.pk != own.unit_id):
            return True
    return False


def propose_username(full_name):
    """A free user name the way offices make them: Nguyễn Thị An → an.nt, then an.nt2."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in fold(full_name).split()]
    words = [word for word in words if word] or ["canbo"]
    stem = words[-1] + ("." + "".join(word[0] for word in words[:-1]) if words[1:] else "")
    taken = set(Officer.objects.filter(username__startswith=stem).values_list("username", flat=True))
    number = 1
    while (name := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return name


@transaction.atomic
def open_account(
    *,
    by,
    full_name,
    unit,
    role,
    started_on,
    username="",
    position="",
    decision="",
    email="",
    phone="",
    office=None,
    last_day=None,
):
    """A new officer with his first post. Returns (officer, token of the one-use link)."""
    username = (username or propose_username(full_name)).strip().lower()
    same = Appointment.objects.filter(
        officer__full_name=full_name, unit=unit, role=role, position=position, decision=decision, started_on=started_on
    )
    if same.exists():
        raise Refusal(f"Tài khoản của {full_name} với đúng phân công này vừa được mở. Hãy tìm trong danh sách cán bộ.")
    if Officer.objects.filter(username=username).exists():
        raise Refusal(f"Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác hoặc bỏ trống để hệ thống tự đặt.")
    officer = Officer.objects.create_officer(username, full_name, email=email, phone=phone)
    audit.record("account.opened", subject=officer, by=by)
    more = {"position": position, "decision": decision, "office": office, "last_day": last_day}
    _appoint(officer, by=by, unit=unit, role=role, started_on=started_on, **more)
    return officer, _new_link(officer, by=by)


@transaction.atomic
def open_administrator(*, username, full_name, unit):
    """The first administrator, made on the server's command line. Returns (officer, token of the one-use link)."""
    if Officer.objects.filter(username=username.strip().lower()).exists():
        raise Refusal(f"Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.")
    officer = Officer.objects.create_officer(username, full_name)
    audit.record("account.opened", subject=officer, note="từ dòng lệnh của máy chủ")
    Appointment.objects.create(officer=officer, unit=unit, role=Role.ADMIN, started_on=today())
    return officer, _new_link(officer, by=None)


@transaction.atomic
def appoint(*, officer, by, unit, role, started_on, position="", decision="", office=None, last_day=None):
    """One more post for an officer; his others stay."""
    officer = manageable(officer, by)
    more = {"position": position, "decision": decision, "office": office, "last_day": last_day}
    return _appoint(officer, by=by, unit=unit, role=role, started_on=started_on, **more)


def _appoint(officer, *, by, unit, role, started_on, last_day=None, **more):
    if officer.pk == by.pk:
        raise Refusal("Không ai tự phân công cho mình. Hãy đề nghị đơn vị cấp trên.")
    if unit.kind not in ROLE_UNITS[Role(role)]:
        raise Refusal(
            f"Vai trò “{Role(role).label}” không có ở cấp {unit.get_kind_display().lower()}. Hãy chọn vai trò hoặc đơn vị khác."
        )
    if not may_appoint(by, role, unit):
        raise Refusal(BEYOND)
    if role == Role.INSPECTOR and not (last_day and more.get("decision")):
        raise Refusal("Đoàn kiểm tra phải có số quyết định và ngày cuối: hết ngày đó quyền tự hết hiệu lực.")
    if last_day and last_day < started_on:
        raise Refusal("Ngày cuối không được trước ngày bắt đầu.")
    if Appointment.objects.not_ended(today()).filter(officer=officer, unit=unit, role=role).exists():
        raise Refusal(
            "Cán bộ này đang giữ đúng vai trò này ở đơn vị này. Nếu cần đổi chức vụ, hãy kết thúc phân công cũ trước."
        )
    ended = last_day + timedelta(days=1) if last_day else None
    row = Appointment.objects.create(
        officer=officer, unit=unit, role=role, started_on=started_on, ended_on=ended, created_by=by, **more
    )
    audit.record("appointment.made", subject=row, by=by, note=f"từ ngày {show(started_on)}")
    return row


@transaction.atomic
def end_appointment(*, appointment, by, last_day):
    """End a post after its last day; when it was the only one, sessions end at the next request after that day."""
    row = Appointment.objects.select_for_update().select_related("officer", "unit").get(pk=appointment.pk)
    if row.officer_id == by.pk or not Appointment.objects.grantable_by(by).contains(row):
        raise Refusal("Anh/chị không được kết thúc phân công này. Hãy đề nghị đơn vị cấp trên hoặc quản trị hệ thống.")
    if row.ended_on is not None:
        raise Refusal(f"Phân công này đã được kết thúc, ngày cuối cùng là {show(row.ended_on - timedelta(days=1))}.")
    if last_day < row.started_on:
        raise Refusal(f"Ngày cuối cùng không được trước ngày bắt đầu {show(row.started_on)}.")
    row.ended_on = last_day + timedelta(days=1)
    row.save(update_fields=["ended_on"])
    audit.record("appointment.ended", subject=row, by=by, note=f"ngày cuối cùng {show(last_day)}")
    return row


@transaction.atomic
def reset(*, officer, by):
    """A new one-use link; the old password and every session end now. Returns the token."""
    officer = manageable(officer, by)
    officer.set_password(None)
    officer.save(update_fields=["password"])
    sign_ins.end(officer=officer, by=by)
    audit.record("account.reset", subject=officer, by=by)
    return _new_link(officer, by=by)


@transaction.atomic
def set_active(*, officer, by, active):
    """Lock an account (sessions end at the next request, links die) or open it again."""
    officer = manageable(officer, by)
    if officer.is_active == active:
        raise Refusal("Tài khoản này đang mở." if active else "Tài khoản này đã bị khóa trước đó.")
    officer.is_active = active
    officer.save(update_fields=["is_active"])
    if not active:
        officer.access_links.filter(used_at=None).update(expires_at=timezone.now())
        sign_ins.end(officer=officer, by=by)
    audit.record("account.unlocked" if active else "account.locked", subject=officer, by=by)
    return officer


def manageable(officer, by):
    """The officer, locked; a refusal for who does not manage his account."""
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    if not Officer.objects.manageable_by(by).contains(officer):
        raise Refusal("Anh/chị không được sửa tài khoản này. Hãy đề nghị đơn vị cấp trên hoặc quản trị hệ thống.")
    return officer


def digest_of(token):
    """What is kept of a token; capitals and dashes do not matter."""
    return hashlib.sha256("".join(letter for letter in token.lower() if letter in LETTERS).encode()).hexdigest()


def _new_link(officer, *, by):
    """Only the newest link opens the account. The token is returned once and never stored."""
    officer.access_links.filter(used_at=None).update(expires_at=timezone.now())
    token = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    AccessLink.objects.create(officer=officer, digest=digest_of(token), made_by=by, expires_at=timezone.now() + LINK_LIFE)
    return token


def find_link(token):
    """The link of the token while it may be used, else None. Looking does not use it."""
    links = AccessLink.objects.select_related("officer").filter(
        used_at=None, expires_at__gt=timezone.now(), officer__is_active=True
    )
    return links.filter(digest=digest_of(token)).first()


@transaction.atomic
def use_link(*, link, password):
    """Choose the password by a one-use link; exactly one caller succeeds."""
    mine = AccessLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=timezone.now(), officer__is_active=True)
    if mine.update(used_at=timezone.now()) != 1:
        raise Refusal("Đường dẫn này đã được dùng hoặc đã hết hạn. Hãy đề nghị người quản lý tài khoản cấp đường dẫn mới.")
    officer = Officer.objects.select_for_update().get(pk=link.officer_id)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    forget_failures(username=officer.username)
    audit.record("account.password_chosen", subject=officer, by=officer)
    return officer


@transaction.atomic
def change_password(*, officer, password):
    """The officer's own new password; his other sessions end at their next request."""
    officer.set_password(password)
    officer.save(update_fields=["password"])
    officer.access_links.filter(used_at=None).update(expires_at=timezone.now())
    audit.record("account.password_changed", subject=officer, by=officer)


@transaction.atomic
def change_details(*, officer, version, email, phone):
    """The officer's own e-mail address and telephone."""
    changed = [name for name, value in (("email", email), ("phone", phone)) if getattr(officer, name) != value]
    mine = Officer.objects.filter(pk=officer.pk, version=version)
    if mine.update(email=email, phone=phone, version=F("version") + 1) != 1:
        raise Refusal(CHANGED)
    audit.record("account.details_changed", subject=officer, by=officer, fields=changed)
