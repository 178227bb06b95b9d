"""The commands of the contract print what its table says: names, keys, exit codes. What they count is tested where it is counted."""

import hashlib
import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from childcare.audit.models import Entry
from childcare.children.models import Child
from childcare.inbox.models import Message
from childcare.indicators.models import Indicator
from plans.models import Plan
from reports.models import Regime
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
BEGIN = {"csv": b"PK", "pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "json": b"{"}


def run(*words):
    """(what the command printed, its exit code)."""
    out = StringIO()
    try:
        call_command(*(str(word) for word in words), stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def printed(*words):
    """The JSON of a command that ends well."""
    text, code = run(*words)
    assert code == 0
    return json.loads(text)


def test_create_admin_prints_a_link_and_no_password():
    text, _ = run("create_admin", "quantri.moi")
    assert re.fullmatch(r"https?://\S+/mo-tai-khoan/[a-z0-9-]+/", text.strip())


@pytest.fixture
def workbook(tmp_path):
    """Two children and a father."""
    book = Workbook()
    for row in (["Họ và tên", "Ngày sinh", "Giới tính"], ["Đỗ Minh Anh", "12/05/2016", "Nữ"], ["Lê Văn Bảo", "2018", "Nam"],
                ["Lê Văn Cha", "03/04/1985", "Nam"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "danh-sach.xlsx")
    return tmp_path / "danh-sach.xlsx"


KEYS = ("rows", "created", "updated", "unchanged", "rejected")


def test_import_children_counts_its_rows_and_twice_changes_nothing(an, workbook, tmp_path):
    command = ["import_children", workbook, "--unit", "11437", "--by", an.username, "--on", "2024-05-02"]
    assert [printed(*command, "--dry-run")[key] for key in KEYS] == [3, 2, 0, 0, 1]
    assert not Child.objects.exists()
    first = printed(*command, "--errors", tmp_path / "loi.xlsx")
    assert [first[key] for key in KEYS] == [3, 2, 0, 0, 1] and "warnings" in first
    assert (tmp_path / "loi.xlsx").read_bytes().startswith(b"PK")
    assert [printed(*command)[key] for key in KEYS] == [3, 0, 0, 2, 1]
    assert Child.objects.count() == 2


def test_figures_gives_every_indicator_a_numerator_a_denominator_and_a_value():
    reporting.small_ward()
    found = printed("figures", "--unit", "11437", "--period", "2024-H1", "--by", "sex,age,group,unit")
    assert list(found) == list(Indicator.objects.order_by("position").values_list("code", flat=True))
    assert all({"numerator", "denominator", "value"} <= set(row) for row in found.values())
    assert (found["DS-01"]["value"], found["DS-01"]["by"]["sex=f"]["value"]) == (3, 1)
    assert sum(row["value"] for row in found["DS-01"]["units"].values()) == 3
    assert (found["HC-04"]["numerator"], found["HC-04"]["denominator"]) == (1, 2)


@pytest.mark.parametrize("ending", BEGIN)
def test_report_writes_the_file_and_prints_its_path_and_digest(ending, tmp_path):
    reporting.small_ward()
    reporting.owed()
    path = tmp_path / f"bao-cao.{ending}"
    text, _ = run("report", "--unit", "11437", "--period", "2024-H1", "--format", ending, "--output", path)
    data = path.read_bytes()
    assert data.startswith(BEGIN[ending])
    assert text.split() == [str(path), hashlib.sha256(data).hexdigest()]


def test_verify_document_knows_a_signed_report_and_a_changed_byte(tmp_path):
    reporting.small_ward()
    reporting.signed()
    path = tmp_path / "bao-cao.pdf"
    run("report", "--unit", "11437", "--period", "2024-H1", "--format", "pdf", "--output", path)
    text, code = run("verify_document", path)
    assert (code, text.count("\n")) == (0, 1) and "nguyên vẹn" in text
    path.write_bytes(path.read_bytes() + b"x")
    text, code = run("verify_document", path)
    assert (code, text.count("\n")) == (1, 1) and text.startswith("Không đúng")


def csv_of(path, *rows):
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_load_plan_counts_items_targets_and_budget_lines_and_twice_makes_one_plan(tmp_path, ward):
    items = csv_of(
        tmp_path / "items.csv",
        ["seed", "path", "kind", "bullet", "text_vi", "note"],
        ["900", "0", "subject", "", "Kế hoạch công tác trẻ em năm 2024", ""],
    )
    targets = csv_of(
        tmp_path / "targets.csv",
        ["id", "seed", "unit_name", "unit_kind", "years", "section", "text_vi", "indicator_code", "comparison", "value", "unit",
         "multiplier", "target_kind", "line", "note"],
        ["T1", "900", "phường Nam Sơn", "phường", "2024", "I", "Trẻ em được trợ giúp", "HC-04", ">=", "95", "%", "100", "", "1",
         ""],
    )  # fmt: skip
    command = ["load_plan", "--unit", "11437", "--items", items, "--targets", targets]
    found = printed(*command)
    assert {key: found[key] for key in ("items", "targets", "budget_lines")} == {"items": 1, "targets": 1, "budget_lines": 0}
    assert printed(*command) == found and Plan.objects.count() == 1


def test_remind_sends_once_and_says_what_was_sent_already():
    reporting.owed()
    assert printed("remind", "--on", "2024-04-25", "--dry-run")["sent"] == 0 and not Message.objects.exists()
    first = printed("remind", "--on", "2024-04-25")
    assert set(first) == {"due", "sent", "already_sent", "failed"}
    assert first["due"] == first["sent"] > 0 == first["failed"]
    kept = Message.objects.count()
    assert printed("remind", "--on", "2024-04-25") == {**first, "sent": 0, "already_sent": first["sent"]}
    assert Message.objects.count() == kept


def test_remind_ignores_what_is_more_than_sixty_days_late():
    reporting.owed()
    Regime.objects.filter(report_kind="CAMPAIGN").update(active=False)  # its reports are due these very days
    assert printed("remind", "--on", "2024-07-08")["due"] > 0  # 60 days after 9/5
    assert printed("remind", "--on", "2024-07-15")["due"] == 0


def test_verify_audit_is_one_line(an):
    reporting.owed()
    text, code = run("verify_audit")
    assert (code, text.count("\n")) == (0, 1) and str(Entry.objects.count()) in text


def test_check_data_is_silent_when_all_is_well_and_one_line_a_breach_when_not():
    reporting.small_ward()
    assert run("check_data") == ("", 0)
    Child.objects.filter(full_name="Nguyễn Văn Nam").update(residing=False)
    text, code = run("check_data")
    assert code == 1 and len(text.splitlines()) == 1


def test_a_unit_that_nobody_knows_is_said_in_a_sentence(an, tmp_path):
    with pytest.raises(Exception, match="99999"):
        run("figures", "--unit", "99999", "--period", "2024-H1")
    with pytest.raises(Exception, match="99999"):
        run("report", "--unit", "99999", "--period", "2024-H1", "--format", "pdf", "--output", tmp_path / "x.pdf")
    assert people.TODAY.year == 2024 and not (tmp_path / "x.pdf").exists()
