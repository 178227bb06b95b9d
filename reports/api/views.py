"""The API itself: what a program with a token may ask. The door in `views.data_out` leads here."""

from datetime import date
from decimal import Decimal

from django.http import Http404
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from childcare.audit import actions as audit
from childcare.indicators.models import Indicator
from childcare.lib.calendar import today
from childcare.lib.periods import parse
from childcare.units.models import Unit
from reports import boards, measures, standing
from reports.actions import tokens
from reports.api import dhis2
from reports.models import Obligation, Submission

UNKNOWN = "Không có đơn vị hoặc kỳ này trong phạm vi của mã."


class Token(HttpBearer):
    """`Authorization: Bearer …`: a token that works and has not asked too much."""

    def authenticate(self, request, token):
        row = tokens.of(token)
        if row is None:
            return None
        if not tokens.may_ask(row, timezone.now()):
            raise HttpError(429, f"Quá {tokens.PER_MINUTE} lần hỏi trong một phút. Hãy chờ sang phút sau.")
        audit.record("data_token.used", subject=row, note=request.path)
        return row


api = NinjaAPI(
    title="Số liệu tổng hợp về trẻ em", version="1", auth=Token(), docs_url=None,
    description="Chỉ đọc. Chỉ có số tổng hợp và tình trạng báo cáo; số nhỏ về nội dung nhạy cảm không hiển thị.",
)  # fmt: skip


class FigureOut(Schema):
    """One figure. `masked`: too small to be told; `missing`: nobody counted, which differs from zero."""

    code: str
    name: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    missing: bool
    masked: bool
    note: str


class FiguresOut(Schema):
    """Figures of a unit between two days, and when they were counted (null: for this answer)."""

    unit: str
    period: str
    data_from: date
    cutoff: date
    counted_at: str | None
    stale: bool
    figures: list[FigureOut]


class ReportOut(Schema):
    """How an owed report stands."""

    unit: str
    regime: str
    period: str
    last_day: date
    state: str
    sent_on: date | None
    days_late: int


class UnitOut(Schema):
    """A unit in the scope of the token."""

    code: str
    name: str
    kind: str


@api.get("/units", response=list[UnitOut], url_name="api-units")
def units(request):
    """The unit of the token and the province, district, communes below it that hold today."""
    found = Unit.objects.under(request.auth.unit, request.auth.unit.as_of(today()))
    return list(found.filter(kind__in=("province", "district", "commune")).order_by("path").values("code", "name", "kind"))


@api.get("/figures", response=FiguresOut, url_name="api-figures")
def figures(request, period: str, unit: str = ""):
    """Every indicator of a unit in a period (2024, 2024-H1, 2024-Q3, 2024-03), to its cut-off or to today."""
    place, window = _place(request, unit, period)
    found = standing.counted([place], window)
    seen = measures.masked(found.table, None)
    names = dict(Indicator.objects.order_by("pk").values_list("code", "name"))
    told = [_figure(seen.figure(code, place), names.get(code, code)) for code in measures.MEASURED]
    counted_at = found.counted_at.isoformat() if found.counted_at else None
    return {
        "unit": place.code, "period": period, "data_from": window.data_from, "cutoff": found.table.window.cutoff,
        "counted_at": counted_at, "stale": found.stale, "figures": told,
    }  # fmt: skip


def _figure(figure, name):
    note = figure.note if figure.missing else ""
    return {
        "code": figure.code, "name": name, "numerator": figure.numerator, "denominator": figure.denominator,
        "value": figure.value, "missing": figure.missing, "masked": figure.masked, "note": note,
    }  # fmt: skip


@api.get("/reports", response=list[ReportOut], url_name="api-reports")
def reports(request, period: str):
    """Every report of the period owed by the unit of the token or a unit below it."""
    owed = Obligation.objects.filter(unit__path__startswith=request.auth.unit.path, period=period)
    owed = list(owed.select_related("unit", "regime").order_by("unit__code", "regime__code"))
    current = {row.obligation_id: row for row in Submission.objects.filter(obligation__in=owed, current=True)}
    sent, on = boards.first_sent(owed), today()
    return [
        {
            "unit": row.unit.code, "regime": row.regime.name, "period": row.period, "last_day": row.last_day,
            "state": boards.state_of(row, current.get(row.pk), on)[1], "sent_on": sent.get(row.pk),
            "days_late": boards.days_late(row, sent.get(row.pk), on),
        }
        for row in owed
    ]  # fmt: skip


@api.get("/dhis2", url_name="api-dhis2")
def data_values(request, period: str):
    """Figures of accepted reports as a DHIS2 dataValueSet."""
    return dhis2.value_set(request.auth.unit, period)


def _place(request, code, period):
    """(unit, window) of the question, within the scope of the token."""
    own = request.auth.unit
    try:
        asked = parse(period)
    except ValueError:
        raise Http404
    day = min(asked.last, today())
    place = Unit.objects.under(own, day).filter(code=code).first() if code else own
    if place is None or day < asked.first or place.kind not in ("province", "district", "commune"):
        raise Http404
    owed = (
        Obligation.objects.filter(unit=place, period=period, regime__report_kind__startswith="PERIODIC").order_by("pk").first()
    )
    return place, measures.Window.of(owed) if owed and owed.cutoff <= day else measures.Window(asked.first, day)
