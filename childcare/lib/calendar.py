"""Days as the law and people here count them: partial dates, ages, working days. The only place that knows what day it is."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

from childcare.lib.vietnamese import clean_text, fold

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR = 1900
SIXTEEN, EIGHTEEN = 16, 18


def now():
    """The moment, in Vietnam."""
    return datetime.now(TZ)


def today():
    """The day in Vietnam, or the day of the training."""
    return date.fromisoformat(settings.TRAINING_TODAY) if settings.TRAINING_TODAY else now().date()


def stamp():
    """The moment as it is written on a report or an answer: now, on the day of the training when there is one."""
    return datetime.combine(today(), now().timetz()) if settings.TRAINING_TODAY else now()


def show(day):
    """dd/mm/yyyy, or nothing."""
    return f"{day:%d/%m/%Y}" if day else ""


@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, month or year, or estimated: the first and last day that it allows."""

    earliest: date
    latest: date
    precision: str

    @property
    def text(self):
        """As it is shown: 12/05/2016, 05/2016, 2016, khoảng 2016."""
        if self.precision == "day":
            return show(self.latest)
        if self.precision == "month":
            return f"{self.latest:%m/%Y}"
        return f"{self.latest.year}" if self.precision == "year" else f"khoảng {self.latest.year}"

    @property
    def iso(self):
        """As machines exchange it: 2016-05-12, 2016-05, 2016."""
        form = {"day": "%Y-%m-%d", "month": "%Y-%m"}.get(self.precision, "%Y")
        return self.latest.strftime(form)


def month_end(year, month):
    """The last day of a month."""
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def of_day(day):
    """A full date."""
    return PartialDate(day, day, "day")


def of_month(year, month):
    """A month of a year. Raises ValueError."""
    return PartialDate(date(year, month, 1), month_end(year, month), "month")


def of_year(year, precision="year"):
    """A year, known or estimated. Raises ValueError."""
    return PartialDate(date(year, 1, 1), date(year, 12, 31), precision)


UNREADABLE = "Không đọc được ngày “{}”. Hãy gõ ngày/tháng/năm, ví dụ 12/5/2016; chỉ biết năm thì gõ 2016."
IMPOSSIBLE = "Không có ngày “{}”. Hãy xem lại ngày, tháng, năm."
FULL = re.compile(r"(?:ngay )?(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t].*)?")
WORDS = re.compile(r"(?:ngay ?)?(\d{1,2}) thang (\d{1,2}),? (?:nam ?)?(\d{4})")
MONTH = re.compile(r"(?:t|thang ?)?(\d{1,2})[/.\- ]+(\d{4})|thang (\d{1,2}),? (?:nam ?)?(\d{4})")
ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
YEAR = re.compile(r"(?:nam )?(\d{4})")
ABOUT = r"(?:khoang|chung|uoc|uoc chung|~)"
ABOUT_YEAR = re.compile(ABOUT + r" ?(?:nam )?(\d{4})")
AGE = re.compile(rf"{ABOUT}? ?(\d{{1,2}}) tuoi")
LONGEST = 60


def parse_partial(text, on=None):
    """The date in the text, or None for an empty one. Raises ValueError with a Vietnamese sentence.

    `on` is the day from which "khoảng 7 tuổi" is counted back (default today).
    """
    text = clean_text("" if text is None else str(text))
    plain = fold(text).strip(".' ")
    if not plain:
        return None
    if len(plain) > LONGEST:
        raise ValueError(UNREADABLE.format(text[:LONGEST] + "…"))
    try:
        found = _match(plain, on or today())
    except (ValueError, OverflowError):
        raise ValueError(IMPOSSIBLE.format(text))
    if found is None:
        raise ValueError(UNREADABLE.format(text))
    if found.earliest.year < FIRST_YEAR or found.latest.year > 2100:
        raise ValueError(IMPOSSIBLE.format(text))
    return found


def _century(text, on):
    """The year in four digits; of two digits the one that lies less than twenty years ahead: 16 → 2016, 98 → 1998."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + 2000 if year + 2000 < on.year + 20 else year + 1900


def _match(plain, on):
    if match := FULL.fullmatch(plain) or WORDS.fullmatch(plain):
        return of_day(date(_century(match[3], on), int(match[2]), int(match[1])))
    if match := ISO.fullmatch(plain):
        return of_day(date(int(match[1]), int(match[2]), int(match[3])))
    if match := MONTH.fullmatch(plain):
        return of_month(int(match[2] or match[4]), int(match[1] or match[3]))
    if match := ISO_MONTH.fullmatch(plain):
        return of_month(int(match[1]), int(match[2]))
    if match := YEAR.fullmatch(plain):
        return of_year(int(match[1]))
    if match := ABOUT_YEAR.fullmatch(plain):
        return of_year(int(match[1]), "estimated")
    if match := AGE.fullmatch(plain):
        return of_year(on.year - int(match[1]), "estimated")
    return None


def parse_day(text):
    """The full date in the text, or None for an empty one. Raises ValueError with a Vietnamese sentence."""
    found = parse_partial(text)
    if found is not None and found.precision != "day":
        raise ValueError(f"“{text}” chưa đủ ngày. Hãy gõ đủ ngày/tháng/năm, ví dụ 12/5/2016.")
    return found.latest if found else None


def birthday(birth, years):
    """The day on which somebody born on `birth` reaches the age; who was born on 29/2 reaches it on 1/3 in a common year."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def age_on(birth, on):
    """Completed years on the day; negative never (0 before birth)."""
    age = on.year - birth.year
    return max(0, age if birthday(birth, age) <= on else age - 1)


def birth_after_for_age(years, on):
    """The boundary such that "younger than `years` on the day" is exactly `birth > boundary`."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # on is 29/2 and the year back has none: born 28/2 has had the birthday, born 1/3 has not
        return date(on.year - years, 2, 28)


def is_child(birth, on):
    """Under 16 on the day (Luật Trẻ em 2016, Điều 1). The sixteenth birthday on the day = no longer a child."""
    return birth <= on and birth > birth_after_for_age(SIXTEEN, on)


# Announced swaps that the pinned `holidays` does not know: a working day given away, the Saturday worked for it.
SWAPS = {date(2026, 1, 2): False, date(2026, 1, 10): True}


@cache
def _holidays(year):
    return holidays.country_holidays("VN", years=year, language="vi")


def is_working_day(day, overrides=None):
    """Monday to Friday without public holidays, and Saturdays worked for a swapped day.

    `overrides` (day → working) wins: the table in the app for swaps announced late.
    """
    if overrides and day in overrides:
        return overrides[day]
    if day in SWAPS:
        return SWAPS[day]
    return _holidays(day.year).is_working_day(day)


def working_day_on_or_before(day, overrides=None):
    """The day itself when it is a working day, else the last one before it."""
    while not is_working_day(day, overrides):
        day -= timedelta(days=1)
    return day


def add_working_days(day, count, overrides=None):
    """The day after so many working days, the first day not counted (Bộ luật Dân sự 2015, Điều 147); negative: back."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, overrides)
    return day


def months_after(day, count):
    """The same day so many months later, or the last of that month when it has none (Bộ luật Dân sự 2015, Điều 148)."""
    month = day.year * 12 + day.month - 1 + count
    last = month_end(month // 12, month % 12 + 1)
    return last if last.day < day.day else last.replace(day=day.day)


def working_days_between(first, last, overrides=None):
    """How many working days after `first` up to and with `last` (inverse of add_working_days); 0 when it is not later."""
    days = (first + timedelta(days=count) for count in range(1, (last - first).days + 1))
    return sum(is_working_day(day, overrides) for day in days)


def week_start(day):
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())


def days_left_text(due, on=None):
    """ "còn 3 ngày", "hôm nay là hạn cuối", "quá 2 ngày"."""
    left = (due - (on or today())).days
    if left > 0:
        return f"còn {left} ngày"
    return "hôm nay là hạn cuối" if left == 0 else f"quá {-left} ngày"
