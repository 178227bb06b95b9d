"""Reports in every state, made by the very actions that officers use, on the days on which they would have been made."""

from contextlib import contextmanager
from datetime import date

from django.conf import settings

from childcare.accounts.models import Officer
from childcare.children.models import Child
from childcare.units.models import Unit
from plans.actions.plans import assess
from plans.models import Target
from reports import collecting, issuing, measures, paper, tables
from reports.actions import answering, drafting, on_behalf, signing
from reports.demo.names import FICTITIOUS
from reports.demo.officers import WARDS
from reports.models import Obligation

DAY = date(2024, 5, 2)
# How far each ward of Kiến An has come with its half-year report of 2024; the others, Nam Sơn among them, have not begun.
WAY = {"11440": "accepted", "11443": "sent", "11429": "presented", "11428": "returned", "11449": "draft", "11446": "paper"}
PAPER = (
    "DS-01", "DS-03", "DS-05", "DS-06", "DS-07", "DS-08", "DS-09", "HC-03", "HC-04", "HC-05", "TN-01", "TN-03", "TN-05",
    "XH-01", "XH-03", "DL-01", "DL-02",
)  # fmt: skip
DONE = {"TG-05": "Đang chuẩn bị, tổ chức trong tháng 6.", "TG-06": "Tổ chức vào tháng 9.", "TG-04": "Đã tổ chức một diễn đàn."}


@contextmanager
def on_day(day):
    """The day that every action inside takes for today."""
    before, settings.TRAINING_TODAY = settings.TRAINING_TODAY, day.isoformat()
    try:
        yield
    finally:
        settings.TRAINING_TODAY = before


def who(username):
    """The officer, read afresh so that his posts are those of the day."""
    return Officer.objects.get(username=username)


def draft(obligation, by):
    """A draft whose zeros are confirmed."""
    submission = drafting.begin(obligation=obligation, by=by)
    if codes := [row["code"] for row in collecting.unconfirmed(obligation)]:
        source = "Công an phường, Trạm y tế (minh họa)"
        submission = drafting.confirm_zero(submission=submission, codes=codes, checked_with=source, by=by)
    return submission


def sign(submission, leader, number, day):
    """Presented and signed on paper by the leader of the ward."""
    submission = drafting.present(submission=submission, by=submission.created_by, version=submission.version)
    return signing.sign(
        submission=submission, by=leader, version=submission.version, number=number, issued_on=day,
        signer_lines=issuing.of(submission.obligation, submission.as_office).authorities[0].split("\n"),
        signer_name=leader.full_name.split(" (")[0],
    )  # fmt: skip


def report(obligation, way, name, *, receiver, number, day):
    """Carry one report as far as `way` says."""
    submission = draft(obligation, who(name))
    if way == "draft":
        return submission
    if way == "presented":
        return drafting.present(submission=submission, by=submission.created_by, version=submission.version)
    submission = answering.send(submission=sign(submission, who(f"lanhdao.{name}"), number, day), by=who(name))
    if way == "accepted":
        answering.accept(submission=submission, by=who(receiver))
    elif way == "returned":
        reason = "Số trẻ em được trợ giúp chưa khớp danh sách kèm theo. Đề nghị rà soát lại mục III."
        answering.return_(submission=submission, by=who(receiver), reason=reason)
    return submission


def on_paper(obligation, by):
    """The district types what the ward brought on paper."""
    unit, window = obligation.unit, measures.Window.of(obligation)
    table = measures.count([unit], window, list(PAPER), by=tables.BY)
    cells = [key for grid in paper.grids(obligation, {}) if not grid.own for *_, key in grid.cells()]
    found = {key: table.figure(key.partition("|")[0], unit, key.partition("|")[2]) for key in (*PAPER, *cells)}
    figures = {key: (row.numerator, row.denominator if key in PAPER else None) for key, row in found.items() if not row.missing}
    content = {"figures": figures, "multipliers": paper.multipliers()}
    on_behalf.enter(
        obligation=obligation, by=by, received_on=DAY, content=content, number="07", issued_on=DAY, signer_name="Đào Thị Kim"
    )


def waiting(code, regime, period):
    """The duty of the unit that nobody has begun, when the unit has children at all."""
    found = Obligation.objects.filter(unit__code=code, regime__code=regime, period=period, submissions=None)
    duty = found.select_related("unit", "regime").first()
    return duty if duty and Child.objects.filter(unit__path__startswith=duty.unit.path).exists() else None


def judge_what_has_no_figure(unit, by):
    """Status and note of the qualitative targets of a unit that nobody has judged."""
    targets = Target.objects.filter(plan__unit=unit, comparison="qualitative", status="", indicator__code__in=DONE)
    for target in targets.select_related("indicator"):
        state = "met" if target.indicator.code == "TG-04" else "running"
        note = f"{DONE[target.indicator.code]} {FICTITIOUS}"
        assess(target=target, by=by, version=target.version, status=state, note=note)


def make_reports(current):
    """Reports of Kiến An for the first half of 2024, and of the ward of today for the first half of the present year."""
    with on_day(DAY):
        for number, (code, way) in enumerate(WAY.items(), 5):
            obligation = waiting(code, "RG01", "2024-H1")
            if obligation and way == "paper":
                on_paper(obligation, who("quan"))
            elif obligation:
                report(obligation, way, WARDS[code], receiver="quan", number=f"{number:02d}", day=DAY)
        for ward in Unit.objects.filter(code__in=WARDS, valid_from=None):
            judge_what_has_no_figure(ward, who(WARDS[ward.code]))
    day = date(current.year, 5, 7)
    if day <= current and (obligation := waiting("11443", "RG16", f"{current.year}-H1")):
        with on_day(day):
            report(obligation, "accepted", "kienan", receiver="soyte", number="31", day=day)
