"""Every address × every role, by walking the resolver: private by default, no server error for anybody, GET never writes."""

import re

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from childcare.accounts.permissions import PUBLIC_PAGES
from tests import people, world

pytestmark = pytest.mark.django_db

ROLES = ["an", "binh", "chi", "lan", "dung", "phuc", "son", "quan"]
READ_WRITES = ("audit_entry", "django_session", "jobs_heartbeat", "axes_")
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
            client.force_login(officer, backend="childcare.accounts.backends.OfficerBackend")
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


@pytest.mark.parametrize("role", ROLES)
def test_nobody_gets_a_server_error_and_reading_writes_nothing(role, walk):
    written = []

    def watch(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and not found[2].startswith(READ_WRITES):
            written.append(sql[:200])
        return execute(sql, params, many, context)

    answers = walk(getattr(people, role)())
    while True:
        with connection.execute_wrapper(watch):
            step = next(answers, None)
        if step is None:
            break
        name, response = step
        content(response)
        assert response.status_code < 500, f"{name} {role}: {response.status_code}"
        assert not written, f"{name} {role}: {written}"


def test_a_stranger_opens_nothing_that_belongs_to_the_ward(walk):
    names = [name for name in NAMES if CONVERTERS[name] and name not in world.NOT_OF_THE_WARD]
    open_doors = {
        name: response.status_code
        for name, response in walk(people.chi(), names)
        if response.status_code not in (403, 404, 405)
    }
    assert not open_doors


@pytest.mark.parametrize("role", ["chi", "quan", "son"])
def test_the_name_of_an_abused_child_reaches_no_stranger_no_administrator_and_no_province(role, walk, things):
    shown = [name for name, response in walk(getattr(people, role)()) if things.child_name.encode() in content(response)]
    assert not shown
