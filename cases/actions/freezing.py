"""Signing freezes: the text of a decision is kept when its signature is written down, and printed from there ever after."""

from cases import authority
from cases.models import Placement, SignedDecision
from cases.printing import making
from cases.printing.paper import number_of
from childcare.documents import keeping
from childcare.lib.calendar import stamp


def freeze(row, *forms, owner, by, on, number=""):
    """Keep the forms of a row (plan, order, placement) of a case or placement as they read now, after it was saved.

    The first form is the decision and bears the number. Part of the larger action.
    """
    decides = authority.over(owner.unit, owner.protected_file, on)
    placement = owner if isinstance(owner, Placement) else None
    for form in forms:
        SignedDecision.objects.create(
            case=placement.case if placement else owner,
            placement=placement,
            protected_file=owner.protected_file,
            form=form,
            about=row.public_id,
            unit=decides.unit,
            office=decides.office,
            number=number_of(number, "")[0] if form == forms[0] else "",
            notation=number_of(number, decides.notation)[1][:60],
            signed_on=on,
            text=keeping.written(_built(owner, form, row, by)),
            recorded_by=by,
        )


def _built(owner, form, row, by):
    if isinstance(owner, Placement):
        return making.of_placement(owner, form, by, live=True)
    return making.of_case(owner, form, by, row_key=str(row.public_id), live=True)


def thaw(row, *forms):
    """What was kept of a row holds no longer: another text takes its place."""
    kept = SignedDecision.objects.in_force().filter(about=row.public_id)
    kept.filter(form__in=forms).update(voided_at=stamp())
