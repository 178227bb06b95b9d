"""Self-scorings of the tests: a full table of invented points, and an evaluation in any state."""

from datetime import date
from decimal import Decimal

from plans.actions import friendly
from plans.models import CriterionPart, Evaluation, FriendlyThreshold, Standard
from tests import people

COUNCIL = {
    "held_on": date(2024, 4, 25), "chair": "Phạm Thị Lan", "secretary": "Nguyễn Thị An", "members": "Trần Văn Tư, Công an phường",
}  # fmt: skip


def full_table():
    """Invented points for what the real table still lacks: criteria without points get one part of 725/10 points each."""
    standard = Standard.objects.get()
    for criterion in standard.criteria.filter(parts=None):
        CriterionPart.objects.create(
            criterion=criterion, position=1, text=f"Mục giả định {criterion.number}", max_points=Decimal("72.5")
        )
    return standard


def begun(by=None, code=people.NAM_SON, year=2024, threshold="ward"):
    """A self-scoring just begun."""
    return friendly.begin(
        by=by or people.an(), unit=people.unit(code), year=year, threshold=FriendlyThreshold.objects.get(code=threshold)
    )


def scored(by=None, share=1, source="Báo cáo của các ngành", **which):
    """Every criterion scored at a share of its points."""
    full_table()
    row = begun(by, **which)
    for criterion in row.standard.criteria.prefetch_related("parts"):
        given = {part: {"points": part.max_points * Decimal(str(share)), "source": source} for part in criterion.parts.all()}
        row = friendly.score(evaluation=row, criterion=criterion, by=by or people.an(), version=row.version, given=given)
    return row


def met(by=None, **which):
    """The council met over it."""
    row = scored(by, **which)
    return friendly.hold_council(evaluation=row, by=by or people.an(), version=row.version, **COUNCIL)


def submitted(by=None, **which):
    """Sent up."""
    row = met(by, **which)
    return friendly.submit(evaluation=row, by=by or people.an(), version=row.version)


def recognised(by=None, **which):
    """Recognised by the district."""
    row = submitted(by, **which)
    return friendly.decide(
        evaluation=row, by=people.dung(), version=row.version, recognised=True, decision="1234/QĐ-UBND", decided_on=people.TODAY
    )


def fresh(row):
    """The evaluation as it stands now."""
    return Evaluation.objects.get(pk=row.pk)
