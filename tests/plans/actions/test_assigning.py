"""Handing targets down: differing values, a change that is shown and never written over, withdrawing, taking in."""

from decimal import Decimal

import pytest

from childcare.audit.models import Entry
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from plans.actions import writing
from plans.actions.assigning import assign, take
from plans.actions.drafting import draft_from
from plans.assigned import changes, holder_of, mark, units_below
from plans.models import Assignment, Plan
from tests import factories, people

pytestmark = pytest.mark.django_db


def target(plan, code="T001-05"):
    return plan.targets.get(code=code)


def give(plan, by, unit, value, code="T001-05", **more):
    return assign(plan=plan, by=by, cells={(target(plan, code).pk, unit.pk): value}, **more)


def test_each_ward_gets_its_own_value_and_one_entry_tells_of_it(district_plan, dung, ward):
    other = people.unit(people.VAN_DAU)
    row = target(district_plan)
    counts = assign(plan=district_plan, by=dung, cells={(row.pk, ward.pk): Decimal(95), (row.pk, other.pk): Decimal(99)})
    assert counts == {"given": 2, "changed": 0, "withdrawn": 0}
    assert {(one.unit, one.value, one.given_by) for one in row.assignments.all()} == {(ward, 95, dung), (other, 99, dung)}
    assert holder_of(ward, district_plan).targets.get().value == 95
    assert Entry.objects.get(action="plan.assigned").note == "giao 2, điều chỉnh 0, thôi giao 0"


def test_the_same_table_again_changes_nothing_and_tells_nobody(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    told = Message.objects.count()
    assert give(district_plan, dung, ward, Decimal(95)) == {"given": 0, "changed": 0, "withdrawn": 0}
    assert Assignment.objects.count() == 1 and Message.objects.count() == told == 1
    assert Entry.objects.filter(action="plan.assigned").count() == 1


def test_the_officer_of_the_ward_is_told_with_the_way_to_his_plan(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    message = Message.objects.get(officer=an)
    assert message.subject == "Quận Kiến An giao, điều chỉnh 1 chỉ tiêu năm 2024 cho Phường Nam Sơn"
    assert str(holder_of(ward, district_plan).public_id) in message.url


def test_a_change_needs_a_reason_and_keeps_the_row_before(district_plan, dung, ward):
    give(district_plan, dung, ward, Decimal(95))
    with pytest.raises(Refusal, match="điều chỉnh 1 mức đã giao trước đây"):
        give(district_plan, dung, ward, Decimal(97))
    give(district_plan, dung, ward, Decimal(97), reason="Theo Công văn 15")
    old, new = Assignment.objects.order_by("pk")
    assert (old.value, old.end_reason, bool(old.ended_at)) == (95, "điều chỉnh mức giao", True)
    assert (new.value, new.reason, new.replaces, new.ended_at) == (97, "Theo Công văn 15", old, None)


def test_a_change_is_shown_to_the_ward_and_not_written_over(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    plan, _ = draft_from(above=district_plan, unit=ward, by=an)
    assert changes(plan) == []
    give(district_plan, dung, ward, Decimal(97), reason="Theo Công văn 15")
    plan.refresh_from_db()
    assert plan.targets.get(code="T001-05").value == 95
    (change,) = changes(plan)
    assert (change.word, change.before, change.after, change.why) == (
        "Điều chỉnh", "từ 95% trở lên", "từ 97% trở lên", "Theo Công văn 15",
    )  # fmt: skip


def test_taking_a_change_in_mends_the_target_and_its_sentence_only(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    plan, _ = draft_from(above=district_plan, unit=ward, by=an)
    plan.items.filter(kind="objective").update(text="Lời của phường.")
    give(district_plan, dung, ward, Decimal(97), reason="Theo Công văn 15")
    take(plan=plan, by=an, version=plan.version)
    assert plan.targets.get(code="T001-05").value == 97
    said = list(plan.items.filter(kind="target").values_list("text", flat=True))
    assert any("từ 97% trở lên" in text for text in said) and not any("từ 95% trở lên" in text for text in said)
    assert plan.items.filter(text="Lời của phường.").exists()
    assert changes(plan) == []
    with pytest.raises(Refusal, match="đã khớp"):
        take(plan=Plan.objects.get(pk=plan.pk), by=an, version=plan.version + 1)


def test_a_new_target_comes_after_the_last_one_of_the_text(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    plan = holder_of(ward, district_plan)
    rows = [
        {"path": "II", "kind": "section", "bullet": "", "text_vi": "II. CHỈ TIÊU", "note": ""},
        {"path": "II", "kind": "target", "bullet": "-", "text_vi": "Lời riêng của phường.", "note": ""},
        {"path": "III", "kind": "section", "bullet": "", "text_vi": "III. NHIỆM VỤ", "note": ""},
    ]
    writing.save_text(plan=plan, by=an, version=plan.version, rows=rows)
    give(district_plan, dung, ward, Decimal(75), code="T001-15")
    plan.refresh_from_db()
    assert [change.word for change in changes(plan)] == ["Giao thêm"]
    take(plan=plan, by=an, version=plan.version)
    texts = [item.text[:12] for item in plan.items.all()]
    assert texts[1] == "Lời riêng củ" and "từ 75% trở lên" in plan.items.all()[2].text and texts[3] == "III. NHIỆM V"


def test_an_issued_plan_keeps_its_version_when_it_takes_a_change(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    plan, _ = draft_from(above=district_plan, unit=ward, by=an)
    facts = {"number": "12", "issued_on": people.TODAY, "signer_lines": ["CHỦ TỊCH"], "signer_name": "Lê Văn A"}
    plan = writing.issue(plan=plan, by=an, version=plan.version, **facts)
    give(district_plan, dung, ward, Decimal(97), reason="Theo Công văn 15")
    take(plan=plan, by=an, version=plan.version)
    version = plan.versions.get()
    assert "Quận Kiến An giao, điều chỉnh đến ngày 02/05/2024" in version.reason
    assert {row["value"] for row in version.content["targets"] if row["code"] == "T001-05"} == {"95.0000"}


def test_what_is_withdrawn_leaves_the_plan_only_when_the_ward_takes_it(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    give(district_plan, dung, ward, Decimal(75), code="T001-15")
    plan = holder_of(ward, district_plan)
    give(district_plan, dung, ward, False, reason="Phường không còn đối tượng")
    assert plan.targets.count() == 2
    (change,) = changes(plan)
    assert (change.word, change.after, change.why) == ("Thôi giao", "", "Phường không còn đối tượng")
    take(plan=plan, by=an, version=plan.version)
    assert [row.code for row in plan.targets.all()] == ["T001-15"]


def test_a_withdrawn_target_that_was_judged_stays_as_the_wards_own(district_plan, dung, ward, an):
    give(district_plan, dung, ward, Decimal(95))
    plan = holder_of(ward, district_plan)
    plan.targets.update(status="running", status_note="Đang làm.")
    give(district_plan, dung, ward, False, reason="Thôi")
    take(plan=plan, by=an, version=plan.version)
    assert plan.targets.get().assigned_from is None


def test_a_plan_that_the_ward_wrote_itself_takes_the_targets_in(district_plan, dung, ward, an):
    own = writing.begin(by=an, unit=ward, kind="year", first_year=2024, last_year=2024, subject="Kế hoạch của phường")
    rows = [{"path": "I", "kind": "section", "bullet": "", "text_vi": "I. MỤC TIÊU", "note": ""}]
    writing.save_text(plan=own, by=an, version=own.version, rows=rows)
    give(district_plan, dung, ward, Decimal(95))
    assert Plan.objects.filter(unit=ward).count() == 1
    own.refresh_from_db()
    assert [change.word for change in changes(own)] == ["Giao thêm"] and own.targets.count() == 0
    take(plan=own, by=an, version=own.version)
    assert own.targets.get().assigned_from.plan == district_plan
    assert list(own.carries_out.all()) == [district_plan]


def test_another_officer_who_saved_meanwhile_is_not_overwritten(district_plan, dung, ward):
    seen = mark(district_plan)
    give(district_plan, dung, ward, Decimal(95), seen=seen)
    with pytest.raises(Refusal, match="vừa được người khác sửa"):
        give(district_plan, dung, ward, Decimal(90), seen=seen, reason="Muộn")


def test_the_commune_gives_to_its_hamlets_and_schools_and_to_nobody_else(ward_plan, an, ward, school):
    hamlet = factories.hamlet(ward, "Tổ dân phố 3")
    assert {unit.pk for unit in units_below(ward_plan)} >= {hamlet.pk, school.pk}
    give(ward_plan, an, hamlet, Decimal(90))
    lower = holder_of(hamlet, ward_plan)
    assert lower.signer_lines == ["TRƯỞNG TỔ DÂN PHỐ"] and lower.recipients[0] == "UBND phường Nam Sơn;"
    with pytest.raises(Refusal, match="không phải đơn vị cấp dưới"):
        give(ward_plan, an, people.unit(people.VAN_DAU), Decimal(90))
