"""Việc cần làm: derived from what is recorded and never ticked; recording the fact ends the task."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, Value
from django.db.models.functions import TruncDate
from django.urls import reverse

from cases.clocks import Clock, Clocks
from cases.models import Case, EmergencyOpening, Handover, LiftProposal, Notice
from cases.pages import with_parts
from cases.workload import unattended
from childcare.accounts.roles import Permission
from childcare.children.actions import placing
from childcare.children.actions.pupils import dropouts
from childcare.children.models import DataRequest, DuplicatePair, ImportBatch, Incident, IncidentChild, Pupil, TakenList, Terms
from childcare.children.moving import asked, waiting
from childcare.children.poverty import missing
from childcare.lib.calendar import TZ, days_left_text, show
from childcare.lib.vietnamese import join_list
from reports import todo_care, todo_deeds, todo_plans, todo_requests
from reports.models import Obligation, Submission

SOON_DAYS = 30
S = Submission.State
NEXT = {
    None: ("chưa soạn", "Soạn báo cáo"),
    S.DRAFT: ("dự thảo", "Viết tiếp"),
    S.TO_SIGN: ("chờ ký", "Ghi nhận ký"),
    S.SIGNED: ("đã ký, chưa gửi", "Gửi báo cáo"),
    S.RETURNED: ("yêu cầu chỉnh sửa", "Chỉnh sửa"),
}


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, since or until when, in which state, and where it is done."""

    title: str
    detail: str
    url: str
    action: str
    due: date | None = None

    def late(self, on):
        """True when its last day is past."""
        return self.due is not None and self.due < on


def own_units(officer, permission):
    """Primary keys of the very units of the officer in which he holds the permission."""
    return [unit.pk for unit in officer.units_for(permission)]


def owed(officer, on):
    """Reports that the officer's own units have not sent and that are late or due within thirty days; returned ones always."""
    rows = Obligation.objects.filter(unit__in=own_units(officer, Permission.REPORT_WRITE), regime__active=True).with_current()
    rows = rows.select_related("unit").order_by("last_day", "pk")
    for row in rows:
        if row.current_state not in NEXT or not _near(row, on):
            continue
        word, action = NEXT[row.current_state]
        detail = f"chậm nhất {show(row.last_day)} ({days_left_text(row.last_day, on)}) · {word}"
        yield Todo(row.title, detail, reverse("report", args=[row.public_id]), action, row.last_day)


def _near(row, on):
    if row.current_state == S.RETURNED:
        return True
    return -366 < (row.last_day - on).days <= SOON_DAYS


def submissions(officer):
    """Reports that lie with the leader, that were sent to the officer's units, that the unit above entered; asked at once."""
    permissions = (Permission.REPORT_SIGN, Permission.REPORT_ACCEPT, Permission.REPORT_WRITE)
    signs, accepts, writes = (own_units(officer, permission) for permission in permissions)
    wanted = Q(obligation__unit__in=signs, state=S.TO_SIGN) | Q(obligation__to_unit__in=accepts, state=S.SENT)
    wanted |= Q(obligation__unit__in=writes, on_behalf=True, confirmed_at=None)
    rows = list(Submission.objects.filter(wanted, current=True).select_related("obligation__unit").order_by("sent_at", "pk"))
    for row in rows:
        owed = row.obligation
        if row.state == S.TO_SIGN and owed.unit_id in signs:
            yield _to_sign(owed)
        if row.state == S.SENT and owed.to_unit_id in accepts:
            yield _to_answer(owed)
        if row.on_behalf and row.confirmed_at is None and owed.unit_id in writes:
            yield _to_confirm(owed)


def _to_sign(obligation):
    detail = f"trình ký, hạn gửi {show(obligation.last_day)}"
    return Todo(obligation.title, detail, reverse("report", args=[obligation.public_id]), "Xem để ký")


def _to_answer(obligation):
    """Only sending makes a report the receiver's."""
    title, detail = f"{obligation.title} của {obligation.unit.name}", "đã gửi, chờ tiếp nhận hoặc yêu cầu chỉnh sửa"
    return Todo(title, detail, reverse("report", args=[obligation.public_id]), "Xem và trả lời")


def _to_confirm(obligation):
    detail = "cấp trên đã nhập thay từ báo cáo giấy, cần xác nhận số liệu"
    return Todo(obligation.title, detail, reverse("report", args=[obligation.public_id]), "Kiểm tra")


WAITING = (ImportBatch.State.MAPPING, ImportBatch.State.PREVIEW)


def read_files(officer):
    """Files of children and lists of other sectors that were read and wait for a decision; one question for both."""
    units = own_units(officer, Permission.CHILD_IMPORT)
    batches = ImportBatch.objects.filter(unit__in=units, state__in=WAITING).annotate(of=Value(""), day=F("on"))
    taken = TakenList.objects.visible_to(officer).filter(state=TakenList.State.PREVIEW)
    taken = taken.annotate(of=F("kind"), day=TruncDate("created_at", tzinfo=TZ))
    fields = ("of", "pk", "public_id", "day")
    found = batches.order_by().values_list(*fields).union(taken.order_by().values_list(*fields), all=True)
    for of, _, key, day in found.order_by("of", "pk"):
        if of:
            name, route, end = dict(TakenList.Kind.choices)[of], "list", "chưa nhập"
        else:
            name, route, end = "Danh sách trẻ em từ Excel", "import-batch", "chưa nhập vào sổ"
        yield Todo(name, f"tệp tải lên ngày {show(day)} đã đọc xong, {end}", reverse(route, args=[key]), "Xem và nhập")


def data_requests(officer):
    """Requests about data that wait for an answer or a deed."""
    rows = DataRequest.objects.filter(unit__in=own_units(officer, Permission.CHILD_EDIT)).open()
    for row in rows.order_by("answer_by", "pk"):
        due = row.due
        detail = f"{row.get_kind_display().lower()} · chậm nhất {show(due)} · {row.get_state_display().lower()}"
        action = "Trả lời" if row.state == DataRequest.State.OPEN else "Ghi kết quả"
        yield Todo(f"Yêu cầu về dữ liệu số {row.number}", detail, reverse("request", args=[row.public_id]), action, due)


def pupils(officer, on):
    """Pupils whom a school brought and nobody has said which child they are; pupils who dropped out."""
    waiting = Pupil.objects.asked_of(officer).filter(enrolments__ended_on=None, enrolments__voided_at=None)
    if count := waiting.distinct().count():
        yield Todo("Học sinh chưa có trong sổ", f"{count} học sinh chờ xác nhận", reverse("pupil-asked"), "Xác nhận")
    unplaced = Pupil.objects.to_direct_by(officer).filter(enrolments__ended_on=None, enrolments__voided_at=None)
    if officer.can(Permission.CHILD_MERGE) and (count := unplaced.distinct().count()):
        detail = f"{count} học sinh của trường không thuộc xã, phường nào"
        yield Todo("Học sinh chưa rõ nơi ở", detail, reverse("pupil-unplaced"), "Chọn nơi ở")
    for row in dropouts(officer, on - timedelta(days=365)).select_related("child", "unit").order_by("ended_on", "pk")[:20]:
        detail = f"một học sinh của {row.unit.name}, nghỉ từ {show(row.ended_on)}: hỏi gia đình, ghi nguy cơ nếu đúng"
        url = reverse("circumstance-add", args=[row.child.public_id]) + "?kind=R20"
        yield Todo("Học sinh bỏ học", detail, url, "Mở")


def to_place(officer):
    """Children of a split unit who wait for a person to say where they belong."""
    if officer.can(Permission.CHILD_EDIT):
        for line in placing.open_lines(officer):
            left, _ = placing.progress(line)
            detail = f"{left} trẻ em của {line.unit.name} (cũ) chưa xếp về đơn vị mới"
            yield Todo("Trẻ chưa xếp về đơn vị mới", detail, reverse("placing", args=[line.holding.public_id]), "Xếp trẻ em")


def cases(officer):
    """The nearest running clock of each open case that is the officer's to work on or to decide; never a child's name."""
    found = list(with_parts(Case.objects.visible_to(officer).waiting_for(officer)).order_by("pk"))
    clocks = Clocks() if found else None
    for case in found:
        nearest = next(iter(clocks.running(case)), None)
        due = nearest.due_at.astimezone(TZ).date() if nearest else None
        detail = f"{nearest.rule.name} · {nearest.words(clocks.now)}" if nearest else case.get_state_display().lower()
        yield Todo(f"Hồ sơ can thiệp {case.code}", detail, reverse("case", args=[case.public_id]), "Mở hồ sơ", due)


def notices(officer):
    """Reports sent to the officer's own unit that nobody has taken in; the twelve hours run from their sending."""
    rows = list(Notice.objects.visible_to(officer).order_by("sent_at", "pk")) if officer.can(Permission.NOTICE_TAKE) else []
    clocks = Clocks() if rows else None
    for row in rows:
        rule = clocks.due("CK02", row.sent_at, row.unit_id)
        word = Clock(rule[0], row.sent_at, rule[1]).words(clocks.now) if rule else ""
        detail = " · ".join(filter(None, ("khẩn cấp" if row.emergency else "", "can thiệp khẩn cấp trong 12 giờ", word)))
        due = rule[1].astimezone(TZ).date() if rule else None
        yield Todo(f"Tin báo {row.code} chờ tiếp nhận", detail, reverse("notice", args=[row.public_id]), "Tiếp nhận", due)


def handovers(officer):
    """Cases of other communes that wait to be taken over, and own ones that nobody has answered."""
    if officer.can(Permission.NOTICE_TAKE):
        coming, sent = Handover.objects.coming_to(officer).count(), Handover.objects.unanswered(officer).count()
        if coming:
            detail = f"{coming} hồ sơ; thời hạn tính từ giờ nhận tin đầu tiên"
            yield Todo("Hồ sơ can thiệp chuyển đến", detail, reverse("handed-list"), "Tiếp nhận")
        if sent:
            detail = f"{sent} hồ sơ đã gửi, nơi nhận chưa trả lời: hãy gọi điện nhắc"
            yield Todo("Hồ sơ can thiệp chuyển đi", detail, reverse("handed-list"), "Xem")


def held_cases(officer):
    """Restricted cases that the officer's unit holds and nobody works on."""
    count = Case.objects.to_hand_out(officer).count() if officer.can(Permission.CASE_TAKE) else 0
    if count:
        detail = f"{count} hồ sơ hạn chế tiếp cận chưa có người xử lý; thời hạn đang chạy"
        yield Todo("Hồ sơ hạn chế chờ giao", detail, reverse("case-held"), "Giao người")


def lifts(officer):
    """Proposals to lift a restriction that wait for a second person of the officer's unit."""
    if officer.can(Permission.CASE_TAKE) or officer.can(Permission.CASE_WORK):
        if count := LiftProposal.objects.to_decide_by(officer).count():
            yield Todo("Đề nghị bỏ hạn chế hồ sơ", f"{count} đề nghị chờ người thứ hai", reverse("case-lifts"), "Cho ý kiến")


def openings(officer):
    """Openings of files in an emergency that nobody has reviewed."""
    if any(officer.can(permission) for permission in (Permission.PROTECTED_VIEW, Permission.CASE_TAKE, Permission.CASE_WORK)):
        if count := EmergencyOpening.objects.to_review_by(officer).count():
            detail = f"{count} lần mở hồ sơ trong trường hợp khẩn cấp chưa được xem xét"
            yield Todo("Mở hồ sơ khẩn cấp", detail, reverse("emergency-list"), "Xem xét")


def left_behind(officer):
    """Open cases under the name of an officer who left: the leader sees to it that somebody takes them."""
    if officer.can(Permission.CASE_DECIDE) and (count := unattended(officer)):
        detail = f"{count} hồ sơ đứng tên người đã rời vị trí"
        yield Todo("Bàn giao hồ sơ can thiệp", detail, reverse("case-workload"), "Bàn giao")


def duplicates(officer):
    """Pairs of children who may be one and whom nobody has looked at."""
    if count := DuplicatePair.objects.visible_to(officer).waiting().count():
        yield Todo("Trẻ có thể bị trùng", f"{count} cặp chờ xem", reverse("duplicate-list"), "So sánh")


def abused_without_help(officer):
    """Abused children whose first measure is not recorded; only to those who may open the incident."""
    seen = Incident.objects.visible_to(officer).valid().filter(kind=Incident.Kind.ABUSE)
    units = officer.units_for(Permission.FACT_RECORD)
    own = Q(pk__in=[])
    for unit in units:
        own |= Q(incident__unit__path__startswith=unit.path)
    count = IncidentChild.objects.filter(own, incident__in=seen, intervened_on=None).count()
    if count:
        detail = f"{count} trẻ em bị xâm hại chưa ghi ngày bắt đầu can thiệp, hỗ trợ"
        yield Todo("Can thiệp, hỗ trợ trẻ em bị xâm hại", detail, reverse("incident-list"), "Mở vụ việc")


def transfers(officer, on):
    """Children sent to the officer's communes, children of his that nobody acknowledged in time, children asked for."""
    url, terms = reverse("transfer-list"), Terms()
    coming, late = waiting(officer, on, terms)
    if coming:
        due = min(map(terms.due, coming))
        detail = f"{len(coming)} trẻ, chậm nhất {show(due)} ({days_left_text(due, on)})"
        yield Todo("Trẻ chuyển đến chờ tiếp nhận", detail, url, "Tiếp nhận", due)
    if late:
        goals = join_list(dict.fromkeys(row.to_unit.name for row in late))
        yield Todo(
            "Trẻ chuyển đi chưa được tiếp nhận", f"{len(late)} trẻ, {goals} chưa trả lời", url, "Xem", min(map(terms.due, late))
        )
    if questions := asked(officer).count():
        yield Todo("Xã, phường khác xin chuyển trẻ về", f"{questions} trẻ chờ anh/chị trả lời", url, "Trả lời")


def poverty_of_the_year(officer, on):
    """Last year's poor and near poor households without a class of this year."""
    if number := missing(officer, officer.units_for(Permission.FACT_RECORD), on.year):
        detail = f"{number} hộ nghèo, hộ cận nghèo năm {on.year - 1} chưa có loại hộ năm {on.year}"
        yield Todo(f"Loại hộ năm {on.year}", detail, reverse("poverty-year"), "Ghi loại hộ")


def todos(officer, on):
    """Everything that waits for the officer, in three piles: late, due soon, without a date."""
    found = [
        *notices(officer),
        *owed(officer, on),
        *submissions(officer),
        *(Todo(*line) for line in todo_requests.lines(officer)),
        *read_files(officer),
    ]
    found += [
        *cases(officer),
        *handovers(officer),
        *held_cases(officer),
        *left_behind(officer),
        *lifts(officer),
        *openings(officer),
        *to_place(officer),
        *data_requests(officer),
        *abused_without_help(officer),
    ]
    found += [Todo(*line) for line in todo_care.lines(officer, on, SOON_DAYS)]
    found += [
        *transfers(officer, on),
        *(Todo(*line) for line in todo_plans.lines(officer, on, SOON_DAYS)),
        *poverty_of_the_year(officer, on),
    ]
    found += [*(Todo(*line) for line in todo_deeds.lines(officer, on)), *pupils(officer, on), *duplicates(officer)]
    late = [row for row in found if row.late(on)]
    soon = [row for row in found if row.due is not None and not row.late(on)]
    return {"late": late, "soon": soon, "open": [row for row in found if row.due is None]}
