"""Private by default: what opens without signing in stands on one short list."""

from uuid import UUID

import pytest
from django.urls import URLPattern, get_resolver, reverse

from childcare.accounts.permissions import PUBLIC_PAGES

ANY = {"uuid": UUID(int=0), "int": 1, "str": "x", "slug": "x", "path": "x"}


def patterns(resolver, converters=None):
    """Every address of the product: (name, its converters by name, its view)."""
    for entry in resolver.url_patterns:
        found = {**(converters or {}), **entry.pattern.converters}
        if isinstance(entry, URLPattern):
            yield entry.name, found, entry.callback
        else:
            yield from patterns(entry, found)


ALL = list(patterns(get_resolver()))


def value_for(converter):
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return ANY.get(kind, "x" if kind not in ("fourdigityear",) else "2024")


def test_the_list_is_short_and_names_pages_that_exist():
    assert len(PUBLIC_PAGES) <= 10
    assert PUBLIC_PAGES <= {name for name, _, _ in ALL}


def test_the_views_that_ask_for_no_sign_in_are_exactly_those_of_the_list():
    assert {name for name, _, view in ALL if not getattr(view, "login_required", True)} == PUBLIC_PAGES


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({name for name, _, _ in ALL if name and name not in PUBLIC_PAGES}))
def test_every_other_page_sends_a_stranger_to_the_sign_in_page(client, name):
    converters = next(found for other, found, _ in ALL if other == name)
    address = reverse(name, kwargs={key: value_for(converter) for key, converter in converters.items()})
    assert client.get(address)["Location"].startswith("/dang-nhap/?next=/")
    answer = client.post(address, {"full_name": "x"})  # a typed text is kept on a page that asks to sign in
    assert answer.status_code == 401 or answer["Location"].startswith("/dang-nhap/")


def test_every_page_says_who_may_open_it():
    """`@require(…)`, `@for_every_officer`, or public: nobody forgets."""
    assert not {name for name, _, view in ALL if name not in PUBLIC_PAGES and not hasattr(view, "permissions")}
