"""A session from coming in to going out: when it locks, when it is over, how fresh the proof is who sits there, who may end it.

What a request must know lies in the session itself, so that no request asks the database for it. Seconds since 1970:
`began` (over after eight hours, whatever happens), `seen` (locked when too long ago), `proved` (the last password).
"""

import secrets
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from childcare.accounts import factors
from childcare.accounts.actions import manageable
from childcare.accounts.models_sessions import Device, RoleRule, SignIn
from childcare.accounts.sign_ins import DEVICE_AGE, end
from childcare.audit import actions as audit
from childcare.inbox import actions as inbox
from childcare.kept import kept
from childcare.lib.calendar import TZ, now, today
from childcare.lib.encryption import blind_index

BACKEND = "childcare.accounts.backends.OfficerBackend"
TOUCH = 60  # seconds between two notes of "seen"
PROOF_AGE = 5 * 60  # seconds for which a password vouches for what is dangerous (AU-08)
HALF_AGE = 10 * 60  # seconds between the password and the second step
BROWSERS = {
    "coc_coc": "Cốc Cốc",
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS": "macOS", "Linux": "Linux"}


def _seconds():
    return int(timezone.now().timestamp())


def rule_of(officer):
    """(must confirm in two steps, minutes until the screen locks): the strictest of the officer's roles."""
    roles = {post.role for post in officer.current_appointments}
    rows = {row.role: row for row in RoleRule.objects.filter(role__in=roles)}
    rules = [(rows[role].second_factor, rows[role].idle_minutes) if role in rows else default_rule() for role in roles]
    return any(second for second, _ in rules), min((idle for _, idle in rules), default=settings.IDLE_MINUTES)


def default_rule():
    """The rule of a role for which none has been set."""
    return settings.SECOND_FACTOR, settings.IDLE_MINUTES


def client_name(request):
    """ "Chrome, Windows": what the browser says of itself, in two words; never more of it."""
    agent = request.headers.get("User-Agent", "")
    words = [next((word for mark, word in table.items() if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(word for word in words if word) or "Không rõ"


@transaction.atomic
def begin(request, officer, *, confirmed):
    """Sign the officer in, note the sign-in, tell him of a new machine. Returns the mark of the machine, for its cookie."""
    must, idle = rule_of(officer)
    login(request, officer, backend=BACKEND)
    second = _seconds()
    request.session.update({"began": second, "seen": second, "proved": second, "idle": idle * 60})
    if confirmed:
        request.session["confirmed_on"] = now().date().isoformat()
    elif must:
        request.session["must_enrol"] = True
    request.session.save()
    moment = timezone.now()
    row = SignIn.objects.create(
        officer=officer, session_key=request.session.session_key, address=officer.request_address,
        browser=client_name(request), started_at=moment, seen_at=moment,
    )  # fmt: skip
    audit.record("account.signed_in", subject=officer, by=officer)
    return _device(request, officer, row)


def _device(request, officer, row):
    """The mark of this browser; the officer is told when it is a new one and not his first."""
    mark = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    mark = mark if len(mark) == 43 else secrets.token_urlsafe(32)
    others = officer.devices.exists()
    device, new = Device.objects.get_or_create(
        officer=officer, digest=blind_index(f"device {mark}"), defaults={"first_at": row.started_at, "last_at": row.started_at}
    )
    Device.objects.filter(pk=device.pk).update(last_at=row.started_at)
    if new and others:
        when = f"{row.started_at.astimezone(TZ):%H:%M %d/%m/%Y}"
        inbox.send(
            officer=officer, key=f"device:{device.pk}", day=today(), url=reverse("account-sessions"),
            subject="Tài khoản của anh/chị vừa đăng nhập từ một máy hoặc trình duyệt mới",
            body=f"Lúc {when}, {row.browser}, địa chỉ mạng {row.address or 'không rõ'}. Nếu không phải anh/chị, hãy kết thúc "
            "lần đăng nhập đó, đổi mật khẩu và báo đơn vị cấp trên.",
        )  # fmt: skip
    return mark


def remember_device(response, mark):
    """The cookie by which this browser is known again. It opens nothing."""
    name, secure = settings.DEVICE_COOKIE_NAME, settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, mark, max_age=DEVICE_AGE, httponly=True, samesite="Lax", secure=secure)
    return response


def works(request):
    """True while somebody is signed in and his session is not locked, not over, and has its second step."""
    session = request.session
    return request.user.is_authenticated and not (is_locked(session) or is_over(session) or session.get("must_enrol"))


def is_over(session):
    """True after eight hours, however busy they were."""
    return _seconds() - session.get("began", _seconds()) > settings.SESSION_COOKIE_AGE


def is_locked(session):
    """True once nobody has done anything for the minutes of the officer's role, until the password is typed again."""
    idle = session.get("idle", settings.IDLE_MINUTES * 60)
    return session.get("locked", False) or _seconds() - session.get("seen", _seconds()) > idle


def touch(request):
    """Somebody works here: noted once a minute."""
    second = _seconds()
    if second - request.session.get("seen", 0) < TOUCH:
        return
    request.session["seen"] = second
    request.session.setdefault("began", second)
    SignIn.objects.filter(session_key=request.session.session_key, ended_at=None).update(seen_at=timezone.now())


def asks_code(request):
    """True when unlocking or proving needs the second step as well: it is on, and was not shown on this machine today."""
    return request.session.get("confirmed_on") != now().date().isoformat() and factors.of(request.user) is not None


def prove(request, *, confirmed):
    """The officer has typed his password (and his code): unlocked, and fresh for what is dangerous. The session key changes."""
    second = _seconds()
    old = request.session.session_key
    request.session.pop("locked", None)
    request.session.update({"seen": second, "proved": second})
    if confirmed:
        request.session["confirmed_on"] = now().date().isoformat()
    request.session.cycle_key()
    SignIn.objects.filter(session_key=old).update(session_key=request.session.session_key, seen_at=timezone.now())


def stale(request):
    """An answer that asks for the password when the last one is too long ago, else None. What was sent stays on the page."""
    if _seconds() - request.session.get("proved", 0) <= PROOF_AGE:
        return None
    if request.method == "POST":
        return render(request, "accounts/prove_first.html", {"kept": kept(request)}, status=403)
    return redirect(f"{reverse('prove')}?{urlencode({'next': request.get_full_path()})}")


@transaction.atomic
def end_all(*, officer, by):
    """End every sign-in of an officer whose account `by` manages. Returns how many; raises Refusal for others."""
    return end(officer=manageable(officer, by), by=by)


@transaction.atomic
def take_factor_off(*, officer, by):
    """Telephone and paper are lost: who manages the account takes the second step off, sign-ins end. Refusal for others."""
    officer = manageable(officer, by)
    factors.turn_off(officer=officer, by=by)
    end(officer=officer, by=by)
