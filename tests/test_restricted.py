"""Two hundred trials: no answer of any page tells a restricted case from none, to nobody who may not know of it.

Each world holds one restricted case in a random shape. Each trial asks, as one person, some addresses of the walk over the
resolver, with the things of the ward and with the rows of the secret case, in that world and in the one without it. Status,
headers, bytes and the number of questions asked of the database must be the same. Each address is asked of each person on one
of the two databases: the walk is the longest test there is.
"""

import random
import uuid
from collections import defaultdict

import pytest
import time_machine
from django.db import connection, transaction
from django.urls import resolve, reverse
from django.utils import timezone

from cases.models import Case
from childcare.children import codelist
from childcare.children.models import Child
from tests import people, secret_worlds, world
from tests.test_every_url import CONVERTERS, NAMES

pytestmark = pytest.mark.django_db
WORLDS, TRIALS = 29, 203
OUT = ("sign-out", "sign-in-code")  # they lead out of the session that asks
# Who may not know of the case: everywhere, and where the district (or the province) holds it.
EVERYWHERE = {
    "excluded leader": people.lan, "colleague of the ward": secret_worlds.colleague, "collaborator": people.binh,
    "stranger": people.chi, "district officer": people.dung, "excluded administrator": people.quan,
}  # fmt: skip
HELD = {"district": {"province": people.son}, "province": {"excluded head of the district": people.phuc}}
# Pages of official numbers: a unit that holds the file, and those above it, count its facts (decision 6 of the architecture;
# masked below five for who may not open the rows). The names and the files behind them they do not show.
NUMBERS = {
    "figure-rows", "summary", "summary-file", "summary-trends", "home", "plan-targets", "report-preview", "indicator", "report",
    "recount",
}  # fmt: skip
COUNTS = {"district officer", "province"}
ANEW = {"officer-reset", "calendar-feed-open", "second-factor-start"}  # a link of random letters
# Who stands where the file is held, or above, may open it in an emergency: a reason, two people told, a review.
KNOWN = NUMBERS | ANEW | {"emergency-open"}
# Forms in which something is sought, matched or opened: asked by POST, too.
SOUGHT = {
    "child-search", "child-add", "duplicate-search", "unit-search", "emergency-open", "paste", "incident-add", "child-edit",
    "request-add", "declared",
}  # fmt: skip


def addresses(things, secret, name):
    """The address of a route about the things of the ward, and about the secret case when the route is about such a thing."""
    plain = reverse(name, kwargs={key: things.value(name, key) for key in CONVERTERS[name]})
    hidden = world.World({**things.rows, **secret})
    found = reverse(name, kwargs={key: hidden.value(name, key) for key in CONVERTERS[name]})
    return [plain, found] if found != plain else [plain]


def typed(child):
    """What is typed into whatever form an address may have: the child in every box that could ask for it."""
    return {
        "q": child.full_name, "text": child.full_name, "full_name": child.full_name, "name": child.full_name,
        "birth": "03/04/2015", "sex": "f", "identity_number": "", "what": child.code, "number": str(child.public_id),
        "reason": "một lý do đủ dài để gửi đi", "version": "1", "once": str(uuid.uuid5(uuid.NAMESPACE_URL, "once")),
    }  # fmt: skip


def test_the_trials_ask_every_address_of_every_person():
    people_of = len(EVERYWHERE) + 1
    assert WORLDS * people_of == TRIALS >= 200


def test_nobody_tells_a_restricted_case_from_none(monkeypatch):
    monkeypatch.setattr(codelist, "monotonic", float)  # lists of codes are read anew after a while: not while we count
    codelist.circumstances()
    told, asked = defaultdict(list), 0
    with time_machine.travel(timezone.now(), tick=False):
        things = world.build()
        secret_worlds.declarations()
        child = Child.objects.get(pk=things.rows["child"].pk)
        watchers = {**EVERYWHERE, **HELD["district"], **HELD["province"]}
        clients = {who: secret_worlds.client_of(make()) for who, make in watchers.items()}
        decks = {who: deck(who, make(), things) for who, make in watchers.items()}
        for number in range(WORLDS):
            held = "district" if number % 2 else "province"
            with transaction.atomic():
                secret = secret_worlds.build(random.Random(number), child, held=held)
                assert Case.objects.filter(pk=secret["case"].pk).exists()
                found = {}
                for who, name in draw(decks, [*EVERYWHERE, *HELD[held]]):
                    for address in addresses(things, secret, name):
                        found |= answers(clients, who, name, address, child)
                transaction.set_rollback(True)
            for (who, method, name, address), there in found.items():
                nothing = secret_worlds.ask(clients[who], method, address, typed(child) if method == "post" else {})
                asked += 1
                if there != nothing and name not in (KNOWN if who in COUNTS else ANEW):
                    told[who, method, name].append((number, difference(there, nothing)))
    assert not told, "\n".join(f"TOLD {key}: {value[0]}" for key, value in told.items())
    assert asked > 750 and not any(decks.values())


def answers(clients, who, name, address, child):
    """The answers of one address: to a GET, and to a POST where it only takes one or where something is sought."""
    first = secret_worlds.ask(clients[who], "get", address)
    found = {(who, "get", name, address): first}
    if first.status == 405 or name in SOUGHT:
        found[who, "post", name, address] = secret_worlds.ask(clients[who], "post", address, typed(child))
    return found


def deck(who, officer, things):
    """Every route that the person may try, in an order of its own. Without any of the permissions of a page the answer is 403
    before anything is looked up (tests/test_every_url.py): no card.
    """
    cards = [name for name in NAMES if name not in OUT and may_try(officer, addresses(things, {}, name)[0])]
    random.Random(who).shuffle(cards)
    return cards[connection.vendor == "postgresql" :: 2]


def may_try(officer, address):
    """True when the page asks for no permission, or for one that the officer holds."""
    permissions = getattr(resolve(address).func, "permissions", ())
    return not permissions or any(officer.can(permission) for permission in permissions)


def draw(decks, people_of):
    """The cards of the trials of one world: each person draws his share, so that after all worlds the decks are empty."""
    for who in people_of:
        share = -(-len(NAMES) // 2 // (WORLDS if who in EVERYWHERE else WORLDS // 2))
        for _ in range(min(share, len(decks[who]))):
            yield who, decks[who].pop()


def difference(one, other):
    """Where two answers part."""
    for name in ("status", "headers", "queries"):
        if getattr(one, name) != getattr(other, name):
            return name, getattr(one, name), getattr(other, name)
    at = next(
        (i for i, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b), min(len(one.body), len(other.body))
    )
    return (
        "body",
        one.body[max(0, at - 80) : at + 160].decode(errors="replace"),
        other.body[at : at + 160].decode(errors="replace"),
    )
