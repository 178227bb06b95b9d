"""The returned sample list against its expected result, complete and in the importer's own vocabulary."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from childcare.children.codes import key_of
from childcare.children.importing import batches
from childcare.children.models import Child, ChildRevision
from childcare.children.returning.layout import is_returned
from childcare.lib.spreadsheets import open_workbook
from reports import integrity
from tests.childcare.children.returning import sample

pytestmark = [
    pytest.mark.django_db, pytest.mark.shared,
    pytest.mark.skipif(not sample.SAMPLES.exists(), reason="../shared is not there"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def today(settings):
    settings.TRAINING_TODAY = "2026-11-16"


@pytest.fixture
def place(db):
    expected = json.loads((sample.SAMPLES / "defects-returned.expected.json").read_text(encoding="utf-8"))
    ward = sample.commune(expected)
    by = sample.officer(ward)
    children = sample.registry(expected, ward, by)
    data, expected = sample.in_our_codes(expected, children)
    return ward, by, data, expected


def taken(place, **how):
    ward, by, data, expected = place
    on = date.fromisoformat(expected["import_date"])
    return batches.take_in(data=data, name=expected["file"], unit=ward, on=on, by=by, **how)


def ordered(rows):
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, ensure_ascii=False))


def test_everything_is_as_expected(place):
    expected = place[3]
    reading, counts, _ = taken(place)
    for wanted, found in zip(expected["sheets"], reading.sheets, strict=True):
        assert {key: found[key] for key in wanted} == wanted
    assert reading.not_children == expected["not_children"] and reading.exported_on == expected["exported_on"]
    assert reading.rows_total == expected["rows_total"] == 123
    rejected = [{key: value for key, value in row.items() if key != "full_name"} for row in reading.rejected]
    assert rejected == expected["rejected_rows"]
    assert ordered(reading.offers) == ordered(expected["offers"])
    assert ordered(reading.warnings) == ordered(expected["warnings"])
    assert reading.updates == expected["updates"]
    assert reading.unchanged == expected["unchanged"]
    assert reading.totals() == expected["totals"]
    told = {"accept": len(reading.rows), "reject": counts["rejected"], **{key: counts[key] for key in ("updated", "unchanged")}}
    assert told == expected["expect"] and counts["created"] == 0


def test_every_change_stands_in_the_registry_with_its_revision(place):
    ward, _, _, expected = place
    reading, _, _ = taken(place)
    for row in reading.updates:
        child = Child.objects.get(pk=key_of(row["child_code"]))
        told, changes = {row.field for row in child.revisions.exclude(source="")}, row["changes"]
        if "identity_number" in changes:
            assert (child.identity_number, child.identity_valid) == (
                changes["identity_number"],
                changes["identity_status"] == "ok",
            )
            assert "identity_number" in told
        if "birth_date" in changes:
            assert child.birth.iso == changes["birth_date"] and "birth" in told
        if "full_name" in changes:
            assert child.full_name == changes["full_name"] and "full_name" in told
        day = child.identity_verified_on and child.identity_verified_on.isoformat()
        assert day == changes.get("verified_on") and ("identity_verified_on" in told) == bool(day)
    assert Child.objects.filter(identity_verified_on__isnull=False).count() == 79
    assert Child.objects.count() == len(expected["registry_before"])
    assert list(integrity.verified_numbers_are_valid()) == list(integrity.names_for_search()) == []


def test_importing_it_twice_changes_nothing(place):
    taken(place)
    before, revisions = list(Child.objects.order_by("pk").values()), ChildRevision.objects.count()
    reading, counts, _ = taken(place)
    assert (counts["created"], counts["updated"], counts["rejected"]) == (0, 0, 8)
    assert list(Child.objects.order_by("pk").values()) == before and ChildRevision.objects.count() == revisions
    assert {row["why"] for row in reading.unchanged} >= {"same", "waits for a decision"}


def test_offers_that_are_accepted_let_rows_in_and_change_what_waited(place):
    ward, by, data, expected = place
    batch = batches.upload(by=by, unit=ward, on=date(2026, 11, 16), name=expected["file"], data=data)
    batches.read_file(batch=batch, by=by)
    batch.refresh_from_db()
    assert (batch.kind, batch.state, batch.summary["updated"]) == ("answers", "preview", 103)
    batch = batches.decide(batch=batch, by=by, accepted=range(batch.summary["offers"]))
    summary = batches.write_batch(batch=batch, by=by)
    # 103, two conflicts, two by name, one by code and one departure more; three rows fewer stay out
    assert (summary["updated"], summary["unchanged"], summary["rejected"]) == (109, 9, 5)
    by_offer = {offer["kind"]: offer["to"] for offer in expected["offers"] if offer["field"] == "identity_number"}
    assert Child.objects.filter(identity_number=by_offer["identity_leading_zero"], identity_verified_on="2026-10-22").exists()
    assert Child.objects.get(identity_number=by_offer["update_conflict"]).identity_verified_on
    assert Child.objects.filter(residing=False).count() == 1
    again, counts, _ = taken(place)
    assert counts["updated"] == 0, again.updates


def test_the_rows_that_stayed_out_come_back_in_the_same_columns_and_are_known_again(place):
    ward, by, _, expected = place
    _, _, errors = taken(place)
    sheets = open_workbook(errors, "loi.xlsx")
    assert is_returned(sheets)
    rows = [(sheet.name, cells) for sheet in sheets for number, cells in sheet.rows if number > 5]
    assert len(rows) == 8 and rows[0][1][13].startswith("Số định danh này đã có ở một trẻ khác")
    assert sheets[0].rows[3][1][13] == "Lỗi"
    reading, counts, again = batches.take_in(data=errors, name="loi.xlsx", unit=ward, on=date(2026, 11, 16), by=by)
    assert (counts["updated"], counts["rejected"], reading.exported_on) == (0, 8, "2026-10-20")
    assert len(open_workbook(again, "loi.xlsx")[0].rows[3][1]) == 14


def test_the_number_of_queries_does_not_depend_on_the_lines(place, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        taken(place)


def test_the_command_prints_the_same(place, tmp_path, capsys):
    ward, by, data, expected = place
    file = tmp_path / expected["file"]
    file.write_bytes(data)
    call_command("import_children", str(file), unit=ward.code, by=by.username, errors=tmp_path / "loi.xlsx")
    told = json.loads(capsys.readouterr().out)
    assert {key: told[key] for key in ("rows", "created", "updated", "unchanged", "rejected")} == {
        "rows": 123, "created": 0, "updated": 103, "unchanged": 12, "rejected": 8,
    }  # fmt: skip
    assert told["updates"] == expected["updates"] and told["rejected_rows"][0]["reason_code"] == "identity_used_in_registry"
    assert (tmp_path / "loi.xlsx").exists()
