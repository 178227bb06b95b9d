"""Every form that is printed: which rows of a case it is about, who builds it, at which step of the case it is wanted."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.models import CareVisit, Case, IsolationOrder, Placement, StatutoryForm
from cases.printing import assessing, care, intake, isolation, placing, planning
from childcare.lib.calendar import TZ, show
from childcare.units.querysets import valid_on

S = Case.State
Kind = IsolationOrder.Kind


@dataclass(frozen=True)
class Row:
    """One thing of the case that a form can be about: its key in the address, its words, the row."""

    key: str
    label: str
    row: object
    more: tuple = ()


@dataclass(frozen=True)
class Form:
    """A form: its key in addresses, its code, who builds the document, which rows it can be about."""

    key: str
    code: str
    build: Callable
    rows: Callable
    states: frozenset = frozenset()
    part: str = ""  # what tells variants of one form apart
    bears_foot: bool = True
    later: bool = False  # wanted only once something was decided before

    @property
    def label(self):
        """ "Mẫu số 07, gia hạn"."""
        word = f"Mẫu số {self.code}" if self.code.isdigit() else "Biên bản"
        return f"{word}, {self.part}" if self.part else word


def _at(moment):
    return show(moment.astimezone(TZ).date())


def _intakes(case, officer):
    rows = case.intakes.select_related("received_by", "notice__sent_by", "notice__sent_from", "case__protected_file").order_by(
        "received_at", "pk"
    )
    return [Row(str(row.public_id), f"nhận tin {_at(row.received_at)}", row) for row in rows]


def _assessments(form):
    def rows(case, officer):
        found = case.assessments.filter(form=form).select_related("completed_by").prefetch_related("marks")
        services = _services(case.plans.order_by("-round").first()) if form == "review" else ()
        return [
            Row(str(row.public_id), f"ngày {show(row.done_on)}", row, services) for row in found.order_by("completed_at", "pk")
        ]

    return rows


def _services(plan):
    return tuple(plan.services.select_related("kind", "support").order_by("starts_on", "pk")) if plan else ()


def _meetings(case, officer):
    rows = case.meetings.filter(voided_at=None).order_by("held_at", "pk")
    return [Row(str(row.public_id), f"ngày {_at(row.held_at)}", row) for row in rows]


def _plans(case, officer):
    return [Row(str(row.public_id), f"lần {row.round}", row, _services(row)) for row in case.plans.order_by("round")]


def _steps(case):
    return case.emergency_steps.filter(kind="isolation").prefetch_related("orders").order_by("done_at", "pk")


def _orders(kind):
    def rows(case, officer):
        found = []
        for step in _steps(case):
            orders = [row for row in step.orders.all() if row.kind == kind and row.voided_at is None]
            found += [Row(str(row.public_id), _signed(row, step), row) for row in orders]
            if not orders:
                found.append(Row(str(step.public_id), f"từ {_at(step.done_at)}", step))
        return found

    return rows


def _signed(row, step):
    return f"ký {show(row.signed_on)}" if row.signed_on else f"từ {_at(step.done_at)}"


def _placements(case, officer):
    rows = Placement.objects.visible_to(officer).filter(case=case).order_by("opened_on", "pk")
    return [Row(str(row.public_id), placing.label(row), placing.care(row, officer)) for row in rows]


def _visits(case, officer):
    rows = CareVisit.objects.visible_to(officer).filter(placement__case=case).select_related("placement", "recorded_by")
    return [
        Row(str(row.public_id), f"ngày {show(row.visited_on)}", placing.care(row.placement, officer, row))
        for row in rows.order_by("visited_on", "pk")
    ]


def _none(case, officer):
    return []


FIRST = frozenset({S.NEW, S.REOPENED, S.ASSESSING, S.EMERGENCY})
PLANS = frozenset({S.PLANNING, S.RETURNED, S.SUBMITTED})
RUNS = frozenset({S.APPROVED, S.IN_PROGRESS})
END = frozenset({S.IN_REVIEW, S.CLOSED})
FORMS = (
    Form("mau-01", "01", intake.report, _intakes, FIRST | {S.SUBMITTED}),
    Form("mau-02", "02", assessing.initial, _assessments("initial"), FIRST | {S.SUBMITTED}),
    Form("mau-03", "03", assessing.full, _assessments("full"), frozenset({S.ASSESSING, S.EMERGENCY}) | PLANS),
    Form("bien-ban-hop", "BB", planning.minutes, _meetings, PLANS),
    Form("mau-04", "04", planning.plan, _plans, PLANS | RUNS),
    Form("mau-05", "05", planning.approval, _plans, PLANS | RUNS, bears_foot=False),
    Form("mau-06", "06", assessing.review, _assessments("review"), RUNS | END),
    Form("mau-07", "07", isolation.order, _orders(Kind.ORDER), frozenset({S.EMERGENCY}), "quyết định cách ly", False),
    Form(
        "mau-07-gia-han", "07", isolation.extension, _orders(Kind.EXTENSION), frozenset({S.EMERGENCY}), "gia hạn", False, True
    ),
    Form("mau-07-ket-thuc", "07", isolation.ending, _orders(Kind.ENDING), frozenset({S.EMERGENCY}), "kết thúc", False, True),
    Form("mau-08", "08", care.application, _placements),
    Form("mau-09", "09", care.register, _none),
    Form("mau-10", "10", care.child_report, _placements),
    Form("mau-11", "11", care.verification, _placements),
    Form("mau-12", "12", care.giving, _placements, bears_foot=False),
    Form("mau-13", "13", care.follow_up, _visits),
    Form("mau-14", "14", care.searching, _none),
    Form("mau-15", "15", care.request_to_end, _placements),
    Form("mau-16", "16", care.ending, _placements, bears_foot=False),
)
BY_KEY = {form.key: form for form in FORMS}


def titles(on):
    """Code → the row of the form that holds on the day."""
    return {row.code: row for row in StatutoryForm.objects.filter(valid_on(on))}
