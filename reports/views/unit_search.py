"""Units found while somebody types: those for which he may enter figures, those in which he may set a regime."""

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.accounts.views.units import units_found
from reports.forms_figures import units_to_set_for, units_to_type_for


@require(Permission.FIGURE_ENTER)
def figure_units(request):
    """For the form of a typed figure."""
    return units_found(request, units_to_type_for(request.user))


@require(Permission.SETTINGS)
def regime_units(request):
    """For the form of a regime."""
    return units_found(request, units_to_set_for(request.user))
