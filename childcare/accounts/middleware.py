"""What a request knows of its officer beyond who he is."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from childcare.accounts import drafts, sessions
from childcare.kept import kept

OPEN_WHILE_LOCKED = {"unlock", "sign-out"}
OPEN_BEFORE_THE_SECOND_FACTOR = {"second-factor", "second-factor-start", "second-factor-confirm", "sign-out", "prove", "unlock"}
BY_ITSELF = "job"  # the element whose page asks every two seconds how far a job is: no sign of a person


def client_address(request):
    """The network address of the caller, for the log and the throttle."""
    return request.META.get("REMOTE_ADDR", "")[:45]


class DraftMiddleware:
    """A form that was saved (its POST leads away) closes its draft, whichever form it was."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and request.user.is_authenticated:
            key = drafts.key_of(request.POST.get("_draft"), request.user)
            if key:
                drafts.close(officer=request.user, key=key, page=request.POST.get("_draft_page", ""))
        return response


class CurrentAppointmentMiddleware:
    """Puts the network address on the officer for the log. Appointments are read afresh with each request's user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            request.user.request_address = client_address(request)
        return self.get_response(request)


class SessionMiddleware:
    """A session that is over ends; one that nobody touched is locked; one that lacks its second factor leads to it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        if sessions.is_over(request.session):
            logout(request)  # SignInMiddleware answers as it answers everybody
            return None
        name = request.resolver_match.url_name
        if sessions.is_locked(request.session) and name not in OPEN_WHILE_LOCKED:
            request.session["locked"] = True
            return self.closed(request, f"{reverse('unlock')}?{urlencode({'next': request.get_full_path()})}", locked=True)
        if request.session.get("must_enrol") and name not in OPEN_BEFORE_THE_SECOND_FACTOR:
            return self.closed(request, reverse("second-factor"), locked=False)
        if name not in OPEN_WHILE_LOCKED and request.headers.get("HX-Trigger") != BY_ITSELF:
            sessions.touch(request)
        return None

    def closed(self, request, way, *, locked):
        """What a session answers that is locked or lacks its second step: text that was sent stays on the page that answers."""
        if "HX-Request" in request.headers:
            why = "Màn hình đã khóa vì lâu không thao tác" if locked else "Cần bật xác nhận hai bước trước"
            return HttpResponse(f"{why}. Hãy tải lại trang.", status=401, content_type="text/plain; charset=utf-8")
        if request.method == "POST":
            return render(request, "errors/401.html", {"kept": kept(request), "locked": locked, "way": way}, status=401)
        return redirect(way)
