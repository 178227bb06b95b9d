import sys

from django.core.management.base import BaseCommand

from childcare.audit import actions


class Command(BaseCommand):
    help = "Seals what is committed and checks the whole chain of the log. Exit 1 when a row was changed."

    def handle(self, *args, **options):
        count, fault = actions.verify()
        if fault:
            self.stdout.write(f"Nhật ký bị sửa: {fault}.")
            sys.exit(1)
        self.stdout.write(f"Nhật ký nguyên vẹn: {count} dòng.")
