"""Sign-in by user name and password."""

from django.contrib.auth.backends import ModelBackend

from childcare.lib.calendar import today


class OfficerBackend(ModelBackend):
    """An officer signs in while he is active and holds an appointment; a session ends with the last appointment."""

    def user_can_authenticate(self, user):
        return user.is_active and user.appointments.on(today()).exists()

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def get_all_permissions(self, user_obj, obj=None):
        return set()

