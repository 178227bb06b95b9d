from django.http import HttpResponse


def healthz(request):
    return HttpResponse()


bad_request = forbidden = not_found = server_error = csrf_failure = healthz
