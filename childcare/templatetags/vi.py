"""Dates, numbers and names in templates, the way people here write them. A builtin: no load needed. Nothing for None."""

from datetime import date, datetime

from django import template

from childcare.lib.calendar import TZ, PartialDate, days_left_text, show
from childcare.lib.vietnamese import number, short_name

register = template.Library()


@register.filter
def day(value):
    """A date as 09/05/2024 (a moment: its day in Vietnam; a partial date as far as it is known)."""
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, datetime):
        value = _here(value)
    return show(value) if isinstance(value, date) else ""


@register.filter
def moment(value):
    """A moment as 14:02 09/05/2024, Vietnamese time."""
    return f"{_here(value):%H:%M %d/%m/%Y}" if isinstance(value, datetime) else ""


def _here(value):
    return value.astimezone(TZ) if value.tzinfo else value


@register.filter
def num(value, decimals=None):
    """A number as 1.234 or 98,2; `decimals` fixes how many."""
    return "" if value in (None, "") else number(value, decimals)


@register.filter
def pct(value, decimals=1):
    """A percentage (98.2, not 0.982) as 98,2%."""
    return "" if value in (None, "") else number(value, decimals) + "%"


@register.filter
def money(value):
    """An amount of đồng as 540.000 đ."""
    return "" if value in (None, "") else number(value, 0) + " đ"


@register.filter
def left(due):
    """How far a day is: còn 3 ngày, hôm nay là hạn cuối, quá 2 ngày."""
    return days_left_text(due) if due else ""


@register.filter
def shortname(value):
    """Nguyễn T. A."""
    return short_name(value) if value else ""
