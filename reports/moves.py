"""A change against the start of the period, explained as counts: how many came and why, how many left and why.

Codes: DS-01 (all children, of communes and hamlets), HC-32 (children in special circumstances). No names here.
"""

IN, OUT = "flow=in", "flow=out"
REASONS = {
    "DS-01": {
        IN: (("born", "mới sinh"), ("moved", "chuyển đến"), ("noted", "mới ghi vào sổ")),
        OUT: (("sixteen", "đủ 16 tuổi"), ("moved", "chuyển đi"), ("died", "mất"), ("other", "lý do khác")),
    },
    "HC-32": {
        IN: (("new", "mới phát hiện"), ("moved", "chuyển đến")),
        OUT: (("resolved", "không còn hoàn cảnh"), ("sixteen", "đủ 16 tuổi"), ("moved", "chuyển đi"), ("died", "mất")),
    },
}  # fmt: skip
OF_SECTION = {"I": "DS-01", "III.4.a": "HC-32"}
WORDS = {IN: "Tăng", OUT: "Giảm"}


def pairs(code):
    """(code, breakdown) of every figure that explains the change."""
    flows = [(code, f"flow={flow}") for flow in ("start", "in", "out", "end")]
    return (*flows, *((code, f"{flow}&reason={reason}") for flow, rows in REASONS[code].items() for reason, _ in rows))


def reasons(figures, code, flow):
    """[(words, count, breakdown)] of what happened; empty when the reasons do not add up to the number, as on paper."""
    whole = figures(code, flow)
    if not whole.known or not whole.numerator:
        return []
    found = [
        (words, figures(code, f"{flow}&reason={reason}"), f"{flow}&reason={reason}") for reason, words in REASONS[code][flow]
    ]
    rows = [(words, int(figure.numerator), key) for words, figure, key in found if figure.known and figure.numerator]
    return rows if sum(count for _, count, _ in rows) == whole.numerator else []


def in_brackets(figures, code, flow):
    """ " (1 mới phát hiện, 1 chuyển đến)", or ""."""
    rows = reasons(figures, code, flow)
    return f" ({', '.join(f'{count} {words}' for words, count, _ in rows)})" if rows else ""


def rows(figures, code):
    """Lines for the page: the word, the number, its breakdown, and the reasons with theirs."""
    found = []
    for flow, word in WORDS.items():
        whole = figures(code, flow)
        if whole.known and whole.numerator is not None:
            found.append({"word": word, "count": int(whole.numerator), "key": flow, "reasons": reasons(figures, code, flow)})
    return found
