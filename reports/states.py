"""The life of a submission as one table: which act leads from which state to which."""

from childcare.lib.refusal import Refusal
from reports.models import Submission

S = Submission.State
TRANSITIONS = {
    "present": ({S.DRAFT}, S.TO_SIGN),
    "withdraw": ({S.TO_SIGN}, S.DRAFT),
    "sign": ({S.TO_SIGN}, S.SIGNED),
    "send": ({S.SIGNED}, S.SENT),
    "accept": ({S.SENT}, S.ACCEPTED),
    "return": ({S.SENT}, S.RETURNED),
    "replace": ({S.RETURNED}, S.REPLACED),
}
SENTENCES = {
    "present": "Chỉ bản dự thảo mới trình ký được.",
    "withdraw": "Chỉ bản đang chờ ký mới rút về được.",
    "sign": "Chỉ bản đang chờ ký mới ghi nhận ký được.",
    "send": "Chỉ bản đã ký mới gửi được.",
    "accept": "Chỉ báo cáo đã gửi mới tiếp nhận được.",
    "return": "Chỉ báo cáo đã gửi mới yêu cầu chỉnh sửa được.",
    "replace": "Chỉ báo cáo bị yêu cầu chỉnh sửa mới lập bản mới được.",
}


def allowed(submission, act):
    """True when the act may follow in the submission's state."""
    return submission.state in TRANSITIONS[act][0]


def move(submission, act):
    """Set the next state, or refuse with who and when the state came from."""
    if not allowed(submission, act):
        raise Refusal(f"{SENTENCES[act]} Báo cáo này hiện ở trạng thái “{submission.get_state_display()}”. Hãy tải lại trang.")
    submission.state = TRANSITIONS[act][1]
