"""The people of every view test. An is allowed, Bình is a colleague with less, Chi is the stranger from another ward.

Everybody's day is 02/05/2024 (see conftest): three tiers, Quận Kiến An and its wards hold.
"""

import base64
import time
from datetime import date

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django_otp.oath import TOTP

from childcare.accounts.models import Appointment, Officer, SecondFactor
from childcare.accounts.roles import Role
from childcare.units.models import Unit

TODAY = date(2024, 5, 2)
PASSWORD = "mưa rơi trên mái ngói cũ"
NAM_SON, VAN_DAU, KIEN_AN, HAI_PHONG = "11437", "11446", "307", "31"


def unit(code, on=TODAY):
    """The unit of a code on the day of the tests."""
    return Unit.objects.by_code(code, on)


def officer(username, full_name, role, code, **fields):
    """An officer with one appointment since the start of 2024; no password: tests use force_login."""
    person, made = Officer.objects.get_or_create(
        username=username, defaults={"full_name": full_name, "password": "!", **fields}
    )
    if made:
        Appointment.objects.create(officer=person, unit=unit(code), role=role, started_on=date(2024, 1, 1))
    return person


def an():
    """Commune officer of Phường Nam Sơn: may do everything in the ward."""
    return officer("an", "Nguyễn Thị An", Role.COMMUNE, NAM_SON, email="an@example.vn")


def binh():
    """Collaborator of the same ward: sees children, changes nothing, opens no protected file."""
    return officer("binh", "Trần Văn Bình", Role.COLLABORATOR, NAM_SON)


def chi():
    """Commune officer of another ward, Phường Văn Đẩu: a stranger to Nam Sơn."""
    return officer("chi", "Lê Thị Chi", Role.COMMUNE, VAN_DAU, email="chi@example.vn")


def lan():
    """Leader of Phường Nam Sơn: signs."""
    return officer("lan", "Phạm Thị Lan", Role.COMMUNE_LEADER, NAM_SON)


def dung():
    """Officer of Phòng LĐTBXH of Quận Kiến An."""
    return officer("dung", "Vũ Văn Dũng", Role.DISTRICT, KIEN_AN, email="dung@example.vn")


def phuc():
    """Head of the same office."""
    return officer("phuc", "Đỗ Văn Phúc", Role.OFFICE_LEADER, KIEN_AN)


def son():
    """Officer of the Sở in Hải Phòng."""
    return officer("son", "Hoàng Văn Sơn", Role.PROVINCE, HAI_PHONG)


def quan():
    """Administrator of the system: configures and sees no child."""
    return officer("quan", "Bùi Văn Quân", Role.ADMIN, HAI_PHONG)


def hoa(school):
    """Keeps the list of pupils of Trường THCS Nam Sơn."""
    return officer("hoa", "Trịnh Thị Hoà", Role.SCHOOL, school.code)


def tuan(other_school):
    """Keeps the list of another school of the same ward: a stranger to the pupils of the first."""
    return officer("tuan", "Lưu Văn Tuấn", Role.SCHOOL, other_school.code)


def sign_in(client, person):
    """Sign the person in as signing in leaves the session, the password a moment ago, without its ten statements."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(person.pk)
    session[auth.BACKEND_SESSION_KEY] = "childcare.accounts.backends.OfficerBackend"
    session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.update(dict.fromkeys(("began", "seen", "proved"), int(time.time())))
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def code_of(officer, step=0):
    """The code that the officer's telephone shows."""
    factor = SecondFactor.objects.get(officer=officer)
    totp = TOTP(base64.b32decode(factor.secret), drift=step)
    return f"{totp.token():06d}"
