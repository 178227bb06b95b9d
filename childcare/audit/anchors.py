"""The daily anchor of the log: the newest seal in a file, for a place that this server cannot write to.

Who owns the database can rebuild the whole chain so that it fits; then it no longer fits the anchors of the days before.
"""

import re
from pathlib import Path

from django.conf import settings

from childcare.audit import actions
from childcare.audit.models import Seal

LINE = re.compile(r"(\d+) ([0-9a-f]{64})\n")


def drop(*, day):
    """Write the anchor of the day unless it is there. Returns its path, or None while nothing is sealed."""
    actions.seal()
    newest = Seal.objects.order_by("-position").first()
    folder = Path(settings.ANCHORS_DIR)
    file = folder / f"{day:%Y-%m-%d}.txt"
    if newest is None or file.exists():
        return file if file.exists() else None
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(f"{newest.position} {newest.digest}\n")
    part.rename(file)
    return file


def compare(folder):
    """Hold the chain against every anchor of a folder. Returns (how many fit, what is wrong with the first that does not)."""
    files = sorted(Path(folder).glob("*.txt"))
    for count, file in enumerate(files):
        found = LINE.fullmatch(file.read_text())
        if not found:
            return count, f"không đọc được mốc {file.name}"
        seal = Seal.objects.filter(position=int(found[1])).first()
        if seal is None or seal.digest != found[2]:
            return count, f"nhật ký không khớp mốc {file.name} (dấu niêm số {found[1]})"
    return len(files), None
