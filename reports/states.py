"""The life of a submission as one table: which act leads from which state to which, and who did the last one."""

from childcare.lib.calendar import TZ
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
    "give_back": ({S.SENT, S.ACCEPTED}, S.RETURNED),
    "replace": ({S.RETURNED}, S.REPLACED),
}
SENTENCES = {
    "present": "Chỉ bản dự thảo mới trình ký được.",
    "withdraw": "Chỉ bản đang chờ ký mới rút về được.",
    "sign": "Chỉ bản đang chờ ký mới ghi nhận ký được.",
    "send": "Chỉ bản đã ký mới gửi được.",
    "accept": "Chỉ báo cáo đã gửi mới tiếp nhận được.",
    "return": "Chỉ báo cáo đã gửi mới yêu cầu chỉnh sửa được.",
    "give_back": "Chỉ báo cáo đã gửi hoặc đã tiếp nhận mới trả lại để chỉnh sửa được.",
    "replace": "Chỉ báo cáo bị yêu cầu chỉnh sửa mới lập bản mới được.",
}
# State → the fields that tell who brought the report there, and when, and the verb.
DONE_BY = {
    S.TO_SIGN: ("presented", "trình ký"),
    S.SIGNED: ("signed", "ghi nhận ký"),
    S.SENT: ("sent", "gửi"),
    S.ACCEPTED: ("answered", "tiếp nhận"),
    S.RETURNED: ("answered", "yêu cầu chỉnh sửa"),
}
STEPS = ((S.DRAFT, "Dự thảo"), (S.TO_SIGN, "Chờ ký"), (S.SIGNED, "Đã ký"), (S.SENT, "Đã gửi"), (S.ACCEPTED, "Tiếp nhận"))


def allowed(submission, act):
    """True when the act may follow in the submission's state."""
    return submission.state in TRANSITIONS[act][0]


def last_act(submission):
    """(officer or None, moment or None, verb) of what brought the submission into its state; None for a draft."""
    if submission.state not in DONE_BY:
        return None
    field, verb = DONE_BY[submission.state]
    return getattr(submission, f"{field}_by"), getattr(submission, f"{field}_at"), verb


def told(submission):
    """Who and when, as a sentence: "Nguyễn Thị An đã gửi lúc 14:02 ngày 08/05/2024."; "" for a draft."""
    act = last_act(submission)
    if act is None or act[1] is None:
        return ""
    who = act[0].full_name if act[0] else submission.obligation.unit.name
    return f"{who} đã {act[2]} lúc {act[1].astimezone(TZ):%H:%M ngày %d/%m/%Y}."


def repeated(submission, act, by):
    """True when the same officer has just done this very act: a double click or a page sent again has one effect."""
    done = last_act(submission)
    return submission.state == TRANSITIONS[act][1] and done is not None and done[0] is not None and done[0].pk == by.pk


def move(submission, act):
    """Set the next state, or refuse with who and when the state came from."""
    if not allowed(submission, act):
        now = f"Báo cáo này hiện ở trạng thái “{submission.get_state_display()}”."
        raise Refusal(" ".join(part for part in (SENTENCES[act], now, told(submission), "Hãy tải lại trang.") if part))
    submission.state = TRANSITIONS[act][1]
