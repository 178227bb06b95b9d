"""PL1 to PL7 on the screen and in print: numbers for everybody who reads the report, lists for who may see the rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from childcare.children.models import Child, Support
from childcare.indicators.models import Indicator
from childcare.lib import periods
from reports import annexes, drafts, manual
from reports.actions import drafting, signing
from reports.models import ManualFigure
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db, monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    ward = reporting.small_ward()
    manual.enter(
        by=people.an(), unit=ward, indicator=Indicator.objects.get(code="YT-04"), data_from=date(2023, 11, 1),
        cutoff=date(2024, 4, 30), origin=ManualFigure.Origin.SECTOR, source="Trạm y tế phường", source_date=date(2024, 4, 25),
        numerator=Decimal(9), denominator=Decimal(150),
    )  # fmt: skip
    return ward


def page_of(client, row, name="report-annexes", *args):
    return client.get(reverse(name, args=[row.obligation.public_id, *args]))


def test_who_sees_children_opens_the_number_to_exactly_its_rows(as_, an, small_ward):
    nam = Child.objects.get(full_name="Nguyễn Văn Nam")
    factories.incident(small_ward, "injury", children=[(nam, {"outcome": "injured"})], cause="fall")
    row = reporting.sent(an)
    client = as_(an)
    page = page_of(client, row).content.decode()
    for name in ("PL1", "PL2", "PL3", "PL5", "PL7"):
        assert f'id="{name}"' in page
    assert "Trạm y tế phường" in page and "9/150 (6,0%)" in page and "25/04/2024" in page
    links = [
        part.split('"')[0].replace("&amp;", "&") for part in page.split('<a href="')[1:] if "/so-lieu/" in part.split('"')[0]
    ]
    assert any("breakdown=group%3DN04" in link for link in links) and any("DS-01" in link for link in links)
    wanted = [link for link in links if "/so-lieu/HC-01/" in link and link.endswith("breakdown=group%3DN04")]
    listed = client.get(wanted[0]).content.decode()
    assert "Nguyễn Văn Nam" in listed and "Lê Văn Minh" in listed and "Trần Thị Hoa" not in listed
    assert all(client.get(link).status_code == 200 for link in links)
    hamlet = [link for link in links if "/so-lieu/DS-01/" in link and str(small_ward.public_id) not in link]
    assert len({link for link in hamlet if "breakdown" not in link}) == 2  # a list for each hamlet, of the hamlet


def test_who_may_not_see_children_reads_the_numbers(as_, an):
    row = reporting.sent(an)
    page = page_of(as_(people.son()), row).content.decode()
    assert 'id="PL1"' in page and "/so-lieu/HC-01" not in page and "/phu-luc/tro-giup/" not in page
    code = Support.objects.get().kind.code
    closed = page_of(as_(people.son()), row, "report-annex-help", code).content.decode()
    assert "Không mở được danh sách" in closed and "Nguyễn Văn Nam" not in closed
    assert [page_of(as_(who()), row).status_code for who in (people.chi, people.binh)] == [404, 403]


def test_pl3_opens_to_the_supports_unless_one_of_them_is_under_a_file(as_, an, small_ward):
    row, support = reporting.sent(an), Support.objects.get()
    assert f"/phu-luc/tro-giup/{support.kind.code}/" in page_of(as_(an), row).content.decode()
    assert "Nguyễn Văn Nam" in page_of(as_(an), row, "report-annex-help", support.kind.code).content.decode()
    file = factories.protected_file(support.child, small_ward, officer=people.lan())  # of somebody else, not of An
    Support.objects.filter(pk=support.pk).update(protected_file=file)
    page = page_of(as_(an), row, "report-annex-help", support.kind.code).content.decode()
    assert "Không mở được danh sách" in page and "Nguyễn Văn Nam" not in page


def test_pl7_is_printed_with_source_day_and_who_typed_it(an):
    draft = drafts.load(reporting.draft(an))
    found = {title: blocks for title, blocks, _, _ in annexes.of(draft, periods.parse("2024-H1"), {})}
    (row,) = found["Số liệu ngành khác"][0].rows
    assert list(row[1:]) == [
        Indicator.objects.get(code="YT-04").name, "9/150 (6,0%)", "Trạm y tế phường", "25/04/2024", "Nguyễn Thị An", "–",
    ]  # fmt: skip


def test_a_sum_leads_to_the_annexes_of_its_parts(as_, an, dung):
    ward = reporting.accepted(an)
    row = drafting.begin(obligation=reporting.owed(people.KIEN_AN), by=dung)
    page = page_of(as_(dung), row).content.decode()
    assert reverse("report-annexes", args=[ward.obligation.public_id]) in page and "/so-lieu/DS-01/" not in page
