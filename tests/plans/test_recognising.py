"""A plan pasted from Word: headings, bullets and kinds of paragraphs."""

import pytest

from plans.models import PlanItem
from plans.recognising import KINDS, as_text, recognise
from tests.plans.seeds import beside, items_by_seed

TEXT = """ỦY BAN NHÂN DÂN
PHƯỜNG NAM SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Nam Sơn, ngày 20 tháng 3 năm 2024
KẾ HOẠCH
Thực hiện công tác trẻ em năm 2024
Căn cứ Luật Trẻ em ngày 05/4/2016;
I. MỤC TIÊU
• 97% trẻ em có hoàn cảnh đặc biệt được trợ giúp;
– Nâng cao nhận thức của gia đình.
II. NHIỆM VỤ
1. Truyền thông
Mục tiêu:
+ 90% gia đình được nâng cao nhận thức.
Phạm vi: toàn phường.
- Tổ chức nói chuyện chuyên đề.
2. Thăm, tặng quà trẻ em
II. GIẢI PHÁP
1. Tăng cường phối hợp.
III. KINH PHÍ
- Ngân sách phường: 30.000.000đ.
IV. TỔ CHỨC THỰC HIỆN
1. Công chức Văn hóa - Xã hội: tham mưu.
Trên đây là kế hoạch, đề nghị các tổ dân phố thực hiện.
Nơi nhận:
- UBND quận;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Phạm Thị Lan"""


def test_a_whole_plan_is_recognised_paragraph_by_paragraph():
    rows = recognise(TEXT)
    assert [(row["kind"], row["path"]) for row in rows] == [
        ("agency", "head"), ("agency", "head"), ("motto", "head"), ("motto", "head"), ("number_line", "head"),
        ("place_date", "head"), ("title", "head"), ("subject", "head"), ("basis", "intro"), ("section", "I"), ("target", "I"),
        ("objective", "I"), ("section", "II"), ("task", "II.1"), ("label", "II.1"), ("target", "II.1"), ("scope", "II.1"),
        ("activity", "II.1"), ("task", "II.2"), ("section", "II(2)"), ("solution", "II(2).1"), ("section", "III"),
        ("budget", "III"), ("section", "IV"), ("responsible", "IV.1"), ("closing", "closing"), ("recipients_label", "recipients"),
        ("recipient", "recipients"), ("recipient", "recipients"), ("signer_authority", "signer"),
        ("signer_authority", "signer"), ("signer_name", "signer"),
    ]  # fmt: skip


def test_the_bullets_of_word_become_dashes_and_pluses():
    rows = recognise("I. MỤC TIÊU\n• một\n– hai\n·\tba\no\tbốn\n+ năm")
    assert [row["bullet"] for row in rows] == ["", "-", "-", "-", "+", "+"]
    assert [row["text_vi"] for row in rows][1:] == ["một", "hai", "ba", "bốn", "năm"]


def test_empty_lines_and_strange_spaces_are_no_paragraphs():
    assert len(recognise("\n \u00a0\nI. MỤC TIÊU\n\n\tMột  mục\u00a0tiêu\n")) == 2
    assert recognise("\u00a0") == []


def test_every_kind_has_a_word_for_the_officer():
    assert {row["kind"] for row in recognise(TEXT)} <= set(KINDS)


def test_the_text_of_a_plan_is_recognised_as_what_it_was():
    rows = recognise(TEXT)
    items = [PlanItem(path=row["path"], kind=row["kind"], bullet=row["bullet"], text=row["text_vi"]) for row in rows]
    assert recognise(as_text(items)) == rows


@beside
@pytest.mark.shared
def test_nineteen_of_twenty_paragraphs_of_the_seed_plans_are_recognised():
    wanted, found = [], []
    for rows in items_by_seed().values():
        got = recognise("\n".join(f"{row['bullet']} {row['text_vi']}".strip() for row in rows))
        assert [row["text_vi"] for row in got] == [row["text_vi"] for row in rows]
        wanted += [row["kind"] for row in rows]
        found += [row["kind"] for row in got]
    right = sum(one == other for one, other in zip(wanted, found, strict=True))
    assert right / len(wanted) > 0.95
