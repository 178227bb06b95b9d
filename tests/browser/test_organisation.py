"""Staff, bodies, places, scoring, checks and the inspector's pages, at both sizes: with nothing yet, and with names as long as
they come."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from plans.actions import bodies, friendly, inspections, records, sampling
from plans.models import InspectionSample
from tests import factories as f
from tests import people
from tests.plans import friendly_worlds, staffing
from tests.plans.actions.test_inspections import concluded
from tests.reports.views.test_inspector import cases, children, inspector

PERSON = "Nguyễn Phước Quý Tôn Nữ Hoàng Thị Minh Nguyệt"
BODY = "Nhóm thường trực bảo vệ trẻ em, phòng, chống bạo lực học đường và tai nạn thương tích, đuối nước trẻ em phường"
PLACE = "Sân chơi, bãi tập có mái che tại nhà văn hóa khu dân cư số 3 và điểm trường mầm non Hoa Phượng Đỏ"
DECISION = "1234/QĐ-UBND-LĐTBXH-BVTE"
LISTS = ("staffing", "staff-list", "body-list", "place-list", "home-list", "risk-list")


def pages_of(ward):
    return [reverse(name, args=[ward.public_id]) for name in LISTS] + [reverse("friendly-list"), reverse("inspection-list")]


def walk(page, addresses, axe, fits, look=None, name=""):
    """Open each address: nothing too wide, nothing that axe finds."""
    for number, address in enumerate(addresses):
        page.goto(address)
        axe(page)
        fits(page)
        if look:
            look(page, f"{name}-{number:02d}")


def organised(ward, an, dung):
    """Everything with long names. Returns the addresses of the pages of single things."""
    place = f.hamlet(ward, "Tổ dân phố số 12 khu đô thị mới Đồng Hòa - Trần Thành Ngọ mở rộng")
    person = staffing.post(place, PERSON, position="Cộng tác viên bảo vệ trẻ em kiêm y tế thôn").staff
    body = staffing.body(ward, name=BODY, number=DECISION, signed_on=date(2024, 1, 5))
    members = [(PERSON, "Phó trưởng nhóm thường trực", "Công chức Văn hóa - Xã hội"), ("Lê Công", "", "")]
    bodies.set_members(body=body, by=an, version=body.version, members=members)
    bodies.meet(by=an, body=body, held_on=date(2024, 2, 1), content="Phân công theo dõi từng địa bàn. " * 8)
    staffing.place(place, name=PLACE, money=120_000_000, source="Vận động xã hội hóa của nhân dân")
    staffing.homes(place, (None, PERSON, True))
    records.add_risk(by=an, unit=place, reasons=["water", "poor", "migration"], note="Gần sông Lạch Tray")
    check = concluded(date(2024, 5, 9), None, team="Đoàn kiểm tra liên ngành về công tác trẻ em quận", decision=DECISION)
    draft = inspections.plan(
        by=an, unit=ward, by_unit=ward, starts_on=people.TODAY, ends_on=people.TODAY, scope="Rà soát ao, hồ. " * 9
    )
    inspections.add_recommendation(inspection=draft, by=an, text="Rào ao, hồ, cắm biển cảnh báo ở các tổ dân phố. " * 4)
    row = friendly_worlds.scored(an)
    council = friendly_worlds.COUNCIL | {"chair": PERSON, "members": f"{PERSON}, Chủ tịch Hội Liên hiệp Phụ nữ phường\n" * 3}
    row = friendly.hold_council(evaluation=row, by=an, version=row.version, **council)
    return [
        reverse("staff-person", args=[person.public_id]), reverse("body", args=[body.public_id]),
        reverse("body-members", args=[body.public_id]), reverse("inspection", args=[check.public_id]),
        reverse("inspection", args=[draft.public_id]), reverse("friendly", args=[row.public_id]),
        reverse("staff-paste", args=[ward.public_id]),
    ]  # fmt: skip


def test_every_page_of_an_organisation_is_whole_with_nothing_and_with_long_names(an, dung, ward, signed_in, axe, fits, look):
    walk(signed_in(an, size="phone"), pages_of(ward), axe, fits, look, "organisation-empty-phone")
    ones = organised(ward, an, dung)
    walk(signed_in(an, size="phone"), [*pages_of(ward), *ones], axe, fits, look, "organisation-phone")
    walk(signed_in(an), ones, axe, fits, look, "organisation-desk")


def test_an_administrator_types_the_points_that_are_not_loaded_and_the_inspector_reads_on_a_phone(
    an, quan, ward, signed_in, axe, fits, look
):
    page = signed_in(quan)
    walk(page, [reverse("friendly-criteria"), reverse("home-criteria")], axe, fits, look, "criteria")
    walk(signed_in(quan, size="phone"), [reverse("friendly-criteria")], axe, fits, look, "criteria-phone")
    page.goto(reverse("friendly-criteria"))
    expect(page.locator("main")).to_contain_text("đã nạp điểm 3/13 tiêu chí")
    children(12, ward), cases(12, ward)
    who = inspector()
    for kind in InspectionSample.Kind:
        sampling.draw(by=who, unit=ward, kind=kind, size=5)
    kinds = {sample.kind: sample for sample in InspectionSample.objects.all()}
    addresses = [
        reverse("inspector"),
        reverse("inspector-unit", args=[ward.public_id]),
        reverse("inspector-draw", args=[ward.public_id]),
    ]
    for sample in kinds.values():
        addresses.append(reverse("inspector-sample", args=[sample.public_id]))
        addresses.append(reverse("inspector-file", args=[sample.rows.first().public_id]))
    walk(signed_in(who, size="phone"), addresses, axe, fits, look, "inspector-phone")
