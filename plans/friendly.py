"""The rules of the scoring: what can be scored, the total, the result and why, what a figure proposes. Asks no database."""

from dataclasses import dataclass, field
from decimal import Decimal

from childcare.lib.vietnamese import join_list, number

NOT_LOADED = "Chưa nạp điểm của tiêu chí này từ bản gốc {}. Quản trị hệ thống nạp bảng điểm rồi mới chấm được."


@dataclass(frozen=True)
class Line:
    """A criterion as it stands: its parts with their scores, the sum, why it cannot be scored."""

    criterion: object
    parts: tuple
    points: Decimal | None
    most: Decimal | None
    why_not: str = ""

    @property
    def scored(self):
        return self.points is not None


def most_of(parts):
    """The most points of a criterion; None while any of its parts has none."""
    known = [part.max_points for part in parts]
    return sum(known) if known and None not in known else None


def line_of(criterion, parts, scores, basis):
    """A criterion with the scores of its parts (part key → PartScore)."""
    found = [scores.get(part.pk) for part in parts]
    most = most_of(parts)
    points = sum(score.points for score in found) if found and None not in found else None
    return Line(criterion, tuple(zip(parts, found, strict=True)), points, most, "" if most else NOT_LOADED.format(basis))


@dataclass(frozen=True)
class Result:
    """The total against the threshold. `passed` only when every criterion is scored, none is at 0, the total is reached."""

    total: Decimal
    wanted: int
    unloaded: list = field(default_factory=list)
    unscored: list = field(default_factory=list)
    zeros: list = field(default_factory=list)

    @property
    def complete(self):
        return not self.unloaded and not self.unscored

    @property
    def passed(self):
        return self.complete and not self.zeros and self.total >= self.wanted

    @property
    def sentence(self):
        """Why it is so, in words."""
        if self.unloaded:
            return f"Chưa chấm được: bảng điểm của tiêu chí {join_list(map(str, self.unloaded))} chưa được nạp từ bản gốc."
        if self.unscored:
            return f"Chưa chấm xong: còn tiêu chí {join_list(map(str, self.unscored))}."
        if self.zeros:
            return f"Chưa đạt: tiêu chí {join_list(map(str, self.zeros))} bị điểm 0."
        total = f"tổng {number(self.total)} điểm, yêu cầu ít nhất {number(self.wanted)} điểm"
        return f"Đạt: {total}, không tiêu chí nào bị điểm 0." if self.passed else f"Chưa đạt: {total}."


def result_of(lines, wanted):
    """The result of an evaluation from its lines."""
    numbers = lambda rows: [line.criterion.number for line in rows]  # noqa: E731
    return Result(
        total=sum((line.points for line in lines if line.scored), Decimal(0)),
        wanted=wanted,
        unloaded=numbers(line for line in lines if line.most is None and not line.scored),
        unscored=numbers(line for line in lines if line.most is not None and not line.scored),
        zeros=numbers(line for line in lines if line.scored and line.points == 0),
    )


def proposal(part, figure):
    """(points or None, words) that a figure proposes by the steps of the part; never a guess between them."""
    if not part.steps:
        return None, "chưa có nấc điểm, anh/chị tự cho điểm"
    if figure is None or figure.missing or figure.masked:
        return None, "chưa có số liệu để đề xuất điểm"
    if figure.value is None:
        return None, "không phát sinh trường hợp nào, anh/chị tự cho điểm theo hướng dẫn"
    for least, points in sorted(part.steps, reverse=True):
        if figure.value >= Decimal(str(least)):
            return Decimal(str(points)), f"đề xuất {number(Decimal(str(points)))} điểm"
    lowest = min(Decimal(str(least)) for least, _ in part.steps)
    return None, f"dưới {number(lowest)}: nấc điểm thấp hơn chưa được nạp, anh/chị tự cho điểm"


def read_steps(text):
    """ "98:50; 95:40" → [[98, 50], [95, 40]]. Raises ValueError with the sentence."""
    found = []
    for piece in filter(None, (piece.strip() for piece in text.replace("\n", ";").split(";"))):
        least, colon, points = piece.partition(":")
        try:
            pair = [float(least.strip().replace(",", ".")), float(points.strip().replace(",", "."))]
        except ValueError:
            pair = None
        if not colon or pair is None or not all(0 <= value < 100_000 for value in pair):
            raise ValueError(f"Không đọc được nấc “{piece}”. Hãy ghi mức và điểm, ví dụ 98:50; 95:40.")
        found.append([int(value) if value == int(value) else value for value in pair])
    return sorted(found, reverse=True)


def show_steps(steps):
    """The same back as text."""
    return "; ".join(f"{number(Decimal(str(least)))}:{number(Decimal(str(points)))}" for least, points in steps)
