"""Pages that belong to no app: errors that say what happened and what to do and keep the typed text; the state of the house."""

import sys
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from childcare.accounts import sessions
from childcare.jobs.models import Heartbeat, Job
from childcare.kept import kept

HEARTBEAT_FRESH = timedelta(minutes=3)
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
NO_DATABASE = (OperationalError, InterfaceError)


def error(request, name, status, **context):
    """An error page in the frame of the product, with the typed text."""
    return render(request, f"errors/{name}.html", {"kept": kept(request), **context}, status=status)


def bare_error(request, name, status):
    """An error page that asks the database nothing."""
    page = render_to_string(f"errors/{name}.html", {"kept": kept(request), "csrf_token": get_token(request)})
    return HttpResponse(page, status=status)


@login_not_required
def bad_request(request, exception=None):
    """400, or 413 when more was sent than is taken at once."""
    if isinstance(exception, TOO_BIG):
        return error(request, "413", 413)
    return error(request, "400", 400)


@login_not_required
def forbidden(request, exception=None):
    """403: a colleague without the right."""
    return error(request, "403", 403)


@login_not_required
def not_found(request, exception=None):
    """404: what is not there and what lies outside of the officer's area look the same."""
    return error(request, "404", 404)


@login_not_required
def server_error(request):
    """500, or 503 when the database does not answer: then trying again helps."""
    if isinstance(sys.exc_info()[1], NO_DATABASE):
        response = bare_error(request, "503", 503)
        response["Retry-After"] = "60"
        return response
    return bare_error(request, "500", 500)


@login_not_required
def csrf_failure(request, reason=""):
    """403: the page was open through a sign-in or sign-out, or another site sent the form."""
    return error(request, "csrf", 403)


@login_not_required
@require_safe
def session_token(request):
    """For the pages that keep a text: is somebody signed in now, and the token with which the text may be sent again."""
    return JsonResponse({"signed_in": sessions.works(request), "token": get_token(request)})


@login_not_required
@require_safe
def healthz(request):
    """200 when the database answers and can write and the worker lives. Tells nothing else."""
    database = _database_writes()
    worker = database and _worker_lives(timezone.now())
    state = {"status": "ok" if database and worker else "unavailable", "database": database, "worker": worker}
    return JsonResponse(state, status=200 if database and worker else 503)


def _database_writes():
    """True when a row can be written; it is rolled back."""
    try:
        with transaction.atomic():
            Heartbeat.objects.update_or_create(name="healthz", defaults={"at": timezone.now()})
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def _worker_lives(now):
    """A fresh heartbeat, or a job that renewed its lease: a solo worker in a long import has no hand free to wave."""
    fresh = Heartbeat.objects.filter(name="worker", at__gt=now - HEARTBEAT_FRESH).exists()
    return fresh or Job.objects.filter(state=Job.State.RUNNING, lease_until__gt=now).exists()
