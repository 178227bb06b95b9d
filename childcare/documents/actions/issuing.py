"""Issuing: number, frozen bytes, row of the register and address of checking belong together, or nothing happens."""

import secrets
from dataclasses import replace
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from childcare.audit import actions as audit
from childcare.documents import capacities
from childcare.documents.actions import numbers
from childcare.documents.docx import render_docx
from childcare.documents.downloads import DOCX, PDF
from childcare.documents.files import path_of, store
from childcare.documents.models import IssuedDocument
from childcare.documents.pdf import render_pdf
from childcare.documents.structure import Signer

BOTH = (("pdf", PDF, render_pdf), ("docx", DOCX, render_docx))
TRIES = 3  # how often another clerk may be quicker while the pages are laid out


def check_url(token):
    """The public address that tells whether a document is genuine."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("document-check", args=[token])


def issue(document, *, by, series, typed="", mandate="", files, extra=(), step):
    """Make, number and keep a document. Returns what `step` returns.

    `document` has day and signer and no number yet; `files`: (ending, content type, renderer); `extra`: (ending, content
    type, bytes) that come along. `step(keep)` is run inside the transaction: it checks that all still holds, and calls
    `keep()`, which writes the number, the files and the IssuedDocument and returns that. The pages are laid out before the
    transaction, so that nobody waits for them; when the number went to somebody else meanwhile, they are laid out again.
    """
    once = partial(_once, document, by, series, typed, mandate, files, extra, step)
    for _ in range(TRIES):
        try:
            return once()
        except numbers.Moved:
            continue
    with transaction.atomic():  # others are always quicker: hold the series while the pages are laid out
        numbers.held(series, document.day.year)
        return once()


def _once(document, by, series, typed, mandate, files, extra, step):
    token = secrets.token_urlsafe(24)
    made = replace(document, number=numbers.proposed(series, document.day.year, typed), check_url=check_url(token))
    contents = [(ending, kind, render(made)) for ending, kind, render in files]
    return _kept(made, [*contents, *extra], by, series, typed, mandate, token, step)


def _kept(made, contents, by, series, typed, mandate, token, step):
    stored = []
    try:
        with transaction.atomic():
            return step(lambda: _keep(made, contents, by, series, typed, mandate, token, stored))
    except BaseException:
        for file in stored:  # rows went with the transaction; the bytes must not stay behind
            path_of(file).unlink(missing_ok=True)
        raise


def _keep(made, contents, by, series, typed, mandate, token, stored):
    name = f"{series.code.lower()}-{series.unit.code}-{made.day.year}-so-{made.number}"
    kept = {}
    for ending, kind, data in contents:
        file = store(name=f"{name}.{ending}", content_type=kind, data=data, by=by)
        stored.append(file)
        kept[ending.split(".")[0]] = file
    lines = list(made.signer.lines) if made.signer else []
    signer = made.signer.name if made.signer else ""
    entry = numbers.enter(
        series, by=by, number=made.number, notation=made.notation, issued_on=made.day, subject=made.subject, typed=bool(typed),
        signer_name=signer, recipients=recipients(made),
    )  # fmt: skip
    entry.document = IssuedDocument.objects.create(
        unit=series.unit, office=series.office, kind=made.kind, number=made.number, notation=made.notation,
        issued_on=made.day, subject=made.subject[:500], signer_authority=lines, signer_name=signer, mandate=mandate,
        check_token=token, pdf=kept.get("pdf"), docx=kept.get("docx"), scan=kept.get("ban-quet"), signed_by=by,
    )  # fmt: skip
    entry.save(update_fields=["document", "order"])
    return entry.document


def issue_paper(*, document, series, by, number, issued_on, signer_lines, signer_name, position="", mandate=""):
    """Issue a paper that hangs on nothing else: a công văn, a notice. Returns the IssuedDocument."""
    capacities.require_fitting(
        signer_lines, name=signer_name, position=position, unit=series.unit, office=series.office, mandate=mandate, on=issued_on
    )
    typed = numbers.plain(number) if number else ""
    if typed:
        numbers.may_bear(series, typed, document.notation, issued_on.year)
    signed = replace(document, day=issued_on, signer=Signer(signer_lines, signer_name))

    def step(keep):
        made = keep()
        audit.record("document.issued", subject=made, by=by)
        return made

    return issue(signed, by=by, series=series, typed=typed, mandate=mandate, files=BOTH, step=step)


def recipients(made):
    """Nơi nhận of the register: to whom it is addressed, and the list without the copy that is kept."""
    names = [line.removeprefix("- ").rstrip(";.") for line in made.recipient_lines]
    names = [name for name in names if not name.lower().startswith(("như trên", "lưu"))]
    return [*made.addressees, *names]
