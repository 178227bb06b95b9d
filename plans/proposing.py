"""Which targets and tasks an activity most likely serves: by its kind, and by the words of its title. Never ticked."""

from plans.guessing import pairs
from plans.models import Activity

K = Activity.Kind
# The indicators that an activity of a kind moves.
MOVES = {
    K.COMMUNICATION: ("TR-01", "TR-02", "TR-03"),
    K.TRAINING: ("NL-01", "NL-02", "NL-03"),
    K.ACTION_MONTH: ("TG-05",),
    K.MID_AUTUMN: ("TG-06",),
    K.FORUM: ("TG-04", "TG-08", "TG-01", "TG-03"),
    K.PARTICIPATION: ("TG-08", "TG-01", "TG-03"),
    K.CLUB: ("TG-07", "TG-08"),
    K.GIFTS: ("NL-05", "NL-06", "HC-04"),
    K.FUNDRAISING: ("NL-05",),
    K.SCREENING: ("YT-12", "HC-11"),
    K.SWIMMING: ("TN-09", "TN-14"),
    K.GUIDANCE: ("TR-04",),
}
ENOUGH, MOST = 0.5, 3


def likely(rows, *, kind, title, code=lambda row: ""):
    """The public ids of at most three rows (targets or tasks, with `text`), the likest first.

    `code` tells the indicator of a row; one that the kind moves is proposed even when no word agrees.
    """
    said = pairs(title)
    named = pairs(K(kind).label) if kind in K.values else set()
    found = []
    for at, row in enumerate(rows):
        words = pairs(row.text)
        alike = len(said & words) / len(said) if said else 0
        kin = len(named & words) / len(named) if named else 0
        score = alike + kin * 0.6 + (1 if code(row) in MOVES.get(kind, ()) else 0)
        if score >= ENOUGH:
            found.append((-score, at, str(row.public_id)))
    return [key for _, _, key in sorted(found)[:MOST]]


def indicator_of(target):
    """The code of a target's indicator, or ""."""
    return target.indicator.code if target.indicator else ""
