"""The inspector's view: by decision and days, a sample that can be drawn again, nothing restricted, nothing to write."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case
from childcare.accounts import actions as accounts
from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.children.models import Attachment, FileAccess
from childcare.documents import files
from childcare.lib.refusal import Refusal
from plans.actions import sampling
from plans.models import InspectionSample
from reports import versions
from reports.actions import answering, drafting, signing
from reports.inspector_pages import by_year, reports_of
from tests import factories as f
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


def inspector(code=people.NAM_SON, username="thinh", until=date(2024, 5, 11)):
    """Cao Văn Thịnh, of a Đoàn that checks the unit until 10/05/2024."""
    person, made = Officer.objects.get_or_create(username=username, defaults={"full_name": "Cao Văn Thịnh", "password": "!"})
    if made:
        Appointment.objects.create(
            officer=person, unit=people.unit(code), role=Role.INSPECTOR, started_on=date(2024, 4, 20), ended_on=until,
            decision="12/QĐ-UBND ngày 19/04/2024",
        )  # fmt: skip
    return person


def text(response):
    return response.content.decode()


def cases(count, ward, **file):
    """Case files of the ward, each under its own file."""
    made = []
    for _ in range(count):
        cover = f.protected_file(None, unit=ward)
        if file:
            type(cover).objects.filter(pk=cover.pk).update(**file)
        made.append(Case.objects.create(unit=ward, protected_file=cover, opened_at="2024-04-08T09:00:00+07:00"))
    return made


def children(count, ward):
    made = [f.child(ward, f"Trẻ {number}") for number in range(count)]
    for child in made:
        f.circumstance(child, "N04", since=date(2023, 3, 12))
    return made


def test_a_draft_and_a_report_that_waits_for_its_signature_are_no_business_of_the_inspector(an, lan, as_):
    reporting.small_ward()
    row, who = reporting.presented(an), inspector()
    address = reverse("report", args=[row.obligation.public_id])
    assert text(as_(lan).get(address)).count("Kết quả thực hiện")
    assert "Kết quả thực hiện" not in text(as_(who).get(address))
    for name in ("report-file", "report-preview"):
        args = [row.obligation.public_id, *(["pdf"] if name == "report-file" else [])]
        assert as_(who).get(reverse(name, args=args)).status_code == 404
    assert as_(who).get(reverse("report-requests", args=[row.obligation.public_id])).status_code == 200


# who


def test_a_post_of_an_inspector_needs_its_decision_and_its_last_day(quan, ward):
    person = Officer.objects.create_officer("thinh", "Cao Văn Thịnh")
    given = {"officer": person, "by": quan, "unit": ward, "role": Role.INSPECTOR, "started_on": people.TODAY}
    with pytest.raises(Refusal, match="số quyết định và ngày cuối"):
        accounts.appoint(**given)
    with pytest.raises(Refusal, match="số quyết định và ngày cuối"):
        accounts.appoint(**given, decision="12/QĐ")
    row = accounts.appoint(**given, decision="12/QĐ", last_day=date(2024, 5, 10))
    assert row.ended_on == date(2024, 5, 11) and row.last_day == date(2024, 5, 10)


def test_the_view_is_the_inspectors_and_only_of_his_communes(as_, an, dung, ward):
    thinh = inspector()
    assert "12/QĐ-UBND" in text(as_(thinh).get(reverse("inspector")))
    assert as_(thinh).get(reverse("inspector-unit", args=[ward.public_id])).status_code == 200
    other = people.unit(people.VAN_DAU)
    assert as_(thinh).get(reverse("inspector-unit", args=[other.public_id])).status_code == 404
    for stranger in (an, dung):
        assert as_(stranger).get(reverse("inspector")).status_code == 403


def test_the_rights_end_by_themselves_after_the_last_day(as_, settings, ward):
    thinh = inspector()
    children(3, ward)
    sample = sampling.draw(by=thinh, unit=ward, kind="children", size=2)
    address = reverse("inspector-file", args=[sample.rows.first().public_id])
    settings.TRAINING_TODAY = "2024-05-10"
    assert as_(thinh).get(address).status_code == 200
    settings.TRAINING_TODAY = "2024-05-11"
    assert as_(thinh).get(address).status_code == 302  # signed out with his post


# reports


def test_reports_with_the_day_of_sending_and_every_version_that_went_out(as_, ward):
    reporting.small_ward()
    row = reporting.accepted()
    ward_page = reverse("inspector-unit", args=[ward.public_id])
    assert row.obligation.last_day == date(2024, 5, 9)
    thinh = inspector(until=date(2024, 6, 1))
    as_(thinh)
    shown = text(as_(thinh).get(ward_page))
    assert "Chưa có báo cáo nào đến hạn" in shown  # due on the 9th, today is the 2nd


def test_what_was_never_sent_is_late_and_a_draft_is_not_shown(as_, settings, ward):
    reporting.draft()
    settings.TRAINING_TODAY = "2024-05-12"
    shown = text(as_(inspector(until=date(2024, 6, 1))).get(reverse("inspector-unit", args=[ward.public_id])))
    assert "chưa gửi" in shown and "3 ngày" in shown and "bản 1" not in shown


def test_a_version_that_went_back_shows_why(as_, settings, phuc, ward):
    reporting.small_ward()
    row = reporting.sent()
    answering.return_(submission=row, by=phuc, reason="Sai số trẻ em khuyết tật")
    settings.TRAINING_TODAY = "2024-05-12"
    shown = text(as_(inspector(until=date(2024, 6, 1))).get(reverse("inspector-unit", args=[ward.public_id])))
    assert "bản 1, gửi 02/05/2024" in shown and "lý do sửa: Sai số trẻ em khuyết tật" in shown


# the sample


def test_three_years_of_days_late_and_the_figures_that_were_changed_after_sending(as_, an, settings, phuc):
    ward = reporting.small_ward()
    settings.TRAINING_TODAY = "2024-05-11"  # two days late
    row = answering.return_(submission=reporting.sent(an), by=phuc, reason="Thiếu một trẻ")
    f.child(ward, "Phạm Thị Mới", "09/09/2019", "f")
    new = drafting.new_version(submission=row, by=an)
    new = drafting.present(submission=new, by=an, version=new.version)
    new = signing.sign(submission=new, by=an, version=new.version, **{**reporting.SIGNED, "number": "06"})
    answering.send(submission=new, by=an)
    settings.TRAINING_TODAY = "2024-05-10"
    page = text(as_(inspector()).get(reverse("inspector-unit", args=[ward.public_id])))
    assert "lý do sửa: Thiếu một trẻ" in page and "Dân số trẻ em" in page and "3 → 4" in page
    years = by_year(reports_of(ward, inspector()))
    assert [one["year"] for one in years] == [2024, 2023, 2022]
    first = years[0]
    assert (first["owed"], first["in_time"], first["late"], first["days"], first["missing"]) == (1, 0, 1, 2, 0)
    assert first["changed"] == len(versions.changes(row, new)) > 0 and years[1]["owed"] == 0


def test_the_same_seed_names_the_same_files_again(ward):
    thinh = inspector()
    children(9, ward)
    sample = sampling.draw(by=thinh, unit=ward, kind="children", size=4)
    drawn = [str(row.child.public_id) for row in sample.rows.select_related("child")]
    pool = sampling.pool("children", ward, thinh).values_list("public_id", flat=True)
    assert drawn == sampling.ranked(sample.seed, pool)[:4] and len(set(drawn)) == 4
    assert sampling.ranked("another", pool) != sampling.ranked(sample.seed, pool)
    assert Entry.objects.get(action="inspection.sample_drawn").note.endswith(sample.seed)


def test_nobody_draws_until_he_has_seen_everything(ward):
    thinh = inspector()
    children(9, ward)
    sampling.draw(by=thinh, unit=ward, kind="children", size=2)
    with pytest.raises(Refusal, match="chỉ chọn một lần"):
        sampling.draw(by=thinh, unit=ward, kind="children", size=2)
    with pytest.raises(Refusal, match="Chọn từ 1 đến 20"):
        sampling.draw(by=inspector(username="hai"), unit=ward, kind="children", size=21)


def test_only_files_of_the_sample_open_each_opening_is_logged_and_another_inspector_opens_none(as_, ward):
    thinh = inspector()
    some = children(3, ward)
    outside = children(1, people.unit(people.VAN_DAU))[0]
    sample = sampling.draw(by=thinh, unit=ward, kind="children", size=1)
    row = sample.rows.select_related("child").get()
    shown = text(as_(thinh).get(reverse("inspector-file", args=[row.public_id])))
    assert row.child.display_name in shown
    for other in (*some, outside):
        assert as_(thinh).get(reverse("child", args=[other.public_id])).status_code == 403
    entry = Entry.objects.get(action="inspection.file_opened")
    assert entry.actor_id == str(thinh.public_id) and row.child.display_name not in str(entry.__dict__)
    hai = inspector(username="hai")
    assert as_(hai).get(reverse("inspector-file", args=[row.public_id])).status_code == 404
    assert as_(hai).get(reverse("inspector-sample", args=[sample.public_id])).status_code == 404


def test_nothing_under_a_protected_file_is_on_the_page_and_no_paper_of_it_opens(as_, ward):
    thinh = inspector()
    child = children(1, ward)[0]
    cover = f.protected_file(child, unit=ward)
    f.circumstance(child, "N11", since=date(2024, 1, 10), protected_file=cover)
    f.support(child, "S40", on=date(2024, 2, 1), protected_file=cover)
    papers = [
        Attachment.objects.create(
            child=child, kind=kind, protected_file=file, file=files.store(name="a", content_type="x", data=b"x")
        )
        for kind, file in (("birth", None), ("decision", cover))
    ]
    row = sampling.draw(by=thinh, unit=ward, kind="children", size=1).rows.get()
    shown = text(as_(thinh).get(reverse("inspector-file", args=[row.public_id])))
    assert "N04" in shown and "N11" not in shown and "Giấy khai sinh" in shown and "Quyết định, giấy xác nhận" not in shown
    address = reverse("inspector-paper", args=[row.public_id])
    codes = [as_(thinh).get(address, {"giay-to": str(paper.public_id)}).status_code for paper in papers]
    assert codes == [200, 404] and as_(thinh).get(address).status_code == 404


def test_a_child_known_only_by_what_is_protected_is_in_no_pool(ward):
    thinh = inspector()
    child = f.child(ward, "Trương Thị Bảo Hân")
    f.circumstance(child, "N11", since=date(2024, 1, 10), protected_file=f.protected_file(child, unit=ward))
    assert not sampling.pool("children", ward, thinh).exists()


def test_restricted_files_are_in_no_pool_and_a_file_that_becomes_restricted_is_gone(as_, ward):
    thinh = inspector()
    plain = cases(6, ward)
    cases(3, ward, restricted=True, held_by=people.unit(people.KIEN_AN))
    assert sampling.pool("cases", ward, thinh).count() == 6
    sample = sampling.draw(by=thinh, unit=ward, kind="cases", size=6)
    row = sample.rows.select_related("case__protected_file").first()
    address = reverse("inspector-file", args=[row.public_id])
    assert row.case.code in text(as_(thinh).get(address))
    file = row.case.protected_file
    type(file).objects.filter(pk=file.pk).update(restricted=True, held_by=people.unit(people.KIEN_AN))
    assert as_(thinh).get(address).status_code == 404
    listed = text(as_(thinh).get(reverse("inspector-sample", args=[sample.public_id])))
    assert row.case.code not in listed and sum(case.code in listed for case in plain) == 5


def test_an_excluded_inspector_draws_as_if_the_file_did_not_exist(ward):
    thinh = inspector()
    made = cases(6, ward)
    FileAccess.objects.create(
        file=made[0].protected_file, officer=thinh, kind="excluded", reason="người thân", since="2024-01-01T00:00:00+07:00"
    )
    assert made[0] not in sampling.pool("cases", ward, thinh) and sampling.pool("cases", ward, thinh).count() == 5


def test_so_few_case_files_that_their_number_would_tell_are_not_opened(ward):
    cases(4, ward)
    with pytest.raises(Refusal, match="quá ít hồ sơ"):
        sampling.draw(by=inspector(), unit=ward, kind="cases", size=2)
    assert not InspectionSample.objects.exists()


def test_the_page_of_a_case_has_steps_and_clocks_and_no_people(as_, ward):
    thinh = inspector()
    child = f.child(ward, "Trương Thị Bảo Hân")
    made = cases(5, ward)
    Case.objects.filter(pk__in=[case.pk for case in made]).update(child=child)
    row = sampling.draw(by=thinh, unit=ward, kind="cases", size=1).rows.get()
    shown = text(as_(thinh).get(reverse("inspector-file", args=[row.public_id])))
    assert "Hân" not in shown and "Thời hạn theo văn bản" in shown
    assert as_(thinh).get(reverse("case", args=[row.case.public_id])).status_code == 403


def test_drawing_over_the_page(as_, ward):
    thinh = inspector()
    children(3, ward)
    address = reverse("inspector-draw", args=[ward.public_id])
    response = as_(thinh).post(address, {"kind": "children", "size": "2"})
    assert response.url == reverse("inspector-sample", args=[InspectionSample.objects.get().public_id])
    assert "chỉ chọn một lần" in text(as_(thinh).post(address, {"kind": "children", "size": "2"}))
    assert text(as_(thinh).get(response.url)).count("Trẻ ") >= 2
