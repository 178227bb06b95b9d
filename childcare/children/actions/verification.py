"""The police checked the identity number of a child, on a day."""

from childcare.children.actions import people
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal


def verify(*, child, by, on, version):
    """The police confirmed the number of the child on the day: from then on it counts as checked (indicator DL-02).

    Only a number in the legal form can be checked. Returns the names of what changed.
    """
    if on > today():
        raise Refusal(f"Ngày {show(on)} chưa tới. Hãy xem lại ngày công an xác thực.")
    if child.birth_earliest and on < child.birth_earliest:
        raise Refusal("Ngày công an xác thực trước ngày sinh của trẻ. Hãy xem lại ngày.")
    return people.correct(child=child, by=by, version=version, changes={"identity_verified_on": on})
