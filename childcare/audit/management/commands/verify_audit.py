import sys

from django.core.management.base import BaseCommand

from childcare.audit import actions
from childcare.audit.anchors import compare


class Command(BaseCommand):
    help = "Seals what is committed and checks the whole chain of the log and its daily anchors. Exit 1 when a row was changed."

    def add_arguments(self, parser):
        parser.add_argument("--anchors", metavar="FOLDER", help="the daily anchors, as they were kept on another machine")

    def handle(self, *args, anchors=None, **options):
        count, fault = actions.verify()
        told = f"Nhật ký nguyên vẹn: {count} dòng."
        if anchors and not fault:
            kept, fault = compare(anchors)
            told += f" Khớp {kept} mốc."
        if fault:
            self.stdout.write(f"Nhật ký bị sửa: {fault}.")
            sys.exit(1)
        self.stdout.write(told)
