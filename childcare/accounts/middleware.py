"""What a request knows of its officer beyond who he is."""

from childcare.accounts import drafts


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
