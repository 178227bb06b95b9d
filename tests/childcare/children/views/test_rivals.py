"""Two officers on one row, for every edit form: the second sees what differs, keeps what was typed and chooses field by field."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.children.actions import circumstances, households, incidents, residence, supports
from childcare.children.models import Circumstance, Incident, Residence, Support
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ward):
    house = factories.household(factories.hamlet(ward, "Tổ dân phố 3"), "Nguyễn Văn Hào", address="Số 7")
    return factories.child(house.unit, "Nguyễn Thị Hoà", house=house)


def opened(client, address):
    """What a browser would send back of the form at an address, nothing changed; with the forms of an incident's children."""
    context = client.get(address).context
    sent = {}
    for form in (context["form"], *(context.get("people") or [])):
        for name in form.fields:
            value = form[name].value()
            if value not in (None, False):
                sent[form.add_prefix(name)] = "on" if value is True else str(value)
    return sent


def rivals(response):
    return {row["label"]: (row["mine"], row["now"], row["pick"]) for row in response.context["rivals"]}


def test_a_household(as_, an, lan, child):
    house, client = child.household, as_(an)
    address = reverse("household-edit", args=[house.public_id])
    mine = opened(client, address) | {"phone": "0922", "head_name": "Nguyễn Văn Hảo"}
    households.change(household=house, by=lan, version=1, head_name="Nguyễn Văn Hào", address="Số 9", phone="0911")
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert rivals(answer) == {"Địa chỉ": ("Số 7", "Số 9", "now"), "Điện thoại": ("0922", "0911", "mine")}
    again = mine | {"version": answer.context["form"]["version"].value(), "pick_address": "now", "pick_phone": "mine"}
    assert client.post(address, again).status_code == 302
    house.refresh_from_db()
    assert (house.head_name, house.address, house.phone) == ("Nguyễn Văn Hảo", "Số 9", "0922")


def test_a_circumstance_that_was_corrected_meanwhile_leads_to_the_row_that_stands(as_, an, lan, child):
    row = factories.circumstance(child, "N08", since=date(2023, 9, 1), note="Bỏ học từ đầu năm")
    client, address = as_(an), reverse("circumstance-correct", args=[row.public_id])
    mine = opened(client, address) | {"reason": "Ghi nhầm ngày", "started_on": "5/9/2023"}
    new = circumstances.correct(
        circumstance=row, by=lan, version=1, reason="Bổ sung", paper="QĐ 12", started_on=date(2023, 9, 2)
    )
    answer = client.post(address, mine)
    assert answer.status_code == 409 and lan.full_name in answer.content.decode()
    assert rivals(answer) == {
        "Từ ngày": ("05/09/2023", "02/09/2023", "mine"), "Giấy tờ, quyết định": ("", "QĐ 12", "now"),
    }  # fmt: skip
    there = answer.context["action"]
    assert there == reverse("circumstance-correct", args=[new.public_id]) and "Ghi nhầm ngày" in answer.content.decode()
    client.post(there, mine | {"version": 1, "pick_started_on": "mine", "pick_paper": "now"})
    last = Circumstance.objects.get(child=child, voided_at=None)
    assert (last.started_on, last.paper, last.note, last.replaces) == (date(2023, 9, 5), "QĐ 12", "Bỏ học từ đầu năm", new)


def test_a_support_that_was_ended_meanwhile(as_, an, lan, child, ward):
    row = factories.support(child, "S01", on=date(2023, 4, 1), unit=ward, running=True, amount=540_000, per="month")
    client, address = as_(an), reverse("support-correct", args=[row.public_id])
    mine = opened(client, address) | {"reason": "Sai mức", "amount": "720.000"}
    supports.end(support=row, by=lan, version=1, last_day=date(2024, 4, 30))
    answer = client.post(address, mine)
    assert rivals(answer) == {"Đang tiếp tục (hằng tháng, dài hạn)": ("có", "", "now")}
    client.post(address, mine | {"version": 2, "pick_running": "now"})
    last = Support.objects.get(child=child, voided_at=None)
    assert (last.amount, last.running) == (720_000, False)


def test_a_residence(as_, an, lan, child, ward):
    row, other = child.residences.get(), factories.hamlet(ward, "Tổ dân phố 5")
    client, address = as_(an), reverse("residence-correct", args=[row.public_id])
    mine = opened(client, address) | {"reason": "Sai ngày", "since": "1/3/2023"}
    residence.correct(residence=row, by=lan, version=1, unit=other, since=None, reason="Nhầm tổ")
    answer = client.post(address, mine)
    assert rivals(answer) == {"Nơi ở đúng": ("Tổ dân phố 3", "Tổ dân phố 5", "now")}
    client.post(answer.context["action"], mine | {"version": 1, "pick_unit": "now"})
    last = Residence.objects.get(child=child, voided_at=None)
    assert (last.unit, last.started_on) == (other, date(2023, 3, 1))


def test_an_incident_with_its_children(as_, an, lan, child, ward):
    row = factories.incident(ward, cause="fall", children=[(child, {"outcome": "injured"})])
    client, address = as_(an), reverse("incident-correct", args=[row.public_id])
    mine = opened(client, address) | {"reason": "Bổ sung", "outcome": "Đã đưa đi bệnh viện"}
    who = incidents.Person(child=child, outcome="unharmed")
    incidents.correct(incident=row, by=lan, version=1, reason="Sửa", people=[who], cause="traffic")
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert rivals(answer) == {
        "Nguyên nhân (tai nạn, thương tích)": ("Ngã", "Giao thông", "now"),
        "Trẻ em trong vụ việc": ("Nguyễn Thị Hoà, Bị thương, bị tổn hại", "Nguyễn Thị Hoà, Không tổn hại", "mine"),
    }
    client.post(answer.context["action"], mine | {"version": 1, "pick_cause": "now", "pick_people": "now"})
    last = Incident.objects.get(voided_at=None)
    assert (last.cause, last.outcome, last.children.get().outcome) == ("traffic", "Đã đưa đi bệnh viện", "unharmed")


def test_a_row_that_was_voided_for_good_is_not_there(as_, an, lan, child):
    row = factories.circumstance(child, "N08")
    client, address = as_(an), reverse("circumstance-correct", args=[row.public_id])
    mine = opened(client, address) | {"reason": "Sai", "note": "Câu chuyện dài đã gõ"}
    circumstances.void(circumstance=row, by=lan, version=1, reason="Ghi nhầm trẻ")
    answer = client.post(address, mine)
    assert answer.status_code == 404 and "Câu chuyện dài đã gõ" in answer.content.decode()


def test_the_same_change_by_both_is_no_difference(as_, an, lan, child):
    client, address = as_(an), reverse("household-edit", args=[child.household.public_id])
    mine = opened(client, address) | {"phone": "0911"}
    households.change(household=child.household, by=lan, version=1, head_name="Nguyễn Văn Hào", address="Số 7", phone="0911")
    answer = client.post(address, mine)
    assert answer.status_code == 409 and answer.context["rivals"] == [] and "bấm Lưu lần nữa" in answer.content.decode()


def test_a_broken_base_is_no_error(as_, an, lan, child):
    client, address = as_(an), reverse("household-edit", args=[child.household.public_id])
    mine = opened(client, address) | {"phone": "0922"}
    households.change(household=child.household, by=lan, version=1, head_name="Nguyễn Văn Hào", address="Số 7", phone="0911")
    for base in ("{", "[]", '{"phone": 7}', ""):
        assert rivals(client.post(address, mine | {"base": base})) == {"Điện thoại": ("0922", "0911", "mine")}
