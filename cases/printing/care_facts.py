"""What the forms of alternative care can be filled with: plain values, so that whoever has them can fill a form."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Person:
    """Who takes the child in, or asks to."""

    name: str = ""
    birth: str = ""
    identity: str = ""
    phone: str = ""
    address: str = ""
    job: str = ""
    family: str = ""
    wishes: str = ""
    relation: str = ""
    applied_on: date | None = None
    conditions: tuple = ()  # ((code, "yes" | "no" | ""), …)
    found: str = ""  # what the verification found
    verified_on: date | None = None
    conclusion: str = ""  # "yes", "no" or ""
    state: str = ""  # in words, for the list


@dataclass(frozen=True)
class Care:
    """One child in care, as far as it is known."""

    form: str = ""
    situation: str = ""
    needs: str = ""
    child_view: str = ""
    siblings: str = ""
    consent: str = ""
    person: Person = Person()
    number: str = ""
    decided_on: date | None = None
    signer: str = ""
    until: date | None = None
    guardian: bool = False
    started_on: date | None = None
    visited_on: date | None = None
    visitor: str = ""
    living: str = ""
    health: str = ""
    schooling: str = ""
    fitting_in: str = ""
    problems: str = ""
    actions: str = ""
    outcome: str = ""
    asked_by: str = ""
    asked_reason: str = ""
    asked_on: date | None = None
    end_number: str = ""
    end_on: date | None = None
    end_signer: str = ""
    end_reason: str = ""
    after: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class Facility:
    """A facility that looks for carers for its children: the list is its own, whoever wrote it down."""

    name: str = ""
    address: str = ""
    written_by: str = ""  # who wrote the list in its place, with the body he writes for
