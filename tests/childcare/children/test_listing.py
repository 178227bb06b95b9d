"""The list of children: one statement a page, the indexes that it reads along, code lists kept in memory."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from childcare.accounts.roles import GRANTS, Permission, Role
from childcare.children import codelist, listing
from childcare.children.forms.filters import ChildFilter
from childcare.children.models import Child, CircumstanceKind
from childcare.children.rows import rows_html
from childcare.units.models import Unit
from tests import factories, people

pytestmark = pytest.mark.django_db
only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="indexes of PostgreSQL")


@pytest.fixture
def of_all_children(monkeypatch, son):
    """An officer of the province who may see its children."""
    monkeypatch.setitem(GRANTS, Role.PROVINCE, GRANTS[Role.PROVINCE] | {Permission.CHILD_VIEW})
    return son


def page_of(officer, **how):
    return listing.page(listing.filtered(officer=officer, on=people.TODAY), officer=officer, on=people.TODAY, **how)


def test_a_page_is_read_by_three_statements_count_class_and_carers_with_it(an, ward):
    for number in range(60):
        child = factories.child(ward, f"Trẻ Số {number}", house=factories.household(ward))
        factories.poverty(child.household, "near")
        factories.circumstance(child, "N04")
    assert codelist.circumstances() and an.current_appointments
    with CaptureQueriesContext(connection) as queries:
        page = page_of(an)
    assert len(queries) <= 3 and page.number == 60 and len(page.rows) == 50 and page.after and not page.before
    assert {row["poverty"] for row in page.rows} == {"hộ cận nghèo"}


@pytest.fixture
def of_three_hamlets(ward):
    """Seven children in three hamlets, one who has left; the keys of the ward and its hamlets."""
    hamlets = [factories.hamlet(ward, f"Tổ dân phố {number}") for number in range(3)]
    for number in range(7):
        child = factories.child(hamlets[number % 3], f"Trẻ {7 - number}", f"12/05/{2010 + number * 3 % 7}")
        factories.circumstance(child, "N04")
    factories.child(hamlets[0], "Trẻ đã đi", residing=False)
    return [ward.pk, *(hamlet.pk for hamlet in hamlets)]


@pytest.mark.parametrize("sort", ["name", "birth", "change"])
def test_the_first_page_of_a_commune_is_the_same_with_its_statement_kept(an, of_three_hamlets, sort):
    units = of_three_hamlets
    for _ in range(2):
        page = page_of(an, sort=sort, units=units)
        assert page == page_of(an, sort=sort) and page.number == 7
    alone = listing.filtered(officer=an, on=people.TODAY, units=units[1:2])
    assert listing.page(alone, officer=an, on=people.TODAY, sort=sort, units=units[1:2]).number == 3
    factories.child(Unit.objects.get(pk=units[2]), "Trẻ mới")
    assert page_of(an, sort=sort, units=units).number == 8


@pytest.fixture
def pages_of_three(monkeypatch):
    """Three rows a page; the kept statements of other sizes are forgotten before and after."""
    for kept in (listing._kept_keys, listing._kept_page):
        kept.cache_clear()
    monkeypatch.setattr(listing, "SIZE", 3)
    yield
    for kept in (listing._kept_keys, listing._kept_page):
        kept.cache_clear()


@pytest.mark.parametrize("sort", ["name", "birth", "change"])
def test_pages_read_unit_by_unit_follow_one_another(an, of_three_hamlets, sort, monkeypatch, pages_of_three):
    monkeypatch.setattr(listing, "CAP", 5)
    asked = {"sort": sort, "size": 3, "units": of_three_hamlets}
    pages = [page_of(an, **asked)]
    while pages[-1].after:
        pages.append(page_of(an, **asked, after=pages[-1].after))
    shown = [key for page in pages for key in page.ids]
    assert shown == page_of(an, sort=sort, size=50).ids and len(shown) == 7 and {page.number for page in pages} == {6}
    assert page_of(an, **asked, before=pages[2].before) == pages[1]
    first = page_of(an, **asked, before=pages[1].before)
    assert first.ids == pages[0].ids and first.before is None and first.after == pages[0].after


@only_postgresql
@pytest.mark.parametrize("sort", ["name", "change"])
def test_each_unit_of_a_commune_is_read_along_its_own_index(of_three_hamlets, sort):
    keys = listing._keys_by_unit(of_three_hamlets, sort)
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "bitmapscan", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert keys.explain().count(f"children_child_by_{sort}") == len(of_three_hamlets)


@pytest.mark.parametrize(
    ("asked", "kept"), [("", True), ("sort=birth", True), ("sex=m", False), ("home=all", False), ("unit", False)]
)
def test_units_are_named_only_when_nothing_narrows_the_list(an, ward, asked, kept, monkeypatch):
    factories.child(ward, "Nguyễn Văn Nam")
    asked = f"unit={ward.public_id}" if asked == "unit" else asked
    used, page = [], listing.page
    monkeypatch.setattr(listing, "page", lambda *a, units, **k: used.append(units) or page(*a, units=units, **k))
    found = ChildFilter(QueryDict(asked), officer=an).page(after=None, before=None)
    assert len(found.rows) == 1 and used == ([[ward.pk]] if kept else [None])


def test_the_count_is_that_of_the_whole_list_on_every_page(an, ward, monkeypatch):
    for number in range(7):
        factories.child(ward, f"Trẻ Số {number}")
    first = page_of(an, size=3)
    second = page_of(an, size=3, after=first.after)
    assert (first.number, second.number, len(second.rows)) == (7, 7, 3) and page_of(
        an, size=3, before=second.before
    ).ids == first.ids
    monkeypatch.setattr(listing, "CAP", 5)
    assert listing.number_text(page_of(an, size=3).number) == "hơn 1.000"


def test_a_scope_of_many_units_lists_the_same_children(of_all_children, an, ward, monkeypatch):
    factories.child(factories.hamlet(ward), "Nguyễn Thị Hoà")
    few = page_of(of_all_children).ids
    monkeypatch.setattr(listing, "MOST_UNITS", 0)
    assert few == page_of(of_all_children).ids == page_of(an).ids and len(few) == 1


def test_units_read_before_name_the_scope_and_a_place_is_still_asked_for_within_it(an, chi, ward):
    factories.child(ward, "Nguyễn Thị Hoà")
    other = chi.unit
    factories.child(other, "Trần Văn Bình")
    names = [child.full_name for child in listing.filtered(officer=an, on=people.TODAY, units=[ward.pk])]
    assert names == ["Nguyễn Thị Hoà"]
    assert not listing.filtered(officer=an, on=people.TODAY, unit=other, units=[ward.pk]).exists()


def plan_of(children, *, without=("seqscan", "sort", "bitmapscan", "incremental_sort")):
    """How PostgreSQL would read the first page of them."""
    with connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return children.values("pk")[:51].explain()


@only_postgresql
@pytest.mark.parametrize("sort", ["name", "birth", "change"])
@pytest.mark.parametrize("back", [False, True])
def test_a_province_is_read_along_an_index_which_a_later_page_enters_at_its_row(of_all_children, ward, monkeypatch, sort, back):
    monkeypatch.setattr(listing, "MOST_UNITS", 0)
    children, row = listing.filtered(officer=of_all_children, on=people.TODAY), factories.child(ward)
    first = plan_of(listing.ordered(children, sort, back))
    deep = plan_of(listing.ordered(listing.beyond(children, sort, row, back), sort, back))
    entered = deep[deep.index(f"children_child_all_by_{sort}") :].split("\n")[1]
    assert f"children_child_all_by_{sort}" in first and "Index Cond" in entered and ("<=" in entered or ">=" in entered)


@only_postgresql
@pytest.mark.parametrize("sort", ["name", "birth", "change"])
def test_a_commune_is_never_sought_through_all_children(an, ward, sort):
    children = listing.filtered(officer=an, on=people.TODAY, group="any")
    assert "_all_by_" not in plan_of(listing.ordered(children, sort), without=("seqscan", "sort"))


@pytest.mark.parametrize("sort", ["name", "birth", "change"])
def test_pages_of_a_province_follow_one_another_with_unknown_birthdays_last(of_all_children, ward, monkeypatch, sort):
    monkeypatch.setattr(listing, "MOST_UNITS", 0)
    for name, birth in (("An", None), ("An", "2016"), ("Bình", "2015"), ("Chi", None), ("Dũng", "2016")):
        factories.child(ward, name, birth)
    pages, mark = [], None
    while mark or not pages:
        page = page_of(of_all_children, sort=sort, size=2, after=mark)
        pages, mark = [*pages, page], page.after
    shown = [key for page in pages for key in page.ids]
    assert (
        len(shown) == len(set(shown)) == 5
        and page_of(of_all_children, sort=sort, size=2, before=pages[2].before).ids == pages[1].ids
    )
    if sort == "birth":
        assert [row["birth"][:4] for row in pages[0].rows] == ["2015", "2016"] and "chưa rõ" in pages[2].rows[0]["birth"]


def test_the_list_of_codes_is_read_once_and_anew_when_a_code_is_missing():
    codelist.forget()
    with CaptureQueriesContext(connection) as queries:
        known = codelist.circumstances()
        assert codelist.circumstances() is known and len(queries) == 1
    new = CircumstanceKind.objects.create(code="L99", family="L", name="Nhóm mới", position=499)
    assert new.pk not in codelist.circumstances() and codelist.circumstances([new.pk])[new.pk].words == "Nhóm mới"
    codelist.forget()


def test_codes_carry_the_words_of_the_model_in_the_order_of_the_list():
    kinds = CircumstanceKind.objects.select_related("parent").order_by("position", "pk")
    codelist.forget()
    assert {kind.pk: kind.words for kind in kinds} == {key: code.words for key, code in codelist.circumstances().items()}
    assert list(codelist.circumstances()) == [kind.pk for kind in kinds]


def test_every_text_of_a_row_is_escaped(an, ward):
    factories.child(ward, "<b>Hoà</b>", identity_number="<i>")
    html = rows_html(page_of(an).rows)
    assert "<b>" not in html and "&lt;b&gt;Hoà" in html and html.count("<tr>") == 1


def test_no_text_of_a_row_enters_the_page_as_it_is(an, ward):
    factories.child(ward)
    (row,) = page_of(an).rows
    bad = "<i>\"'&"
    hostile = {name: value if isinstance(value, bool) else f"{name}{bad}" for name, value in row.items()}
    html = rows_html([{**hostile, "left": True}], picking=True)
    assert bad not in html and "<i" not in html.replace("<input", "")
    for name in (name for name, value in row.items() if not isinstance(value, bool)):
        assert f"{name}&lt;i&gt;&quot;&#x27;&amp;" in html


@pytest.mark.parametrize("how", ["save", "bulk_create", "bulk_update"])
def test_parents_and_telephone_are_folded_whenever_a_child_is_saved(ward, how):
    child = Child(full_name="Hoà", unit=ward, mother_name="Trần Thị Lụa", father_name="Đỗ Ân", phone="0912 345.678")
    if how == "save":
        child.save()
    elif how == "bulk_create":
        Child.objects.bulk_create([child])
    else:
        child = factories.child(ward, mother_name="Ai", father_name="")
        child.mother_name, child.father_name, child.phone = "Trần Thị Lụa", "Đỗ Ân", "0912 345.678"
        child._meta.get_field("found_by").pre_save(child, add=False)
        Child.objects.bulk_update([child], ["mother_name", "father_name", "phone", "found_by"])
    assert Child.objects.get(pk=child.pk).found_by == " tran thi lua do an 0912345678"


def test_the_head_of_a_household_is_folded_too(ward):
    assert factories.household(ward, "Phạm Văn Hậu", phone="02253.888.999").found_by == " pham van hau 02253888999"


@only_postgresql
def test_a_connection_may_keep_a_million_keys_in_memory():
    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        assert cursor.fetchone() == ("64MB",)
