"""A round of review: about whom, one answer a child, one open round a commune, frozen once closed."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children import reviewing
from childcare.children.actions import residence, rounds
from childcare.children.models import ReviewRound, ReviewTick
from childcare.lib.refusal import Refusal
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlets(ward):
    return [factories.hamlet(ward, f"Tổ dân phố {number}") for number in (10, 2)]


@pytest.fixture
def round(an, ward, hamlets):
    """Three children: two in hamlet 10, one in hamlet 2; a youth of 16 and one who left are none of it."""
    factories.child(hamlets[0], "Nguyễn Thị Hoà", "12/05/2016")
    factories.child(hamlets[0], "Trần Văn Cường", None)
    factories.child(hamlets[1], "Vũ Thị Yến", "2015")
    factories.child(hamlets[1], "Đã Lớn", "01/05/2008")
    factories.child(hamlets[1], "Đã Đi", "2015", residing=False)
    return opened(an, ward)


def opened(an, ward, **values):
    return rounds.open_round(
        by=an, unit=ward, **{"title": "Rà soát 6 tháng", "started_on": people.TODAY, "due_on": date(2024, 5, 16), **values}
    )


def line(name):
    return ReviewTick.objects.get(child__full_name=name)


def figures(round):
    rows = reviewing.progress(round, ticks=ReviewTick.objects.all())
    return [(row.name, row.total, row.stays, row.mend, row.left, row.unseen) for row in rows]


def test_a_round_is_about_every_child_of_that_day(round):
    assert figures(round) == [("Tổ dân phố 2", 1, 0, 0, 0, 1), ("Tổ dân phố 10", 2, 0, 0, 0, 2)]


def test_one_open_round_a_commune(an, chi, ward, round):
    with pytest.raises(Refusal, match="chưa chốt"):
        opened(an, ward)
    opened(chi, people.unit(people.VAN_DAU))
    rounds.close(round=round, by=an)
    opened(an, ward)


def test_the_same_post_opens_one_round(an, ward):
    key = "6f1c1a1e-3d1b-4c50-9f9e-0f6f4f3b7a10"
    assert opened(an, ward, once=key) == opened(an, ward, once=key)


def test_the_last_answer_holds_and_the_same_again_changes_nothing(an, round):
    for _ in range(3):
        rounds.tick(row=line("Vũ Thị Yến"), by=an, answer="stays")
    assert Entry.objects.filter(action="review.ticked").count() == 1
    rounds.tick(row=line("Vũ Thị Yến"), by=an, answer="mend", note=" Sai ngày sinh ")
    assert (line("Vũ Thị Yến").answer, line("Vũ Thị Yến").note) == ("mend", "Sai ngày sinh")
    rounds.tick(row=line("Vũ Thị Yến"), by=an, answer="left", note="Sai ngày sinh")
    assert (line("Vũ Thị Yến").answer, line("Vũ Thị Yến").note) == ("left", "")
    assert not any("Yến" in str(vars(entry)) or "Sai" in str(vars(entry)) for entry in Entry.objects.all())


def test_a_collaborator_ticks_the_own_hamlet_only(round, hamlets):
    from_ten = people.officer("ctv", "Lê Văn Tâm", "collaborator", people.NAM_SON)
    from_ten.appointments.update(unit=hamlets[0])
    rounds.tick(row=line("Nguyễn Thị Hoà"), by=from_ten, answer="stays")
    with pytest.raises(Refusal):
        rounds.tick(row=line("Vũ Thị Yến"), by=from_ten, answer="stays")
    assert {tick.child.full_name for tick in ReviewTick.objects.visible_to(from_ten)} == {"Nguyễn Thị Hoà", "Trần Văn Cường"}


def test_closed_it_is_frozen_and_who_left_meanwhile_counts_as_gone(an, round):
    rounds.tick(row=line("Nguyễn Thị Hoà"), by=an, answer="stays")
    residence.end(child=line("Vũ Thị Yến").child, by=an, on=people.TODAY, reason="departure")
    before = figures(round)
    for _ in range(2):
        rounds.close(round=round, by=an)
    round.refresh_from_db()
    assert figures(round) == before == [("Tổ dân phố 2", 1, 0, 0, 1, 0), ("Tổ dân phố 10", 2, 1, 0, 0, 1)]
    with pytest.raises(Refusal, match="đã chốt"):
        rounds.tick(row=line("Trần Văn Cường"), by=an, answer="stays")
    assert ReviewRound.objects.get().closed_by == an


def test_what_is_left_to_do_ends_when_it_is_done(an, round):
    rounds.tick(row=line("Nguyễn Thị Hoà"), by=an, answer="mend", note="Sai tên")
    rounds.tick(row=line("Vũ Thị Yến"), by=an, answer="left")
    left, mend = reviewing.to_do(round, ticks=ReviewTick.objects.all())
    assert [row["child"].full_name for row in left] == ["Vũ Thị Yến"] and [row["child"].full_name for row in mend] == [
        "Nguyễn Thị Hoà"
    ]
    residence.end(child=line("Vũ Thị Yến").child, by=an, on=people.TODAY, reason="departure")
    line("Nguyễn Thị Hoà").child.save()
    assert reviewing.to_do(round, ticks=ReviewTick.objects.all()) == ([], [])


def test_opening_asks_the_database_a_fixed_number_of_times(an, ward, hamlets, django_assert_max_num_queries):
    for number in range(40):
        factories.child(hamlets[0], f"Trẻ {number}")
    with django_assert_max_num_queries(18):
        opened(an, ward)
