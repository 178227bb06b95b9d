"""What the reports below say in words: parts II, V, VI and VII of all of them, sentence by sentence, to be taken upwards."""

from dataclasses import dataclass
from hashlib import sha256

from reports import consolidation, drafts

KEYS = ("II", "V", "VI", "VII", "N")
TAKEN_FROM = ("accepted", "sent")  # what the unit below stands by


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


def sides(obligation, draft):
    """[(section, [(unit, [Line])])] of the collecting report: every unit that sent words to the section, in order of codes."""
    asked = {row["key"] for row in draft.added}
    sections = {section.key: section for section in draft.written if section.key in KEYS or section.key in asked}
    found = {key: [] for key in sections}
    mine = {key: set(lines_of(draft.text(key))) for key in sections}
    for part in consolidation.parts_of(obligation):
        if part.submission is None or part.submission.state not in TAKEN_FROM or part.submission.snapshot_id is None:
            continue
        said, unit = drafts.load(part.submission), part.obligation.unit
        for key in sections:
            lines = [Line(key, text, unit, part.submission, text in mine[key]) for text in lines_of(said.text(key))]
            if lines:
                found[key].append((unit, lines))
    return [(sections[key], rows) for key, rows in found.items()]


def every_line(obligation, draft):
    """Box → Line of everything that may be taken."""
    return {line.box: line for _, rows in sides(obligation, draft) for _, lines in rows for line in lines}


def sources(draft, key):
    """The sources of the sentences that still stand in the section: (text, names of the units)."""
    standing, found = set(lines_of(draft.text(key))), {}
    for row in draft.sources.get(key, []):
        if row["text"] in standing and row["unit"] not in found.setdefault(row["text"], []):
            found[row["text"]].append(row["unit"])
    return list(found.items())
