"""The log as a page: leaders and inspectors read what was done in their units, the administrator everything."""

from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone

from childcare.accounts.forms import LogFilter
from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.audit.models import Entry
from childcare.audit.querysets import PROTECTED_SUBJECT
from childcare.audit.words import action_word

PAGE = 50


def visible_entries(officer):
    """The entries that the officer may read. The administrator reads all but those of files from which he is excluded;
    the log holds no child's name.
    """
    if officer.can(Permission.SETTINGS):
        return Entry.objects.exclude(subject_type=PROTECTED_SUBJECT, subject_id__in=barred_from(officer))
    return Entry.objects.of_units(officer.units_for(Permission.AUDIT_VIEW))


def barred_from(officer):
    """The public ids of the protected files from which the officer is excluded, as the log writes them."""
    rows = officer.file_access.filter(kind="excluded").filter(Q(until=None) | Q(until__gt=timezone.now()))
    return [str(key) for key in rows.values_list("file__public_id", flat=True)]


def subject_word(label):
    """What kind of thing an entry tells of, in words."""
    try:
        return apps.get_model(label)._meta.verbose_name if label else ""
    except LookupError:
        return ""


@require(Permission.AUDIT_VIEW)
def audit_log(request):
    """Fifty entries, newest first; older ones by the id of the last. Reading is itself an entry."""
    form = LogFilter.of(request.GET)
    found = list(form.narrow(visible_entries(request.user)).order_by("-pk")[: PAGE + 1])
    entries = found[:PAGE]
    barred = set(barred_from(request.user))
    for entry in entries:
        entry.shown = [key for key in entry.shown if key not in barred]
        entry.word, entry.kind = action_word(entry.action), subject_word(entry.subject_type)
    audit.record("audit.viewed", by=request.user, note=form.told)
    kept = {key: value for key, value in request.GET.items() if key != "before"}
    pager = {
        "previous": f"?{urlencode(kept)}" if request.GET.get("before") else "",
        "next": f"?{urlencode({**kept, 'before': entries[-1].pk})}" if len(found) > PAGE else "",
    }
    return render(request, "accounts/audit_log.html", {"form": form, "entries": entries, "pager": pager})
