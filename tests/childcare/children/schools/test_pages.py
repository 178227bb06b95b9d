"""The pages: An of the commune, Hoà of the school, Tuấn of another school and Chi of another ward as strangers."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from childcare.audit.models import Entry
from childcare.children.importing import lists
from childcare.children.models import Child, Enrolment, MinistryDifference, Pupil, TakenList
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from reports.views.schools import shown as shown_counts
from tests import factories
from tests.childcare.children.schools.books import pupils_file, row


@pytest.fixture
def child(ward):
    return factories.child(
        factories.hamlet(ward, "Tổ dân phố 3"), "Nguyễn Văn Nam", "12/05/2012", mother_name="Lê Thị Kín", phone="0999888777"
    )


@pytest.fixture
def matched(school, child):
    return factories.pupil(school, "Nguyễn Văn Nam", child=child)


@pytest.fixture
def asked(school):
    return factories.pupil(school, "Lê Thị Lan", "3/4/2012", "f")


def url(name, *things):
    return reverse(name, args=[thing.public_id for thing in things])


def text(response):
    return response.content.decode()


SCHOOL_PAGES = ("pupil", "pupil-leave", "pupil-class")


@pytest.mark.parametrize("name", SCHOOL_PAGES)
def test_a_pupil_is_the_schools_alone(name, matched, as_, hoa, tuan, an, binh):
    assert as_(hoa).get(url(name, matched)).status_code == 200
    assert as_(tuan).get(url(name, matched)).status_code == 404
    assert as_(an).get(url(name, matched)).status_code == 403
    assert as_(binh).get(url(name, matched)).status_code == 403


def test_the_question_is_the_communes_alone(asked, as_, an, binh, chi, hoa):
    assert as_(an).get(url("pupil-decide", asked)).status_code == 200
    assert as_(chi).get(url("pupil-decide", asked)).status_code == 404
    for officer in (binh, hoa):
        assert as_(officer).get(url("pupil-decide", asked)).status_code == 403


def test_a_school_reads_nothing_of_the_child_that_it_did_not_bring(matched, child, as_, hoa, client):
    """Every page of the school, with a matched pupil: no mother, telephone, hamlet or code of the child."""
    as_(hoa)
    pages = [url("pupil", matched), reverse("pupil-list"), reverse("school"), reverse("pupil-upload"), reverse("home")]
    for page in pages:
        shown = text(client.get(page))
        for secret in ("Kín", "0999888777", "Tổ dân phố 3", str(child.public_id)):
            assert secret not in shown, page
    assert client.get(url("child", child)).status_code == 403
    assert client.get(reverse("child-list")).status_code == 403


def test_whose_answer_is_awaited_is_not_told_to_the_school(asked, as_, hoa, dung):
    asked.asked = dung.unit
    asked.save()
    assert dung.unit.name not in text(as_(hoa).get(url("pupil", asked))).split("<main")[1]


def test_the_list_of_pupils_filters_by_class_and_match(matched, asked, school, as_, hoa, tuan):
    factories.pupil(school, "Bùi Văn Bảy", class_name="7A")
    client = as_(hoa)
    assert text(client.get(reverse("pupil-list") + "?lop=7A")).count("/hoc-sinh/") >= 1
    assert "Nguyễn Văn Nam" not in text(client.get(reverse("pupil-list") + "?lop=7A"))
    only = text(client.get(reverse("pupil-list") + "?khop=co"))
    assert "Nguyễn Văn Nam" in only and "Lê Thị Lan" not in only
    assert "Nguyễn Văn Nam" not in text(as_(tuan).get(reverse("pupil-list")))


def test_the_list_asks_a_fixed_number_of_queries(school, as_, hoa, django_assert_max_num_queries):
    for number in range(60):
        factories.pupil(school, f"Trần Văn {number}", "1/1/2012")
    as_(hoa)
    with django_assert_max_num_queries(17):
        as_(hoa).get(reverse("pupil-list"))


def test_the_questions_ask_a_fixed_number_of_queries(school, ward, as_, an, django_assert_max_num_queries):
    for number in range(40):
        factories.pupil(school, f"Trần Văn {number}", "1/1/2012")
        factories.child(ward, f"Trần Văn {number}", "1/1/2012")
    client = as_(an)
    with django_assert_max_num_queries(20):
        shown = text(client.get(reverse("pupil-asked")))
    assert shown.count('name="same"') == 40


def test_a_school_takes_in_its_list_by_the_pages(school, ward, as_, hoa, tuan):
    client = as_(hoa)
    file = SimpleUploadedFile("hoc-sinh.xlsx", pupils_file(row("Lê Thị Lan"), row("Đỗ Văn Bé", "xx/yy")))
    values = {"file": file, "unit": str(school.public_id), "school_year": "2023", "on": "5/9/2023"}
    response = client.post(reverse("pupil-upload"), values)
    taken = TakenList.objects.get()
    assert response["Location"] == url("list", taken)
    assert "Đang đọc tệp" in text(client.get(url("list", taken)))
    work()
    preview = text(client.get(url("list", taken)))
    assert "Lê Thị Lan" in preview and "học sinh mới" in preview
    assert as_(tuan).get(url("list", taken)).status_code == 404
    client = as_(hoa)
    client.post(url("list-decide", taken))
    work()
    assert "Đã nhập" in text(client.get(url("list", taken)))
    assert Pupil.objects.filter(unit=school).count() == 2


def work():
    """What the worker does with the open jobs."""
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        jobs.run(job.pk)


def test_a_day_outside_the_school_year_is_refused(school, as_, hoa):
    file = SimpleUploadedFile("hoc-sinh.xlsx", pupils_file(row("Lê Thị Lan")))
    values = {"file": file, "unit": str(school.public_id), "school_year": "2022", "on": "5/9/2023"}
    assert "không thuộc năm học 2022–2023" in text(as_(hoa).post(reverse("pupil-upload"), values))
    assert not TakenList.objects.exists()


def test_a_list_is_dropped(school, as_, hoa):
    taken = lists.upload(by=hoa, kind="pupils", unit=school, on=date(2023, 9, 5), asked={"school_year": 2023}, name="a.xlsx",
                         data=pupils_file(row("Lê Thị Lan")))  # fmt: skip
    as_(hoa).post(url("list-cancel", taken))
    taken.refresh_from_db()
    assert taken.state == "cancelled"


def test_leaving_changing_class_and_voiding_by_the_pages(asked, as_, hoa, tuan):
    client = as_(hoa)
    client.post(url("pupil-class", asked), {"class_name": "6B", "on": "1/3/2024"})
    client.post(url("pupil-leave", asked), {"reason": "transferred", "on": "1/4/2024"})
    assert "Chuyển trường ngày 01/04/2024" in text(client.get(url("pupil", asked)))
    last = Enrolment.objects.latest("pk")
    assert as_(tuan).get(url("enrolment-void", last)).status_code == 404
    as_(hoa).post(url("enrolment-void", last), {"version": last.version, "reason": "Nhầm"})
    last.refresh_from_db()
    assert last.voided_at


def test_the_school_goes_up_by_one_form(school, as_, hoa, settings):
    settings.TRAINING_TODAY = "2024-09-06"
    factories.pupil(school, "Lê Thị Lan")
    factories.pupil(school, "Đỗ Thị Hà", class_name="9A")
    client = as_(hoa)
    page = text(client.get(reverse("pupil-roll-over")))
    assert 'value="7A"' in page and "Lớp 9A (1 học sinh)" in page
    client.post(reverse("pupil-roll-over"), {"on": "5/9/2024", "class_0": "7A", "class_1": ""})
    assert list(Enrolment.objects.open().values_list("class_name", "school_year")) == [("7A", 2024)]


def test_a_roll_over_before_the_new_year_is_refused(school, as_, hoa):
    factories.pupil(school, "Lê Thị Lan")
    shown = text(as_(hoa).post(reverse("pupil-roll-over"), {"on": "1/5/2024", "class_0": "7A"}))
    assert "năm học 2024–2025" in shown
    assert Enrolment.objects.open().get().school_year == 2023


def test_the_commune_matches_one_and_many(school, child, ward, asked, as_, an, chi):
    one, many = factories.pupil(school, "Nguyễn Văn Nam"), factories.pupil(school, "Phạm Thị Hà", "1/2/2013")
    other = factories.child(ward, "Phạm Thị Hà", "1/2/2013")
    as_(chi).post(reverse("pupil-match-many"), {"same": f"{one.public_id}:{child.public_id}"})
    assert as_(chi).post(url("pupil-match", one), {"child": child.public_id}).status_code == 404
    client = as_(an)
    client.post(url("pupil-match", one), {"child": child.public_id})
    client.post(reverse("pupil-match-many"), {"same": [f"{many.public_id}:{other.public_id}", "x:y", ":"]})
    assert dict(Pupil.objects.values_list("pk", "child")) == {one.pk: child.pk, many.pk: other.pk, asked.pk: None}
    assert "Trường THCS Nam Sơn, lớp 6A" in text(client.get(url("child", child)))


def test_a_child_out_of_reach_is_matched_by_nobody(asked, as_, an, chi):
    far = factories.child(chi.unit, "Lê Thị Lan", "3/4/2012")
    assert "Lê Thị Lan, sinh" not in text(as_(an).get(url("pupil-decide", asked)))
    assert as_(an).post(url("pupil-match", asked), {"child": far.public_id}).status_code == 404


def test_the_commune_adds_a_pupil_once_however_often_it_is_sent(asked, ward, as_, an):
    home = factories.hamlet(ward, "Tổ dân phố 7")
    client, values = as_(an), {"once": str(uuid4()), "hamlet": str(home.public_id)}
    for _ in range(2):
        client.post(url("pupil-add", asked), values)
    child = Child.objects.get()
    assert (child.full_name, child.unit) == ("Lê Thị Lan", home)


def test_the_commune_adds_the_ticked_ones(asked, school, ward, as_, an):
    other = factories.pupil(school, "Bùi Văn Bảy")
    left = factories.pupil(school, "Để Lại")
    values = {"new": [str(asked.public_id), str(other.public_id)], "hamlet": str(ward.public_id)}
    as_(an).post(reverse("pupil-add-many"), values)
    assert set(Child.objects.values_list("full_name", flat=True)) == {"Lê Thị Lan", "Bùi Văn Bảy"}
    assert Pupil.objects.asked_of(an).get() == left


def test_the_commune_passes_a_pupil_on(asked, as_, an, chi):
    as_(an).post(url("pupil-pass-on", asked), {"to": str(chi.unit.public_id)})
    assert Pupil.objects.asked_of(chi).get() == asked
    as_(chi).post(url("pupil-pass-on", asked), {"to": ""})
    asked.refresh_from_db()
    assert asked.state == "unknown"


def test_a_wrong_match_is_taken_back_on_the_childs_page(matched, child, as_, an, binh, chi):
    assert "Không phải trẻ này" not in text(as_(binh).get(url("child", child)))
    assert as_(chi).post(url("pupil-unmatch", matched)).status_code == 404
    as_(an).post(url("pupil-unmatch", matched))
    matched.refresh_from_db()
    assert matched.child is None


def test_what_waits_stands_on_the_first_page(asked, matched, school, child, as_, an, hoa):
    assert "1 học sinh chờ xác nhận" in text(as_(an).get(reverse("home")))
    matched.enrolments.update(ended_on=date(2024, 4, 1), end_reason="dropout")
    shown = text(as_(an).get(reverse("home")))
    assert "Học sinh bỏ học" in shown and "kind=R20" in shown
    form = text(as_(an).get(url("circumstance-add", child) + "?kind=R20"))
    assert '<option value="R20" selected>' in form


def test_nobodys_name_stands_in_the_log(matched, asked, as_, hoa, an):
    as_(hoa).get(url("pupil", matched))
    as_(an).get(url("pupil-decide", asked))
    told = " ".join(str(vars(entry)) for entry in Entry.objects.all())
    assert "Nguyễn Văn Nam" not in told and "Lê Thị Lan" not in told


# the school in figures


def test_the_school_sees_its_classes_and_others_no_small_group(school, child, matched, as_, hoa, an, tuan, binh):
    for number in range(6):
        factories.pupil(school, f"Kinh {number}", "1/1/2012", "f", ethnic="E01", class_name="6B")
    factories.pupil(school, "Một Mình", "1/1/2012", ethnic="E02", class_name="6B")
    own = text(as_(hoa).get(reverse("school")))
    assert "Lớp" in own and "Tày" in own and "***" not in own.split("Theo lớp")[1]
    address = f"{reverse('school')}?truong={school.public_id}"
    commune = text(as_(an).get(address))
    assert "Cả trường" in commune and "***" in commune.split("Theo lớp")[1]
    assert as_(tuan).get(address).status_code == 404
    assert as_(binh).get(address).status_code == 403


def test_small_numbers_that_stand_alone_take_one_more_with_them():
    assert shown_counts([40, 3, 0, 7], keeps=False) == ["40", "***", "0", "***"]
    assert shown_counts([40, 3, 2, 7], keeps=False) == ["40", "***", "***", "7"]
    assert shown_counts([40, 3], keeps=True) == ["40", "3"]


# the ministry's software


@pytest.fixture
def difference(child, an):
    taken = TakenList.objects.create(kind="ministry", unit=an.unit, on=date(2024, 4, 30), uploaded_by=an, state="done",
                                     file=lists.files.store(name="a.xlsx", content_type="x", data=b"x", by=an))  # fmt: skip
    child.ministry_state = "different"
    child.save()
    return MinistryDifference.objects.create(child=child, field="ethnic", ours="", theirs="E02", source=taken)


def test_differences_are_the_communes(difference, as_, an, binh, chi, hoa):
    address = reverse("ministry-differences")
    assert "Tày" in text(as_(an).get(address))
    assert "Tày" not in text(as_(chi).get(address))
    for officer in (binh, hoa):
        assert as_(officer).get(address).status_code == 403


def test_the_childs_page_names_what_differs(difference, child, as_, an):
    assert "Khác thông tin: dân tộc" in text(as_(an).get(url("child", child)))


def test_a_stranger_decides_nothing(difference, child, as_, an, chi):
    as_(chi).post(reverse("ministry-decide"), {"row": str(difference.public_id), "theirs": "1"})
    difference.refresh_from_db()
    assert difference.decision == ""
    as_(an).post(reverse("ministry-decide"), {"row": str(difference.public_id), "theirs": "1"})
    child.refresh_from_db()
    assert (child.ethnic, child.ministry_state) == ("E02", "present")


def test_keeping_ours_moves_it_to_the_second_list(difference, as_, an):
    client = as_(an)
    client.post(reverse("ministry-decide"), {"row": str(difference.public_id), "ours": "1"})
    assert "Không có thông tin nào khác nhau" in text(client.get(reverse("ministry-differences")))
    assert "Tày" in text(client.get(reverse("ministry-differences") + "?giu=1"))


def test_the_list_of_children_filters_by_the_state(difference, child, ward, as_, an):
    factories.child(ward, "Trẻ Khác")
    shown = text(as_(an).get(reverse("child-list") + "?ministry=different"))
    assert "Nguyễn Văn Nam" in shown and "Trẻ Khác" not in shown
    assert "Nguyễn Văn Nam" not in text(as_(an).get(reverse("child-list") + "?ministry=none"))


def test_the_administrator_reads_that_no_column_was_checked(as_, quan, an, chi, hoa):
    assert "chưa đối chiếu" in text(as_(quan).get(reverse("ministry-columns")))
    assert "chưa đối chiếu" not in text(as_(an).get(reverse("ministry-columns")))
    assert as_(hoa).get(reverse("ministry-columns")).status_code == 403


def test_the_file_in_the_ministrys_columns_is_of_who_may_export(child, as_, an, binh, chi):
    assert as_(binh).get(reverse("child-export", args=["bo"])).status_code == 403
    names = []
    for officer in (an, chi):
        response = as_(officer).get(reverse("child-export", args=["bo"]))
        body = b"".join(response) if response.streaming else response.content
        names.append([row[2] for row in load_workbook(io.BytesIO(body))["Trẻ em"].iter_rows(min_row=2, values_only=True)])
    assert names == [[child.full_name], []]
