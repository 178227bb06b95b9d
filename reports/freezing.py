"""Freezing: figures, text and keys of the counted rows under one digest. A snapshot is made once and never changed."""

import hashlib
import json

from django.db.models import F

from childcare.indicators.models import Indicator
from reports.kept import Figures, Kept, key_of, plain
from reports.models import Snapshot, SnapshotFigure, SnapshotKeys


def digest_of(snapshot, text, figures):
    """SHA-256 over what a snapshot says: unit, period, window, text, figures."""
    rows = sorted(
        (row.code, row.unit_id or 0, row.breakdown, plain(row.numerator) or "", plain(row.denominator) or "", row.missing)
        for row in figures
    )
    head = [snapshot.unit.code, snapshot.period, snapshot.data_from.isoformat(), snapshot.cutoff.isoformat()]
    said = json.dumps([head, json.loads(text), rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def take(*, obligation, draft, by, keys=()):
    """Write the snapshot of a draft: text, figures, digest, and the keys of the rows behind each figure."""
    text = draft.dump()
    snapshot = Snapshot(unit=obligation.unit, period=obligation.period, text=text, taken_by=by)
    snapshot.data_from, snapshot.cutoff = obligation.data_from, obligation.cutoff
    rows = [_row(snapshot, *key.partition("|")[::2], figure) for key, figure in draft.figures.rows.items()]
    snapshot.digest = digest_of(snapshot, text, rows)
    snapshot.save()
    SnapshotFigure.objects.bulk_create(rows)
    SnapshotKeys.objects.bulk_create([SnapshotKeys(snapshot=snapshot, code=code, keys=found) for code, found in keys])
    return snapshot


def _row(snapshot, code, breakdown, figure):
    return SnapshotFigure(
        snapshot=snapshot,
        code=code,
        unit=snapshot.unit,
        breakdown=breakdown,
        numerator=figure.numerator,
        denominator=figure.denominator,
        missing=figure.missing,
    )


def verify(snapshot):
    """True when text and figures still give the digest."""
    return digest_of(snapshot, snapshot.text, list(snapshot.figures.order_by("pk"))) == snapshot.digest


def figures_of(snapshots):
    """Snapshot → its frozen figures of its own unit, of many snapshots in two queries."""
    multipliers = dict(Indicator.objects.order_by("pk").values_list("code", "multiplier"))
    found = {snapshot.pk: {} for snapshot in snapshots}
    for row in SnapshotFigure.objects.filter(snapshot__in=snapshots, unit=F("snapshot__unit")).order_by("pk"):
        kept = Kept(row.numerator, row.denominator, multipliers.get(row.code, 1), row.missing)
        found[row.snapshot_id][key_of(row.code, row.breakdown)] = kept
    return {pk: Figures(figures) for pk, figures in found.items()}
