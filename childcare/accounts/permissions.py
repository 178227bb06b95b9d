"""The rhythm of every view begins with `@require(Permission.X)`."""

from functools import wraps

from django.core.exceptions import PermissionDenied

# Every page that opens without signing in, by URL name. Its view says `@login_not_required`; a test holds the two together.
PUBLIC_PAGES = {
    "healthz",
    "components",
    "sign-in",
    "sign-in-code",
    "account-link",
    "session-token",
    "calendar-feed",
    "api",
    "document-check",
}


def require(*permissions):
    """Let in an officer who holds any of the permissions; 403 for the colleague without. Scope is asked by `visible_to`."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.user.can(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permissions = permissions
        return guarded

    return decorate


def for_every_officer(view):
    """A view that every signed-in officer may open: his own account, his own messages, his own things to do."""
    view.permissions = ()
    return view
