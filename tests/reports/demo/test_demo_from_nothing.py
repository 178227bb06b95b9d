"""The demo: what it does in an empty house."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Q

from childcare.accounts.models import Officer
from childcare.children.models import Child, Circumstance
from reports.demo import world

pytestmark = pytest.mark.django_db
CHILDREN = 240


def demo(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def test_two_demos_are_the_same():
    def once():
        with transaction.atomic():
            world.build(CHILDREN, reports=False)
            rows = list(
                Child.objects.order_by("public_id").values_list("public_id", "full_name", "birth_latest", "identity_number")
            )
            facts = sorted(
                Circumstance.objects.exclude(child=None).values_list("child__public_id", "kind__code", "started_on"), key=str
            )
            transaction.set_rollback(True)
        return rows, facts

    assert once() == once()


def test_without_demo_no_account_has_a_password(settings):
    settings.DEMO = False
    demo(children=0)
    assert not any(officer.has_usable_password() for officer in Officer.objects.all())


def test_nothing_happens_when_there_are_officers_and_only_an_empty_house_is_filled(an):
    assert demo(if_empty=True) == ""
    assert not Child.objects.exists()


def test_most_children_in_special_circumstances_are_helped_but_not_all():
    world.build(900, reports=False)
    special = Child.objects.filter(Q(circumstances__kind__family="N"), residing=True).distinct()
    helped = special.filter(supports__isnull=False).distinct().count()
    assert 0.75 <= helped / special.count() < 1


def test_production_refuses(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="không được đưa vào hệ thống thật"):
        demo()
