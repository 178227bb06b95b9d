"""TN-08: by how much a count fell against the base that the target itself names ("số gốc"), not against last year."""

from dataclasses import replace

BASED = {"TN-08": "TN-05"}  # indicator of the target → what is counted for it
NO_BASE = "Chưa ghi số gốc: sửa chỉ tiêu, ghi “Số gốc để so sánh” và lấy từ đâu."


def counted_code(target):
    """The code to count for a target; "" without an indicator."""
    code = target.indicator.code if target.indicator else ""
    return BASED.get(code, code)


def against_base(target, figure):
    """The figure as the target wants it: (base − now) / base × 100 where the target is about a base, else unchanged.

    `figure` is a counted or a kept one. Without a base, or while now is not known, it is missing.
    """
    if target.indicator is None or target.indicator.code not in BASED:
        return figure
    if target.baseline is None:
        return replace(figure, numerator=None, denominator=None, missing=True, note=NO_BASE)
    if figure.missing or figure.numerator is None:
        return figure
    base = target.baseline.normalize() if target.baseline % 1 else int(target.baseline)
    source = f" ({target.baseline_text})" if target.baseline_text else ""
    note = f"Năm gốc {base} trẻ em{source}, nay {figure.numerator} trẻ em."
    return replace(figure, numerator=base - figure.numerator, denominator=base, multiplier=100, note=note)
