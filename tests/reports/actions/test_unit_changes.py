"""Units merge, split, change their name: children, households, officers, rights and reports follow, and it can be undone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.children.actions import placing
from childcare.children.actions import residence as residences
from childcare.children.actions import unit_changes as registry
from childcare.children.models import Child, Circumstance, DataRequest, FileAccess, Household, ImportBatch, Residence, Unplaced
from childcare.documents import files
from childcare.inbox.models import Message
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.refusal import Refusal
from childcare.units.actions import drafting
from childcare.units.models import Office, Unit, UnitChange, UnitMove
from plans.models import Activity, Plan
from reports import integrity
from reports.actions import unit_changes
from reports.models import Obligation, Regime, Submission
from reports.obligations import ensure_obligations
from reports.tasks import daily
from tests import factories as f
from tests import people
from tests.unit_changes import ON, carry_out, draft, merge, split, wards

pytestmark = pytest.mark.django_db
R = Residence.Reason
NAM_SON, NGOC_SON = "11437", "11440"


@pytest.fixture
def two(ward):
    """Nam Sơn with two hamlets and Ngọc Sơn with one: three children, one household, a file, officers."""
    return wards(NAM_SON, NGOC_SON)


@pytest.fixture
def places(two):
    """Two hamlets of Nam Sơn and one of Ngọc Sơn that bears the same name as the first."""
    return [f.hamlet(two[0], "Tổ dân phố 1"), f.hamlet(two[0], "Tổ dân phố 2"), f.hamlet(two[1], "Tổ dân phố 1")]


@pytest.fixture
def families(places):
    """A child in each hamlet, the first with its household."""
    house = f.household(places[0])
    return [f.child(places[0], "Bé Một", house=house), f.child(places[1], "Bé Hai"), f.child(places[2], "Bé Ba")]


def faults():
    """Every invariant that the registry breaks."""
    return [sentence for check in integrity.CHECKS for sentence in check()]


def everything():
    """What an undo has to give back: units, where people live, posts, rights, households, owed reports, regimes."""
    return {
        "units": sorted(Unit.objects.values_list("pk", "code", "name", "valid_to", "path")),
        "links": sorted(Unit.predecessors.through.objects.values_list("from_unit_id", "to_unit_id")),
        "offices": sorted(Office.objects.values_list("pk", "valid_to"), key=str),
        "lives": sorted(
            Residence.objects.values_list("pk", "unit", "started_on", "ended_on", "end_reason", "voided_at"), key=str
        ),
        "children": sorted(Child.objects.values_list("pk", "unit", "household", "residing")),
        "houses": sorted(Household.objects.values_list("pk", "unit")),
        "posts": sorted(Appointment.objects.values_list("pk", "unit", "ended_on"), key=str),
        "rights": sorted(FileAccess.objects.values_list("pk", "unit", "until"), key=str),
        "owed": sorted(Obligation.objects.values_list("pk", "unit", "to_unit"), key=str),
        "regimes": sorted(Regime.objects.values_list("pk", "scope", "valid_from", "valid_to"), key=str),
    }


class TestMerging:
    def test_the_old_units_end_and_the_new_one_begins_with_their_hamlets(self, quan, two, places):
        change, new = merge(quan, two)
        assert (new.code, new.name, new.valid_from, new.parent) == ("19999", "Phường Nam Ngọc", ON, two[0].parent)
        assert set(new.predecessors.all()) == set(two)
        assert {Unit.objects.get(pk=unit.pk).valid_to for unit in two + places} == {ON}
        below = Unit.objects.hamlets_of(new, ON)
        assert [(row.code, row.name) for row in below] == [
            ("19999-T01", "Tổ dân phố 1"), ("19999-T02", "Tổ dân phố 2"), ("19999-T03", "Tổ dân phố 1 (Ngọc Sơn cũ)"),
        ] or [row.name for row in below] == ["Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 1 (Ngọc Sơn cũ)"]  # fmt: skip
        assert [row.predecessors.get() for row in below] == places
        assert change.state == "done" and not faults()

    def test_children_and_households_follow_on_the_day_with_the_reason_that_no_flow_counts(self, quan, two, families):
        _, new = merge(quan, two)
        for child in families:
            old, now = Residence.objects.filter(child=child).order_by("pk")
            assert (old.ended_on, old.end_reason) == (ON, R.UNIT_CHANGE)
            assert (now.started_on, now.start_reason, now.ended_on) == (ON, R.UNIT_CHANGE, None)
            child.refresh_from_db()
            assert now.unit == child.unit and child.unit.is_under(new) and child.residing
        assert families[0].household.unit.is_under(new) or Household.objects.get().unit.is_under(new)
        assert Residence.objects.valid().at_end_of(ON - timedelta(days=1)).count() == 3

    def test_who_came_after_the_day_is_written_down_anew_with_its_own_day(self, quan, two, places):
        child = f.child(places[0], since=date(2024, 5, 2))
        _, new = merge(quan, two)
        row = Residence.objects.valid().get(child=child)
        assert (row.started_on, row.start_reason, row.unit.is_under(new)) == (date(2024, 5, 2), R.EXISTING, True)
        assert row.replaces.voided_at and not faults()

    def test_who_left_before_is_still_seen_by_the_officers_of_the_new_unit(self, quan, an, two, places):
        child = f.child(places[0])
        residences.end(child=child, by=an, on=date(2024, 3, 1), reason=R.DEPARTURE)
        _, new = merge(quan, two)
        child.refresh_from_db()
        assert child.unit.is_under(new) and not child.residing
        assert Child.objects.visible_to(people.Officer.objects.get(username="an")).contains(child)
        assert Residence.objects.filter(child=child).count() == 1 and not faults()

    def test_officers_go_over_on_the_day_and_nothing_is_asked_of_their_sessions(self, quan, an, lan, two, places, as_):
        client = as_(an)
        f.child(places[0], "Bé Một")
        _, new = merge(quan, two)
        (old, post) = an.appointments.order_by("pk")
        assert (old.ended_on, post.unit, post.started_on, post.role) == (ON, new, ON, Role.COMMUNE)
        assert client.get("/tre-em/").status_code == 200  # the same session, the new rights
        fresh = people.Officer.objects.get(pk=an.pk)
        assert Child.objects.visible_to(fresh).count() == 1 and fresh.unit == new
        assert (
            Message.objects.get(officer=an).subject
            == "Từ ngày 01/05/2024, phân công ở Phường Nam Sơn chuyển sang Phường Nam Ngọc"
        )

    def test_a_stranger_sees_nothing_more_than_before(self, quan, chi, two, families):
        merge(quan, two)
        assert not Child.objects.visible_to(people.Officer.objects.get(pk=chi.pk)).exists()

    def test_the_team_of_a_protected_file_follows_and_a_restriction_goes_to_who_stands_in_the_place_of_its_holder(
        self, quan, an, two, families
    ):
        file = f.protected_file(families[0], unit=two[0])
        other = f.protected_file(families[2], unit=two[1])
        other.restricted, other.held_by = True, two[1]
        other.save()
        f.circumstance(families[0], "N11", protected_file=file)
        _, new = merge(quan, two)
        open_ones = FileAccess.objects.filter(until=None)
        assert {(row.file, row.unit) for row in open_ones} == {(file, new), (other, new)}
        other.refresh_from_db()
        assert other.held_by == new
        assert Circumstance.objects.visible_to(people.Officer.objects.get(pk=an.pk)).count() == 1

    def test_facts_stay_with_the_unit_of_their_day_and_later_ones_go_over(self, quan, two, families):
        before, after = f.support(families[0], on=date(2024, 4, 30), unit=two[0]), f.support(families[0], on=ON, unit=two[0])
        event = f.incident(two[1], on=ON)
        done = Activity.objects.create(unit=two[0], held_on=ON, kind="gifts", title="Tặng quà")
        _, new = merge(quan, two)
        for row, unit in ((before, two[0]), (after, new), (event, new), (done, new)):
            row.refresh_from_db()
            assert row.unit == unit
        assert not faults()

    def test_offices_go_on_under_the_new_name(self, quan, two):
        Office.objects.create(
            code="11437-O01", unit=two[0], name="Phòng Văn hóa phường Nam Sơn", abbreviation="P.VH", sign="VH"
        )
        _, new = merge(quan, two)
        office = Office.objects.get(unit=new)
        assert (office.name, office.abbreviation, office.valid_from) == ("Phòng Văn hóa phường Nam Ngọc", "P.VH", ON)

    def test_reports_still_owed_are_owed_once_by_the_new_unit_and_signed_ones_stay(self, quan, an, chi, two):
        people.officer("ngoc", "Phạm Ngọc", Role.COMMUNE, NGOC_SON)
        ensure_obligations(2024)
        past = Obligation.objects.get(unit=two[0], regime__code="RG01", period="2024-H1")
        open_ = Obligation.objects.get(unit=two[0], regime__code="RG02", period="2024")
        draft_ = Submission.objects.create(obligation=open_, created_by=an)
        assert Obligation.objects.filter(unit=two[1], period="2024").exists()
        _, new = merge(quan, two)
        assert Obligation.objects.get(pk=past.pk).unit == two[0]
        assert Obligation.objects.get(pk=open_.pk).unit == new and draft_.obligation.pk == open_.pk
        assert not Obligation.objects.filter(unit=two[1], period="2024").exists()
        ensure_obligations(2024)
        assert Obligation.objects.filter(unit=new, regime__code="RG02", period="2024").count() == 1

    def test_a_draft_of_a_second_unit_is_not_lost(self, quan, two):
        ngoc = people.officer("ngoc", "Phạm Ngọc", Role.COMMUNE, NGOC_SON)
        people.an()
        ensure_obligations(2024)
        second = Obligation.objects.get(unit=two[1], regime__code="RG02", period="2024")
        kept = Submission.objects.create(obligation=second, created_by=ngoc)
        merge(quan, two)
        second.refresh_from_db()
        assert second.unit == two[1]
        officer = people.Officer.objects.get(pk=ngoc.pk)
        assert Submission.objects.visible_to(officer).contains(kept)

    def test_officers_of_the_new_unit_read_what_the_old_ones_left(self, quan, an, chi, two):
        plan = Plan.objects.create(unit=two[1], first_year=2024, last_year=2024, subject="Kế hoạch")
        people.officer("ngoc", "Phạm Ngọc", Role.COMMUNE, NGOC_SON)
        ensure_obligations(2024)
        past = Obligation.objects.get(unit=two[1], regime__code="RG01", period="2024-H1")
        merge(quan, two)
        officer = people.Officer.objects.get(pk=an.pk)
        assert Plan.objects.visible_to(officer).contains(plan)
        assert Obligation.objects.visible_to(officer).contains(past)
        stranger = people.Officer.objects.get(pk=chi.pk)
        assert not Obligation.objects.visible_to(stranger).contains(past)

    def test_days_of_a_regime_in_one_ward_hold_in_its_successor_from_the_day_on(self, quan, two):
        first = Regime.objects.get(code="RG01", every="half", scope=None)
        values = {field.name: getattr(first, field.name) for field in Regime._meta.concrete_fields if field.name != "id"}
        old = Regime.objects.create(**values | {"scope": two[0]})
        _, new = merge(quan, two)
        old.refresh_from_db()
        assert old.valid_to == ON and Regime.objects.get(scope=new).valid_from == ON

    def test_a_list_that_waits_for_a_decision_is_given_back(self, quan, an, two):
        stored = files.store(name="a.xlsx", content_type="x", data=b"x", by=an)
        batch = ImportBatch.objects.create(unit=two[0], on=ON, file=stored, uploaded_by=an, state="preview")
        merge(quan, two)
        batch.refresh_from_db()
        assert batch.state == "cancelled" and "đơn vị mới" in batch.message

    def test_pupils_and_what_is_still_open_go_over_and_come_back(self, quan, an, two, families):
        school = f.school(two[0])
        pupil = f.pupil(school, "Bé Một", child=families[0])
        row = pupil.enrolments.get()
        asked = DataRequest.objects.create(
            unit=two[0], number=1, received_on=ON, asker="Trương Văn Bảo", kind="see", answer_by=ON, act_by=ON, recorded_by=an
        )
        change, new = merge(quan, two)
        now = pupil.enrolments.get(ended_on=None)
        pupil.refresh_from_db()
        asked.refresh_from_db()
        assert now.unit == pupil.unit and now.unit.parent == new and now.unit.kind == "school"
        assert (now.start_reason, now.class_name, asked.unit) == ("unit_change", row.class_name, new) and not faults()
        unit_changes.undo(change=change, by=quan, reason="Nhầm")
        pupil.refresh_from_db()
        asked.refresh_from_db()
        assert (pupil.unit, asked.unit, pupil.enrolments.get().ended_on) == (school, two[0], None)

    def test_one_entry_tells_of_the_whole_change_and_names_no_child(self, quan, two, families):
        change, _ = merge(quan, two)
        entry = Entry.objects.get(action="unit.changed")
        assert entry.subject_id == str(change.public_id) and entry.note == "Nhập đơn vị: 3 trẻ em, 0 phân công"

    def test_a_unit_that_goes_on_takes_another_in(self, quan, two, families):
        change = carry_out(quan, [two[1]], [(NAM_SON, "Phường Nam Sơn", None)])
        assert change.beginning.get().unit == two[0] and not change.beginning.get().made
        families[2].refresh_from_db()
        assert families[2].unit.parent == two[0] and families[0].unit.parent == two[0]
        assert Residence.objects.filter(child=families[0]).count() == 1


class TestRenaming:
    def test_the_code_stays_and_so_do_the_codes_of_the_hamlets(self, quan, ward, an):
        hamlet = f.hamlet(ward, "Tổ dân phố 1")
        change = carry_out(quan, [ward], [(NAM_SON, "Phường Nam Sơn Mới", ward.parent)])
        new = change.beginning.get().unit
        assert (new.code, new.predecessors.get()) == (NAM_SON, ward)
        assert Unit.objects.get(parent=new, kind="hamlet").code == hamlet.code
        assert Unit.objects.by_code(NAM_SON, ON) == new and Unit.objects.by_code(NAM_SON, ON - timedelta(days=1)) == ward

    def test_a_ward_goes_to_another_parent_with_everything_below(self, quan, ward, families):
        province = people.unit("31")
        change = carry_out(quan, [ward], [(NAM_SON, ward.name, province)])
        families[0].refresh_from_db()
        assert families[0].unit.path.startswith(f"{province.path}{change.beginning.get().unit_id}.")

    def test_a_district_gives_way_with_its_wards(self, quan, ward, families):
        district = ward.parent
        change = carry_out(quan, [district], [("399", "Quận Mới", district.parent)], on=date(2025, 2, 1))
        families[0].refresh_from_db()
        new = change.beginning.get().unit
        assert families[0].unit.is_under(new) and families[0].unit.parent.code == NAM_SON
        assert Unit.objects.under(new, date(2025, 2, 1)).communes().count() == 7 and not faults()


class TestRefusing:
    @pytest.mark.parametrize(
        ("make", "sentence"),
        [
            (lambda by, two: draft(by, [], []), "Chưa chọn đơn vị nào"),
            (lambda by, two: draft(by, two, [("19999", "Phường Mới", None)]), "Hãy chọn đơn vị cấp trên"),
            (lambda by, two: draft(by, [two[0].parent], []), "còn 10 đơn vị bên dưới"),
            (lambda by, two: draft(by, two, [("11446", "Phường Mới", two[0].parent)]), "đang là mã của Phường Văn Đẩu"),
            (lambda by, two: draft(by, two, [("1", "Phường Mới", two[0].parent)], on=date(2026, 1, 1)), "không có hiệu lực"),
        ],
    )
    def test_what_is_missing_is_said_in_sentences(self, quan, two, make, sentence):
        change = make(quan, two)
        with pytest.raises(Refusal, match=sentence):
            drafting.plan(change=change, by=quan)
        assert UnitChange.objects.get(pk=change.pk).state == "draft"

    def test_a_ward_with_children_does_not_end_without_a_successor(self, quan, two, families):
        change = draft(quan, [two[0]], [])
        drafting.plan(change=change, by=quan)
        with pytest.raises(Refusal, match="Còn 2 trẻ em"):
            unit_changes.execute(change=change, by=quan)
        assert Unit.objects.get(pk=two[0].pk).valid_to != ON

    def test_a_unit_stands_in_one_change_only(self, quan, two):
        drafting.plan(change=draft(quan, two, [("19999", "Phường Mới", two[0].parent)]), by=quan)
        again = draft(quan, [two[0]], [("19998", "Phường Khác", two[0].parent)])
        with pytest.raises(Refusal, match="đã nằm trong một thay đổi khác"):
            drafting.plan(change=again, by=quan)

    def test_a_planned_change_is_not_edited_and_a_done_one_is_not_cancelled(self, quan, two):
        change, _ = merge(quan, two)
        for act in (
            lambda: drafting.cancel(change=change, by=quan),
            lambda: drafting.add_ending(change=change, unit=two[0].parent, by=quan),
        ):
            with pytest.raises(Refusal, match="Đã thực hiện"):
                act()


class TestTheDay:
    def planned(self, quan, two, on):
        change = draft(quan, two, [("19999", "Phường Nam Ngọc", two[0].parent)], on=on)
        return drafting.plan(change=change, by=quan)

    def test_before_its_day_nothing_happens_and_it_can_be_given_up(self, quan, two, families):
        change = self.planned(quan, two, date(2024, 5, 3))
        before = everything()
        daily()
        with pytest.raises(Refusal, match="03/05/2024"):
            unit_changes.start(change=change, by=quan)
        drafting.cancel(change=change, by=quan)
        assert everything() == before and not Job.objects.filter(kind=unit_changes.KIND).exists()

    def test_on_its_day_the_daily_work_asks_for_it_once(self, quan, two, families):
        change = self.planned(quan, two, people.TODAY)
        daily()
        daily()
        job = jobs.run(Job.objects.get(kind=unit_changes.KIND).pk)
        assert job.state == "done" and job.result["label"] == "Xem kết quả thay đổi", job.message
        assert UnitChange.objects.get(pk=change.pk).result["children"] == 3
        daily()
        assert Job.objects.filter(kind=unit_changes.KIND).count() == 1

    def test_a_kill_in_the_middle_leaves_nothing_behind_and_the_next_run_does_it_once(self, quan, two, families, monkeypatch):
        change = self.planned(quan, two, ON)
        job = unit_changes.start(change=change, by=quan)
        before = everything()

        def killed(way):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(unit_changes.activities, "move_activities", killed)
            with pytest.raises(KeyboardInterrupt):
                jobs.run(job.pk)
        assert everything() == before and not UnitMove.objects.exists()
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
        assert jobs.run(job.pk).state == "done"
        assert Residence.objects.valid().filter(ended_on=None).count() == 3

    def test_how_far_it_is_goes_up_to_all_of_it(self, quan, two, families, monkeypatch):
        monkeypatch.setattr(registry, "BATCH", 1)
        change, told = self.planned(quan, two, ON), []
        unit_changes.execute(change=change, by=quan, watch=lambda *step: told.append(step))
        done = [step[0] for step in told]
        assert done[0] == 0 and done == sorted(done) and done[-1] == told[-1][1] == 3 + 3 + Household.objects.count()
        assert all(step[1] == done[-1] for step in told) and len(set(step[2] for step in told)) == 3

    def test_a_kill_between_any_two_batches_leaves_nothing_behind_and_the_next_run_does_it_once(
        self, quan, two, families, monkeypatch
    ):
        monkeypatch.setattr(registry, "BATCH", 1)
        change = self.planned(quan, two, ON)
        before, kills = everything(), 0
        while True:
            seen = iter(range(kills + 1))

            def watch(*step, seen=seen):
                if next(seen, None) is None:
                    raise KeyboardInterrupt

            try:
                result = unit_changes.execute(change=change, by=quan, watch=watch)
                break
            except KeyboardInterrupt:
                kills += 1
                assert everything() == before and not UnitMove.objects.exists()
        assert kills >= 6 and result["children"] == 3 and Entry.objects.filter(action="unit.changed").count() == 1
        assert Residence.objects.valid().filter(ended_on=None).count() == 3 and not faults()

    def test_carried_out_twice_it_is_done_once(self, quan, two, families):
        change, _ = merge(quan, two)
        before = everything()
        assert unit_changes.execute(change=change, by=quan) == change.result
        assert everything() == before


class TestUndoing:
    def test_everything_is_as_before(self, quan, an, two, families, places):
        file = f.protected_file(families[0], unit=two[0])
        f.circumstance(families[0], "N11", protected_file=file)
        f.support(families[0], on=ON, unit=two[0])
        f.child(places[1], "Đến sau", since=date(2024, 5, 2))
        ensure_obligations(2024)
        before = everything()
        change, _ = merge(quan, two)
        unit_changes.undo(change=change, by=quan, reason="Ghi nhầm ngày")
        after = everything()
        assert {key: after[key] for key in after if after[key] != before[key]} == {}
        assert Entry.objects.get(action="unit.change_undone").note == "Ghi nhầm ngày" and not faults()

    def test_a_split_is_taken_back_while_nobody_was_placed(self, quan, an, two, families):
        before = everything()
        change, *_ = split(quan, two[0])
        unit_changes.undo(change=change, by=quan, reason="Ghi nhầm")
        assert everything() == before and not Unplaced.objects.exists()

    def test_not_when_somebody_recorded_a_child_on_the_new_unit(self, quan, two, families):
        change, new = merge(quan, two)
        f.child(new, "Bé Mới")
        with pytest.raises(Refusal, match="1 nơi cư trú mới"):
            unit_changes.undo(change=change, by=quan, reason="Nhầm")
        assert UnitChange.objects.get(pk=change.pk).state == "done"

    def test_not_when_something_else_stands_on_it_and_it_says_what(self, quan, two, families):
        change, new = merge(quan, two)
        Plan.objects.create(unit=new, first_year=2024, last_year=2024, subject="Kế hoạch")
        with pytest.raises(Refusal, match="1 kế hoạch"):
            unit_changes.undo(change=change, by=quan, reason="Nhầm")
        assert Unit.objects.get(pk=two[0].pk).valid_to == ON

    def test_a_child_who_left_since_has_left_its_old_unit(self, quan, an, two, families):
        change, _ = merge(quan, two)
        residences.end(child=families[0], by=quan, on=date(2024, 5, 2), reason=R.DEATH)
        unit_changes.undo(change=change, by=quan, reason="Nhầm")
        row = Residence.objects.get(child=families[0])
        assert (row.ended_on, row.end_reason) == (date(2024, 5, 2), R.DEATH) and not faults()

    def test_rows_on_a_unit_that_stays_are_voided_and_not_lost(self, quan, two):
        child = f.child(two[1], "Bé Ở Phường")
        change = carry_out(quan, [two[1]], [(NAM_SON, "Phường Nam Sơn", None)])
        moved = Residence.objects.valid().get(child=child, ended_on=None)
        unit_changes.undo(change=change, by=quan, reason="Nhầm")
        moved.refresh_from_db()
        assert moved.unit == two[0] and (moved.voided_by, moved.void_reason) == (quan, registry.UNDONE)
        assert Residence.objects.valid().get(child=child).unit == two[1] and not faults()
        again = carry_out(quan, [two[1]], [(NAM_SON, "Phường Nam Sơn", None)])
        assert again.result["children"] == 1 and not faults()

    def test_a_reason_is_asked_for(self, quan, two):
        change, _ = merge(quan, two)
        with pytest.raises(Refusal, match="lý do"):
            unit_changes.undo(change=change, by=quan, reason=" ")

    def test_asked_for_twice_it_is_one_job_and_run_twice_it_is_one_undo(self, quan, two, families):
        change, _ = merge(quan, two)
        first = unit_changes.ask_undo(change=change, by=quan, reason="Nhầm")
        assert unit_changes.ask_undo(change=change, by=quan, reason="Nhầm nữa") == first
        assert jobs.run(first.pk).state == "done"
        unit_changes.undo(change=change, by=quan, reason="Nhầm")
        assert Entry.objects.filter(action="unit.change_undone").count() == 1

    def test_it_tells_how_far_it_is(self, quan, two, families):
        change, _ = merge(quan, two)
        seen = []
        unit_changes.undo(change=change, by=quan, reason="Nhầm", watch=lambda *told: seen.append(told))
        done, totals = [told[0] for told in seen], {told[1] for told in seen}
        assert (
            done == sorted(done) and done[0] == 0 and totals == {done[-1]} and done[-1] >= 6
        )  # three residences, three children


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one connection write at a time")
def test_others_see_how_far_a_change_is_while_it_runs_and_nothing_of_it(monkeypatch):
    quan, two = people.quan(), wards("11437", "11446")
    f.child(two[0], "Bé Một")
    change = draft(quan, two, [("19999", "Phường Nam Ngọc", two[0].parent)])
    drafting.plan(change=change, by=quan)
    job, seen, outside = unit_changes.start(change=change, by=quan), [], connection.copy()
    real = unit_changes.activities.move_activities

    def look(way):
        with outside.cursor() as cursor:
            cursor.execute("SELECT done, total, state FROM jobs_job WHERE id = %s", [job.pk])
            seen.extend(cursor.fetchone())
            cursor.execute("SELECT count(*) FROM units_unit WHERE code = '19999'")
            seen.extend(cursor.fetchone())
        return real(way)

    monkeypatch.setattr(unit_changes.activities, "move_activities", look)
    assert jobs.run(job.pk).state == "done"
    outside.close()
    assert seen == [2, 2, "running", 0] and Unit.objects.filter(code="19999").exists()


class TestSplitting:
    def test_children_wait_in_a_holding_that_the_officers_of_the_old_unit_see(self, quan, an, two, families):
        change, east, west = split(quan, two[0])
        line = change.ending.get()
        assert line.holding.name == "Chưa xếp (Phường Nam Sơn cũ)" and line.holding.parent == two[0].parent
        for child in families[:2]:
            child.refresh_from_db()
            assert child.unit == line.holding
        officer = people.Officer.objects.get(pk=an.pk)
        assert officer.unit == east and Child.objects.visible_to(officer).count() == 2
        assert placing.progress(line) == (2, 2) and [count for _, count in placing.by_hamlet(line)] == [1, 1]
        assert not faults()

    def test_an_officer_goes_where_the_administrator_says(self, quan, an, lan, ward):
        change, east, west = split(quan, ward, posts={lan.appointments.get().pk: 2})
        assert [row.unit for row in lan.appointments.order_by("pk")] == [ward, west]
        assert [row.unit for row in an.appointments.order_by("pk")] == [ward, east, change.ending.get().holding]
        assert not Child.objects.visible_to(people.Officer.objects.get(pk=lan.pk)).exists()

    def test_a_whole_hamlet_goes_to_one_successor_with_its_collaborator(self, quan, an, two, places, families):
        helper = people.officer("tu", "Đỗ Thị Tư", Role.COLLABORATOR, NAM_SON)
        Appointment.objects.filter(officer=helper).update(unit=places[0])
        change, east, west = split(quan, two[0])
        officer, line = people.Officer.objects.get(pk=an.pk), change.ending.get()
        assert placing.place_hamlet(line=line, former=places[0], unit=west, by=officer) == 1
        row = Residence.objects.valid().get(child=families[0], ended_on=None)
        assert row.unit.parent == west and row.unit.name == "Tổ dân phố 1" and row.started_on == ON
        assert row.unit.predecessors.get() == places[0] and row.start_reason == R.UNIT_CHANGE
        assert Household.objects.get().unit == row.unit
        assert helper.appointments.order_by("-pk")[0].unit == row.unit
        assert placing.progress(line) == (1, 2) and not faults()

    def test_one_child_is_placed_with_the_children_of_its_household(self, quan, an, two, places):
        house = f.household(places[0])
        ones = [f.child(places[0], name, house=house) for name in ("Anh", "Em")]
        other = f.child(places[0], "Hàng xóm")
        change, east, west = split(quan, two[0])
        officer, line = people.Officer.objects.get(pk=an.pk), change.ending.get()
        row = line.unplaced.get(child=ones[0])
        assert placing.place_children(line=line, rows=[row.pk], unit=east, by=officer) == 2
        assert set(line.unplaced.filter(placed_at=None).values_list("child", flat=True)) == {other.pk}
        house.refresh_from_db()
        assert house.unit == east and not faults()

    def test_when_the_last_one_is_placed_the_holding_and_its_posts_end(self, quan, an, two, places, families):
        change, east, west = split(quan, two[0])
        officer, line = people.Officer.objects.get(pk=an.pk), change.ending.get()
        for place in places[:2]:
            placing.place_hamlet(line=line, former=place, unit=east, by=officer)
        line.holding.refresh_from_db()
        assert line.holding.valid_to == people.TODAY
        assert people.Officer.objects.get(pk=an.pk).units_for("child.edit") == [east]
        assert not Residence.objects.valid().filter(unit=line.holding).exists() and not faults()
        entry = Entry.objects.filter(action="unit.children_placed").order_by("pk")[0]
        assert entry.shown == [str(families[0].public_id)]

    def test_the_file_of_a_waiting_child_is_open_to_its_old_officers_and_follows_it(self, quan, an, chi, two, places, families):
        file = f.protected_file(families[0], unit=two[0])
        fact = f.circumstance(families[0], "N11", protected_file=file)
        change, east, west = split(quan, two[0])
        officer, line = people.Officer.objects.get(pk=an.pk), change.ending.get()
        assert Circumstance.objects.visible_to(officer).contains(fact)
        placing.place_hamlet(line=line, former=places[0], unit=west, by=officer)
        assert [row.unit for row in FileAccess.objects.filter(file=file, until=None)] == [west]
        assert not Circumstance.objects.visible_to(people.Officer.objects.get(pk=an.pk)).contains(fact)

    def test_only_an_officer_of_the_holding_places_and_only_into_a_successor(self, quan, an, chi, two, places, families):
        change, east, west = split(quan, two[0])
        line = change.ending.get()
        with pytest.raises(Refusal, match="không được xếp"):
            placing.place_hamlet(line=line, former=places[0], unit=east, by=people.Officer.objects.get(pk=chi.pk))
        with pytest.raises(Refusal, match="không thuộc các đơn vị nhận"):
            placing.place_hamlet(line=line, former=places[0], unit=two[1], by=people.Officer.objects.get(pk=an.pk))

    def test_once_placed_the_split_is_not_undone(self, quan, an, two, places, families):
        change, east, west = split(quan, two[0])
        placing.place_hamlet(line=change.ending.get(), former=places[0], unit=east, by=people.Officer.objects.get(pk=an.pk))
        with pytest.raises(Refusal, match="không hoàn lại được"):
            unit_changes.undo(change=change, by=quan, reason="Nhầm")
