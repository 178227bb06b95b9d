"""Choosing where the typed figures of a report come from."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.indicators.models import Indicator
from childcare.lib.refusal import Refusal
from reports import sources
from reports.models import FigureSource, Regime


@transaction.atomic
def choose(*, obligation, by, modes):
    """Code → mode for every report of the unit by this regime from now on; the rest stays. Returns the codes changed."""
    regimes = Regime.objects.select_for_update().filter(code=obligation.regime.code, every=obligation.regime.every)
    first, known = regimes.order_by("pk").first(), sources.modes_of(obligation)
    indicators = Indicator.objects.in_bulk(modes, field_name="code")
    if set(modes) - set(indicators) or set(modes.values()) - set(FigureSource.Mode.values):
        raise Refusal("Chỉ tiêu hoặc cách lấy số không có. Hãy tải lại trang.")
    changed = [code for code, mode in modes.items() if sources.mode_of(obligation, code, known) != mode]
    for code in changed:
        FigureSource.objects.update_or_create(
            unit=obligation.unit, regime=first, indicator=indicators[code], defaults={"mode": modes[code], "set_by": by}
        )
    if changed:
        audit.record("report.sources_chosen", subject=obligation, by=by, fields=changed)
    return changed
