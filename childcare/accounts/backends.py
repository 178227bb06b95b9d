"""Sign-in by user name and password, and who a session still belongs to."""

from django.contrib.auth.backends import ModelBackend


class OfficerBackend(ModelBackend):
    """An officer signs in while he is active and holds an appointment.

    Django asks the same of every request with a session (`get_user`): a disabled officer, or one whose last appointment
    ended, is anonymous from the next request on. The appointments read here serve the whole request.
    """

    def user_can_authenticate(self, user):
        return bool(user.current_appointments)

    def has_perm(self, user_obj, perm, obj=None):
        return False

    def get_all_permissions(self, user_obj, obj=None):
        return set()
