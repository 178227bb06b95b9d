"""What one version of a report says other than the version that went before it: figures, old → new."""

from reports import collecting, drafts
from reports.models import Submission


def before(submission, officer):
    """The newest earlier version that went out or was typed in for the unit, as far as the officer may see it; else None."""
    rows = Submission.objects.visible_to(officer).filter(obligation=submission.obligation_id, number__lt=submission.number)
    return rows.filter(sent_at__isnull=False, snapshot__isnull=False).select_related("snapshot").order_by("-number").first()


def changes(old, new):
    """Figures of the outline that the later version tells otherwise: code, name, before, after."""
    mine, theirs = drafts.load(old), drafts.load(new)
    rows = drafts.changes(mine.figures, theirs.figures, collecting.names(), theirs.form)
    told = {key.partition("|")[0] for key in mine.figures.rows}
    return [row for row in rows if row["code"] in told] if mine.typed else rows


def revised(submission, officer):
    """{"before": version, "changes": rows} for the page of a later version; None of a first one."""
    if submission is None or submission.number == 1:
        return None
    old = before(submission, officer)
    return {"before": old, "changes": changes(old, submission)} if old else None
