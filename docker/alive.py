"""Health of a container: `alive.py web` asks /healthz, `alive.py beat` looks whether the schedule was written lately."""

import os
import sys
import time
import urllib.request
from pathlib import Path

BEAT_FOLDER = Path("/tmp/beat")
BEAT_FRESH = 600  # seconds; beat writes its schedule every three minutes


def web():
    """True when /healthz answers 200, asked under the site's own name as the proxy would."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    ask = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(ask, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def beat(folder=BEAT_FOLDER):
    """True when a file of the schedule is fresh."""
    return any(time.time() - path.stat().st_mtime < BEAT_FRESH for path in folder.glob("schedule*"))


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "beat": beat}[sys.argv[1]]() else 1)
