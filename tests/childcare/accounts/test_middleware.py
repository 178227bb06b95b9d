"""Behind a reverse proxy the throttle still tells addresses apart, and believes nothing that the caller wrote (AU-03, WB-09)."""

import pytest

from tests.people import PASSWORD


@pytest.mark.django_db
def test_a_stranger_behind_the_same_proxy_locks_nobody_out(client, settings, an):
    settings.PROXY_COUNT = 1
    an.set_password(PASSWORD)
    an.save()

    def sign_in(password, address):
        data = {"username": "an", "password": password}
        return client.post("/dang-nhap/", data, REMOTE_ADDR="10.1.1.1", headers={"X-Forwarded-For": address}).status_code

    assert [sign_in("sai", f"198.51.100.{n}, 203.0.113.66") for n in range(11)][-1] == 429, (
        "his own first hop does not help him"
    )
    assert sign_in(PASSWORD, "203.0.113.9") == 302
