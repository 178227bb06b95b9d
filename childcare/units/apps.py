from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "childcare.units"
    verbose_name = "Đơn vị"
