from django.apps import AppConfig


class ChildcareConfig(AppConfig):
    """Templates tags and foundations; no models of its own."""

    name = "childcare"
