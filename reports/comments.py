"""Threads of a report for its pages: by section, with who may say something. No HTTP here."""

from dataclasses import dataclass, field

from reports import drafts, outlines
from reports.models import ReportComment
from reports.models_comments import parties
from reports.outline import Section


@dataclass
class Thread:
    """The first remark and its answers in order of time."""

    first: ReportComment
    answers: list = field(default_factory=list)

    @property
    def open(self):
        return self.first.resolved_at is None

    @property
    def section(self):
        return section_of(self.first.section)

    @property
    def remarks(self):
        return [self.first, *self.answers]


def section_of(key):
    """The section of a key; one that the unit above added is told by what it is."""
    return outlines.BASE.get(key) or Section(key, "", "Mục bổ sung của cấp trên", 2)


def sections_of(obligation, submission):
    """The sections of the report that say something, as the version that is read has them."""
    if submission is None:
        return list(outlines.written(outlines.form_of(obligation.regime)))
    draft = drafts.load(submission)
    return [section for section in draft.written if not draft.sections or section.key in draft.sections or draft.typed]


def side(officer, obligation):
    """The unit for which the officer speaks about this report: the one that owes it or the one that takes it; else None."""
    own, takes = parties(officer)
    if obligation.unit_id in own:
        return obligation.unit
    return obligation.to_unit if obligation.to_unit_id in takes else None


def threads(obligation, officer):
    """Every thread of the report that the officer may read, the open ones first; one question."""
    rows = (
        ReportComment.objects.visible_to(officer)
        .filter(obligation=obligation)
        .select_related("written_by", "unit", "resolved_by")
    )
    found = {}
    for row in rows:
        if row.thread_id is None:
            found[row.pk] = Thread(row)
        else:
            found[row.thread_id].answers.append(row)
    return sorted(found.values(), key=lambda thread: (not thread.open, thread.first.pk))


def by_section(found):
    """Section key → its threads."""
    rows = {}
    for thread in found:
        rows.setdefault(thread.first.section, []).append(thread)
    return rows
