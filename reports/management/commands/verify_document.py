import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from childcare.documents.verifying import damage, issued_as
from childcare.lib.calendar import show
from reports import freezing
from reports.models import Submission

CHANGED = {
    Submission.State.RETURNED: "; báo cáo này đã được yêu cầu chỉnh sửa",
    Submission.State.REPLACED: "; đã có bản thay thế",
}


class Command(BaseCommand):
    help = "Checks a PDF against the document that was issued and its frozen figures. One line; exit 1 when anything differs."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *args, file, **options):
        sentence, right = verify(Path(file))
        self.stdout.write(sentence)
        if not right:
            sys.exit(1)


def verify(path):
    """(sentence, True when the file is a document as it was issued)."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        return f"Không đọc được tệp {path}: {fault.strerror}.", False
    document = issued_as(data).first()
    if document is None:
        return "Không đúng: tệp đã bị sửa hoặc không phải văn bản do hệ thống này ban hành.", False
    of = document.office or document.unit
    name = f"{document.kind} số {document.full_number} ngày {show(document.issued_on)} của {of.name}"
    if fault := damage(document.pdf):
        return f"Không xác minh được {name}: {fault}.", False
    submission = Submission.objects.filter(document=document).select_related("snapshot__unit").first()
    if submission is None or submission.snapshot is None:
        return f"Đúng văn bản đã ban hành: {name}.", True
    if not unchanged(submission.snapshot):
        return f"Không đúng: số liệu chốt của {name} đã bị sửa.", False
    return f"Đúng văn bản đã ban hành: {name}; số liệu chốt nguyên vẹn{CHANGED.get(submission.state, '')}.", True


def unchanged(snapshot):
    """True when text and figures give the digest; a text that no longer opens was changed."""
    try:
        return freezing.verify(snapshot)
    except ValueError:
        return False
