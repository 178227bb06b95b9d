"""The addresses of the product and some that fail on purpose."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.urls import path

from childcare import urls
from childcare.lib.refusal import Refusal

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
FAULTS = {
    "400": SuspiciousOperation("secret detail"),
    "403": PermissionDenied("secret detail"),
    "404": Http404("secret detail"),
    "409": Refusal("Trẻ em này đã có trong danh sách."),
    "500": ZeroDivisionError("secret detail"),
    "503": OperationalError("secret detail"),
}


@login_not_required
def fail(request, fault):
    raise FAULTS[fault]


@login_not_required
def read(request):
    return HttpResponse(f"{len(request.POST)} fields")


def guarded(request):
    return HttpResponse("written")


urlpatterns = [
    path("fail/<str:fault>", fail),
    path("read", read),
    path("guarded", guarded),
    *urls.urlpatterns,
]
