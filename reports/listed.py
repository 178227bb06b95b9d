"""The rows behind a figure as lines of a table: what each kind of row shows, in which order. No HTTP here."""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case, PlannedService
from childcare.children.models import Child, CircumstanceKind, Incident, IncidentChild, Pupil, Support
from childcare.lib.calendar import TZ, show
from childcare.lib.vietnamese import number
from childcare.units.models import Unit
from plans.models import Activity, Body, Evaluation, Staff
from reports.measures.flows import FUND_GROUPS
from reports.models import Obligation

BY = ("sex", "age", "minority", "poor", "group", "reason", "form", "cause", "setting")
WORDS = {
    "sex=m": "nam", "sex=f": "nữ", "poor": "hộ nghèo", "near": "hộ cận nghèo", "minority": "dân tộc thiểu số",
    "part=abused": "bị xâm hại", "part=risk": "có nguy cơ", "flow=start": "đầu kỳ", "flow=in": "phát sinh trong kỳ",
    "flow=out": "giảm trong kỳ", "flow=end": "cuối kỳ", "kind=district": "huyện", "kind=commune": "xã, phường",
    "reason=born": "mới sinh", "reason=new": "mới phát hiện", "reason=moved": "chuyển đến hoặc chuyển đi",
    "reason=noted": "mới ghi vào sổ", "reason=died": "đã mất", "reason=sixteen": "đủ 16 tuổi",
    "reason=resolved": "không còn hoàn cảnh", "reason=other": "lý do khác",
    **{f"for={group}": words for group, words in FUND_GROUPS.items()},
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row: what it is called with its address, a quiet line beneath, further cells."""

    title: str
    url: str
    quiet: str
    cells: tuple


def breakdown_words(breakdown):
    """ "nữ, Trẻ em khuyết tật" of "sex=f&group=N04"."""
    words = []
    for part in filter(None, breakdown.split("&")):
        if part.startswith("group="):
            kind = CircumstanceKind.objects.filter(code=part.removeprefix("group=")).first()
            words.append(kind.name if kind else part.removeprefix("group="))
        elif part.startswith("age="):
            words.append(f"{part.removeprefix('age=').replace('-', ' đến ')} tuổi")
        else:
            words.append(WORDS.get(part, ""))
    return ", ".join(filter(None, words))


def _child(row):
    return Line(row.display_name, reverse("child", args=[row.public_id]), _born(row), (row.get_sex_display(), row.unit.name))


def _born(row):
    return f"sinh {row.birth.text}" if row.birth else "chưa rõ ngày sinh"


def _pupil(row):
    return Line(str(row), reverse("pupil", args=[row.public_id]), _born(row), (row.get_sex_display(), row.code))


def _incident(row):
    url = reverse("incident", args=[row.public_id])
    return Line(row.get_kind_display(), url, row.get_cause_display(), (show(row.occurred_on), row.unit.name))


def _incident_child(row):
    who = row.child.display_name if row.child else "Trẻ em chưa có trong sổ"
    help_ = f"can thiệp từ {show(row.intervened_on)}" if row.intervened_on else "chưa ghi can thiệp"
    url = reverse("incident", args=[row.incident.public_id])
    facts = (show(row.incident.occurred_on), row.incident.unit.name)
    return Line(who, url, f"{row.incident.get_kind_display()} · {row.get_outcome_display()} · {help_}", facts)


def _case(row):
    kind = row.kind.words if row.kind else "Chưa rõ nhóm"
    received = show(row.opened_at.astimezone(TZ).date())
    return Line(row.code, reverse("case", args=[row.public_id]), kind, (received, row.get_state_display(), row.unit.name))


def _service(row):
    done = f"đã thực hiện {show(row.support.started_on)}" if row.support else "chưa thực hiện"
    case = row.plan.case
    return Line(row.kind.name, reverse("case", args=[case.public_id]), case.code, (show(row.starts_on), done))


def _support(row):
    who = row.child.display_name if row.child else f"Hộ {row.household}"
    url = reverse("child", args=[row.child.public_id]) if row.child else ""
    amount = f"{number(row.amount)} đ" if row.amount is not None else ""
    return Line(who, url, row.kind.name, (show(row.started_on), amount))


def _activity(row):
    money = f"{number(row.raised)} đ" if row.raised else ""
    return Line(row.title, "", row.get_kind_display(), (show(row.held_on), row.unit.name, number(row.children), money))


def _staff(row):
    return Line(row.name, reverse("staff-person", args=[row.public_id]), "", ())


def _body(row):
    return Line(row.name, reverse("body", args=[row.public_id]), row.get_kind_display(), (row.unit.name,))


def _unit(row):
    return Line(row.name, reverse("unit", args=[row.public_id]), row.get_kind_display(), (row.code,))


def _owed(row):
    return Line(row.unit.name, reverse("report", args=[row.public_id]), row.regime.name, (row.words, show(row.last_day)))


def _evaluation(row):
    url = reverse("friendly", args=[row.public_id])
    return Line(row.unit.name, url, f"đánh giá năm {row.year}", (row.decision, show(row.decided_on)))


# model → (headings after the first, related rows to read along, order, line)
KINDS = {
    Child: ("Trẻ em", ("Giới tính", "Địa bàn"), ("unit",), ("name_key", "pk"), _child),
    Pupil: ("Học sinh", ("Giới tính", "Mã học sinh"), ("unit",), ("name_key", "pk"), _pupil),
    Incident: ("Vụ việc", ("Ngày", "Nơi xảy ra"), ("unit",), ("-occurred_on", "pk"), _incident),
    IncidentChild: ("Trẻ em", ("Ngày xảy ra", "Nơi xảy ra"), ("incident__unit", "child"), ("-incident__occurred_on", "pk"),
                    _incident_child),
    Case: ("Hồ sơ", ("Nhận tin", "Tình trạng", "Đơn vị"), ("unit", "kind__parent"), ("-opened_at", "pk"), _case),
    PlannedService: ("Dịch vụ", ("Bắt đầu", "Thực hiện"), ("kind", "support", "plan__case"), ("-starts_on", "pk"), _service),
    Support: ("Người được trợ giúp", ("Ngày", "Số tiền"), ("child", "household", "kind"), ("-started_on", "pk"), _support),
    Activity: ("Hoạt động", ("Ngày", "Đơn vị", "Lượt trẻ em", "Vận động được"), ("unit",), ("-held_on", "pk"), _activity),
    Staff: ("Họ và tên", (), (), ("name_key", "pk"), _staff),
    Body: ("Ban, nhóm, câu lạc bộ", ("Của",), ("unit",), ("unit__path", "name", "pk"), _body),
    Unit: ("Đơn vị", ("Mã",), (), ("path",), _unit),
    Evaluation: ("Xã, phường", ("Quyết định", "Ngày"), ("unit",), ("unit__path", "pk"), _evaluation),
    Obligation: ("Đơn vị", ("Kỳ", "Hạn gửi báo cáo"), ("unit", "regime"), ("unit__path", "pk"), _owed),
}  # fmt: skip


def ordered(queryset):
    """The rows in the order in which people look for them, with what a line shows."""
    _, _, related, order, _ = KINDS[queryset.model]
    return queryset.select_related(*related).order_by(*order)


def head(model):
    """The headings of the columns."""
    first, others, _, _, _ = KINDS[model]
    return [first, *others]


def lines(rows):
    """Rows as lines."""
    return [KINDS[type(row)][4](row) for row in rows]


def keys(rows):
    """Public ids of what is shown, for the log."""
    return [row.incident.public_id if isinstance(row, IncidentChild) else row.public_id for row in rows]
