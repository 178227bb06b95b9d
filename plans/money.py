"""Whether the money of a plan adds up: the parts under a total, said in figures and in words."""

from dataclasses import dataclass

from childcare.lib.vietnamese import money_in_words, number


@dataclass(frozen=True)
class Sum:
    """What a total says and what its parts make; `right` when both are the same."""

    text: str
    right: bool


def sums(lines):
    """A sentence for each line that has parts with amounts: "140.000.000 + … = 684.000.000 đồng (Sáu trăm …)"."""
    parts = {}
    for line in lines:
        if line.part_of_id and line.amount is not None:
            parts.setdefault(line.part_of_id, []).append(line.amount)
    return [_said(line.amount, parts[line.pk]) for line in lines if line.pk in parts and line.amount is not None]


def _said(total, parts):
    whole = sum(parts)
    figures = f"{' + '.join(map(number, parts))} = {number(whole)} đồng"
    if whole == total:
        return Sum(f"Các khoản cộng đúng: {figures} ({money_in_words(whole)}).", True)
    apart = number(abs(total - whole))
    return Sum(f"Các khoản cộng lại không bằng tổng {number(total)} đồng: {figures}, lệch {apart} đồng.", False)
