"""Looking for children who may be one and the same, and what a person decides about a pair."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import pairing
from childcare.children.models import Child, DuplicatePair
from childcare.children.querysets import in_units
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.lib.calendar import now as local_now
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

KIND = "children.duplicates"
BATCH = 1000
NO_RIGHT = "Anh/chị không còn quyền rà trẻ trùng ở đơn vị này."


def key_of(unit):
    """How the keys of the searches of a unit begin."""
    return f"{KIND}:{unit.pk}:"


def ask(*, unit, by, once):
    """The job that looks for pairs in a unit: the one that still runs, or a new one. `once` is the one-time key of the post."""
    running = Job.objects.filter(key__startswith=key_of(unit), state__in=(Job.State.WAITING, Job.State.RUNNING)).first()
    return running or jobs.enqueue(KIND, key=f"{key_of(unit)}{once}", by=by, unit=unit.pk)


def ask_where_changed(*, at):
    """Ask for one search a day in every commune in which a child was added or changed in the last day. Returns how many."""
    changed = Child.objects.filter(changed_at__gte=at - timedelta(days=1)).values("unit").distinct()
    places = Unit.objects.filter(pk__in=changed).only("pk", "kind", "parent_id")
    communes = {unit.parent_id if unit.kind == "hamlet" else unit.pk for unit in places} - {None}
    for unit in Unit.objects.filter(pk__in=communes).order_by("pk"):
        jobs.enqueue(KIND, key=f"{key_of(unit)}{local_now():%Y-%m-%d}", unit=unit.pk)
    return len(communes)


def run(job, requester):
    """The search of a job, with the rights of the moment; the nightly one has no requester."""
    unit = Unit.objects.get(pk=job.params["unit"])
    if requester is not None and not requester.can_in(Permission.CHILD_MERGE, unit):
        raise Refusal(NO_RIGHT)
    jobs.progress(job, 0, 0, "Đang so sánh")
    return search(unit=unit)


def search(*, unit):
    """Look for pairs within a unit and keep them. Returns how many wait for a person. Safe to run again at any time.

    What is no longer alike goes; a pair that a person has judged stays judged until one of the two changes what identifies it.
    """
    people = Child.objects.filter(unit__path__startswith=unit.path).order_by("pk").values_list(*pairing.FIELDS)
    found = {
        (pair.first.key, pair.second.key): pair
        for pair in pairing.pairs([pairing.person(row) for row in people.iterator(BATCH * 5)])
    }
    with transaction.atomic():
        _keep(found, unit)
    return sum(not pair.twins for pair in found.values())


def _keep(found, unit):
    inside = {"first__unit__path__startswith": unit.path, "second__unit__path__startswith": unit.path}
    known = {
        (row.first_id, row.second_id): row for row in DuplicatePair.objects.select_for_update(of=("self",)).filter(**inside)
    }
    gone = [row.pk for key, row in known.items() if key not in found and row.state == DuplicatePair.State.OPEN]
    DuplicatePair.objects.filter(pk__in=gone).delete()
    DuplicatePair.objects.bulk_create(
        [_row(pair) for key, pair in found.items() if key not in known], batch_size=BATCH, ignore_conflicts=True
    )
    changed = [row for key, row in known.items() if key in found and row.basis != found[key].basis]
    for row in changed:
        pair = found[row.first_id, row.second_id]
        row.score, row.reasons, row.twins, row.basis = pair.score, list(pair.reasons), pair.twins, pair.basis
        row.state, row.found_at = DuplicatePair.State.OPEN, timezone.now()
    DuplicatePair.objects.bulk_update(changed, ["score", "reasons", "twins", "basis", "state", "found_at"], batch_size=BATCH)


def _row(pair):
    return DuplicatePair(
        first_id=pair.first.key, second_id=pair.second.key, score=pair.score, reasons=list(pair.reasons), twins=pair.twins,
        basis=pair.basis,
    )  # fmt: skip


def compared(first, second):
    """The pair of two children as they are now, whatever its points."""
    rows = Child.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values_list(*pairing.FIELDS)
    return pairing.compare(*(pairing.person(row) for row in rows))


@transaction.atomic
def judge_distinct(*, first, second, by, reason):
    """These are two children: remembered for the pair until one of them changes what identifies it."""
    if not reason.strip():
        raise Refusal("Hãy ghi vì sao đây là hai trẻ khác nhau.")
    pair = compared(first, second)
    values = {
        "score": pair.score, "reasons": list(pair.reasons), "twins": pair.twins, "basis": pair.basis,
        "state": DuplicatePair.State.DISTINCT, "decided_at": timezone.now(), "decided_by": by, "reason": reason.strip()[:300],
    }  # fmt: skip
    row, _ = DuplicatePair.objects.update_or_create(first_id=pair.first.key, second_id=pair.second.key, defaults=values)
    audit.record("duplicate.judged", by=by, subject=row, shown=[first.public_id, second.public_id])
    return row


@transaction.atomic
def judge_again(*, pair, by):
    """The judgement was a mistake: the pair waits for a person again."""
    pair.state = DuplicatePair.State.OPEN
    pair.save(update_fields=["state"])
    audit.record("duplicate.reopened", by=by, subject=pair, shown=[pair.first.public_id, pair.second.public_id])


def last_search(units):
    """The latest finished search of one of these very units, or None."""
    done = Job.objects.filter(kind=KIND, state=Job.State.DONE, params__unit__in=[unit.pk for unit in units])
    return done.order_by("-finished_at").first()


def changed_since(units, at):
    """How many children of the units were added or changed since the moment; counted no further than 1,000."""
    return Child.objects.filter(in_units("unit", units), changed_at__gt=at).order_by()[:1001].count()
