"""Beginning a plan, putting its text in, issuing it, changing it with a reason."""

import pytest

from childcare.audit.models import Entry
from childcare.documents.actions import numbers
from childcare.documents.books import Series
from childcare.documents.files import open_bytes
from childcare.lib.refusal import Refusal
from plans import exporting
from plans.actions import writing
from plans.actions.plans import assess
from plans.goals import goals_in
from plans.recognising import recognise
from tests.people import TODAY

pytestmark = pytest.mark.django_db
TEXT = "I. MỤC TIÊU\n- 97% trẻ em có hoàn cảnh đặc biệt được trợ giúp.\nII. NHIỆM VỤ\n1. Thăm, tặng quà."


@pytest.fixture
def own(an, ward):
    """A plan that An began for her ward."""
    return writing.begin(by=an, unit=ward, kind="year", first_year=2024, last_year=2024, subject="Công tác trẻ em năm 2024")


def goals(rows):
    return [goal.row("", row["path"]) for row in rows if row["kind"] == "target" for goal in goals_in(row["text_vi"])]


def put(plan, an, text=TEXT, **more):
    rows = recognise(text)
    return writing.save_text(plan=plan, by=an, version=plan.version, rows=rows, **{"goals": goals(rows), **more})


def issued(plan, an):
    return writing.issue(
        plan=plan, by=an, version=plan.version, number="15", issued_on=TODAY, signer_name="Phạm Thị Lan",
        signer_lines=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    )  # fmt: skip


def test_a_new_plan_is_a_draft_with_the_head_of_its_unit(own):
    assert (own.state, own.number, own.place, own.signer_lines) == (
        "draft", "/KH-UBND", "Nam Sơn", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    )  # fmt: skip
    assert Entry.objects.filter(action="plan.begun").count() == 1


def test_the_text_makes_targets_and_tasks(own, an):
    plan = put(own, an)
    assert [target.text for target in plan.targets.all()] == ["97% trẻ em có hoàn cảnh đặc biệt được trợ giúp"]
    assert [task.title for task in plan.tasks.all()] == ["1. Thăm, tặng quà."]
    assert plan.version == 2 and plan.subject == "Công tác trẻ em năm 2024"


def test_a_second_saver_is_told_and_loses_nothing_of_the_first(own, an):
    put(own, an)
    with pytest.raises(Refusal, match="vừa được người khác sửa"):
        writing.save_text(plan=own, by=an, version=1, rows=recognise("I. KHÁC"))
    assert own.items.count() == 4


def test_a_plan_without_text_is_not_issued_and_no_plan_twice(own, an):
    with pytest.raises(Refusal, match="chưa có nội dung"):
        issued(own, an)
    plan = issued(put(own, an), an)
    assert (plan.state, plan.number, plan.issued_on, plan.signer_name) == ("issued", "15/KH-UBND", TODAY, "Phạm Thị Lan")
    with pytest.raises(Refusal, match="đã được ghi là ban hành"):
        issued(plan, an)


def test_an_issued_plan_changes_only_with_a_reason_and_keeps_what_it_said(own, an):
    plan = issued(put(own, an), an)
    with pytest.raises(Refusal, match="Hãy ghi lý do điều chỉnh"):
        put(plan, an, "I. MỤC TIÊU\nKhác.", goals=())
    plan = put(plan, an, "I. MỤC TIÊU\nKhác.", goals=(), reason="theo Kế hoạch 61 của quận")
    (version,) = plan.versions.all()
    assert (version.number, version.reason, version.made_by) == (1, "theo Kế hoạch 61 của quận", an)
    assert [row["text"] for row in version.content["items"]] == [row["text_vi"] for row in recognise(TEXT)]
    assert version.content["targets"][0]["value"] == "97.0000"
    assert plan.number == "15/KH-UBND"


def test_a_target_is_dropped_unless_somebody_judged_it(own, an):
    plan = put(own, an)
    target = plan.targets.get()
    assess(target=target, by=an, version=1, status="running", note="Đã rà soát.")
    with pytest.raises(Refusal, match="97% trẻ em"):
        put(plan, an, goals=(), dropped=[target])
    assess(target=target, by=an, version=2, status="", note="")
    put(plan, an, goals=(), dropped=[target])
    assert plan.targets.count() == 0


def test_an_issued_plan_has_frozen_pages_and_a_row_of_the_register_until_it_is_changed(own, an):
    plan = issued(put(own, an), an)
    entry = plan.document.entry
    assert (entry.full_number, entry.kind, plan.number) == ("15/KH-UBND", "Kế hoạch", "15/KH-UBND")
    frozen = exporting.data_of(plan, "pdf")
    assert frozen == open_bytes(plan.document.pdf) and exporting.data_of(plan, "docx") == open_bytes(plan.document.docx)
    plan = put(plan, an, TEXT + "\n2. Thêm.", goals=(), reason="theo quận")
    assert exporting.data_of(plan, "pdf") != frozen == open_bytes(plan.document.pdf)


def test_the_application_numbers_a_plan_and_holds_the_capacity_against_the_office(own, an, lan, ward):
    numbers.switch(Series(ward, None, "KH"), by=lan, on=True, year=2024, first=21)
    plan = put(own, an)
    facts = {"issued_on": TODAY, "signer_name": "Phạm Thị Lan", "number": "", "position": "Phó Chủ tịch"}
    with pytest.raises(Refusal, match="KT. CHỦ TỊCH"):
        writing.issue(plan=plan, by=an, version=plan.version, signer_lines=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], **facts)
    lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert writing.issue(plan=plan, by=an, version=plan.version, signer_lines=lines, **facts).number == "21/KH-UBND"
