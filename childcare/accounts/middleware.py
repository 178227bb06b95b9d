"""What a request knows of its officer beyond who he is."""


def client_address(request):
    """The network address of the caller, for the log and the throttle."""
    return request.META.get("REMOTE_ADDR", "")[:45]


class CurrentAppointmentMiddleware:
    """Puts the network address on the officer for the log. Appointments are read afresh with each request's user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            request.user.request_address = client_address(request)
        return self.get_response(request)
