"""`import_children`: the contract, and the sample workbooks from the file to the registry and back."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.children import ethnics
from childcare.children import models as c
from childcare.lib.calendar import parse_partial
from childcare.lib.spreadsheets import open_workbook
from childcare.lib.vietnamese import fold
from childcare.units.models import Unit
from tests import factories
from tests.childcare.children.importing.test_writing import BINH, HOA, workbook

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples"


def run(file, *options):
    out = io.StringIO()
    call_command("import_children", str(file), *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "danh-sach.xlsx"
    adult = [3, "Trần Văn Lớn", "1/1/1990", "Nam", "", "", "", "", "", "", "=1+1"]
    path.write_bytes(workbook(HOA, BINH, adult))
    return path


def test_the_contract_is_printed_and_the_rows_are_in(file, ward, an):
    said = run(file, "--unit", ward.code, "--by", "an", "--on", "2024-05-02")
    assert (said["rows"], said["created"], said["updated"], said["unchanged"], said["rejected"]) == (3, 2, 0, 0, 1)
    assert c.Child.objects.count() == 2
    batch = c.ImportBatch.objects.get()
    assert (batch.state, batch.unit, batch.uploaded_by, batch.on) == ("done", ward, an, date(2024, 5, 2))


def test_again_changes_nothing(file, ward, an):
    run(file, "--unit", ward.code, "--by", "an")
    said = run(file, "--unit", ward.code, "--by", "an")
    assert (said["created"], said["updated"], said["unchanged"]) == (0, 0, 2)


def test_a_dry_run_says_the_same_and_writes_nothing(file, ward, an):
    said = run(file, "--unit", ward.code, "--by", "an", "--dry-run")
    assert (said["created"], said["rejected"]) == (2, 1)
    assert not c.Child.objects.exists() and not c.ImportBatch.objects.exists()
    assert not Entry.objects.filter(action="children.imported").exists()


def test_the_rows_that_stay_out_come_back_with_what_to_mend(file, tmp_path, ward, an):
    errors = tmp_path / "errors.xlsx"
    run(file, "--unit", ward.code, "--by", "an", "--errors", str(errors))
    [sheet] = open_workbook(errors.read_bytes(), "errors.xlsx")
    (_, head), (_, row) = sheet.rows
    assert head[1] == "Họ và tên" and head[-1] == "Nội dung cần sửa"
    assert row[1:3] == ["Trần Văn Lớn", "1/1/1990"] and "đủ 18 tuổi" in row[-1]
    assert row[10] == "'=1+1"


def test_what_cannot_be_done_is_said(file, ward, an, binh, chi):
    for options, sentence in [
        (("--unit", ward.code, "--by", "nobody"), "nobody"),
        (("--unit", "99999", "--by", "an"), "99999"),
        (("--unit", ward.code, "--by", "binh"), "không còn quyền"),
        (("--unit", ward.code, "--by", "chi"), "không còn quyền"),
    ]:
        with pytest.raises(CommandError, match=sentence):
            run(file, *options)
    assert not c.Child.objects.exists()


@pytest.fixture(params=["clean-ward.xlsx", "commune-book.xlsx", "dates-and-ids.xlsx", "tcvn3-old.xlsx", "tcvn3-old.xls"])
def sample(request, db, settings):
    """(expected, workbook, commune) with its hamlets, its officer and the children who were there before."""
    if not SAMPLES.exists():
        pytest.skip("../shared is not there")
    file = SAMPLES / request.param
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    settings.TRAINING_TODAY = expected["import_date"]
    commune = Unit.objects.by_code(expected["unit"]["code"], date.fromisoformat(expected["import_date"]))
    hamlets = {name: factories.hamlet(commune, name) for name in expected["hamlets"]}
    keys = {name: key for key, name in ethnics.names().items()}
    for child in expected.get("registry_before", []):
        day = parse_partial(child["birth_date"])
        factories.child(
            hamlets[child["hamlet"]], child["full_name"], day.text, sex={"nam": "m", "nữ": "f"}[child["sex"]], ethnic=keys[child["ethnic"]],
            identity_number=child["identity_number"], identity_valid=True, mother_name=child["mother_name"],
        )  # fmt: skip
    officer = Officer.objects.create(username="xa", full_name="Công chức xã", password="!")
    Appointment.objects.create(officer=officer, unit=commune, role=Role.COMMUNE, started_on=date(2025, 7, 1))
    return expected, file, commune


def imported(sample):
    expected, file, commune = sample
    return run(file, "--unit", commune.code, "--by", "xa", "--on", expected["import_date"])


def stored(child):
    """A child of the registry in the vocabulary of the expected results."""
    statuses = {"poor": "hộ nghèo", "near": "hộ cận nghèo", "other": "khác"}
    level = child.household.poverty.filter(voided_at=None).first() if child.household else None
    birth = child.birth
    return {
        "full_name": child.full_name or None,
        "name_state": {"named": "named", "unnamed": "chưa đặt tên", "missing": "thiếu tên"}[child.name_state],
        "birth_date": birth.iso if birth else None, "birth_precision": child.birth_precision or "unknown",
        "sex": {"m": "nam", "f": "nữ", "": None}[child.sex], "ethnic": ethnics.names().get(child.ethnic),
        "identity_number": child.identity_number,
        "identity_status": None if child.identity_number is None else "ok" if child.identity_valid else "chưa hợp lệ",
        "hamlet": child.unit.name if child.unit.kind == "hamlet" else None,
        "mother_name": fold(child.mother_name) or None, "father_name": fold(child.father_name) or None,
        "household_head": fold(child.household.head_name) or None if child.household else None,
        "poverty": statuses[level.level] if level else None,
        "circumstances": sorted(child.circumstances.values_list("kind__code", flat=True)),
        "birth_year": birth.latest.year if birth else None,
    }  # fmt: skip


@pytest.mark.shared
def test_a_sample_prints_its_expected_results(sample):
    expected, said = sample[0], imported(sample)
    assert said["rows"] == expected["rows_total"]
    assert {"accept": said["accepted"], "reject": said["rejected"]} == expected["expect"]
    assert said["created"] == expected["children_created"]
    assert [{k: row[k] for k in ("sheet", "row", "reason_code")} for row in said["rejected_rows"]] == expected["rejected_rows"]
    for key in ("offers", "warnings"):
        assert (
            sorted(map(str, said[key])) == sorted(map(str, [{k: row[k] for k in said[key][0]} for row in expected[key]]))
            if expected[key]
            else said[key] == []
        )
    for key in ("twins", "not_children", "totals"):
        assert said[key] == expected[key], key
    for wanted, found in zip(expected["children"], said["children"], strict=True):
        assert {name: value for name, value in found.get("offered", {}).items() if name != "residence_end"} == {
            name: value for name, value in wanted.get("offered", {}).items() if name != "residence"
        }


@pytest.mark.shared
def test_the_children_of_a_sample_are_in_the_registry_as_expected(sample):
    expected, said = sample[0], imported(sample)
    before = len(expected.get("registry_before", []))
    children = list(c.Child.objects.order_by("pk"))[before:]
    assert len(children) == expected["children_created"]
    repeated = {(row["sheet"], row["row"]) for row in said["repeated_rows"]}
    wanted = [row for row in expected["children"] if (row["sheet"], row["row"]) not in repeated]
    for want, child in zip(wanted, children, strict=False):
        want = {key: value for key, value in want.items() if key not in ("sheet", "row", "offered")}
        for key in ("mother_name", "father_name", "household_head"):
            want[key] = fold(want[key]) if want[key] else None
        found = stored(child)
        if want["household_head"] is None:
            found["household_head"] = None
        assert found == want, child.pk
    assert sum(child.twin for child in children) == sum(len(group) for group in expected["twins"])


@pytest.mark.shared
def test_a_sample_again_changes_nothing(sample):
    imported(sample)
    models = (
        c.Child,
        c.Household,
        c.Residence,
        c.Membership,
        c.PovertyStatus,
        c.Circumstance,
        c.ProtectedFile,
        c.ChildRevision,
    )
    before = [list(model.objects.order_by("pk").values()) for model in models]
    said = imported(sample)
    assert (said["created"], said["updated"]) == (0, 0)
    assert said["unchanged"] == sample[0]["expect"]["accept"]
    assert before == [list(model.objects.order_by("pk").values()) for model in models]
