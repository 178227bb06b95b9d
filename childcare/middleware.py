"""Request id for the logs, headers that Django does not set, sign-in that loses no text, refusals shown as a page."""

import uuid
from ipaddress import ip_address

import structlog
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.shortcuts import render

from childcare.kept import kept
from childcare.lib.refusal import Refusal

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock",
        "sync-xhr", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
SIGN_OUT = "sign-out"


class ClientAddressMiddleware:
    """Behind PROXY_COUNT reverse proxies: the caller's address as the outermost of them saw it, never as the caller says.

    Without it everybody would share the proxy's address, and one stranger's wrong passwords would lock an officer out.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.PROXY_COUNT:
            hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            seen = hops[-settings.PROXY_COUNT] if len(hops) >= settings.PROXY_COUNT else ""
            try:
                request.META["REMOTE_ADDR"] = str(ip_address(seen))
            except ValueError:
                pass  # not from the proxies: the address of the connection stays
        return self.get_response(request)


class RequestIdMiddleware:
    """Binds a short id to every log line of the request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        return self.get_response(request)


class HeadersMiddleware:
    """No page is kept by a browser or proxy, no other site may embed or read us, signing out empties the browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")  # static files say otherwise themselves
        if (
            request.method == "POST"
            and getattr(request.resolver_match, "url_name", "") == SIGN_OUT
            and response.status_code < 400
        ):
            # Cookies go by name: the mark by which this machine is known again stays.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """A page asked for without a session leads to the sign-in; a form sent after the session ended keeps its text.

    The text stays in the page that answers and nowhere else: no draft of somebody unknown lies on the server. Signed in
    again (in another tab), the officer sends it once more from there.
    """

    def handle_no_permission(self, request, view_func):
        if "HX-Request" in request.headers:
            return HttpResponse(
                "Phiên làm việc đã hết. Hãy đăng nhập lại.", status=401, content_type="text/plain; charset=utf-8"
            )
        if request.method == "POST":
            return render(request, "errors/401.html", {"kept": kept(request)}, status=401)
        return super().handle_no_permission(request, view_func)


class RefusalMiddleware:
    """A refusal is a sentence for the user: a page with status 409 that keeps what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refusal):
            return None
        if "HX-Request" in request.headers:
            return render(request, "errors/refusal_fragment.html", {"sentence": str(exception)}, status=409)
        return render(request, "errors/409.html", {"sentence": str(exception), "kept": kept(request)}, status=409)
