"""The dated rule of who holds restricted files and decides in them."""

from django.db import transaction
from django.db.models import Q

from cases.models import SecrecyRule
from childcare.audit import actions as audit
from childcare.children.actions.base import insert
from childcare.lib.refusal import Refusal


@transaction.atomic
def change(*, by, unit_kind, valid_from, **values):
    """A rule for units of a kind from a day on: the one that held until then ends on it. Nothing past is rewritten."""
    rows = SecrecyRule.objects.select_for_update().filter(unit_kind=unit_kind)
    if rows.filter(valid_from__gt=valid_from).exists():
        raise Refusal("Đã có quy tắc áp dụng từ một ngày sau ngày này. Hãy chọn ngày sau đó.")
    rows.filter(valid_from=valid_from).delete()
    rows.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    made = insert(SecrecyRule(unit_kind=unit_kind, valid_from=valid_from, **values))
    audit.record("secrecy.changed", by=by, subject=made)
    return made
