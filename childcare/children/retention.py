"""What is kept no longer. How long is data (DataRule); only bytes of files that can be made again are ever given up here."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from childcare.audit import actions as audit
from childcare.children.models import DataRule, ImportBatch, TakenList
from childcare.documents import files
from childcare.documents.models import StoredFile
from childcare.jobs.models import Job

KIND = "children.retention"
UPLOADS, MADE = "LG05", "LG06"
BATCH = 500
READING = "reading.json"
UNDECIDED = (ImportBatch.State.READING, ImportBatch.State.MAPPING, ImportBatch.State.PREVIEW, ImportBatch.State.WRITING)


def apply(*, now):
    """Give up the bytes whose time has ended. Returns rule → how many files; run again it finds nothing."""
    return {code: _give_up(find(_until(code, now)), code) for code, find in RULES.items()}


def _until(code, now):
    """The moment before which a file of the rule is too old; None when the rule keeps for ever."""
    rule = DataRule.objects.filter(code=code).first()
    return now - timedelta(days=rule.amount) if rule is not None and rule.amount is not None else None


def uploads(until):
    """Files of imports and lists that ended before the moment, and readings left behind; the rows and their counts stay."""
    if until is None:
        return []
    ended = ImportBatch.objects.exclude(state__in=UNDECIDED).filter(
        Q(finished_at__lt=until) | Q(finished_at=None, created_at__lt=until)
    )
    lists = TakenList.objects.filter(finished_at__lt=until)
    wanted = Q(name=READING, created_at__lt=until) & ~Q(pk__in=_readings(ImportBatch)) & ~Q(pk__in=_readings(TakenList))
    for rows in (ended, lists):
        for name in ("file", "errors_file", "reading"):
            wanted |= Q(pk__in=rows.exclude(**{name: None}).values(name))
    return StoredFile.objects.filter(wanted, discarded_at=None).order_by("pk")


def _readings(model):
    """The readings that a list still points to; any other was left behind when the list was read again."""
    return model.objects.exclude(reading=None).values("reading")


def made(until):
    """Lists that jobs laid out or exported before the moment."""
    if until is None:
        return []
    results = Job.objects.filter(finished_at__lt=until, result__has_key="file").order_by("-pk")
    keys = [result["file"] for result in results.values_list("result", flat=True)[: BATCH * 10]]
    return StoredFile.objects.filter(public_id__in=keys, discarded_at=None).order_by("pk")


RULES = {UPLOADS: uploads, MADE: made}


def _give_up(rows, code):
    count = 0
    for stored in rows[:BATCH]:
        with transaction.atomic():
            files.discard(stored)
            audit.record("file.discarded", subject=stored, note=code)
        count += 1
    return count
