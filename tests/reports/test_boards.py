"""The boards: every number opens a list of exactly that many rows; what is to be done follows from what is recorded."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.children.actions import duplicates, requests
from childcare.inbox.models import Message
from plans.models import Activity
from reports import boards, todo, todo_deeds
from reports.models import Obligation, Snapshot, Submission
from reports.nudges import nudge
from reports.obligations import ensure_obligations
from reports.todo import Todo
from tests import factories as f
from tests import people
from tests.childcare.children.actions.test_requests import receive
from tests.plans.actions.test_inspections import concluded, planned

pytestmark = pytest.mark.django_db
DAY = people.TODAY


def submit(unit_code, state, on=None, code="RG01", **fields):
    owed = Obligation.objects.get(regime__code=code, period="2024-H1", unit__code=unit_code)
    frozen = None
    if state not in ("draft", "to_sign"):
        frozen = Snapshot.objects.create(
            unit=owed.unit, period="2024-H1", data_from=owed.data_from, cutoff=owed.cutoff, text="{}", digest="x"
        )
    return Submission.objects.create(obligation=owed, state=state, sent_at=on, snapshot=frozen, **fields)


@pytest.fixture
def family(ward):
    """Two hamlets: two children in the first (one without number, one with a bad one), one complete child in the second."""
    one, two = f.hamlet(ward, "Tổ dân phố 2"), f.hamlet(ward, "Tổ dân phố 10")
    whole = {"ethnic": "01", "mother_name": "Lê Thị Mai"}
    return {
        "one": one,
        "two": two,
        "hoa": f.child(one, "Nguyễn Thị Hoà", "12/05/2016", "f", **whole),
        "an": f.child(one, "Trần Văn An", "2018", identity_number="12345", **whole),
        "minh": f.child(two, "Lê Văn Minh", "01/02/2020", identity_number="031220000001", identity_valid=True, **whole),
    }


def test_pairs_that_may_be_one_child_wait_for_the_one_who_may_judge_them(an, binh, chi, ward):
    for _ in range(2):
        f.child(ward, "Nguyễn Thị Hoà", "12/05/2016")
    duplicates.search(unit=ward)
    found = {who: [row.detail for row in todo.todos(who, DAY)["open"] if "trùng" in row.title] for who in (an, binh, chi)}
    assert found == {an: ["1 cặp chờ xem"], binh: [], chi: []}


def test_what_needs_checking_stands_per_hamlet_in_natural_order(an, ward, family):
    rows = boards.checks_by_hamlet(an, ward)
    assert [(row["unit"].name, row["children"], row["none"], row["bad"], row["basic"]) for row in rows] == [
        ("Tổ dân phố 2", 2, 1, 1, 1),
        ("Tổ dân phố 10", 1, 0, 0, 0),
    ]


def test_every_number_of_the_checks_opens_a_list_of_exactly_that_many_children(an, ward, family, as_):
    page = as_(an).get(reverse("home"))
    for row in page.context["checks"]:
        for cell in row["cells"]:
            listed = len(as_(an).get(cell["url"]).context["page"].rows)
            assert listed == cell["count"], (row["unit"], cell)


def test_the_four_figures_of_the_ward_open_their_lists(an, ward, family, as_):
    f.circumstance(family["hoa"], "N01", since=date(2023, 1, 1))
    f.support(family["hoa"], on=date(2024, 2, 1))
    boxes = as_(an).get(reverse("home")).context["boxes"]
    assert [box.number for box in boxes] == ["3", "1", "1", "0"]
    for box in boxes:
        rows = as_(an).get(box.url).context["rows"]
        assert str(len(rows)) == box.number


def test_the_ward_sees_its_report_with_the_days_left(an, as_):
    ensure_obligations(2024)
    piles = todo.todos(an, DAY)
    assert [row.title for row in piles["soon"]] == ["Báo cáo 6 tháng đầu năm 2024"]
    assert piles["soon"][0].detail == "chậm nhất 09/05/2024 (còn 7 ngày) · chưa soạn"
    assert b"6 th\xc3\xa1ng \xc4\x91\xe1\xba\xa7u n\xc4\x83m 2024" in as_(an).get(reverse("home")).content


def test_a_report_past_its_last_day_is_late_until_it_is_sent(an):
    ensure_obligations(2024)
    assert len(todo.todos(an, date(2024, 5, 10))["late"]) == 1
    submit("11437", "sent", timezone.now())
    assert todo.todos(an, date(2024, 5, 10))["late"] == []


def test_a_returned_report_comes_back_to_the_ward_whatever_the_day(an):
    ensure_obligations(2024)
    submit("11437", "returned", timezone.now())
    found = [row for pile in todo.todos(an, date(2024, 8, 1)).values() for row in pile]
    assert [row.action for row in found] == ["Chỉnh sửa", "Soạn báo cáo", "Soạn kế hoạch"]  # the campaign's is late


def test_the_leader_is_told_what_lies_to_sign_and_the_district_what_to_answer(an, lan, dung):
    ensure_obligations(2024)
    submit("11437", "to_sign")
    assert [row.action for row in todo.todos(lan, DAY)["open"]] == ["Xem để ký"]
    Submission.objects.all().delete()
    submit("11437", "sent", timezone.now())
    assert [row.action for row in todo.todos(dung, DAY)["open"]] == ["Xem và trả lời"]


def test_an_abused_child_without_help_is_a_task_only_for_those_who_may_open_the_incident(an, binh, chi, ward, family):
    file = f.protected_file(family["hoa"], unit=ward)
    f.incident(ward, "abuse", children=[(family["hoa"], {"form": "violence"})], protected_file=file)
    titles = [[row.title for row in todo.todos(person, DAY)["open"]] for person in (an, binh, chi)]
    assert [sum("xâm hại" in title for title in found) for found in titles] == [1, 0, 0]


def test_what_was_announced_waits_for_its_result_in_one_question(an, chi, dung, ward, django_assert_num_queries):
    hamlet = f.hamlet(ward, "Tổ dân phố 2")
    for unit, on, title in ((ward, date(2024, 5, 1), "Họp mặt"), (ward, DAY, "Tặng quà"), (hamlet, date(2024, 4, 1), "Dạy bơi"),
                            (ward, date(2024, 5, 3), "Ngày mai"), (ward, date(2023, 5, 1), "Năm ngoái"),
                            (people.unit(people.VAN_DAU), date(2024, 5, 1), "Nơi khác")):  # fmt: skip
        Activity.objects.create(unit=unit, held_on=on, kind="other", title=title, planned=True)
    Activity.objects.create(unit=ward, held_on=date(2024, 5, 1), kind="other", title="Đã làm")
    concluded(None, date(2024, 4, 30))
    planned()  # of the district, over since 24/04
    rows = [Todo(*line) for line in todo_deeds.lines(an, DAY)]
    assert [(row.action, row.detail.split(" · ")[0], row.late(DAY)) for row in rows] == [
        ("Ghi kết quả", "Dạy bơi", True), ("Ghi kết quả", "Họp mặt", True), ("Ghi kết quả", "Tặng quà", False),
        ("Ghi kết quả", "Kiến nghị 2", True), ("Ghi kết quả", "Kiến nghị 1", False),
    ]  # fmt: skip
    assert "(quá 1 ngày)" in rows[1].detail and "(hôm nay)" in rows[2].detail and rows[4].due is None
    assert [row[0] for row in todo_deeds.lines(dung, DAY)] == ["Kiểm tra Phường Nam Sơn"]
    assert [row[1].split(" · ")[0] for row in todo_deeds.lines(chi, DAY)] == ["Nơi khác"]
    an.units_for(Permission.PLAN_EDIT)
    with django_assert_num_queries(1):
        list(todo_deeds.lines(an, DAY))


def test_a_colleague_sees_the_checks_of_his_ward_and_a_stranger_only_his_own(binh, chi, family, as_):
    assert len(as_(binh).get(reverse("home")).context["checks"]) == 2
    assert as_(chi).get(reverse("home")).context["checks"] == []


def test_the_administrator_sees_no_figure_and_no_child(quan, family, as_):
    page = as_(quan).get(reverse("home"))
    assert "boxes" not in page.context and "checks" not in page.context


def test_the_district_counts_who_has_reported_how(an, chi, dung, as_):
    ensure_obligations(2024)
    submit("11437", "accepted", timezone.datetime(2024, 5, 7, 9, tzinfo=timezone.get_current_timezone()))
    submit("11446", "sent", timezone.datetime(2024, 5, 10, 9, tzinfo=timezone.get_current_timezone()), on_behalf=True)
    submit("11434", "to_sign")
    page = as_(dung).get(reverse("summary"))
    rows = {row["unit"].code: row for row in page.context["rows"]}
    assert [rows[code]["word"] for code in ("11437", "11446", "11434", "11440")] == [
        "Đã tiếp nhận",
        "Đã gửi",
        "Chờ ký",
        "Chưa gửi",
    ]
    assert rows["11446"]["late"] == 1 and rows["11446"]["on_behalf"]
    assert dict(page.context["counts"]) == {"accepted": 1, "sent": 1, "to_sign": 1, "unsent": 7, "late": 1}


def test_on_the_day_after_the_last_everybody_who_has_not_sent_is_late(dung):
    ensure_obligations(2024)
    regime = Obligation.objects.get(regime__code="RG01", period="2024-H1", unit__code="11437").regime_id
    rows, counts = boards.reporting(people.unit("307"), regime, "2024-H1", date(2024, 5, 10))
    assert len(rows) == counts["late"] == 10 and rows[0]["late_word"] == "chậm 1 ngày"


def test_the_board_of_the_district_shows_groups_and_masks_nothing_it_may_see(dung, ward, family, as_):
    f.circumstance(family["hoa"], "N04", since=date(2023, 1, 1))
    rows = as_(dung).get(reverse("summary")).context["board"].groups
    assert {row.label: row.figures[0].text for row in rows}["khuyết tật"] == "1"
    assert len(rows) == 14 + 1 and rows[-1].total


def test_another_unit_may_be_looked_at_only_from_above(dung, chi, an, as_, ward):
    address = f"{reverse('summary')}?unit={ward.public_id}"
    assert as_(dung).get(address).status_code == 200
    assert as_(an).get(address).status_code == 200
    assert as_(chi).get(address).status_code == 404
    assert as_(dung).get(f"{reverse('summary')}?unit=x").status_code == 404


def test_the_summary_is_not_for_a_collaborator(binh, as_):
    assert as_(binh).get(reverse("summary")).status_code == 403


def test_the_boards_ask_a_fixed_number_of_queries(an, dung, family, as_, django_assert_max_num_queries):
    ensure_obligations(2024)
    for number in range(30):
        f.child(family["one"], f"Nguyễn Văn {number}")
    client = as_(an)
    with django_assert_max_num_queries(49):  # each pile of what to do asks once, whatever lies in it
        client.get(reverse("home"))
    client = as_(dung)
    with django_assert_max_num_queries(40):
        client.get(reverse("summary"))


def test_the_district_nudges_each_ward_once_a_day(an, chi, dung, as_):
    ensure_obligations(2024)
    submit("11446", "sent", timezone.now())
    response = as_(dung).post(reverse("nudge"), {"period": "2024-H1"}, follow=True)
    assert "Đã nhắc 1 đơn vị" in response.content.decode()
    assert Message.objects.filter(officer=an, key__startswith="nudge:").count() == 1
    assert not Message.objects.filter(officer=chi, key__startswith="nudge:").exists()
    assert nudge(unit=people.unit("307"), period="2024-H1", by=dung) == 0


def test_only_those_who_accept_reports_may_nudge(lan, binh, as_):
    for person in (lan, binh):
        assert as_(person).post(reverse("nudge"), {"period": "2024-H1"}).status_code == 403


def test_a_request_about_data_waits_until_it_is_carried_out(an, binh, chi, lan):
    row = receive(an.unit, an)
    (found,) = [line for line in todo.todos(an, people.TODAY)["soon"] if "dữ liệu" in line.title]
    assert (found.due, found.action) == (date(2024, 5, 4), "Trả lời") and "Bảo" not in found.title + found.detail
    for officer in (binh, chi, lan):
        assert "dữ liệu" not in str(todo.todos(officer, people.TODAY))
    row = requests.answer(request=row, by=an, version=row.version, on=people.TODAY, text="x", checked=True)
    assert [line.action for line in todo.data_requests(an)] == ["Ghi kết quả"]
    requests.close(request=row, by=an, version=row.version, on=people.TODAY, result="x")
    assert not list(todo.data_requests(an))
