"""Posts follow a change of units: they end with the old unit and begin in its successor on the same day.

Rights are read from the current posts at every request, so a session changes with the next click.
"""

from datetime import date

from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission, Role
from childcare.inbox import actions as inbox
from childcare.lib.calendar import show, today

POST, ENDED = "post", "post-end"


def posts_of(units, on):
    """Posts in the units that hold on the day or begin later."""
    rows = Appointment.objects.filter(unit__in=units).exclude(ended_on__lte=on)
    return rows.select_related("officer", "unit", "office").order_by("pk")


def move_posts(passage, by):
    """Posts go to the successor; of a split unit to the one chosen (else the first) and, for who keeps the registry, to the
    holding too; of a unit without successor they end. Returns how many went over and how many ended."""
    moved = ended = 0
    for post in posts_of([*passage.people, *passage.above], passage.on):
        if post.unit_id in passage.split and post.unit.kind == "hamlet":
            continue  # a collaborator waits until his hamlet is placed
        unit = _destination(passage, post)
        if unit is None:
            ended += 1
        else:
            moved += 1
            _again(passage, post, unit, by)
            if post.unit_id in passage.split and Permission.CHILD_EDIT in GRANTS[Role(post.role)]:
                _again(passage, post, passage.people[post.unit_id], by)
            _tell(passage, post, unit)
        end_post(passage, post)
    return moved, ended


def _destination(passage, post):
    if post.unit_id in passage.split:
        wanted = passage.change.posts.get(str(post.pk))
        news = passage.split[post.unit_id].goes_to.select_related("unit").order_by("position")
        return next((new.unit for new in news if new.position == wanted), passage.rest[post.unit_id])
    return passage.rest.get(post.unit_id)


def _again(passage, post, unit, by):
    office = passage.offices.get(post.office_id)
    new = Appointment.objects.create(
        officer=post.officer, unit=unit, office=office if office and office.unit_id == unit.pk else None, role=post.role,
        position=post.position, started_on=max(passage.on, post.started_on), ended_on=post.ended_on, decision=post.decision,
        created_by=by,
    )  # fmt: skip
    passage.note(POST, new)


def end_post(passage, post):
    """End a post on the day of the change, with its former end in the journal."""
    passage.note(ENDED, post, was=post.ended_on.isoformat() if post.ended_on else "")
    post.ended_on = max(passage.on, post.started_on)
    post.save(update_fields=["ended_on"])


def _tell(passage, post, unit):
    inbox.send(
        officer=post.officer, key=f"unit-change:{passage.change.public_id}:{unit.pk}", day=today(),
        subject=f"Từ ngày {show(passage.on)}, phân công ở {post.unit.name} chuyển sang {unit.name}", url="/",
    )  # fmt: skip


def bring_back(change):
    """Undo: the posts of the change go, those that it ended hold again."""
    moves = list(change.moves.filter(what__in=[POST, ENDED]))
    Appointment.objects.filter(pk__in=[row.key for row in moves if row.what == POST]).delete()
    for row in moves:
        if row.what == ENDED:
            Appointment.objects.filter(pk=row.key).update(ended_on=date.fromisoformat(row.was) if row.was else None)
