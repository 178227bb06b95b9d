"""The book of a fund: opening, income, spending, voiding. The balance never falls below zero on any day."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions.base import insert, once, void_row
from childcare.children.models import Support
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number
from plans.models import Fund, FundEntry, FundSupport

K, FORMS = FundEntry.Kind, {"money": "tiền", "goods": "hiện vật"}
GONE = "Khoản này vừa được người khác hủy. Hãy tải lại trang."
HANDED_OVER = "Số dư này do đơn vị cũ bàn giao khi đổi đơn vị hành chính, không hủy được. Hãy ghi khoản thu, chi điều chỉnh."
PAID = "Có trợ giúp vừa được chi ở khoản khác, vừa bị hủy, hoặc không còn trong danh sách. Hãy mở lại trang rồi chọn lại."


@once(Fund)
def open_fund(*, by, once, unit, kind, name, opened_on, money=None, goods=None):
    """Begin to keep a fund, with what it had on the day before its first day. Returns it."""
    if not unit.valid_on(opened_on):
        raise Refusal(f"{unit.name} không có hiệu lực vào ngày {show(opened_on)}. Hãy chọn ngày khác.")
    fund = insert(Fund(public_id=once, unit=unit, kind=kind, name=name, opened_on=opened_on, recorded_by=by))
    for form, amount in (("money", money), ("goods", goods)):
        if amount:
            write(fund, by, kind=K.OPENING, form=form, on=opened_on, amount=amount, text="Số dư khi bắt đầu theo dõi")
    audit.record("fund.opened", subject=fund, by=by)
    return fund


@once(FundEntry)
def receive(*, by, once, fund, on, amount, **facts):
    """Money or goods that came in. Refused when an activity names less raised than its entries add up to. Returns the entry."""
    fund = _locked(fund, on)
    if (activity := facts.get("activity")) is not None:
        before = sum(activity.fund_entries.filter(kind=K.INCOME, voided_at=None).values_list("amount", flat=True))
        if before + amount > (activity.raised or 0):
            raise Refusal(
                f"Hoạt động này ghi vận động được {number(activity.raised or 0)} đồng; các khoản thu gắn với nó đã là "
                f"{number(before)} đồng. Hãy sửa số vận động được của hoạt động, hoặc không gắn khoản thu này với nó."
            )
    entry = write(fund, by, public_id=once, kind=K.INCOME, on=on, amount=amount, **facts)
    audit.record("fund.received", subject=entry, by=by)
    return entry


@once(FundEntry)
def spend(*, by, once, fund, on, amount, supports=(), form="money", **facts):
    """What the fund paid or gave. `supports`: those of named children that it paid; each is paid once. Returns the entry."""
    fund = _locked(fund, on)
    _afford(fund, form, on, amount)
    entry = write(fund, by, public_id=once, kind=K.SPENDING, form=form, on=on, amount=amount, **facts)
    _pay(entry, supports, by)
    audit.record("fund.spent", subject=entry, by=by)
    return entry


def payable(fund, officer):
    """Supports out of a fund that this one may pay: one-off, with an amount, open to the officer, not paid.

    They are of its unit or of those that it followed. What lies under a protected file is not here: such help is spent
    without a name.
    """
    given = Q(unit__path__startswith=fund.unit.path)
    for path in fund.followed.values_list("unit__path", flat=True):
        given |= Q(unit__path__startswith=path)
    rows = Support.objects.visible_to(officer).filter(
        given, voided_at=None, protected_file=None, child__isnull=False, per=Support.Per.ONCE, amount__gt=0,
        source__icontains="quỹ", started_on__gte=fund.since,
    )  # fmt: skip
    paid = FundSupport.objects.filter(released_at=None).values("support")
    # A merge of children or a correction gives a support another row: it was paid all the same.
    return rows.exclude(pk__in=paid).exclude(replaces__in=paid).exclude(replaces__replaces__in=paid)


def _pay(entry, supports, by):
    keys = {support.pk for support in supports}
    if not keys:
        return
    rows = list(payable(entry.fund, by).filter(pk__in=keys))
    if len(rows) != len(keys):
        raise Refusal(PAID)
    whole = sum(row.amount for row in rows)
    if whole != entry.amount:
        raise Refusal(
            f"Các trợ giúp đã chọn cộng lại là {number(whole)} đồng, khác số tiền chi {number(entry.amount)} đồng. "
            "Hãy sửa số tiền hoặc chọn lại."
        )
    for row in rows:
        FundSupport.objects.create(entry=entry, support=row)


@transaction.atomic
def void(*, entry, by, version, reason):
    """Take a mistaken entry out of the book; its number is not used again, the supports it paid may be paid by another."""
    fund = Fund.objects.select_for_update(of=("self",)).get(pk=entry.fund_id)
    entry = FundEntry.objects.select_for_update(of=("self",)).select_related("fund__unit").get(pk=entry.pk)
    if entry.voided_at or entry.version != version:
        raise Refusal(GONE)
    if entry.carried_from_id:
        raise Refusal(HANDED_OVER)
    if entry.kind not in FundEntry.OUT:
        _afford(fund, entry.form, entry.on, entry.amount, "Khoản này đã được chi. Hãy hủy khoản chi ghi nhầm trước.")
    void_row(entry, by=by, reason=reason)
    entry.paid.filter(released_at=None).update(released_at=timezone.now())
    audit.record("fund.voided", subject=entry, by=by)
    return entry


def _locked(fund, on):
    fund = Fund.objects.select_for_update(of=("self",)).select_related("unit").get(pk=fund.pk)
    if on < fund.opened_on:
        raise Refusal(f"Quỹ được theo dõi từ ngày {show(fund.opened_on)}. Khoản trước ngày đó nằm trong số dư đầu.")
    if on > today():
        raise Refusal("Ngày này chưa tới.")
    if not fund.unit.valid_on(on):
        raise Refusal(f"{fund.unit.name} không còn hiệu lực vào ngày {show(on)}. Hãy mở sổ quỹ của đơn vị mới.")
    if fund.goes_on_in_id:
        raise Refusal("Sổ quỹ này đã bàn giao cho đơn vị mới. Hãy ghi ở sổ quỹ của đơn vị mới.")
    return fund


def _afford(fund, form, on, amount, sentence=""):
    """Refuse what would leave the fund with less than nothing on the day or on a later one."""
    left = lowest(fund, form, on)
    if amount > left:
        raise Refusal(sentence or f"Quỹ chỉ còn {number(left)} đồng {FORMS[form]} để chi từ ngày {show(on)}.")


def lowest(fund, form, on):
    """The lowest balance of a form from the end of the day on, in đồng."""
    rows = fund.entries.filter(voided_at=None, form=form).order_by("on", "pk").values_list("on", "kind", "amount")
    running, found = Decimal(0), None
    for day, kind, amount in rows:
        if day > on:
            found = running if found is None else min(found, running)
        running += -amount if kind in FundEntry.OUT else amount
    return running if found is None else min(found, running)


def next_number(fund, kind, year):
    """The next number of a kind and year. The fund's row is locked: numbers come one after the other."""
    return (fund.entries.filter(kind=kind, year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def write(fund, by, *, kind, on, **facts):
    """A new entry with the next number."""
    number = next_number(fund, kind, on.year)
    return insert(FundEntry(fund=fund, kind=kind, on=on, year=on.year, number=number, recorded_by=by, **facts))
