from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "childcare.inbox"
    verbose_name = "Nhắc việc"
