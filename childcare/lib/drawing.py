"""Pictures as SVG text: bars, a line over years, a map of equal tiles. One picture for the page and for the PDF.

Black on white first: every mark bears its number, colour only helps. Attributes, no styles: a strict page shows them.
"""

from html import escape

FONT = "Be Vietnam Pro, Tinos, sans-serif"
INK, QUIET, RULE, MARK = "#1b1f24", "#57606a", "#d8dee4", "#0b5c66"
SHADES = ("#ffffff", "#dcecee", "#a9d0d4", "#5fa5ad")  # all of them carry black letters, in grey as well
WIDE, LETTER = 720, 7.4  # a letter of 14 px is about so wide


def picture(width, height, words, *parts):
    """The whole: `words` are read out instead of the picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" '
        f'role="img" aria-label="{escape(words)}" font-family="{FONT}" font-size="14" fill="{INK}">{"".join(parts)}</svg>'
    )


def text(x, y, words, *, anchor="start", bold=False, fill=INK, size=14):
    weight = ' font-weight="600"' if bold else ""
    look = f'text-anchor="{anchor}" fill="{fill}" font-size="{size}"{weight}'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(str(words))}</text>'


def rect(x, y, width, height, fill, stroke="none"):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{stroke}"/>'


def stroke(x1, y1, x2, y2, colour=RULE, wide=1, dashes=""):
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{wide}"{dashed}/>'


def wrapped(words, letters, most=3):
    """The words on lines of at most so many letters; what does not fit ends in "…"."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + " …"]
    return lines


def bars(rows, words):
    """Bars from the left, one a row: (label, value or None, how the value is written)."""
    left, line, top = 300, 18, 4
    most = max([float(value) for _, value, _ in rows if value] or [1.0])
    length, parts, y = WIDE - left - 90, [], top
    for label, value, told in rows:
        lines = wrapped(label, 40, 2)
        high = max(26, line * len(lines) + 8)
        for place, words_of in enumerate(lines):
            parts.append(text(left - 10, y + high / 2 + 5 + line * (place - (len(lines) - 1) / 2), words_of, anchor="end"))
        wide = length * float(value) / most if value else 0
        if wide:
            parts.append(rect(left, y + high / 2 - 8, wide, 16, MARK))
        parts.append(text(left + wide + 6, y + high / 2 + 5, told, bold=True))
        y += high
    parts.append(stroke(left, top, left, y, QUIET))
    return picture(WIDE, y + 4, words, *parts)


def years(points, words, ahead=None):
    """A line over years, from zero. `points` = (label, value or None, how it is written, sure); a year that is not sure has an
    empty mark and no line leads to it. `ahead` = (label, low, value, high, how it is written): dashed, with its span."""
    shown = [point for point in points if point[1] is not None]
    tops = [float(point[1]) for point in shown] + ([max(0.0, ahead[3])] if ahead else [])
    most = max([*tops, 1e-9]) * 1.15
    left, right, top, low = 50, 60, 24, 250
    step = (WIDE - left - right) / max(1, len(points) - 1 + bool(ahead))

    def at(place, value):
        return left + step * place, low - (low - top) * max(0.0, float(value)) / most

    parts = [stroke(left - 20, low, WIDE - 20, low, QUIET)]
    for place, (label, *_) in enumerate([*points, *([ahead] if ahead else [])]):
        parts.append(text(left + step * place, low + 22, label, anchor="middle"))
    sure = [(place, point) for place, point in enumerate(points) if point[1] is not None and point[3]]
    for (one, a), (two, b) in zip(sure, sure[1:], strict=False):
        parts.append(stroke(*at(one, a[1]), *at(two, b[1]), MARK, 2.5))
    if ahead:
        parts += _ahead(at, len(points), ahead, sure)
    for place, (_, value, told, certain) in enumerate(points):
        x, y = at(place, value or 0)
        if value is None:
            parts.append(text(x, low - 8, told, anchor="middle", fill=QUIET, size=13))
            continue
        fill = MARK if certain else "#ffffff"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}" stroke="{MARK}" stroke-width="2"/>')
        parts.append(text(x, y - 11, told, anchor="middle", bold=certain))
    return picture(WIDE, low + 34, words, *parts)


def _ahead(at, place, ahead, sure):
    _, low, value, high, told = ahead
    x, y = at(place, value)
    (_, under), (_, over) = at(place, low), at(place, high)
    parts = [stroke(*at(sure[-1][0], sure[-1][1][1]), x, y, MARK, 2, "6 4")] if sure else []
    parts += [
        stroke(x, under, x, over, INK, 2),
        stroke(x - 8, under, x + 8, under, INK, 2),
        stroke(x - 8, over, x + 8, over, INK, 2),
    ]
    parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#ffffff" stroke="{INK}" stroke-width="2"/>')
    return [*parts, text(x + 12, y + 5, told, bold=True)]


def tiles(cells, words):
    """Equal tiles on a grid: (column, row, name, how the value is written, word, shade 0–3 or None). From 0."""
    wide, high = 116, 92
    columns, rows = (1 + max([cell[place] for cell in cells] or [0]) for place in (0, 1))
    parts = []
    for column, row, name, told, word, shade in cells:
        x, y = column * wide + 2, row * high + 2
        parts.append(rect(x, y, wide - 6, high - 6, SHADES[shade or 0], QUIET))
        lines = wrapped(name, 14, 2)
        for place, line in enumerate(lines):
            parts.append(text(x + (wide - 6) / 2, y + 18 + 15 * place, line, anchor="middle", size=13))
        parts.append(text(x + (wide - 6) / 2, y + 58, told, anchor="middle", bold=True, size=16))
        if word:
            parts.append(text(x + (wide - 6) / 2, y + 77, word, anchor="middle", size=12))
    return picture(columns * wide, rows * high, words, *parts)
