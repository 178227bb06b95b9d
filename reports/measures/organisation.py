"""Staff, training, bodies, places and works: which module counts which figure. Counted when the first of them is asked for."""

from reports.measures import bodies, places, staffing

OF = {
    **dict.fromkeys(("NL-01", "NL-02", "NL-04"), staffing),
    **dict.fromkeys(("NL-13", "TG-07"), bodies),
    **dict.fromkeys(("VH-01", "VH-02", "VH-03", "TN-11", "NL-08", "NL-09", "NL-10", "NL-11", "NL-12", "GD-06"), places),
}
OF["NL-03"] = staffing
NOT_SUMMED = ("NL-03", "NL-08", "NL-09", "NL-10")  # each unit tells of what is right below it or of its own plan


def count(cells, scope, code, done):
    """Fill the cells that the code needs; `done` holds what was filled before."""
    if not done:
        staffing.count_ground(cells, scope)
    if OF[code] not in done:
        done.add(OF[code])
        OF[code].count(cells, scope)


def why_missing(cells, code, unit):
    """Why a figure cannot be told and what to enter, or ""."""
    return OF[code].why_missing(cells, code, unit)


def remark(cells, code, unit):
    """What stands beside a figure, or ""."""
    return OF[code].remark(cells, code, unit)
