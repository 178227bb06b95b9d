from django.db import migrations

CODES = {"BÁO CÁO": "BC", "KẾ HOẠCH": "KH", "": "CV", "QUYẾT ĐỊNH": "QĐ", "THÔNG BÁO": "TB"}


def into_the_book(apps, schema_editor):
    """Documents that were issued before there was a book get their row; of two with one number the first."""
    Issued, Entry = apps.get_model("documents", "IssuedDocument"), apps.get_model("documents", "OutgoingEntry")
    taken, rows = set(), []
    for document in Issued.objects.exclude(number="").exclude(issued_on=None).exclude(pdf=None).order_by("pk").iterator():
        code = CODES.get(document.kind, document.kind[:10])
        key = (document.unit_id, document.office_id, code, document.issued_on.year, document.number)
        if key in taken:
            continue
        taken.add(key)
        rows.append(Entry(
            unit_id=document.unit_id, office_id=document.office_id, code=code, kind=document.kind.capitalize(),
            year=document.issued_on.year, number=document.number, notation=document.notation, issued_on=document.issued_on,
            order=int("".join(letter for letter in document.number if letter.isdigit()) or 0), subject=document.subject,
            signer_name=document.signer_name, document=document, created_by_id=document.signed_by_id,
        ))  # fmt: skip
    Entry.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_signing_and_numbers")]

    operations = [migrations.RunPython(into_the_book, migrations.RunPython.noop)]
