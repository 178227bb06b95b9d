"""Kept counts: equal to a new count after any history, never silently old, safe to kill and to repeat."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.units.models import Unit
from plans.models import Plan, Target
from reports import marks, measures, standing, tasks
from reports.measures.catalogue import MEASURED
from reports.measures.kept_table import KeptTable, pack
from reports.models import CountMark, KeptCount
from tests import factories as make
from tests import people
from tests.reports.histories import History

WINDOW = measures.Window(date(2023, 11, 1), date(2024, 4, 30))
PARTS = ("", "sex=f", "age=0-5", "group=N11", "group=N11&sex=m", "group=L05", "flow=in", "group=N04&flow=end")


@pytest.fixture
def district(db):
    return people.unit(people.KIEN_AN)


@pytest.fixture
def slow(monkeypatch):
    """Every count takes long: the kept one answers even where something has changed."""
    monkeypatch.setattr(standing, "QUICK", 0)


def settle():
    """Take the marks of the test's own preparations away."""
    standing.collect()
    standing.refresh(people.unit(people.KIEN_AN), WINDOW, (), WINDOW.cutoff)


def figures(table, units, officer=None):
    """Every figure of the units, as an officer may see them."""
    table = measures.masked(table, officer) if officer else table
    return {(code, unit.pk, part): table.figure(code, unit, part) for code in MEASURED for unit in units for part in PARTS}


def differences(one, other):
    return {key: (one[key], other[key]) for key in one if one[key] != other[key]}


@pytest.mark.parametrize("seed", range(4))
def test_kept_figures_equal_a_new_count_or_say_that_they_are_old(district, slow, quan, dung, seed):
    history = History(seed, quan)
    settle()
    for number in range(15):
        history.step() if number != 8 or seed % 2 else history.merge()
        if number % 3:
            continue
        units = [district, *history.wards]
        now = measures.count([district], WINDOW, by=standing.BY)
        kept = standing.counted([district], WINDOW)
        assert isinstance(kept.table, KeptTable)
        if not kept.stale:
            assert not differences(figures(kept.table, units), figures(now, units))
        settle()
        fresh = standing.counted([district], WINDOW)
        assert not fresh.stale and fresh.counted_at >= kept.counted_at
        assert not differences(figures(fresh.table, units), figures(now, units))
        assert not differences(figures(fresh.table, units, dung), figures(now, units, dung))
        assert fresh.table.rest("HC-01", district) == now.rest("HC-01", district)


def test_every_change_of_what_is_counted_leaves_a_mark(district, ward):
    child, house = make.child(ward), make.household(ward)
    writes = [
        lambda: make.circumstance(child, "N11"), lambda: make.support(child), lambda: make.poverty(house),
        lambda: make.incident(ward), lambda: make.protected_file(child), lambda: child.save(),
        lambda: Unit.objects.filter(pk=ward.pk).update(name="Phường Nam Sơn"), lambda: child.supports.all().delete(),
        lambda: Plan.objects.create(unit=ward, first_year=2024, last_year=2024, subject="Kế hoạch"),
    ]  # fmt: skip
    for write in writes:
        standing.collect()
        assert not CountMark.objects.exists()
        write()
        assert CountMark.objects.exists()


def test_every_table_that_counting_reads_bears_a_mark(district, quan):
    history = History(7, quan)
    for _ in range(30):
        history.step()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        pack(measures.count([district], WINDOW, by=standing.BY))
    read = {name for query in asked.captured_queries for name in connection.introspection.table_names()
            if f'"{name}"' in query["sql"]}  # fmt: skip
    # Typed figures, confirmed zeros and general figures of the year are read with the kept counts, not kept with them.
    live = {"reports_manualfigure", "reports_zeroconfirmation", "units_unityear", "indicators_indicator"}
    live |= {"accounts_officer"}  # the name of a case's worker, joined and not counted
    assert len(read) > 20 and read - set(marks.tables()) <= live
    assert marks.missing() == []


def test_a_trigger_that_was_lost_comes_back_and_everything_counts_as_changed(district):
    settle()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER reports_mark ON children_support")
        else:
            cursor.execute('DROP TRIGGER "reports_mark_children_support_update"')
    assert marks.missing() == ["children_support"]
    standing.collect()
    assert marks.missing() == [] and KeptCount.objects.get().stale


class TestAnswering:
    def test_nothing_kept_is_counted_now(self, district):
        found = standing.counted([district], WINDOW)
        assert found.counted_at is None and not found.stale and not isinstance(found.table, KeptTable)

    def test_what_is_counted_in_a_moment_is_never_told_from_before(self, district, ward):
        settle()
        make.child(ward)
        found = standing.counted([district], WINDOW)
        assert found.counted_at is None and found.table.figure("DS-01", ward).numerator == 1

    def test_what_takes_long_is_told_from_before_and_says_so(self, district, ward, slow):
        make.child(ward)
        settle()
        make.child(ward)
        found = standing.counted([district], WINDOW)
        assert found.stale and found.counted_at and found.table.figure("DS-01", ward).numerator == 1

    def test_the_count_of_yesterday_answers_in_the_night_with_its_own_day_and_as_old(self, district, slow):
        settle()
        next_day = measures.Window(WINDOW.data_from, WINDOW.cutoff + timedelta(days=1))
        found = standing.counted([district], next_day)
        assert found.stale and found.table.window.cutoff == WINDOW.cutoff
        much_later = measures.Window(WINDOW.data_from, WINDOW.cutoff + timedelta(days=3))
        assert standing.counted([district], much_later).counted_at is None

    def test_another_set_of_supports_or_another_time_of_knowing_is_another_count(self, district, slow):
        settle()
        assert standing.counted([district], WINDOW, ["S01"]).counted_at is None
        known = measures.Window(WINDOW.data_from, WINDOW.cutoff, timezone.now())
        assert standing.counted([district], known).counted_at is None

    def test_a_ward_and_its_hamlets_are_always_counted_now(self, district, ward, slow):
        settle()
        hamlet = make.hamlet(ward)
        settle()
        assert standing.counted([ward], WINDOW).counted_at is None
        with pytest.raises(LookupError):
            standing.counted([district], WINDOW).table.figure("DS-01", hamlet)

    def test_reading_a_kept_count_takes_few_statements_whatever_the_number_of_wards(self, district, slow, ward):
        make.child(ward)
        settle()
        wards = Unit.objects.under(district, WINDOW.cutoff).filter(kind="commune")
        with CaptureQueriesContext(connection) as asked:
            found = standing.counted([district], WINDOW)
            for unit in [district, *wards]:
                for code in MEASURED:
                    found.table.figure(code, unit)
        assert len(asked) <= 8, [query["sql"][:80] for query in asked]


class TestTheJob:
    def run(self):
        tasks.counts()
        for job in Job.objects.filter(kind="reports.counts", state=Job.State.WAITING):
            jobs.run(job.pk)
        return Job.objects.filter(kind="reports.counts").order_by("pk").last()

    def test_boards_of_appointed_officers_are_counted_and_then_rest_until_something_is_written(self, district, dung, ward):
        job = self.run()
        assert job.state == Job.State.DONE and job.result["counted"] == 2 + standing.YEARS
        assert not KeptCount.objects.filter(stale=True).exists()
        assert set(KeptCount.objects.values_list("unit", flat=True)) == {district.pk}
        assert self.run() == job  # nothing was written: no second job
        make.child(ward)
        Job.objects.all().delete()  # the key of the job is its minute
        assert self.run().result["counted"] == 2 + standing.YEARS
        assert standing.counted([district], standing.windows.running(district, people.TODAY)).counted_at

    def test_targets_that_name_supports_have_counts_of_their_own(self, district, dung):
        plan = Plan.objects.create(unit=district, first_year=2024, last_year=2024, subject="Kế hoạch")
        Target.objects.create(plan=plan, position=1, text="Trợ cấp", comparison="ge", value=1, counted_kinds=["S01", "S03"])
        self.run()
        assert set(KeptCount.objects.values_list("kinds", flat=True)) == {"", "S01,S03"}

    def test_killed_between_two_counts_it_goes_on_where_it_stood(self, district, dung, monkeypatch):
        refresh, done = standing.refresh, []

        def dies(*given):
            if len(done) == 3:
                raise RuntimeError("killed")
            done.append(given)
            refresh(*given)

        monkeypatch.setattr(standing, "refresh", dies)
        assert self.run().state == Job.State.WAITING
        assert KeptCount.objects.filter(stale=False).count() == 3
        monkeypatch.setattr(standing, "refresh", refresh)
        assert self.run().result["counted"] == 2 + standing.YEARS - 3

    def test_killed_within_a_count_nothing_half_counted_answers(self, district, slow, monkeypatch):
        def dies(table):
            raise RuntimeError("killed")

        monkeypatch.setattr(standing, "pack", dies)
        with pytest.raises(RuntimeError):
            standing.refresh(district, WINDOW, (), WINDOW.cutoff)
        assert standing.counted([district], WINDOW).counted_at is None

    def test_closed_years_that_take_long_rest_for_hours(self, district, dung, ward, slow):
        self.run()
        make.child(ward)
        standing.collect()
        now = timezone.now()
        assert not list(standing.due(people.TODAY, now))  # ten times as long as each took has not passed
        now += timedelta(minutes=5)
        assert {window.cutoff.year for _, window, _, day in standing.due(people.TODAY, now)} == {2024}
        later = now + standing.REST
        assert len({window.cutoff.year for _, window, _, day in standing.due(people.TODAY, later)}) > standing.YEARS - 1

    def test_counts_of_days_that_are_past_are_dropped(self, district):
        settle()
        standing.forget(WINDOW.cutoff + timedelta(days=3))
        assert KeptCount.objects.exists()
        standing.forget(WINDOW.cutoff + timedelta(days=4))
        assert not KeptCount.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections that write at once")
def test_what_is_written_while_it_counts_makes_the_count_old(monkeypatch):
    """A writer that commits during the count is not in it; its mark stays, or the count is refused."""
    district, ward = people.unit(people.KIEN_AN), people.unit(people.NAM_SON)
    settle()
    real = standing.pack

    def meanwhile(table):
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("UPDATE units_unit SET name = name WHERE id = %s", [ward.pk])
        finally:
            other.close()
        return real(table)

    monkeypatch.setattr(standing, "pack", meanwhile)
    standing.refresh(district, WINDOW, (), WINDOW.cutoff)
    monkeypatch.setattr(standing, "QUICK", 0)
    assert standing.counted([district], WINDOW).stale
