"""Headers of every answer."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from childcare.middleware import HeadersMiddleware

pytestmark = pytest.mark.django_db
ADDRESSES = ["/mau", "/healthz", "/phien", "/khong-co/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(client, address):
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_policy_starts_from_nothing_and_allows_nothing_inline(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy


def answer(name, method="POST", status=302):
    def view(request):
        request.resolver_match = type("Match", (), {"url_name": name})
        return HttpResponse(status=status)

    return HeadersMiddleware(view)(getattr(RequestFactory(), method.lower())("/"))


def test_signing_out_empties_the_browser():
    assert answer("sign-out")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    ("name", "method", "status"), [("home", "POST", 302), ("sign-out", "GET", 405), ("sign-out", "POST", 403)]
)
def test_nothing_else_empties_the_browser(name, method, status):
    assert "Clear-Site-Data" not in answer(name, method, status)


def test_a_static_file_carries_the_headers_and_may_be_kept(client):
    headers = client.get("/static/css/app.css").headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and "Access-Control-Allow-Origin" not in headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "no-store" not in headers["Cache-Control"]
