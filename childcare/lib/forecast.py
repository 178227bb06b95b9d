"""A straight line through yearly figures by least squares, and how far the next year may lie from it. No models, no names."""

from dataclasses import dataclass
from math import sqrt

LEAST = 4  # points under which nothing is said about a year to come
# Student's t for a two-sided 95% and n − 2 degrees of freedom.
T95 = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306}
SURE = "95%"


@dataclass(frozen=True)
class Line:
    """y = start + slope·x over `count` points; `spread`: the standard error of the points around it."""

    start: float
    slope: float
    count: int
    middle: float
    square: float  # Σ (x − middle)²
    spread: float

    def at(self, x):
        return self.start + self.slope * x

    def between(self, x):
        """(low, value, high): between low and high a new point lies with 95% when the line goes on."""
        wide = T95[self.count - 2] * self.spread * sqrt(1 + 1 / self.count + (x - self.middle) ** 2 / self.square)
        return self.at(x) - wide, self.at(x), self.at(x) + wide


def line(points):
    """The line through (x, y) points, or None for fewer than four, or more than ten."""
    points = [(float(x), float(y)) for x, y in points]
    count = len(points)
    if not LEAST <= count <= max(T95) + 2:
        return None
    middle, mean = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    square = sum((x - middle) ** 2 for x, _ in points)
    slope = sum((x - middle) * (y - mean) for x, y in points) / square
    start = mean - slope * middle
    rest = sum((y - start - slope * x) ** 2 for x, y in points)
    return Line(start, slope, count, middle, square, sqrt(rest / (count - 2)))


def name(count):
    """What the forecast is called wherever it is shown."""
    return f"đường thẳng bình phương tối thiểu qua {count} năm"
