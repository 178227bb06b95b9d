"""A calendar feed as text (RFC 5545): whole days and moments in Vietnam, long lines folded between letters."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from childcare.lib.calendar import TZ
from childcare.lib.vietnamese import clean_text

LINE = 75  # octets of a line without its end
END = "\r\n"
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Asia/Ho_Chi_Minh", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700", "TZNAME:+07", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """A day (to `until`, both included) or a moment, with a title and a note. `key` stays the same from feed to feed."""

    key: str
    start: date | datetime
    title: str
    until: date | None = None
    note: str = ""
    url: str = ""


def feed(name, events, *, stamp):
    """The bytes of a feed; equal events give equal bytes. `stamp`: when the feed was set up, the DTSTAMP of every event."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bao ve tre em//Lich cong tac//VI", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H", *ZONE,
    ]  # fmt: skip
    for event in events:
        lines += _lines(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + END for line in lines).encode()


def _lines(event, stamp):
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@bao-ve-tre-em"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if isinstance(event.start, datetime):
        yield f"DTSTART;TZID=Asia/Ho_Chi_Minh:{event.start.astimezone(TZ):%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{(event.until or event.start) + timedelta(days=1):%Y%m%d}"  # the first day no longer
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.note:
        yield f"DESCRIPTION:{escaped(event.note)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"


def escaped(text):
    """A text as a value: one line, with the signs of the format made harmless (RFC 5545, 3.3.11)."""
    text = clean_text(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(letter for letter in text if letter >= " " and letter != "\x7f")


def folded(line):
    """The line in pieces of at most 75 octets, the next ones behind a space; no letter is cut (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = "", 1  # the space counts
        piece, size = piece + letter, size + octets
    return f"{END} ".join([*pieces, piece])
