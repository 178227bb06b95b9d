"""What the pages of a report show, as plain rows: steps, sections with their figures, who did what when. No HTTP here."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from childcare.accounts.roles import Permission
from childcare.lib import periods
from childcare.lib.calendar import show, today, working_day_on_or_before
from childcare.units.models import DayOverride
from reports import collecting, comments, gathered, moves, states
from reports.models import Obligation, Submission
from reports.obligations import days_late, sent_on
from reports.outline import heading

S = Submission.State
EVENT = "-E"  # the code of a report on an event: 2024-E12
TONES = {S.DRAFT: "", S.TO_SIGN: "soon", S.SIGNED: "soon", S.SENT: "now", S.ACCEPTED: "done", S.RETURNED: "late"}


@dataclass
class Row:
    """A line of a list of reports."""

    obligation: object
    submission: Submission | None
    late: int
    working_day: object
    period: str

    @property
    def window(self):
        return f"{show(self.obligation.data_from)} – {show(self.obligation.cutoff)}"

    @property
    def word(self):
        return word_of(self.submission)

    @property
    def word_above(self):
        """The state as the unit above sees it: what is not sent is not sent, whatever the unit does at home."""
        if self.submission is None or self.submission.state == S.DRAFT:
            return "Chưa gửi"
        return "Chờ ký" if self.submission.state == S.TO_SIGN else word_of(self.submission)

    @property
    def may_enter(self):
        """True while a paper report may be typed in for the unit."""
        row = self.submission
        return row is None or row.state == S.DRAFT or (row.on_behalf and not row.confirmed_at)

    @property
    def tone(self):
        return TONES.get(self.submission.state, "") if self.submission else ""

    @property
    def late_text(self):
        """ "Gửi chậm 2 ngày", "Chưa gửi, chậm 2 ngày" or ""."""
        return late_text(self.submission, self.late)


def word_of(submission):
    """The state in a word; a paper report typed in says so."""
    if submission is None:
        return "Chưa bắt đầu"
    if submission.on_behalf and submission.state == S.ACCEPTED:
        return "Nhập thay"
    return submission.get_state_display()


def receiver_word(obligation):
    """Who takes the report, on the button: "UBND quận", "UBND phường", "Sở"."""
    to = obligation.to_unit
    return "Sở" if to.kind == "province" else f"UBND {to.kind_word}"


def late_text(submission, late):
    if not late:
        return ""
    return f"Gửi chậm {late} ngày" if submission and submission.sent_at else f"Chưa gửi, chậm {late} ngày"


def rows_of(obligations):
    """Rows for a page of obligations: current version, lateness by the first sending, last working day; two queries."""
    obligations = list(obligations)
    versions, overrides, now = {}, DayOverride.as_dict(), today()
    for row in Submission.objects.filter(obligation__in=obligations).defer("text", "return_reason").order_by("number"):
        versions.setdefault(row.obligation_id, []).append(row)
    found = []
    for owed in obligations:
        mine = versions.get(owed.pk, [])
        sent = sorted(day for day in map(sent_on, mine) if day)
        current = next((row for row in mine if row.current), None)
        late = days_late(owed, sent[0] if sent else None, now)
        working = working_day_on_or_before(owed.last_day, overrides)
        found.append(Row(owed, current, late, working, owed.words))
    return found


def steps(submission):
    """The steps component: dự thảo ─ chờ ký ─ đã ký ─ đã gửi ─ tiếp nhận."""
    words = [{"word": word, "state": "todo"} for _, word in states.STEPS]
    if submission is None:
        return words
    order = [state for state, _ in states.STEPS]
    place = (
        len(order) - 1 if submission.state == S.RETURNED else order.index(submission.state) if submission.state in order else 0
    )
    for at, step in enumerate(words):
        step["state"] = "done" if at < place else "now" if at == place else "todo"
    if submission.state == S.RETURNED:
        words[-1]["word"] = "Yêu cầu chỉnh sửa"
    if submission.state == S.ACCEPTED:
        words[-1]["state"] = "done"
    return words


@dataclass
class Place:
    """A section on the page."""

    section: object
    heading: str
    text: str = ""
    proposal: str = ""
    edited: bool = False
    stale: bool = False
    hint: str = ""
    new: bool = False
    figures: list = field(default_factory=list)
    sources: list = field(default_factory=list)
    moves: list = field(default_factory=list)
    threads: list = field(default_factory=list)

    @property
    def open_threads(self):
        return sum(thread.open for thread in self.threads)

    @property
    def lines(self):
        """The text by lines: (is a dash, words)."""
        return [(line.startswith("- "), line.removeprefix("- ")) for line in self.text.split("\n") if line.strip()]

    @property
    def height(self):
        """Rows of the box to type in."""
        return max(3, min(16, sum(1 + len(line) // 90 for line in self.text.split("\n")) + 1))


def places(draft, obligation, threads=()):
    """Every section in print order with its text, the figures that it tells and what the two units say about it."""
    period, names = periods.parse(obligation.period), collecting.names()
    added, said, gone = {row["key"]: row for row in draft.added}, comments.by_section(threads), gathered.replaced(draft)
    found = []
    for section in draft.layout:
        if section.written and draft.sections and section.key not in draft.sections:
            continue  # a school has no such section
        place = Place(section, heading(section, period))
        if row := added.get(section.key):
            place.hint, place.new = row["hint"], row["new"]
        if section.written:
            kept = draft.sections.get(section.key, {})
            place.text, place.proposal = draft.text(section.key), kept.get("proposal", "")
            place.edited, place.stale = draft.edited(section.key), kept.get("stale", False)
            place.sources = gathered.sources(draft, section.key, gone)
            place.figures = [figure_row(draft, code, names, obligation) for code in section.codes]
            place.threads = said.get(section.key, [])
            place.moves = move_rows(draft, moves.OF_SECTION.get(section.key), obligation)
        found.append(place)
    return found


def figure_row(draft, code, names, obligation):
    now, earlier = draft.figures(code), draft.earlier(code)
    return {
        "name": names.get(code, code),
        "now": now.text,
        "earlier": earlier.text,
        "note": now.note,
        "url": rows_url(obligation, code) if now.known and now.numerator else "",
    }


def rows_url(obligation, code, breakdown=""):
    """Where the rows behind a figure of the owed report open; that page decides who sees them."""
    asked = {"unit": obligation.unit.public_id, "from": obligation.data_from, "to": obligation.cutoff}
    return f"{reverse('figure-rows', args=[code])}?{urlencode(asked | ({'breakdown': breakdown} if breakdown else {}))}"


def move_rows(draft, code, obligation):
    """Who came and who left as counts, each with the address of its rows: a sum of reports has no rows of its own."""
    found = moves.rows(draft.figures, code) if code else []
    counts_itself = obligation.unit.kind in collecting.MOVING
    for row in found:
        row["url"] = rows_url(obligation, code, row["key"]) if row["count"] and counts_itself else ""
        reasons = (
            (words, count, rows_url(obligation, code, key) if counts_itself else "") for words, count, key in row["reasons"]
        )
        row["reasons"] = list(reasons)
    return found


def history(submissions):
    """What happened to the versions of a report, newest first: rows for the history component."""
    rows = []
    for row in submissions:
        for name, verb in (("answered", None), ("sent", "gửi"), ("signed", "ghi nhận ký"), ("presented", "trình ký")):
            at, who = getattr(row, f"{name}_at"), getattr(row, f"{name}_by")
            if at is None:
                continue
            verb = verb or ("yêu cầu chỉnh sửa" if row.return_reason else "nhập thay" if row.on_behalf else "tiếp nhận")
            rows.append({"at": at, "who": who, "verb": verb, "number": row.number,
                         "note": row.return_reason if name == "answered" else ""})  # fmt: skip
    return sorted(rows, key=lambda row: row["at"], reverse=True)


@dataclass
class May:
    """What the officer may do with a report, for its buttons."""

    write: bool
    send: bool
    sign: bool
    lead: bool
    accept: bool
    on_behalf: bool
    own: bool

    @classmethod
    def of(cls, officer, obligation):
        """By the permissions in exactly the unit that owes, or the unit that it is owed to."""
        holds = {permission: {unit.pk for unit in officer.units_for(permission)} for permission in Permission}
        unit, to = obligation.unit_id, obligation.to_unit_id
        P = Permission
        return cls(
            write=unit in holds[P.REPORT_WRITE],
            send=unit in holds[P.REPORT_SEND],
            sign=unit in holds[P.REPORT_SEND] | holds[P.REPORT_SIGN],
            lead=unit in holds[P.REPORT_SIGN],
            accept=to in holds[P.REPORT_ACCEPT],
            on_behalf=to in holds[P.REPORT_ON_BEHALF],
            own=unit in holds[P.REPORT_VIEW],
        )


def thin_rows(draft, obligation):
    """The figures of a paper report that was typed in, with their names."""
    names = collecting.names()
    return [figure_row(draft, key, names, obligation) for key in draft.figures.rows if key in names]


def seen_from_above(row):
    """The state of a report as the unit above counts it: none, sent, accepted, returned …"""
    return row.submission.state if row.submission and row.submission.state != S.DRAFT else "none"


def tally(rows):
    """How many of the rows stand where: words and numbers, late ones last."""
    counts = {}
    for row in rows:
        counts[row.word_above] = counts.get(row.word_above, 0) + 1
    return [*counts.items(), *([("chậm", late)] if (late := sum(bool(row.late) for row in rows)) else [])]


def periods_of(found):
    """Code of a period → what its reports tell of, the newest first; the events of a year stand together; one question."""
    words = {}
    for code, subject in found.order_by("-period", "subject").values_list("period", "subject").distinct():
        year, event = code[:4], code[4:6] == EVENT
        words[year + EVENT if event else code] = (
            f"sau sự kiện năm {year}" if event else Obligation(period=code, subject=subject).words
        )
    return words


def of_period(found, code):
    """The reports of a period, or of all events of a year."""
    return found.filter(period__startswith=code) if code.endswith(EVENT) else found.filter(period=code)


def nearest(found):
    """The owed report whose last day is the next to come, else the last one that was."""
    day, found = today(), found.filter(event=None) if found.filter(event=None).exists() else found
    return found.filter(last_day__gte=day).order_by("last_day").first() or found.order_by("-last_day").first()
