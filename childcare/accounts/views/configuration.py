"""What the administrator sees and sets: what is on, what failed, days off; and the table of roles for everybody."""

from datetime import timedelta

from django.conf import settings as conf
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from childcare import __version__
from childcare.accounts.forms import DayForm
from childcare.accounts.permissions import for_every_officer, require
from childcare.accounts.roles import GRANTS, Permission, Role
from childcare.audit import actions as audit
from childcare.inbox.actions import MAX_TRIES
from childcare.inbox.models import Digest
from childcare.jobs.models import Heartbeat, Job
from childcare.jobs.words import kind_word
from childcare.units.models import DayOverride

FRESH = timedelta(minutes=3)
SHOWN = 20


@for_every_officer
def grants(request):
    """Who may do what: the one table of the code, readable."""
    rows = [(permission.label, [permission in GRANTS[role] for role in Role]) for permission in Permission]
    return render(request, "accounts/grants.html", {"roles": [role.label for role in Role], "rows": rows})


@require(Permission.SETTINGS)
def settings(request):
    """What is on, what failed, and the days that differ from the calendar."""
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            row = form.save()
            audit.record("day.added", by=request.user, note=str(row))
        messages.success(request, f"Đã thêm ngày {row}.")
        return redirect("settings")
    return render(request, "accounts/settings.html", {"form": form, "days": DayOverride.objects.order_by("-day"), **_state()})


def _state():
    now = timezone.now()
    signs = {row.name: row.at for row in Heartbeat.objects.all()}
    failed = Job.objects.filter(state=Job.State.FAILED).order_by("-pk")[:SHOWN]
    return {
        "processes": [
            (word, signs.get(name), name in signs and signs[name] > now - FRESH)
            for name, word in (("worker", "Chạy việc nền"), ("beat", "Hẹn giờ"))
        ],
        "mail_on": conf.EMAIL_ON,
        "sender": conf.DEFAULT_FROM_EMAIL,
        "training": conf.TRAINING_TODAY,
        "sqlite": conf.SQLITE,
        "version": __version__,
        "failed_jobs": [(kind_word(job.kind), job) for job in failed],
        "failed_mails": Digest.objects.filter(sent_at=None, tries__gt=0).select_related("officer").order_by("-pk")[:SHOWN],
        "max_tries": MAX_TRIES,
    }


@require_POST
@require(Permission.SETTINGS)
@transaction.atomic
def day_remove(request, pk):
    """The day follows the calendar again."""
    row = get_object_or_404(DayOverride, pk=pk)
    audit.record("day.removed", by=request.user, note=str(row))
    row.delete()
    messages.success(request, f"Đã bỏ ngày {row}. Ngày này lại theo lịch chung.")
    return redirect("settings")
