"""A change of units on paper: which units end, which begin, who takes what. Nothing happens to a unit yet."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from childcare.audit import actions as audit
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold
from childcare.units.models import EndingUnit, NewUnit, Unit, UnitChange

S = UnitChange.State
KINDS = ("province", "district", "commune")
STALE = "Thay đổi này vừa được sửa ở nơi khác. Hãy tải lại trang rồi làm tiếp."


def locked(change, *states, version=None):
    """The change read anew and locked, in one of the states; refused when somebody changed it meanwhile."""
    row = UnitChange.objects.select_for_update().get(pk=change.pk)
    if states and row.state not in states:
        raise Refusal(f"Thay đổi này đang ở trạng thái “{row.get_state_display()}”, không làm được việc này nữa.")
    if version is not None and row.version != version:
        raise Refusal(STALE)
    return row


def _touch(change, **values):
    for name, value in values.items():
        setattr(change, name, value)
    change.version += 1
    change.save(update_fields=[*values, "version"])


@transaction.atomic
def begin(*, by, effective_on, basis):
    """A new draft with its first day and legal basis."""
    change = UnitChange.objects.create(effective_on=effective_on, basis=clean_text(basis)[:300], created_by=by)
    audit.record("unit.change_begun", by=by, subject=change)
    return change


@transaction.atomic
def correct(*, change, by, effective_on, basis):
    """Another first day or basis of a draft."""
    change = locked(change, S.DRAFT)
    _touch(change, effective_on=effective_on, basis=clean_text(basis)[:300])
    audit.record("unit.change_drafted", by=by, subject=change, fields=["effective_on", "basis"])
    return change


@transaction.atomic
def add_ending(*, change, unit, by):
    """One more unit that ends; a beginning unit that stands alone takes it whole."""
    change = locked(change, S.DRAFT)
    if unit.kind not in KINDS:
        raise Refusal("Chỉ thay đổi được tỉnh, huyện, xã ở đây; thôn, tổ dân phố đổi ở trang của xã, phường.")
    if change.ending.filter(unit=unit).exists():
        raise Refusal(f"{unit.name} đã có trong danh sách kết thúc.")
    row = EndingUnit.objects.create(change=change, unit=unit)
    news = list(change.beginning.all()[:2])
    if len(news) == 1:
        news[0].takes.add(row)
    _touch(change)
    audit.record("unit.change_drafted", by=by, subject=change, fields=["ending"])
    return row


@transaction.atomic
def add_beginning(*, change, by, code, name, parent=None):
    """One more unit that begins, or one that goes on under this code and takes others in. Alone it takes everything."""
    change = locked(change, S.DRAFT)
    code, name = code.strip()[:20], clean_text(name)[:200]
    if change.beginning.filter(code=code).exists():
        raise Refusal(f"Mã {code} đã có trong danh sách đơn vị mới.")
    position = (change.beginning.aggregate(last=Max("position"))["last"] or 0) + 1
    row = NewUnit.objects.create(change=change, position=position, code=code, name=name, parent=parent)
    if position == 1:
        row.takes.set(change.ending.all())
    _touch(change)
    audit.record("unit.change_drafted", by=by, subject=change, fields=["beginning"])
    return row


@transaction.atomic
def take_out(*, change, by, ending=None, beginning=None):
    """Take a line out of the draft again."""
    change = locked(change, S.DRAFT)
    if ending is not None:
        change.ending.filter(pk=ending).delete()
    if beginning is not None:
        change.beginning.filter(pk=beginning).delete()
    _touch(change, posts={})
    audit.record("unit.change_drafted", by=by, subject=change, fields=["ending" if ending else "beginning"])


@transaction.atomic
def distribute(*, change, by, takes, posts=None):
    """Who takes what: `takes` maps the key of an ending line to the keys of the beginning lines that take it, whole (one) or
    in part (several); `posts` the key of a post in a split unit to the position of the unit where its officer goes."""
    change = locked(change, S.DRAFT)
    news = list(change.beginning.all())
    for row in change.ending.all():
        for new in news:
            (new.takes.add if new.pk in takes.get(row.pk, ()) else new.takes.remove)(row)
    _touch(change, posts={str(key): position for key, position in (posts or {}).items()})
    audit.record("unit.change_drafted", by=by, subject=change, fields=["takes"])


def lines(change):
    """(ending line, the beginning lines that take it in order) of every unit that ends."""
    found = change.ending.select_related("unit__parent", "holding").prefetch_related("goes_to__unit")
    return [(row, sorted(row.goes_to.all(), key=lambda new: new.position)) for row in found]


def words(change):
    """What the change is, by its shape."""
    olds, news = change.ending.count(), change.beginning.count()
    if not news:
        return "Kết thúc đơn vị"
    if (olds, news) == (1, 1):
        return "Đổi tên, đổi cấp trên hoặc địa giới"
    if news == 1:
        return "Nhập đơn vị"
    return "Chia đơn vị" if olds == 1 else "Sắp xếp lại đơn vị"


def problems(change):
    """Sentences about what keeps the change from being carried out; empty when it may be."""
    rows, news = lines(change), list(change.beginning.select_related("parent"))
    found = [] if rows else ["Chưa chọn đơn vị nào kết thúc."]
    ending = {row.unit_id for row, _ in rows}
    if len({row.unit.kind for row, into in rows if into}) > 1:
        found.append("Các đơn vị có đơn vị kế tiếp phải cùng cấp. Hãy lập riêng từng thay đổi cho mỗi cấp.")
    for row, into in rows:
        found += _ending_problems(change, row, into, ending)
    for new in news:
        found += _beginning_problems(change, new, ending)
    return found


def warnings(change):
    """Sentences about what a person should look at again; they keep nobody from going on."""
    for row, into in lines(change):
        if row.unit.valid_to is not None and row.unit.valid_to > change.effective_on:
            yield f"{row.unit.name} đang được ghi là kết thúc từ {show(row.unit.valid_to)}. Hãy xem lại ngày có hiệu lực."
        if len(into) > 1:
            yield f"{row.unit.name} chia về {len(into)} nơi: từng trẻ em phải được xếp sau khi thực hiện."


def _ending_problems(change, row, into, ending):
    unit, on = row.unit, change.effective_on
    if not unit.valid_on(on - timedelta(days=1)):
        yield f"{unit.name} không có hiệu lực vào ngày {show(on - timedelta(days=1))}."
    others = EndingUnit.objects.filter(unit=unit, change__state__in=[S.PLANNED, S.DONE]).exclude(change=change)
    if others.exists():
        yield f"{unit.name} đã nằm trong một thay đổi khác."
    if len(into) > 1 and unit.kind != "commune":
        yield f"{unit.name} không phải xã, phường nên không chia ở đây. Hãy đổi cấp trên của từng xã, phường."
    below = Unit.objects.filter(parent=unit).on(on).exclude(pk__in=ending)
    if not into and (left := below.exclude(kind="hamlet").count()):
        yield f"{unit.name} còn {left} đơn vị bên dưới. Hãy đổi cấp trên của các đơn vị đó trước."
    late = Unit.objects.filter(parent=unit, valid_from__gte=on).exclude(pk__in=ending).first()
    if late:
        yield f"{late.name} thuộc {unit.name} bắt đầu từ {show(late.valid_from)}, không trước ngày thay đổi."


def _beginning_problems(change, new, ending):
    on, taken = change.effective_on, list(new.takes.select_related("unit"))
    if not taken:
        yield f"{new.name} chưa nhận đơn vị nào."
        return
    there = existing(new, on, ending)
    if there is not None and fold(there.name) != fold(new.name):
        yield f"Mã {new.code} đang là mã của {there.name}. Hãy xem lại mã, hoặc ghi đúng tên đơn vị đó."
    if there is not None and there.kind != taken[0].unit.kind:
        yield f"{there.name} không cùng cấp với {taken[0].unit.name}."
    if there is None and taken[0].unit.kind != "province" and new.parent is None:
        yield f"Hãy chọn đơn vị cấp trên của {new.name}."
    if there is None and new.parent is not None and not new.parent.valid_on(on):
        yield f"{new.parent.name} không có hiệu lực vào ngày {show(on)}. Hãy chọn đơn vị cấp trên khác."


def existing(new, on, ending):
    """The unit that bears the code on the day and does not end by this change; None when it has to be made."""
    return Unit.objects.filter(code=new.code).on(on).exclude(pk__in=ending).first()


@transaction.atomic
def plan(*, change, by, version=None):
    """The draft is complete: it will be carried out on its day. Refused with every sentence of what is missing."""
    change = locked(change, S.DRAFT, version=version)
    if found := problems(change):
        raise Refusal(" ".join(found))
    _touch(change, state=S.PLANNED, message="")
    audit.record("unit.change_planned", by=by, subject=change, note=words(change))
    return change


@transaction.atomic
def cancel(*, change, by):
    """Give up a draft, or a planned change that was not carried out yet."""
    change = locked(change, S.DRAFT, S.PLANNED)
    _touch(change, state=S.CANCELLED)
    audit.record("unit.change_cancelled", by=by, subject=change)
    return change


def due(day=None):
    """Planned changes whose day has come."""
    return UnitChange.objects.filter(state=S.PLANNED, effective_on__lte=day or today()).order_by("effective_on", "pk")
