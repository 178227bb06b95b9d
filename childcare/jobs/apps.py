from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "childcare.jobs"
    verbose_name = "Công việc nền"

    def ready(self):
        """Every process knows the handlers of jobs, not the worker alone: commands and tests run jobs too."""
        autodiscover_modules("tasks")
