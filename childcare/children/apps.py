from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "childcare.children"
    verbose_name = "Trẻ em"
