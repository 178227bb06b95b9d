"""Whatever a plan says shall be done has a page where the doing is written down."""

import uuid

import pytest
from django.urls import reverse

from plans import doing
from plans.actions import drafting
from plans.models import Task
from tests.plans.seeds import CODES, beside, items_by_seed, load

pytestmark = pytest.mark.django_db
DONE = {"task", "project", "model", "activity", "solution", "responsible", "report_regime", "closing_deadline"}


def plain(items):
    """{path: words of everything there}: the name of a body stands above what it shall do."""
    found = {}
    for item in items:
        if item["kind"] in DONE:
            found[item["path"]] = f"{found.get(item['path'], '')} {item['text_vi']}"
    return found


@pytest.mark.parametrize("seed", CODES)
@beside
@pytest.mark.shared
def test_every_line_of_a_seed_that_asks_for_doing_leads_to_a_page_and_is_kept_with_a_task(seed):
    items = items_by_seed()[seed]
    nowhere = [path for path, words in plain(items).items() if not doing.about(words)]
    assert nowhere == []
    kept = {item.text for item in load(seed).items.exclude(task=None)}
    asked = [item for item in items if item["kind"] in DONE - {"report_regime", "closing_deadline"}]
    assert [item["text_vi"][:60] for item in asked if item["text_vi"] not in kept] == []


@pytest.mark.parametrize("words, first", [
    ("Tổ chức các lớp tập huấn cho cộng tác viên", "Ghi lớp tập huấn"), ("Tổ chức giải bơi thiếu niên", "Ghi lớp dạy bơi, giải bơi"),
    ("Kiện toàn Nhóm thường trực", "Ghi Nhóm thường trực, ban, câu lạc bộ"), ("Buổi học chiều", None),
    ("Theo quy định, quy hoạch, hằng quý", None), ("Lớp bồi dưỡng kiến thức", "Ghi lớp tập huấn"),
])  # fmt: skip
def test_the_words_of_a_task_say_where(words, first):
    assert next((place.words for place in doing.about(words)), None) == first


def test_the_page_of_a_task_leads_there_with_the_task_ticked_and_only_where_the_officer_may(as_, an, district_plan, ward):
    plan = drafting.draft_from(above=district_plan, unit=ward, by=an)[0]
    task = Task.objects.create(
        plan=plan, position=90, kind="task", text="Tập huấn cộng tác viên; phẫu thuật; sân chơi; tạm lánh"
    )
    found = dict(doing.places_for(task, an))
    assert found["Ghi điểm vui chơi, công trình"] == reverse("place-list", args=[ward.public_id])
    shown = as_(an).get(reverse("task-edit", args=[task.public_id])).content.decode()
    assert all(words in shown for words in found)
    form = as_(an).get(found["Ghi lớp tập huấn"]).context["form"]
    assert (form["kind"].value(), form["tasks"].value()) == ("training", [str(task.public_id)])
    wrong = as_(an).get(f"{reverse('activity-add')}?loai=x&nhiem-vu={uuid.uuid4()}")
    assert wrong.status_code == 200 and wrong.context["form"]["kind"].value() is None

    class Nobody:
        """An officer with no permission."""

        def can(self, permission):
            return False

    assert doing.places_for(task, Nobody()) == []
