"""`manage.py create_admin NAME`: the first administrator comes in by a printed link."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from childcare.accounts.models import Officer

pytestmark = pytest.mark.django_db


def create(*args):
    out = StringIO()
    call_command("create_admin", *args, stdout=out)
    return out.getvalue().strip()


def test_it_prints_a_link_and_nothing_else(client):
    link = create("quantri")
    assert link.startswith("http://127.0.0.1:8000/mo-tai-khoan/") and "\n" not in link
    officer = Officer.objects.get(username="quantri")
    assert officer.role_names == "Quản trị hệ thống" and not officer.has_usable_password()
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_taken_name_is_refused(an):
    with pytest.raises(CommandError, match="đã có người dùng"):
        create("an")


def test_an_unknown_unit_is_refused(db):
    with pytest.raises(CommandError, match="load_units"):
        create("quantri", "--unit", "99999")
