"""The draft of a report: proposed text and the officer's words kept apart, the figures it was made from, what changed since.

It is stored with the submission as encrypted JSON. A section says the officer's words, or the proposal when there are none.
"""

import json
from dataclasses import dataclass, field

from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal
from reports import collecting, extras, outlines, sentences, sentences_school
from reports.kept import Figures

OUTLINE_CHANGED = {
    "code": "", "name": "Mục và chỉ tiêu bổ sung của cấp trên", "before": "theo lần cập nhật trước", "after": "đã thay đổi",
}  # fmt: skip


@dataclass
class Draft:
    """What a version says. `sections`: key → {proposal, text (None = not edited), stale}."""

    sections: dict = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    earlier: Figures = field(default_factory=Figures)
    tables: dict = field(default_factory=dict)
    targets: list = field(default_factory=list)
    zeros: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    parts: dict = field(default_factory=dict)  # of a report that sums others up: who is in it, who is missing
    explained: dict = field(default_factory=dict)  # sentence of a warning → {reason, by, at}
    sources: dict = field(default_factory=dict)  # section → [{text, unit, report}] taken from reports below
    saved: dict = field(default_factory=dict)  # which page saved last, when: a page never conflicts with its own saving
    form: str = ""  # the outline: full, or a shorter one
    added: list = field(default_factory=list)  # sections that the issuing unit wants besides: {key, title, hint, new}
    extras: list = field(default_factory=list)  # its chỉ tiêu bổ sung, as `extras.row_of` makes them; numbers among the figures

    def dump(self):
        """Everything as JSON text."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def as_json(self):
        plain = (
            "sections",
            "tables",
            "targets",
            "zeros",
            "changes",
            "parts",
            "explained",
            "sources",
            "saved",
            "form",
            "added",
            "extras",
        )
        return {name: getattr(self, name) for name in plain} | {
            "figures": self.figures.as_json(),
            "earlier": self.earlier.as_json(),
        }

    @classmethod
    def parse(cls, text):
        """The draft that `dump` wrote; an empty one for an empty text."""
        row = json.loads(text) if text else {}
        for name in ("figures", "earlier"):
            row[name] = Figures.from_json(row.get(name, {}))
        return cls(**row)

    def text(self, key):
        """What the section says."""
        section = self.sections.get(key, {})
        return section.get("proposal", "") if section.get("text") is None else section["text"]

    @property
    def typed(self):
        """True for a report that was typed from paper: nothing was proposed, words stand where somebody copied them."""
        return not any(row["proposal"] for row in self.sections.values())

    def edited(self, key):
        """True when the officer's own words stand in the section."""
        return self.sections.get(key, {}).get("text") is not None

    def stale(self):
        """Keys of sections whose figures changed after the officer wrote his own words."""
        return [section.key for section in self.written if self.sections.get(section.key, {}).get("stale")]

    @property
    def layout(self):
        """Every section of the report in print order."""
        return outlines.sections(self.form, self.added)

    @property
    def written(self):
        """The sections that say something."""
        return outlines.written(self.form, self.added)

    def section(self, key):
        """The section of a key. Raises KeyError for one that the report does not have."""
        return {section.key: section for section in self.layout}[key]

    def edit(self, texts):
        """Keep the officer's words; a text equal to the proposal is no edit. Returns the keys that changed."""
        changed = []
        for key, text in texts.items():
            section = self.sections.get(key)
            if section is None or text == self.text(key):
                continue
            section["text"] = None if text == section["proposal"] else text
            section["stale"] = False
            changed.append(key)
        return changed

    def type_in(self, numbers):
        """Keep what was typed for extra figures, code → text; what is no number stays as text. Returns the codes changed."""
        found = []
        for row in self.extras:
            text = numbers.get(row["code"])
            if row["mode"] != extras.TYPED or text is None or text == row["typed"]:
                continue
            row["typed"] = text
            found.append(row["code"])
            try:
                self.figures.rows[row["code"]] = extras.read(row, text)
            except Refusal:
                self.figures.rows.pop(row["code"], None)
        return found

    def seen(self, key):
        """The officer read the changed figures of a section and lets his words stand."""
        self.sections[key]["stale"] = False

    def renew(self, counted):
        """Take fresh figures and proposals; words of the officer stay and are marked when their proposal moved."""
        first = not self.sections
        self.form, self.added = counted.form, counted.added
        keys = [section.key for section in self.written]
        for key, proposal in (sentences_school if counted.facts.school else sentences).propose(counted.facts, keys).items():
            old = self.sections.get(key, {"text": None, "stale": False, "proposal": proposal})
            moved = old["text"] is not None and old["proposal"] != proposal
            self.sections[key] = {"proposal": proposal, "text": old["text"], "stale": old["stale"] or moved}
        self.changes = [] if first else changes(self.figures, counted.now, counted.facts.names, self.form)
        typed = {row["code"]: row["typed"] for row in self.extras}
        self.figures, self.earlier, self.extras = counted.now, counted.earlier, counted.extras
        self.type_in({code: text for code, text in typed.items() if text})
        self.tables, self.targets, self.zeros, self.parts = counted.tables, counted.targets, counted.zeros, counted.parts
        return self.changes


def changes(before, after, names, form=""):
    """Figures of the outline that say something else now: rows of code, name, before, after."""
    rows = []
    for code in outlines.codes(form):
        old, new = before(code), after(code)
        if not old.same(new):
            rows.append({"code": code, "name": names.get(code, code), "before": old.text, "after": new.text})
    return rows


def load(submission):
    """The draft of a version; of a signed one what was frozen."""
    return Draft.parse(submission.snapshot.text if submission.snapshot_id else submission.text)


def propose(submission):
    """Count, propose the text anew, keep the officer's words. Returns the list of changed figures; the caller saves."""
    draft = Draft.parse(submission.text)
    found = draft.renew(collecting.collect(submission.obligation))
    submission.text, submission.figures_at = draft.dump(), stamp()
    return found


def changed_since(submission):
    """Figures that differ now from those of the draft, without keeping them: what the page tells when it is opened."""
    draft = Draft.parse(submission.text)
    now = collecting.figures_now(submission.obligation)
    asked = (
        [OUTLINE_CHANGED] if extras.changed(draft, submission.obligation, collecting.parts_of(submission.obligation)) else []
    )
    return [*changes(draft.figures, now, collecting.names(), draft.form), *asked]
