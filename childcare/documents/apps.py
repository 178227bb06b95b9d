from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "childcare.documents"
    verbose_name = "Văn bản"
