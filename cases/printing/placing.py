"""From the rows of alternative care to what their forms print, through the rule that says who sees a carer and an address."""

from django.db.models import Q

from cases.models import Carer, Placement, Shelter
from cases.printing.care_facts import Care, Facility, Person
from childcare.children.querysets import team_files
from childcare.lib.calendar import show


def person(carer):
    """A row of the register as a person on paper."""
    concluded = {"accepted": "yes", "refused": "no"}.get(carer.state, "")
    return Person(
        name=carer.name,
        birth=carer.birth,
        identity=carer.identity_number,
        phone=carer.phone,
        address=carer.address,
        job=carer.job,
        family=carer.family,
        wishes=carer.wishes,
        relation="người thân thích" if carer.kind == Carer.Kind.RELATIVE else "",
        applied_on=carer.applied_on,
        conditions=tuple((carer.conditions or {}).items()),
        found=carer.assessment,
        verified_on=carer.assessed_on,
        conclusion=concluded,
        state=carer.get_state_display(),
    )


def register(unit, officer):
    """The register of a commune as the officer sees it, those who withdrew left out."""
    rows = Carer.objects.visible_to(officer).registered().filter(unit=unit).exclude(state=Carer.State.WITHDRAWN)
    return tuple(person(row) for row in rows.order_by("applied_on", "pk"))


def care(placement, officer, visit=None):
    """A placement, and one of its visits, as far as the officer sees them; where the child is, only if he may read it."""
    told = Care(
        form=placement.get_form_display(),
        situation=placement.situation,
        needs=placement.needs,
        child_view=placement.child_view,
        siblings=placement.siblings,
        consent=placement.consent_note,
        person=_taker(placement, officer),
        number=placement.decision_number,
        decided_on=placement.decision_on,
        signer=placement.decision_signer,
        until=placement.planned_until,
        guardian=placement.guardian,
        started_on=placement.started_on,
        asked_by=placement.request_by,
        asked_reason=placement.request_reason,
        asked_on=placement.request_on,
        end_number=placement.end_decision_number,
        end_on=placement.end_decision_on,
        end_signer=placement.end_signer,
        end_reason=placement.get_end_reason_display() if placement.end_reason else "",
        after=placement.get_next_display() if placement.next else "",
        ended_on=placement.ended_on,
    )
    return told if visit is None else _visited(told, visit)


def _visited(told, visit):
    texts = ("living", "health", "schooling", "fitting_in", "child_view", "problems", "actions")
    more = {name: getattr(visit, name) for name in texts}
    by = visit.recorded_by.full_name if visit.recorded_by else ""
    return Care(**{**vars(told), **more, "visited_on": visit.visited_on, "visitor": by, "outcome": visit.get_outcome_display()})


def _taker(placement, officer):
    if placement.carer_id:
        row = Carer.objects.visible_to(officer).filter(pk=placement.carer_id).first()
        return person(row) if row else Person()
    if placement.shelter_id:
        row = Shelter.objects.addressed_to(officer).filter(pk=placement.shelter_id).first()
        return Person(name=row.name, address=row.address, phone=row.phone) if row else Person()
    return Person()


def facility(shelter, officer, written_by):
    """A facility on its own paper; its address for those who may read it."""
    told = Shelter.objects.addressed_to(officer).filter(pk=shelter.pk).exists()
    return Facility(shelter.name, shelter.address if told else "", written_by)


def waiting_in(shelter, officer):
    """Rows of Mẫu số 14: who is in the facility by a placement, or is to leave it for a carer; each child once."""
    rows = Placement.objects.visible_to(officer).filter(Q(protected_file=None) | Q(protected_file__in=team_files(officer)))
    here = Q(shelter=shelter, form="facility", state__in=["caring", "ending"])
    there = Q(from_facility=shelter, state__in=["preparing", "proposed", "decided"])
    found = {row.child_id: row for row in rows.filter(here | there).select_related("child").order_by("opened_on", "pk")}
    since = dict(rows.filter(here).values_list("child", "started_on"))
    return tuple(_of_list(row, since.get(row.child_id)) for row in found.values())


def _of_list(row, since):
    child = row.child
    sex = dict(child.Sex.choices).get(child.sex, "")
    needs = "\n".join(filter(None, [row.situation, row.needs]))
    return child.full_name, child.birth.text if child.birth else child.birth_text, sex, needs, show(since), row.child_view, ""


def label(placement):
    """How a placement is told from another on a page."""
    since = f", từ {show(placement.started_on)}" if placement.started_on else ""
    return f"{placement.get_form_display()}{since}"
