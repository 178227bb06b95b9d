"""Request id for the logs, headers that Django does not set, and refusals shown as a page with their sentence."""

import uuid

import structlog
from django.http import HttpResponse
from django.shortcuts import render

from childcare.lib.refusal import Refusal

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


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
    """Nothing of a signed-in officer is kept by the browser; no other site may embed or read us."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class RefusalMiddleware:
    """A refusal is a sentence for the user: a page with status 409 that keeps what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refusal):
            return None
        if getattr(request, "htmx", False):
            return HttpResponse(render(request, "errors/refusal_fragment.html", {"sentence": str(exception)}).content, status=409)
        return render(request, "errors/409.html", {"sentence": str(exception)}, status=409)
