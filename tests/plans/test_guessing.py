"""Which indicator a target means."""

import pytest

from plans.guessing import Guesser, pairs

pytestmark = pytest.mark.django_db


def test_the_words_to_which_an_indicator_was_tied_before_are_known_again(district_plan):
    guesser = Guesser()
    assert guesser.code("Từ 98% trẻ em có hoàn cảnh đặc biệt được hỗ trợ", "%") == "HC-04"


def test_a_rate_is_never_tied_to_a_count():
    guesser = Guesser()
    code = guesser.code("100% trẻ em có hoàn cảnh đặc biệt", "%")
    assert code == "" or next(row for row in guesser.indicators if row.code == code).unit == "%"


def test_nothing_is_proposed_for_words_that_no_indicator_has():
    assert Guesser().code("Xây dựng đường bê tông liên thôn", "km") == ""
    assert pairs("Trẻ em có") == {("tre", "em"), ("em", "co")}


def test_all_names_are_read_with_two_questions(district_plan, django_assert_num_queries):
    with django_assert_num_queries(2):
        guesser = Guesser()
        for _ in range(30):
            guesser.code("97% trẻ em có hoàn cảnh đặc biệt được trợ giúp", "%")
