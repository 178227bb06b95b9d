from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "childcare.audit"
    verbose_name = "Nhật ký"
