import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from childcare.accounts.models import Officer
from reports.demo import officers, world


class Command(BaseCommand):
    help = "Fictitious data for trying out: units, plans, officers of every role, families. May be run again."

    def add_arguments(self, parser):
        parser.add_argument("--children", type=int, default=world.DEFAULT, metavar="N")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are officers already")
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")

    def handle(self, *args, children, if_empty, accounts, **options):
        if settings.PRODUCTION:
            raise CommandError("Dữ liệu minh họa không được đưa vào hệ thống thật.")
        if accounts:
            self.stdout.write(self.account_lines())
        elif not (if_empty and Officer.objects.exists()):
            self.stdout.write(json.dumps(world.build(children)))

    def account_lines(self):
        """One line an account, the password once."""
        if not settings.DEMO or not Officer.objects.filter(username="quantri").exists():
            return ""
        lines = [f"  Demo accounts (fictitious), password of all: {officers.PASSWORD}"]
        for name in (
            "kienan",
            "lanhdao.kienan",
            "namson",
            "lanhdao.namson",
            "ctv.namson",
            "vandau",
            "quan",
            "truongphong",
            "quantri",
        ):
            officer = Officer.objects.get(username=name)
            lines.append(f"    {name:<16}{officer.role_names} · {officer.unit_names}")
        return "\n".join(lines)
