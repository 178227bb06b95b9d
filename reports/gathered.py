"""What the reports below say in words: parts II, V, VI and VII of all of them, sentence by sentence, to be taken upwards."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from reports import consolidation, drafts
from reports.models import Submission

KEYS = ("II", "V", "VI", "VII", "N")
TAKEN_FROM = ("accepted", "sent")  # what the unit below stands by
END = re.compile(r"(?<=[.!?…])\s+")
ALIKE = 0.6  # from here on a sentence is the other one with its words changed


@dataclass(frozen=True)
class Line:
    """One sentence or paragraph of a report below. `taken`: it stands in the collecting report already."""

    key: str
    text: str
    unit: object
    submission: object
    taken: bool = False

    @property
    def box(self):
        """The value of its tick: another text, another box."""
        return sha256(f"{self.submission.public_id}|{self.key}|{self.text}".encode()).hexdigest()[:20]

    @property
    def source(self):
        """What is kept of where it came from: the unit, the version of its report."""
        return {"text": self.text, "unit": self.unit.name, "report": str(self.submission.public_id)}


def bare(line):
    """A line without its dash and the spaces around it."""
    return line.removeprefix("- ").strip()


def lines_of(text):
    """The lines of a section that say something."""
    return [bare(line) for line in text.split("\n") if bare(line)]


def sentences_of(text):
    """The sentences of a section, line by line. An abbreviation or a number before the point closes nothing."""
    found = []
    for line in lines_of(text):
        kept = []
        for piece in END.split(line):
            if kept and (opens(kept[-1]) or not piece.lstrip('"“(')[:1].isupper()):
                kept[-1] = f"{kept[-1]} {piece}"
            else:
                kept.append(piece)
        found += kept
    return found


def opens(text):
    """True of "TP." at the end or "1." alone: the point closes no sentence."""
    last = text.split()[-1].rstrip(".")
    return text == f"{last}." and last.isdigit() or len(last) <= 3 and last.isupper() and last.isalpha()


def standing_of(text):
    """What stands in a section: its lines and the sentences in them."""
    return {*lines_of(text), *sentences_of(text)}


def sides(obligation, draft):
    """[(section, [(unit, [Line])])] of the collecting report: every unit that sent words to the section, in order of codes."""
    asked = {row["key"] for row in draft.added}
    sections = {section.key: section for section in draft.written if section.key in KEYS or section.key in asked}
    found = {key: [] for key in sections}
    mine = {key: standing_of(draft.text(key)) for key in sections}
    for part in consolidation.parts_of(obligation):
        if part.submission is None or part.submission.state not in TAKEN_FROM or part.submission.snapshot_id is None:
            continue
        said, unit = drafts.load(part.submission), part.obligation.unit
        for key in sections:
            lines = [Line(key, text, unit, part.submission, text in mine[key]) for text in sentences_of(said.text(key))]
            if lines:
                found[key].append((unit, lines))
    return [(sections[key], rows) for key, rows in found.items()]


def every_line(obligation, draft):
    """Box → Line of everything that may be taken."""
    return {line.box: line for _, rows in sides(obligation, draft) for _, lines in rows for line in lines}


def silent(obligation):
    """Names of the units that have not sent anything to read."""
    parts = consolidation.parts_of(obligation)
    return [part.name for part in parts if part.submission is None or part.submission.state not in TAKEN_FROM]


def replaced(draft):
    """Reports that sentences were taken from and that went back or were replaced since; no question without sources."""
    asked = {row["report"] for rows in draft.sources.values() for row in rows}
    if not asked:
        return set()
    rows = Submission.objects.filter(public_id__in=asked).exclude(current=True, state__in=TAKEN_FROM)
    return {str(key) for key in rows.values_list("public_id", flat=True)}


def sources(draft, key, gone=()):
    """The sources of the sentences that still stand in the section: (text, names of the units).

    A sentence whose words were changed keeps its source and says so; `gone`: reports that were replaced since.
    """
    text = draft.text(key)
    standing, found = standing_of(text), {}
    for row in draft.sources.get(key, []):
        now = row["text"] if row["text"] in standing else nearest(row["text"], sentences_of(text))
        if now:
            more = [
                *(["đã sửa lời"] if now != row["text"] else []),
                *(["báo cáo nguồn đã đổi"] if row["report"] in gone else []),
            ]
            name = f"{row['unit']} ({', '.join(more)})" if more else row["unit"]
            if name not in found.setdefault(now, []):
                found[now].append(name)
    return list(found.items())


def nearest(text, sentences):
    """The sentence that is most like the text, when it is the same with its words changed; else None."""
    rated = [(SequenceMatcher(None, text, one, autojunk=False).ratio(), one) for one in sentences]
    best = max(rated, default=(0, None))
    return best[1] if best[0] >= ALIKE else None
