"""Which function does which kind of job. Apps register theirs in `tasks.py` with `@handles("kind")`."""

HANDLERS, CANCELLABLE = {}, set()


def handles(kind, *, cancellable=False):
    """Register `function(job)` for a kind; it must be safe to run again after a kill at any point.

    A cancellable one reports its progress often and leaves nothing behind when that raises Cancelled.
    """
    if cancellable:
        CANCELLABLE.add(kind)

    def register(function):
        HANDLERS[kind] = function
        return function

    return register
