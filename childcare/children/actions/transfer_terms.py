"""The administrator says in how many days a commune acknowledges; transfers sent before keep what held on their day."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.models import Transfer, TransferTerm
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal

BACKWARDS = "Hạn mới chỉ áp dụng từ hôm nay ({}) trở đi: trẻ đã chuyển trước đó giữ hạn của ngày chuyển."
TWICE = "Ngày này đã có một hạn tiếp nhận. Hãy bỏ dòng cũ rồi ghi lại."
USED = "Hạn này đã áp dụng cho trẻ chuyển đi nên không bỏ được. Hãy ghi một hạn mới từ một ngày khác."


@transaction.atomic
def add(*, by, valid_from, days, more, basis):
    """Another term from a day on. Refused for a day that has passed, and for one that has a term."""
    if valid_from < today():
        raise Refusal(BACKWARDS.format(show(today())))
    row, made = TransferTerm.objects.get_or_create(
        valid_from=valid_from, defaults={"days": days, "more": more, "basis": basis, "set_by": by}
    )
    if not made:
        raise Refusal(TWICE)
    audit.record("transfer.term_added", by=by, subject=row)
    return row


@transaction.atomic
def remove(*, term, by):
    """A term that no transfer has used yet goes; the first one stays."""
    row = TransferTerm.objects.select_for_update().get(pk=term.pk)
    if row.valid_from is None or Transfer.objects.filter(sent_on__gte=row.valid_from).exists():
        raise Refusal(USED)
    audit.record("transfer.term_removed", by=by, subject=row)
    row.delete()
