"""Pages of typed figures, and the list behind a counted figure: exactly its rows, or a sentence and no list."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.indicators.models import Indicator
from plans.models import Activity
from reports import manual, old_figures
from reports.models import ManualFigure
from reports.obligations import ensure_obligations
from tests import factories, people

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2023, 11, 1), date(2024, 4, 30)


def text(response):
    return response.content.decode()


def enter(by, unit, code="NL-02", **fields):
    values = {"numerator": 7, "denominator": 9, "source": "Phòng LĐTBXH", "origin": "sector", **fields}
    return manual.enter(by=by, unit=unit, indicator=Indicator.objects.get(code=code), data_from=FIRST, cutoff=LAST, **values)


def posted(unit, **fields):
    return {
        "unit": str(unit.public_id), "indicator": "NL-02", "window": f"{FIRST}_{LAST}", "origin": "sector", "numerator": "7",
        "denominator": "9", "source": "Phòng LĐTBXH", "source_date": "2/5/2024", **fields,
    }  # fmt: skip


# typed figures


def test_an_types_a_figure_for_a_window_of_her_reports(as_, an, ward):
    ensure_obligations(2024)
    response = as_(an).post(reverse("manual-add"), posted(ward))
    assert response.status_code == 302
    figure = ManualFigure.objects.get()
    assert (figure.numerator, figure.denominator, figure.data_from, figure.cutoff) == (7, 9, FIRST, LAST)
    page = text(as_(an).get(reverse("manual-figures")))
    assert "7/9" in page and "01/11/2023 – 30/04/2024" in page and "Phòng LĐTBXH · 02/05/2024" in page


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"numerator": ""}, "Hãy nhập tử số, hoặc tỷ lệ"),
        ({"percentage": "78"}, "hãy để trống tỷ lệ"),
        ({"source": ""}, "Hãy điền ô này"),
        ({"window": "2020-01-01_2020-02-01"}, "window"),
        ({"source_date": "3/5/2024"}, "chưa tới"),
    ],
)
def test_what_is_wrong_is_said(as_, an, ward, wrong, sentence):
    ensure_obligations(2024)
    assert sentence in text(as_(an).post(reverse("manual-add"), posted(ward, **wrong)))
    assert not ManualFigure.objects.exists()


def test_another_ward_cannot_be_chosen_nor_read_nor_voided(as_, an, chi, ward):
    ensure_obligations(2024)
    as_(chi).post(reverse("manual-add"), posted(ward))
    assert not ManualFigure.objects.exists()
    figure = enter(an, ward)
    assert "Chưa nhập số liệu nào" in text(as_(chi).get(reverse("manual-figures")))
    assert as_(chi).post(reverse("manual-void", args=[figure.public_id]), {"reason": "x"}).status_code == 404


def test_a_leader_reads_and_a_collaborator_and_the_administrator_do_not(as_, lan, binh, quan, an, ward):
    enter(an, ward)
    page = text(as_(lan).get(reverse("manual-figures")))
    assert "NL-02" in page and "Nhập số liệu</a>" not in page
    assert as_(lan).get(reverse("manual-add")).status_code == 403
    for officer in (binh, quan):
        assert as_(officer).get(reverse("manual-figures")).status_code == 403


def test_voiding_asks_for_the_reason(as_, an, ward):
    figure = enter(an, ward)
    address = reverse("manual-void", args=[figure.public_id])
    assert "Hãy điền ô này" in text(as_(an).post(address, {"reason": ""}))
    assert as_(an).post(address, {"reason": "Gõ nhầm"}).status_code == 302
    figure.refresh_from_db()
    assert figure.void_reason == "Gõ nhầm"


@pytest.mark.parametrize(
    "query, count", [({"code": "nl-02"}, 1), ({"origin": "old_report"}, 1), ({"year": "2024"}, 2), ({}, 2)]
)
def test_the_list_is_filtered(as_, an, ward, query, count):
    enter(an, ward)
    enter(an, ward, code="HC-04", origin="old_report")
    assert len(as_(an).get(reverse("manual-figures"), query).context["rows"]) == count


def test_the_list_asks_few_questions(as_, an, ward, django_assert_max_num_queries):
    for row in Indicator.objects.all()[:60]:
        enter(an, ward, code=row.code)
    client = as_(an)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("manual-figures"))
    assert len(page.context["rows"]) == 50 and page.context["pager"].next


# old figures by CSV


def upload(client, data):
    return client.post(reverse("manual-upload"), {"file": SimpleUploadedFile("cu.csv", data, content_type="text/csv")})


def test_the_template_comes_as_a_file_and_goes_in(as_, an):
    response = as_(an).get(reverse("manual-template"))
    assert response["Content-Disposition"].startswith("attachment") and response.content.startswith(b"\xef\xbb\xbf")
    assert upload(as_(an), response.content).status_code == 302
    assert ManualFigure.objects.get().unit.name == "Phường Nam Sơn"
    upload(as_(an), response.content)
    assert ManualFigure.objects.count() == 1


def test_faults_are_told_line_by_line(as_, an):
    data = old_figures.template() + "11446;HC-04;01/11/2022;30/04/2023;1;2;;Báo cáo;\r\n".encode()
    page = text(upload(as_(an), data))
    assert "1 dòng cần sửa, 1 dòng đã đúng" in page and "Dòng 3: Không có đơn vị mã “11446”" in page
    assert not ManualFigure.objects.exists()


def test_a_file_of_another_kind_is_said_beside_the_field(as_, an):
    assert "không phải CSV UTF-8" in text(upload(as_(an), "Mã".encode("utf-16")))


def test_a_leader_does_not_upload(as_, lan):
    assert upload(as_(lan), old_figures.template()).status_code == 403


# the list behind a figure


def behind(client, code, unit, breakdown="", first=FIRST, last=LAST):
    query = {"unit": str(unit.public_id), "from": str(first), "to": str(last), "breakdown": breakdown}
    return client.get(reverse("figure-rows", args=[code]), query)


@pytest.fixture
def three(ward):
    """Three children of Nam Sơn, two of them in special circumstances."""
    children = [factories.child(ward, name=f"Nguyễn Văn {name}", sex="m") for name in ("Một", "Hai", "Ba")]
    for child in children[:2]:
        factories.circumstance(child, "N04.2")
    return children


def test_the_list_has_exactly_as_many_rows_as_the_figure(as_, an, ward, three):
    response = behind(as_(an), "HC-01", ward)
    assert response.context["total"] == response.context["figure"].numerator == 2
    page = text(response)
    assert "Nguyễn Văn Một" in page and "Nguyễn Văn Ba" not in page
    entry = Entry.objects.get(action="figure.opened")
    assert sorted(entry.shown) == sorted(str(child.public_id) for child in three[:2])


def test_a_breakdown_opens_its_own_rows(as_, an, ward, three):
    response = behind(as_(an), "HC-01", ward, "group=N04&sex=m")
    assert response.context["total"] == 2 and "Trẻ em khuyết tật, nam" in text(response)


def test_the_district_opens_the_list_of_a_ward(as_, dung, ward, three):
    assert behind(as_(dung), "HC-01", ward).context["total"] == 2


def test_who_may_not_see_every_row_gets_the_number_and_no_list(as_, phuc, son, ward, three):
    page = behind(as_(son), "HC-01", ward)
    assert "rows" not in page.context and "Không mở được danh sách" in text(page) and "Nguyễn Văn Một" not in text(page)
    assert Entry.objects.filter(action="figure.closed").count() == 1


def test_a_protected_fact_keeps_the_list_closed_for_who_is_not_on_its_team(as_, an, dung, ward, three):
    factories.circumstance(three[2], "N05", protected_file=factories.protected_file(three[2], unit=ward))
    assert behind(as_(an), "HC-01", ward).context["total"] == 3
    page = text(behind(as_(dung), "HC-01", ward))
    assert "Không mở được danh sách" in page and "Nguyễn Văn Ba" not in page


@pytest.mark.parametrize("who", ["chi", "binh", "quan"])
def test_strangers_collaborators_and_the_administrator_get_nothing(as_, request, ward, three, who):
    assert behind(as_(request.getfixturevalue(who)), "HC-01", ward).status_code in (403, 404)


@pytest.mark.parametrize("query", [{}, {"unit": "x"}, {"from": "2024-13-01"}, {"from": "2025-01-01"}])
def test_an_address_that_makes_no_sense_is_not_found(as_, an, ward, query):
    values = {"unit": str(ward.public_id), "from": str(FIRST), "to": str(LAST)} if query else {}
    assert as_(an).get(reverse("figure-rows", args=["HC-01"]), {**values, **query}).status_code == 404
    assert as_(an).get(reverse("figure-rows", args=["XX-01"]), values).status_code == 404


def test_incidents_activities_and_supports_are_listed_too(as_, an, ward, three):
    factories.incident(ward, children=[(three[0], {"outcome": "injured"}), (None, {"sex": "f"})])
    factories.support(three[0], source="Quỹ Bảo trợ trẻ em")
    Activity.objects.create(unit=ward, held_on=date(2024, 3, 1), kind="forum", title="Diễn đàn trẻ em phường")
    injured = behind(as_(an), "TN-01", ward)
    assert injured.context["total"] == injured.context["figure"].numerator
    assert "Trẻ em chưa có trong sổ" in text(injured)
    forum = behind(as_(an), "TG-04", ward)
    assert forum.context["total"] == 1 and "Diễn đàn trẻ em phường" in text(forum)
    assert behind(as_(an), "NL-06", ward).context["total"] == 1


def test_a_figure_that_nobody_counts_has_no_list(as_, an, ward):
    assert "Không mở được danh sách" in text(behind(as_(an), "PH-01", ward))


def test_a_long_list_has_pages_and_a_fixed_number_of_questions(as_, an, ward, django_assert_max_num_queries):
    for number in range(104):
        factories.child(ward, name=f"Trần Thị {number}", sex="f")
    client = as_(an)
    with django_assert_max_num_queries(60):
        first = behind(client, "DS-06", ward)
    assert first.context["total"] == 104 and len(first.context["rows"]) == 100
    assert len(client.get(first.context["pager"].next).context["rows"]) == 4


def test_the_unit_before_2025_opens_by_its_own_days(as_, dung, ward, three, settings):
    settings.TRAINING_TODAY = "2026-05-02"
    assert behind(as_(dung), "HC-01", people.unit(people.NAM_SON, LAST)).context["total"] == 2
