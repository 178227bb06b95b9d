"""Typed figures: what they must say, once a window, voided with a reason; old figures by CSV, all or none."""

from datetime import date
from decimal import Decimal

import pytest

from childcare.audit.models import Entry
from childcare.indicators.models import Indicator
from childcare.lib.refusal import Refusal
from reports import manual, old_figures
from reports.models import ManualFigure
from reports.obligations import ensure_obligations
from tests import people

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2023, 11, 1), date(2024, 4, 30)
HEAD = "Mã đơn vị;Mã chỉ tiêu;Số liệu từ;Số liệu đến;Tử số;Mẫu số;Tỷ lệ;Nguồn;Ngày của số liệu"


def enter(by, unit, code="NL-02", **fields):
    values = {"numerator": Decimal(7), "denominator": Decimal(9), "source": "Phòng LĐTBXH", "origin": "sector", **fields}
    return manual.enter(by=by, unit=unit, indicator=Indicator.objects.get(code=code), data_from=FIRST, cutoff=LAST, **values)


def test_a_figure_is_written_with_its_source(an, ward):
    figure = enter(an, ward, source="  Phòng   LĐTBXH ", source_date=date(2024, 5, 1))
    assert (figure.source, figure.entered_by, figure.numerator) == ("Phòng LĐTBXH", an, 7)
    entry = Entry.objects.get(action="figure.entered")
    assert entry.subject == "Phường Nam Sơn NL-02" and "7" not in entry.note


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"numerator": None, "denominator": None}, "Hãy nhập tử số"),
        ({"percentage": Decimal(78)}, "hãy để trống tỷ lệ"),
        ({"denominator": Decimal(0)}, "Mẫu số phải lớn hơn 0"),
        ({"numerator": Decimal(-1)}, "không được âm"),
    ],
)
def test_a_figure_says_one_thing(an, ward, wrong, sentence):
    with pytest.raises(Refusal, match=sentence):
        enter(an, ward, **wrong)


def test_a_bare_percentage_is_enough(an, ward):
    figure = enter(an, ward, numerator=None, denominator=None, percentage=Decimal("77.8"))
    assert figure.percentage == Decimal("77.8")


def test_one_figure_a_window_and_origin(an, ward):
    enter(an, ward)
    with pytest.raises(Refusal, match="Chỉ tiêu này đã có số của Phường Nam Sơn cho kỳ 01/11/2023 – 30/04/2024"):
        enter(an, ward, numerator=Decimal(8))
    enter(an, ward, origin="old_report")


def test_a_voided_figure_makes_room_for_the_right_one(an, ward):
    wrong = enter(an, ward)
    with pytest.raises(Refusal, match="lý do"):
        manual.void(figure=wrong, by=an, reason=" ")
    manual.void(figure=wrong, by=an, reason="Gõ nhầm")
    with pytest.raises(Refusal, match="đã được hủy"):
        manual.void(figure=wrong, by=an, reason="Gõ nhầm")
    enter(an, ward, numerator=Decimal(8))
    assert ManualFigure.objects.valid().get().numerator == 8


def test_the_windows_offered_are_those_of_reports_and_a_year_before(an):
    ensure_obligations(2024)
    words = [text for _, _, text in manual.windows_of(an, 2024)]
    assert "6 tháng đầu năm 2024: 01/11/2023 – 30/04/2024" in words
    assert "6 tháng đầu năm 2023: 01/11/2022 – 30/04/2023" in words
    assert "Năm 2024: 01/11/2023 – 31/10/2024" in words
    assert words == sorted(set(words), key=words.index)


# CSV


def csv(*rows, head=HEAD, encoding="utf-8-sig"):
    return "\r\n".join([head, *rows]).encode(encoding)


GOOD = "11437;HC-04;01/11/2022;30/04/2023;30;31;;Báo cáo 05/BC-UBND;08/05/2023"
COUNT = "11437;DS-01;1/11/2022;30/4/2023;1.815;;;Báo cáo 05/BC-UBND;"


def test_good_rows_go_in_with_numbers_as_written_here(an, ward):
    reading = old_figures.take_in(data=csv(GOOD, COUNT, ""), by=an)
    assert (len(reading.new), reading.unchanged, reading.errors) == (2, 0, [])
    figure = ManualFigure.objects.get(indicator__code="DS-01")
    assert (figure.numerator, figure.unit, figure.origin, figure.cutoff) == (1815, ward, "old_report", date(2023, 4, 30))
    assert Entry.objects.get(action="figure.imported").note == "2 số liệu"


def test_a_second_time_changes_nothing(an):
    old_figures.take_in(data=csv(GOOD, COUNT), by=an)
    before = list(ManualFigure.objects.values())
    reading = old_figures.take_in(data=csv(GOOD, COUNT), by=an)
    assert (len(reading.new), reading.unchanged) == (0, 2)
    assert list(ManualFigure.objects.values()) == before
    assert Entry.objects.filter(action="figure.imported").count() == 1


@pytest.mark.parametrize(
    "row, sentence",
    [
        (GOOD.replace("11437", "11446"), "Không có đơn vị mã “11446” trong địa bàn của mình."),
        (GOOD.replace("HC-04", "HC-99"), "Không có chỉ tiêu mã “HC-99”."),
        (GOOD.replace("01/11/2022", "2022"), "chưa đủ ngày"),
        (GOOD.replace("01/11/2022", ""), "Thiếu “Số liệu từ”."),
        (GOOD.replace("30/04/2023", "30/04/2022"), "phải sau"),
        (GOOD.replace(";30;31;", ";ba mươi;31;"), "không phải là số"),
        (GOOD.replace(";30;31;", ";;;"), "Hãy nhập tử số"),
        (GOOD.replace(";30;31;", ";30;0;"), "Mẫu số phải lớn hơn 0"),
        (GOOD.replace("Báo cáo 05/BC-UBND", ""), "Thiếu nguồn"),
    ],
)
def test_one_bad_row_keeps_all_out_and_is_named_by_its_line(an, row, sentence):
    reading = old_figures.take_in(data=csv(COUNT, row), by=an)
    assert [line for line, _ in reading.errors] == [3] and sentence in reading.errors[0][1]
    assert not ManualFigure.objects.exists()


def test_the_same_line_twice_and_another_number_for_what_stands_are_faults(an):
    reading = old_figures.take_in(data=csv(GOOD, GOOD), by=an)
    assert reading.errors == [(3, "Trùng với dòng 2: cùng đơn vị, chỉ tiêu và kỳ.")]
    old_figures.take_in(data=csv(GOOD), by=an)
    reading = old_figures.take_in(data=csv(GOOD.replace(";30;31;", ";29;31;")), by=an)
    assert "Đã có số khác" in reading.errors[0][1]


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_commas_and_tabs_are_read_too(an, delimiter):
    data = csv(COUNT.replace(";", delimiter), head=HEAD.replace(";", delimiter))
    assert len(old_figures.take_in(data=data, by=an).new) == 1


def test_columns_are_found_by_their_names_in_any_order_and_writing(an):
    head = "Nguồn;MÃ ĐƠN VỊ;ma chi tieu;Số liệu từ;Số liệu đến;Tử số;Mẫu số"
    assert len(old_figures.take_in(data=csv("Báo cáo;11437;ds-01;1/11/2022;30/4/2023;1815;", head=head), by=an).new) == 1


@pytest.mark.parametrize(
    "data, sentence",
    [
        ("Tên;Số\r\nA;1".encode(), "thiếu cột: Mã đơn vị"),
        (csv(GOOD, encoding="utf-16"), "không phải CSV UTF-8"),
        (b"PK\x03\x04" + bytes(50), "không phải tệp CSV"),
        (b"x" * (1024 * 1024 + 1), "lớn hơn 1 MB"),
        (b"", "thiếu cột"),
        (csv(*[GOOD] * 5001), "hơn 5000 dòng"),
    ],
)
def test_what_is_no_such_file_is_refused(an, data, sentence):
    with pytest.raises(Refusal, match=sentence):
        old_figures.take_in(data=data, by=an)


def test_a_district_takes_in_the_figures_of_its_wards(dung):
    rows = [GOOD.replace("11437", code) for code in ("11428", "11446", "307")]
    reading = old_figures.take_in(data=csv(*rows), by=dung)
    assert [figure.unit.name for figure in reading.new] == ["Phường Quán Trữ", "Phường Văn Đẩu", "Quận Kiến An"]


def test_a_ward_of_today_may_carry_the_sum_of_the_wards_it_was_made_of(settings):
    settings.TRAINING_TODAY = "2026-05-02"
    officer = people.Officer.objects.create(username="ha", full_name="Hà", password="!")
    unit = people.unit("11443", date(2026, 5, 2))
    people.Appointment.objects.create(officer=officer, unit=unit, role="commune", started_on=date(2025, 7, 1))
    row = GOOD.replace("11437", "11443").replace("2022", "2024").replace("30/04/2023", "30/04/2025")
    assert old_figures.take_in(data=csv(row), by=officer).new[0].unit == unit


def test_a_file_of_many_rows_asks_few_questions(dung, django_assert_max_num_queries):
    rows = [GOOD.replace("2022", str(year)).replace("30/04/2023", f"30/04/{year + 1}") for year in range(1950, 2020)]
    with django_assert_max_num_queries(12):
        assert len(old_figures.take_in(data=csv(*rows), by=dung).new) == 70


def test_the_template_reads_back_without_a_fault(an):
    reading = old_figures.read(old_figures.template(), an)
    assert reading.errors == [] and len(reading.new) == 1
