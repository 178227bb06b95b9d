"""What holds for any registry: wards sum up to the district, and đầu kỳ + tăng − giảm = cuối kỳ."""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from childcare.children.models import Residence
from reports import measures
from tests import factories as make
from tests import people

FIRST, DAYS = date(2023, 9, 1), 300
day = st.one_of(st.none(), st.integers(0, DAYS).map(lambda count: FIRST + timedelta(days=count)))
circumstance = st.tuples(st.sampled_from(["N01", "N04.1", "N04.2", "N11", "L05", "R21"]), day, day)
child = st.tuples(
    st.sampled_from(["2006", "01/02/2008", "30/04/2008", "2015", "30/04/2024", ""]), st.booleans(), day, day,
    st.lists(circumstance, max_size=3, unique_by=lambda row: row[0]),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(child, max_size=6))
def test_sums_and_flows_agree(db, children):
    with transaction.atomic():
        check(children)
        transaction.set_rollback(True)


def check(children):
    wards, district = [people.unit(people.NAM_SON), people.unit(people.VAN_DAU)], people.unit(people.KIEN_AN)
    window = measures.Window(date(2023, 11, 1), date(2024, 4, 30))
    made = [settle(wards, *row) for row in children]
    table = measures.count([district], window, by=("group",))
    value = table.cells.value
    for count in ("DS-01", "HC-01", "HC-03", "HC-05", "LD-02"):
        assert value(count, district.pk) == sum(value(count, ward.pk) for ward in wards)
    for unit in (*wards, district):
        for group in ("", "group=N01&", "group=N04&", "group=N11&", "group=L00&"):
            start, came, went, end = (value("HC-32", unit.pk, f"{group}flow={part}") for part in ("start", "in", "out", "end"))
            assert start + came - went == end == value("HC-01", unit.pk, group.rstrip("&")) or (
                group == "" and start + came - went == end
            )
    assert value("DS-01", district.pk) <= len(made)


def settle(wards, birth, second, moved, ended, circumstances):
    """A child in one of two wards, perhaps moving to the other and away."""
    row = make.child(wards[second], birth=birth)
    stay = Residence.objects.get(child=row)
    if moved:
        stay.ended_on, stay.end_reason = moved, "departure"
        stay.save()
        stay = Residence.objects.create(child=row, unit=wards[not second], started_on=moved, start_reason="arrival")
    if ended and (moved is None or ended > moved):
        stay.ended_on, stay.end_reason = ended, "death"
        stay.save()
    for code, since, until in circumstances:
        if since and until and until < since:
            since, until = until, since
        make.circumstance(row, code, since=since, until=until)
    return row
