"""The officer's own messages and jobs. Nobody else sees them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import for_every_officer
from childcare.inbox import actions
from childcare.inbox.models import Message
from childcare.jobs import actions as jobs
from childcare.jobs.models import Job
from childcare.jobs.words import kind_word

SHOWN = 100


@for_every_officer
def inbox(request):
    """Own messages, unread first, then the newest."""
    mine = Message.objects.filter(officer=request.user)
    rows = list(mine.unread_first()[: SHOWN + 1])
    context = {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "unread": mine.unread().count()}
    return render(request, "inbox/inbox.html", context)


@require_POST
@for_every_officer
def inbox_open(request, public_id):
    """Mark one message as read and go to what it tells of."""
    mine = Message.objects.filter(officer=request.user)
    message = get_object_or_404(mine, public_id=public_id)
    actions.read(messages=mine.filter(pk=message.pk), by=request.user)
    ours = url_has_allowed_host_and_scheme(message.url, {request.get_host()}, request.is_secure())
    return redirect(message.url if ours else "inbox")


@require_POST
@for_every_officer
def inbox_read(request):
    """Mark every message as read."""
    count = actions.read(messages=Message.objects.all(), by=request.user)
    messages.success(request, f"Đã đánh dấu {count} việc là đã đọc." if count else "Không còn việc nào chưa đọc.")
    return redirect("inbox")


@for_every_officer
def job(request, public_id):
    """A piece of work that the officer asked for: its progress, and its result when it is done.

    A handler that returns {"url": …, "label": …} gives the page a button to what it made.
    """
    row = get_object_or_404(Job.objects.filter(requested_by=request.user), public_id=public_id)
    if request.htmx:
        if not row.open:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "components/job_progress.html", {"job": row, "job_url": request.path})
    result = {"result_url": row.result.get("url", ""), "result_word": row.result.get("label", "")}
    return render(request, "jobs/job.html", {"job": row, "word": kind_word(row.kind), **result})


@require_POST
@for_every_officer
def job_cancel(request, public_id):
    """Stop a piece of work that the officer asked for."""
    row = get_object_or_404(Job.objects.filter(requested_by=request.user), public_id=public_id)
    jobs.cancel(row, by=request.user)
    return redirect("job", row.public_id)
