"""Consents and the resting of data. A consent withdrawn and data at rest are flags: nothing is deleted."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, locked, once, update, void_row
from childcare.children.models import Consent, ProcessingRestriction
from childcare.lib.calendar import age_on, show
from childcare.lib.refusal import Refusal

AGE_OF_CONSENT = 7  # Luật 91/2025/QH15 Điều 24.2


@once(Consent)
def give(*, by, once, child, purpose, giver, relation="", child_agreed=False, proof="", given_on):
    """The representative, and from 7 years on the child, agreed to a purpose. What is missing is said, not refused."""
    child = locked(child)
    if not purpose.needs_consent:
        raise Refusal("Mục đích này thực hiện theo luật, không cần ghi sự đồng ý.")
    row = Consent(
        public_id=once, child=child, purpose=purpose, giver=giver, relation=relation[:60], child_agreed=child_agreed,
        proof=proof, started_on=given_on, recorded_by=by,
    )  # fmt: skip
    row.complete = not missing(row)
    insert(row)
    audit.record("consent.given", by=by, subject=child, fields=["purpose"], note=purpose.code)
    return row


@transaction.atomic
def withdraw(*, consent, by, version, on):
    """The consent holds no more from the day on; what was shared before stays in the log."""
    row = fresh(consent, version)
    if row.ended_on is not None:
        raise Refusal("Sự đồng ý này đã được rút trước đó.")
    if row.started_on and on < row.started_on:
        raise Refusal(f"Sự đồng ý có từ ngày {show(row.started_on)}: ngày rút không thể trước ngày đó.")
    row.ended_on = on
    update(row, "ended_on")
    audit.record("consent.withdrawn", by=by, subject=row.child, fields=["ended_on"])
    return row


@transaction.atomic
def void(*, consent, by, version, reason):
    """The consent was written down wrongly."""
    row = void_row(fresh(consent, version), by=by, reason=reason)
    audit.record("consent.voided", by=by, subject=row.child, fields=["voided_at"])
    return row


@once(ProcessingRestriction)
def restrict(*, by, once, child, reason, since, request=None):
    """The child's data rest from the day on: they are kept and counted, and leave the registry in no list, print or export."""
    child = locked(child)
    row = ProcessingRestriction(
        public_id=once, child=child, reason=reason, request=request, started_on=since, recorded_by=by
    )  # fmt: skip
    insert(row)
    audit.record("restriction.begun", by=by, subject=child)
    return row


@transaction.atomic
def lift(*, restriction, by, version, on):
    """The data may be used again from the day on."""
    row = fresh(restriction, version)
    if row.ended_on is not None:
        raise Refusal("Hạn chế xử lý đã được bỏ trước đó.")
    if row.started_on and on < row.started_on:
        raise Refusal(f"Hạn chế có từ ngày {show(row.started_on)}: ngày bỏ không thể trước ngày đó.")
    row.ended_on = on
    update(row, "ended_on")
    audit.record("restriction.lifted", by=by, subject=row.child, fields=["ended_on"])
    return row


def missing(consent):
    """What the consent lacks, in words; empty when it is complete.

    From 7 years on the day of the consent the child must agree too (Luật 91/2025/QH15 Điều 24.2).
    """
    lacks = [] if consent.giver else ["người đại diện"]
    birth, given = consent.child.birth_latest, consent.started_on
    if birth is None or given is None or age_on(birth, given) >= AGE_OF_CONSENT:
        lacks += [] if consent.child_agreed else ["đồng ý của trẻ (từ đủ 7 tuổi)"]
    lacks += [] if consent.proof else ["giấy tờ chứng minh"]
    return ", ".join(lacks)
