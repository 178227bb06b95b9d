"""What every step of a case shares: the table of steps, the lock, the line in the timeline, the entry in the log."""

from cases.models import Case, CaseEvent
from childcare.audit import actions as audit
from childcare.children.actions.base import fresh
from childcare.lib.calendar import stamp
from childcare.lib.refusal import Refusal

S = Case.State
ENDED = {S.CLOSED, S.SCREENED_OUT, S.TRANSFERRED}
TO_HAND_OVER = {S.NEW, S.ASSESSING, S.REOPENED, S.EMERGENCY, S.PLANNING, S.RETURNED}
# From which states each step may be taken, and the state after it (None: stays).
STEPS = {
    "screened_out": ({S.NEW, S.ASSESSING, S.REOPENED}, S.SCREENED_OUT),
    "assessed": ({S.NEW, S.ASSESSING, S.REOPENED, S.EMERGENCY}, S.ASSESSING),
    "emergency": ({*TO_HAND_OVER, S.TRANSFERRED}, None),
    "planning": ({S.ASSESSING, S.EMERGENCY, S.PLANNING, S.RETURNED, S.IN_REVIEW}, S.PLANNING),
    "planned": ({S.PLANNING, S.RETURNED}, None),
    "met": ({S.ASSESSING, S.EMERGENCY, S.PLANNING, S.RETURNED, S.IN_REVIEW}, None),
    "submitted": ({S.PLANNING, S.RETURNED}, S.SUBMITTED),
    "approved": ({S.SUBMITTED}, S.APPROVED),
    "returned": ({S.SUBMITTED}, S.RETURNED),
    "served": ({S.APPROVED, S.IN_PROGRESS, S.IN_REVIEW}, S.IN_PROGRESS),
    "reviewed": ({S.APPROVED, S.IN_PROGRESS, S.IN_REVIEW}, S.IN_REVIEW),
    "new_round": ({S.IN_REVIEW}, S.PLANNING),
    "closed": ({S.IN_REVIEW}, S.CLOSED),
    "reopened": ({S.CLOSED, S.SCREENED_OUT}, S.REOPENED),
    "assigned": (set(S) - ENDED, None),
    "reassigned": (set(S) - ENDED, None),
    "linked": (set(S) - ENDED, None),
    "told_more": (set(S) - ENDED, None),
    "unlinked": (set(S) - ENDED, None),
    "sent_over": (TO_HAND_OVER, None),
    "handover_refused": (TO_HAND_OVER, None),
    "transferred": (TO_HAND_OVER, S.TRANSFERRED),
    "duty_done": ({S.TRANSFERRED}, None),
    **{
        step: (set(S), None)
        for step in (
            "suspect",
            "restricted",
            "excluded",
            "matched",
            "lift_proposed",
            "lift_refused",
            "restriction_lifted",
            "exclusion_lifted",
            "opened",
            "opening_reviewed",
        )
    },
}
WORDS = {
    "received": "Tiếp nhận thông tin",
    "told_more": "Bổ sung thông tin đã tiếp nhận",
    "screened_out": "Kết luận không phải lập hồ sơ",
    "assessed": "Đánh giá nguy cơ ban đầu",
    "emergency": "Việc khẩn cấp",
    "planning": "Đánh giá nguy cơ cụ thể",
    "planned": "Lập, sửa kế hoạch",
    "met": "Họp xác định biện pháp bảo vệ",
    "submitted": "Trình phê duyệt kế hoạch",
    "approved": "Phê duyệt kế hoạch",
    "returned": "Trả lại kế hoạch để bổ sung",
    "served": "Thực hiện dịch vụ",
    "reviewed": "Rà soát, đánh giá",
    "new_round": "Lập kế hoạch lần tiếp theo",
    "closed": "Kết thúc hồ sơ",
    "reopened": "Mở lại hồ sơ",
    "assigned": "Giao người phụ trách",
    "reassigned": "Bàn giao cho người khác phụ trách",
    "linked": "Nối với trẻ em trong sổ",
    "unlinked": "Gỡ nối với trẻ em trong sổ (nối nhầm)",
    "sent_over": "Gửi hồ sơ cho xã, phường nơi trẻ em cư trú",
    "handover_refused": "Nơi nhận không nhận hồ sơ",
    "transferred": "Nơi trẻ em cư trú đã tiếp nhận hồ sơ",
    "duty_done": "Kết thúc phần việc khẩn cấp",
    "came": "Tiếp nhận hồ sơ chuyển đến",
    "suspect": "Ghi người bị nghi gây hại",
    "restricted": "Hạn chế tiếp cận hồ sơ",
    "excluded": "Loại trừ người không được tiếp cận",
    "matched": "Đối chiếu với khai báo của cán bộ: hạn chế tiếp cận",
    "lift_proposed": "Đề nghị bỏ hạn chế, bỏ loại trừ",
    "lift_refused": "Không đồng ý bỏ hạn chế, bỏ loại trừ",
    "restriction_lifted": "Bỏ hạn chế tiếp cận",
    "exclusion_lifted": "Bỏ loại trừ",
    "opened": "Mở hồ sơ trong trường hợp khẩn cấp",
    "opening_reviewed": "Xem xét việc mở hồ sơ khẩn cấp",
    "care": "Chăm sóc thay thế",
    "promised": "Cam kết của gia đình",
}
LOGGED = {step: f"case.{step}" for step in WORDS}
ISOLATED = "Trẻ em đang được tạm thời cách ly. Hãy ghi quyết định kết thúc cách ly trước, rồi kết thúc hồ sơ."
NOT_NOW = "Hồ sơ đang ở bước “{}”, chưa làm được việc này. Hãy mở lại trang để xem bước hiện tại."


def require_no_isolation(case):
    """Refused while the child is isolated: an isolation ends by a decision, not because the file is put away (Điều 32.3)."""
    if case.emergency_steps.filter(kind="isolation", ended_on=None).exists():
        raise Refusal(ISOLATED)


def may(case, step):
    """True when the step may be taken now."""
    return case.state in STEPS[step][0]


def begin(case, step, *, version=None):
    """The case read anew and locked, refused when the step cannot be taken from its state."""
    row = fresh(case, version)
    if not may(row, step):
        raise Refusal(NOT_NOW.format(row.get_state_display()))
    return row


def finish(case, step, *, by, note="", at=None, **changes):
    """Write the state after the step, the line of the timeline and the entry of the log; which file, never what it says."""
    after = STEPS[step][1] if step in STEPS else None
    case.state = after or case.state
    for name, value in changes.items():
        setattr(case, name, value)
    case.version += 1
    case.save(update_fields=["state", "version", *changes])
    CaseEvent.objects.create(case=case, at=at or stamp(), by=by, what=step, state=case.state, note=note)
    audit.record(LOGGED[step], by=by, subject=case.protected_file, fields=sorted(changes))
    return case
