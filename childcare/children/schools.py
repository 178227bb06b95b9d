"""What is true of schools and school years without asking who looks: pure words and places."""

import re
from datetime import date

from childcare.lib.vietnamese import fold
from childcare.units.models import Unit

YEAR_BEGINS = (9, 5)  # lễ khai giảng; lists of pupils are drawn up around it
LAST_GRADES = {5, 9, 12}  # of tiểu học, THCS, THPT


def school_year_of(day):
    """The year in which the school year of a day began: 2023 for 02/05/2024; from August on the new one."""
    return day.year if day.month >= 8 else day.year - 1


def first_day(school_year):
    """The day on which a school year begins."""
    return date(school_year, *YEAR_BEGINS)


def year_text(school_year):
    """ "2023–2024"."""
    return f"{school_year}–{school_year + 1}"


def commune_of_school(school):
    """The commune in which a school lies, or the unit above a school that lies in none."""
    above = Unit.objects.filter(pk__in=school.ancestor_keys[:-1]).order_by("-path")
    return above.filter(kind="commune").first() or above.first()


def communes_by_name(school, day):
    """Folded name, with and without its kind → the communes of the school's province that bear it on the day."""
    found = {}
    for unit in Unit.objects.on(day).communes().filter(path__startswith=f".{school.ancestor_keys[0]}."):
        for name in {fold(unit.name), fold(unit.bare_name)}:
            found.setdefault(name, []).append(unit)
    return found


def grade_of(class_name):
    """The grade of a class: 6 of "6A", 12 of "12A1"; None of a group of a nursery school."""
    match = re.match(r"(\d{1,2})(?!\d)", class_name)
    return int(match[1]) if match and 1 <= int(match[1]) <= 12 else None


def next_class(class_name):
    """ "7A" of "6A", "" for the last class of a level of schooling and where no grade can be read."""
    grade = grade_of(class_name)
    if grade is None or grade in LAST_GRADES:
        return ""
    return f"{grade + 1}{class_name[len(str(grade)) :]}"


def class_key(class_name):
    """Sort key: 6A before 10A, groups of nursery schools by their name after them."""
    return (grade_of(class_name) or 99, fold(class_name))
