"""Two officers on one row: what each says, field by field, and whose word the second one lets stand.

A form of an edit carries what stood in it when it was opened (`base`). So it can be told which fields the other officer
changed, which I changed and which both did; nothing of either is overwritten unseen.
"""

import json

from childcare.lib.vietnamese import clean_text

PICK = "pick_"
NOT_COMPARED = {"version", "base", "once", "reason"}


def raw(form, name):
    """What stands in a box, as text: "on" for a tick."""
    value = form[name].value()
    return "on" if value is True else "" if value in (None, False) else str(value)


def told(form):
    """What stands in the boxes of a form, as JSON for its `base`."""
    return json.dumps({name: raw(form, name) for name in compared(form)}, ensure_ascii=False)


def compared(form):
    """Names of the fields of the row; its version, the reason of a correction and hidden keys are none."""
    return [name for name in form.fields if name not in NOT_COMPARED and not form[name].is_hidden]


def rivals(mine, now):
    """Fields that the other officer changed and that I typed otherwise: label, both words, whose is proposed.

    `mine`: the form as it was sent, with the `base` of its opening; `now`: the form of the row as it stands.
    """
    base, rows = _base(mine), []
    for name in compared(now):
        one, other = raw(mine, name), raw(now, name)
        before = base.get(name)
        if _same(one, other) or (before is not None and _same(before, other)):
            continue
        touched = before is None or not _same(before, one)
        rows.append({
            "name": f"{PICK}{name}", "label": now[name].label, "mine": shown(now, name, one), "now": shown(now, name, other),
            "pick": "mine" if touched else "now", "touched": touched,
        })  # fmt: skip
    return rows


def picked(data, now):
    """The sent data with the present word wherever the officer let it stand."""
    chosen = [name for name in compared(now) if data.get(f"{PICK}{name}") == "now"]
    if not chosen:
        return data
    data = data.copy()
    for name in chosen:
        word = raw(now, name)
        if word or now.fields[name].required:
            data[now.add_prefix(name)] = word
        else:
            data.pop(now.add_prefix(name), None)
    return data


def shown(form, name, text):
    """What stands in a box in the officer's words: the word of a choice, "có" for a tick."""
    field = form.fields[name]
    words = {}
    for key, word in getattr(field, "choices", ()):
        words |= {str(one): label for one, label in word} if isinstance(word, (list, tuple)) else {str(key): word}
    if text == "on" and not words:
        return "có"
    return str(words.get(text, text)).strip() if text else ""


def _same(one, other):
    return [clean_text(line) for line in one.splitlines()] == [clean_text(line) for line in other.splitlines()]


def _base(form):
    try:
        found = json.loads(form.data.get("base") or "{}")
    except ValueError:
        return {}
    return {name: word for name, word in found.items() if isinstance(word, str)} if isinstance(found, dict) else {}


def people_rivals(mine, now):
    """The children of an incident as one row to choose, when both officers name them otherwise."""
    one, other = _people_text(mine), _people_text(now)
    if one == other:
        return []
    label = "Trẻ em trong vụ việc"
    return [{"name": f"{PICK}people", "label": label, "mine": one, "now": other, "pick": "mine", "touched": True}]


def people_picked(data, now):
    """The sent data with the present children of the incident where the officer let them stand."""
    if data.get(f"{PICK}people") != "now":
        return data
    data = data.copy()
    for one in now:
        for name in one.fields:
            data[one.add_prefix(name)] = raw(one, name)
    return data


def _people_text(forms):
    """Who is in an incident, in a line: "Nguyễn Thị Hoà, Bị thương, bị tổn hại; nam, 2015"."""
    told = [
        [shown(form, name, raw(form, name)) for name in form.fields if name != "child" and raw(form, name)] for form in forms
    ]
    return "; ".join(", ".join(words) for words in told if words)
