"""The page `/mau`: every component once, with names as long as they come. For developers; production answers 404."""

from datetime import date
from types import SimpleNamespace as Row

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render

from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField, PartialDateField


class SampleForm(forms.Form):
    """One field of each sort."""

    name = LineField(label="Họ và tên", help_text="Viết như trong giấy khai sinh.")
    birth = PartialDateField(label="Ngày sinh", help_text="Chỉ biết năm thì gõ năm.", past=True)
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("m", "Nam"), ("f", "Nữ"), ("", "Chưa rõ")], widget=forms.RadioSelect, required=False
    )
    hamlet = forms.ChoiceField(
        label="Tổ dân phố", choices=[("", "Chọn tổ dân phố"), ("1", "Tổ dân phố 1"), ("2", "Tổ dân phố 2")]
    )
    decided = DateTextField(label="Ngày quyết định", required=False, past=True)
    amount = NumberField(label="Mức trợ cấp hằng tháng (đồng)", required=False, whole=True, min_value=0)
    groups = forms.MultipleChoiceField(
        label="Nguy cơ",
        choices=[
            ("a", "Sống trong hộ nghèo"),
            ("b", "Cha mẹ ly hôn hoặc ly thân"),
            ("c", "Gần ao hồ, sông, kênh mương không có rào chắn"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unknown = forms.BooleanField(label="Chưa rõ người chăm sóc", required=False)
    note = ParagraphField(label="Ghi chú", required=False, help_text="Không ghi thông tin vụ việc nhạy cảm ở đây.")
    scan = forms.FileField(label="Bản chụp giấy khai sinh", required=False)


class SampleFilter(forms.Form):
    """A line of filters."""

    unit = forms.ChoiceField(
        label="Địa bàn", choices=[("", "Toàn phường"), ("1", "Tổ dân phố 1"), ("3", "Tổ dân phố 3")], required=False
    )
    group = forms.ChoiceField(label="Hoàn cảnh", choices=[("", "Tất cả"), ("N01", "Mồ côi cả cha và mẹ")], required=False)
    age = forms.ChoiceField(
        label="Độ tuổi", choices=[("", "Tất cả"), ("0-5", "0–5 tuổi"), ("6-10", "6–10 tuổi")], required=False
    )


CHILDREN = [
    ("Nguyễn Thị Hoà", "12/05/2016 (7 tuổi)", "Nữ", "Tổ dân phố 3", "Mồ côi cả cha và mẹ", ("Đang được trợ giúp", "done")),
    (
        "Tôn Nữ Hoàng Phương Bảo Ngọc Quỳnh Anh",
        "2019 (ước tính 5 tuổi)",
        "Nữ",
        "Tổ dân phố 12 khu chung cư Đồng Hoà",
        "Khuyết tật đặc biệt nặng; là con của người nhiễm HIV",
        ("Chưa có trợ giúp", "late"),
    ),
    ("Đỗ Văn Ý", "01/09/2008 (15 tuổi)", "Nam", "Tổ dân phố 1", "", ("Cần kiểm tra", "soon")),
]
FIGURES = [
    ("1.842", "trẻ em", "#bang", "cùng kỳ 1.815"),
    ("31", "có hoàn cảnh đặc biệt", "#bang", "cùng kỳ 29"),
    ("30/31", "được trợ giúp", "#bang", "96,8%"),
    ("74", "có nguy cơ", "", "4,0% trẻ em của phường"),
]
TARGETS = [
    ("Trẻ em có hoàn cảnh đặc biệt được trợ giúp", "≥ 99%", 96.8, "96,8%", ("Chậm tiến độ", "soon")),
    ("Trẻ em 6 tuổi được tiêm chủng đầy đủ", "≥ 95%", 97.2, "97,2%", ("Đạt", "done")),
    ("Trường học có nhân viên tư vấn tâm lý học đường được tập huấn", "≥ 60%", 25, "25%", ("Chưa đạt", "late")),
    ("Trẻ em tử vong do tai nạn, thương tích giảm so với cùng kỳ", "giảm", 0, "", ("Chưa có số liệu", "")),
]
STEPS = [
    Row(word=word, state=state)
    for word, state in [("Dự thảo", "done"), ("Chờ ký", "now"), ("Đã ký", "todo"), ("Đã gửi", "todo"), ("Tiếp nhận", "todo")]
]
HISTORY = [
    Row(
        when="từ 12/03/2023",
        text="Mồ côi cả cha và mẹ, sống với bà ngoại",
        note="Công chức phường ghi ngày 15/03/2023",
        url="#lich-su",
        action="Kết thúc",
        ended=False,
    ),
    Row(
        when="từ 01/04/2023",
        text="Trợ cấp hằng tháng 540.000 đ theo Quyết định 12/QĐ-UBND",
        note="",
        url="",
        action="",
        ended=False,
    ),
    Row(when="2019 – 30/06/2022", text="Hộ nghèo", note="", url="", action="", ended=True),
]
FACTS = [
    ("Số định danh", "031216001234"),
    ("Người chăm sóc", "Bà ngoại: Trần Thị Mận, 67 tuổi"),
    ("Trường, lớp", ""),
    ("Số anh chị em", 0),
]


def cell(value):
    return Row(value=value, text=str(value))


CHART = Row(
    title="Trẻ em có hoàn cảnh đặc biệt theo nhóm, Quận Kiến An, 30/04/2024",
    kind="bar",
    flat=True,
    head="Nhóm",
    series=["Số trẻ em"],
    rows=[
        Row(label=label, cells=[cell(value)])
        for label, value in [("Khuyết tật", 112), ("Mồ côi cả cha và mẹ", 31), ("Bị bỏ rơi", 4), ("Bị xâm hại", 1)]
    ],
)
LINES = Row(
    title="Trẻ em được trợ giúp qua các quý",
    kind="line",
    flat=False,
    head="Quý",
    series=["Năm nay", "Năm trước"],
    rows=[
        Row(label=label, cells=[cell(now), cell(before)])
        for label, now, before in [("Quý I", 30, 24), ("Quý II", 44, 31), ("Quý III", 52, 47)]
    ],
)
JOB = Row(open=False, get_state_display="Đang chạy", message="đã đọc 1.250 dòng", total=5000, done=1250, percent=25)


@login_not_required
def components(request):
    """Every component, and the form once as it comes and once with errors."""
    if settings.PRODUCTION:
        raise Http404
    wrong = SampleForm({"sai-birth": "31/4/2016", "sai-amount": "1.5"} if "loi" in request.GET else None, prefix="sai")
    messages.success(request, "Đã ghi hoàn cảnh của trẻ em từ ngày 12/03/2023.")
    return render(
        request,
        "mau.html",
        {
            "form": SampleForm(initial={"birth": date(2016, 5, 12), "amount": 540000}),
            "wrong": wrong,
            "filters": SampleFilter(request.GET or None),
            "tags": [Row(text="Hoàn cảnh: Mồ côi cả cha và mẹ", url="?"), Row(text="Độ tuổi: 6–10 tuổi", url="?")],
            "children": CHILDREN,
            "figures": FIGURES,
            "targets": TARGETS,
            "steps": STEPS,
            "rows": HISTORY,
            "facts": FACTS,
            "chart": CHART,
            "lines": LINES,
            "job": JOB,
            "pager": Row(previous="?truoc=1", next="?sau=1"),
        },
    )
