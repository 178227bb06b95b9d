from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "childcare.jobs"
    verbose_name = "Công việc nền"
