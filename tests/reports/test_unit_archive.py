"""Everything of a unit goes out whole, readable without the product, and nothing of anybody else's."""

import hashlib
import json
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Q
from python_calamine import CalamineWorkbook

from childcare.audit.models import Entry
from childcare.children.actions import attachments, residence
from childcare.children.models import Child, Circumstance
from childcare.lib.spreadsheets import open_workbook
from reports import unit_archive
from reports.unit_archive import HELD, LEFT, LISTS, columns_of
from tests import factories, people
from tests.childcare.lib.test_uploads import pdf
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(db):
    return reporting.small_ward()


def export(folder, unit=people.NAM_SON, **options):
    call_command("export_unit", unit=unit, output=str(folder), verbosity=0, **options)
    return folder


def rows(folder, label):
    return json.loads((folder / "json" / f"{label}.json").read_text(encoding="utf-8"))


def test_every_model_is_given_or_left_with_a_reason():
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    named = set(HELD) | set(LISTS)
    left = {label for label in labels if label in LEFT or label.split(".")[0] in LEFT}
    assert named | left == labels and not named & left


def test_every_scope_leads_to_what_it_says():
    targets = {"unit": "Unit", "child": "Child", "house": "Household"}
    for label, paths in HELD.items():
        for path in paths:
            kind, lookup = path.split(":")
            apps.get_model(label)._base_manager.filter(Q(**{f"{lookup}__in": []})).count()
            if lookup == "pk":
                assert label.endswith(targets[kind])


def test_no_password_goes_out(tmp_path, an, ward):
    folder = export(tmp_path / "out")
    assert "password" not in dict(columns_of(apps.get_model("accounts.Officer")))
    assert [row["username"] for row in rows(folder, "accounts.Officer")] == ["an"]


def test_the_children_of_the_ward_go_with_their_history_and_nobody_elses(tmp_path, an, chi, ward):
    factories.child(chi.unit, "Trẻ Văn Đẩu")
    folder = export(tmp_path / "out")
    assert sorted(row["full_name"] for row in rows(folder, "children.Child")) == [
        "Lê Văn Minh", "Nguyễn Văn Nam", "Trần Thị Hoa"
    ]  # fmt: skip
    assert [row["kind"] for row in rows(folder, "children.Circumstance")] == ["N04", "N04"]
    told = "".join(path.read_text(encoding="utf-8") for path in (folder / "json").iterdir())
    assert "Trẻ Văn Đẩu" not in told and len(rows(folder, "children.CircumstanceKind")) == 111


def test_of_a_child_who_left_only_what_old_figures_count_goes_and_no_name(tmp_path, an, chi, ward):
    nam = Child.objects.get(full_name="Nguyễn Văn Nam")
    residence.move(child=nam, unit=chi.unit, by=an, on=date(2024, 4, 1))
    folder = export(tmp_path / "out")
    told = "".join(path.read_text(encoding="utf-8") for path in (folder / "json").iterdir())
    assert "Nguyễn Văn Nam" not in told
    assert [row["child"] for row in rows(folder, "children.Support")] == [str(nam.public_id)]  # given by the ward
    kept = [row for row in rows(folder, "children.Residence") if row["child"] == str(nam.public_id)]
    assert [row["ended_on"] for row in kept] == ["2024-04-01"]
    assert str(nam.public_id) not in str(rows(folder, "children.Circumstance"))
    there = export(tmp_path / "van-dau", people.VAN_DAU)
    assert [row["full_name"] for row in rows(there, "children.Child")] == ["Nguyễn Văn Nam"]
    assert len([row for row in rows(there, "children.Residence") if row["child"] == str(nam.public_id)]) == 2


def test_secrets_come_out_in_clear_text_and_files_as_they_were(tmp_path, an, ward):
    child = Child.objects.first()
    factories.circumstance(child, "N11", note="ghi kín", protected_file=factories.protected_file(child, unit=ward))
    paper = attachments.keep(by=an, child=child, kind="birth", name="a.pdf", data=pdf(), title="số 12/2016")
    folder = export(tmp_path / "out")
    assert "ghi kín" in str(rows(folder, "children.Circumstance"))
    (line,) = rows(folder, "children.Attachment")
    assert line["title"] == "số 12/2016" and line["file"] == str(paper.file.public_id)
    (file,) = (folder / "tep").iterdir()
    assert file.name.startswith(line["file"]) and file.read_bytes().startswith(b"%PDF-")
    assert oct((folder / "du-lieu.xlsx").stat().st_mode)[-2:] == "00"


def test_signed_reports_go_with_their_frozen_bytes(tmp_path, an, ward):
    submission = reporting.signed()
    folder = export(tmp_path / "out")
    names = {path.name.split(" ")[0] for path in (folder / "tep").iterdir()}
    assert {str(submission.document.pdf.public_id), str(submission.document.scan.public_id)} <= names
    assert rows(folder, "reports.SnapshotFigure")


def test_the_workbook_says_the_same_as_the_json_with_a_sheet_for_each_kind(tmp_path, an, ward):
    Circumstance.objects.filter(pk=Circumstance.objects.first().pk).update(paper="=1+1")
    folder = export(tmp_path / "out")
    book = CalamineWorkbook.from_path(folder / "du-lieu.xlsx")
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert len(sheets) == len(HELD) + len(LISTS)
    head, *lines = sheets["Child"]
    told = [dict(zip(head, cells, strict=False))["full_name"] for cells in lines]
    assert told == [row["full_name"] for row in rows(folder, "children.Child")]
    assert "'=1+1" in str(sheets["Circumstance"])


def test_the_dictionary_explains_every_column(tmp_path, an, ward):
    folder = export(tmp_path / "out")
    (sheet,) = open_workbook((folder / "tu-dien.xlsx").read_bytes(), "tu-dien.xlsx")
    explained = {(cells[0], cells[2]) for _, cells in sheet.rows[1:]}
    for label in [*HELD, *LISTS]:
        model = apps.get_model(label)
        assert {(model.__name__, name) for name, _ in columns_of(model)} <= explained
    text = str(sheet.rows)
    assert "m = nam; f = nữ" in text and "họ và tên" in text


def test_the_index_holds_counts_and_digests(tmp_path, an, ward):
    folder = export(tmp_path / "out")
    about = json.loads((folder / "muc-luc.json").read_text(encoding="utf-8"))
    assert about["rows"]["children.Child"] == 3
    data = (folder / "json" / "children.Child.json").read_bytes()
    assert about["sha256"]["json/children.Child.json"] == hashlib.sha256(data).hexdigest()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path, an, ward):
    (tmp_path / "cu.txt").write_text("cũ")
    with pytest.raises(CommandError, match="không trống"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "files"] == ["cu.txt"]


@pytest.mark.parametrize("options", [{"unit": "99999"}, {"unit": people.NAM_SON, "by": "khongai"}])
def test_an_unknown_unit_or_account_is_said(tmp_path, ward, options):
    with pytest.raises(CommandError, match="Không có"):
        export(tmp_path / "out", **options)


def test_the_log_tells_who_took_everything(tmp_path, an, ward):
    export(tmp_path / "out", by="an")
    entry = Entry.objects.get(action="unit.exported")
    assert "an" in entry.actor and "Nam Sơn" in entry.subject


def test_the_number_of_queries_does_not_grow_with_the_children(tmp_path, an, ward, django_assert_max_num_queries):
    for number in range(30):
        factories.child(ward, f"Trẻ {number}")
    with django_assert_max_num_queries(2 * (len(HELD) + len(LISTS))):
        unit_archive.Archive(ward, tmp_path / "out", day=people.TODAY).write()
