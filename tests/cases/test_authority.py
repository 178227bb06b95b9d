"""Who decides in a restricted case and signs its decisions, by the dated rule; what his documents say at their head and foot."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from cases import authority
from cases.actions import assessing, intake, lifting, planning, rules
from cases.models import Case, SignedDecision
from childcare.children.models import SupportKind
from childcare.documents import issuers
from childcare.lib.refusal import Refusal
from childcare.units.models import Office
from tests import people
from tests.cases import casework as make
from tests.cases.printing import papers

pytestmark = pytest.mark.django_db
PAPER = {"decision_number": "7", "decision_on": people.TODAY, "signer": "Ngô Văn Thay"}


def submitted(an, dung):
    """A restricted case of Nam Sơn that Quận Kiến An holds and Dũng works on, with its plan submitted."""
    case = make.received(an, suspect_related="yes", child=make.child())
    intake.hand_out(case=case, by=people.phuc(), worker=dung)
    case.refresh_from_db()
    make.assessed(dung, case)
    make.assessed(dung, case, form="full", marks={})
    plan = planning.save_plan(case=case, by=dung, version=None, starts_on=date(2024, 5, 3), ends_on=date(2024, 6, 3))
    planning.add_service(plan=plan, by=dung, kind=SupportKind.objects.get(code="S33"), once=uuid.uuid4())
    planning.submit(case=case, by=dung, version=None)
    return Case.objects.get(pk=case.pk)


def test_in_an_ordinary_case_the_chairman_of_the_commune_decides(an, lan, ward):
    case = make.received(an)
    found = authority.of_case(case)
    assert (found.unit, found.office, found.rule) == (ward, None, None)
    assert found.head == "Chủ tịch Ủy ban nhân dân phường Nam Sơn" and found.notation == "QĐ-UBND"
    assert authority.may_decide(lan, case) and not authority.may_decide(an, case)


def test_while_it_is_restricted_the_holder_decides_and_the_leader_of_the_commune_does_not(an, lan, ward):
    case = make.received(an, suspect_related="yes")
    found = authority.of_case(Case.objects.get(pk=case.pk))
    assert found.unit == ward.parent and found.rule.decider.startswith("Chủ tịch UBND cấp huyện") and not found.rule.verified
    assert found.head == "Chủ tịch Ủy ban nhân dân quận Kiến An" and not authority.may_decide(lan, case)


def test_the_decision_of_a_restricted_case_is_headed_numbered_and_signed_by_who_decides_instead(an, dung):
    case = submitted(an, dung)
    planning.approve(case=case, by=dung, version=None, **PAPER)
    text = papers.said(case, "mau-05", dung)
    assert "ỦY BAN NHÂN DÂN\nQUẬN KIẾN AN" in text and "CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN KIẾN AN" in text
    assert "Số: 07/QĐ-UBND" in text and "Văn phòng Ủy ban nhân dân quận Kiến An" in text and "Ngô Văn Thay" in text
    assert "Kiến An, ngày 02 tháng 5 năm 2024" in text
    assert SignedDecision.objects.get(form="mau-05").unit.code == people.KIEN_AN


def test_a_leader_kept_on_the_team_approves_nothing_by_himself(an, lan, dung):
    case = submitted(an, dung)
    with pytest.raises(Refusal, match="số quyết định, ngày và người ký"):
        planning.approve(case=case, by=lan, version=None)


def test_the_rule_is_asked_of_the_day_of_the_signature(an, dung, quan):
    case = submitted(an, dung)
    sign = Office.objects.filter(unit__code=people.KIEN_AN).on(people.TODAY).first()
    rules.change(
        by=quan, unit_kind="district", valid_from=date(2024, 5, 1), holds=True, decider="Trưởng Phòng", post="office", basis=""
    )
    assert authority.of_case(case, date(2024, 4, 30)).office is None and authority.of_case(case).office == sign
    planning.approve(case=case, by=dung, version=None, **PAPER)
    text = papers.said(case, "mau-05", dung)
    assert issuers.head(sign.unit, sign).upper() in text and f"QĐ-{sign.sign}" in text and "TRƯỞNG PHÒNG\nNgô Văn Thay" in text


def test_what_was_signed_stays_so_after_the_restriction_is_lifted(an, dung, phuc):
    case = submitted(an, dung)
    planning.approve(case=case, by=dung, version=None, **PAPER)
    before = papers.said(case, "mau-05", dung)
    made = lifting.propose(case=case, by=dung, reason="đã xác minh")
    lifting.decide(proposal=made, by=phuc, confirmed=True)
    case = Case.objects.get(pk=case.pk)
    assert papers.said(case, "mau-05", an) == before and authority.of_case(case).unit.code == people.NAM_SON
    assert "QUẬN KIẾN AN" not in papers.said(case, "mau-01", an).split("BÁO CÁO")[0].upper().split("PHƯỜNG NAM SƠN")[-1]


def test_numbers_of_the_holder_and_of_the_commune_are_two_books(an, dung):
    papers.whole(an, number="7")
    planning.approve(case=submitted(an, dung), by=dung, version=None, **PAPER)
    assert sorted(SignedDecision.objects.filter(form="mau-05").values_list("unit__code", "number")) == [
        (people.NAM_SON, "7"), (people.KIEN_AN, "7"),
    ]  # fmt: skip


def test_who_works_on_a_restricted_case_may_write_down_that_the_plan_was_returned(as_, an, dung):
    case = submitted(an, dung)
    page = as_(dung).get(reverse("case", args=[case.public_id])).content.decode()
    assert "Chủ tịch UBND cấp huyện" in page and "chưa đối chiếu văn bản" in page and "Trả lại bổ sung" in page
    as_(dung).post(reverse("case-return", args=[case.public_id]), {"version": case.version, "reason": "thiếu dự toán"})
    assert Case.objects.get(pk=case.pk).state == "returned"


def test_in_an_ordinary_case_only_the_leader_returns(as_, an, lan):
    case, *_ = make.planned(an)
    planning.submit(case=case, by=an, version=None)
    address = reverse("case-return", args=[case.public_id])
    assert as_(an).get(address).status_code == 404 and as_(lan).get(address).status_code == 200


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("", ["CHỦ TỊCH"]),
        ("Chủ tịch", ["CHỦ TỊCH"]),
        ("Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("Q. Chủ tịch", ["Q. CHỦ TỊCH"]),
        ("Quyền Chủ tịch", ["Q. CHỦ TỊCH"]),
        ("Chánh Văn phòng", ["TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
    ],
)
def test_the_lines_over_the_signature_follow_the_title(ward, title, lines):
    assert issuers.in_person(title, ward) == lines


def test_a_case_of_the_isolation_is_signed_by_the_holder_too(an, dung):
    case = make.received(an, suspect_related="unknown", child=make.child())
    intake.hand_out(case=case, by=people.phuc(), worker=dung)
    step = assessing.emergency_step(case=case, by=dung, version=None, kind="isolation", done_at=make.AT)
    papers.order(step, dung, number="3", signed_on=people.TODAY, signer="Ngô Văn Thay, Phó Chủ tịch")
    text = papers.said(case, "mau-07", dung)
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN KIẾN AN" in text and "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" in text
