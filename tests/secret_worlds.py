"""A restricted case in many shapes, and what an answer tells: for the trials in which nobody may tell it from none."""

import re
import uuid
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from cases.actions import assessing, intake, lifting, placing, planning, secrecy
from cases.models import Case, Shelter
from childcare.children.models import SupportKind
from tests import factories, people
from tests.cases import care, casework

# What differs from one opening of a page to the next: the token of the form, its one-time key, tickets of drafts, new keys.
CHANGING = [
    re.compile(rb'(name="(?:csrfmiddlewaretoken|once|page|key)" value=")[^"]*'),
    re.compile(rb'(data-draft[a-z-]*=")[^"]*'),
    re.compile(rb'("X-CSRFToken": ")[^"]*'),
    re.compile(rb'("token": ")[^"]*'),
]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HEADERS = ("Set-Cookie", "Content-Security-Policy", "Content-Length")  # the length is that of the bytes compared here


@dataclass
class Answer:
    """Everything that an answer tells: status, headers, bytes, and how many questions it asked of the database."""

    status: int
    headers: dict
    body: bytes
    queries: int


def ask(client, method, address, data=None):
    """The answer to a request that leaves no trace: whatever it wrote is rolled back, and nobody is signed out by it."""
    kept = client.cookies.copy()
    connection.queries_log.clear()  # it holds so many and then forgets, and would count wrongly
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address, data or {})
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    if body.startswith(b"%PDF"):  # its bytes carry an id of their own
        body = _words(body)
    cookies, client.cookies = sorted(response.cookies), kept
    assert not response.headers.get("Location", "").startswith("/dang-nhap/"), address
    for pattern in CHANGING:
        body = pattern.sub(rb"\1", body)
    headers = {name: value for name, value in response.items() if name not in HEADERS}
    headers["cookies"] = cookies
    if method == "post":  # a new row has a key of its own in every world
        body = UUID.sub("…", body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        headers = {name: UUID.sub("…", str(value)) for name, value in headers.items()}
    return Answer(response.status_code, headers, body, len(queries))


def _words(body):
    """The words of a PDF; a scan that is none is compared as it is."""
    try:
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages).encode()
    except PdfReadError:
        return body


def client_of(officer):
    """A client signed in as the officer; a server error is an answer, too."""
    return people.sign_in(Client(raise_request_exception=False), officer)


def colleague():
    """Another commune officer of Phường Nam Sơn: may do there what An may do."""
    return people.officer("mai", "Đặng Thị Mai", "commune", people.NAM_SON)


def declarations():
    """What the leader declared long ago, in both worlds: the telephone of her husband."""
    secrecy.declare(by=people.lan(), once=None, relation="spouse", name="", phone="0912345678")


def build(rng, child, *, held):
    """A restricted case of An in one of its shapes, held by the district or the province. Returns name → row of it.

    Lan, the leader, is excluded (by hand, by a match, or the file was never open to her); where the province holds it, Phúc
    of the district is, too. What has become of the case, and what was recorded in it, the generator decides.
    """
    an, lan, phuc = people.an(), people.lan(), people.phuc()
    by_match = rng.random() < 0.4
    case = casework.received(
        an, child=child if rng.random() < 0.8 else None, suspect_related=rng.choice(["yes", "unknown", "no"]),
        condition="có vết bầm", suspect="chủ máy 0912345678" if by_match else "", emergency=rng.choice([True, False, None]),
    )  # fmt: skip
    if not by_match:
        secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="người nhà")
    if held == "province":
        secrecy.exclude(case=case, by=an, version=None, officer=phuc, reason="cấp trên là người bị nghi")
    secrecy.exclude(case=case, by=an, version=None, officer=people.quan(), reason="quản trị là người nhà")
    case = Case.objects.get(pk=case.pk)
    if case.child is None and rng.random() < 0.5:
        intake.link(case=case, by=an, version=None, child=child)
        case.refresh_from_db()
    rows = {"case": case, **_steps(rng, case, an), **_facts(rng, case, an)}
    rows["suspect"] = secrecy.suspect(case=case, by=an, version=None, once=uuid.uuid4(), name="Lê Văn Xấu", phone="0900000001")
    taker = people.son() if held == "province" else phuc
    rows["lift"] = lifting.propose(case=case, by=taker, reason="xem lại")
    return rows


def _steps(rng, case, an):
    """Some of the way of the case."""
    rows, length = {}, rng.randrange(5)
    if length > 0:
        at = casework.AT
        rows["isolation"] = assessing.emergency_step(case=case, by=an, version=None, kind="isolation", done_at=at)
        casework.assessed(an, case)
    if length > 1:
        casework.assessed(an, case, form="full", marks={})
        plan = planning.save_plan(case=case, by=an, version=None, starts_on=date(2024, 5, 3), ends_on=date(2024, 6, 3))
        kind = SupportKind.objects.get(code=rng.choice(["S33", "S22", "S01"]))
        rows["service"] = planning.add_service(plan=plan, by=an, kind=kind, once=uuid.uuid4())
    if length > 2:
        planning.submit(case=case, by=an, version=None)
        paper = {"decision_number": "1/QĐ-UBND", "decision_on": people.TODAY, "signer": "Trần Văn Thay"}
        planning.approve(case=case, by=an, version=None, **paper)
    if length > 3 and Case.objects.get(pk=case.pk).child_id:
        values = {"on": people.TODAY, "once": uuid.uuid4(), "amount": 500_000}
        rows["support"] = planning.serve(service=rows["service"], by=an, **values)
    return rows


def _facts(rng, case, an):
    """Facts of the registry under the file of the case, as the work on it writes them."""
    case = Case.objects.get(pk=case.pk)
    child, file, rows = case.child, case.protected_file, {}
    if child is None:
        return rows
    if rng.random() < 0.5:
        rows["incident"] = factories.incident(
            case.unit, "abuse", date(2024, 4, 20), [(child, {"form": "sexual"})], protected_file=file, recorded_by=an
        )
    if rng.random() < 0.5:
        rows["circumstance"] = factories.circumstance(child, "N10", since=date(2024, 4, 20), protected_file=file)
    if rng.random() < 0.5:
        rows.setdefault("support", factories.support(child, "S34", date(2024, 4, 21), protected_file=file, amount=300_000))
    rows |= _care(rng, case, an)
    return rows


def _care(rng, case, an):
    """Care by a relative or in a place that everybody knows, and a promise of the family."""
    rows, form = {}, rng.choice(["", "relative", "shelter"])
    if form == "relative":
        rows["placement"] = care.caring(an, form="relative", case=case)
        rows["carer"] = rows["placement"].carer
    if form == "shelter":
        row = placing.open_placement(by=an, once=uuid.uuid4(), form="shelter", opened_on=care.DAY, case=case)
        place = Shelter.objects.order_by("pk").first()
        row = placing.propose(placement=row, by=an, version=None, shelter=place, reason="gần nhà", on=care.DAY)
        rows["placement"] = placing.begin_care(placement=row, by=an, version=None, started_on=date(2024, 3, 20))
    if rng.random() < 0.5:
        rows["commitment"] = care.promise(an, case=case)
    return rows
