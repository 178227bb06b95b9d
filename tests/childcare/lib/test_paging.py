"""Addresses of the pages beside one: empty at either end, what is asked for kept."""

import pytest
from django.core.paginator import Paginator

from childcare.lib.paging import Pager, address, paged, pager


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, Pager("", "?xem=xong&trang=2")), (2, Pager("?xem=xong&trang=1", "?xem=xong&trang=3")),
     (3, Pager("?xem=xong&trang=2", ""))],
)  # fmt: skip
def test_the_pages_beside_one_of_three(number, expected):
    assert pager(Paginator(range(25), 10).page(number), xem="xong", loai="") == expected


def test_a_list_of_one_page_has_none_beside_it():
    assert pager(Paginator([], 10).page(1), xem="xong") == Pager()


def test_a_kept_number_of_the_page_gives_way_to_that_of_the_neighbour():
    assert pager(Paginator(range(25), 10).page(2), trang="2").next == "?trang=3"


def test_an_address_leaves_out_what_is_empty():
    assert address("/a/", {"x": "", "y": None}) == "/a/" and address("", {"x": "1"}) == "?x=1"


@pytest.mark.parametrize(("asked", "first"), [("2", 10), ("0", 0), ("-1", 0), ("²", 0), ("x", 0), ("999999", 0)])
def test_a_number_that_cannot_be_read_is_the_first_page(rf, asked, first):
    rows, _ = paged(rf.get("/a/", {"trang": asked}), range(25), size=10)
    assert rows[0] == first


def test_the_page_before_the_second_has_no_number(rf):
    rows, beside = paged(rf.get("/a/", {"trang": "2", "x": "1"}), list(range(25)), size=10)
    assert rows == list(range(10, 20)) and beside == Pager("/a/?x=1", "/a/?trang=3&x=1")
