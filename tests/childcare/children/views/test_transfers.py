"""The pages of a transfer: An sends, Chi acknowledges or returns; Bình has less, and nobody sees what is not his."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from childcare.audit.models import Entry
from childcare.children.actions import asking, transfers
from childcare.children.codes import code_of
from childcare.children.models import Child, Transfer, TransferAsk
from tests import factories, people

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 1)


@pytest.fixture
def other():
    return people.unit(people.VAN_DAU)


@pytest.fixture
def child(ward):
    return factories.child(ward, "Nguyễn Thị Hoà", "12/05/2016", "f")


@pytest.fixture
def sent(an, other, child):
    """The child sent to Phường Văn Đẩu."""
    return transfers.send(child=child, by=an, to=other, on=DAY, note="Gia đình thuê nhà ở phường")


def text(response):
    return response.content.decode()


def url(name, row=None):
    return reverse(name, args=[row.public_id] if row else [])


def test_the_form_of_the_child_sends_it_and_says_who_was_told(as_, an, other, child):
    post = {"to": "van dau", "on": "1/4/2024", "kind": "permanent", "note": "Về ở với bà"}
    page = as_(an).post(reverse("residence-move", args=[child.public_id]), post, follow=True)
    assert "Đã chuyển Nguyễn Thị Hoà đến Phường Văn Đẩu" in text(page)
    assert Transfer.objects.get().note == "Về ở với bà"


def test_the_sender_sees_a_code_and_no_name(as_, an, sent, child):
    page = text(as_(an).get(url("transfer-list")))
    assert "Nguyễn Thị Hoà" not in page and code_of(child.pk) in page and "Phường Văn Đẩu" in page


def test_the_receiver_sees_the_child_and_the_message_of_the_sender(as_, chi, sent):
    assert "Nguyễn Thị Hoà" in text(as_(chi).get(url("transfer-list")))
    page = text(as_(chi).get(url("transfer", sent)))
    assert (
        "Gia đình thuê nhà ở phường" in page
        and "Tiếp nhận Nguyễn Thị Hoà" in page
        and "Nguyễn" not in page.split("</title>")[0]
    )
    assert Entry.objects.filter(action="transfer.viewed", subject_id=str(sent.child.public_id)).exists()


def test_the_receiver_acknowledges_on_the_page(as_, chi, other, sent):
    place = factories.hamlet(other, "Tổ dân phố 5")
    assert "chờ Phường Văn Đẩu tiếp nhận" in text(as_(chi).get(reverse("child", args=[sent.child.public_id])))
    post = {"version": "1", "unit": str(place.public_id), "head_name": "Trần Văn Mới", "address": ""}
    assert as_(chi).post(url("transfer", sent), post).url == reverse("child", args=[sent.child.public_id])
    child = Child.objects.get()
    assert (child.unit, child.household.head_name) == (place, "Trần Văn Mới")
    assert "chờ Phường" not in text(as_(chi).get(reverse("child", args=[child.public_id])))


def test_a_hamlet_of_another_ward_is_not_taken(as_, chi, ward, sent):
    post = {"version": "1", "unit": str(factories.hamlet(ward).public_id)}
    assert "unit" in as_(chi).post(url("transfer", sent), post).context["form"].errors


def test_the_receiver_returns_it_with_a_reason_that_the_sender_reads(as_, an, chi, sent):
    assert as_(chi).post(url("transfer-return", sent), {"version": "1", "reason": ""}).context["form"].errors
    as_(chi).post(url("transfer-return", sent), {"version": "1", "reason": "Không về đây"})
    page = text(as_(an).get(url("transfer-list")))
    assert "bị trả lại" in page and "Không về đây" in page and "Nguyễn Thị Hoà" in page


def test_the_sender_withdraws_without_being_told_a_name(as_, an, sent):
    assert "Nguyễn Thị" not in text(as_(an).get(url("transfer-withdraw", sent))).replace("Nguyễn Thị An", "")
    as_(an).post(url("transfer-withdraw", sent), {"version": "1", "reason": "Chọn nhầm"})
    assert Child.objects.visible_to(an).exists()


def test_who_may_open_what(as_, an, binh, chi, dung, sent):
    codes = {
        name: [as_(who).get(url(name, sent)).status_code for who in (an, binh, chi, dung)]
        for name in ("transfer", "transfer-return", "transfer-withdraw")
    }
    assert codes == {
        "transfer": [404, 403, 200, 403], "transfer-return": [404, 403, 200, 403], "transfer-withdraw": [200, 403, 404, 403]
    }  # fmt: skip


def test_both_see_that_nobody_answers_in_time(as_, an, chi, sent):
    Transfer.objects.update(sent_on=people.TODAY - timedelta(days=11))
    for who, told in ((an, "Trẻ chuyển đi chưa được tiếp nhận"), (chi, "Trẻ chuyển đến chờ tiếp nhận")):
        home = text(as_(who).get(reverse("home")))
        assert told in home.split("Quá hạn")[1] and "Nguyễn Thị Hoà" not in home
        assert "quá hạn 1 ngày" in text(as_(who).get(url("transfer-list")))


def test_before_the_last_day_the_sender_has_nothing_to_do(as_, an, chi, sent):
    assert "chưa được tiếp nhận" not in text(as_(an).get(reverse("home")))
    assert "chậm nhất 12/05/2024" in text(as_(chi).get(reverse("home")))


def test_the_district_sees_who_waits_for_whom(as_, dung, sent):
    page = text(as_(dung).get(url("transfer-list")))
    assert "từ Phường Nam Sơn đến Phường Văn Đẩu" in page and "Tiếp nhận<" not in page


def test_asking_says_the_same_whether_or_not_the_child_is_there(as_, chi, other, child):
    said = []
    for number in (str(child.public_id), "031216009999"):
        post = {"unit": str(other.public_id), "number": number, "reason": "Đã về ở đây"}
        page = text(as_(chi).post(url("transfer-ask"), post, follow=True))
        assert "Nguyễn Thị Hoà" not in page and "Phường Nam Sơn" not in page
        said.append(page.split('role="status"')[1].split("</div>")[0])
    assert said[0] == said[1] and TransferAsk.objects.count() == 2


def test_the_commune_of_the_child_reads_the_reason_and_answers(as_, an, binh, chi, other, child):
    row = asking.ask(by=chi, unit=other, number=str(child.public_id), reason="Đã về tổ 3")
    assert "Xã, phường khác xin chuyển trẻ về" in text(as_(an).get(reverse("home")))
    assert "Đã về tổ 3" in text(as_(an).get(url("transfer-ask-answer", row)))
    assert [as_(who).get(url("transfer-ask-answer", row)).status_code for who in (binh, chi)] == [403, 404]
    as_(an).post(url("transfer-ask-answer", row), {"version": "1", "on": "20/4/2024"})
    assert Transfer.objects.get().moved_on == date(2024, 4, 20) and Child.objects.visible_to(chi).exists()


def test_a_question_is_declined_or_left_on_its_page(as_, an, chi, other, child):
    row = asking.ask(by=chi, unit=other, number=str(child.public_id), reason="")
    as_(an).post(url("transfer-ask-decline", row), {"version": "1", "reason": "Trẻ vẫn ở đây"})
    assert "Trẻ vẫn ở đây" in text(as_(chi).get(url("transfer-list")))
    second = asking.ask(by=chi, unit=other, number="031216009999", reason="")
    assert as_(an).get(url("transfer-ask-withdraw", second)).status_code == 404
    assert as_(chi).get(url("transfer-ask-withdraw", second)).status_code == 200
    as_(chi).post(url("transfer-ask-withdraw", second), {"version": "1"})
    assert TransferAsk.objects.get(pk=second.pk).state == "withdrawn"


def test_the_list_asks_a_fixed_number_of_queries(as_, chi, other, ward, an, django_assert_max_num_queries):
    for number in range(12):
        transfers.send(child=factories.child(ward, f"Trẻ {number}"), by=an, to=other, on=DAY)
    client = as_(chi)
    with django_assert_max_num_queries(14):
        assert text(client.get(url("transfer-list"))).count("Tiếp nhận<") == 12


def test_a_death_is_taken_back_on_the_page_of_the_child(as_, an, binh, chi, child):
    fact = factories.circumstance(child, "N04")
    address = reverse("child", args=[child.public_id])
    as_(an).post(reverse("residence-end", args=[child.public_id]), {"reason": "death", "on": "20/4/2024"})
    assert "Hoàn tác: tử vong ngày 20/04/2024" in text(as_(an).get(address))
    assert "Hoàn tác" not in text(as_(binh).get(address))
    undo = reverse("residence-undo", args=[child.public_id])
    assert [as_(who).get(undo).status_code for who in (an, binh, chi)] == [200, 403, 404]
    as_(an).post(undo, {"reason": "Ghi nhầm trẻ"})
    fact.refresh_from_db()
    assert Child.objects.get().residing and fact.voided_at and child.circumstances.get(voided_at=None).ended_on is None
    assert as_(an).post(undo, {"reason": "Ghi nhầm trẻ"}).status_code == 409
