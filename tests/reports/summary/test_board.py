"""Tổng hợp: groups, trends, tiles, paper; each officer sees what he may, and every picture says what its table says."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from childcare.documents import structure
from childcare.documents.csvs import render_csv
from childcare.indicators.models import Indicator
from plans.models import Plan, Target
from reports import measures, standing
from reports.models import ManualFigure, Obligation, Regime, Snapshot, SnapshotFigure, Submission
from reports.summary import groups, heat, maps, paper
from reports.summary.board import Board
from reports.summary.trends import BEFORE, BY_OLD, BY_REPORT, TOO_FEW, Trends
from reports.target_table import target_table
from tests import factories as make
from tests import people

pytestmark = pytest.mark.django_db
DAY = people.TODAY


@pytest.fixture
def district(db):
    return people.unit(people.KIEN_AN)


@pytest.fixture
def abused(ward):
    """One girl with N11 under a protected file, five boys with N04 in the same ward."""
    girl = make.child(ward, "Trẻ Kín", "2015", "f")
    make.circumstance(girl, "N11", protected_file=make.protected_file(girl))
    for number in range(5):
        make.circumstance(make.child(ward, f"Trẻ {number}", "2012", "m"), "N04")
    return girl


def old(unit, code, year, top, below=None):
    """A figure of a calendar year as an old report told it."""
    return ManualFigure.objects.create(
        unit=unit, indicator=Indicator.objects.get(code=code), data_from=date(year, 1, 1), cutoff=date(year, 12, 31),
        numerator=top, denominator=below, origin="old_report", source="Báo cáo cũ",
    )  # fmt: skip


class TestGroups:
    def test_a_small_sensitive_group_is_masked_in_row_and_column_for_who_may_not_open_it(self, ward, abused, an, binh):
        def shown(officer):
            table = standing.counted([ward], measures.Window(date(2024, 1, 1), DAY)).table
            rows = groups.rows(measures.masked(table, officer), ward)
            return {row.label: [figure.text for figure in row.figures] for row in rows}

        seen, hidden = shown(an), shown(binh)
        harmed = next(label for label in seen if "xâm hại tình dục" in label)
        assert seen[harmed][:3] == ["1", "0", "1"] and seen["khuyết tật"][0] == "5"
        assert hidden[harmed][0] == "***" and "1" not in hidden[harmed]
        assert hidden["khuyết tật"] == seen["khuyết tật"]

    def test_the_picture_bears_what_the_table_says_and_nothing_of_what_is_masked(self, ward, abused, binh):
        table = standing.counted([ward], measures.Window(date(2024, 1, 1), DAY)).table
        rows = groups.rows(measures.masked(table, binh), ward)
        svg, words = groups.picture(rows, table.window)
        assert ">***<" in svg and ">5<" in svg and words in svg.replace("&amp;", "&") and ">1<" not in svg


class TestTrends:
    def test_four_old_reports_make_a_named_forecast_with_its_span(self, district, dung):
        for year, count in ((2020, 40), (2021, 38), (2022, 36), (2023, 34)):
            old(district, "HC-01", year, count)
        trend = Trends(district, dung, DAY).of("HC-01")
        assert [point.figure.numerator for point in trend.points] == [None, 40, 38, 36, 34]
        assert {point.source for point in trend.points[1:]} == {BY_OLD}
        assert trend.ahead == (2024, 32.0, 32.0, 32.0) and trend.ahead_text == "32 (từ 32 đến 32)"
        assert trend.method == "đường thẳng bình phương tối thiểu qua 4 năm, khoảng tin cậy 95%"
        svg, words = trend.picture()
        assert "stroke-dasharray" in svg and "bình phương tối thiểu" in words

    def test_three_years_foretell_nothing(self, district, dung):
        for year in (2021, 2022, 2023):
            old(district, "HC-01", year, 30)
        trend = Trends(district, dung, DAY).of("HC-01")
        assert trend.ahead is None and trend.method == TOO_FEW and "stroke-dasharray" not in trend.picture()[0]

    def test_a_rate_is_never_foretold_above_all_or_below_nothing(self, district, dung):
        for year, top in ((2020, 85), (2021, 90), (2022, 95), (2023, 100)):
            old(district, "HC-04", year, top, 100)
        ahead = Trends(district, dung, DAY).of("HC-04").ahead
        assert ahead[3] == 100 and ahead[2] == 100

    def test_years_that_the_register_has_not_seen_are_shown_and_foretell_nothing(self, district, ward, dung):
        make.circumstance(make.child(ward), "N04")
        trend = Trends(district, dung, DAY).of("HC-01")
        assert [point.figure.numerator for point in trend.points] == [1] * 5
        assert {point.source for point in trend.points} == {BEFORE} and trend.ahead is None

    def test_a_signed_annual_report_tells_its_year_and_a_small_sensitive_number_of_it_is_masked(self, ward, an, chi, dung):
        regime = (
            Regime.objects.filter(every="year", report_kind="PERIODIC_YEAR", active=True)
            .exclude(due_month=None)
            .order_by("code")
            .first()
        )
        owed = Obligation.objects.create(
            regime=regime, unit=ward, to_unit=ward.parent, period="2023", data_from=date(2022, 11, 1),
            cutoff=date(2023, 10, 31), last_day=date(2023, 11, 10),
        )  # fmt: skip
        window = {"data_from": owed.data_from, "cutoff": owed.cutoff}
        frozen = Snapshot.objects.create(unit=ward, period="2023", text="{}", digest="x", **window)
        for code, top in (("HC-01", 12), ("XH-01", 2)):
            SnapshotFigure.objects.create(snapshot=frozen, code=code, numerator=Decimal(top))
        Submission.objects.create(obligation=owed, state="accepted", snapshot=frozen)
        # The ward's zero was confirmed, else nobody would know the register's own number of that year.
        make.incident(ward, "abuse", date(2023, 3, 1), [(make.child(ward), {"form": "violence"})])
        trends = Trends(ward, an, DAY)
        point = trends.of("HC-01").points[-1]
        assert (point.year, point.figure.numerator, point.source, point.sure) == (2023, 12, BY_REPORT, True)
        assert trends.of("XH-01").points[-1].figure.numerator == 2
        hidden = Trends(ward, chi, DAY).of("XH-01").points[-1]
        assert hidden.figure.masked and hidden.value is None and not hidden.sure


class TestTiles:
    def test_kien_an_is_laid_by_hand_and_a_unit_without_a_grid_goes_by_its_names(self, district, ward, dung):
        parts = Board(district, dung, DAY).parts
        assert maps.laid(district, parts) and len({(*maps.grid()["307"][part.code],) for part in parts}) == len(parts)
        hamlets = [make.hamlet(ward, f"Tổ dân phố {number}") for number in (10, 2, 1)]
        board = Board(ward, dung, DAY)
        assert [part.name for part in board.parts] == [hamlets[2].name, hamlets[1].name, hamlets[0].name]
        assert not maps.laid(ward, board.parts) and board.how_laid == maps.ORDERED

    def test_every_grid_lies_without_two_units_on_one_place(self):
        for own in maps.grid().values():
            assert len(set(own.values())) == len(own)

    def test_only_units_with_five_cases_are_ranked_and_words_stand_beside_the_shade(self, district, dung):
        wards = Board(district, dung, DAY).parts
        for ward, count in zip(wards, (4, 5, 6, 7), strict=False):
            for _ in range(count):
                make.circumstance(make.child(ward), "N04")
        tiles = Board(district, dung, DAY).tiles
        assert [(tile.figure.numerator, tile.word) for tile in tiles[:4]] == [
            (4, ""), (5, "thấp"), (6, "trung bình"), (7, "cao"),
        ]  # fmt: skip
        svg, _ = maps.picture(tiles, "Trẻ em", measures.Window(DAY, DAY))
        assert all(f">{word}<" in svg for word in ("thấp", "trung bình", "cao"))


class TestHeat:
    def test_many_units_stand_one_under_the_other(self, district, dung, monkeypatch):
        plan = Plan.objects.create(unit=district, first_year=2024, last_year=2024, subject="Kế hoạch")
        code = Indicator.objects.get(code="HC-04")
        Target.objects.create(
            plan=plan, position=1, text="Được trợ giúp", indicator=code, comparison="ge", value=99, unit_text="%"
        )
        parts = Board(district, dung, DAY).parts
        found = heat.heat(target_table(plan, parts, measures.Window(date(2024, 1, 1), DAY), dung))
        assert not found.down and len(found.heads) == len(parts) and len(found.rows) == 1
        monkeypatch.setattr(heat, "MOST_ACROSS", 3)
        turned = heat.heat(target_table(plan, parts, measures.Window(date(2024, 1, 1), DAY), dung))
        assert (
            turned.down and [len(row[2]) for row in turned.rows] == [1] * len(parts) and turned.heads[0][0] == "Được trợ giúp"
        )

    def test_under_five_cases_a_cell_has_a_word_and_no_colour(self, district, ward, dung, as_):
        plan = Plan.objects.create(unit=district, first_year=2024, last_year=2024, subject="Kế hoạch", state="issued")
        code = Indicator.objects.get(code="HC-04")
        Target.objects.create(
            plan=plan, position=1, text="Được trợ giúp", indicator=code, comparison="ge", value=99, unit_text="%"
        )
        other = people.unit(people.VAN_DAU)
        for place, count in ((ward, 4), (other, 5)):
            for _ in range(count):
                child = make.child(place)
                make.circumstance(child, "N04")
                make.support(child, "S34", date(2024, 2, 1))
        cells = {cell.unit.pk: cell for cell in Board(district, dung, DAY).plans[0][1].rows[0][2]}
        assert (cells[ward.pk].verdict.state, cells[ward.pk].verdict.word) == ("none", "Đạt")
        assert (cells[other.pk].verdict.state, cells[other.pk].verdict.word) == ("met", "Đạt")
        page = as_(dung).get(reverse("summary")).content.decode()
        assert page.count('class="heat-met"') == 2  # Văn Đẩu and the district with nine


class TestPages:
    def test_the_board_and_its_trends_show_figures_and_no_picture_needs_a_script(self, district, dung, ward, abused, as_):
        page = as_(dung).get(reverse("summary")).content.decode()
        assert "<svg" in page and "chart.umd" not in page and "Trẻ Kín" not in page
        page = as_(dung).get(reverse("summary-trends"), {"chi_tieu": "DS-01"}).content.decode()
        assert page.count("<svg") >= 2 and "Nam Sơn" in page and "Xu hướng" in page

    def test_a_stranger_may_not_ask_for_another_ward(self, chi, an, ward, as_):
        for name, more in (("summary", []), ("summary-trends", []), ("summary-file", ["xlsx"])):
            url = reverse(name, args=more) + f"?unit={ward.public_id}"
            assert as_(chi).get(url).status_code == 404
            assert as_(an).get(url).status_code == 200

    def test_an_unknown_ending_or_indicator_is_answered_calmly(self, dung, as_):
        assert as_(dung).get(reverse("summary-file", args=["exe"])).status_code == 404
        assert as_(dung).get(reverse("summary-trends"), {"chi_tieu": "'; --"}).status_code == 200

    def test_an_old_count_says_when_it_was_made(self, district, dung, ward, as_, monkeypatch):
        monkeypatch.setattr(standing, "QUICK", 0)
        for wanted in standing.wanted(DAY):
            standing.refresh(*wanted)
        standing.collect()
        for wanted in standing.wanted(DAY):
            standing.refresh(*wanted)
        assert "từ đó sổ đã có thay đổi" not in as_(dung).get(reverse("summary")).content.decode()
        make.child(ward)
        page = as_(dung).get(reverse("summary")).content.decode()
        assert "Số tính lúc" in page and "từ đó sổ đã có thay đổi" in page


class TestPaper:
    def test_every_format_is_made_of_one_document_with_each_picture_beside_its_table(self, district, dung, abused):
        doc = paper.document(Board(district, dung, DAY, code="DS-01"))
        kinds = [type(block) for block in doc.blocks]
        for at, kind in enumerate(kinds):
            if kind is structure.Picture:
                assert structure.Table in kinds[at + 1 : at + 3]
        assert kinds.count(structure.Picture) == 3 and doc.landscape

    def test_the_pdf_draws_the_picture_of_the_page(self, district, dung, abused, as_):
        data = as_(dung).get(reverse("summary-file", args=["pdf"])).content
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
        assert "khuyết tật" in text and "Nam Sơn" in text and "BẢNG TỔNG HỢP" in text
        first = PdfReader(io.BytesIO(data)).pages[0].mediabox
        assert first.width > first.height

    def test_tables_leave_as_numbers_and_never_as_formulas(self, district, dung, abused, as_, ward):
        ward.__class__.objects.filter(pk=ward.pk).update(name="=1+1")
        book = openpyxl.load_workbook(io.BytesIO(as_(dung).get(reverse("summary-file", args=["xlsx"])).content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"] and any(cell.value == 6 for cell in cells)
        packed = zipfile.ZipFile(io.BytesIO(render_csv(paper.document(Board(district, dung, DAY)))))
        lines = packed.read(packed.namelist()[-1]).decode("utf-8-sig").splitlines()
        assert any(line.startswith("'=1+1") for line in lines) and len(packed.namelist()) >= 5
