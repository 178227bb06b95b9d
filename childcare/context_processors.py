"""What the frame of every page shows: the officer, his messages, the day."""

from childcare.lib.calendar import today


def frame(request):
    """Values for base.html."""
    return {"today": today()}
