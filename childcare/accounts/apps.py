from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "childcare.accounts"
    verbose_name = "Tài khoản"
