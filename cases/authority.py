"""Who decides in a case and signs its decisions: the chairman of the commune, or whom the dated rule names in his place.

While a file is restricted, nobody of the commune decides: the unit that holds it does (docs/decisions/restricted_cases.md).
Which post there signs is data that an administrator changes from a day on (`SecrecyRule`, `verified` = no).
"""

from dataclasses import dataclass

from cases.models import SecrecyRule
from childcare.accounts.roles import Permission
from childcare.children.actions.protection import commune_of
from childcare.documents import issuers
from childcare.lib.calendar import today
from childcare.units.models import Office, Unit
from childcare.units.querysets import valid_on


@dataclass(frozen=True)
class Authority:
    """The body whose book numbers a decision, and whose head signs it."""

    unit: Unit
    office: Office | None = None
    rule: SecrecyRule | None = None  # None: the chairman of the commune, by the law itself

    @property
    def head(self):
        """ "Chủ tịch Ủy ban nhân dân quận Kiến An"."""
        return issuers.head(self.unit, self.office)

    @property
    def book(self):
        """Whose outgoing documents it is numbered among."""
        return self.office.name if self.office else issuers.short(self.unit)

    @property
    def notation(self):
        """ "QĐ-UBND"."""
        return issuers.notation("QĐ", self.unit, self.office)


def rule_of(kind, on=None):
    """The dated rule for units of a kind, or None."""
    return SecrecyRule.objects.filter(valid_on(on or today()), unit_kind=kind).last()


def deciding_unit(unit, file):
    """The commune, or the unit that holds the file while it is restricted."""
    return file.held_by if file is not None and file.restricted and file.held_by else commune_of(unit)


def over(unit, file, on=None):
    """Who decides on the day about a row of a unit under a file (None: under none)."""
    decides = deciding_unit(unit, file)
    if file is None or not file.restricted:
        return Authority(decides)
    rule = rule_of(decides.kind, on)
    offices = Office.objects.filter(unit=decides).on(on or today()).order_by("code", "pk")
    office = offices.first() if rule and rule.post == SecrecyRule.Post.OFFICE else None
    return Authority(decides, office, rule)


def of_case(case, on=None):
    """Who decides in a case."""
    return over(case.unit, case.protected_file, on)


def may_decide(officer, row):
    """True when the officer himself decides in a case, a placement; who only writes down a signed paper does not."""
    return officer.can_in(Permission.CASE_DECIDE, deciding_unit(row.unit, row.protected_file))


def may_return(officer, case):
    """True when he decides, or works on a restricted case: who decides there has no account, his word is written down."""
    return may_decide(officer, case) or case.protected_file.restricted
