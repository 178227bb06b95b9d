"""The report as an administrative document, built from a draft or a frozen one: what is printed is what was kept."""

from dataclasses import dataclass
from datetime import date

from childcare.documents.actions.issuing import check_url
from childcare.documents.structure import AdminDocument, Annex, Column, Heading, Paragraph, Signer, Table, paragraphs
from childcare.indicators.models import Indicator
from childcare.lib import periods
from childcare.lib.calendar import show
from childcare.lib.vietnamese import small
from reports import annexes, drafts, issuing
from reports.models import Submission
from reports.outline import heading

DRAFT_MARK = "DỰ THẢO"


@dataclass(frozen=True)
class Head:
    """What signing adds: number, day, in what capacity and who. All empty before."""

    number: str = ""
    day: date | None = None
    lines: tuple = ()
    name: str = ""
    marks: tuple = ()
    check_url: str = ""


def subject(obligation):
    """Trích yếu: "Kết quả công tác trẻ em 6 tháng đầu năm 2024"."""
    return obligation.subject or f"Kết quả công tác trẻ em {obligation.words}"


def head_of(submission):
    """The head of a version as it is now: of a signed one what the clerk gave, of a draft the mark DỰ THẢO."""
    document = submission.document
    if document:
        lines, url = tuple(document.signer_authority), check_url(document.check_token) if document.check_token else ""
        return Head(document.number, document.issued_on, lines, document.signer_name, check_url=url)
    return Head(marks=(DRAFT_MARK,)) if submission.state == Submission.State.DRAFT else Head()


def of_submission(submission, head=None):
    """The document of a version, from its frozen snapshot once it has one."""
    draft = drafts.load(submission)
    return build(submission.obligation, draft, head or head_of(submission), submission.as_office, submission.estimates)


def build(obligation, draft, head, as_office=False, estimates=None):
    """The whole document: head, parts I–VII, targets table, annexes, recipients, signer."""
    how = issuing.of(obligation, as_office)
    period = periods.parse(obligation.period)
    lines = head.lines or how.authorities[0].split("\n")
    return AdminDocument(
        kind="BÁO CÁO",
        subject=subject(obligation),
        issuer=how.issuer,
        number=head.number,
        notation=how.notation,
        place=how.place,
        day=head.day,
        year=obligation.last_day.year,
        addressees=how.addressees,
        blocks=[opening(obligation, how), *body(draft, period, estimates or {})],
        recipients=how.recipients,
        signer=Signer(lines=lines, name=head.name),
        marks=head.marks,
        check_url=head.check_url,
        annexes=[
            Annex(title=title, blocks=blocks, landscape=wide, marks=marks)
            for title, blocks, wide, marks in annexes.of(draft, period, estimates or {})
        ],
    )


def opening(obligation, how):
    """The paragraph that says who reports what, on which data."""
    window = f"số liệu từ ngày {show(obligation.data_from)} đến ngày {show(obligation.cutoff)}"
    return Paragraph(f"{how.issuer.plain} báo cáo {small(subject(obligation))} ({window}) như sau:")


def body(draft, period, estimates):
    """Parts I to VII, with the table of targets under IV."""
    blocks = [figures_table(draft)] if draft.typed else []
    for section in draft.layout:
        text = draft.text(section.key) if section.written else ""
        if not text.strip() and (section.written or draft.typed):
            continue
        blocks.append(Heading(heading(section, period), section.level))
        blocks.extend(paragraphs(text))
        if section.key == "IV" and draft.targets:
            blocks.append(targets_table(draft.targets, estimates))
    return blocks


def figures_table(draft):
    """The figures of a paper report that was typed in."""
    names = dict(Indicator.objects.order_by("position").values_list("code", "name"))
    rows = [[names[code], figure.text] for code, figure in draft.figures.rows.items() if code in names]
    return Table(columns=[Column("Chỉ tiêu", 70), Column("Số liệu", 30, "right")], rows=rows)


def targets_table(targets, estimates):
    """Each target of the plan: planned, done, the year before, what is expected of the whole period, judged."""
    expected = [estimates.get(row["key"], "") for row in targets]
    columns = [
        Column("TT", 7, "center"),
        Column("Chỉ tiêu", 42),
        Column("Kế hoạch", 13, "center"),
        Column("Thực hiện", 16, "center"),
    ]
    columns += [Column("Cùng kỳ", 14, "center")]
    columns += [Column("Ước thực hiện cả kỳ", 13, "center")] if any(expected) else []
    columns += [Column("Đánh giá", 14, "center")]
    rows = []
    for place, (row, guess) in enumerate(zip(targets, expected, strict=True), 1):
        cells = [str(place), row["text"], row["planned"], row["now"], row["earlier"]]
        rows.append([*cells, *([f"{guess} (ước)" if guess else ""] if any(expected) else []), row["word"]])
    return Table(columns=columns, rows=rows)
