"""How often a public page may be asked for the same thing, counted in the memory of one process of the web server."""

import hashlib

from django.core.cache import cache
from django.http import HttpResponse

SPAN = 600  # seconds
TRIES = 30


def too_often(key):
    """True when this was asked for more than TRIES times within SPAN. The key is kept as a digest only."""
    name = f"throttle:{hashlib.sha256(key.encode()).hexdigest()}"
    cache.add(name, 0, SPAN)
    try:
        return cache.incr(name) > TRIES
    except ValueError:  # it ran out between the two
        return False


def wait():
    """The answer to who asks too often."""
    return HttpResponse("Hỏi quá nhiều lần. Hãy thử lại sau 10 phút.", status=429, headers={"Retry-After": str(SPAN)},
                        content_type="text/plain; charset=utf-8")  # fmt: skip
