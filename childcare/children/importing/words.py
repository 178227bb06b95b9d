"""What the officer reads: fields, reasons, warnings and offers in Vietnamese."""

FIELDS = {
    "stt": "Số thứ tự (bỏ qua)", "full_name": "Họ và tên", "family_name": "Họ và tên đệm", "given_name": "Tên",
    "birth_date": "Ngày sinh", "birth_day": "Ngày sinh (ngày)", "birth_month": "Ngày sinh (tháng)",
    "birth_year": "Ngày sinh (năm)",
    "sex": "Giới tính", "ethnic": "Dân tộc", "ethnic:1979": "Mã dân tộc (danh mục 1979)",
    "ethnic:2008": "Mã dân tộc (danh mục 2008)", "identity_number": "Số định danh cá nhân", "hamlet": "Thôn, tổ dân phố",
    "former_commune": "Xã, phường cũ (trước khi sáp nhập)",
    "address": "Địa chỉ", "mother_name": "Họ tên mẹ", "father_name": "Họ tên cha", "household_head": "Chủ hộ",
    "relation_to_head": "Quan hệ với chủ hộ", "poverty": "Loại hộ", "circumstances": "Hoàn cảnh", "supports": "Trợ giúp",
    "since": "Từ ngày (của hoàn cảnh, trợ giúp)", "phone": "Điện thoại", "note": "Ghi chú", "school_name": "Trường, lớp",
    "schooling": "Tình trạng học", "insurance_number": "Thẻ bảo hiểm y tế", "birth_certificate": "Giấy khai sinh",
    "decision": "Số quyết định (của trợ giúp)", "decision_on": "Ngày quyết định (của trợ giúp)",
    "amount": "Số tiền, mức hưởng", "paper": "Số giấy tờ, quyết định (của hoàn cảnh)",
    "paper_on": "Ngày giấy tờ, quyết định (của hoàn cảnh)",
    "pupil_code": "Mã học sinh của ngành giáo dục",
    "residence": "Nơi cư trú", "child_code": "Mã trẻ", "verified_on": "Ngày công an xác nhận",
}  # fmt: skip
FIELDS_DIFFERING = FIELDS | {
    "birth": "Ngày sinh", "decision": "Quyết định của trợ giúp", "paper": "Giấy tờ, quyết định của hoàn cảnh",
    "amount": "Số tiền trợ giúp", "circumstances": "Nhóm hoàn cảnh", "since": "Trợ giúp từ ngày",
}  # fmt: skip
HIDDEN = "thông tin nhạy cảm (không hiển thị)"
SEX_MARKS = {
    "sex:nam": "Đánh dấu nam", "sex:nữ": "Đánh dấu nữ", "birth:nam": "Năm sinh của trẻ nam", "birth:nữ": "Năm sinh của trẻ nữ",
}  # fmt: skip
POVERTY_MARKS = {
    "poverty:hộ nghèo": "Đánh dấu hộ nghèo", "poverty:hộ cận nghèo": "Đánh dấu hộ cận nghèo",
    "poverty:khác": "Đánh dấu hộ khác",
}  # fmt: skip
REASONS = {
    "no_name_no_birth": "Chưa có cả họ tên và ngày sinh. Hãy điền ít nhất một trong hai.",
    "adult": "Người này đã đủ 18 tuổi, không đưa vào sổ trẻ em. Nếu gõ nhầm, hãy sửa ngày sinh.",
    "identity_used_in_file": "Số định danh này đã dùng cho một trẻ khác ở dòng trên. Hãy xem lại số.",
    "identity_used_in_registry": "Số định danh này đã có ở một trẻ khác trong sổ. Hãy xem lại số, hoặc nhờ cấp trên kiểm tra.",
}
ANSWER_REASONS = {
    "identity_used_in_file": "Số định danh này đã ghi cho một trẻ khác ở dòng trên của danh sách. Hãy hỏi lại công an.",
    "identity_used_in_registry": "Số định danh này đã có ở một trẻ khác trong sổ. Hãy hỏi lại công an, hoặc liên hệ cấp trên.",
    "code_unknown": "Không có trẻ nào của xã, phường mang mã này. Hãy ghi lại Mã trẻ như trong danh sách đã in.",
    "code_conflict": "Mã này là của trẻ khác: cả họ tên và ngày sinh đều không khớp. Hãy xem lại Mã trẻ.",
    "code_repeated": "Mã trẻ này đã có ở một dòng trên của danh sách. Hãy giữ một dòng.",
}
# kind → (what it is called, what happens or what to do)
WARNINGS = {
    "identity_malformed": ("Số định danh không đúng dạng", "Không đủ 12 chữ số. Ghi như trong tệp, đánh dấu “chưa hợp lệ”."),
    "identity_nine_digits": ("Số định danh có 9 chữ số", "Có thể là chứng minh nhân dân của cha mẹ. Đánh dấu “chưa hợp lệ”."),
    "identity_placeholder": ("Số định danh không thật", "Một chữ số lặp lại. Đánh dấu “chưa hợp lệ”."),
    "identity_rounded": ("Số định danh bị Excel làm tròn", "Không còn đủ chữ số. Hãy nhập lại từ giấy tờ."),
    "identity_parent": ("Số định danh của người sinh trước năm 2000", "Có thể là số của cha hoặc mẹ. Hãy xem lại."),
    "identity_province_unknown": (
        "Ba chữ số đầu không có trong bảng mã tỉnh",
        "Đăng ký ở nước ngoài, hoặc ghi nhầm. Hãy xem lại.",
    ),
    "identity_sex_mismatch": ("Số định danh không khớp giới tính", "Hãy xem lại số định danh hoặc giới tính."),
    "identity_year_mismatch": ("Số định danh không khớp năm sinh", "Hãy xem lại số định danh hoặc ngày sinh."),
    "birth_impossible": ("Ngày sinh không thể có", "Không có ngày này, chưa tới, hoặc trước năm 1926. Ngày sinh để trống."),
    "birth_unreadable": ("Ngày sinh không đọc được", "Ngày sinh để trống, chữ trong tệp vẫn giữ."),
    "age_16_17": ("Đã đủ 16 tuổi", "Vẫn vào sổ để theo dõi, không tính là trẻ em."),
    "name_missing": ("Thiếu họ tên", "Vào sổ với tình trạng “thiếu tên”."),
    "name_abbreviated": ("Họ tên viết tắt", "Hãy bổ sung họ tên đầy đủ."),
    "note_in_name": ("Ghi chú trong ô họ tên", "Phần trong ngoặc chuyển sang ghi chú."),
    "possible_duplicate": (
        "Có thể ghi hai lần",
        "Trùng họ tên, ngày sinh, mẹ với dòng trên. Cả hai vào sổ, hãy xem lại.",
    ),
    "hamlet_unknown": ("Không có thôn, tổ này", "Chưa chọn thôn, tổ thì trẻ vào sổ ở cấp xã, phường."),
    "ethnic_unknown": ("Không có dân tộc này", "Để trống, hãy chọn lại."),
    "ethnic_ambiguous": ("Tên dân tộc chỉ nhiều dân tộc", "Để trống, hãy chọn lại."),
    "ethnic_code_ambiguous": ("Mã dân tộc khác nhau giữa hai danh mục", "Để trống, hãy ghi tên dân tộc."),
    "ethnic_typo": ("Tên dân tộc viết nhầm", "“Gia Lai” được hiểu là Gia-rai."),
    "sex_unreadable": ("Giới tính không đọc được", "Để trống."),
    "circumstance_unknown": ("Không có nhóm hoàn cảnh này", "Không ghi. Hãy ghi hoàn cảnh ở trang của trẻ."),
    "circumstance_ambiguous": (
        "Hoàn cảnh chưa rõ nhóm nào",
        "Không ghi. Ví dụ “mồ côi”: phải nói rõ cả cha và mẹ hay một bên.",
    ),
    "circumstance_unspecific": ("Hoàn cảnh khó khăn chung chung", "Ghi vào nhóm địa phương “hoàn cảnh khó khăn khác”."),
    "disability_level_unclear": (
        "Mức độ khuyết tật chưa rõ",
        "Luật chỉ có đặc biệt nặng, nặng, nhẹ. Ghi là trẻ khuyết tật, hãy chọn mức độ sau.",
    ),
    "decision_without_date": (
        "Quyết định, giấy tờ chưa ghi ngày",
        "Ghi số như trong tệp. Lọc “Cần kiểm tra: Quyết định chưa ghi ngày” ở danh sách trẻ để bổ sung.",
    ),
    "decision_without_number": ("Có ngày mà chưa có số quyết định", "Ghi ngày như trong tệp, hãy bổ sung số ở trang của trẻ."),
    "decision_date_unreadable": (
        "Ngày quyết định không đọc được",
        "Không đủ ngày, tháng, năm, hoặc chưa tới. Để trống ngày này, hãy ghi lại ở trang của trẻ.",
    ),
    "decision_of_what": (
        "Quyết định chưa rõ của hoàn cảnh, trợ giúp nào",
        "Không ghi. Dòng không có, hoặc có nhiều hoàn cảnh, trợ giúp: hãy ghi ở trang của trẻ.",
    ),
    "amount_of_what": ("Số tiền chưa rõ của trợ giúp nào", "Không ghi. Hãy ghi trợ giúp ở trang của trẻ."),
    "amount_unreadable": ("Số tiền không đọc được", "Để trống, hãy ghi lại ở trang của trẻ."),
    "amount_by_heading": (
        "Số tiền nhân theo tiêu đề cột",
        "Tiêu đề ghi nghìn đồng hoặc triệu đồng: số trong sổ tính bằng đồng.",
    ),
    "group_differs": (
        "Hoàn cảnh trong tệp khác với sổ",
        "Giữ như trong sổ: trẻ có nhiều phân nhóm. Nếu tệp đúng, hãy kết thúc hoặc đính chính ở trang của trẻ.",
    ),
    "support_without_day": (
        "Trợ giúp một lần chưa có ngày",
        "Không ghi: chưa rõ ngày thì không tính vào kỳ nào được. Hãy thêm cột “Từ ngày”, hoặc ghi ở trang của trẻ.",
    ),
    "insurance_zero_lost": ("Mã số bảo hiểm y tế có 9 chữ số", "Có thể mất số 0 ở đầu. Hãy xem lại thẻ."),
    "sensitive_column": (
        "Cột có thông tin nhạy cảm",
        "Chỉ người được giao mới thấy. Không gửi tệp này cho người khác.",
    ),
    "poverty_year_missing": ("Loại hộ không ghi năm", "Tính là loại hộ của năm nhập tệp."),
    "legacy_text_suspected": ("Họ tên có thể gõ bằng phông chữ cũ", "Vẫn ghi như trong tệp, trừ khi anh/chị nhận đề nghị sửa."),
    "hidden_rows": ("Trang có dòng ẩn", "Dòng ẩn vẫn được đọc như các dòng khác."),
    "hidden_columns": ("Trang có cột ẩn", "Cột ẩn vẫn được đọc như các cột khác."),
    "formulas": ("Trang có ô công thức", "Lấy kết quả đã lưu trong tệp, không tính lại."),
    "external_links": ("Tệp có công thức lấy số từ tệp khác", "Không mở tệp khác, chỉ lấy kết quả đã lưu."),
    "comments": ("Trang có ghi chú gắn vào ô", "Ghi chú gắn vào ô không được đọc. Điều cần giữ hãy chép vào cột ghi chú."),
    "cell_colours": ("Có dòng tô màu khác các dòng còn lại", "Màu không được đọc. Màu có ý nghĩa gì thì hãy ghi bằng chữ."),
    "verified_without_number": (
        "Có ngày công an xác nhận mà chưa có số định danh",
        "Chưa ghi ngày này. Hãy ghi số định danh rồi nộp lại.",
    ),
    "verified_date_impossible": (
        "Ngày công an xác nhận không thể có",
        "Chưa tới hoặc không có ngày này. Số định danh vẫn ghi.",
    ),
    "changed_after_export": ("Sổ đã sửa sau khi xuất danh sách", "Giữ thông tin trong sổ cho đến khi anh/chị quyết định."),
    "totals_differ": ("Dòng cộng không khớp danh sách", "Phần mềm đếm theo danh sách."),
}
OFFERS = {
    "identity_leading_zero": ("Thêm số 0 ở đầu số định danh", "Excel đã bỏ mất số 0 đầu tiên của số có 12 chữ số."),
    "identity_letter_for_digit": ("Sửa chữ O, l thành số 0, 1 trong số định danh", ""),
    "day_month_swap": ("Đổi chỗ ngày và tháng sinh", "Máy tính có thể đã hiểu nhầm ngày thành tháng."),
    "decision_day_swap": (
        "Đổi chỗ ngày và tháng của quyết định, giấy tờ, ngày bắt đầu",
        "Máy tính có thể đã hiểu nhầm ngày thành tháng. Ngày không đọc được thì chưa đồng ý là chưa ghi.",
    ),
    "year_only": ("Chỉ ghi năm sinh", "Nhiều trẻ cùng sinh ngày 1 tháng 1: có thể chỉ biết năm."),
    "legacy_text": (
        "Đổi chữ gõ bằng phông cũ sang chữ có dấu",
        "Ô này không còn phông chữ cũ (.VnTime, VNI…), nhưng chữ chỉ đọc được theo phông đó.",
    ),
    "name_case": ("Viết hoa đúng chữ đầu của họ tên", ""),
    "split_circumstances": ("Tách nhiều hoàn cảnh trong một ô", "Chưa đồng ý thì chưa ghi hoàn cảnh nào của ô đó."),
    "residence_end": ("Ghi trẻ đã chuyển đi hoặc đã mất", "Theo cột ghi chú. Chưa đồng ý thì trẻ vẫn đang cư trú."),
    "match_by_name": ("Nhận theo họ tên, ngày sinh, mẹ", "Dòng không có mã đúng, nhưng chỉ một trẻ trong sổ khớp."),
    "code_letter_for_digit": ("Sửa chữ O, l thành số trong Mã trẻ", "Sửa xong thì dòng vào sổ."),
    "update_conflict": (
        "Thay thông tin trong sổ bằng danh sách",
        "Sổ đã được sửa sau khi xuất danh sách: chọn dòng nào thì thay dòng đó.",
    ),
    "phone_leading_zero": ("Thêm số 0 ở đầu số điện thoại", ""),
    "same_child": (
        "Có thể là trẻ đã có trong sổ",
        "Cùng họ tên, ngày sinh, cha mẹ ghi khác hoặc chưa ghi. Đúng là một trẻ thì đánh dấu; không thì ghi thêm trẻ mới.",
    ),
    "differs": (
        "Thông tin trong tệp khác với sổ",
        "Chưa đánh dấu thì giữ như trong sổ. Đánh dấu ô nào thì lấy theo tệp ô đó, điều cũ vẫn nằm trong lịch sử.",
    ),
    "amount_separator": (
        "Dấu chấm, dấu phẩy trong số tiền là dấu ngăn hàng nghìn",
        "Ví dụ “540.000” là 540 nghìn đồng. Chưa đồng ý thì chưa ghi số tiền của ô đó.",
    ),
    "amount_decimal": (
        "Dấu chấm, dấu phẩy trong số tiền là dấu phẩy thập phân",
        "Ví dụ “1.234” dưới tiêu đề “nghìn đồng” là 1,234 nghìn. Chưa đồng ý thì chưa ghi số tiền của ô đó.",
    ),
    "amount_unit": (
        "Số tiền ghi bằng nghìn đồng hoặc triệu đồng",
        "Ví dụ “540” là 540 nghìn đồng. Chưa đồng ý thì chưa ghi số tiền của ô đó.",
    ),
    "amount_dong": (
        "Số tiền đã ghi bằng đồng",
        "Tiêu đề ghi nghìn đồng hoặc triệu đồng, nhưng số này chỉ hợp lý khi tính bằng đồng.",
    ),
}
VALUES = {"departed": "chuyển đi", "died": "đã mất"}
KINDS_OF_ROWS = {
    "hamlet": "dòng tên thôn, tổ", "household_head": "dòng chủ hộ", "total": "dòng cộng", "header": "dòng tiêu đề lặp lại",
    "column_numbers": "dòng số cột", "signature": "dòng ngày tháng, chữ ký", "remark": "dòng ghi chú",
}  # fmt: skip


def field_label(name):
    """What a column is understood as, in words."""
    start, _, rest = name.partition(":")
    if name in FIELDS or not rest:
        return FIELDS.get(name, name)
    if start == "sex":
        return f"Đánh dấu giới tính {rest}"
    if start == "birth":
        return f"Năm sinh ({rest})"
    if start == "poverty":
        return f"Đánh dấu {rest}"
    return f"Đánh dấu {'hoàn cảnh' if start == 'circumstance' else 'trợ giúp'} {rest}"
