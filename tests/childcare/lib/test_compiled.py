"""A compiled query answers as its queryset would, whatever the values, and keeps nothing of an earlier question."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from childcare.accounts.models import Appointment, Officer, _holding
from childcare.lib.compiled import Compiled, compiled
from childcare.units.models import Unit
from tests import people

pytestmark = pytest.mark.django_db


@compiled(code=models.CharField(), day=models.DateField())
def units(code, day):
    return Unit.objects.filter(code=code, valid_from__lte=day).order_by("pk").values_list("code", "public_id", "valid_from")


def asked(code, day):
    return list(
        Unit.objects.filter(code=code, valid_from__lte=day).order_by("pk").values_list("code", "public_id", "valid_from")
    )


def test_it_answers_as_the_queryset_does_for_every_value():
    day = date(2026, 1, 1)
    for code in (people.NAM_SON, people.VAN_DAU, people.NAM_SON, "không có"):
        assert units.rows(code=code, day=day) == asked(code, day)
    assert units.rows(code=people.NAM_SON, day=date(1900, 1, 1)) == asked(people.NAM_SON, date(1900, 1, 1))


def test_the_sql_is_built_once_and_asked_each_time():
    built = []

    def build(code):
        built.append(code)
        return Unit.objects.filter(code=code).values_list("pk", flat=True)

    one = Compiled(build, code=models.CharField())
    with CaptureQueriesContext(connection) as queries:
        found = [one.rows(code=people.NAM_SON), one.rows(code=people.VAN_DAU), one.rows(code=people.NAM_SON)]
    assert len(built) == 1 and len(queries) == 3 and found[0] == found[2] != found[1]


def test_a_value_is_never_part_of_the_statement():
    hostile = "' OR 1=1 --"
    assert units.rows(code=hostile, day=people.TODAY) == []


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        units.rows(code=people.NAM_SON)


def test_each_thread_has_its_own():
    found = []
    one = Compiled(lambda code: found.append(code) or Unit.objects.filter(code=code), code=models.CharField())
    one._query()
    thread = Thread(target=one._query)
    thread.start()
    thread.join()
    assert len(found) == 2


def test_posts_are_those_of_the_day_with_their_units(an, lan):
    ended = Appointment.objects.create(
        officer=an, unit=people.unit(people.VAN_DAU), role="commune", started_on=date(2023, 1, 1), ended_on=people.TODAY
    )
    own = an.appointments.exclude(pk=ended.pk).get()
    again = Officer.objects.get(pk=an.pk)
    with CaptureQueriesContext(connection) as queries:
        (post,) = again.current_appointments
        shown = (post.unit.name, post.unit.parent.parent.name, post.office, post.officer)
    assert post == own and len(queries) == 1
    assert shown == (own.unit.name, own.unit.parent.parent.name, None, again)
    assert [row.officer_id for row in _holding.rows(officer=lan.pk, day=people.TODAY)] == [lan.pk]


def test_a_post_that_ended_is_gone_at_the_next_question(an):
    assert Officer.objects.get(pk=an.pk).current_appointments
    an.appointments.update(ended_on=people.TODAY)
    assert Officer.objects.get(pk=an.pk).current_appointments == []
