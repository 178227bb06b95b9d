"""To whom a report about a child can be sent, who takes it in there, and who may know who told it."""

from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import GRANTS, Permission
from childcare.lib.calendar import today

ABOVE = ("district", "province")


def takers(unit, but=None):
    """The active officers of the very unit who take reports in, without the sender."""
    roles = [role for role, granted in GRANTS.items() if Permission.NOTICE_TAKE in granted]
    posts = Appointment.objects.on(today()).filter(unit=unit, role__in=roles)
    found = Officer.objects.filter(is_active=True, pk__in=posts.values("officer")).order_by("pk")
    return found.exclude(pk=but.pk) if but is not None else found


def above(unit):
    """From the unit up to the province."""
    while unit is not None:
        yield unit
        unit = unit.parent


def home_of(officer):
    """The unit from which the officer reports, or None."""
    return next(iter(officer.units_for(Permission.NOTICE_SEND)), None)


def addressees(officer):
    """The ward or commune of the officer and the unit above it, each only where somebody takes reports in."""
    line = list(above(home_of(officer)))
    commune = next((unit for unit in line if unit.kind == "commune"), None)
    upper = next((unit for unit in line if unit.kind in ABOVE), None)
    return [unit for unit in (commune, upper) if unit is not None and takers(unit, but=officer).exists()]


def may_know_sender(notice, officer):
    """True for who holds the right in the very unit that the sender chose."""
    return any(unit.pk == notice.addressed_to_id for unit in officer.units_for(Permission.INFORMANT_VIEW))


def may_know_informant(intake, officer):
    """A right of its own (Luật Trẻ em Điều 51): held in the unit that was told, or by who wrote the report down himself."""
    if notice := getattr(intake, "notice", None):
        return may_know_sender(notice, officer)
    file = intake.case.protected_file
    holder = file.held_by_id if file.restricted else intake.case.unit_id
    own = [unit.pk for unit in officer.units_for(Permission.INFORMANT_VIEW)]
    return intake.received_by_id == officer.pk or holder in own


def informant_of(intake, officer):
    """(who told it, how to reach him), both "" for an officer who may not know; every page and every paper asks here."""
    if not may_know_informant(intake, officer):
        return "", ""
    notice = getattr(intake, "notice", None)
    return informant_of_notice(notice) if notice is not None else (intake.informant, intake.informant_contact)


def informant_of_notice(notice):
    """The same of a notice, for who may know."""
    sender = f"{notice.sent_by.full_name}, {notice.sent_from.name}"
    return f"{notice.informant} (qua {sender})" if notice.informant else sender, notice.informant_contact


def intakes_of(case, officer):
    """The reports of a case as its page shows them: each with who told it, as far as the officer may know."""
    found = []
    for row in case.intakes.select_related("received_by", "notice__sent_by", "notice__sent_from").order_by("received_at", "pk"):
        row.case = case
        informant, contact = informant_of(row, officer)
        found.append({"row": row, "informant": informant, "contact": contact})
    return found
