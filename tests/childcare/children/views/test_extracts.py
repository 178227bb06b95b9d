"""Danh sách trích ngang and the review sheet of a hamlet: whom they name, for whom, and what they never say."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from childcare.audit.models import Entry
from childcare.children import extracts
from childcare.children.models import CircumstanceKind
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlet(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


@pytest.fixture
def children(ward, hamlet):
    """Hoà disabled and abused, Bình abandoned, Cường with HIV, Dũng with nothing."""
    made = [
        factories.child(hamlet, name, "12/05/2016")
        for name in ("Nguyễn Thị Hoà", "Trần Văn Bình", "Lê Văn Cường", "Vũ Văn Dũng")
    ]
    factories.circumstance(made[0], "N04.1")
    factories.circumstance(made[1], "N02")
    for child, code in ((made[0], "N11"), (made[2], "N05")):
        factories.circumstance(child, code, protected_file=factories.protected_file(child, unit=ward))
    return made


def text_of(response):
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split())


def paper(client, unit, which="law", ending="pdf"):
    return client.get(reverse("extract-file", args=[ending]), {"unit": str(unit.public_id), "which": which})


def test_the_six_groups_of_the_old_plan(children, ward, an):
    groups = extracts.groups_of("qd647", may_protect=True)
    assert len(groups) == 6 and all(
        CircumstanceKind.objects.filter(code=code).exists() for group in groups for code in group.codes
    )
    found = extracts.facts_of(groups, officer=an, unit=ward, on=people.TODAY)
    assert [(group.name, [fact.child.full_name for fact in rows]) for group, rows in found if rows] == [
        ("Trẻ em bị bỏ rơi", ["Trần Văn Bình"]), ("Trẻ em nhiễm HIV/AIDS", ["Lê Văn Cường"]), ("Trẻ em khuyết tật nặng", ["Nguyễn Thị Hoà"]),
    ]  # fmt: skip


def test_a_table_a_group_and_a_running_number_of_the_copy(as_, an, ward, children):
    text = text_of(paper(as_(an), ward))
    for part in (
        "DANH SÁCH TRÍCH NGANG", "LƯU HÀNH NỘI BỘ", "Có 3 trẻ em", "Trẻ em bị bỏ rơi: 1 trẻ em", "xâm hại tình dục: 1 trẻ em",
        f"bản in số {Entry.objects.get(action='extract.printed').copy_number}",
    ):  # fmt: skip
        assert part in text, part
    assert "Vũ Văn Dũng" not in text


def test_sensitive_groups_only_for_who_may_see_them(as_, dung, an, ward, children):
    text = text_of(paper(as_(dung), ward))
    assert "xâm hại" not in text and "HIV" not in text and "Lê Văn Cường" not in text and "Có 2 trẻ em" in text
    children[2].protected_files.get().access.create(officer=an, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert "Lê Văn Cường" not in text_of(paper(as_(an), ward))


def test_the_sheet_of_the_head_of_a_hamlet_names_all_and_tells_nothing_of_them(as_, an, hamlet, children):
    response = as_(an).get(reverse("hamlet-sheet", args=["pdf"]), {"unit": str(hamlet.public_id)})
    text = text_of(response)
    assert all(child.full_name in text for child in children)
    for word in ("xâm hại", "HIV", "khuyết tật", "bỏ rơi", "hoàn cảnh"):
        assert word not in text
    assert "TỔ TRƯỞNG TỔ DÂN PHỐ" in text and "Tổ dân phố 3: 4 trẻ em" in text


def test_who_may_and_where(as_, an, binh, chi, quan, ward, hamlet, children):
    assert as_(an).get(reverse("extract-list")).status_code == 200
    for ending in ("docx", "xlsx"):
        assert paper(as_(an), hamlet, "local", ending).status_code == 200
    assert paper(as_(an), hamlet, "law", "exe").status_code == 404
    for officer, status in ((binh, 403), (quan, 403), (chi, 404)):
        assert paper(as_(officer), ward).status_code == status
        assert as_(officer).get(reverse("hamlet-sheet", args=["pdf"]), {"unit": str(hamlet.public_id)}).status_code == status


def by_place(officer, unit, which="law"):
    groups = extracts.groups_of(which, may_protect=officer.username == "an")
    found = extracts.facts_of(groups, officer=officer, unit=unit, on=people.TODAY)
    return extracts.by_place([one for one in found if one[1]], {})


def test_a_table_a_hamlet_has_each_child_once_with_the_sums_below(an, ward, hamlet, children):
    factories.circumstance(children[1], "N04.2")
    factories.circumstance(factories.child(factories.hamlet(ward, "Tổ dân phố 10"), "Đỗ Thị Én"), "N02")
    sums, first, table, second, other = by_place(an, ward)
    assert (first.text, second.text) == ("Tổ dân phố 3: 3 trẻ em", "Tổ dân phố 10: 1 trẻ em")
    assert [row[1] for row in table.rows[:3]] == ["Trần Văn Bình", "Lê Văn Cường", "Nguyễn Thị Hoà"]
    assert len(table.rows[0][-1].split("\n")) == 2 and [row[0] for row in table.rows[:3]] == [1, 2, 3]
    below = [row[-1] for row in table.rows[3:]]
    assert below[0] == "Cộng: 3 trẻ em" and "Trẻ em bị bỏ rơi: 1" in below and "Trẻ em khuyết tật: 2" in below
    assert table.total_rows == frozenset(range(3, len(table.rows))) and (table.sheet, other.sheet) == (
        "Tổ dân phố 3",
        "Tổ dân phố 10",
    )
    assert [row[:3] for row in sums.rows] == [(1, "Tổ dân phố 3", 3), (2, "Tổ dân phố 10", 1), (None, "Cộng", 4)]
    assert "Trẻ em bị bỏ rơi: 2" in sums.rows[-1][3]


def test_one_hamlet_needs_no_table_of_sums_in_front(an, hamlet, children):
    assert len(by_place(an, hamlet)) == 2


def test_the_workbook_has_a_sheet_a_hamlet_named_by_it_and_the_sums_in_front(as_, an, ward, children):
    factories.circumstance(factories.child(ward, "Vũ Thị Xa"), "N02")
    answer = as_(an).get(
        reverse("extract-file", args=["xlsx"]), {"unit": str(ward.public_id), "which": "law", "split": "place"}
    )
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:2] == ["Tổng hợp", "Tổ dân phố 3"] and book.sheetnames[2].startswith("Phường Nam Sơn, chưa rõ tổ")
    text = str([[cell.value for cell in row] for row in book["Tổ dân phố 3"]])
    assert "Nguyễn Thị Hoà" in text and "Cộng: 3 trẻ em" in text and "Vũ Thị Xa" not in text


def test_a_table_a_hamlet_tells_sensitive_groups_and_counts_them_only_for_the_team(as_, dung, ward, children):
    answer = as_(dung).get(reverse("extract-file", args=["pdf"]), {"unit": str(ward.public_id), "split": "place"})
    text = text_of(answer)
    assert "Cộng: 2 trẻ em" in text and "Có 2 trẻ em" in text
    assert "xâm hại" not in text and "HIV" not in text and "Lê Văn Cường" not in text


def test_the_page_offers_how_to_divide_and_keeps_it_in_the_addresses_of_the_files(as_, an, ward, children):
    page = as_(an).get(reverse("extract-list"), {"split": "place"}).text
    assert "Mỗi tổ dân phố, thôn một bảng" in page and page.count("split=place") == 3 and "Hãy điền" not in page
