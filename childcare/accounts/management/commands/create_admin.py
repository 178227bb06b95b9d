from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from childcare.accounts import actions
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit


class Command(BaseCommand):
    help = "Makes an administrator and prints a one-use link (24 hours) to choose the password."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="user name, small letters")
        parser.add_argument("--full-name", default="Quản trị hệ thống")
        parser.add_argument("--unit", metavar="CODE", help="unit of the appointment (default: the first unit without a parent)")

    def handle(self, *args, name, full_name, unit, **options):
        units = Unit.objects.on(today()).filter(kind__in=["province", "district", "commune"]).order_by("path")
        place = (units.filter(code=unit) if unit else units.filter(parent=None)).first()
        if place is None:
            raise CommandError("Chưa có đơn vị nào như thế. Hãy chạy load_units trước, hoặc xem lại mã đơn vị.")
        try:
            officer, token = actions.open_administrator(username=name, full_name=full_name, unit=place)
        except Refusal as refusal:
            raise CommandError(str(refusal))
        self.stdout.write(settings.PUBLIC_URL.rstrip("/") + reverse("account-link", args=[token]))
