"""The draft: figures counted, words kept, zeros confirmed, presented frozen."""

import pytest

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from reports import drafts, freezing
from reports.actions import drafting
from reports.actions.base import Conflict
from reports.models import Obligation, Snapshot, Submission, ZeroConfirmation
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db):
    return reporting.small_ward()


def test_window_and_last_day_are_those_of_the_regime():
    owed = reporting.owed()
    assert (str(owed.data_from), str(owed.cutoff), str(owed.last_day)) == ("2023-11-01", "2024-04-30", "2024-05-09")


def test_a_first_draft_says_what_the_register_says(an):
    row = reporting.draft(an)
    draft = drafts.load(row)
    assert draft.figures("DS-01").numerator == 3
    assert draft.figures("HC-04").text == "1/2 (50,0%)"
    assert "Toàn phường hiện có 3 trẻ em dưới 16 tuổi" in draft.text("I")
    assert "gồm: 2 trẻ em khuyết tật" in draft.text("III.4.a")
    assert Entry.objects.filter(action="report.begun", actor__contains="an").count() == 1


def test_beginning_twice_gives_one_draft(an):
    assert reporting.draft(an).pk == reporting.draft(an).pk
    assert Submission.objects.count() == 1


def test_population_is_told_by_hamlet_in_the_order_of_their_numbers(an):
    table = drafts.load(reporting.draft(an)).tables["PL1"]
    assert [(row["name"], row["values"]) for row in table["rows"]] == [
        ("Tổ dân phố 2", [2, 1, 1, 1, 1, 0, 0, 0, 0]),
        ("Tổ dân phố 10", [1, 1, 0, 0, 0, 1, 0, 0, 0]),
    ]
    assert table["total"] == [3, 2, 1, 1, 1, 1, 0, 0, 0]


def test_the_fourteen_groups_say_what_came_and_what_was_helped(an):
    rows = drafts.load(reporting.draft(an)).tables["PL2"]["rows"]
    group = next(row for row in rows if row["mark"] == "N04")
    # đầu kỳ, tăng, giảm, cuối kỳ, nữ, dưới 6, dân tộc thiểu số, được trợ giúp, tỷ lệ, cùng kỳ
    assert group["values"][:9] == [1, 1, 0, 2, 0, 0, 0, 1, "50,0%"]
    assert len([row for row in rows if row["mark"].startswith("N")]) == 14


def test_words_of_the_officer_stay_when_the_figures_move(an, small_ward):
    row = reporting.draft(an)
    row = drafting.save_text(submission=row, by=an, version=row.version, texts={"I": "Phường có 3 trẻ em, đều đi học."})
    factories.child(small_ward, "Phạm Thị Mới", "09/09/2019", "f")
    changes = drafting.refresh(submission=row, by=an)
    draft = drafts.load(Submission.objects.get(pk=row.pk))
    assert {"DS-01": ("3", "4")}.items() <= {change["code"]: (change["before"], change["after"]) for change in changes}.items()
    assert draft.text("I") == "Phường có 3 trẻ em, đều đi học."
    assert draft.stale() == ["I"] and "4 trẻ em" in draft.sections["I"]["proposal"]


def test_a_text_equal_to_the_proposal_is_no_edit(an):
    row = reporting.draft(an)
    text = drafts.load(row).text("V")
    same = drafting.save_text(submission=row, by=an, version=row.version, texts={"V": text + "\r\n"})
    assert same.version == row.version and not drafts.load(same).edited("V")


@pytest.mark.parametrize("keep, text", [(True, "Lời tôi"), (False, None)])
def test_a_moved_section_is_kept_or_taken_anew(an, small_ward, keep, text):
    row = reporting.draft(an)
    drafting.save_text(submission=row, by=an, version=row.version, texts={"I": "Lời tôi"})
    factories.child(small_ward, "Phạm Thị Mới", "09/09/2019", "f")
    drafting.refresh(submission=row, by=an)
    row = drafting.settle(submission=row, key="I", by=an, keep=keep)
    draft = drafts.load(row)
    assert draft.stale() == [] and draft.sections["I"]["text"] == text


def test_saving_over_a_newer_version_is_a_conflict_and_loses_nothing(an, lan):
    row = reporting.draft(an)
    drafting.save_text(submission=row, by=an, version=row.version, texts={"V": "Của An"}, page="a" * 32)
    with pytest.raises(Conflict):
        drafting.save_text(submission=row, by=lan, version=row.version, texts={"V": "Của Lan"}, page="b" * 32)
    assert drafts.load(Submission.objects.get(pk=row.pk)).text("V") == "Của An"


def test_a_page_never_conflicts_with_its_own_saving(an):
    row = reporting.draft(an)
    first = {"submission": row, "by": an, "version": row.version, "page": "a" * 32}
    drafting.save_text(**first, texts={"V": "Một"}, quiet=True)
    assert drafts.load(drafting.save_text(**first, texts={"V": "Hai"})).text("V") == "Hai"


def test_a_zero_is_printed_only_after_somebody_confirmed_it(an):
    row = reporting.draft(an)
    assert "Số trẻ em bị xâm hại: chưa thống kê." in drafts.load(row).text("III.4.b")
    row = drafting.confirm_zero(submission=row, by=an, codes=["XH-01", "XH-03"], checked_with="Công an phường")
    draft = drafts.load(row)
    assert "Trong kỳ không xảy ra trường hợp nào trẻ em bị xâm hại" in draft.text("III.4.b")
    zero = next(zero for zero in draft.zeros if zero["code"] == "XH-01")
    assert (zero["by"], zero["with"]) == ("Nguyễn Thị An", "Công an phường") and zero["at"].endswith("02/05/2024")


def test_only_what_is_zero_can_be_confirmed(an, small_ward):
    row = reporting.draft(an)
    factories.incident(small_ward, "abuse", children=[(None, {"sex": "f"})])
    with pytest.raises(Refusal, match="không còn bằng 0"):
        drafting.confirm_zero(submission=row, by=an, codes=["XH-01"], checked_with="Công an phường")
    assert not ZeroConfirmation.objects.exists()


def test_presenting_freezes_figures_text_and_keys(an):
    row = reporting.presented(an)
    assert row.state == "to_sign" and row.snapshot.figures.get(code="DS-01", breakdown="").numerator == 3
    assert len(row.snapshot.keys.get(code="DS-01").keys) == 3
    assert len(row.snapshot.keys.get(code="HC-03").keys) == 1
    assert freezing.verify(row.snapshot)


def test_nobody_presents_a_text_that_speaks_of_other_figures(an, small_ward):
    row = reporting.draft(an)
    factories.child(small_ward, "Phạm Thị Mới", "09/09/2019", "f")
    with pytest.raises(Refusal, match="Cập nhật số liệu"):
        drafting.present(submission=row, by=an, version=row.version)


def test_a_withdrawn_report_lets_go_of_what_was_frozen(an):
    row = drafting.withdraw(submission=reporting.presented(an), by=an)
    assert row.state == "draft" and row.snapshot is None and not Snapshot.objects.exists()


def test_a_changed_byte_of_a_snapshot_does_not_verify(an):
    snapshot = reporting.presented(an).snapshot
    snapshot.figures.filter(code="DS-01", breakdown="").update(numerator=4)
    assert not freezing.verify(snapshot)


def test_a_new_ward_without_children_has_a_draft_that_says_nothing_was_counted(chi):
    row = drafting.begin(obligation=reporting.owed(people.VAN_DAU), by=chi)
    assert "chưa thống kê" in drafts.load(row).text("I")
    assert Obligation.objects.get(pk=row.obligation_id).submissions.count() == 1
