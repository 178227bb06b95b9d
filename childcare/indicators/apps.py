from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "childcare.indicators"
    verbose_name = "Chỉ tiêu thống kê"
