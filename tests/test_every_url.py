"""Every address × every role, by walking the resolver: private by default, no server error for anybody, GET never writes."""

import re

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from childcare.accounts.permissions import PUBLIC_PAGES
from tests import people, world

pytestmark = pytest.mark.django_db

ROLES = ["an", "binh", "chi", "lan", "dung", "phuc", "son", "quan"]
READ_WRITES = ("audit_entry", "django_session", "jobs_heartbeat", "axes_", "accounts_signin")
WRITE = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


def routes(resolver=None):
    """Every named pattern: (name, its converters)."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry)
        elif isinstance(entry, URLPattern):
            yield entry.name, tuple(entry.pattern.converters)


NAMES = sorted({name for name, _ in routes() if name})
CONVERTERS = {name: keys for name, keys in routes()}


def address(name, things):
    """The address of a route with the things of the test world."""
    return reverse(name, kwargs={key: things.value(name, key) for key in CONVERTERS[name]})


@pytest.fixture
def things(db):
    """One of everything, in Phường Nam Sơn."""
    return world.build()


@pytest.fixture
def walk(things, client):
    """Every address with the answer to a GET (or another method) of somebody, or of nobody."""

    def walking(officer=None, names=NAMES, method="get"):
        if officer:
            people.sign_in(client, officer)
        return ((name, getattr(client, method)(address(name, things))) for name in names)

    return walking


def content(response):
    """The bytes of an answer, streamed or not."""
    return b"".join(response) if response.streaming else response.content


def test_every_route_has_a_name():
    assert all(name for name, _ in routes())


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_signing_in_every_address_leads_to_the_sign_in_page_or_is_on_the_public_list(walk, method):
    closed = [name for name in NAMES if name not in PUBLIC_PAGES]
    for name, response in walk(names=closed, method=method):
        sent_away = response.status_code == 302 and "/dang-nhap/" in response["Location"]
        assert sent_away or response.status_code == 401, f"{name}: {response.status_code}"


# One walk a person, and everything that must hold of every answer: a walk costs more than all that is looked at on it.
STRANGERS = {"chi", "quan", "son"}  # another ward, the administrator, the province: the child's name reaches none of them


@pytest.mark.parametrize("role", ROLES)
def test_no_server_error_reading_writes_nothing_and_a_stranger_opens_nothing_and_reads_no_name(role, walk, things):
    written, wrong = [], []

    def watch(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and not found[2].startswith(READ_WRITES):
            written.append(sql[:200])
        return execute(sql, params, many, context)

    answers = walk(getattr(people, role)())
    while True:
        written.clear()
        with connection.execute_wrapper(watch):
            step = next(answers, None)
        if step is None:
            break
        name, response = step
        text = content(response)
        wrong += [f"{name}: {why}" for why in faults(role, name, response, text, things) + [f"wrote {sql}" for sql in written]]
    assert not wrong, "\n".join(wrong)


def faults(role, name, response, text, things):
    """What is wrong with an answer, in words."""
    found = []
    if response.status_code >= 500:
        found.append(f"server error {response.status_code}")
    if role in STRANGERS and things.child_name.encode() in text:
        found.append("shows the name of the child")
    of_the_ward = CONVERTERS[name] and name not in world.NOT_OF_THE_WARD
    if role == "chi" and of_the_ward and response.status_code not in (403, 404, 405):
        found.append(f"opens to the stranger: {response.status_code}")
    return found
