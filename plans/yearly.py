"""From this year's plan to the next: which paragraphs name its year, how they read a year on; sums of money left blank."""

import re
from dataclasses import dataclass

from plans.models import Plan, PlanItem

YEAR = r"(?<![\d/]){0}(?!\d|/[A-ZĐ\d])"  # a year alone, not "56/2017/NĐ-CP"
IN_DATE = r"(?<=/){0}(?!\d|/)"  # the year of 10/5/2024
SUM = re.compile(r"\d{1,3}(?:\.\d{3})+\s*(?:đồng|đ)\b")
IN_WORDS = re.compile(r"\s*\([^()]*đồng[^()]*\)", re.IGNORECASE)
CITES = re.compile(r"\b(căn cứ|số \d+|nghị quyết|quyết định|nghị định|thông tư|chỉ thị|công văn|luật)\b", re.IGNORECASE)
NOT_CARRIED = {"number_line", "place_date", "signer_name"}  # what only the new plan's issuing tells


@dataclass(frozen=True)
class Moved:
    """A paragraph that names the year: how it reads, how it would read. `sure`: no document is cited in it."""

    item: PlanItem
    after: str
    sure: bool


def one_year(plan):
    """True for a plan of one year or one school year: only such a plan goes on year by year."""
    return plan.first_year == plan.last_year or plan.kind == Plan.Kind.SCHOOL_YEAR


def forward(text, plan):
    """The text with the plan's years one year on: "năm 2024" → "năm 2025", "10/5/2024" → "10/5/2025"."""
    for year in range(plan.last_year, plan.first_year - 1, -1):
        for pattern in (YEAR, IN_DATE):
            text = re.sub(pattern.format(year), str(year + 1), text)
    return text


def moved(plan, items):
    """The paragraphs that name a year of the plan."""
    found = []
    for item in items:
        after = forward(item.text, plan) if item.kind not in NOT_CARRIED else item.text
        if after != item.text:
            found.append(Moved(item, after, item.kind != "basis" and not CITES.search(item.text)))
    return found


def blank(text):
    """A line of money without its sums: "Dự án 1: 140.000.000đ" → "Dự án 1: … đồng"."""
    if not SUM.search(text):
        return text
    return IN_WORDS.sub("", SUM.sub("… đồng", text))
