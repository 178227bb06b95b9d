"""KẾ HOẠCH as a document: every paragraph of a plan is there, blanks stay blank, drafts say so."""

import hashlib

import pytest
from django.core.management import CommandError, call_command

from childcare.documents.plain import texts
from plans import documents, exporting
from plans.models import Plan, PlanItem
from tests.people import KIEN_AN
from tests.plans.seeds import CODES, beside, load

pytestmark = pytest.mark.django_db


def words(text):
    return [word.strip(" .;:,/") for word in text.split() if word.strip(" .;:,/")]


def printed(plan):
    """All words that the document prints."""
    return " ".join(words(" ".join(texts(documents.build(plan)))))


@pytest.mark.parametrize("seed", CODES)
@beside
@pytest.mark.shared
def test_nothing_of_a_seed_plan_is_missing_in_print(seed):
    plan = load(seed)
    squeezed = printed(plan)
    missing = []
    for item in plan.items.exclude(kind__in=["agency", "motto", "number_line", "place_date"]):
        bare = " ".join(words(documents.marked(item, {})))
        if bare not in squeezed and bare.upper() not in squeezed and item.note == "":
            missing.append(item.text[:80])
    assert missing == []


@beside
@pytest.mark.shared
def test_the_footnotes_of_ha_nam_stand_after_the_text_and_their_numbers_in_it():
    plan = load("002")
    bases, blocks = documents.body(list(plan.items.all()))
    texts = [block.text for block in blocks if hasattr(block, "text")]
    assert "3.2. Phạm vi thực hiện: trên địa bàn 02 huyện Lý Nhân (1), Thanh Liêm (2)." in texts
    assert [text[:3] for text in texts[-3:]] == ["(1)", "(2)", "(3)"]
    assert texts[-4] == "Chú thích:"


@beside
@pytest.mark.shared
def test_a_month_that_is_known_is_printed_beside_a_blank_day():
    line = documents.build(load("000")).place_line
    assert line.startswith("Cẩm Châu, ngày") and "tháng 02 năm 2023" in line
    whole = documents.build(load("004"))
    assert (whole.place_line, whole.number_line) == ("Thái Bình, ngày 10 tháng 01 năm 2014", "Số: 02/KH-UBND")
    assert whole.signer is None


@beside
@pytest.mark.shared
def test_a_school_issues_its_plan_itself():
    doc = documents.build(load("003"))
    assert " ".join(doc.issuer.name_lines) == "TRƯỜNG THCS AN BẰNG - VINH AN"
    assert doc.notation == "KH"


def test_sections_print_as_signed_even_where_a_number_repeats(district_plan):
    _, blocks = documents.body(list(district_plan.items.all()))
    heads = [block.text.split(".")[0] for block in blocks if getattr(block, "level", 0) == 1]
    assert heads == ["I", "II", "II", "III", "IV", "V"]


def test_a_draft_says_that_it_is_one_and_shows_who_would_sign(district_plan):
    assert documents.build(district_plan).marks == ()
    district_plan.state, district_plan.signer_lines, district_plan.signer_name = Plan.State.DRAFT, [], ""
    doc = documents.build(district_plan)
    assert doc.marks == ("DỰ THẢO",)
    assert doc.signer.lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def test_equal_plans_give_equal_bytes_and_a_name_without_a_subject(district_plan):
    assert exporting.data_of(district_plan, "docx") == exporting.data_of(district_plan, "docx")
    assert exporting.file_name(district_plan, "pdf") == "Kế hoạch 2024 - Quận Kiến An.pdf"


def test_the_command_writes_the_document_and_says_its_hash(district_plan, tmp_path, capsys):
    file = tmp_path / "ke-hoach.docx"
    call_command("plan", unit=KIEN_AN, year=2024, format="docx", output=str(file))
    assert hashlib.sha256(file.read_bytes()).hexdigest() in capsys.readouterr().out
    with pytest.raises(CommandError, match="không có kế hoạch năm 2019"):
        call_command("plan", unit=KIEN_AN, year=2019, format="docx", output=str(file))


def test_a_long_heading_that_a_colon_ends_is_a_heading_like_its_neighbours():
    long = "4. " + "Thí điểm mô hình gia đình nhận nuôi có thời hạn " * 5 + ":"
    rows = [
        PlanItem(path="II.4", kind="task", text=long),
        PlanItem(path="II.4", kind="activity", bullet="-", text="Nhân rộng."),
    ]
    assert documents.heads(rows[0], rows[1])
    rows[0].text = long.rstrip(":") + "."
    assert not documents.heads(rows[0], rows[1])
