"""The table of handing down, taking in, what hamlets and schools answer: who may, what comes back, what is written."""

import pytest
from django.urls import reverse

from plans.actions.plans import assign_down
from plans.assigned import holder_of
from plans.models import Assignment, Plan, Target, TargetAnswer
from tests import factories, people

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def url(name, row):
    return reverse(name, args=[row.public_id])


def posted(form):
    """What the browser sends back of an untouched form."""
    found = {"seen": form.initial["seen"]}
    for name, field in form.fields.items():
        if name.startswith("giao-") and field.initial not in (None, "", False):
            found[name] = "on" if field.initial is True else field.initial
    return found


def form_of(client, plan):
    return client.get(url("plan-assign", plan)).context["form"]


def test_the_district_hands_its_targets_down_to_the_ten_wards_in_one_table(as_, dung, district_plan, ward):
    client = as_(dung)
    form = form_of(client, district_plan)
    assert len(form.units) == 10 and len(form.rows) == 17
    data = posted(form)
    data[form.box(Target.objects.get(plan=district_plan, code="T001-15"), ward)] = "80,5"
    assert client.post(url("plan-assign", district_plan), data).status_code == 302
    assert Assignment.objects.open().filter(target__plan=district_plan).count() == 170
    assert str(Target.objects.get(plan__unit=ward, code="T001-15").value) == "80.5000"
    assert "đã giao cho 10 đơn vị" in text(client.get(url("plan", district_plan)))


def test_an_emptied_table_gives_nothing(as_, dung, district_plan):
    form = form_of(as_(dung), district_plan)
    page = text(as_(dung).post(url("plan-assign", district_plan), {"seen": form.initial["seen"]}))
    assert "Hãy điền mức giao cho ít nhất một đơn vị." in page and not Plan.objects.filter(seed="giao").exists()


def test_one_box_filled_is_one_target_given_to_one_ward(as_, dung, district_plan, ward):
    form = form_of(as_(dung), district_plan)
    box = form.box(district_plan.targets.get(code="T001-05"), ward)
    as_(dung).post(url("plan-assign", district_plan), {"seen": form.initial["seen"], box: "95"})
    assert [(row.unit, row.value) for row in Assignment.objects.all()] == [(ward, 95)]


def test_a_value_that_is_no_number_comes_back_beside_its_box(as_, dung, district_plan, ward):
    form = form_of(as_(dung), district_plan)
    data = posted(form) | {form.box(district_plan.targets.get(code="T001-05"), ward): "chín mươi"}
    page = text(as_(dung).post(url("plan-assign", district_plan), data))
    assert "“chín mươi” không phải là số" in page and not Assignment.objects.exists()


def test_changing_what_was_given_asks_for_a_reason_and_keeps_what_was_typed(as_, dung, district_plan, ward_plan, ward):
    client = as_(dung)
    form = form_of(client, district_plan)
    box = form.box(district_plan.targets.get(code="T001-05"), ward)
    data = posted(form) | {box: "97"}
    page = text(client.post(url("plan-assign", district_plan), data))
    assert "điều chỉnh 1 mức đã giao trước đây. Hãy ghi lý do" in page and 'value="97"' in page
    assert client.post(url("plan-assign", district_plan), data | {"reason": "Theo Công văn 15"}).status_code == 302
    assert Assignment.objects.open().get(target__code="T001-05", unit=ward).value == 97


def test_only_the_issuer_hands_down(as_, an, chi, phuc, lan, district_plan, ward_plan):
    for officer, status in ((an, 404), (chi, 404), (phuc, 403), (lan, 403)):
        assert as_(officer).get(url("plan-assign", district_plan)).status_code == status
    assert as_(an).get(url("plan-assign", ward_plan)).status_code == 200
    assert as_(chi).post(url("plan-assign", ward_plan)).status_code == 404


def test_the_table_asks_as_few_questions_for_ten_wards_as_for_one(as_, dung, district_plan, django_assert_max_num_queries):
    client = as_(dung)
    with django_assert_max_num_queries(16):
        client.get(url("plan-assign", district_plan))


def test_the_ward_sees_the_change_and_takes_it_in_with_one_button(as_, an, chi, lan, dung, district_plan, ward_plan, ward):
    row = Assignment.objects.get(target__code="T001-05", unit=ward)
    Assignment.objects.filter(pk=row.pk).update(value=97)
    page = text(as_(an).get(url("plan", ward_plan)))
    assert "từ 97% trở lên" in page and "Đưa vào kế hoạch" in page
    assert "Đưa vào kế hoạch" not in text(as_(lan).get(url("plan", ward_plan)))
    data = {"version": ward_plan.version}
    assert as_(chi).post(url("plan-take", ward_plan), data).status_code == 404
    assert as_(lan).post(url("plan-take", ward_plan), data).status_code == 403
    assert as_(an).post(url("plan-take", ward_plan), {"version": "x"}).status_code == 409
    assert as_(an).post(url("plan-take", ward_plan), data).status_code == 302
    assert ward_plan.targets.get(code="T001-05").value == 97
    assert "Đưa vào kế hoạch" not in text(as_(an).get(url("plan", ward_plan)))


# hamlets and schools


@pytest.fixture
def given(ward_plan, school, an):
    """The school is given two targets by the ward."""
    row, words = ward_plan.targets.get(code="T001-05"), ward_plan.targets.get(code="T001-10")
    assign_down(plan=ward_plan, unit=school, by=an, values={row.code: 90})
    Assignment.objects.filter(unit=school).exclude(target__in=[row, words]).delete()
    holder_of(school, ward_plan).targets.exclude(code__in=[row.code, words.code]).delete()
    return Assignment.objects.get(unit=school, target=words)


def test_the_school_sees_what_it_was_given_and_by_whom(as_, hoa, tuan, given):
    page = text(as_(hoa).get(reverse("assigned-list")))
    assert "Phường Nam Sơn" in page and "từ 90% trở lên" in page and "chưa trả lời" in page
    assert "Chưa được giao chỉ tiêu nào" in text(as_(tuan).get(reverse("assigned-list")))


def test_the_school_answers_and_the_ward_sees_it(as_, hoa, an, given):
    data = {"status": "met", "done": "180", "of": "200", "note": "Đã tổ chức ở 8 lớp.", "version": "1"}
    assert as_(hoa).post(url("assigned-answer", given), data).status_code == 302
    answer = TargetAnswer.objects.get()
    assert (answer.done, answer.of, answer.told_by, answer.target.status) == (180, 200, hoa, "met")
    assert "180/200" in text(as_(hoa).get(reverse("assigned-list")))
    page = text(as_(an).get(url("target-units", given.target)))
    assert "180/200 (90,0%)" in page and "Đã tổ chức ở 8 lớp." in page


def test_a_second_answer_stands_and_the_first_is_kept(as_, hoa, given):
    for version, status in (("1", "running"), ("2", "met")):
        data = {"status": status, "note": "Đã làm.", "version": version}
        assert as_(hoa).post(url("assigned-answer", given), data).status_code == 302
    assert [row.status for row in TargetAnswer.objects.order_by("pk")] == ["running", "met"]
    stale = as_(hoa).post(url("assigned-answer", given), {"status": "met", "note": "x", "version": "1"})
    assert "vừa được người khác sửa" in text(stale)


def test_a_total_without_what_was_reached_comes_back(as_, hoa, given):
    page = text(as_(hoa).post(url("assigned-answer", given), {"status": "running", "of": "20", "version": "1"}))
    assert "Hãy ghi số đã đạt" in page and 'value="20"' in page


def test_who_answers_for_a_school(as_, an, binh, chi, dung, tuan, given):
    for officer, status in ((tuan, 404), (an, 404), (chi, 404), (binh, 404), (dung, 403)):
        assert as_(officer).get(url("assigned-answer", given)).status_code == status


def test_the_collaborator_answers_for_his_hamlet_and_the_commune_for_each(as_, an, ward_plan, ward):
    hamlet, other = factories.hamlet(ward, "Tổ dân phố 3"), factories.hamlet(ward, "Tổ dân phố 4")
    for unit in (hamlet, other):
        assign_down(plan=ward_plan, unit=unit, by=an)
    person = people.officer("ty", "Hà Thị Tý", people.Role.COLLABORATOR, hamlet.code)
    page = text(as_(person).get(reverse("assigned-list")))
    assert "Tổ dân phố 3" in page and "Tổ dân phố 4" not in page
    own = Assignment.objects.get(unit=hamlet, target__code="T001-10")
    strange = Assignment.objects.get(unit=other, target__code="T001-10")
    assert as_(person).get(url("assigned-answer", own)).status_code == 200
    assert as_(person).get(url("assigned-answer", strange)).status_code == 404
    assert as_(an).get(url("assigned-answer", strange)).status_code == 200
