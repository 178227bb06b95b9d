"""From the paragraphs of a plan to its tasks, scopes and money: one rule for a plan that is loaded, pasted or drafted.

What officers added (who does a task, by when, what came of it; money allocated and spent) stays with the paragraph whose words
did not change. A paragraph that is gone takes nothing with it: the caller is told what stands on it.
"""

import re
from collections import defaultdict
from decimal import Decimal

from django.db.models import F

from childcare.lib.vietnamese import clean_text, fold
from plans.models import BudgetLine, Task, TaskScope

ASIDE = 10_000  # more than a plan has paragraphs
KINDS = {"task": "task", "project": "project", "model": "model", "solution": "solution", "responsible": "duty"}
AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+)\s*đ")
UNITS = r"tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|thôn|tổ dân phố|trường"
COUNTED = re.compile(rf"(?P<count>\d{{1,3}})(?:/\d{{1,3}})? (?P<word>{UNITS})\b")
INSIDE = re.compile(rf"\s*thuộc (?:{UNITS})?\s*")
FOOTNOTE = re.compile(r"(fn\d+) (?:after ([^,;]+)|at the end)")


def amount_in(text):
    """The đồng in "Dự án 1: …: 140.000.000đ", or None."""
    found = AMOUNT.findall(text)
    return Decimal(found[-1].replace(".", "")) if found else None


def key_of(text):
    """What makes two paragraphs the same: the words, without case, accents and the number before them."""
    return re.sub(r"^[\divxlc]+[.)]\s*", "", fold(clean_text(text)))


def tasks_in(items):
    """[(item that begins a task, kind)] in print order. A line that only says who does the task above begins none."""
    found, paths = [], set()
    for item in items:
        kind = KINDS.get(item.kind)
        if kind is None or kind == "duty" and item.path in paths:
            continue
        if kind in ("task", "project", "model", "solution") or item.path not in paths:
            found.append((item, kind))
        paths.add(item.path)
    return found


def build(plan, items):
    """Write the tasks, scopes and budget lines of a plan whose paragraphs are `items` (saved, in print order).

    Rows whose words did not change keep what officers wrote on them. Returns (tasks, lines) of before that no paragraph says
    any more: the caller deletes them, or refuses because something stands on them.
    """
    gone, starts = _tasks(plan, items)
    owners = _tie(items, starts)
    for task in starts.values():
        _scopes(task, [item for item in items if owners.get(item.pk) == task], _footnotes(items))
    return gone, _money(plan, items, owners)


def _aside(rows):
    """Free the positions from 1 on; the rows keep their order further back until they are numbered again."""
    rows.update(position=F("position") + ASIDE)


def _by_words(rows, key):
    """The rows under the words that they say; of equal ones the first is given out first."""
    found = defaultdict(list)
    for row in rows.order_by("-position"):
        found[key(row)].append(row)
    return found


def _tasks(plan, items):
    """(tasks that no paragraph says any more, {key of the first paragraph: task})."""
    _aside(plan.tasks)
    old = _by_words(plan.tasks, lambda task: (task.kind, key_of(task.text)))
    starts, by_path = {}, {}
    for position, (item, kind) in enumerate(tasks_in(items), 1):
        rows = old[kind, key_of(item.text)]
        task = rows.pop() if rows else Task(plan=plan, kind=kind)
        task.position, task.path, task.text = position, item.path, item.text
        task.parent = _parent(item.path, kind, by_path)
        task.save()
        starts[item.pk] = task
        by_path.setdefault(item.path, task)
    return [task for rows in old.values() for task in rows], starts


def _parent(path, kind, by_path):
    """The task in whose section a project's model or a part stands: "II.4" of "II.4.M1", the task of the same section."""
    if kind == "model" and path in by_path:
        return by_path[path]
    above = path.rpartition(".")[0]
    return by_path.get(above) if above else None


def _tie(items, starts):
    """Tie each paragraph to the task of which it speaks: the last one begun in its section. {key of paragraph: task}."""
    owners, current, path = {}, None, None
    for item in items:
        if item.pk in starts:
            current, path = starts[item.pk], item.path
        elif item.kind in ("section", "subsection"):
            current, path = None, item.path
        elif item.path != path:
            current, path = next((task for task in starts.values() if task.path == item.path), None), item.path
        if item.task_id != (current.pk if current else None):
            item.task = current
            item.save(update_fields=["task"])
        if current:
            owners[item.pk] = current
    return owners


def _footnotes(items):
    return {item.path: item.text for item in items if item.kind == "footnote"}


def names_at(text):
    """The names with which a text begins: "Thanh Tân và Thanh Bình, đồng thời …" → two. Capitals tell a name's words."""
    names = []
    for part in re.split(r", | và ", re.split(r"[.;:()]", text)[0]):
        words = part.split()
        name = " ".join(words[: next((at for at, word in enumerate(words) if not word[0].isupper()), len(words))])
        if name:
            names.append(name)
        if len(name.split()) < len(words) or not words:
            break
    return names


def scopes_in(text, within=""):
    """[{status, kind_word, stated, names, within}] that a sentence on the scope names: "02 huyện Lý Nhân, Thanh Liêm"."""
    rows = []
    for found in COUNTED.finditer(text):
        before, rest = fold(text[: found.start()]), text[found.end() :]
        expands, keeps = before.rfind("mo rong"), before.rfind("duy tri")
        inside = INSIDE.match(rest)
        names = names_at(rest[inside.end() :] if inside else rest.lstrip(" :"))
        rows.append(
            {
                "status": "start" if max(expands, keeps) < 0 else "expand" if expands > keeps else "keep",
                "kind_word": found["word"],
                "stated": int(found["count"]),
                "names": [] if inside else names,
                "within": ", ".join(names) if inside else within,
            }
        )
    return rows


def _scopes(task, items, footnotes):
    """The scope of a task, read from its sentences and the footnotes to them; written anew each time."""
    rows = []
    for item in items:
        rows += scopes_in(item.text) if item.kind in ("scope", "activity") else []
        for mark, within in FOOTNOTE.findall(item.note):
            rows += scopes_in(footnotes.get(mark, ""), within.strip())
    task.scopes.all().delete()
    TaskScope.objects.bulk_create(TaskScope(task=task, position=at, **row) for at, row in enumerate(rows, 1))


def _money(plan, items, owners):
    """Write the budget lines; returns those that no paragraph says any more."""
    _aside(plan.budget_lines)
    old = _by_words(plan.budget_lines, lambda line: key_of(line.text))
    total = None
    for position, item in enumerate((item for item in items if item.kind == "budget"), 1):
        rows = old[key_of(item.text)]
        line = rows.pop() if rows else BudgetLine(plan=plan, amount=amount_in(item.text))
        line.position, line.text, line.task = position, item.text, owners.get(item.pk) or _named(plan, item)
        line.part_of = total if item.bullet and total else None
        line.save()
        if "trong do" in fold(item.text)[-12:]:
            total = line
        elif not item.bullet:
            total = None
    return [line for rows in old.values() for line in rows]


def _named(plan, item):
    """The project that a line of money names at its beginning: "Dự án 1: …"."""
    found = re.match(r"du an ?(\d+)", fold(item.text))
    projects = list(plan.tasks.filter(kind="project", position__lt=ASIDE)) if found else []
    return next((task for task in projects if re.search(rf"du an ?{found[1]}\b", fold(task.text))), None)


def task_of(section, tasks):
    """The task to which a target of "II.4 Mô hình 1", "III.2" or "II. Nhiệm vụ 2" belongs, or None."""
    words = fold(section)
    model, number = re.search(r"mo hinh (\d+)", words), re.search(r"nhiem vu (\d+)", words)
    path = (re.match(r"[ivxlc]+(?:\.\d+)*", words) or [""])[0].upper() + (f".M{model[1]}" if model else "")
    for task in tasks:
        if task.path == path:
            return task
        if number and task.kind == "task" and re.fullmatch(rf"{re.escape(path)}(\(\d\))?\.{number[1]}", task.path):
            return task
    return None
