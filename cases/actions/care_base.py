"""What every step of alternative care shares: the table of steps, the lock, the lines of both timelines, the log."""

from cases.models import CaseEvent, Placement, PlacementEvent
from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, told_of
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal

S = Placement.State
# From which states each step may be taken, and the state after it (None: stays).
STEPS = {
    "described": ({S.PREPARING, S.PROPOSED}, None),
    "proposed": ({S.PREPARING, S.PROPOSED}, S.PROPOSED),
    "decided": ({S.PROPOSED}, S.DECIDED),
    "begun": ({S.DECIDED}, S.CARING),
    "visited": ({S.CARING, S.ENDING}, None),
    "told": ({S.CARING, S.ENDING}, None),
    "asked_to_end": ({S.CARING}, S.ENDING),
    "ended": ({S.CARING, S.ENDING}, S.ENDED),
    "cancelled": ({S.PREPARING, S.PROPOSED, S.DECIDED}, S.CANCELLED),
    "corrected": ({S.CARING, S.ENDING}, None),
}
WORDS = {
    "opened": "Lập chăm sóc thay thế",
    "described": "Ghi hoàn cảnh, nhu cầu",
    "proposed": "Đề xuất nơi nhận",
    "decided": "Quyết định giao, nhận",
    "begun": "Giao nhận trẻ em",
    "visited": "Theo dõi, đánh giá",
    "told": "Thông báo của người nhận",
    "asked_to_end": "Đề nghị chấm dứt",
    "ended": "Chấm dứt",
    "cancelled": "Không thực hiện",
    "corrected": "Đính chính",
}
LOGGED = {step: f"placement.{step}" for step in WORDS}
NOT_NOW = "Việc chăm sóc thay thế đang ở bước “{}”, chưa làm được việc này. Hãy mở lại trang để xem bước hiện tại."


def may(placement, step):
    """True when the step may be taken now. Without a decision to wait for, the child may come once the place is chosen."""
    states, _ = STEPS[step]
    if placement.needs_decision or step not in ("decided", "begun"):
        return placement.state in states
    return step == "begun" and placement.state == S.PROPOSED


def begin(placement, step, *, version=None):
    """The placement read anew and locked, refused when the step cannot be taken from its state."""
    row = fresh(placement, version)
    if not may(row, step):
        raise Refusal(NOT_NOW.format(row.get_state_display()))
    return row


def start(placement, *, by, note=""):
    """The first line of the timelines."""
    return _tell(placement, "opened", by=by, note=note, fields=["form", "opened_on"])


def finish(placement, step, *, by, note="", **changes):
    """Write the state after the step, the lines of the timelines and the entry of the log."""
    after = STEPS[step][1]
    placement.state = after or placement.state
    for name, value in changes.items():
        setattr(placement, name, value)
    placement.version += 1
    placement.save(update_fields=["state", "version", *changes])
    return _tell(placement, step, by=by, note=note, fields=sorted(changes))


def _tell(placement, step, *, by, note, fields):
    now = stamp()
    PlacementEvent.objects.create(placement=placement, at=now, by=by, what=step, state=placement.state, note=note)
    if case := placement.case:
        words = f"{WORDS[step]} ({placement.code})"
        CaseEvent.objects.create(case=case, at=now, by=by, what="care", state=case.state, note=words)
    audit.record(LOGGED[step], by=by, subject=told_of(placement), fields=fields)
    return placement
