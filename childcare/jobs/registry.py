"""Which function does which kind of job. Apps register theirs in `tasks.py` with `@handles("kind")`."""

HANDLERS = {}


def handles(kind):
    """Register `function(job)` for a kind; it must be safe to run again after a kill at any point."""

    def register(function):
        HANDLERS[kind] = function
        return function

    return register
