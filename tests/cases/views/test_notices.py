"""The pages of Báo tin, as the sender, the taker and the stranger see them."""

import pytest
from django.urls import reverse

from cases.models import Case, Notice
from childcare.accounts.models import Draft
from childcare.audit.models import Entry
from tests import factories, people
from tests.cases import noticing
from tests.cases.noticing import TEXT


@pytest.fixture
def school(ward):
    return factories.school(ward)


@pytest.fixture
def hoa(school, an, dung):
    return noticing.hoa(school)


def answer(client, to=people.NAM_SON, **more):
    once = client.get(reverse("notice-add")).context["form"]["once"].value()
    unit = str(people.unit(to).public_id) if to else ""
    return {"once": once, "condition": TEXT, "suspect_related": "no", "emergency": "", "to": unit, **more}


def test_a_teacher_reports_and_sees_the_time_and_the_number_and_nothing_more(as_, hoa):
    client = as_(hoa)
    page = client.get(reverse("notice-add")).content.decode()
    for text in ("Gửi tới", "Phường Nam Sơn (nơi gần nhất)", "Thẳng lên Quận Kiến An (cấp trên)", "data-draft="):
        assert text in page
    response = client.post(reverse("notice-add"), answer(client, child_name="Lê Bảo Hân"))
    assert response.url == reverse("notice-sent")
    page = client.get(response.url).content.decode()
    notice = Notice.objects.get()
    assert notice.code in page and "Đã tiếp nhận lúc" in page
    assert "bầm" not in page and "Bảo Hân" not in page and "Phường Nam Sơn (" not in page


def test_the_list_of_the_sender_tells_the_same_before_and_after_the_report_was_taken_in(as_, hoa, an):
    client = as_(hoa)
    client.post(reverse("notice-add"), answer(client))
    client.get(reverse("notice-sent"))  # shows the message once
    before = main(client.get(reverse("notice-sent")))
    as_(an).post(reverse("notice", args=[Notice.objects.get().public_id]), {"suspect_related": "no"})
    assert Case.objects.count() == 1
    assert main(as_(hoa).get(reverse("notice-sent"))) == before


def main(response):
    page = response.content.decode()
    return page[page.index("<table") : page.index("</table>")]


def test_a_double_click_sends_once(as_, hoa):
    client = as_(hoa)
    data = answer(client)
    for _ in range(2):
        client.post(reverse("notice-add"), data)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    "more, sentence",
    [
        ({"condition": ""}, "Hãy điền ô này"),
        ({"suspect_related": ""}, "Hãy chọn một câu trả lời"),
        ({"to": ""}, "Hãy chọn nơi nhận tin"),
        ({"suspect_related": "yes"}, "Hãy chọn gửi thẳng cấp trên"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(as_, hoa, more, sentence):
    client = as_(hoa)
    response = client.post(reverse("notice-add"), answer(client, child_home="Ngõ 12 Trần Tất Văn", **more))
    page = response.content.decode()
    assert response.status_code == 200 and sentence in page and "Ngõ 12 Trần Tất Văn" in page
    assert not Notice.objects.exists()


def test_two_senders_do_not_see_each_others_reports(as_, hoa, binh):
    client = as_(hoa)
    client.post(reverse("notice-add"), answer(client))
    assert Notice.objects.get().code not in as_(binh).get(reverse("notice-sent")).content.decode()


def test_the_taker_sees_it_on_the_first_page_and_opens_the_case_in_one_step(as_, hoa, an):
    notice = noticing.sent(by=hoa, place="Sân trường", emergency=True)
    client = as_(an)
    page = client.get(reverse("home")).content.decode()
    assert f"Tin báo {notice.code} chờ tiếp nhận" in page
    assert notice.code in client.get(reverse("notice-list")).content.decode()
    page = client.get(reverse("notice", args=[notice.public_id])).content.decode()
    for text in (TEXT, "Sân trường", "Trịnh Thị Hoà, Trường THCS Nam Sơn", "cần can thiệp khẩn cấp"):
        assert text in page
    response = client.post(reverse("notice", args=[notice.public_id]), {"suspect_related": "no", "emergency": "yes"})
    case = Case.objects.get()
    assert response.url == reverse("case", args=[case.public_id])
    page = client.get(response.url).content.decode()
    assert "Sân trường" in page and "Trịnh Thị Hoà" in page
    assert "chờ tiếp nhận" not in client.get(reverse("home")).content.decode()
    assert client.get(reverse("notice", args=[notice.public_id])).status_code == 404


def test_the_leader_reads_the_case_without_the_name_of_who_told(as_, hoa, an, lan):
    notice = noticing.sent(by=hoa)
    as_(an).post(reverse("notice", args=[notice.public_id]), {"suspect_related": "no"})
    page = as_(lan).get(reverse("case", args=[Case.objects.get().public_id])).content.decode()
    assert TEXT in page and "Trịnh Thị Hoà" not in page and "Người báo tin" not in page


def test_above_it_is_passed_on_or_kept(as_, hoa, dung, an, ward):
    notice = noticing.sent(by=hoa, to=people.unit(people.KIEN_AN))
    url = reverse("notice", args=[notice.public_id])
    page = as_(dung).get(url).content.decode()
    assert "Chuyển cho xã, phường" in page and "Xã, phường nơi xảy ra" in page and f'value="{ward.public_id}" selected' in page
    response = as_(dung).post(url, {"suspect_related": "no", "unit": str(ward.public_id)})
    assert response.status_code == 409 and "hãy bấm" in response.content.decode()
    response = as_(dung).post(reverse("notice-pass-on", args=[notice.public_id]), {"unit": str(ward.public_id)})
    assert response.url == reverse("notice-list")
    page = as_(an).get(url).content.decode()
    assert TEXT in page and "Trịnh Thị Hoà" not in page


def test_above_a_case_near_to_the_ward_is_opened_and_the_ward_finds_nothing(as_, hoa, dung, an, lan, ward):
    notice = noticing.sent(by=hoa, to=people.unit(people.KIEN_AN), suspect_related="unknown")
    url = reverse("notice", args=[notice.public_id])
    passed = reverse("notice-pass-on", args=[notice.public_id])
    assert "Tôi đã hỏi lại" in as_(dung).get(url).content.decode()
    as_(dung).post(passed, {"unit": str(ward.public_id)})  # without having asked
    assert not as_(an).get(url).status_code == 200
    response = as_(dung).post(url, {"suspect_related": "unknown", "unit": str(ward.public_id)})
    case = Case.objects.get()
    assert response.url == reverse("case", args=[case.public_id]) and as_(dung).get(response.url).status_code == 200
    for officer in (an, lan):
        assert as_(officer).get(response.url).status_code == 404
        assert case.code not in as_(officer).get(reverse("case-list")).content.decode()


def test_what_was_not_clear_is_passed_on_once_somebody_asked(as_, hoa, dung, an, ward):
    notice = noticing.sent(by=hoa, suspect_related="unknown")
    url = reverse("notice", args=[notice.public_id])
    assert as_(an).get(url).status_code == 404 and as_(dung).get(url).status_code == 200
    as_(dung).post(reverse("notice-pass-on", args=[notice.public_id]), {"unit": str(ward.public_id), "clarified": "on"})
    assert as_(an).get(url).status_code == 200
    assert Entry.objects.get(action="notice.passed_on").note == "đã hỏi lại: không liên quan cán bộ"


def test_the_stranger_finds_nothing_and_the_colleague_may_not(as_, hoa, chi, lan, binh, son):
    notice = noticing.sent(by=hoa)
    url, passed = reverse("notice", args=[notice.public_id]), reverse("notice-pass-on", args=[notice.public_id])
    for officer in (chi, people.dung(), son):
        assert as_(officer).get(url).status_code == 404 and as_(officer).post(passed).status_code == 404
    for officer in (lan, binh, hoa):
        assert as_(officer).get(url).status_code == 403 and as_(officer).get(reverse("notice-list")).status_code == 403
    assert as_(lan).get(reverse("notice-add")).status_code == 403


def test_the_menu_leads_there_only_who_has_no_other_way(as_, hoa, an):
    assert reverse("notice-add") in as_(hoa).get(reverse("home")).content.decode()
    assert reverse("notice-add") not in as_(an).get(reverse("home")).content.decode()


def test_a_sender_without_anybody_to_take_it_in_is_told_whom_to_call(as_, ward):
    page = as_(noticing.tram()).get(reverse("notice-add")).content.decode()
    assert "Tổng đài 111" in page and "<textarea" not in page
    assert not Draft.objects.exists()


def test_the_lists_ask_a_fixed_number_of_queries(as_, hoa, an, django_assert_max_num_queries):
    for _ in range(12):
        noticing.sent(by=hoa)
    for officer, name in ((an, "notice-list"), (hoa, "notice-sent")):
        client = as_(officer)
        client.get(reverse(name))
        with django_assert_max_num_queries(14):
            client.get(reverse(name))
