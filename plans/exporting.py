"""The bytes of a plan's document, for the page and the command."""

from childcare.documents.docx import render_docx
from childcare.documents.files import open_bytes
from childcare.documents.pdf import render_pdf
from plans import documents

RENDER = {"pdf": render_pdf, "docx": render_docx}


def data_of(plan, ending):
    """The plan as PDF or DOCX: the frozen bytes as it was issued, anew once it was changed; equal plans give equal bytes."""
    if plan.document_id and not plan.versions.exists():
        return open_bytes(getattr(plan.document, ending))
    return RENDER[ending](documents.build(plan))


def file_name(plan, ending):
    """ "Kế hoạch 2024 - Quận Kiến An.pdf"."""
    return f"Kế hoạch {plan.years} - {plan.unit.name}.{ending}"
