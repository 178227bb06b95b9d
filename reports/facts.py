"""What a report's text is made of, and the phrases that its sentences share. Zero and missing are told apart."""

from dataclasses import dataclass, field
from datetime import date

from childcare.lib.vietnamese import capital, number, small
from reports.kept import NO_FIGURE, Figures, difference

MOST_TITLES = 6


@dataclass
class Facts:
    """What the sentences are made of. `where` is the unit in the text: "phường", "quận"."""

    where: str
    parts: str  # what the unit is divided into: "tổ dân phố", "thôn", "phường"
    year: int
    period: object
    cutoff: date
    now: Figures
    earlier: Figures
    names: dict = field(default_factory=dict)  # code of an indicator or group → its name
    groups: tuple = ()  # codes of the circumstance groups in order
    hidden: frozenset = frozenset()  # groups that the text does not name: they stand in the annex for inner use only
    titles: dict = field(default_factory=dict)  # code of an indicator → lines about what was done
    plan: str = ""  # the plan of the year as it is quoted
    targets: tuple = ()  # rows of the targets table
    above: str = ""  # "UBND quận Kiến An"
    notes: tuple = ()  # of a collecting level: whose reports are in the figures, who is missing, who was late
    gifts: tuple = ()  # sentences on gifts of festive days
    classes: tuple = ()  # of a school: names of its classes
    school: bool = False
    moves: tuple = (None, None)  # children who newly came into and left special circumstances in the period

    def beside(self, code, breakdown=""):
        """ "cùng kỳ 1.815" or "" when the year before is not known."""
        figure = self.earlier(code, breakdown)
        return f"cùng kỳ {figure.share or figure.count}" if figure.known else ""

    def moved(self, code, noun):
        """ "giảm 5 trẻ em so với cùng kỳ năm 2023" or ""."""
        text = difference(self.now(code), self.earlier(code), noun)
        if not text:
            return ""
        return f"bằng cùng kỳ năm {self.year - 1}" if text == "bằng" else f"{text} so với cùng kỳ năm {self.year - 1}"


def in_brackets(*parts):
    """ " (a; b)" of what is there, or ""."""
    there = [part for part in parts if part]
    return f" ({'; '.join(there)})" if there else ""


def after(text):
    """ ", giảm 5 trẻ em …" behind a sentence, or ""."""
    return f", {text}" if text else ""


def sentence(text):
    return capital(text.strip().rstrip(".")) + "."


def paragraphs(*lines):
    """The sentences that are there, one paragraph each."""
    return "\n".join(line for line in lines if line)


def missing_line(facts, codes):
    """One closing line that names what nobody counted; "" when everything is there."""
    names = [small(facts.names.get(code, code)) for code in codes if facts.now(code).missing]
    return f"Chưa thống kê: {'; '.join(names)}." if names else ""


def how_many(figure, noun, nobody):
    """ "12 trẻ em thuộc hộ nghèo", or the words for none, or "" while missing."""
    if figure.missing:
        return ""
    return nobody if figure.zero else f"{figure.count} {noun}"


def told(facts, *codes):
    """Paragraphs about what was done, at most a handful; the rest is counted."""
    lines = list(dict.fromkeys(line for code in codes for line in facts.titles.get(code, ())))
    more = f"Ngoài ra còn {len(lines) - MOST_TITLES} hoạt động khác." if len(lines) > MOST_TITLES else ""
    return paragraphs(*(f"- {line}" for line in lines[:MOST_TITLES]), more)


def counted(facts, code, verb, noun, none):
    """ "Đã tổ chức 4 buổi truyền thông (cùng kỳ 3)." or the words for none; "" while missing."""
    figure = facts.now(code)
    if figure.missing:
        return ""
    beside = in_brackets(facts.beside(code))
    if figure.zero and not none:
        return ""
    return sentence(f"{none}{beside}") if figure.zero else sentence(f"{verb} {figure.count} {noun}{beside}")


def share_of(facts, code):
    """ "Tỷ lệ trẻ em … : 62,5% (25/40; cùng kỳ …)."; "" while nobody counted."""
    figure = facts.now(code)
    if not figure.known or not figure.denominator:
        return ""
    parts = f"{figure.count}/{number(figure.denominator)}"
    return sentence(f"{facts.names.get(code, code)}: {figure.share}{in_brackets(parts, facts.beside(code))}")


def rates(facts, codes):
    """One sentence for each rate that is known, and one line that names the others."""
    lines = []
    for code in codes:
        figure = facts.now(code)
        if figure.known:
            value = figure.share or figure.count
            parts = f"{figure.count}/{number(figure.denominator)}" if figure.denominator and figure.share else ""
            lines.append(sentence(f"{facts.names.get(code, code)}: {value}{in_brackets(parts, facts.beside(code))}"))
    return paragraphs(*lines, missing_line(facts, codes))


def moving(word, count):
    """ "tăng 2", "không giảm"."""
    return f"{word} {number(count)}" if count else f"không {word}"


def happened(facts, code, *, of, noun="trẻ em", verb="có"):
    """The sentence of one sensitive count: none (confirmed), some, or not counted."""
    figure = facts.now(code)
    if figure.missing:
        return f"Số {noun} {of}: {NO_FIGURE}."
    if figure.zero:
        who = f"{noun} " if noun == "trẻ em" else ""
        return f"Trong kỳ không xảy ra trường hợp nào {who}{of}{in_brackets(facts.beside(code))}."
    return f"Trong kỳ {verb} {figure.count} {noun} {of}{after(facts.moved(code, noun))}."
