"""What the pages of access show: who may open a case, whom it is closed to, who has read it, what waits for a second person."""

from cases import authority
from cases.models import Case, LiftProposal, Suspect
from cases.pages import moment
from childcare.audit.models import Entry
from childcare.audit.words import action_word
from childcare.children.forms.filters import uuid_or_blank
from childcare.children.models import FileAccess
from childcare.children.querysets import access_in_force

PAGE = 100


def key(text):
    """A public id out of an address, or None."""
    return uuid_or_blank(text) or None


def of_case(case, officer):
    """The context of the page. Whom it is closed to is told to the unit that holds it; to others only whom they barred."""
    file = case.protected_file
    say = Case.objects.held_for(officer).contains(case)
    works = Case.objects.workable_by(officer).contains(case)
    rights = FileAccess.objects.filter(access_in_force(), file=file).select_related("officer", "unit", "given_by")
    barred = rights.filter(kind=FileAccess.Kind.EXCLUDED).order_by("pk")
    return {
        "case": case, "say": say, "works": works, "file": file,
        "team": [_right(row) for row in rights.filter(kind=FileAccess.Kind.TEAM).order_by("pk")],
        "openings": [_right(row) for row in rights.filter(kind=FileAccess.Kind.EMERGENCY).order_by("pk")],
        "barred": [_right(row) for row in (barred if say else barred.filter(given_by=officer))],
        "proposals": [_proposal(row, officer) for row in _proposals(case, say)],
        "authority": authority.of_case(case) if file.restricted else None,
        "visible": Case.objects.visible_to(officer).contains(case),
    }  # fmt: skip


def _right(row):
    return {"row": row, "who": row.officer.full_name if row.officer else row.unit.name, "since": moment(row.since),
            "until": moment(row.until) if row.until else ""}  # fmt: skip


def _proposals(case, say):
    rows = case.lift_proposals.select_related("proposed_by", "decided_by", "exclusion__officer")
    return rows if say else rows.none()


def _proposal(row, officer):
    return {"row": row, "when": moment(row.proposed_at), "decided": moment(row.decided_at) if row.decided_at else "",
            "what": f"Bỏ loại trừ {row.exclusion.officer.full_name}" if row.exclusion else "Bỏ hạn chế tiếp cận",
            "mine": row.decided_at is None and row.proposed_by_id != officer.pk}  # fmt: skip


def held(officer):
    """Restricted cases in which the officer has a say, and the proposals that wait for him."""
    cases = Case.objects.held_for(officer).select_related("protected_file", "worker", "unit").order_by("-opened_at", "-pk")
    lines = [{"case": case, "received": moment(case.opened_at), "file": case.protected_file.public_id} for case in cases[:PAGE]]
    waiting = LiftProposal.objects.to_decide_by(officer).select_related("case", "proposed_by", "exclusion__officer")
    return {"lines": lines, "waiting": [_proposal(row, officer) for row in waiting.order_by("proposed_at", "pk")[:PAGE]]}


def suspects(case):
    """The suspects that hold."""
    return Suspect.objects.filter(case=case, voided_at=None).select_related("works_in")


def readers(case, before=None):
    """The log of one file, newest first: who opened or changed it."""
    rows = Entry.objects.filter(subject_type="children.protectedfile", subject_id=str(case.protected_file.public_id))
    if before and before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    lines = [{"entry": entry, "word": action_word(entry.action), "when": moment(entry.at)} for entry in found[:PAGE]]
    more = f"?truoc={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return {"case": case, "lines": lines, "pager": {"previous": "", "next": more}}
