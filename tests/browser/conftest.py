"""A real browser before the live server: desks and phones of the people, screenshots in shots/, axe, and what must never happen.

    def test_something(an, signed_in, look, axe):
        page = signed_in(an)                  # 1366×768; signed_in(an, size="phone") is 390×844
        page.goto("/tre-em/")                 # relative to the live server
        axe(page)                             # no WCAG 2.2 AA violation
        look(page, "child-list")              # shots/child-list.png, to be looked at

At the end of each test every page must have had no console error, no CSP violation and no request to anybody else.
An answer of 4xx or 5xx that the test provokes is named before: `page.expected = {409}`.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tests import people

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the ORM beside a running browser loop
HERE = Path(__file__).parent
SHOTS = HERE.parent.parent / "shots"
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


def pytest_collection_modifyitems(items):
    """Everything here drives a browser, on PostgreSQL only: SQLite would lock between the browser's request and the test."""
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if settings.SQLITE:
                item.add_marker(pytest.mark.skip(reason="browser tests run with the PostgreSQL suite"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium, also as root and without a network."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM.split()}


class Watch:
    """What a page said and asked while it was open."""

    def __init__(self, page, origin):
        self.page, self.origin, self.faults = page, urlsplit(origin).netloc, []
        page.expected = set()
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self.request)

    def console(self, message):
        if message.type not in ("error", "warning"):
            return
        if any(f"status of {status}" in message.text for status in self.page.expected):
            return
        if "offline" in self.page.expected and ("net::ERR_" in message.text or "htmx:" in message.text):
            return
        self.faults.append(f"{self.page.url}: console {message.type}: {message.text} ({message.location.get('url')})")

    def request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.origin:
            self.faults.append(f"request to {request.url}")


@pytest.fixture
def open_page(browser, live_server):
    """A page for somebody not signed in: `open_page(size="phone")`; `officer=` signs in."""
    contexts, watches = [], []

    def make(size="desk", officer=None):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=SIZES[size],
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
        )
        contexts.append(context)
        if officer is not None:
            client = people.sign_in(Client(), officer)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        context.set_default_timeout(30_000)
        page = context.new_page()
        watches.append(Watch(page, live_server.url))
        return page

    yield make
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def signed_in(open_page):
    """A page with the session of an officer: `signed_in(an)`, `signed_in(an, size="phone")`."""
    return lambda officer, size="desk": open_page(size=size, officer=officer)


@pytest.fixture(scope="session")
def look():
    """Keep a picture of the whole page in shots/ (ignored by git), to be looked at by people."""
    SHOTS.mkdir(exist_ok=True)

    def keep(page, name, whole=True):
        page.evaluate("document.fonts.ready")
        page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)

    return keep


@pytest.fixture(scope="session")
def axe():
    """No violation of WCAG 2.2 AA or of axe's good practice on the page as it stands."""

    def check(page, context=None):
        page.evaluate("window.scrollTo(0, 0)")  # under the bar at the head, which stays, every box is "too near" to the search
        found = Axe().run(
            page, context=context, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        )
        wrong = [
            f"{rule['id']}: {rule['help']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]
        assert not wrong, "\n".join(wrong)

    return check


@pytest.fixture(scope="session")
def fits():
    """The page does not scroll sideways."""

    def check(page):
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide: " + ", ".join(page.evaluate(TOO_WIDE))

    return check


TOO_WIDE = """() => Array.from(document.querySelectorAll("body *"))
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".sheet"))
  .slice(0, 5).map((e) => e.tagName + "." + e.className)"""
