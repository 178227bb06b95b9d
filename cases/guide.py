"""What an officer who has never run a case does next, in a sentence or two for each state, with the words of the buttons."""

ASK = "Trẻ đang nguy hiểm thì làm ngay việc khẩn cấp rồi bấm “Ghi việc đã làm”. Sau đó bấm “{}” (Mẫu số 02)."
CARRY_OUT = (
    "Làm từng dịch vụ của kế hoạch và bấm “Ghi đã thực hiện” ở dịch vụ đó. Hết thời gian kế hoạch, hoặc sớm hơn khi trẻ đã an "
    "toàn, bấm “Rà soát, đánh giá” (Mẫu số 06)."
)
WORKER = {
    "new": ASK.format("Đánh giá ban đầu"),
    "reopened": ASK.format("Đánh giá lại"),
    "assessing": (
        "Gặp trẻ, gia đình, thu thập thông tin rồi bấm “Đánh giá cụ thể” (Mẫu số 03). Tin không đúng, không phải lập hồ sơ thì "
        "ghi lý do ở cuối trang."
    ),
    "emergency": (
        "Ghi từng việc khẩn cấp đã làm. Khi trẻ tạm an toàn, thu thập thông tin rồi bấm “Đánh giá cụ thể” (Mẫu số 03)."
    ),
    "planning": (
        "Họp các bên và bấm “Ghi cuộc họp”; bấm “Lập kế hoạch”, thêm từng dịch vụ, ai làm, đến bao giờ; "
        "rồi bấm “Trình phê duyệt”."
    ),
    "returned": "Kế hoạch được trả lại: đọc lý do ở diễn biến hồ sơ, sửa kế hoạch rồi bấm “Trình lại”.",
    "submitted": "Chờ người có thẩm quyền. Ký trên giấy thì bấm “Phê duyệt” và ghi số, ngày, người ký của quyết định.",
    "approved": CARRY_OUT,
    "in_progress": CARRY_OUT,
    "in_review": "Trẻ đã an toàn, ổn định thì “Kết thúc hồ sơ”; còn nguy cơ thì “Lập kế hoạch tiếp”.",
}
DECIDER = {
    "submitted": "Xem đánh giá, biên bản họp và kế hoạch bên dưới; bấm “Phê duyệt”, hoặc “Trả lại bổ sung” kèm lý do.",
    "in_review": "Xem lần rà soát gần nhất; trẻ đã an toàn, ổn định thì bấm “Kết thúc hồ sơ”.",
}


def of_state(state, *, may_work, may_decide):
    """The sentences for whoever looks at the case, or "" when nothing waits for him."""
    if may_decide and state in DECIDER:
        return DECIDER[state]
    return WORKER.get(state, "") if may_work else ""
