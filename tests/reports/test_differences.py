"""Today's figures beside those of a signed report, and the rows that make the difference."""

from datetime import date

import pytest
from django.utils import timezone

from childcare.children.models import Child, Circumstance, Residence
from childcare.documents.files import path_of
from childcare.lib.refusal import Refusal
from reports import collecting, differences, exporting
from reports.actions import signing
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(an, monkeypatch):
    """The signed report of the small ward."""
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())
    reporting.small_ward()
    return reporting.signed(an)


def told(row, officer):
    return {
        one["code"]: (one["then"], one["now"], one["open"]) for one in differences.rows(row.obligation, row.snapshot, officer)
    }


def test_nothing_differs_on_the_day_of_signing(signed, an):
    assert told(signed, an) == {}


def test_a_child_found_later_is_the_cause_of_the_difference(signed, an):
    child = factories.child(signed.obligation.unit, "Phạm Thị Mới", "09/09/2019", "f")
    assert told(signed, an)["DS-01"] == ("3", "4", True)
    causes = differences.causes(signed.obligation, signed.snapshot, "DS-01", an)
    assert [row["id"] for row in causes.came] == [child.public_id] and causes.left == []


def test_a_circumstance_that_was_a_mistake_is_a_child_that_left_the_figure(signed, an):
    minh = Child.objects.get(full_name="Lê Văn Minh")
    Circumstance.objects.filter(child=minh).update(voided_at=timezone.now(), void_reason="Nhập nhầm")
    assert told(signed, an)["HC-01"] == ("2", "1", True)
    causes = differences.causes(signed.obligation, signed.snapshot, "HC-01", an)
    assert [row["text"] for row in causes.left] == ["Lê Văn Minh"] and causes.came == []


def test_who_sees_no_children_gets_the_numbers_and_no_list(signed):
    son = people.son()
    factories.child(signed.obligation.unit, "Phạm Thị Mới", "09/09/2019", "f")
    assert told(signed, son)["DS-01"] == ("3", "4", False)
    found = differences.causes(signed.obligation, signed.snapshot, "DS-01", son)
    assert found.why.parts == ["thêm 1: 1 trẻ ghi vào sổ sau"] and not found.listed and found.shown == []


def test_a_child_that_moved_away_before_the_cutoff_leaves_every_figure(signed, an):
    Residence.objects.filter(child__full_name="Trần Thị Hoa").update(ended_on=date(2024, 4, 20))
    found = told(signed, an)
    assert found["DS-01"][:2] == ("3", "2") and found["DS-06"][:2] == ("1", "0")


def test_keys_are_those_of_the_figures(signed, an):
    keys = dict(collecting.keys_of(signed.obligation))
    assert len(keys["DS-01"]) == 3 and len(keys["HC-01"]) == 2 and len(keys["HC-04"]) == 1
    assert "YT-04" not in keys  # typed by hand: no rows behind it


def test_bytes_that_were_changed_on_the_disk_are_not_handed_out(signed):
    path = path_of(signed.document.pdf)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Refusal, match="không còn nguyên vẹn"):
        exporting.data_of(signed, "pdf")
    path.unlink()
    with pytest.raises(Refusal, match="không còn nguyên vẹn"):
        exporting.data_of(signed, "pdf")


def test_the_keys_of_every_figure_are_found_by_one_count(signed, django_assert_max_num_queries):
    with django_assert_max_num_queries(48):
        collecting.keys_of(signed.obligation)
